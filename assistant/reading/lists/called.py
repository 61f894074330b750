"""Choose the items or headings that begin with the noun that a question asks for: "ANNEX1 ..." for "which annexes"."""

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.reading.lists.find import ListItem, item_of
from assistant.reading.lists.question import ChosenList, ListQuestion
from corpus.document import Document, Kind
from corpus.language.figures import NUMBERS
from corpus.language.tokens import stem
from corpus.passages import Passage

_FIRST_WORD = re.compile(r"[^\W\d_]{3,}")
# "Pillar 2: Skills"
_NUMBERED = re.compile(rf"\W*([^\W\d_]{{3,}})\s+(?:\d{{1,2}}|[IVX]{{1,4}}|{'|'.join(NUMBERS[1:])})\b", re.IGNORECASE)
_ASKS_FOR = re.compile(
    r"\b(?:which|what|how many|list|name|give|show)(?: me)?(?: are| were)?(?: all)?(?: of)?(?: the)? (?:[\w-]+ )??"
    r"(\w{3,}s)\b",
    re.IGNORECASE,
)


def choose_called(question: ListQuestion, documents: Sequence[Document]) -> ChosenList | None:
    """Return the items that are called by the noun of a question; None unless two items of one list, or headings, are.

    Args:
        question: the question beside the records.
        documents: the records of the best sentences, best first.
    """
    nouns = {stem(match[1].casefold()) for match in _ASKS_FOR.finditer(question.text)}
    for document in documents if nouns else ():
        passages = question.passages(document)
        items = max((_called(run, nouns) for run in _runs(passages)), key=len, default=())
        items = max(items, _headed(passages, nouns), key=len)
        if len(items) > 1:
            named = question.shared(" ".join(item.text for item in items)) & question.subject(document)
            return question.choose_items(items, {w for w in named if stem(w) not in nouns}, len(items) - 1)
    return None


def _runs(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the list items that follow each other."""
    return [list(run) for kind, run in groupby(passages, key=lambda passage: passage.kind) if kind is Kind.LIST_ITEM]


def _called(run: Sequence[Passage], nouns: set[str]) -> tuple[ListItem, ...]:
    """Return the items whose first word is one of some nouns, given by their stems."""
    items = filter(None, map(item_of, run))
    first = ((item, _FIRST_WORD.match(item.text)) for item in items)
    return tuple(item for item, word in first if word and stem(word.group().casefold()) in nouns)


def _headed(passages: Sequence[Passage], nouns: set[str]) -> tuple[ListItem, ...]:
    """Return the headings that begin with one of some nouns and a number."""
    headings = (passage for passage in passages if passage.kind is Kind.HEADING)
    first = ((heading, _NUMBERED.match(heading.words_text)) for heading in headings)
    return tuple(ListItem(heading, heading.words) for heading, m in first if m and stem(m[1].casefold()) in nouns)
