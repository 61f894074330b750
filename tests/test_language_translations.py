"""Translate Japanese words of questions into English words that the records have."""

import pytest

from corpus.language.english import translations, whole_word


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("予算", "budget"),
        ("閣僚宣言", "ministerial declaration"),
        ("越境データ流通", "cross-border data flow"),
        ("デジタル庁", "digital agency"),
    ],
)
def test_a_word_is_translated_by_itself_or_by_its_parts(word: str, english: str) -> None:
    assert english in translations(word)


def test_a_word_with_an_unknown_part_has_no_translation() -> None:
    assert translations("河野大臣") == ()
    assert translations("annex") == ()


def test_a_name_of_two_scripts_is_one_word() -> None:
    assert whole_word("デジタル", "デジタル庁はいつできましたか") == "デジタル庁"
    assert whole_word("予算", "予算はいくらですか") == "予算"
