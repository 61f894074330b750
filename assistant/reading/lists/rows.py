"""Choose the rows of a table that a question asks for: those that hold most of its words with what is around them."""

from collections.abc import Sequence

from assistant.reading.lists.find import ListItem
from assistant.reading.lists.question import ChosenList, ListQuestion
from assistant.retrieval.evidence import Evidence, documents_of
from corpus.facts import facts_text
from corpus.speech import speeches_at

# Least share of the question's weight that a row holds together with its columns, the headings and the record's title.
_LEAST_ROW = 0.7
# By so much more than the best sentence, and by so little less than another row.
_ROW_MARGIN, _EQUAL = 0.1, 0.001
_MOST_RECORDS = 4


def choose_rows(question: ListQuestion, best: Evidence, evidence: Sequence[Evidence]) -> ChosenList | None:
    """Return the rows of a table that hold most of the question; None if the best sentence holds as much.

    If the best sentence is a row itself, rows that hold less than other sentences are returned, too. None of a table
    of talk is returned: there a question that somebody asks holds the words, and the reply answers.

    Args:
        question: the question.
        best: the best sentence.
        evidence: all sentences, best first.
    """
    documents = documents_of(evidence)[:_MOST_RECORDS]
    tables = [table for document in documents for table in question.lists(document) if table.columns]
    tables = [table for table in tables if not all(map(_is_said, table.items))]
    own = next((n for n, t in enumerate(tables) if any(item.passage == best.passage for item in t.items)), None)
    scored: list[tuple[float, float, int, ListItem]] = []
    for number, table in enumerate(tables):
        about = question.about(table.items[0].passage.document)
        known = about | question.shared(table.announcement)
        shares = [question.share(known | question.shared(item.text), question.words) for item in table.items]
        if max(shares) > question.share(known, question.words):
            of_record = question.share(about, question.words)
            scored += [(share, of_record, number, item) for share, item in zip(shares, table.items, strict=True)]
    if not scored:
        return None
    # A row of the record that the question names goes first, then one of the table with the best sentence.
    most, _, at, _ = max(scored, key=lambda row: (row[1], row[2] == own, row[0], -row[2]))
    if own is None and most < max(_LEAST_ROW, _share_of_sentence(question, best) + _ROW_MARGIN):
        return None
    return ChosenList(tuple(row[3] for row in scored if row[2] == at and row[0] >= most - _EQUAL), False)


def _is_said(item: ListItem) -> bool:
    return bool(speeches_at(item.passage.document, item.span))


def _share_of_sentence(question: ListQuestion, evidence: Evidence) -> float:
    """Return the share of the question that a sentence holds with its headings, title and facts of its record."""
    document = evidence.document
    text = " ".join((document.title, facts_text(document), *evidence.passage.headings, evidence.quote))
    return question.share(question.shared(text), question.words)
