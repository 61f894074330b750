"""Put counts and lists into words, and choose the language of a reply."""

import re
import tomllib
from pathlib import Path

import pytest

from assistant.wording import count, join_words, quote_words, reply_language, say, spell_filters, undated_notes
from index.search.filters import Filters

TEXTS = Path("assistant/replies/texts")


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_words_are_joined_with_or(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


def test_words_are_joined_with_another_word_that_is_given() -> None:
    assert join_words(["a", "b", "c"], "and") == "a, b and c"


@pytest.mark.parametrize(("number", "words"), [(0, "0 records"), (1, "1 record"), (1200, "1,200 records")])
def test_a_noun_is_in_the_plural_unless_there_is_one(number: int, words: str) -> None:
    assert count(number, "record") == words


def test_a_question_with_kana_has_its_reply_in_japanese() -> None:
    assert (reply_language("会合はいつですか"), reply_language("When was it?")) == ("ja", "en")
    assert [reply_language("?", name) for name in ("German", "French", "Spanish", "Polish")] == ["de", "fr", "es", "en"]


@pytest.mark.parametrize("language", ["de", "es", "fr", "ja"])
def test_each_language_has_the_lines_of_english_with_the_same_values(language: str) -> None:
    english, other = (tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8")) for name in ("en", language))
    assert other.keys() == english.keys()
    for key, line in english.items():
        lines = [[line, other[key]] if isinstance(line, str) else [line[1], other[key]]][0]
        values = [set(re.findall(r"\{(\w+)\}", one if isinstance(one, str) else one[1])) for one in lines]
        assert values[1] - {"n"} <= values[0], key
        assert values[0] - values[1] <= {"n", "of", "label", "language", "cited"}, key


def test_lines_are_in_the_language_of_the_question() -> None:
    assert say("de", "undated", 2) == "Der Tag von 2 Dokumenten ist unbekannt."
    assert quote_words(["canal", "port"], "fr") == "« canal » ou « port »"
    assert spell_filters(Filters(years=frozenset({2026}), months=frozenset({6})), "es") == "junio, 2026"
    assert spell_filters(Filters(years=frozenset({2026}), asked=frozenset({"a.md"})), "ja") == "2026、選択した記録"
    assert undated_notes(["a.md"], "ja") == ["a.mdの日付は不明です。"]
