"""Read PowerPoint files."""

import pytest

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.pptx import read_pptx
from corpus.reading import read_bytes
from support.content_lines import block_lines
from support.office_files import shape, slides

PICTURE = "<p:pic><p:nvPicPr><p:cNvPr/><p:nvPr/></p:nvPicPr></p:pic>"


def read(*shapes: str, notes: str = "", settings: str = "", **parts: str) -> Content:
    return read_pptx(slides(*shapes, notes=notes, settings=settings, **parts), "x.pptx", Limits())


def refusal(raw: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(CorpusError) as refused:
        read_pptx(raw, "x.pptx", limits or Limits())
    return str(refused.value)


def test_each_slide_is_a_section_with_its_notes_and_its_number_is_the_page() -> None:
    one = shape("We met.", place="body") + shape("Plan", place="title") + shape("3", place="sldNum")
    raw = slides(one, shape("They left."), notes=shape("The chair agrees.", place="body") + shape("1", place="sldNum"))
    made = read_bytes(raw, "x.pptx")
    assert block_lines(read_pptx(raw, "x.pptx", Limits())) == [
        "h1 Plan",
        "p We met.",
        "h2 Notes",
        "p The chair agrees.",
        "h1 Slide 2",
        "p They left.",
    ]
    assert [made.page_at(made.text.index(words)) for words in ("We met", "chair", "They left")] == [1, 1, 2]


def test_the_title_of_the_first_slide_is_that_of_the_deck() -> None:
    found = read(shape("Harbour", "plan", place="ctrTitle") + shape("Board", place="subTitle"))
    assert block_lines(found) == ["title Harbour plan", "p Board"]
    assert found.facts == (Fact("title", "Harbour plan", "first lines"),)


def test_paragraphs_of_the_body_are_items_and_numbered_ones_have_their_numbers() -> None:
    numbered = "<a:pPr><a:buAutoNum type='alphaLcParenR' startAt='2'/></a:pPr><a:r><a:t>{}</a:t></a:r>"
    body = shape("One", "Two", place="") + shape(numbered.format("x"), numbered.format("y"), "End")
    assert block_lines(read(body))[1:] == ["li • One", "li • Two", "li b. x", "li c. y", "p End"]


def test_groups_tables_and_diagrams_are_read() -> None:
    rows = [["Port", "2024", "2025"], ["Halvik", "", "3"]]
    cells = [[f"<a:tc><a:txBody><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:txBody></a:tc>" for c in row] for row in rows]
    table = "".join(f"<a:tr>{''.join(row)}</a:tr>" for row in cells)
    frame = (
        "<p:graphicFrame><p:nvGraphicFramePr/><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></p:graphicFrame>"
    )
    inside = frame.format(f"<a:tbl>{table}</a:tbl>") + frame.format("<d:relIds r:dm='r1'/>")
    data = "<d:dataModel xmlns:d='urn:d' xmlns:a='urn:a'><a:p><a:r><a:t>First phase</a:t></a:r></a:p></d:dataModel>"
    assert block_lines(read(f"<p:grpSp>{shape('In')}</p:grpSp>{inside}", **{"ppt/data.xml": data}))[1:] == [
        "p In",
        "li | Port | 2024 | 2025 |",
        "menu | --- | --- | --- |",
        "li | Halvik | | 3 |",
        "li • First phase",
    ]


def test_hidden_slides_and_slides_of_pictures_are_told() -> None:
    found = read(shape("They met."), PICTURE, shape("No."), settings="show='0'")
    assert block_lines(found) == ["h1 Slide 1", "p They met.", "h1 Slide 2"]
    assert found.warnings == (
        "Hidden slides (1) are left out.",
        "Slides of pictures alone, whose words are not read: 2.",
    )


def test_a_deck_of_pictures_and_one_too_long_are_refused() -> None:
    assert refusal(slides(PICTURE, PICTURE)) == (
        "x.pptx: the slides hold no text, only pictures (2); give their text, or a .pdf with a text layer"
    )
    assert (
        refusal(slides(shape("a"), shape("b")), Limits(pages=1)) == "x.pptx: over 1 slides, the limit; split the file"
    )
