"""Each body whose minutes have the subject of a question is cited once, the newest first."""

import pytest

from assistant.minutes.people.about_bodies import about_bodies
from assistant.minutes.question import MinutesQuestion
from assistant.query import Query
from corpus.reading import document_from

RECORDS = {
    "water-1.txt": "Water Panel\nMinutes of 3 March 2026\n\n1. Well\nThe Panel discussed the old well.\n",
    "water-2.txt": "Water Panel\nMinutes of 7 April 2026\n\n1. Pumps\nThe old well was tested in March.\n",
    "parks.txt": "Parks Committee\nMinutes of 12 March 2026\n\n1. Lawn\nIt is sown.\n\n2. Well\nA fence is missing.\n",
    "roads.txt": "Roads Committee\nMinutes of 13 March 2026\n\n1. Bridge\nThe bridge is closed in June.\n",
}


def quotes(question: str) -> list[str] | None:
    documents = [document_from(text, name, "text/plain") for name, text in RECORDS.items()]
    found = about_bodies(MinutesQuestion(Query(question), documents))
    return [citation.quote for citation in found.citations] if found else None


@pytest.mark.parametrize("question", ["Which bodies dealt with the well?", "Which committees discussed the well?"])
def test_each_body_is_cited_once(question: str) -> None:
    assert quotes(question) == ["The old well was tested in March.", "A fence is missing."]


@pytest.mark.parametrize(
    "question", ["Which bodies dealt with the bridge?", "Which pumps are old?", "Which bodies met?"]
)
def test_a_subject_of_one_body_and_other_questions_are_searched(question: str) -> None:
    assert quotes(question) is None
