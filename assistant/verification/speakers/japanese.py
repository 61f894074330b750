"""Compare the speaker that a report names before Japanese words with the one that the record names there."""

import re
from functools import cache
from typing import NamedTuple

from corpus.document import Document
from corpus.language.word_lists import word_sets
from corpus.span import Span

# Characters before some words in which their speaker stands.
_REACH = 120
_OPENING = "「『“ 　"


class Speaker(NamedTuple):
    """A speaker: name and office as written; either may be empty."""

    name: str
    office: str


def japanese_conflict(lead: str, behind: str, document: Document, span: Span) -> tuple[str, str] | None:
    """Return the names of the report's and of the record's speaker of some words, where they differ; None otherwise.

    Args:
        lead: the words of the report before the quotation, in its paragraph.
        behind: those behind it.
        document: the record.
        span: the words in it.
    """
    ours = _speaker(lead, behind)
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    theirs = _speaker(document.text[start : span.start], document.text[span.end : end if end >= 0 else None])
    if ours is None or theirs is None or _is_one(ours, theirs):
        return None
    if not theirs.name and (ours.name + theirs.office in document.text or not ours.office):
        return None  # "鈴木委員長" may be whom the record calls "委員長"
    if not theirs.name and _has_holder(ours, theirs, document):
        return None
    return "".join(ours), "".join(theirs)


def _speaker(before: str, behind: str) -> Speaker | None:
    """Return the speaker in the last clause before some words, which a verb of speech ends; None for none."""
    said = _said().match(behind)
    named = list(_named().finditer(before[-_REACH:].rstrip(_OPENING).rpartition("。")[2])) if said else []
    if not named:
        return None
    return Speaker(named[-1]["name"] or "", named[-1]["office"] or "")


def _is_one(ours: Speaker, theirs: Speaker) -> bool:
    """Return True if two speakers may be one: family name alone and whole name, or one office."""
    if ours.name and theirs.name:
        return ours.name.startswith(theirs.name) or theirs.name.startswith(ours.name)
    return bool(ours.office) and ours.office == theirs.office


def _has_holder(ours: Speaker, theirs: Speaker, document: Document) -> bool:
    """Return True if a record writes the office of its speaker behind the name of the report's: "鈴木一郎委員長"."""
    return bool(ours.name) and bool(re.search(rf"{re.escape(ours.name)}[^、。\s]{{0,4}}{theirs.office}", document.text))


@cache
def _named() -> re.Pattern[str]:
    offices = "|".join(word for line in word_sets("titles_ja.txt") for word in line)
    name = rf"(?P<name>[一-龯々ァ-ヶー・]{{1,12}}?)?(?P<office>{offices})"
    return re.compile(rf"(?:^|(?<=[、。「」\s（(：:はがで])){name}(?:は|が)(?:、|[^「」。]{{0,60}}?$)")


@cache
def _said() -> re.Pattern[str]:
    verbs = "|".join(word for line in word_sets("speech_verbs_ja.txt") for word in line)
    return re.compile(rf"[^「」。]{{0,12}}?[」』”]?。?[」』”]?(?:と|旨)[のをも]?[^。「」]{{0,6}}?(?:{verbs})")
