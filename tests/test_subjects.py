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


@pytest.mark.parametrize(
    ("language", "question", "unknown", "named"),
    [
        (
            "de",
            "Welche Windräder wurden laut Bericht gebaut?",
            ["Windräder", "laut", "Bericht", "gebaut"],
            ["Windräder", "Bericht"],
        ),
        ("fr", "Qu'a-t-on dit du nouveau gymnase ?", ["dit", "gymnase"], ["gymnase"]),
        (
            "fr",
            "Qui a proposé de construire l'arène à Brest ?",
            ["proposé", "construire", "arène", "Brest"],
            ["arène", "Brest"],
        ),
        ("es", "¿Quién pidió vender la nueva piscina?", ["pidió", "vender", "piscina"], ["piscina"]),
        ("ja", "空港の拡張は承認されましたか", ["空港", "拡張", "承認"], ["空港", "拡張"]),
        ("en", "What did they decide in June on the canal?", ["June", "canal"], ["canal"]),
    ],
)
def test_nouns_are_named_in_each_language_and_no_verb_or_month(
    language: str, question: str, unknown: list[str], named: list[str]
) -> None:
    assert names_and_subjects(question, unknown, language=language) == tuple(named)
