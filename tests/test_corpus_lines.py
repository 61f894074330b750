"""Join the lines of a text into paragraphs."""

import pytest

from corpus.lines import Marker, is_rule, join_lines

WRAPPED = """\
The ministers met in Trieste and agreed that data should flow
freely across borders - with trust - and that the rules of each
country should work together with the rules of the others there.
They also asked the presidency for a report on the work by next
year.
"""


def found(text: str) -> list[tuple[Marker, int, str]]:
    return [(p.marker, p.number, p.words.of(text)) for p in join_lines(text)]


def bodies(text: str) -> list[str]:
    return [p.words.of(text) for p in join_lines(text)]


def test_each_line_of_a_text_that_is_not_wrapped_is_a_piece() -> None:
    assert bodies("One.\nTwo.\r\nThree.\rFour.\n\n\nFive.") == ["One.", "Two.", "Three.", "Four.", "Five."]


def test_a_hard_wrapped_paragraph_is_one_piece_with_its_line_breaks() -> None:
    assert bodies(WRAPPED) == [WRAPPED.strip()]
    assert [p.lines for p in join_lines(WRAPPED)] == [5]


def test_a_wrap_with_carriage_returns_is_a_wrap() -> None:
    assert len(join_lines(WRAPPED.replace("\n", "\r\n"))) == 1


def test_an_empty_line_ends_a_wrapped_paragraph() -> None:
    assert [p.lines for p in join_lines(WRAPPED + "\n" + WRAPPED)] == [5, 5]
    assert [p.after_blank for p in join_lines(WRAPPED + "\n" + WRAPPED)] == [True, True]


def test_a_paragraph_whose_last_line_is_full_ends_at_the_empty_line() -> None:
    full = WRAPPED.removesuffix("year.\n")
    assert [p.lines for p in join_lines(full + "\n" + WRAPPED)] == [4, 5]


def test_a_dash_that_the_wrap_brought_to_the_front_is_no_bullet() -> None:
    text = """\
The ministers met in Trieste and agreed that data
should flow freely across all borders – with trust
– and that the rules of each country should work
together with the rules of the others there. They
also asked the presidency for a report.
"""
    assert [(p.marker, p.lines) for p in join_lines(text)] == [(Marker.NONE, 5)]


def test_a_number_that_the_wrap_brought_to_the_front_is_no_list() -> None:
    text = """\
The ministers met in Trieste and agreed that data should
flow freely across all borders and that the rules of each
country should work together with the rules in article
12. They also asked the presidency for a report on the
work done.
"""
    assert [(p.marker, p.lines) for p in join_lines(text)] == [(Marker.NONE, 5)]


def test_bullets_in_a_wrapped_text_stay_items_and_their_wrapped_lines_join() -> None:
    text = WRAPPED + "\n- " + WRAPPED + "- " + WRAPPED
    assert [(p.marker, p.lines) for p in join_lines(text)] == [(Marker.NONE, 5), (Marker.BULLET, 5), (Marker.BULLET, 5)]


@pytest.mark.parametrize(
    ("line", "marker", "number", "words"),
    [
        ("- an item", Marker.BULLET, 0, "an item"),
        ("  • an item", Marker.BULLET, 0, "an item"),
        ("・ 項目", Marker.BULLET, 0, "項目"),
        ("(b) each port counts", Marker.LETTER, 0, "each port counts"),
        ("(iv) each port counts", Marker.ROMAN, 0, "each port counts"),
        ("(b)each port counts", Marker.NONE, 0, "(b)each port counts"),
        ("(1)Meeting with Mr. Sato", Marker.PAREN, 1, "Meeting with Mr. Sato"),
        ("（２）概要", Marker.PAREN, 2, "概要"),
        ("3.Main points", Marker.DOTTED, 3, "Main points"),
        ("12. Twelve", Marker.DOTTED, 12, "Twelve"),
        ("４．概要", Marker.DOTTED, 4, "概要"),
        ("viii. Data free flow", Marker.ROMAN, 0, "Data free flow"),
        ("b) the second", Marker.LETTER, 0, "the second"),
        ("2.5 million doses", Marker.NONE, 0, "2.5 million doses"),
        ("2021 was a year", Marker.NONE, 0, "2021 was a year"),
        ("-5 degrees", Marker.NONE, 0, "-5 degrees"),
        ("*emphasis* first", Marker.NONE, 0, "*emphasis* first"),
        ("(*) a note", Marker.NONE, 0, "(*) a note"),
        ("(Thu.) a day", Marker.NONE, 0, "(Thu.) a day"),
        ("11. Mai 2022: Abschluss", Marker.NONE, 0, "11. Mai 2022: Abschluss"),
        ("1. Maintain it", Marker.DOTTED, 1, "Maintain it"),
        ("-", Marker.NONE, 0, "-"),
        ("1.", Marker.NONE, 0, "1."),
    ],
)
def test_a_marker_is_told_from_the_words(line: str, marker: Marker, number: int, words: str) -> None:
    assert found(line) == [(marker, number, words)]


def test_a_starred_note_stays_with_its_bullet() -> None:
    assert bodies("  • *\n    In the form of a video conference\n") == ["*\n    In the form of a video conference"]


def test_the_span_has_the_marker_and_the_words_have_not() -> None:
    (piece,) = join_lines("\n  • Trieste \n")
    assert (piece.span.start, piece.span.end, piece.words.start, piece.words.end, piece.indent) == (3, 12, 5, 12, 2)


def test_reading_begins_behind_the_front_matter() -> None:
    text = "---\ntitle: x\n---\nBody."
    assert [p.span.of(text) for p in join_lines(text, 17)] == ["Body."]


@pytest.mark.parametrize("line", ["---", "* * *", "_____", "======", "\\---", "<!-- a comment -->"])
def test_a_row_of_dashes_or_stars_only_separates(line: str) -> None:
    assert is_rule(line)


@pytest.mark.parametrize("line", ["--", "- item", "--- a", "***bold***"])
def test_words_do_not_separate(line: str) -> None:
    assert not is_rule(line)


def test_only_white_space_has_no_pieces() -> None:
    assert join_lines(" \n\u00a0\r\n\t") == []


MAIL = """\
From: the secretariat
To: all delegates

Please find below the outcome of the meeting held in Geneva in March. The
Group agreed on three points, which the secretariat will circulate to all
members.

  1) The budget is adopted.
  2) The next meeting takes place in Vienna. Members will bring their own
     proposals to it.
  3) The Chair stays
     in office.
"""


def test_the_few_wrapped_lines_among_short_ones_join() -> None:
    assert [p.lines for p in join_lines(MAIL)] == [1, 1, 3, 1, 2, 2]


def test_each_speaker_begins_a_piece_however_full_the_line_before_is() -> None:
    text = WRAPPED + "\nMR SMITH: I propose that we take this item from the agenda now.\nMS JONES: I agree with it.\n"
    assert bodies(text)[1:] == text.splitlines()[6:]


def test_wrapped_japanese_lines_join_and_lines_that_end_do_not() -> None:
    paragraph = "　総務大臣は、イタリアのトリエステで開催された\nデジタル大臣会合に出席し、議論に加わりました。次\n"
    paragraph += "の会合は秋です。"
    text = f"会合の結果\n総務省\n\n{paragraph}\n\n（１）日時　八月五日\n（２）場所　トリエステ\n"
    assert [p.lines for p in join_lines(text)] == [1, 1, 3, 1, 1]


def test_lines_that_letters_of_many_widths_made_uneven_are_wrapped_lines() -> None:
    words = (
        "the ministers who came to Trieste from Italy and Japan and Mexico agreed on a map of their work and".split()
    )
    lines: list[str] = []
    line = ""
    for i in range(400):
        if len(line) > (54, 66, 60, 70)[len(lines) % 4]:
            lines, line = [*lines, line.strip()], ""
        line += " " + words[i % len(words)]
    text = "\n".join(lines) + "."
    assert any(line[0].isupper() for line in lines)
    assert [p.lines for p in join_lines(text)] == [len(lines)]


def test_the_next_decimal_number_begins_a_paragraph_in_a_wrapped_text() -> None:
    text = (
        "4.1 The works on the roof of the long barn at the weir begin on the seventh\nday of October.\n"
        "4.2 The scaffold on the north side of the barn costs some twenty crowns and\nstands until May.\n"
        "The length is 4.1 metres on the side towards the weir, and on the other one\n4.2 Metres are not enough.\n"
    )
    starts = [text[p.span.start : p.span.start + 3] for p in join_lines(text)]
    assert starts[:2] == ["4.1", "4.2"]
    assert "4.2" not in starts[2:]


def test_a_number_of_three_digits_is_a_marker_behind_the_one_before_it_alone() -> None:
    items = "\n".join(f"{number}. Rope {number}." for number in range(98, 103))
    paragraphs = join_lines(f"{items}\n\nThey paid\n\n250. More is due.\n")
    assert [p.number for p in paragraphs] == [98, 99, 100, 101, 102, 0, 0]
    assert [p.number for p in join_lines("100. Ropes are dry.")] == [0]
