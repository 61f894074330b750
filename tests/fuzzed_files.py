"""Files for the fuzz tests: for each reader good ones to spoil, what they are made of, and some put together at random."""

from hypothesis import strategies as st

import hostile_html
import hostile_pdf
import hostile_text
import hostile_word
import hostile_zip
from fuzzing import mutated
from texts import texts

_JAPANESE = "大臣は会合で信頼性のある自由なデータ流通に合意した。\n\n会合はトリエステで開かれた。\n"
_WESTERN = "The ministers met in Zürich. “They agreed”, said Łukasz Çelik – at 3 € a head.\n\n• Café\n• Naïve\n"
_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "shift_jis",
    "euc-jp",
    "iso2022_jp",
    "cp1252",
    "cp1250",
    "cp1251",
    "utf-32",
    "utf-7",
    "gb18030",
    "big5",
    "euc-kr",
)
_CONTROLS = [
    b"\0",
    b"\x1b[2J",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x85",
    b"\x1a",
    b"\r",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"+AGE-",
]


def _in(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "replace")


# Text and Markdown.

_plain_good = [_in(text, encoding) for text in (_JAPANESE, _WESTERN) for encoding in _ENCODINGS]
_MARKS = [
    b"# ",
    b"\n\n## ",
    b"- ",
    b"1. ",
    b"| a | b |\n|---|---|\n",
    b"**",
    b"```\n",
    b"> ",
    b"[a](b)",
    b"<b>",
    b"---\n",
    b"    ",
    b"\n===\n",
    b"![",
    b"*" * 50,
    b"[" * 200,
    b"(1) ",
]
_FRONT = b"---\ntitle: 'Talks: a'\ndate: 2021-08-05\nmeeting_date: 2021-08-04\nmeeting_end: 2021-08-05\nurl: https://example.org/a\nforum: G20\n---\n# Talks\n\nThey met.\n"
_YAML = [
    b"---\n",
    b"...\n",
    b"&a ",
    b"*a",
    b"!!python/object:os.system ",
    b"!!binary ",
    b"? ",
    b"- ",
    b"{",
    b"[",
    b": ",
    b"|\n  ",
    b">-\n",
    b"%YAML 9.9\n",
    b"<<: *a\n",
    b"\t",
    b"'",
    b'"',
    b"date: 0000-99-99\n",
    b"date: 9999-12-31\n",
    b"language: \xf0\x9f\x91\xa9\n",
    b"title: \x07\n",
    b"title: [a]\n",
]
plain = st.one_of(
    st.binary(max_size=400),
    mutated(_plain_good, _CONTROLS),
    st.builds(_in, st.text(min_size=1), st.sampled_from(_ENCODINGS)),
)
markdown = st.one_of(texts.map(str.encode), mutated([_FRONT, *_plain_good[:2]], _MARKS + _CONTROLS))
front_matter = st.one_of(
    mutated([_FRONT], _YAML),
    st.lists(st.sampled_from(_YAML), max_size=25).map(lambda found: b"---\n" + b"".join(found) + b"\n---\nThey met.\n"),
)

# Pages.

_TAGS = "p div h1 h2 h9 ul ol li table tr td th thead caption a b i span br hr pre code blockquote article main section nav header footer aside form select option textarea script style template noscript svg math iframe frameset title meta base head body html dl dt dd ruby rt figure figcaption details summary details img object".split()
_ATTRIBUTES = [
    "",
    " hidden",
    " class=nav",
    ' style="display:none"',
    " colspan=999999",
    " rowspan=-1",
    ' lang="xx"',
    " content=a property=og:title",
    " name=date content=9999-99-99",
    " http-equiv=refresh",
    " charset=utf-16",
    " start=99999999999999999999",
    " href='javascript:a'",
    " value=-3",
    " type=a",
]
_ENTITIES = [
    "&amp;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&nosuch;",
    "&#27;",
    "&nbsp;",
    "&#x202e;",
    "&lt;p&gt;",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?php",
    "<!DOCTYPE html>",
]
_tag = st.builds(
    lambda close, name, attribute: f"<{close}{name}{'' if close else attribute}>",
    st.sampled_from(("", "", "/")),
    st.sampled_from(_TAGS),
    st.sampled_from(_ATTRIBUTES),
)
_soup = st.lists(
    st.one_of(
        _tag,
        _tag,
        st.sampled_from(_ENTITIES),
        st.sampled_from(("They met in Trieste. ", "会合は開かれた。", " ", "\n", "x" * 300)),
        st.text(max_size=10),
    ),
    max_size=60,
).map("".join)
_page_good = [
    hostile_html.page("<ul><li>One<li>Two</ul><table><tr><th>a<td>b</table>"),
    hostile_html.restless_page("http://127.0.0.1:9"),
]
_page_tokens = [t.encode() for t in _ENTITIES] + [f"<{name}>".encode() for name in _TAGS] + _CONTROLS
html = st.one_of(
    _soup.map(lambda soup: soup.encode("utf-8", "replace")),
    _soup.map(lambda soup: hostile_html.page(soup.encode("utf-8", "replace").decode())),
    mutated(_page_good, _page_tokens),
)
_xhtml_good = [
    hostile_html._xhtml("<!ENTITY a 'b'>", "&a;"),
    b'<?xml version="1.0" encoding="utf-8"?>' + hostile_html.page("<br/>"),
]
xhtml = mutated(
    _xhtml_good, [*_page_tokens, b"<!ENTITY a SYSTEM 'file:///etc/passwd'>", b"&a;", b'xmlns:a="b"', b"<a:b>"]
)
_PARTS = [
    b"\r\n--edge\r\n",
    b"--edge--",
    b"Content-Type: text/html; charset=",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: multipart/mixed; boundary=edge\r\n\r\n",
    b"=?utf-8?q?=ff?=",
    b"Subject: =?x?b?!?=\r\n",
    b"charset*=utf-8''%ff",
    b"\r\n\r\n",
    b": ",
    b"=\r\n",
    b"=FF",
    b"Content-Location: ",
    b"Date: 99 Foo 0000\r\n",
]
_saved = hostile_html.page("<p>They =3D met.</p>")
mhtml = mutated(
    [
        hostile_html._mhtml([(hostile_html._PART, _saved), ("Content-Type: image/png", b"x")]),
        hostile_html._mhtml([(hostile_html._PART + "\r\nContent-Transfer-Encoding: quoted-printable", _saved)]),
    ],
    [*_PARTS, *_page_tokens[:20]],
)

# Word.

_RUNS = [
    "<w:r><w:t>They met.</w:t></w:r>",
    "<w:r><w:tab/><w:br/></w:r>",
    "<w:r><w:t/></w:r>",
    "<w:hyperlink r:id='r9'><w:r><w:t>link</w:t></w:r></w:hyperlink>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>",
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
    "<w:r><w:instrText>TOC</w:instrText></w:r>",
    "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
    "<w:r><w:footnoteReference w:id='99'/></w:r>",
    "<w:r><w:sym w:char='ZZZZ'/></w:r>",
    "<w:sdt><w:sdtContent><w:r><w:t>in</w:t></w:r></w:sdtContent></w:sdt>",
    "会合は",
]
_PROPERTIES = [
    "",
    "<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>",
    "<w:pPr><w:pStyle w:val='nosuch'/></w:pPr>",
    "<w:pPr><w:outlineLvl w:val='99'/></w:pPr>",
    "<w:pPr><w:outlineLvl w:val='x'/></w:pPr>",
    "<w:pPr><w:numPr><w:ilvl w:val='-1'/><w:numId w:val='77'/></w:numPr></w:pPr>",
    "<w:pPr><w:numPr/></w:pPr>",
]
_paragraph = st.builds(
    lambda properties, runs: f"<w:p>{properties}{''.join(runs)}</w:p>",
    st.sampled_from(_PROPERTIES),
    st.lists(st.sampled_from(_RUNS), max_size=5),
)
_blocks = st.recursive(
    _paragraph,
    lambda inner: st.one_of(
        st.lists(
            st.lists(inner, max_size=3).map(
                lambda found: f"<w:tc><w:tcPr><w:gridSpan w:val='-2'/><w:vMerge/></w:tcPr>{''.join(found)}</w:tc>"
            ),
            max_size=3,
        ).map(lambda cells: f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"),
        st.lists(inner, max_size=3).map(lambda found: f"<w:sdt><w:sdtContent>{''.join(found)}</w:sdtContent></w:sdt>"),
        inner.map(lambda found: f"<w:txbxContent>{found}</w:txbxContent>"),
    ),
    max_leaves=12,
)
_body = st.lists(_blocks, max_size=6).map(lambda found: hostile_word.body("".join(found)))
_XML = [
    b"<w:p>",
    b"</w:p>",
    b"<w:tbl>",
    b"<w:t>",
    b"&amp;",
    b"&#0;",
    b"&x;",
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    b"]]>",
    b"<?xml",
    b"w:val='",
    b"<mc:AlternateContent>",
    b"<w:altChunk r:id='r1'/>",
    b"\0",
    b"\xff",
]
_good_word = hostile_word._style_loop()
word = st.one_of(
    mutated(
        [hostile_word.good(), _good_word],
        [b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\xff\xff\xff\xff", b"\0\0", b"word/document.xml"],
    ),
    _body.map(lambda made: hostile_word.word(made)),
    mutated([hostile_word.body(hostile_word.paragraph() * 3)], _XML).map(lambda made: hostile_word.word(made)),
    st.tuples(
        st.sampled_from(
            (
                "[Content_Types].xml",
                "_rels/.rels",
                "word/styles.xml",
                "word/numbering.xml",
                "docProps/core.xml",
                "word/footnotes.xml",
                "word/_rels/document.xml.rels",
            )
        ),
        mutated(list(hostile_word.parts().values()), _XML),
    ).map(lambda part: hostile_word.zipped({**hostile_word.parts(), part[0]: part[1]})),
)

# PDF.

_OBJECTS = [
    b"<<",
    b">>",
    b"[",
    b"]",
    b"/Kids",
    b"/Type /Pages",
    b"/Type /Page",
    b"/Contents",
    b"3 0 R",
    b"2 0 R",
    b"4 0 R",
    b"99 0 R",
    b"/Count -1",
    b"/Length 99999999",
    b"/Filter /FlateDecode",
    b"/Filter [/ASCIIHexDecode /LZWDecode]",
    b"/Filter /DCTDecode",
    b"/DecodeParms << /Predictor 15 /Columns 999999999 >>",
    b"stream\n",
    b"endstream",
    b"endobj",
    b"obj",
    b"xref",
    b"trailer",
    b"startxref\n0",
    b"%%EOF",
    b"/Encrypt 5 0 R",
    b"/Root 4 0 R",
    b"/Prev 0",
    b"/MediaBox [0 0 0 0]",
    b"/Rotate 45",
    b"(",
    b")",
    b"<",
    b">",
    b"null",
    b"true",
    b"-1e99",
    b"999999999999999999999",
    b"/ToUnicode 4 0 R",
    b"/Parent 3 0 R",
    b"\\777",
    b"/#00",
    b"BT",
    b"ET",
    b"Tj",
    b"TJ",
    b"Tm",
    b"nan",
    b"/F9 0 Tf",
    b"1 0 0 0 0 0 Tm",
    b"BI ID EI",
    b"/Info << /Title <FEFFD800> /CreationDate (D:9999) >>",
    b"/Lang (xx)",
    b"/Outlines 2 0 R",
]
_OPERATORS = [
    "BT",
    "ET",
    "/F1 10 Tf",
    "/F1 0 Tf",
    "/F1 -9e9 Tf",
    "/F9 1 Tf",
    "(They met.) Tj",
    "[(They) -9999 (met) 1e30] TJ",
    "T*",
    "0 -12 Td",
    "1 0 0 1 40 700 Tm",
    "0 0 0 0 0 0 Tm",
    "1e38 0 0 1e38 0 0 cm",
    "q",
    "Q",
    "q " * 40,
    "Q " * 40,
    "(\\ud83d) '",
    "3 Tr",
    '1 2 (a) "',
    "<FEFF> Tj",
    "<41",
    "[",
    "]",
    "/X Do",
    "BI /W 9 /H 9 ID xx EI",
    "999999 Tc",
    "-500 Tz",
    "0 Tz",
    "12 TL",
    "100 Ts",
    "/Span << /ActualText (hid) >> BDC",
    "EMC",
    "0 0 10 10 re f",
    "(x) Tj " * 30,
]
_pdf_good = [
    hostile_pdf.good(),
    hostile_pdf.of_pages(["They met.", "", "They parted in Bali."]),
    hostile_pdf._active(),
    hostile_pdf._outline_loop(),
]
pdf = st.one_of(
    mutated(_pdf_good, _OBJECTS),
    st.lists(st.sampled_from(_OPERATORS), max_size=60).map(
        lambda found: hostile_pdf.pdf(
            hostile_pdf.parts(hostile_pdf.stream(("BT /F1 10 Tf 40 700 Td (Talks.) Tj " + " ".join(found)).encode()))
        )
    ),
    st.dictionaries(st.integers(2, 9), st.lists(st.sampled_from(_OBJECTS), max_size=12).map(b" ".join), max_size=4).map(
        lambda objects: hostile_pdf.pdf({**hostile_pdf.parts(), **objects})
    ),
    st.binary(max_size=300).map(lambda noise: b"%PDF-1.4\n" + noise),
)

# Archives.

_zip_good = [
    hostile_zip.archive([("a.txt", b"They met.\n"), ("b/c.md", b"# Talks\n\nThey left.\n")]),
    hostile_zip.archive([("a.txt", b"They met.\n")], 0),
    hostile_zip.encrypted(),
    hostile_zip.crowded(3),
    hostile_zip.overlapping(3),
]
_names = st.one_of(
    st.sampled_from(
        (
            "a.txt",
            "../a.txt",
            "/a.txt",
            "a\0b.txt",
            "a\nb.txt",
            "C:\\a.txt",
            "..",
            ".",
            "",
            "a/",
            "a//b.txt",
            "会.txt",
            "é.txt",
            "records.toml",
            "x" * 300 + ".txt",
            "A.TXT",
            "./a.txt",
            "b.zip",
            "c.pdf",
        )
    ),
    st.text(max_size=12),
)
archives = st.one_of(
    mutated(
        _zip_good,
        [
            b"PK\3\4",
            b"PK\1\2",
            b"PK\5\6",
            b"PK\6\6",
            b"PK\6\7",
            b"\xff\xff\xff\xff",
            b"\xff\xff",
            b"\0\0\0\0",
            b"\x09\0",
            b"a.txt",
            b"../",
        ],
    ),
    st.lists(
        st.tuples(_names.filter(lambda name: not any("\ud800" <= c <= "\udfff" for c in name)), st.binary(max_size=40)),
        max_size=6,
    ).map(hostile_zip.archive),
)

# records.toml.

_TOML = b'[[record]]\nfile = "a.txt"\ntitle = "Talks"\npublished = 2021-08-05\naddress = "https://example.org/a"\n[record.meeting]\nforum = "G20"\nfirst_day = 2021-08-04\nlast_day = 2021-08-05\n'
_TOML_TOKENS = [
    b"[[record]]\n",
    b"[record]\n",
    b"[",
    b"]",
    b"=",
    b'"',
    b"'''",
    b"{",
    b"}",
    b"file = 1\n",
    b'file = "../a.txt"\n',
    b"file = []\n",
    b"published = 2021-13-45\n",
    b"published = 07:30:00\n",
    b"last_day = 1979-05-27T00:32:00+09:00\n",
    b"title = {a = 1}\n",
    b"forum = inf\n",
    b"meeting = 1\n",
    b"\\uD800",
    b"#",
    b"\0",
    b"\r",
    b"\xff",
    b"a.b.c = 1\n",
    b"[" * 3000,
]
records_toml = st.one_of(
    st.binary(max_size=200),
    mutated([_TOML], _TOML_TOKENS),
    st.lists(st.sampled_from(_TOML_TOKENS), max_size=20).map(b"".join),
)
