"""Identify the language of a text."""

import pytest

from corpus.language.identify import language_by_small_words, language_of
from corpus.reading import founding_records

SENTENCES = {
    "en": "The ministers of the member countries met in the city and agreed on the points of the declaration. ",
    "ja": "大臣たちはこの会議で、データの自由な流通について議論し、宣言をまとめました。",
    "fr": "Les ministres des pays membres se sont réunis dans la ville et ont adopté la déclaration commune. ",
    "de": "Die Minister der Mitgliedstaaten haben sich in der Stadt getroffen und die Erklärung angenommen. ",
    "es": "Los ministros de los países miembros se reunieron en la ciudad y aprobaron la declaración conjunta. ",
    "ko": "회원국의 장관들이 도시에 모여 공동 선언을 채택하였다. 데이터의 자유로운 이동에 대하여 논의하였다. ",
    "zh": "成员国的部长们在这个城市举行了会议，通过了联合宣言，并讨论了数据自由流动的问题。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_language_of_a_text_is_known(language: str) -> None:
    (fact,) = language_of(SENTENCES[language] * 8)
    assert (fact.name, fact.value, fact.origin) == ("language", language, "text")


@pytest.mark.parametrize("text", ["", "They met.", "R" * 5000, "12 34 " * 500, "MIC METI OECD " * 3, "会議" * 20])
def test_the_language_of_a_few_words_is_not_sure(text: str) -> None:
    assert language_of(text) == ()


def test_front_matter_has_no_say() -> None:
    front = SENTENCES["en"] * 8
    assert language_of(front + SENTENCES["ja"] * 8, len(front))[0].value == "ja"


def test_a_quotation_in_another_language_does_not_change_the_text_s() -> None:
    assert language_of(SENTENCES["en"] * 8 + SENTENCES["ja"])[0].value == "en"
    assert language_of(SENTENCES["ja"] * 8 + SENTENCES["en"])[0].value == "ja"


def test_the_founding_records_are_english() -> None:
    assert [record.language for record in founding_records()] == ["en"] * 5


@pytest.mark.parametrize("code", ["en", "ja", "fr", "de", "es"])
def test_one_sentence_tells_its_language_by_its_small_words(code: str) -> None:
    assert language_by_small_words(SENTENCES[code]) == code


def test_names_and_figures_tell_no_language() -> None:
    assert language_by_small_words("K-31 | 2026 | Lenz | 14,900") is None
