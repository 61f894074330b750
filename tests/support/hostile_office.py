"""Build hostile Excel, PowerPoint, OpenDocument, EPUB, RTF and table files, and hostile mails."""

from support.hostile_files import ADDRESS, Accepted, Hostile, Refused
from support.office_files import book, excel, open_document, shape, sheet, slides, zipped
from support.ole_files import outlook

_ENTITIES = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{ADDRESS}/x"><!ENTITY y "&x;&x;&x;">]>'
_HEAD = "<row><c t='str'><v>Port</v></c><c t='str'><v>Berths</v></c></row>"


def _million_rows() -> bytes:
    rows = "".join(
        f"<row><c><v>{n}</v></c><c t='str'><v>word {n * 7919 % 10_007}</v></c></row>" for n in range(110_000)
    )
    return excel(f"<sheetData>{rows}</sheetData>")


def _styled_rows() -> bytes:
    rows = "".join(f"<row r='{n}' s='3'><c r='A{n}' s='{n % 7}'/></row>" for n in range(3, 300_000))
    data = "<row><c t='str'><v>Halvik</v></c><c><v>3</v></c></row>"
    return excel(f"<sheetData>{_HEAD}{data}{rows}</sheetData>")


def _repeated(rows: int, columns: int) -> bytes:
    cell = f"<b:table-cell b:number-columns-repeated='{columns}'><t:p>a</t:p></b:table-cell>"
    return open_document(
        "spreadsheet", f"<b:table><b:table-row b:number-rows-repeated='{rows}'>{cell}</b:table-row></b:table>"
    )


def _nested_mail() -> bytes:
    parts = (f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000))
    return f"From: ada@example.org\nSubject: x\n{''.join(parts)}".encode()


_SCRIPT = b"<script>owned()</script>"
_MAIL = b"From: ada@example.org\nSubject: Talks\n"
OFFICE = (
    Hostile("a sheet of a hundred thousand rows and more", "rows.xlsx", _million_rows, Refused("rows, the limit")),
    Hostile("a sheet of empty rows with styles", "styled.xlsx", _styled_rows, Accepted(("| Halvik | 3 |",))),
    Hostile(
        "a sheet with its second cell far away",
        "far.xlsx",
        excel("<sheetData><row><c r='A1' t='str'><v>near</v></c><c r='XFD1' t='str'><v>far</v></c></row></sheetData>"),
        Accepted(("| near | far |",)),
    ),
    Hostile(
        "a sheet of strings that are not there",
        "strings.xlsx",
        excel(sheet(("Port", "<c t='s'><v>99</v></c>"), ("Halvik", "<c t='s'><v>-1</v></c>"))),
        Accepted(("Halvik",)),
    ),
    Hostile(
        "a cell repeated without end", "repeated.ods", _repeated(999_999_999, 999_999_999), Refused("cells, the limit")
    ),
    Hostile(
        "a text with outside entities",
        "entities.odt",
        open_document("text", "", **{"content.xml": f"{_ENTITIES}<a>&y;</a>"}),
        Refused("document type"),
    ),
    Hostile(
        "slides with outside entities",
        "entities.pptx",
        slides(shape("x"), **{"ppt/slides/s0.xml": f"{_ENTITIES}<a>&y;</a>"}),
        Refused("document type"),
    ),
    Hostile(
        "slides that name parts outside the file",
        "outside.pptx",
        zipped(
            {
                **{"ppt/presentation.xml": "<p><sldIdLst/></p>", "_rels/.rels": "<a/>"},
            }
        ),
        Refused("no powerpoint slides"),
    ),
    Hostile(
        "a book whose page leads out of it",
        "out.epub",
        book("<p>They met.</p>", **{"META-INF/container.xml": "<a><rootfile full-path='../../etc/passwd'/></a>"}),
        Refused("no list of its pages"),
    ),
    Hostile(
        "a book with scripts",
        "scripts.epub",
        book(f"<p>They met.</p><script src='{ADDRESS}'>owned()</script><img src='{ADDRESS}/a.png'/>"),
        Accepted(("They met.",), ("owned",)),
    ),
    Hostile(
        "RTF with groups without end", "deep.rtf", b"{\\rtf1 " + b"{" * 300_000 + b"They met.", Accepted(("They met.",))
    ),
    Hostile(
        "RTF with a longer picture than the file",
        "bin.rtf",
        b"{\\rtf1 They met.{\\pict\\bin999999999 x",
        Accepted(("They met.",)),
    ),
    Hostile(
        "RTF that names a template",
        "template.rtf",
        ("{\\rtf1{\\*\\template " + ADDRESS + "/x.dot}They met.}").encode(),
        Accepted(("They met.",), ("x.dot",)),
    ),
    Hostile(
        "a table with a quotation mark too few", "quote.csv", b'Port,Berths\n"Halvik,3\n' * 1000, Accepted(("Halvik",))
    ),
    Hostile(
        "a table of two hundred thousand columns",
        "wide.csv",
        b"a," * 200_000 + b"\n" + b"1," * 200_000,
        Accepted(("| a |",)),
    ),
    Hostile("a mail nested deep", "deep.eml", _nested_mail, Refused("damaged mail")),
    Hostile(
        "a mail whose page calls home",
        "home.eml",
        (_MAIL + f"Content-Type: text/html\n\n<p>They met.</p><img src='{ADDRESS}/a.png'>".encode() + _SCRIPT),
        Accepted(("They met.",), ("owned",)),
    ),
    Hostile(
        "a mail of quotation marks",
        "marks.eml",
        _MAIL + b"\nThey met.\n" + b">" * 100_000 + b" x\n",
        Accepted(("They met.",)),
    ),
    Hostile(
        "a damaged message of Outlook",
        "cut.msg",
        outlook({0x37: "Talks", 0x1000: "They met."})[:900],
        Refused("old office file"),
    ),
)
