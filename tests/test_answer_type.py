"""A question for an hour, a sum or a number is not answered by sentences that hold none."""

import pytest

from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.answer_type import missing_answer
from index.library import Library, open_library
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("types") / "library", encoder=WordCounts())


def missing(library: Library, question: str, *sentences: str) -> str | None:
    with library.snapshot() as view:
        return missing_answer(question, QueryTerms(question, view), list(sentences))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("At what time did it begin?", "The meeting was held in Trieste, Italy."),
        ("会議は何時に始まりましたか", "会議は8月5日に開催された。"),
        ("How much money was pledged?", "They pledged support in 2021."),
        ("What budget was agreed?", "The budget was agreed."),
        ("How many delegates came?", "Ministers of 20 countries came."),
    ],
)
def test_what_is_asked_for_is_missed(library: Library, question: str, sentence: str) -> None:
    assert missing(library, question, sentence) is not None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("At what time did it begin?", "8:00 pm to 10:30 pm on Wednesday (Japan time)"),
        ("What time was lunch?", "Lunch was served at 12 o'clock."),
        ("How much money was pledged?", "They pledged $350 million."),
        ("How many countries were invited?", "Countries invited: Jordan, Rwanda and Spain."),
        ("Who attended?", "Nobody."),
    ],
)
def test_what_is_held_is_not(library: Library, question: str, sentence: str) -> None:
    assert missing(library, question, "Another sentence.", sentence) is None


@pytest.mark.parametrize(
    ("question", "sentences", "expected"),
    [
        ("Who spoke for Brazil?", ["Members: Argentina, Brazil, Canada."], "a person"),
        ("Who spoke for Brazil?", ["Mr. Silva of Brazil took the floor.", "Members: Argentina, Brazil."], None),
        ("Who represented Germany?", ["Dr. Volker Wissing, German minister, took part."], None),
        ("Who proposed the meeting?", ["The Presidency proposed it."], None),
        ("Who spoke for Brazil?", ["The Presidency proposed it."], None),
        ("What share of the fund is for health?", ["The fund is also for health."], "a share"),
        ("What share of the fund is for health?", ["A third of the fund is for health."], None),
        ("How many dollars did they pledge?", ["They pledged more money."], "a sum of money"),
    ],
)
def test_a_person_of_a_country_and_a_share_are_looked_for(
    library: Library, question: str, sentences: list[str], expected: str | None
) -> None:
    assert missing(library, question, *sentences) == expected
