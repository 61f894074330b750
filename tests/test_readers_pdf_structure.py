"""Recognise title, headings and their levels by letter size, weight and numbers."""

from corpus.document import Block
from corpus.limits import Limits
from corpus.readers.pdf.reader import read_pdf
from support.printed_pdf import Drawn, drawn_pdf, text_lines

BODY = ["The ministers met and said how they will go on with their work on the data of theirs,", "and when it is done."]


def found(*drawn: Drawn, information: bytes = b"") -> list[tuple[str, int, str]]:
    content = read_pdf(drawn_pdf(list(drawn), information=information), "a.pdf", Limits())

    def told(block: Block) -> tuple[str, int, str]:
        return block.kind.value, block.level, block.span.of(content.text)

    return [told(block) for block in content.blocks or () if block.kind.value != "body"]


def test_larger_and_bolder_lines_are_title_and_headings() -> None:
    drawn = [Drawn(72, 60, "Declaration on Data", 20, True), Drawn(72, 90, "Trust", 14, True)]
    drawn += [*text_lines(BODY, y=110), Drawn(72, 150, "Flows across borders", 11, True), *text_lines(BODY, y=170)]
    drawn += [Drawn(72, 220, "Next steps", 14, True), *text_lines(BODY, y=240)]
    assert found(*drawn) == [
        ("title", 0, "Declaration on Data"),
        ("heading", 1, "Trust"),
        ("heading", 2, "Flows across borders"),
        ("heading", 1, "Next steps"),
    ]


def test_a_heading_of_two_lines_is_one() -> None:
    drawn = [*text_lines(BODY, y=100), Drawn(72, 150, "A heading that goes on", 14, True)]
    drawn += [Drawn(72, 167, "Over two lines", 14, True), *text_lines(BODY, y=190)]
    assert ("heading", 1, "A heading that goes on Over two lines") in found(*drawn)


def test_numbers_of_several_parts_tell_the_depth() -> None:
    drawn = [Drawn(72, 50, "Report", 20, True), Drawn(72, 80, "2.1 Data", 11, True), *text_lines(BODY, y=100)]
    drawn += [Drawn(72, 150, "2.1.1 Trust", 11, True), *text_lines(BODY, y=170), Drawn(72, 220, "3 Next", 14, True)]
    assert [level for _, level, _ in found(*drawn, *text_lines(BODY, y=240))] == [0, 1, 2, 1]


def test_entries_of_a_table_of_contents_only_lead_elsewhere() -> None:
    drawn = [Drawn(72, 80, "Data ................................. 3"), Drawn(72, 94, "Trust ................ 12")]
    assert [kind for kind, _, _ in found(*drawn, *text_lines(BODY, y=150))] == ["menu", "menu"]


def test_the_stated_title_finds_its_line() -> None:
    drawn = [Drawn(72, 80, "Declaration on Data"), *text_lines(BODY, y=120)]
    assert found(*drawn, information=b"/Title (Declaration on Data)")[0] == ("title", 0, "Declaration on Data")
