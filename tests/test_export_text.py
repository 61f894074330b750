"""Escape characters that XML forbids or the eye cannot see, and leave all others unchanged."""

import pytest
from lxml import etree

from assistant.export.text import language, line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x07\x1b[31m", "a\\x00b\\x07\\x1b[31m"),
        ("a\u202eb\u2028c", "a\\u202eb\\u2028c"),
        ("half \ud800", "half \\ud800"),
        ("none \ufffe \ufdd0 \U0001ffff", "none \\ufffe \\ufdd0 \\U0001ffff"),
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        ("soft\u00adhyphen naïve 会議 👩‍👩‍👧 \u00a0", "soft\u00adhyphen naïve 会議 👩‍👩‍👧 \u00a0"),
    ],
)
def test_hidden_characters_are_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_xml_takes_every_character_that_is_left() -> None:
    every = visible("".join(map(chr, [*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFDC0, 0x10010)])))
    element = etree.Element("text")
    element.text = every
    assert etree.fromstring(etree.tostring(element)).text == every


def test_a_line_has_single_spaces() -> None:
    assert line("  a \n\n b\u00a0\tc ") == "a b c"


def test_only_kana_tell_the_language() -> None:
    assert [language(t) for t in ("会議の概要", "ﾃﾞｼﾞﾀﾙ", "總務省", "Results")] == ["ja", "ja", None, None]
