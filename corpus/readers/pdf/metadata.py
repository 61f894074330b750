"""Extract facts from the metadata of a PDF: its information dictionary and its XMP packet."""

import re
from collections.abc import Iterator
from datetime import date

from corpus.facts import Fact, is_made_up
from corpus.language.organizations import is_organization

INFORMATION = "PDF information"
_TITLE_CHARACTERS, _AUTHOR_CHARACTERS = 300, 200
# A title of one word has at least so many characters.
_LEAST_WORD = 4
_DAY = re.compile(r"D?:?(\d{4})-?(\d{2})-?(\d{2})")
_YEARS = range(1985, 2101)
_XMP = re.compile(rb"<x:xmpmeta\b.{0,60000}?</x:xmpmeta>", re.DOTALL)
_XMP_TITLE = re.compile(r"<dc:title>\s*<rdf:Alt>\s*<rdf:li[^>]{0,100}>([^<]{1,1000})</rdf:li>")
_XMP_LANGUAGE = re.compile(r"<dc:language>\s*<rdf:(?:Bag|Seq|Alt)>\s*<rdf:li[^>]{0,100}>([^<]{2,40})</rdf:li>")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)


def metadata_facts(information: dict[str, str], language: str, raw: bytes) -> tuple[Fact, ...]:
    """Return the facts of a PDF's information dictionary, then those of its XMP packet, without titles of programs.

    Args:
        information: entries of the information dictionary, such as "Title".
        language: as the file's catalogue has it.
        raw: the file, which holds its XMP packet uncompressed.
    """
    return tuple(_first_of_each([*_information_facts(information, language), *_packet_facts(raw)]))


def _information_facts(information: dict[str, str], language: str) -> Iterator[Fact]:
    if title := real_title(information.get("Title", "")):
        yield Fact("title", title, INFORMATION)
    author = information.get("Author", "")
    if len(author) <= _AUTHOR_CHARACTERS and is_organization(author):
        yield Fact("publisher", author, INFORMATION)
    if known := _LANGUAGE.match(language):
        yield Fact("language", known.group(1).lower(), INFORMATION)
    if day := _day(information.get("CreationDate", "")):
        yield Fact("published", day, INFORMATION)


def _packet_facts(raw: bytes) -> Iterator[Fact]:
    import html

    # The last packet is the newest; images have packets without a title.
    for packet in reversed(_XMP.findall(raw)):
        text = packet.decode("utf-8", "replace")
        if (match := _XMP_TITLE.search(text)) and (title := real_title(html.unescape(match.group(1)))):
            yield Fact("title", title, INFORMATION)
        if (match := _XMP_LANGUAGE.search(text)) and (known := _LANGUAGE.match(match.group(1).strip())):
            yield Fact("language", known.group(1).lower(), INFORMATION)


def real_title(value: str) -> str:
    """Return a title in one line; an empty string for one that a program made up."""
    title = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    is_word = len(title) < _LEAST_WORD and " " not in title
    return "" if is_word or len(title) > _TITLE_CHARACTERS or is_made_up(title) else title


def _day(value: str) -> date | None:
    match = _DAY.match(value.strip())
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
    return day if day and day.year in _YEARS else None


def _first_of_each(facts: list[Fact]) -> Iterator[Fact]:
    seen: set[str] = set()
    for fact in facts:
        if fact.name not in seen:
            seen.add(fact.name)
            yield fact
