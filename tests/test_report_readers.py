"""Reports in five formats are read into the same paragraphs; other files are refused in one line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.verification.checker import Checker
from assistant.verification.readers.report import ReportRefused, ReportText, read_report, report_of
from corpus.reading import founding_records, read
from corpus.span import Span
from support.printed_pdf import file_of, stream_of
from support.report_files import encrypted, pdf, with_part, word

CHECKER = Checker(founding_records())
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
WIDE = BOMB.decode().encode("utf-16")
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def report(folder: Path, name: str, content: bytes | str) -> ReportText:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_report(path)


def told(read: ReportText) -> list[tuple[str, bool, list[tuple[int, str]], str | None]]:
    return [(p.text, p.is_quote, [(m.place, m.note) for m in p.pointers], p.note) for p in read.paragraphs]


def test_word_is_read_across_runs_with_its_footnotes_and_quote_style(tmp_path: Path) -> None:
    raw = word((None, ["They “agr", "eed", "”", 1, " so."]), ("Intense Quote", ["A block."]), notes=["See A & B."])
    assert told(report(tmp_path, "a.docx", raw)) == [
        ("They “agreed” so.", False, [(13, "footnote 1")], None),
        ("A block.", True, [], None),
        ("See A & B.", False, [], "footnote 1"),
    ]


def test_deleted_words_of_a_word_file_are_not_read(tmp_path: Path) -> None:
    raw = word((None, ["kept"]))
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{namespace}"><w:body><w:p><w:r><w:t>kept </w:t></w:r><w:del w:id="1" w:author="x"><w:r>'
        '<w:delText>gone</w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'
        "</w:body></w:document>"
    )
    assert told(report(tmp_path, "a.docx", with_part(raw, "word/document.xml", body.encode())))[0][0] == "kept new"


def test_words_under_a_reading_and_in_custom_xml_of_a_word_file_are_read(tmp_path: Path) -> None:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{namespace}"><w:body><w:p><w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt>'
        "<w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r><w:customXml><w:r><w:t>宣言</w:t></w:r>"
        "</w:customXml></w:p></w:body></w:document>"
    )
    raw = with_part(word((None, ["x"])), "word/document.xml", body.encode())
    assert told(report(tmp_path, "a.docx", raw))[0][0] == "東京宣言"


def test_markdown_is_read_without_marks_and_knows_its_places(tmp_path: Path) -> None:
    source = "---\ntitle: x\n---\nThey *said*\n“yes &amp; no”[^a] and [this](https://x.org/_a_)."
    source += "\n\n> quoted\n> twice\n\n[^a]: See **it**.\n"
    read = report(tmp_path, "a.md", source)
    assert told(read) == [
        ("They said\n“yes & no” and this.", False, [(20, "a")], None),
        ("quoted\ntwice", True, [], None),
        ("See it.", False, [], "a"),
        ("x", False, [], "front matter 1"),
    ]
    first = read.paragraphs[0]
    assert [(link.span, link.address) for link in first.links] == [(Span(25, 29), "https://x.org/_a_")]
    assert source[first.origins[5] : first.origins[8] + 1] == "said"


def test_an_anchor_and_an_address_in_markdown_keep_their_signs(tmp_path: Path) -> None:
    words = "rap1:a_b_.c~~d~~.e and https://x.org/a_b_c*d*"
    assert told(report(tmp_path, "a.md", words))[0][0] == words


def test_code_in_markdown_is_no_text(tmp_path: Path) -> None:
    assert [p[0] for p in told(report(tmp_path, "a.md", "a\n\n```\n“code”\n```\n\nb\n"))] == ["a", "b"]


def test_html_is_read_with_footnotes_quotations_and_links(tmp_path: Path) -> None:
    source = (
        "<title>no</title><script>“no”</script><p>He <b>sa</b>id <q>so</q><sup><a href='#f1'>1</a></sup>"
        " <a href='https://x.org'>here</a></p><blockquote><p>Block</p></blockquote>"
        "<ol><li id='f1'>Note <a href='#r'>↩</a></li></ol>"
    )
    read = report(tmp_path, "a.html", source)
    assert told(read) == [
        ("He said “so” here", False, [(12, "f1")], None),
        ("Block", True, [], None),
        ("Note ", False, [], "f1"),
    ]
    assert [(link.span, link.address) for link in read.paragraphs[0].links] == [(Span(13, 17), "https://x.org")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "10<sup>2</sup> and m<sup>nd</sup>"),
        ("a.html", "<p>10<sup>2</sup> and m<sup>nd</sup></p>"),
    ],
)
def test_a_raised_number_stays_raised(tmp_path: Path, name: str, content: str) -> None:
    (read,) = report(tmp_path, name, content).paragraphs
    assert read.text == "10² and mnd"
    assert len(read.origins) in (0, len(read.text))


def test_a_raised_number_of_a_word_file_stays_raised(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    paragraph = document.add_paragraph("10")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" and m")
    paragraph.add_run("nd").font.superscript = True
    document.save(str(tmp_path / "a.docx"))
    assert read_report(tmp_path / "a.docx").paragraphs[0].text == "10² and mnd"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "It is 1,860<sup>a</sup>, 10<sup>[2]</sup> by the 5<sup>th</sup>.\n\n<sup>a</sup> Note.\n"),
        (
            "a.html",
            "<p>It is 1,860<span style='vertical-align: super'>a</span>, 10<sup><a href='#n'>[2]</a></sup> by the"
            " 5<sup>th</sup>.</p><p><b><sup>a</sup></b> Note.</p>",
        ),
    ],
)
def test_a_raised_letter_stays_raised_where_a_note_begins_with_it(tmp_path: Path, name: str, content: str) -> None:
    words = [paragraph.text.replace(" ", "") for paragraph in report(tmp_path, name, content).paragraphs]
    assert words == ["Itis1,860ᵃ,10[²]bythe5th.", "ᵃNote."]


def test_raised_runs_of_a_word_file_are_known_by_format_height_and_style(tmp_path: Path) -> None:
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    paragraph = document.add_paragraph("It is 1,860")
    document.styles.add_style("Mark", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    paragraph.add_run("a", "Mark")
    raised = paragraph.add_run("2")
    raised._r.get_or_add_rPr().append(parse_xml(f'<w:position {nsdecls("w")} w:val="6"/>'))
    document.add_paragraph().add_run("a", "Mark")
    document.paragraphs[-1].add_run(" Note.")
    document.save(str(tmp_path / "a.docx"))
    expected = ["It is 1,860ᵃ²", "ᵃ Note."]
    assert [p.text for p in read_report(tmp_path / "a.docx").paragraphs] == expected
    assert read(tmp_path / "a.docx").text.split("\n\n") == expected


def test_a_number_in_brackets_of_a_text_is_a_mark_only_with_its_note(tmp_path: Path) -> None:
    (read, *_) = report(tmp_path, "a.txt", "They are “34 [5] ports”[1].\n\n[1] Note.\n").paragraphs
    assert (read.text, [m.note for m in read.pointers]) == ("They are “34 [5] ports”.", ["1"])


def test_text_is_read_with_its_notes(tmp_path: Path) -> None:
    assert told(report(tmp_path, "a.txt", "One “two”[1] *three*.\n\n> four\n\n[1] Five\n")) == [
        ("One “two” *three*.", False, [(9, "1")], None),
        ("four", True, [], None),
        ("Five", False, [], "1"),
    ]


def test_a_pdf_is_joined_over_lines_and_pages_and_its_footnotes_are_found(tmp_path: Path) -> None:
    first = [
        "The ministers met for a long time and agreed that “inter-",
        "national cooperation goes on” 1 as it should in",
        "the years to come, and they also said that it was",
        "1 MIC, 2020.",
    ]
    read = report(tmp_path, "a.pdf", pdf(first, ["good."]))
    assert [(p.where, p.note) for p in read.paragraphs] == [("page 1", None), ("footnote 1, page 1", "1:1")]
    body = read.paragraphs[0]
    assert body.text.endswith("they also said that it was\ngood.")
    assert [(body.text[m.place - 1], m.note) for m in body.pointers] == [("”", "1:1")]
    assert read.paragraphs[1].text == "MIC, 2020."


def test_a_page_of_a_pdf_begins_with_a_paragraph_behind_a_marked_sentence(tmp_path: Path) -> None:
    read = report(
        tmp_path, "a.pdf", pdf(["He attended the sessions and made remarks.15"], ["The declaration was adopted.16"])
    )
    assert [p.where for p in read.paragraphs] == ["page 1", "page 2"]


def test_half_a_character_of_a_pdf_is_shown_as_unknown(tmp_path: Path) -> None:
    letters = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <D83D> endbfchar endcmap"
    raw = file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            stream_of(b"BT /F1 11 Tf (They met A there.) Tj ET"),
            stream_of(letters),
        ]
    )
    assert told(report(tmp_path, "a.pdf", raw))[0][0] == "They met \ufffd there."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"", "the file is empty"),
        ("a.docx", b"PK\x03\x04 nothing", "damaged or cut off; give the whole file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "without a password"),
        ("a.docx", word((None, [" "])), "the report is empty"),
        ("a.docx", with_part(word((None, ["x"])), "word/document.xml", BOMB), "declares a document type"),
        ("a.docx", with_part(word((None, ["x"])), "word/styles.xml", OUTSIDE), "declares a document type"),
        ("a.docx", with_part(word((None, ["x"])), "word/document.xml", WIDE), "declares a document type"),
        ("a.docx", with_part(word((None, ["x"])), "docProps/thumbnail.jpeg", b"\0" * 300_000_000), "unpacks to"),
        ("a.pdf", encrypted(pdf(["secret"])), "encrypted; save it without a password"),
        ("a.pdf", pdf([]), "probably scanned; run OCR"),
        ("a.pdf", pdf(["whole"])[:200], "broken, or no .pdf file"),
        ("a.html", BOMB, "declares XML entities"),
        ("a.html", b"<p> </p>", "the report is empty"),
        ("a.md", b"\xff\x00\xd8", "not UTF-8 text at byte 0"),
        ("a.txt", b"a\0b", "holds NUL characters"),
        ("a.odt", b"x", "this kind of file is not read; give a .docx, .md, .txt, .html, .htm, .pdf file"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(ReportRefused) as refused:
        report(tmp_path, name, content)
    assert said in str(refused.value)
    assert str(refused.value).startswith(str(tmp_path / name))
    assert "\n" not in str(refused.value)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(ReportRefused, match="this is no ordinary file"):
        read_report(tmp_path / "a.md")
    with pytest.raises(ReportRefused, match="no such file"):
        read_report(tmp_path / "b.md")


_WHOLE = [
    word((None, ["“a b”"]), notes=["c"]),
    pdf(["“a b” and so on"]),
    b"<p>\xe2\x80\x9ca b\xe2\x80\x9d",
    b"> a\n\n[^1]: b",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([".docx", ".html", ".pdf", ".md", ".txt"]),
    st.one_of(
        st.binary(max_size=300),
        st.builds(
            lambda whole, place, put: whole[: place % len(whole)] + put + whole[place % len(whole) + len(put) :],
            st.sampled_from(_WHOLE), st.integers(0, 100_000), st.binary(min_size=1, max_size=8),
        ),
        st.text(st.sampled_from("“”\"'<>[]^()>*_`#|\\&; ab1.\n-~"), max_size=120).map(str.encode),
    ),
)  # fmt: skip
def test_any_bytes_end_in_a_report_or_a_refusal(kind: str, content: bytes) -> None:
    try:
        read = report_of(content, Path(f"a{kind}"))
    except ReportRefused:
        return
    assert any(c.isalnum() for p in read.paragraphs for c in p.text)
    assert all(0 <= m.place <= len(p.text) for p in read.paragraphs for m in p.pointers)
    assert all(len(p.origins) in (0, len(p.text)) for p in read.paragraphs)
    CHECKER.check(read)


def test_a_cell_knows_its_row_and_column(tmp_path: Path) -> None:
    from docx import Document

    rows = (("Item", "Crowns"), ("Northern pier", "1,350,000"))
    document = Document()
    table = document.add_table(2, 2)
    for row, line in zip(table.rows, rows, strict=True):
        for cell, printed in zip(row.cells, line, strict=True):
            cell.text = printed
    document.save(str(tmp_path / "a.docx"))
    cells = "".join(f"<tr>{''.join(f'<td>{words}</td>' for words in line)}</tr>" for line in rows)
    (tmp_path / "a.html").write_text(f"<table>{cells}</table>")
    for name in ("a.docx", "a.html"):
        read = {p.text: p.context for p in read_report(tmp_path / name).paragraphs if p.text}
        assert read == {"Item": "", "Crowns": "Item", "Northern pier": "", "1,350,000": "Crowns; Northern pier"}


def test_merged_cells_name_the_rows_and_columns_that_they_span(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    table = document.add_table(4, 3)
    for row, column, words in (
        (0, 0, "Item"), (0, 1, "2024"), (1, 1, "Plan"), (1, 2, "Result"),
        (2, 0, "Pier"), (2, 1, "1,100"), (2, 2, "1,200"), (3, 1, "1,300"), (3, 2, "1,400"),
    ):  # fmt: skip
        table.cell(row, column).text = words
    for start, end in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((2, 0), (3, 0))):
        table.cell(*start).merge(table.cell(*end))
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.html").write_text(
        "<table><tr><td rowspan=2>Item<td colspan=2>2024<tr><td>Plan<td>Result"
        "<tr><td rowspan=2>Pier<td>1,100<td>1,200<tr><td>1,300<td>1,400</table>"
    )
    for name in ("a.docx", "a.html"):
        read = {p.text: p.context for p in read_report(tmp_path / name).paragraphs if p.text}
        assert read == {
            "Item": "",
            "2024": "Item",
            "Plan": "2024; Item",
            "Result": "2024; Item",
            "Pier": "",
            "1,100": "2024; Plan; Pier",
            "1,200": "2024; Result; Pier",
            "1,300": "2024; Plan; Pier",
            "1,400": "2024; Result; Pier",
        }
