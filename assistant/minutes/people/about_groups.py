"""Answer if a country or a body took part, and who was invited, from the lists of participants by group."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations.citation import Citation
from assistant.minutes.people.names import listed_names
from assistant.minutes.question import MinutesQuestion
from assistant.minutes.record import KEPT, MinutesRecord
from assistant.minutes.reply_parts import ReplyParts, count_line
from assistant.query import may_be_of_time
from corpus.document import Kind
from corpus.language.countries import countries_in
from corpus.language.minutes_words import is_label, pattern, says
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span, trim
from corpus.tables import cells

_KINDS = ("guest", "organization", "company", "member")
# Names of a group, at least, and characters of its label.
_LEAST = 2
_LONGEST_LABEL = 60
_ABBREVIATION = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Z0-9]*\b")
_COUNTRIES = re.compile(r"\b(?:countr|states|pays|länder|países)")
_CAPITALIZED = re.compile(r"(?<=\s)[A-Z][a-z]+(?: [A-Z][a-z]+)*|^[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_ASKED_NAMES = re.compile(r"^\W*(?:did|was|were|has|have|had|is|are)\s+(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParticipantGroup:
    """A line that lists the participants of one kind.

    Attributes:
        passage: the passage.
        kind: "guest", "organization", "company" or "member".
        names: where the names stand.
    """

    passage: Passage
    kind: str
    names: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.passage.words_text

    @property
    def is_of_countries(self) -> bool:
        """True for members and guests of whom one is a country."""
        label = self.text[: self.names[0].start - self.passage.words.start]
        is_named = bool(_COUNTRIES.search(fold_text(label)) or countries_in(self.text))
        return self.kind in ("guest", "member") and is_named


def about_groups(question: MinutesQuestion) -> ReplyParts | None:
    """Return the groups in which a country or body stands or would stand, or those of guests; None for others."""
    asks_guest = says("group", "asks_guest", question.folded) and (question.counts or question.asks_who)
    bodies = _bodies(question) if question.is_yes_or_no and says("group", "asks_part", question.folded) else set()
    if not (asks_guest or bodies):
        return None
    others = (record.document for record in question.records_of_any_time)
    if any(may_be_of_time(question.query, other) and bodies & countries_in(other.text) for other in others):
        return None  # a record without a day that names it may say more
    removed = (("group", "asks_guest"), ("group", "asks_part"))
    groups = [
        (record, group)
        for record in question.records
        if (own := groups_of(record)) and not question.rest(record, removed, (*bodies, "country", "countries", "part"))
        for group in own
    ]
    chosen = [(r, g) for r, g in groups if g.kind == "guest"] if asks_guest else _of_bodies(groups, bodies)
    if not chosen:
        return None
    if not asks_guest and (absent := list(_absences({record for record, _ in groups}, bodies))):
        return ReplyParts(tuple(absent))
    cited = [record.cite(group.passage, group.passage.words) for record, group in chosen]
    number = sum(len(group.names) for _, group in chosen)
    is_counted = asks_guest and question.counts and len({record.document.id for record, _ in chosen}) == 1
    return ReplyParts(tuple(cited), (count_line(question, number, "listed", cited),) if is_counted else ())


def _absences(records: Iterable[MinutesRecord], bodies: set[str]) -> Iterator[Citation]:
    """Yield the sentences that tell the absence of one of some bodies: "Of the members, Chile was absent."."""
    for record in records:
        for passage in record.passages:
            for span in passage.sentences():
                words = span.of(record.document.text)
                names = countries_in(words) | set(_ABBREVIATION.findall(words))
                if bodies & names and any(says("label", name, fold_text(words)) for name in ("absent", "excused")):
                    yield record.cite(passage, span)


def _bodies(question: MinutesQuestion) -> set[str]:
    """Return the countries and the abbreviations that a question names, without the forum of the meeting."""
    text = _ASKED_NAMES.sub("", question.text, count=1) if question.text.isascii() else question.text
    text = re.split(r"\b(?:in|at|of)\s+(?:the\s+)?(?=[A-Z])", text, maxsplit=1)[0]
    forums = {d.meeting.forum for d in question.documents}
    listed = {n.of(r.document.text) for r in question.records for g in groups_of(r) for n in g.names}
    named = {name for name in _CAPITALIZED.findall(text) if name in listed}
    return countries_in(text) | named | {name for name in _ABBREVIATION.findall(text) if name not in forums}


def _of_bodies(
    groups: Sequence[tuple[MinutesRecord, ParticipantGroup]], bodies: set[str]
) -> list[tuple[MinutesRecord, ParticipantGroup]]:
    """Return the groups that name one of some bodies; if none does, those of the same kind: countries, or others."""
    holding = [
        (record, group)
        for record, group in groups
        for names in [{span.of(record.document.text) for span in group.names}]
        if bodies & (countries_in(group.text) | set(_ABBREVIATION.findall(group.text)) | names)
    ]
    is_country = any(countries_in(name) for name in bodies)
    kinds = [(r, g) for r, g in groups if (g.is_of_countries if is_country else g.kind == "organization")]
    return holding or kinds


@lru_cache(maxsize=KEPT)
def groups_of(record: MinutesRecord) -> tuple[ParticipantGroup, ...]:
    """Return the groups of participants of a record: "Countries invited: Fiji, Kenya", with or without a colon."""
    return tuple(group for passage in record.passages if (group := _group(passage)))


def _group(passage: Passage) -> ParticipantGroup | None:
    if passage.kind not in (Kind.BODY, Kind.LIST_ITEM) or cells(passage.words_text):
        return None
    for kind, end in _labels(passage.words_text):
        words = trim(passage.document.text, passage.words.start + end, passage.words.end)
        names = listed_names(passage.document.text, words) if words else []
        if len(names) >= _LEAST:
            return ParticipantGroup(passage, kind, tuple(names))
    return None


def _labels(words: str) -> Iterator[tuple[str, int]]:
    """Yield the kind of the label with which some words begin, and where the names begin."""
    label, colon, _ = words.partition(":" if ":" in words else "：")
    folded = fold_text(words[:_LONGEST_LABEL])
    for kind in _KINDS:
        for match in pattern("group", kind).finditer(folded):
            if colon and match.end() <= len(label) <= _LONGEST_LABEL:
                if len(label[match.end() :].split()) <= 2 and len(label[: match.start()].split()) <= 2:
                    yield kind, len(label) + 1
            elif not colon and is_label("group", kind, _without_forum(words[: match.end()])):
                yield kind, match.end()


def _without_forum(label: str) -> str:
    return re.sub(r"^\W*(?:G ?\d+|[A-Z]{2,})\s+", "", label)
