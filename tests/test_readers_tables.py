"""Read Excel files and tables of text."""

import pytest

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.passages import split
from corpus.readers.delimited import read_delimited
from corpus.readers.xlsx.reader import read_xlsx
from corpus.readers.xlsx.values import format_value
from corpus.reading import read_bytes
from corpus.tables import column_names
from support.content_lines import block_lines
from support.office_files import excel, sheet

HEAD = ("No.", "Action", "Due")


def csv_lines(text: str) -> list[str]:
    return block_lines(read_delimited(text.encode(), "x.csv", Limits()))


def read(*sheets: str, names: tuple[str, ...] = (), states: tuple[str, ...] = (), **more: str) -> Content:
    return read_xlsx(excel(*sheets, names=names, states=states, **more), "x.xlsx", Limits())


def refusal(raw: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(CorpusError) as refused:
        read_xlsx(raw, "x.xlsx", limits or Limits())
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "No.,Action,Due\nA1,Paint,3 May 2025\nA2,,4 May 2025\n",
        "sep=;\r\nNo.;Action;Due\r\nA1;Paint;3 May 2025\r\nA2;;4 May 2025\r\n",
        "No.\tAction\tDue\nA1\tPaint\t3 May 2025\nA2\t\t4 May 2025\n",
        'No.;Action;Due\n"A1";"Paint";"3 May 2025"\n"A2";"";"4 May 2025"\n',
    ],
)
def test_a_row_of_a_table_of_text_has_the_names_of_its_columns(text: str) -> None:
    read_in = read_bytes(text.encode(), "x.csv")
    rows = split(read_in, 1000)
    assert [row.text for row in rows] == [
        "| No. | Action | Due |",
        "| --- | --- | --- |",
        "| A1 | Paint | 3 May 2025 |",
        "| A2 | | 4 May 2025 |",
    ]
    assert column_names(read_in, rows[3].span.start) == HEAD


def test_decimal_commas_and_quoted_lines_do_not_cut_a_row() -> None:
    assert csv_lines('Port;Share\n"Hal;\nvik";1,5\nOstra;2,5\n')[2:] == ["li | Hal; vik | 1,5 |", "li | Ostra | 2,5 |"]


def test_a_bar_in_a_cell_begins_no_other() -> None:
    assert csv_lines("Port,Note\nHalvik,A|B\n")[2] == "li | Halvik | A¦B |"


def test_labels_and_values_and_rows_of_numbers_have_no_names_above() -> None:
    assert csv_lines("Day,7 May 2025\nChair,Ada Bo\n") == ["li | Day | 7 May 2025 |", "li | Chair | Ada Bo |"]
    assert csv_lines("Chair:,Ada Bo\nClerk:,Cy Do\n") == ["li | Chair: | Ada Bo |", "li | Clerk: | Cy Do |"]
    assert csv_lines("D1,Close,7 May 2025\nD2,Open,8 May 2025\n")[1] == "li | D2 | Open | 8 May 2025 |"


def test_years_and_days_over_other_cells_are_names() -> None:
    assert csv_lines("Port,2024,2025\nHalvik,3,4\n")[1] == "menu | --- | --- | --- |"
    assert csv_lines("Name,7 May 2025,8 May 2025\nAda Bo,yes,no\n")[1] == "menu | --- | --- | --- |"


def test_lines_above_a_table_are_its_title_and_paragraphs() -> None:
    found = csv_lines("Decisions of the board,,\nAs approved.,,\n,,\nNo.,Action,Due\nA1,Paint,May\n")
    assert found[:3] == ["title Decisions of the board", "p As approved.", "li | No. | Action | Due |"]


def test_a_cell_without_an_end_is_refused() -> None:
    with pytest.raises(CorpusError, match=r"^x.csv: over 2 rows, the limit; split the file$"):
        read_delimited(b"a,b\n" * 3, "x.csv", Limits(pieces=2))


def test_each_visible_sheet_is_a_section_with_a_table() -> None:
    other = sheet(("Port", "Berths"), ("Halvik", "3"))
    found = read(sheet(HEAD, ("A1", "Paint", "May")), other, names=("Actions", "Ports"))
    assert block_lines(found) == [
        "h1 Actions",
        "li | No. | Action | Due |",
        "menu | --- | --- | --- |",
        "li | A1 | Paint | May |",
        "h1 Ports",
        "li | Port | Berths |",
        "menu | --- | --- |",
        "li | Halvik | 3 |",
    ]
    assert block_lines(read(other))[0] == "li | Port | Berths |"


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    rows = sheet(("Port", "Berths", "Note"), ("Halvik", "3", "no")).replace(
        "</sheetData>", '<row r="3" hidden="1"><c t="str"><v>no</v></c></row></sheetData>'
    )
    hidden = f'<cols><col min="3" max="3" hidden="1"/></cols>{rows}'
    found = read(hidden, sheet(("no", "no")), names=("Ports", "Draft"), states=("visible", "hidden"))
    assert block_lines(found)[1:] == ["li | Port | Berths |", "menu | --- | --- |", "li | Halvik | 3 |"]
    assert found.warnings == (
        "Hidden sheets are left out: “Draft”.",
        "Hidden rows (1) and columns (1) are left out.",
    )


def test_a_cell_merged_over_rows_is_in_each_of_them() -> None:
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    found = read(sheet(("Group", "Name"), ("North", "Ada"), ("", "Bo"), after=merged))
    assert block_lines(found)[2:] == ["li | North | Ada |", "li | North | Bo |"]


def test_formulas_are_read_by_their_results_and_strings_without_their_readings() -> None:
    strings = "<si><r><t>Tok</t></r><r><t>yo</t></r><rPh><t>no</t></rPh></si>"
    cells = ('<c t="s"><v>0</v></c>', "<c><f>1+1</f><v>2</v></c>", "<c><f>A1</f></c>", '<c t="b"><v>1</v></c>')
    found = read(sheet(cells), strings=strings)
    assert block_lines(found) == ["li | Tokyo | 2 | TRUE |"]
    assert found.warnings == ("Formulas without a stored result: 1; open the file in Excel and save it again.",)


def test_numbers_have_the_format_of_their_cell() -> None:
    own = '<numFmts><numFmt numFmtId="170" formatCode="d mmm yyyy"/></numFmts>'
    styles = f'{own}<cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
    found = read(sheet(("On", '<c s="1"><v>45692</v></c>')), styles=styles)
    assert block_lines(found) == ["li | On | 2025-02-04 |"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("77900", "General", "77900"),
        ("0.1", "", "0.1"),
        ("45692.5", "m/d/yy h:mm", "2025-02-04 12:00"),
        ("45692", "mmm-yy", "2025-02"),
        ("0.6", "h:mm", "14:24"),
        ("1.25", "[h]:mm", "30:00"),
        ("0.125", "0%", "13%"),
        ("1234.5", "[$€-407] #,##0.00", "€ 1,234.50"),
        ("77900", '#,##0" EUR";[Red]-#,##0', "77,900 EUR"),
        ("7", "000", "007"),
        ("1234567", "#,##0,", "1234567"),
        ("1e300", "0.00", "1e+300"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("nan", "0", "nan"),
        ("words", "0", "words"),
    ],
)
def test_a_value_is_written_as_its_format_shows_it(value: str, code: str, shown: str) -> None:
    assert format_value(value, code) == shown


def test_what_no_sheet_holds_is_refused_in_a_line() -> None:
    assert refusal(excel(sheet())) == (
        "x.xlsx: the Excel file holds no words that can be seen; give the sheet with its words"
    )
    assert refusal(excel(sheet(("a", "b")) * 1), Limits(pieces=0)) == "x.xlsx: over 0 rows, the limit; split the file"
    far = "<sheetData><row><c r='A1' t='str'><v>a</v></c><c r='XFD1' t='str'><v>b</v></c></row></sheetData>"
    assert block_lines(read(far)) == ["li | a | b |"]
    diagonal = "".join(f"<row><c r='A{n}' t='str'><v>a</v></c><c r='B{n}' t='str'><v>b</v></c></row>" for n in (1, 2))
    assert refusal(excel(f"<sheetData>{diagonal}</sheetData>"), Limits(characters=11)) == (
        "x.xlsx: over 3 cells, the limit; split the file"
    )
    crossed = "<row><c r='A1' t='str'><v>a</v></c><c r='C1' t='str'><v>a</v></c></row>"
    crossed += "<row><c r='B2' t='str'><v>b</v></c></row>"
    assert refusal(excel(f"<sheetData>{crossed}</sheetData>"), Limits(characters=11)) == (
        "x.xlsx: 2 rows of 3 columns are over the limit; split the file"
    )
