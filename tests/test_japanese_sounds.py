"""Names in katakana and in Latin letters are compared by their sounds; kanji are read by a dictionary."""

import subprocess
import sys

import pytest

from corpus.language.japanese.alike import distance
from corpus.language.japanese.kana import kana_sounds
from corpus.language.japanese.latin import long_vowels_short, name_sounds, roman_sounds
from corpus.language.japanese.readings import japanese_names


def far(kana: str, name: str) -> float:
    return distance(kana_sounds(kana), name_sounds(name))


@pytest.mark.parametrize(
    ("kana", "sounds"),
    [
        ("トリエステ", "toriesute"),
        ("シャーマン", "Sa-man"),
        ("ファティマ", "fatima"),
        ("キャロル", "kyaroru"),
        ("クァク", "kwaku"),
        ("ウェイン", "wein"),
        ("ヴィラ", "bira"),
        ("ﾄﾞﾆ", "doni"),
        ("マッツ", "macu"),
    ],
)
def test_katakana_are_spelled_as_sounds(kana: str, sounds: str) -> None:
    assert kana_sounds(kana) == sounds


@pytest.mark.parametrize(
    ("reading", "romanizations"),
    [
        ("コウノ", ("Kono", "Kouno", "Kōno", "KOHNO")),
        ("サトウ", ("Sato", "Satoh", "Satou", "Satō")),
        ("ツチヤ", ("Tsuchiya", "Tutiya")),
        ("シンジョウ", ("Shinjo", "Sinzyo", "Shinjō")),
        ("ナンバ", ("Namba", "Nanba")),
        ("ハットリ", ("Hattori",)),
        ("フクダ", ("Fukuda", "Hukuda")),
        ("イノウエ", ("Inoue", "Inoué")),
    ],
)
def test_every_romanization_of_a_reading_is_the_same(reading: str, romanizations: tuple[str, ...]) -> None:
    assert {roman_sounds(name) for name in romanizations} == {long_vowels_short(kana_sounds(reading))}


@pytest.mark.parametrize(("reading", "other"), [("タケダ", "Takada"), ("オノ", "Ohnishi"), ("カトウ", "Katsu")])
def test_another_name_is_not_the_same(reading: str, other: str) -> None:
    assert roman_sounds(other) != long_vowels_short(kana_sounds(reading))


@pytest.mark.parametrize(
    ("kana", "name", "others"),
    [
        ("トリエステ", "Trieste", ("Treaty", "Tortosa", "Tries")),
        ("リンドグレーン", "Lindgren", ("Lindqvist", "Landgrave")),
        ("マルガリータ", "Margarita", ("Mariana", "Magritte")),
        ("シュミット", "Schmitt", ("Summit", "Samit")),
        ("ヴォイチェフ", "Voitcheff", ("Vojtasik",)),
        ("マッケンジー", "Mackenzie", ("Matheson", "Mackintosh")),
        ("ベアトリス", "Beatrice", ("Patrice", "Beatty")),
        ("フェルナンド", "Fernando", ("Hernando", "Fernandez")),
    ],
)
def test_a_name_sounds_more_like_itself_than_like_others(kana: str, name: str, others: tuple[str, ...]) -> None:
    assert far(kana, name) <= 0.105 < min(far(kana, other) for other in others)


def test_a_distance_over_its_limit_is_the_whole() -> None:
    assert distance(kana_sounds("リンドグレーン"), name_sounds("Landgrave"), 0.05) == 1.0
    assert distance("", name_sounds("Lund")) == distance(kana_sounds("ルンド"), "") == 1.0


def names(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[name.start : name.end], name.readings) for name in japanese_names(text)]


def test_names_in_kanji_have_all_their_readings() -> None:
    found = dict(names("河野大臣と長野の林市長、佐々木氏が新谷委員に聞いた"))
    assert {"コウノ", "カワノ"} <= {*found["河野"]}
    assert "ナガノ" in found["長野"]
    assert "ハヤシ" in found["林"]
    assert "ササキ" in found["佐々木"]
    assert {"シンタニ", "シンヤ"} <= {*found["新谷"]}
    assert found.keys() == {"河野", "長野", "林", "佐々木", "新谷"}


def test_loanwords_are_no_names_without_a_title() -> None:
    assert names("データとデジタル技術、サイバー空間のプロジェクトとテーマについて") == []
    assert names("林の中の会議で森を歩く") == []
    assert names("プロジェクト氏は何と言いましたか") == [("プロジェクト", ("プロジェクト",))]


def test_the_name_beside_a_loanword_is_found() -> None:
    assert names("ブリスベンフォーラムで") == [("ブリスベン", ("ブリスベン",))]


def test_an_english_text_loads_no_dictionary() -> None:
    code = (
        "import sys; from corpus.language.japanese.readings import japanese_names;"
        "print(japanese_names('Who spoke in Trieste?'), 'sudachipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] False\n"
