"""What a page states about itself where only programs look: its metadata."""

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from corpus.facts import Fact
from corpus.language.dates import leading_day

ORIGIN = "HTML metadata"
# The names under which pages state a fact, the surest first.
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
_LINKED = {
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
_LONGEST_LINKED = 300_000
_LONGEST = 1000


def page_facts(root: Any, head: str, saved_from: str | None = None) -> tuple[Fact, ...]:
    """The facts that a page's metadata states, the surest of each first; none is checked against the text.

    Args:
        root: the page.
        head: its first characters as they stand in the file, for the comment that browsers leave when they save.
        saved_from: the address that a saved page says it has.
    """
    stated = [*_elements(root), *_linked(root)]
    if saved_from:
        stated.append(("address", saved_from))
    stated.extend(("address", found.group(1)) for found in [_SAVED_FROM.search(head)] if found)
    facts = (Fact(name, value, ORIGIN) for name, said in stated if (value := _value(name, said)))
    return tuple(dict.fromkeys(facts))


def _elements(root: Any) -> Iterator[tuple[str, str]]:
    """What elements state: the page's heading where its title repeats it, metadata, links, marked times."""
    meta = _meta(root)
    yield from (("address", link.get("href") or "") for link in root.iter("link") if link.get("rel") == "canonical")
    named = next((title for title in root.iter("title") if title.getparent().tag == "head"), None)
    title = "".join(named.itertext()) if named is not None else ""
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
    """The first content of each name, lower case."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _linked(root: Any) -> Iterator[tuple[str, str]]:
    """The facts in JSON-LD, of the first thing there that is an article or page."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            said = json.loads((script.text or "")[:_LONGEST_LINKED])
        except (ValueError, RecursionError):
            continue
        for thing in _things(said):
            for name, keys in _LINKED.items():
                yield from ((name, words) for key in keys if (words := _words(thing.get(key), name)))


def _things(said: Any) -> Iterator[dict[str, Any]]:
    listed = said if isinstance(said, list) else said.get("@graph", [said]) if isinstance(said, dict) else []
    for thing in listed if isinstance(listed, list) else []:
        kinds = thing.get("@type") if isinstance(thing, dict) else None
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _KINDS.fullmatch(kind):
                yield thing
                break


def _words(value: Any, name: str) -> str:
    """A value's words: its own, those of the first of several, or the name (the address) of a thing."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@id" if name == "address" else "name")
    return value if isinstance(value, str) else ""


def _value(name: str, said: str) -> str | date | None:
    words = " ".join(said[:_LONGEST].split())
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
