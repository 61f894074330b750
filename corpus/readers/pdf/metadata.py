"""Extract facts from the metadata of a PDF: its information dictionary and its XMP packet."""

import re
from collections.abc import Iterator
from datetime import date

from corpus.facts import Fact

INFORMATION = "PDF information"
_TITLE_CHARACTERS = 300
# Titles that programs write by themselves.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|\(?untitled.*|"
    r"\(?(?:anonymous|unspecified|unknown|unnamed|none|null)\)?|"
    r"無題.*|no title|title|document\s*\d*|doc\d*|new document.*|"
    r"presentation\d*|slide \d+|layout \d+|draft|print(?:ing)?|about:blank|.*\.(?:docx?|rtf|odt|pdf|indd|pptx?|xlsx?|"
    r"dotx?|tmp|html?|jtd|txt|qxd|ai|tex|dvi|ps|wpd|p65|fm)|[\W\d_]+|\S{1,3})$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:ministry|ministère|ministerio|ministero|ministerium|agency|department|office|commission|council|cabinet|"
    r"government|parliament|secretariat|organi[sz]ation|committee|authority|institute|bank|union|bureau|university|"
    r"OECD|OCDE|ITU|UNESCO|NATO|WTO|WHO|IMF|G7|G20|European|United Nations|White House)\b|[省庁府局]$|委員会|政府|機構",
    re.IGNORECASE,
)
# Authors that programs write by themselves.
_NO_AUTHOR = re.compile(r"\b(?:microsoft|libreoffice|openoffice|office user|windows user)\b", re.IGNORECASE)
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
    if len(author) <= 200 and _OFFICE.search(author) and not _NO_AUTHOR.search(author):
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
    return "" if not title or len(title) > _TITLE_CHARACTERS or _NO_TITLE.match(title) else title


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
