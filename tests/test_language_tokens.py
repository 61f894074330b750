"""Split texts into tokens for the full-text index."""

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.language.tokens import (
    STOP_WORDS,
    cjk_words,
    content_words,
    folded_words,
    query_phrases,
    stem,
    stems,
    text_terms,
)
from index.store import schema
from index.store.passages import fts_query, fts_text

_WORDS = [
    f"{start}{end}"
    for start in ("agree", "nation", "general", "hope", "trad")
    for end in ("", "ization", "fulness", "ments", "ing", "alities")
]


def found(texts: list[str], question: str) -> list[int]:
    """Return the numbers of the texts that a question finds in the library's own table."""
    connection = sqlite3.connect(":memory:")
    schema.create(connection)
    for i, text in enumerate(texts):
        connection.execute("INSERT INTO terms (rowid, words, headings) VALUES (?, ?, '')", (i, fts_text(text)))
    expression = fts_query(question)
    rows = (
        connection.execute("SELECT rowid FROM terms WHERE terms MATCH ? ORDER BY rowid", (expression,))
        if expression
        else ()
    )
    identities = [row[0] for row in rows]
    connection.close()
    return identities


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S.-Japan Digital Partnership", ["the", "u.s", "japan", "digital", "partnership"]),
        ("Ministers’ AI & e-commerce_2021", ["ministers", "ai", "e-commerce", "2021"]),
        ("Ｇ２０ Straße ﬁne", ["g20", "strasse", "fine"]),
        ("G7デジタル大臣会合", ["g7", "デジタル大臣会合"]),
        ("ﾃﾞｼﾞﾀﾙ", ["デジタル"]),
        ("!? ... 👩‍👩‍👧", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


def test_japanese_is_indexed_as_overlapping_pairs() -> None:
    assert text_terms("G7大臣会合 e-commerce 独") == ["g7", "大臣", "臣会", "会合", "e", "commerce", "独"]


def test_a_japanese_question_asks_for_its_words_and_their_pairs() -> None:
    phrases = ["大臣 臣会 会合", "大臣", "臣会", "会合", "デジ ジタ タル", "デジ", "ジタ", "タル"]
    assert query_phrases("大臣会合のデジタル？") == phrases


def test_a_question_asks_for_any_of_its_words_but_stop_words() -> None:
    question = "What did the Ministers say about e-commerce?"
    assert query_phrases(question) == ["ministers", "say", "e", "commerce", "e commerce"]
    assert fts_query(question) == '"ministers" OR "say" OR "e" OR "commerce" OR "e commerce"'


@pytest.mark.parametrize("question", ["", "  ", "What did they do?", "??? — *", "👩‍👩‍👧", "のはをに"])
def test_a_question_without_words_asks_for_nothing(question: str) -> None:
    assert fts_query(question) == ""


def test_content_words_stand_once_and_in_order() -> None:
    assert content_words("Which G20 ministers met the G20 ministers in 大阪?") == ["g20", "ministers", "met", "大阪"]


def test_japanese_words_are_runs_of_one_script() -> None:
    assert cjk_words("大臣会合のデジタル政策について") == ["大臣会合", "デジタル", "政策"]


def test_a_part_of_a_japanese_compound_is_found() -> None:
    assert found(["G7デジタル大臣会合の結果", "総務省の報告書"], "大臣は何を話したか") == [0]


def test_an_inflected_word_is_found() -> None:
    assert found(["They agreed on smart cities.", "They parted."], "What is agreed for a city?") == [0]


def test_a_word_with_an_accent_is_found_without_it() -> None:
    assert found(["Talks in Zürich", "Talks in Bern"], "Zurich") == [0]


@pytest.mark.parametrize(
    "question",
    [
        'trust" OR words:"flow',
        "trust AND NOT flow",
        "NEAR(trust data, 2)",
        "trust*",
        "^trust",
        "words : trust",
        "{words headings} : trust",
        "- trust + data",
        "(trust",
        "trust'); DROP TABLE terms; --",
        "trust\x00data",
        "trust\ud800",
    ],
)
def test_what_fts5_takes_for_an_operator_is_harmless_in_a_question(question: str) -> None:
    assert 0 in found(["data with trust", "nothing of it"], question)


def test_a_question_of_thousands_of_words_is_asked() -> None:
    assert found(["data with trust", "other"], " ".join(f"word{i}" for i in range(3000)) + " trust") == [0]


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_every_question_is_an_expression_that_fts5_takes(question: str) -> None:
    assert found(["data with trust"], question) in ([], [0])


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    words = [w for w in folded_words(text) if w.isascii() and w.isalnum() and w not in STOP_WORDS]
    assert found([text], " ".join(words)) == ([0] if words else [])


def test_stems_are_porters() -> None:
    assert stems("The ministers agreed on generalizations, hopefully.") == ["minist", "agre", "gener", "hopefulli"]


def test_threads_do_not_give_each_others_stems() -> None:
    alone = [stem.__wrapped__(word) for word in _WORDS]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda _: [stem.__wrapped__(word) for word in _WORDS], range(20)))
    finally:
        sys.setswitchinterval(before)
    assert all(each == alone for each in found)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Qui s'est abstenu sur les budgets d'eau ?", ["abstenu", "budget", "eau"]),
        ("de", "Wer hat gegen die Anträge gestimmt?", ["antrag", "gestimmt"]),
        ("es", "¿Quién votó en contra de las tarifas?", ["vot", "tarif"]),
        ("en", "Who found it?", ["find"]),
    ],
)
def test_words_have_the_stems_of_their_language(language: str, text: str, found: list[str]) -> None:
    assert stems(text, language) == found
