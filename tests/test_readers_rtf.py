"""Read RTF files."""

import pytest

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.rtf.reader import read_rtf
from support.content_lines import block_lines


def content(body: str) -> Content:
    head = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}{\f2\fcharset2 Symbol;}}{\colortbl;\red0;}"
    styles = r"{\ql Normal;}{\s1 heading 1;}{\s2\outlinelevel1 Own;}{\s3 Title;}{\s4 toc 1;}{\*\cs5 heading 2;}"
    head += rf"{{\stylesheet{styles}}}"
    return read_rtf(rf"{{\rtf1\ansi\ansicpg1252\uc1 {head}{body}}}".encode("cp1252"), "x.rtf", Limits())


def read(body: str) -> list[str]:
    return block_lines(content(body))


def test_paragraphs_headings_and_the_title_are_known_by_their_styles() -> None:
    body = r"\pard\s3 Talks\par\pard\s4 Views 1\par\pard\s1 One\par\pard\s2 Two\par\pard They met.\par"
    assert read(body + r"\pard\cs5 They left.\par") == [
        "title Talks",
        "menu Views 1",
        "h1 One",
        "h2 Two",
        "p They met.",
        "p They left.",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"Ros\'e9n", "Rosén"),
        (r"{\f1 \'93\'8c\'8b\'9e}", "東京"),
        (r"\u26481?\u20140?", "東京"),
        (r"\uc2\u26481\'93\'8c!", "東!"),
        (r"\u8217\'92s", "’s"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\{a\}\~b\_c", "{a}\u00a0b\u2011c"),
        (r"a\emdash b\rquote c", "a—b’c"),
        ("a\r\nb", "ab"),
        (r"a\u0?\u7?\'01b", "ab"),
        (r"{\upr{no}{\*\ud{yes}}}", "yes"),
        (r"{\field{\*\fldinst HYPERLINK no}{\fldrslt yes}}", "yes"),
    ],
)
def test_characters_are_those_that_a_reader_sees(written: str, shown: str) -> None:
    assert read(rf"They met.\par {written}\par")[1] == f"p {shown}"


def test_deleted_and_hidden_words_headers_and_pictures_are_left_out() -> None:
    body = r"They met{\deleted no}{\v no}.{\header no\par}{\*\unknown no}{\pict\bin4 }{}}}\par"
    assert read(body + r"{\annotation no}{\info{\author Ada}}\par They left.") == ["p They met.", "p They left."]


def test_items_have_the_marks_that_the_file_states() -> None:
    numbered = r"\pard{\listtext 1.\tab}a\par{\pntext{\f2\'b7}\tab}b\par{\listtext\u-3913 ?\tab}c\par"
    assert read(rf"They met.\par{numbered}")[1:] == ["li 1. a", "li • b", "li • c"]


def test_rows_keep_the_names_of_their_columns() -> None:
    row = r"\trowd\pard\intbl {}\cell {}\cell {}\cell\row"
    body = row.format("No.", "Action", "Due") + row.format("A1", r"Paint\par it", "") + r"\pard They left.\par"
    assert (
        read(body)
        == [
            "li | No. | Action | Due |",
            "menu | --- | --- | --- |",
            "li | A1 | Paint it | |",
            "p They left.",
        ]
        or read(body)[2] == "li | A1 | Paint it |"
    )


def test_notes_follow_their_paragraph_and_bold_lines_are_headings() -> None:
    body = r"Talks\par{\b Views}\par They met{\super\chftn{\footnote\pard In Halvik.}}.\par They left.\par"
    assert read(body)[1:] == ["h1 Views", "p They met.", "p In Halvik.", "p They left."]


def test_the_properties_are_facts() -> None:
    found = content(r"{\info{\title Talks}{\company Harbour Board}}They met.\par")
    assert found.facts == (
        Fact("title", "Talks", "Word properties"),
        Fact("publisher", "Harbour Board", "Word properties"),
    )


def test_words_behind_the_last_group_and_broken_tables_end_a_file() -> None:
    assert read(r"They met.\par\intbl a\cell b\cell") == ["p They met.", "li | a | b |"]
    assert block_lines(read_rtf(b"{\\rtf1 They met.}}}no", "x.rtf", Limits())) == ["p They met."]


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(CorpusError, match=r"^x.rtf: the RTF file holds no text; where it shows pictures"):
        content(r"{\pict 00}")
