"""Extract facts from the metadata of a web page: meta elements, JSON-LD, links, times."""

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from corpus.facts import Fact
from corpus.language.dates import leading_day

ORIGIN = "HTML metadata"
# Names of meta elements for each fact, the surest first.
_META = {
    "title": ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"),
    "publisher": (
        "og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher", "dc.creator",
        "dcterms.creator", "author", "article:author",
    ),
    "published": (
        "article:published_time", "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued",
        "dc.date", "dcterms.date", "dcterms.created", "date", "pubdate", "publish-date", "publishdate",
        "datepublished", "article:published", "og:published_time",
    ),
    "address": ("og:url",),
    "language": ("content-language", "dc.language", "dcterms.language", "og:locale"),
}  # fmt: skip
_JSON_LD = {
    "title": ("headline", "name"),
    "publisher": ("publisher", "author", "creator"),
    "published": ("datePublished", "dateCreated"),
    "address": ("mainEntityOfPage", "url"),
    "language": ("inLanguage",),
}
_KINDS = re.compile(
    r"(?:News|Blog|Report|Scholarly|Tech)?Article|WebPage|Report|BlogPosting|GovernmentService|CreativeWork"
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s>]{1,2000}?)\s*-->", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)
# Headings at the top, of which the title may be one.
_HEADINGS = 4
_LONGEST_JSON_LD = 300_000
_LONGEST = 1000


def page_facts(root: Any, head: str, saved_from: str | None) -> tuple[Fact, ...]:
    """Return the facts of a page's metadata, the surest of each name first, unchecked.

    Args:
        root: the page.
        head: its first characters, for the comment that browsers write into saved pages.
        saved_from: the address that a saved page states.
    """
    values = [*_element_facts(root), *_json_ld(root)]
    if saved_from:
        values.append(("address", saved_from))
    values.extend(("address", match.group(1)) for match in [_SAVED_FROM.search(head)] if match)
    facts = (Fact(name, value, ORIGIN) for name, content in values if (value := _value(name, content)))
    return tuple(dict.fromkeys(facts))


def _element_facts(root: Any) -> Iterator[tuple[str, str]]:
    """Yield facts of elements: the page's heading where its title repeats it, meta elements, links, times."""
    meta = _meta(root)
    yield from (("address", link.get("href") or "") for link in root.iter("link") if link.get("rel") == "canonical")
    title_element = next((title for title in root.iter("title") if title.getparent().tag == "head"), None)
    title = "".join(title_element.itertext()) if title_element is not None else ""
    heading = next(("".join(h.itertext()) for h in root.iter("h1") if "".join(h.itertext()).strip()), "")
    whole = _flat(" ".join((title, *(meta.get(key, "") for key in _META["title"]))))
    # "Ministry | Press releases | Results of the meeting": the longest is what the page is about.
    headings = ("".join(h.itertext()) for h in islice(root.iter("h1", "h2"), _HEADINGS))
    repeated = max((h for h in headings if _flat(h) in whole), key=len, default="")
    if repeated.strip():
        yield "title", repeated
    for name, keys in _META.items():
        yield from ((name, meta[key]) for key in keys if key in meta)
    yield "title", title
    yield "title", heading
    yield "language", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    for time in root.iter("time"):
        if time.get("pubdate") is not None or time.get("itemprop") == "datePublished":
            yield "published", time.get("datetime") or "".join(time.itertext())
    times = [time.get("datetime") for time in root.iter("time") if time.get("datetime")]
    if len(set(times)) == 1:
        yield "published", times[0] or ""


def _meta(root: Any) -> dict[str, str]:
    """Return the first content of each meta element's name, in lower case."""
    contents: dict[str, str] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                contents.setdefault(name, content)
    return contents


def _json_ld(root: Any) -> Iterator[tuple[str, str]]:
    """Yield the facts in JSON-LD of articles and pages."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "")[:_LONGEST_JSON_LD])
        except (ValueError, RecursionError):
            continue
        for item in _articles(data):
            for name, keys in _JSON_LD.items():
                yield from ((name, words) for key in keys if (words := _words(item.get(key), name)))


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for item in items if isinstance(items, list) else []:
        kinds = item.get("@type") if isinstance(item, dict) else None
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _KINDS.fullmatch(kind):
                yield item
                break


def _words(value: Any, name: str) -> str:
    """Return a value's words: its own, those of the first of several, or the name (the address) of an object."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@id" if name == "address" else "name")
    return value if isinstance(value, str) else ""


def _value(name: str, content: str) -> str | date | None:
    words = " ".join(content[:_LONGEST].split())
    if name == "published":
        return leading_day(words)
    if name == "address":
        return words if _ADDRESS.fullmatch(words) else None
    if name == "language":
        code = re.match(r"([A-Za-z]{2})(?:[-_]|$)", words)
        return code.group(1).lower() if code else None
    return words or None


def _flat(words: str) -> str:
    return "".join(words.split()).casefold()
