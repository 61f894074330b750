"""Choose the list of a record that a question asks for, and the items of it that the question names."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.query import Intent, Query
from assistant.reading.attendance import asks_for_attendance, attendance_lists, attendance_words
from assistant.reading.lists import ItemList, ListItem, announcement, lists_of
from assistant.reading.names import proper_names
from assistant.reading.question_words import asking_stems, saying_stems
from assistant.reading.remarks import remarks_of, sentences_that_go_on, turns_of
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.score_sentences import Evidence
from assistant.understanding.answer_type import AnswerType
from corpus.document import Document, Kind
from corpus.language.countries import countries_in, is_country
from corpus.language.figures import NUMBERS
from corpus.language.tokens import content_words, folded_words, stem, stems
from corpus.outline import plain
from corpus.passages import Passage
from index.library import Snapshot

# Least share of the weight of a question's subject that the announcement of its list holds.
_LEAST_ANNOUNCED = 0.5
# The same for a question that does not say that it asks for a list, and for a list that no best sentence points to.
_LEAST_UNASKED = 0.75
# Least share of the words that the announcement lacks which an item that the question names holds.
_LEAST_NAMED = 0.5
# An item with nearly as much is named, too.
_NEAR_NAMED = 0.8
# What a list gains from a best sentence that points to it, from several in it, and from the number in the question.
_POINTED, _INSIDE, _COUNTED, _HEADING, _FRAME = 0.3, 0.15, 0.4, 0.5, 0.2
# Least share of the question's weight that a row holds together with its columns, the headings and the record's title.
_LEAST_ROW = 0.7
# By so much more than the best sentence, and by so little less than another row.
_ROW_MARGIN, _EQUAL = 0.1, 0.001
_MOST_RECORDS = 4
# "Who represented Japan?", "Who attended for Japan?" ask for persons, "Who attended the meeting in Japan?" for all.
_FOR_A_COUNTRY = re.compile(r"^\W*who\b.*\b(?:for|from|represent\w*|behalf of)\b", re.IGNORECASE)
_KIND_ASKED_FOR = re.compile(
    r"\b(?:which|what|how many)\s+((?:[\w-]+\s+){1,3}?)(?:w?ere|was|did|had|took|\w+ed|came|have)\b", re.I
)
_ONE_NOT_THE_OTHER = re.compile(
    r"\b(?:but|and|though|yet)\s+(?:not|missing|absent)\b|\b(?:not|n['’]t)\b", re.IGNORECASE
)
_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
# Characters of a line at the top of a record, such as its place and day.
_TOP_LINE = 120


@dataclass(frozen=True, slots=True)
class ChosenList:
    """Items of one list that answer a question.

    Attributes:
        items: the items to cite.
        is_whole: True if these are all items of the list.
    """

    items: tuple[ListItem, ...]
    is_whole: bool


class ListChoice:
    """The choice among the lists of the records that hold the best evidence.

    Args:
        query: the question.
        snapshot: the snapshot of the library.
    """

    def __init__(self, query: Query, snapshot: Snapshot) -> None:
        self._query = query
        self._snapshot = snapshot
        self._passages_by_id: dict[str, list[Passage]] = {}
        self._lists_by_id: dict[str, list[ItemList]] = {}
        self._text = query.latest_text
        self._terms = QueryTerms(self._text, snapshot)
        words = content_words(query.keywords) if query.keywords else self._terms.words
        self._unfiltered = [word for word in self._terms.words if word in words]
        self._numbers = {NUMBERS.index(w) if w in NUMBERS else int(w) for w in self._terms.words if _is_number(w)}
        self._says = any(stem(word) in saying_stems() for word in self._terms.words)
        self._asks_for_list = query.intent is Intent.LIST or bool(self._numbers) or self._says

    def choose(self, near: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[ChosenList]:
        """Return the lists that the question asks for; none if it asks for something else.

        Args:
            near: the best sentences, best first.
            evidence: all sentences, best first.
        """
        if not any(self._terms.frequency.values()):  # a question in another language than the records
            announced = [one for one in self._lists(near[0].document) if near[0].passage in one.pointers[-1:]]
            return [ChosenList(announced[0].items, True)] if announced else []
        if asks_for_attendance(self._text) and (found := self._participants(near, evidence)):
            return found
        if rows := self._rows(near, evidence):
            return [rows]
        if self._query.intent in (Intent.COMPARISON, Intent.FACT):
            return []
        scored = [
            (value, -order, len(found.items), found)
            for order, document in enumerate(_documents(near))
            for found in self._lists(document)
            if (value := self._value(found, document, near)) is not None
        ]
        best = max(scored, key=lambda s: s[:3], default=None)
        if best:
            return [self._named_or_all(best[3])]
        remarks = self._remarks(near) if self._says else None
        return [remarks] if remarks else []

    def _participants(self, near: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[ChosenList]:
        """Return the participants of each record that is asked for; none if the question asks for more than these."""
        fact = self._query.answer.fact
        asks_for_person = fact and fact.kind is AnswerType.WHO and fact.unit not in ("who", "whom")
        if any(map(is_country, folded_words(self._text))) and (asks_for_person or _FOR_A_COUNTRY.search(self._text)):
            return []
        documents = _documents(evidence if self._query.filters or self._query.sides else near[:1])
        if _ONE_NOT_THE_OTHER.search(self._text) and (items := self._difference(documents)):
            return [ChosenList(items, False)]
        found: list[ChosenList] = []
        for document in documents[:_MOST_RECORDS]:
            passages = self._passages(document)
            lists = attendance_lists(passages, self._lists(document))
            items = tuple({item.span: item for one in lists for item in one.items}.values())
            in_items = self._present(" ".join(item.text for item in items))
            asked = {word for word in self._subject(document) if stem(word) not in _attendance_stems()}
            rest = asked - in_items - self._kind_asked_for()
            if items and rest <= self._present(" ".join(one.announcement for one in lists)):
                found.append(self._named(items, asked & in_items, len(items) - 1))
        return found

    def _difference(self, documents: Sequence[Document]) -> tuple[ListItem, ...]:
        """Return what shows which countries were at one of two meetings alone; nothing unless one has more.

        A remark below the same heading that names such a country ("... was absent") goes before the lists.
        """
        groups = [attendance_lists(self._passages(d), self._lists(d)) for d in documents[:_MOST_RECORDS]]
        lists = [tuple({i.span: i for one in group for i in one.items}.values()) for group in groups if group]
        if len(lists) != 2:
            return ()
        first, second = ({c for item in items for c in countries_in(item.text)} for items in lists)
        if bool(first - second) == bool(second - first):
            return ()
        alone, without = (first - second, lists[1]) if first - second else (second - first, lists[0])
        listed = {item.passage.order for item in without}
        remarks = tuple(
            ListItem(passage, passage.words)
            for passage in self._passages(without[0].passage.document)
            if passage.headings == without[0].passage.headings
            and passage.order not in listed
            and alone & countries_in(passage.text)
        )
        with_them = lists[0] if first - second else lists[1]
        return remarks or tuple(item for item in with_them if alone & countries_in(item.text))

    def _remarks(self, near: Sequence[Evidence]) -> ChosenList | None:
        """Return all that a person said, if the question asks for nothing special; None if nobody is named."""
        best = near[0]
        passages = self._passages(best.document)
        spoken = turns_of(self._text, passages)
        named = {word for turn in spoken for word in self._present(turn.speaker)}
        rest = self._subject(best.document) - named
        if spoken and not rest & self._present(best.document.text):
            remarks = tuple(item for turn in spoken for item in remarks_of(turn))
            return ChosenList(remarks, True) if remarks else None
        persons = " ".join(best.quote[name.start : name.end] for name in proper_names(best.quote) if name.is_person)
        in_name = self._present(persons)
        items = sentences_that_go_on(passages, best.span) if in_name and rest <= in_name else []
        return ChosenList(tuple(items), True) if len(items) > 1 else None

    def _kind_asked_for(self) -> set[str]:
        """Return the words that say of which kind the participants are: "companies" of "Which companies attended?"."""
        match = _KIND_ASKED_FOR.search(self._text)
        return set(content_words(match.group(1))) if match else set()

    def _value(self, found: ItemList, document: Document, near: Sequence[Evidence]) -> float | None:
        """Return how well a list fits the question; None if it does not."""
        subject = self._subject(document)
        pointed = [_points_to(found, e) for e in near]
        inside = sum(any(e.passage == item.passage for item in found.items) for e in near)
        if subject:
            words = self._announced(found)
            announced = self._announced_share(words, subject)
            least = _LEAST_ANNOUNCED if self._asks_for_list or any(pointed) else _LEAST_UNASKED
            fits = announced >= least or (any(pointed) and self._has_named_item(found, subject, words))
        else:
            announced, fits = 0.0, pointed[0] or (self._asks_for_list and (any(pointed) or inside > 1))
        if not fits:
            return None
        counted = len(found.items) in self._numbers
        frame = self._share(self._present(found.announcement), set(self._terms.words))
        heading = found.pointers[-1].kind is Kind.HEADING and self._quotes_heading(found.pointers[-1])
        bonus = _POINTED * any(pointed) + _INSIDE * (inside > 1) + _COUNTED * counted + _HEADING * heading
        return announced + _FRAME * frame + bonus

    def _announced_share(self, announced: set[str], subject: set[str]) -> float:
        """Return the share of the subject that an announcement has; words of the record's name count half."""
        weights = self._terms.weights
        own = sum(weights[word] for word in announced & subject)
        of_record = 0.5 * sum(weights[word] for word in announced - subject)
        total = sum(weights[word] for word in subject) + of_record
        return (own + of_record) / total if total else 0.0

    def _has_named_item(self, found: ItemList, subject: set[str], announced: set[str]) -> bool:
        """Return True if the announcement and one item together hold most of the subject."""
        shares = (self._share(announced | self._present(item.text), subject) for item in found.items)
        return max(shares) >= _LEAST_UNASKED

    def _announced(self, found: ItemList) -> set[str]:
        """Return the question's words in the announcement; those in half the items, too, where a list is asked for."""
        if self._query.intent is not Intent.LIST:
            return self._present(found.announcement)
        in_items = Counter(word for item in found.items for word in self._present(item.text))
        common = {word for word, count in in_items.items() if 2 * count >= len(found.items)}
        return common | self._present(found.announcement)

    def _quotes_heading(self, heading: Passage) -> bool:
        """Return True if the question has the words of a heading in a row."""
        words = folded_words(plain(heading.words.of(heading.document.text)))
        return len(words) > 1 and f" {' '.join(words)} " in f" {' '.join(folded_words(self._text))} "

    def _rows(self, near: Sequence[Evidence], evidence: Sequence[Evidence]) -> ChosenList | None:
        """Return the rows of a table that hold most of the question; None if the best sentence holds as much.

        If the best sentence is a row itself, rows that hold less than other sentences are returned, too.
        """
        words = set(self._terms.words)
        best = near[0]
        documents = _documents(evidence)[:_MOST_RECORDS]
        tables = [table for d in documents for table in self._lists(d) if table.columns]
        own = next((n for n, t in enumerate(tables) if any(item.passage == best.passage for item in t.items)), None)
        scored: list[tuple[float, float, int, ListItem]] = []
        for number, table in enumerate(tables):
            document = table.items[0].passage.document
            about = self._present(_about(document, self._passages(document)))
            known = about | self._present(table.announcement)
            shares = [self._share(known | self._present(item.text), words) for item in table.items]
            if max(shares) > self._share(known, words):
                of_record = self._share(about, words)
                scored += [(share, of_record, -number, i) for share, i in zip(shares, table.items, strict=True)]
        # A row of the record that the question names goes first, then one of the table with the best sentence.
        most, _, at = max(
            ((s[0], s[1], s[2]) for s in scored),
            key=lambda s: (s[1], -s[2] == own, s[0], s[2]),
            default=(0.0, 0.0, 0),
        )
        least = (
            0.0
            if own is not None
            else max(_LEAST_ROW, self._share(self._present(_in_context(best)), words) + _ROW_MARGIN)
        )
        if not scored or most < least:
            return None
        return ChosenList(tuple(s[3] for s in scored if s[2] == at and s[0] >= most - _EQUAL), False)

    def _named_or_all(self, found: ItemList) -> ChosenList:
        """Return the items that the question names by words which the announcement lacks; all if it names none."""
        document = found.items[0].passage.document
        rest = (self._subject(document) - self._announced(found)) & self._present(document.text)
        return self._named(found.items, rest, max(len(found.items) // 2, 1))

    def _named(self, items: tuple[ListItem, ...], rest: set[str], most: int) -> ChosenList:
        """Return the items that hold most of some words; all of them without words or if more than `most` do."""
        if not rest:
            return ChosenList(items, True)
        shares = [self._share(self._present(item.text), rest) for item in items]
        best = max(shares)
        named = tuple(item for item, share in zip(items, shares, strict=True) if share >= _NEAR_NAMED * best)
        is_named = best >= _LEAST_NAMED and len(named) <= most
        return ChosenList(named, False) if is_named else ChosenList(items, True)

    def _subject(self, document: Document) -> set[str]:
        """Return the words of the question that neither ask nor name the record."""
        known = self._present(_about(document, self._passages(document)))
        asks = asking_stems()
        return {w for w in self._unfiltered if w not in known and stem(w) not in asks and not _is_number(w)}

    def _present(self, text: str) -> set[str]:
        """Return the words of the question that a text has, in any inflection."""
        there = _stems(text)
        return {
            word
            for word, forms in self._terms.forms.items()
            if any(form <= there for form in forms) or any(_akin(stem(word), other) for other in there)
        }

    def _share(self, words: Iterable[str], of: set[str]) -> float:
        """Return the share of the weight of some words that others have, in [0, 1]."""
        total = sum(self._terms.weights[word] for word in of)
        return sum(self._terms.weights[word] for word in words if word in of) / total if total else 0.0

    def _lists(self, document: Document) -> list[ItemList]:
        if document.id not in self._lists_by_id:
            self._lists_by_id[document.id] = lists_of(self._passages(document))
        return self._lists_by_id[document.id]

    def _passages(self, document: Document) -> list[Passage]:
        if document.id not in self._passages_by_id:
            self._passages_by_id[document.id] = [passage for _, passage in self._snapshot.passages_of(document)]
        return self._passages_by_id[document.id]


def _documents(evidence: Sequence[Evidence]) -> list[Document]:
    return list({e.document.id: e.document for e in evidence}.values())


def _in_context(evidence: Evidence) -> str:
    """Return a sentence with the words above it and those that name its record."""
    document, meeting = evidence.document, evidence.document.meeting
    facts = (document.title, meeting.forum, meeting.name, meeting.place, meeting.days)
    return " ".join(filter(None, (*facts, *evidence.passage.headings, evidence.quote)))


def _points_to(found: ItemList, evidence: Evidence) -> bool:
    """Return True if a sentence announces a list or is its heading."""
    passage = evidence.passage
    announces = passage.kind is Kind.HEADING or evidence.span == announcement(passage)
    return announces and any(passage == pointer for pointer in found.pointers)


def _about(document: Document, passages: Sequence[Passage]) -> str:
    """Return the words that say of which record a question speaks: its title, its facts and the lines at its top."""
    meeting = document.meeting
    facts = (meeting.forum, meeting.name, meeting.place, meeting.presidency, meeting.days, document.publisher)
    top: list[str] = []
    for passage in passages:
        if passage.kind in (Kind.HEADING, Kind.LIST_ITEM) or len(passage.words) > _TOP_LINE:
            break
        top.append(passage.text)
    return " ".join(filter(None, (document.title, document.short_publisher, *facts, *top)))


def _is_number(word: str) -> bool:
    return word in NUMBERS or (word.isdecimal() and len(word) < 4)


def _akin(one: str, other: str) -> bool:
    """Return True if two stems differ in the last letter alone, as those of "decide" and "decision" do."""
    return len(one) == len(other) > 4 and one[:-1] == other[:-1]


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(_LETTER_DIGIT.sub(" ", text)))


@cache
def _attendance_stems() -> frozenset[str]:
    return frozenset(map(stem, attendance_words()))
