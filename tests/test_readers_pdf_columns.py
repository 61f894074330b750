"""Columns are read one after the other, tables row by row."""

from collections.abc import Sequence

from corpus.limits import Limits
from corpus.readers.pdf.reader import read_pdf
from support.printed_pdf import Drawn, Rule, drawn_pdf, text_lines

LEFT = [
    "We met to discuss how digital",
    "technology can help recovery",
    "and growth in every region, so",
    "that nobody is left behind and",
    "trade goes on as it did before.",
]
RIGHT = [
    "Data flows with trust remain a",
    "priority for all of our members",
    "as they were for those before,",
    "and we will report to leaders",
    "about them when we next meet.",
]
SIDE = [
    "We said that trade in {}",
    "is what we want to have",
    "and that the groups of",
    "the year will report on",
    "it when they meet in {}",
]


def read(*pages: Sequence[Drawn | Rule]) -> str:
    return read_pdf(drawn_pdf(*pages), "a.pdf", Limits()).text


def test_two_columns_are_read_one_after_the_other_below_a_line_as_wide_as_both() -> None:
    heading = "A statement of the ministers that is as wide as the page and stands over both of its columns"
    page = [Drawn(72, 70, heading), *text_lines(LEFT, x=72), *text_lines(RIGHT, x=310)]
    assert read(page).split("\n\n") == [heading, " ".join(LEFT), " ".join(RIGHT)]


def test_the_order_in_the_file_does_not_matter() -> None:
    page = [*text_lines(LEFT, x=72), *text_lines(RIGHT, x=310)]
    assert read(page) == read(page[::-1]) == read(page[1::2] + page[::2])


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    page = [*text_lines(LEFT[:4], x=72), *text_lines(["trade goes on as it did before.", *RIGHT[1:]], x=310)]
    assert read(page).startswith(" ".join(LEFT))


def test_three_columns() -> None:
    page = [d for i in range(3) for d in text_lines([side.format(i) for side in SIDE], x=72 + 150 * i)]
    assert [word for word in read(page).split() if word.isdigit()] == ["0", "0", "1", "1", "2", "2"]


def test_rows_of_a_table_are_one_line_each() -> None:
    rows = [("Country", "Broadband", "Fibre"), ("Japan", "35.1", "81.7"), ("Italy", "29.9", "13.4")]
    drawn = [Drawn(72 + 150 * i, 100 + 16 * j, cell) for j, row in enumerate(rows) for i, cell in enumerate(row)]
    assert read(drawn) == "Country | Broadband | Fibre\nJapan | 35.1 | 81.7\nItaly | 29.9 | 13.4"


def test_a_cell_of_several_lines_stays_in_its_row() -> None:
    drawn = [
        Drawn(72, 100, "Map the programmes"), Drawn(300, 100, "June 2022"), Drawn(72, 113, "that members have"),
        Drawn(72, 140, "Report on progress"), Drawn(300, 140, "2023"), Drawn(300, 153, "in spring"),
    ]  # fmt: skip
    assert read(drawn) == "Map the programmes that members have | June 2022\nReport on progress | 2023 in spring"


def test_lines_drawn_between_cells_part_words_that_stand_near() -> None:
    walls = [Rule(x, 88, x, 134) for x in (70, 124, 220)] + [Rule(70, y, 220, y) for y in (88, 103, 118, 134)]
    cells = [Drawn(x, 100 + 15 * j, f"{name}{j}") for j in range(3) for x, name in ((103, "left"), (127, "right"))]
    assert read([*walls, *cells]) == "left0 | right0\nleft1 | right1\nleft2 | right2"


def test_a_short_page_is_read_in_the_columns_of_a_longer_one() -> None:
    first = [*text_lines(LEFT, x=72), *text_lines([*RIGHT[:4], "about"], x=310)]
    last = [
        Drawn(72, 100, "them when we next meet."),
        Drawn(72, 114, "The session was closed."),
        Drawn(310, 100, "Annexes follow below."),
    ]
    assert read(first, last).split("\n\n")[1:] == [
        f"{' '.join(RIGHT[:4])} about them when we next meet. The session was closed.",
        "Annexes follow below.",
    ]


def test_the_paragraphs_of_a_column_that_is_longer_than_its_neighbour_stay_in_it() -> None:
    last = ["The ferry runs in every week,", "and so it does in the winter."]
    page = [*text_lines(LEFT, x=72), *text_lines(RIGHT[:4], x=310)]
    page += [Drawn(72, 100 + 14 * len(LEFT) + 14 + 14 * i, line) for i, line in enumerate(last)]
    assert read(page).split("\n\n") == [" ".join(LEFT), " ".join(last), " ".join(RIGHT[:4])]


def test_notes_below_columns_are_parted() -> None:
    notes = [Drawn(72, 780, "1 See the first report.", 8), Drawn(72, 792, "2 See the second report.", 8)]
    page = [*text_lines(LEFT[:4], x=72), *text_lines(["trade goes on as it did before.", *RIGHT[1:]], x=310), *notes]
    assert read(page).split("\n\n")[-2:] == ["1 See the first report.", "2 See the second report."]


def test_a_sum_that_had_no_room_on_its_line_goes_on_with_the_sentence() -> None:
    page = [
        *text_lines(LEFT, x=72),
        *text_lines(["The dues of the year amount to", "EUR 87,400, which is less.", *RIGHT[2:]], x=310),
    ]
    assert "amount to EUR 87,400, which is less." in read(page)


TABLE = [
    ("Country", "Broadband", "Fibre"),
    ("Japan", "35.1", "81.7"),
    ("Italy", "29.9", "13.4"),
    ("Peru", "9.1", "2.4"),
]


def table(rows: Sequence[tuple[str, ...]], y: float) -> list[Drawn]:
    return [Drawn(72 + 150 * i, y + 16 * j, cell) for j, row in enumerate(rows) for i, cell in enumerate(row)]


def test_a_table_goes_on_over_a_page_without_its_header_again_and_its_note_stands_before_it() -> None:
    note = Drawn(72, 792, "1 In percent.", 8)
    pages = ([*text_lines(LEFT), *table(TABLE[:3], 700), note], table([TABLE[0], TABLE[3]], 100))
    assert read(*pages).split("\n\n")[1:] == ["1 In percent.", "\n".join(map(" | ".join, TABLE))]


def test_a_cell_at_the_same_distance_from_the_foot_as_another_from_the_top_is_no_header() -> None:
    assert read(table(TABLE[:2], 746), table(TABLE[2:], 80)).count("\n") == 3
    assert (
        read(table([("Japan", "open")] * 2, 746), table([("Peru", "open"), ("Chile", "shut")], 80)).count("open") == 3
    )
