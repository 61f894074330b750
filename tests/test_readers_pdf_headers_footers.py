"""Running headers, footers and page numbers of a PDF are dropped."""

from corpus.limits import Limits
from corpus.readers.pdf.reader import read_pdf
from support.printed_pdf import Drawn, drawn_pdf, text_lines

BODY = [
    "The ministers of group {} met and said how they will go on with their work on the data",
    "of theirs and when it will be done.",
]


def read(*pages: list[Drawn]) -> str:
    return read_pdf(drawn_pdf(*pages), "a.pdf", Limits()).text


def page(number: int, *more: Drawn) -> list[Drawn]:
    return [*more, *text_lines([line.format(number) for line in BODY])]


def test_running_headers_footers_and_page_numbers_go() -> None:
    text = read(*(page(n, Drawn(72, 40, "Ministry of Data"), Drawn(280, 810, f"Page {n} of 5")) for n in range(1, 6)))
    assert "Ministry" not in text
    assert "Page" not in text
    assert text.count("The ministers of group") == 5


def test_numbers_that_count_with_the_pages_go_from_any_start() -> None:
    assert "Record 1" not in read(*(page(n, Drawn(72, 40, f"Record {n + 16}")) for n in range(1, 4)))


def test_lines_that_differ_stay() -> None:
    text = read(*(page(n, Drawn(72, 40, f"Chapter {n * n}")) for n in range(1, 5)))
    assert all(f"Chapter {n * n}" in text for n in range(1, 5))


def test_words_that_come_back_inside_the_page_stay() -> None:
    assert read(*(page(n, Drawn(72, 400, "We agree.")) for n in range(1, 5))).count("We agree.") == 4


def test_the_words_of_a_first_page_stay() -> None:
    assert "Embargo" in read(page(1, Drawn(72, 40, "Embargo until noon")), page(2), page(3))


def test_a_year_alone_at_the_foot_stays() -> None:
    assert "2021" in read(page(1, Drawn(280, 810, "2021")))
