"""Who published a record, where its head or its contact lines name an organisation and nothing else."""

import re
import unicodedata
from collections.abc import Iterator

from corpus.document import Block, Kind
from corpus.facts import Fact
from corpus.language.scripts import KANJI, KATAKANA
from corpus.outline import plain

# A line of a letterhead: the organisation's name alone.
_ORGANISATION = re.compile(
    r"(?:The\s+)?(?:(?:Ministry|Department|Agency|Office|Embassy|Secretariat|Commission|Council)\s+(?:of|for)\s+[A-Z]"
    r"[\w,&'’ -]{2,80}|[A-Z][\w&'’-]+(?:\s+(?:and\s+)?[A-Z][\w&'’-]+){0,5}\s+(?:Agency|Commission|Ministry|Secretariat|"
    r"Department|Authority|Institute))(?:\s*\([A-Z]{2,8}\))?(?:,?\s+(?:of\s+)?[A-Z][a-z]+)?|The White House"
)
_JAPANESE = re.compile(
    rf"[{KANJI}{KATAKANA}]{{1,12}}(?:省|庁|委員会|本部)(?:[{KANJI}{KATAKANA}・]{{0,15}}(?:局|課|室|部))?"
)
_JAPANESE_TOP = re.compile(rf"[{KANJI}{KATAKANA}]{{1,12}}?(?:省|庁|委員会|本部)")
_OFFICES = re.compile(r"\b(?:Division|Bureau|Office|Department|Section|Directorate)\b")
# An abbreviation is explained where it first stands.
_READ = 200_000
_SHORT = re.compile(r"[A-Z]{2,8}")


def publisher_in(head: list[str], text: str, blocks: tuple[Block, ...]) -> Iterator[Fact]:
    """The publisher that a line of the head names alone, else the organisation at the end of the contact lines.

    Args:
        head: the lines above the first paragraph.
        text: the whole text.
        blocks: its outline.
    """
    alone = {name for line in head if (name := _organisation(line.strip()))}
    if len(alone) == 1:
        yield Fact("publisher", alone.pop(), "first lines")
        return
    contacts = [unicodedata.normalize("NFKC", plain(b.words.of(text)[:300])) for b in blocks if b.kind is Kind.CONTACT]
    named = {name for line in contacts if (name := _behind_offices(line, text))}
    if len(named) == 1:
        yield Fact("publisher", named.pop(), "contact lines")


def _organisation(line: str) -> str | None:
    if _ORGANISATION.fullmatch(line):
        return line
    found = _JAPANESE_TOP.match(line) if _JAPANESE.fullmatch(line) else None
    return found.group(0) if found else None


def _behind_offices(line: str, text: str) -> str | None:
    """The organisation of "Policy Division, Strategy Bureau, MIC", in full where the text has it."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) < 2 or not all(_OFFICES.search(part) for part in parts[:-1]):
        return None
    if _SHORT.fullmatch(parts[-1]):
        return _in_full(parts[-1], text)
    return parts[-1] if _ORGANISATION.fullmatch(parts[-1]) and not _OFFICES.search(parts[-1]) else None


def _in_full(short: str, text: str) -> str:
    """The name that the text explains an abbreviation by: "Ministry of Internal Affairs and Communications (MIC)"."""
    words = r"(?:of|for|and|the|[A-Z][\w'’-]*,?)"
    found = re.search(rf"\b((?:[A-Z]\w+)(?:(?:[ \t]|\r?\n(?=\S)){words}){{0,10}})\s*\({short}\)", text[:_READ])
    return f"{found.group(1).removeprefix('The ')} ({short})" if found else short
