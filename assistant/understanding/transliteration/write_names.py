"""Replace the Japanese names of a question by those of the records, and tell which names no record has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.transliteration.record_names import (
    RecordNames,
    names_alike,
    names_beside,
    names_read,
    pairs_alike,
)
from assistant.wording import say
from corpus.document import Document
from corpus.language.countries import country_named
from corpus.language.english import translations
from corpus.language.japanese.readings import JapaneseName, japanese_names
from corpus.language.scripts import CJK, KATAKANA, is_cjk_text
from corpus.span import Span
from index.snapshot import Snapshot

_DOTTED = re.compile(f"[{KATAKANA}]+(?:[・＝][{KATAKANA}]+)+")
_DOTS = re.compile("[・＝]")
_IN_KATAKANA = re.compile(f"[{KATAKANA}]+")
_JAPANESE = re.compile(f"[{CJK}]")
# Characters of a record that show its script.
_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class WrittenNames:
    """A question whose names are written as the records write them.

    Attributes:
        text: the question.
        names: each name as typed, with those of the records that were written for it.
        unknown: the names of persons and places that no record has.
    """

    text: str
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """A note on the names, since one of the records may be another name that sounds alike."""
        pairs = (say("ja", "name_of_records", typed=typed, known=" / ".join(known)) for typed, known in self.names)
        return (say("ja", "names_written", names=say("ja", "and").join(pairs)),) if self.names else ()


def write_names(question: str, snapshot: Snapshot) -> WrittenNames:
    """Return a question with its Japanese names as the records write them in Latin letters.

    Args:
        question: as typed.
        snapshot: the records.
    """
    documents = _in_latin_letters(snapshot) if _JAPANESE.search(question) else []
    if not documents:
        return WrittenNames(question)
    found: dict[Span, tuple[str, ...]] = {}
    for dotted in _DOTTED.finditer(question):
        found |= _of_two_words(dotted, documents)
    unknown: list[str] = []
    for parts in _full_names(question):
        whole = Span(parts[0].start, parts[-1].end)
        if any(span.start < whole.end and whole.start < span.end for span in found):
            continue
        names_of_parts = [_known(part, question, snapshot, documents) for part in parts]
        for part, own in zip(parts, names_of_parts, strict=True):
            if own and own.names:
                found[Span(part.start, part.end)] = own.names
        if parts[-1].is_certain and all(own and not (own.names or own.is_maybe) for own in names_of_parts):
            unknown.append(whole.of(question))
    for dotted in _DOTTED.finditer(question):
        found |= _given_names(dotted, found, documents)
    names = tuple((span.of(question), known) for span, known in sorted(found.items(), key=lambda item: item[0].start))
    return WrittenNames(_with_names(question, found), names, tuple(unknown))


def _in_latin_letters(snapshot: Snapshot) -> list[Document]:
    return [document for document in snapshot.documents if not is_cjk_text(document.text[:_LOOKED_AT])]


def _of_two_words(dotted: re.Match[str], documents: Sequence[Document]) -> dict[Span, tuple[str, ...]]:
    """Return the name of two words, such as "Camp David", that words with a dot between them are; none for others."""
    known = pairs_alike(dotted[0], documents).names
    return {Span(*dotted.span()): known} if known else {}


def _given_names(
    dotted: re.Match[str], found: dict[Span, tuple[str, ...]], documents: Sequence[Document]
) -> dict[Span, tuple[str, ...]]:
    """Return the names for parts of a full name that stand beside a known part in the records."""
    known = [names[0] for span, names in found.items() if dotted.start() <= span.start < dotted.end()]
    parts = (Span(*match.span()) for match in _IN_KATAKANA.finditer(dotted.string, *dotted.span()))
    others = [part for part in parts if part not in found] if known else []
    beside = {part: names_beside(part.of(dotted.string), known[0], documents).names for part in others}
    return {part: names for part, names in beside.items() if names}


def _with_names(question: str, found: dict[Span, tuple[str, ...]]) -> str:
    """Return a question with the names of the records in place of its own, with spaces around them."""
    text, end = "", 0
    for span in sorted(found, key=lambda span: span.start):
        between = question[end : span.start]
        is_full_name = text and _DOTS.fullmatch(between)
        text += f"{'' if is_full_name else between} {'と'.join(found[span])} "
        end = span.end
    return re.sub(r"\s+", " ", text).lstrip() + question[end:] if found else question


def _full_names(question: str) -> list[list[JapaneseName]]:
    """Return the names of a question, those together that a middle dot joins: "ポール・スカリー"."""
    found: list[list[JapaneseName]] = []
    for name in japanese_names(question):
        if found and _DOTS.fullmatch(question, found[-1][-1].end, name.start):
            found[-1].append(name)
        else:
            found.append([name])
    return found


def _known(name: JapaneseName, question: str, snapshot: Snapshot, documents: Sequence[Document]) -> RecordNames | None:
    """Return the names of the records for one of a question; None for one that needs no other name.

    A name that some record writes as the question does needs none, nor does one of a country, whose names are known.
    """
    typed = question[name.start : name.end]
    if country_named(typed) or translations(typed) or snapshot.frequency(typed):
        return None
    found = names_read(name.readings, snapshot, documents)
    return names_alike(typed, snapshot, documents) if not found.names and name.is_kana(question) else found
