"""Read OpenDocument files."""

from collections.abc import Callable

import pytest

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.odf.reader import read_odp, read_ods, read_odt
from support.content_lines import block_lines
from support.office_files import open_document

LIMITS = Limits()
STYLES = (
    "<s:style s:name='P1' s:parent-style-name='Title'/><s:style s:name='T1'><s:text-properties f:font-weight='bold'/>"
    "</s:style><s:style s:name='H1'><s:text-properties t:display='none'/></s:style>"
    "<s:style s:name='ta1'><s:table-properties b:display='false'/></s:style>"
    "<s:style s:name='dp1'><s:drawing-page-properties p:visibility='hidden'/></s:style>"
    "<t:list-style s:name='L1'><t:list-level-style-number t:level='1' s:num-format='1' s:num-suffix='.'/>"
    "<t:list-level-style-number t:level='2' s:num-format='a' s:num-prefix='(' s:num-suffix=')'/></t:list-style>"
)


def text(body: str, **parts: str) -> Content:
    return read_odt(open_document("text", body, STYLES, **parts), "x.odt", LIMITS)


def sheets(body: str) -> Content:
    return read_ods(open_document("spreadsheet", body, STYLES), "x.ods", LIMITS)


def slides(body: str) -> Content:
    return read_odp(open_document("presentation", body, STYLES), "x.odp", LIMITS)


def cell(words: str, more: str = "") -> str:
    return f"<b:table-cell {more}><t:p>{words}</t:p></b:table-cell>" if words else f"<b:table-cell {more}/>"


def row(*cells: str, more: str = "") -> str:
    return f"<b:table-row {more}>{''.join(c if c.startswith('<') else cell(c) for c in cells)}</b:table-row>"


def test_title_headings_and_paragraphs_are_known_by_their_styles() -> None:
    body = "<t:p t:style-name='P1'>Talks</t:p><t:h t:outline-level='2'>Views</t:h><t:p>They<t:s t:c='2'/>met.</t:p>"
    found = text(body)
    assert block_lines(found) == ["title Talks", "h1 Views", "p They met."]
    assert found.facts == (Fact("title", "Talks", "first lines"),)


def test_deleted_and_hidden_words_comments_and_contents_are_left_out() -> None:
    body = (
        "<t:tracked-changes><t:p>no</t:p></t:tracked-changes><t:table-of-content><t:index-body><t:p>Views 1</t:p>"
        "</t:index-body></t:table-of-content><t:p>They <t:span t:style-name='H1'>no</t:span>met"
        "<o:annotation><t:p>no</t:p></o:annotation>.</t:p><t:p t:style-name='H1'>no</t:p>"
        "<t:section t:display='none'><t:p>no</t:p></t:section><t:p><t:ruby><t:ruby-base>東京</t:ruby-base>"
        "<t:ruby-text>no</t:ruby-text></t:ruby>。</t:p>"
    )
    assert block_lines(text(body)) == ["menu Views 1", "p They met.", "p 東京。"]


def test_items_have_their_numbers_and_bullets() -> None:
    inner = "<t:list><t:list-item><t:p>c</t:p></t:list-item></t:list>"
    items = f"<t:list-item><t:p>a</t:p></t:list-item><t:list-item><t:p>b</t:p>{inner}</t:list-item>"
    bullets = "<t:list><t:list-item><t:p>d</t:p></t:list-item></t:list>"
    body = f"<t:p>They met.</t:p><t:list t:style-name='L1'>{items}</t:list>{bullets}"
    assert block_lines(text(body))[1:] == ["li 1. a", "li 2. b", "li (a) c", "li • d"]


def test_notes_follow_their_paragraph_and_bold_lines_are_headings() -> None:
    note = "<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>In Halvik.</t:p></t:note-body></t:note>"
    body = f"<t:p>Minutes</t:p><t:p t:style-name='T1'>Views</t:p><t:p>They met{note}.</t:p><t:p>They left.</t:p>"
    assert block_lines(text(body))[1:] == ["h1 Views", "p They met.", "p 1 In Halvik.", "p They left."]


def test_tables_keep_the_names_of_their_columns_and_the_words_of_merged_cells() -> None:
    tall = cell("North", "b:number-rows-spanned='2'")
    rows = row("Group", "Name", "Vote") + row(tall, "Ada", "for") + row("<b:covered-table-cell/>", "Bo", "against")
    expected = ["li | Group | Name | Vote |", "menu | --- | --- | --- |", "li | North | Ada | for |"]
    assert block_lines(text(f"<b:table>{rows}</b:table>")) == [*expected, "li | North | Bo | against |"]


def test_sheets_are_sections_and_hidden_ones_rows_and_columns_are_left_out() -> None:
    columns = "<b:table-column b:number-columns-repeated='2'/><b:table-column b:visibility='collapse'/>"
    empty = row(cell("", "b:number-columns-repeated='16384'"), more="b:number-rows-repeated='1048000'")
    rows = row("Port", "Berths", "no") + row("no", "no", more="b:visibility='filter'") + row("Halvik", "3", "no")
    one = f"<b:table b:name='Ports'>{columns}{rows}{empty}</b:table>"
    found = sheets(f"{one}<b:table b:name='Draft' b:style-name='ta1'>{row('no', 'no')}</b:table>")
    assert block_lines(found) == ["li | Port | Berths |", "menu | --- | --- |", "li | Halvik | 3 |"]
    assert found.warnings == (
        "Hidden sheets or slides are left out: “Draft”.",
        "Hidden rows (1) and columns (1) are left out.",
    )


def test_slides_are_sections_with_their_notes() -> None:
    def frame(words: str, kind: str = "outline") -> str:
        return f"<d:frame p:class='{kind}'><d:text-box><t:p>{words}</t:p></d:text-box></d:frame>"

    notes = f"<p:notes>{frame('1', 'page')}{frame('Ask Cy.', 'notes')}</p:notes>"
    first = f"<d:page>{frame('They met.')}{frame('Plan', 'title')}{notes}</d:page>"
    shown = f"{first}<d:page><d:g>{frame('End')}</d:g></d:page>"
    found = slides(f"{shown}<d:page d:style-name='dp1' d:name='p3'>{frame('no')}</d:page>")
    assert block_lines(found) == ["h1 Plan", "p They met.", "h2 Notes", "p Ask Cy.", "h1 Slide 2", "p End"]
    picture = "<d:page><d:frame><d:image/></d:frame></d:page>"
    with pytest.raises(CorpusError, match=r"^x.odp: the slides hold no text, only pictures; give their text"):
        slides(picture)


def test_the_properties_are_facts() -> None:
    meta = "<o:meta xmlns:o='urn:o' xmlns:c='urn:c'><c:title>Talks</c:title><c:language>en-GB</c:language></o:meta>"
    found = text("<t:p>They met.</t:p>", **{"meta.xml": meta})
    origin = "OpenDocument properties"
    assert found.facts == (Fact("title", "Talks", origin), Fact("language", "en-GB", origin))


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (
            open_document("text", "<t:p/>"),
            "x.odt: it holds no text; where it shows pictures, give their text",
        ),
        (
            open_document("spreadsheet", "<t:p/>"),
            "x.odt: no OpenDocument text is in it; save it again under its own kind",
        ),
        (
            open_document("text", "", **{"META-INF/manifest.xml": "<a><encryption-data/></a>"}),
            "x.odt: it has a password; remove it and save the file again",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(raw: bytes, complaint: str) -> None:
    read: Callable[[bytes, str, Limits], Content] = read_odt
    with pytest.raises(CorpusError) as refused:
        read(raw, "x.odt", LIMITS)
    assert str(refused.value) == complaint
