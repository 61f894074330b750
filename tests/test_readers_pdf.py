"""A PDF becomes paragraphs in reading order, whose words and pages are those of the print."""

import pytest

from corpus.content import Content
from corpus.document import sha256_of
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.pdf.reader import read_pdf
from support.printed_pdf import Drawn, drawn_pdf, text_lines
from support.typeset import typeset

JAPANESE = "Noto Serif CJK JP"
# Lines that are full: the next word would not have had room.
FULL = [
    "The ministers met to discuss how digital technology can help to build a recovery that",
    "is resilient and inclusive, and agreed that trust in data is the ground on which trade,",
    "research and public service stand today; they will report on it to their leaders.",
]


def read(*pages: list[Drawn]) -> Content:
    return read_pdf(drawn_pdf(*pages), "a.pdf", Limits())


def blocks(content: Content) -> list[tuple[str, str]]:
    assert content.blocks is not None
    return [(block.kind.value, block.span.of(content.text)) for block in content.blocks]


def page_of(content: Content, words: str) -> int:
    return sum(start <= content.text.index(words) for start in content.pages)


def test_lines_become_paragraphs_parted_by_room() -> None:
    content = read([*text_lines(FULL), *text_lines(["A second paragraph stands apart from it, and is short."], y=160)])
    assert content.text.split("\n\n") == [" ".join(FULL), "A second paragraph stands apart from it, and is short."]
    assert content.pages == (0,)


def test_an_indented_line_begins_a_paragraph() -> None:
    second = "Trade grew, they said, and they will say so again when they meet in the autumn of it."
    content = read([*text_lines(FULL), Drawn(90, 142, second)])
    assert content.text.split("\n\n") == [" ".join(FULL), second]


def test_a_paragraph_goes_on_over_a_page_break_and_its_page_begins_inside_it() -> None:
    content = read(text_lines(FULL[:2]), text_lines(FULL[2:]))
    assert content.text == " ".join(FULL)
    assert content.pages == (0, content.text.index("research"))


def test_a_paragraph_that_ends_on_its_page_is_not_joined_with_the_next_page() -> None:
    content = read(text_lines(FULL), text_lines(["Trade goes on."]))
    assert content.text.split("\n\n") == [" ".join(FULL), "Trade goes on."]
    assert page_of(content, "Trade goes on") == 2


def test_a_page_without_text_begins_where_the_next_one_does() -> None:
    content = read([], text_lines(["The second page."]), [], text_lines(["The fourth page."]), [])
    at = content.text.index("The fourth")
    assert content.pages == (0, 0, at, at, len(content.text))


def test_speakers_of_a_line_or_two_each_stay_paragraphs_of_their_own() -> None:
    long = ["MR SMITH: I thank the Chair for it. This item needs more work before anybody here can say", "yes to it."]
    short = "MS JONES: I agree with Mr. Smith, and so we should come back to it in the early autumn."
    drawn = [text_lines(long, y=100 + 66 * i) + text_lines([short], y=140 + 66 * i) for i in range(6)]
    assert read([one for turn in drawn for one in turn]).text.split("\n\n") == [" ".join(long), short] * 6


def test_a_numbered_paragraph_with_an_indented_first_line_is_one() -> None:
    first = Drawn(90, 100, "17. They agreed that the programmes which they have today need a map of their own")
    rest = ["now, so that nobody does twice what was done before. They wish to see it in the autumn", "of this year."]
    content = read([first, *text_lines(rest, y=114)])
    assert len(blocks(content)) == 1


def test_a_dash_that_the_line_end_brought_to_the_front_begins_no_item() -> None:
    first = "5. They agreed to map the programmes that they have, in line with the theme of this year"
    content = read(
        text_lines([first, "– trust comes first – and to publish a review of them in the autumn of this year."])
    )
    assert len(blocks(content)) == 1


def test_list_items_keep_their_markers_and_stand_close() -> None:
    lines = [Drawn(72, 100, "They agreed on two things, which are these ones here, said in order:")]
    lines += [Drawn(72, 120, "•"), Drawn(90, 120, "to map the programmes"), Drawn(90, 134, "that they have,")]
    content = read([*lines, Drawn(72, 154, "•"), Drawn(90, 154, "to publish a review.")])
    assert blocks(content)[1:] == [
        ("list item", "• to map the programmes that they have,"),
        ("list item", "• to publish a review."),
    ]
    assert content.blocks is not None
    assert content.blocks[1].words.of(content.text) == "to map the programmes that they have,"
    assert "have,\n•" in content.text


def test_a_day_at_the_front_of_a_paragraph_is_no_number_of_an_item() -> None:
    assert blocks(read(text_lines(["10. Mai 2022 war der erste Tag."], y=100))) == [
        ("body", "10. Mai 2022 war der erste Tag.")
    ]


def test_a_footnote_is_a_block_of_its_own_before_the_sentence_it_would_cut() -> None:
    first = [
        *text_lines(FULL[:2]),
        Drawn(500, 96, "1", 7),
        Drawn(72, 780, "1", 6),
        Drawn(80, 782, "See the report.", 8),
    ]
    first[1] = Drawn(72, 114, FULL[1])
    content = read(first, text_lines(FULL[2:]))
    assert content.text.count("See the report.") == 1
    assert content.text.endswith(" ".join(FULL[1:]))
    assert page_of(content, "See the report") == 1


def test_a_raised_ordinal_that_is_hardly_smaller_stays_at_its_number() -> None:
    day = [Drawn(72, 100, "April 22"), Drawn(113, 95, "nd", 9.8), Drawn(126, 100, "in Leeds.")]
    assert read(day).text == "April 22nd in Leeds."


def test_raised_and_lowered_numbers_do_not_run_into_words_and_numbers() -> None:
    content = read([Drawn(72, 100, "CO"), Drawn(88.5, 103, "2", 7), Drawn(96, 100, "in 2020"), Drawn(134, 96, "3", 7)])
    assert content.text == "CO₂ in 2020³"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_its_reader_sees_it(turn: int) -> None:
    upright = drawn_pdf(text_lines(FULL))
    turned = drawn_pdf(text_lines(FULL), page=b"/Rotate %d" % turn)
    assert read_pdf(turned, "a.pdf", Limits()).text == read_pdf(upright, "a.pdf", Limits()).text


def test_the_same_bytes_give_the_same_text() -> None:
    raw = drawn_pdf(text_lines(FULL), text_lines(FULL))
    assert sha256_of(read_pdf(raw, "a.pdf", Limits()).text) == sha256_of(read_pdf(raw, "b.pdf", Limits()).text)


def test_japanese_lines_are_joined_without_spaces() -> None:
    sentence = (
        "会合では、責任ある人工知能の推進などの六つのテーマについて議論を行い、成果として閣僚宣言を採択しました。"
    )
    page = f"<html lang=ja><style>p{{font-family:'Noto Serif CJK JP';width:12em}}</style><p>{sentence}<p>次の段落です。"
    content = read_pdf(typeset(page, JAPANESE), "a.pdf", Limits())
    assert content.text == f"{sentence}\n\n次の段落です。"
    assert [fact.value for fact in content.facts if fact.name == "language"] == ["ja"]


def test_a_page_set_in_two_columns_with_a_table_and_notes_is_read_in_order() -> None:
    words = " ".join(FULL)
    page = (
        "<html lang=en><style>@page{@bottom-center{content:'Page ' counter(page)}} td{border:1px solid}"
        "h1{font-size:20pt} .c{columns:2;text-align:justify;hyphens:auto} .n{float:footnote;font-size:8pt}</style>"
        f"<h1>Declaration</h1><div class=c><h2>One</h2><p>{words}<p>{words}<h2>Two</h2><p>{words}<p>{words}</div>"
        "<table><tr><td>Lead<td>By<tr><td>OECD<td>June 2022<tr><td>ITU<td>2023</table>"
        f"<p>{words}<span class=n>A note.</span> It goes on."
    )
    content = read_pdf(typeset(page), "a.pdf", Limits())
    kinds = [kind for kind, _ in blocks(content)]
    assert kinds[:4] == ["title", "heading", "body", "body"]
    assert content.text.count(words) == 5
    assert "Lead | By\nOECD | June 2022\nITU | 2023" in content.text
    assert content.text.endswith("1. A note.")
    assert "Page 1" not in content.text


def test_narrow_columns_below_a_wide_line_keep_their_sentences_whole() -> None:
    above = f"Report of the general meeting that the society held with all its members {' '.join(FULL[:1])}"
    words = [f"{number} members spoke. {' '.join(FULL)}" for number in ("Nine", "Ten", "Twelve", "Forty", "Sixty")]
    style = "<html lang=en><style>p{margin:4pt 0} .c{columns:3;text-align:justify;hyphens:auto}</style>"
    columns = "".join(f"<p>{paragraph}</p>" for paragraph in words)
    content = read_pdf(typeset(f"{style}<p>{above}</p><div class=c>{columns}</div>"), "a.pdf", Limits())
    assert content.text.split("\n\n") == [above, *words]


def test_the_mark_of_a_footnote_is_no_letter_of_its_word() -> None:
    words = "The reserve<sup>1</sup>, which grew to 95,000<sup>2</sup> crowns, buys 30 m<sup>2</sup> of sails."
    notes = "<p class=n>1 Approved in May.<p class=n>2 Provisional."
    style = "<style>sup{font-size:60%} .n{font-size:7pt;margin:2pt} div{position:absolute;bottom:0}</style>"
    text = read_pdf(typeset(f"{style}<p>{words}</p><p>They left.</p><div>{notes}</div>"), "a.pdf", Limits()).text
    assert text.startswith("The reserve, which grew to 95,000 crowns, buys 30 m² of sails.")


def test_an_hour_at_the_front_of_a_line_is_no_number_of_an_item() -> None:
    first = "14. The chair closed the meeting of this year with thanks to all who had come there, at"
    content = read(text_lines([first, "12.35 on the day before the feast."]))
    assert len(blocks(content)) == 1


def test_a_stamp_across_the_page_cuts_no_sentence_and_is_told() -> None:
    stamp = "<div style='position:absolute;left:3cm;top:0;transform:rotate(-45deg);font-size:50pt'>NO 5 A B</div>"
    content = read_pdf(typeset(f"<p>{' '.join(FULL)}</p>{stamp}<p>They left.</p>"), "a.pdf", Limits())
    assert content.text == f"{' '.join(FULL)}\n\nThey left."
    assert content.warnings == ("page 1 has words at an angle to the others, as of a stamp, which are not read",)


def test_small_kana_above_a_word_are_no_words() -> None:
    ruby = "<i style='position:absolute;left:0;top:-.75em;font-size:50%;font-style:normal'>たけだ</i>"
    sentence = "総務大臣は武田氏で、会合に出席しました。たけだとも書きます。"
    style = "<html lang=ja><style>p{font-family:'Noto Serif CJK JP'} span{position:relative}</style>"
    page = f"{style}<p>{sentence.replace('武田', f'<span>武田{ruby}</span>')}</p>"
    assert read_pdf(typeset(page, JAPANESE), "a.pdf", Limits()).text == sentence


def test_a_page_written_from_right_to_left_is_not_read_in_a_wrong_order() -> None:
    hebrew = "<p style=\"font-family:'DejaVu Sans'\" dir=rtl>השרים נפגשו (פה אחד) ב-5 באוגוסט 2021."
    with pytest.raises(CorpusError, match=r"from right to left \(1 page\); give a Word or text file of it"):
        read_pdf(typeset(hebrew, "DejaVu Sans"), "a.pdf", Limits())
    content = read_pdf(typeset(f"<p>{FULL[0]}<div style='break-before:page'>{hebrew}"), "a.pdf", Limits())
    assert content.text == FULL[0]
    assert content.warnings == (
        "page 2 is written from right to left (a PDF does not keep the order of such words), so not read",
    )
