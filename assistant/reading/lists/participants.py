"""Choose the participants that a question asks for: of each meeting, or those of one meeting and not of another."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from assistant.reading.attendance import attendance_lists, label
from assistant.reading.lists.find import ItemList, ListItem
from assistant.reading.lists.question import ChosenList, ListQuestion
from assistant.retrieval.evidence import Evidence, documents_of
from assistant.understanding.answer_type import AnswerType
from assistant.understanding.attendance import asks_for_attendance, attendance_words
from assistant.understanding.besides import BESIDES
from corpus.document import Document
from corpus.language.countries import countries_in, is_country
from corpus.language.tokens import content_words, folded_words, stem

_MOST_RECORDS = 4
# "Who represented Japan?", "Who attended for Japan?" ask for persons, "Who attended the meeting in Japan?" for all.
_FOR_A_COUNTRY = re.compile(r"^\W*who\b.*\b(?:for|from|represent\w*|behalf of)\b", re.IGNORECASE)
_KIND_ASKED_FOR = re.compile(
    r"\b(?:which|what|how many)\s+((?:[\w-]+\s+){1,3}?)(?:w?ere|was|did|had|took|\w+ed|came|have)\b", re.I
)
_ONE_NOT_THE_OTHER = re.compile(
    r"\b(?:but|and|though|yet)\s+(?:not|missing|absent)\b|\b(?:not|n['’]t)\b", re.IGNORECASE
)


def choose_participants(
    question: ListQuestion, near: Sequence[Evidence], evidence: Sequence[Evidence]
) -> list[ChosenList]:
    """Return the participants of each record that is asked for; none if the question asks for more than these.

    Args:
        question: the question.
        near: the best sentences, best first.
        evidence: all sentences, best first.
    """
    if not asks_for_attendance(question.text) or _asks_for_person_of_country(question):
        return []
    documents = documents_of(evidence if question.query.filters or question.query.sides else near[:1])[:_MOST_RECORDS]
    if _ONE_NOT_THE_OTHER.search(question.text) and (items := _difference(question, documents)):
        return [ChosenList(items, False)]
    besides = BESIDES.search(question.text)
    left_out = question.shared(besides[1]) if besides else set()
    kind = _kind_asked_for(question.text)
    found: list[ChosenList] = []
    for document in documents:
        lists = attendance_lists(question.passages(document), question.lists(document))
        items = tuple(i for i in _distinct_items(lists) if _names_others(i, left_out, question))
        of_kind = tuple(item for item in items if kind and kind <= question.shared(item.text))
        if 0 < len(of_kind) < len(items) and not any(map(label, (item.passage for item in items))):
            found.append(ChosenList(of_kind, False))
            continue
        in_items = question.shared(" ".join(item.text for item in items))
        asked = {word for word in question.subject(document) if stem(word) not in _attendance_stems()} - left_out
        asked -= set(content_words(besides.group())) if besides else set()
        rest = asked - in_items - kind
        if items and rest <= question.shared(" ".join(one.announcement for one in lists)):
            found.append(question.choose_items(items, asked & in_items, len(items) - 1))
    return found


def _names_others(item: ListItem, left_out: set[str], question: ListQuestion) -> bool:
    """Return True for an item that is a label or names several countries, or that does not name who is left out."""
    names_several = len(countries_in(item.text)) > 1
    return bool(label(item.passage)) or names_several or not left_out & question.shared(item.text)


def _asks_for_person_of_country(question: ListQuestion) -> bool:
    fact = question.query.answer.fact
    asks_for_person = fact and fact.kind is AnswerType.WHO and fact.unit not in ("who", "whom")
    names_country = any(map(is_country, folded_words(question.text)))
    return names_country and bool(asks_for_person or _FOR_A_COUNTRY.search(question.text))


def _difference(question: ListQuestion, documents: Iterable[Document]) -> tuple[ListItem, ...]:
    """Return the items with the countries that were at one of two meetings alone; none unless one has more.

    A remark below the heading of the other list that names such a country ("... was absent") is returned instead.
    """
    lists = [_distinct_items(attendance_lists(question.passages(d), question.lists(d))) for d in documents]
    lists = [items for items in lists if items]
    if len(lists) != 2:
        return ()
    first, second = ({country for item in items for country in countries_in(item.text)} for items in lists)
    if bool(first - second) == bool(second - first):
        return ()
    alone = first ^ second
    longer, shorter = lists if first - second else reversed(lists)
    listed = {item.passage.order for item in shorter}
    remarks = tuple(
        ListItem(passage, passage.words)
        for passage in question.passages(shorter[0].passage.document)
        if passage.headings == shorter[0].passage.headings
        and passage.order not in listed
        and alone & countries_in(passage.text)
    )
    return remarks or tuple(item for item in longer if alone & countries_in(item.text))


def _distinct_items(lists: Iterable[ItemList]) -> tuple[ListItem, ...]:
    return tuple({item.span: item for one in lists for item in one.items}.values())


def _kind_asked_for(text: str) -> set[str]:
    """Return the words that say of which kind the participants are: "companies" of "Which companies attended?"."""
    match = _KIND_ASKED_FOR.search(text)
    return set(content_words(match.group(1))) if match else set()


@cache
def _attendance_stems() -> frozenset[str]:
    return frozenset(map(stem, attendance_words()))
