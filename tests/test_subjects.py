"""Name what a refusal may call unknown: names and subjects of the question, no verbs and small words."""

import pytest

from assistant.reading.subjects import names_and_subjects


@pytest.mark.parametrize(
    ("question", "unknown", "named"),
    [
        ("Who took part for Zembla in the meeting?", ["took", "Zembla"], ["Zembla"]),
        ("How many countries voted against the loan?", ["many", "voted", "loan"], ["loan"]),
        ("What did they say about crypto-assets?", ["say", "crypto", "assets"], ["crypto", "assets"]),
        ("What was the budget of the Lima summit?", ["budget", "Lima"], ["budget", "Lima"]),
        (
            "Did the ministers attend to vote on fishing quotas?",
            ["attend", "vote", "fishing", "quotas"],
            ["fishing", "quotas"],
        ),
        ("Does any record mention cheese?", ["record", "cheese"], []),
        ("Is there a record on cheese?", ["record", "cheese"], ["cheese"]),
        ("Did Norway send anybody?", ["Norway", "send", "anybody"], ["Norway"]),
        ("did norway send anybody", ["norway", "send", "anybody"], ["norway"]),
        ("who chaired the lima summit", ["chaired", "lima"], ["lima"]),
        ("予算はいくらですか", ["予算"], []),
    ],
)
def test_names_and_words_behind_an_article_or_a_preposition_are_subjects(
    question: str, unknown: list[str], named: list[str]
) -> None:
    assert names_and_subjects(question, unknown) == tuple(named)


def test_a_japanese_word_is_missing_from_records_that_have_japanese_words() -> None:
    assert names_and_subjects("会合の予算はいくらですか", ["予算"], ["会合"]) == ("予算",)
