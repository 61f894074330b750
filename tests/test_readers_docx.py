from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.docx.reader import read_docx
from support.content_lines import block_lines
from support.sample_files import WORD, page, paragraph, word

STYLES = (
    '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="Chapter"/><w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:styleId="Outlined"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:styleId="Loop"><w:name w:val="y"/><w:basedOn w:val="Loop"/></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:lvlOverride></w:num>'
)


def item(words: str, which: int, level: int = 0) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{which}"/></w:numPr>')


def styled(words: str, style: str) -> str:
    return paragraph(words, f'<w:pStyle w:val="{style}"/>')


def read(body: str, **parts: str) -> list[str]:
    return block_lines(read_docx(word(body, **parts), "x.docx", Limits()))


def refusal(raw: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(CorpusError) as refused:
        read_docx(raw, "x.docx", limits or Limits())
    return str(refused.value)


def test_headings_are_known_by_style_whatever_the_language_of_word() -> None:
    body = styled("Talks", "Titel") + styled("Seite 1", "TOC1") + styled("One", "berschrift1")
    body += styled("Two", "Own") + styled("Three", "Outlined") + styled("They met.", "Loop")
    assert read(body, styles=STYLES) == ["title Talks", "menu Seite 1", "h1 One", "h1 Two", "h2 Three", "p They met."]


def test_a_paragraph_of_the_body_is_no_heading_though_its_style_is() -> None:
    body = paragraph("They met.", '<w:pStyle w:val="berschrift1"/><w:outlineLvl w:val="9"/>') + paragraph("End.")
    assert read(body, styles=STYLES) == ["p They met.", "p End."]


def test_items_have_the_numbers_that_word_prints() -> None:
    body = item("a", 1) + item("b", 1, 1) + item("c", 1, 1) + item("d", 1, 2) + item("e", 1) + item("f", 1, 1)
    body += item("g", 2) + item("h", 3) + item("i", 1) + item("k", 4) + item("l", 99)
    assert read(styled("T", "Titel") + body, numbering=NUMBERING, styles=STYLES)[1:] == [
        "li 1. a",
        "li (a) b",
        "li (b) c",
        "li 1.i d",
        "li 2. e",
        "li (a) f",
        "li • g",
        "li 5. h",
        "li 6. i",
        "li • k",
        "p l",
    ]


def test_a_raised_number_is_no_further_digit_of_the_number_before_it() -> None:
    def run(words: str, place: str) -> str:
        return f"<w:r><w:rPr><w:vertAlign w:val='{place}'/></w:rPr><w:t>{words}</w:t></w:r>"

    said = f"<w:p>{run('10', 'baseline')}{run('6', 'superscript')}<w:r><w:t> t on the 5</w:t></w:r>"
    assert read(f"{said}{run('th', 'superscript')}</w:p>{paragraph('End.')}") == ["title 10⁶ t on the 5th", "p End."]


def test_a_short_bold_paragraph_over_others_is_a_heading() -> None:
    def bold(words: str) -> str:
        return f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p>"

    body = f"{paragraph('Talks')}{bold('Digital trade')}{paragraph('They met.')}{paragraph('They left.')}{bold('End')}"
    assert read(body) == ["title Talks", "h1 Digital trade", "p They met.", "p They left.", "p End"]


def test_inserted_words_count_and_deleted_ones_do_not() -> None:
    body = (
        "<w:p><w:r><w:t>They </w:t></w:r><w:ins><w:r><w:t>met</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>parted</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>no</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:tab/><w:t>in</w:t><w:br/><w:t>Bari</w:t></w:r>"
        "<w:hyperlink><w:r><w:t>, Italy</w:t></w:r></w:hyperlink></w:p>"
    )
    assert read(f"{body}{paragraph('End.')}") == ["title They met in\nBari, Italy", "p End."]


def test_of_a_field_only_its_result_is_read() -> None:
    body = (
        '<w:p><w:r><w:t>They met on </w:t><w:fldChar w:fldCharType="begin"/><w:instrText>DATE \\@ x</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>5 August</w:t><w:fldChar w:fldCharType="end"/><w:t>.</w:t>'
        "</w:r></w:p>"
    )
    assert read(body) == ["p They met on 5 August."]


def test_a_row_is_one_item_and_a_merged_cell_stands_once() -> None:
    def cell(words: str, merged: str = "") -> str:
        return f"<w:tc><w:tcPr>{merged}</w:tcPr>{paragraph(words)}</w:tc>"

    table = (
        f"<w:tbl><w:tr>{cell('Day')}{cell('Place', '<w:gridSpan w:val=' + repr('2') + '/>')}</w:tr>"
        f"<w:tr>{cell('5', '<w:vMerge w:val=' + repr('restart') + '/>')}{cell('Bari')}{cell('Rome')}</w:tr>"
        f"<w:tr>{cell('5', '<w:vMerge/>')}{cell('Pisa')}</w:tr></w:tbl>"
    )
    assert read(paragraph("They met.") + table) == [
        "p They met.",
        "li Day | Place",
        "li 5 | Bari | Rome",
        "li 5 | Pisa",
    ]


def test_notes_and_text_boxes_stand_below_their_paragraph() -> None:
    body = (
        '<w:p><w:r><w:t>They met.</w:t><w:footnoteReference w:id="2"/><w:pict><w:txbxContent>'
        f"{paragraph('In a box.')}</w:txbxContent></w:pict></w:r></w:p>{paragraph('They left.')}"
    )
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("-")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("In Bari.")}</w:footnote>'
    )
    assert read(body, footnotes=notes) == ["p They met.", "p In a box.", "p 1 In Bari.", "p They left."]


def test_the_title_and_the_properties_are_facts() -> None:
    found = read_docx(word(styled("Talks", "Titel") + paragraph("They met."), styles=STYLES), "x.docx", Limits())
    assert found.facts == (Fact("title", "Talks", "first lines"),)


def test_what_python_docx_writes_is_read() -> None:
    made = Document()
    made.core_properties.title, made.core_properties.author = "Results of Talks", "Ministry of Talks"
    made.add_heading("Overview", 1)
    made.add_paragraph("They met.")
    made.add_paragraph("one", style="List Bullet")
    made.add_paragraph("first", style="List Number")
    made.sections[0].header.paragraphs[0].text = "Page header"
    held = BytesIO()
    made.save(held)
    found = read_docx(held.getvalue(), "x.docx", Limits())
    assert block_lines(found) == ["h1 Overview", "p They met.", "li • one", "li 1. first"]
    assert found.facts[:2] == (
        Fact("title", "Results of Talks", "Word properties"),
        Fact("publisher", "Ministry of Talks", "Word properties"),
    )


def test_entities_are_refused_and_never_resolved() -> None:
    bomb = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{WORD}">&b;</w:document>'
    held = BytesIO(word(paragraph("They met.")))
    with ZipFile(held, "a") as archive:
        archive.writestr("evil.xml", bomb)
        archive.writestr(
            "_rels/.rels", '<Relationships><Relationship Type="a/officeDocument" Target="evil.xml"/></Relationships>'
        )
    assert refusal(held.getvalue()) == "x.docx: its part 'evil.xml' declares a document type, which no such file has"


@pytest.mark.parametrize(
    ("raw", "limits", "complaint"),
    [
        (word(" " * 3_000_000), Limits(), "times its size, the limit is 100"),
        (word(" " * 3_000_000), Limits(unpacked_bytes=1_000_000), "bytes, the limit is 1,000,000"),
        (word(paragraph("They met."))[:-30], Limits(), "damaged or cut off; give the whole file"),
        (word("<w:sdt>" * 300 + "</w:sdt>" * 300), Limits(), "nested too deep"),
        (word("<w:p></w:p>"), Limits(), "the Word file holds no text"),
        (word("<w:p>"), Limits(), "damaged in its part 'word/document.xml'"),
        (word(paragraph("a"))[:200] + page("a"), Limits(), "damaged or cut off"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(raw: bytes, limits: Limits, complaint: str) -> None:
    assert refusal(raw, limits).startswith("x.docx: ")
    assert complaint in refusal(raw, limits)
