"""Generate Excel, PowerPoint, OpenDocument, EPUB, RTF and table files for the fuzz tests."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from hypothesis import strategies as st

from support.fuzz import mutated
from support.office_files import book, excel, open_document, shape, sheet, slides, zipped

_CELLS = (
    ("No.", "Action", "<c s='1'><v>45692.5</v></c>"),
    ("A1", "<c t='s'><v>0</v></c>", "<c r='XFD9' t='b'><v>1</v></c>"),
    ("<c><f>1+1</f></c>", "<c t='e'><v>#REF!</v></c>", "会合"),
)
_FORMATS = (
    '<numFmts><numFmt numFmtId="170" formatCode="[$-409]d mmm yy h:mm;@"/></numFmts>'
    '<cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
)
_MERGED = '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
_INNER = "<t:list><t:list-item><t:p>x</t:p></t:list-item></t:list>"
_LIST = f"<t:list><t:list-item><t:p>They met.</t:p>{_INNER}</t:list-item></t:list>"
_TABLE = (
    "<b:table b:name='A'><b:table-column b:number-columns-repeated='3'/><b:table-row b:number-rows-repeated='2'>"
    "<b:table-cell b:number-rows-spanned='2' b:number-columns-repeated='2'><t:p>a</t:p></b:table-cell>"
    "</b:table-row></b:table>"
)
_FRAME = "<d:page><d:frame p:class='title'><d:text-box><t:p>Plan</t:p></d:text-box></d:frame></d:page>"
_XML = [
    *(b"<row>", b"</row>", b"<c r='ZZZ9999999'>", b"<v>-1e308</v>", b" r='0'", b" hidden='1'", b"&#0;", b"&x;", b"]]>"),
    *(
        b" t:c='999999999'",
        b" b:number-columns-repeated='999999999'",
        b" b:number-rows-repeated='-5'",
        b"<t:p>",
        b"<a:p>",
    ),
    *(b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<?xml", b"<a:br/>", b"<t:note>", b"<p:pic/>", b"\0", b"\xff", b"'", b">"),
]
_ZIP = [b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\xff\xff\xff\xff", b"\0\0", b"../", b"content.xml"]


def _parts(raw: bytes) -> Mapping[str, bytes]:
    with ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(good: bytes) -> st.SearchStrategy[bytes]:
    """Return files mutated as a whole, or in one of their parts."""
    parts = _parts(good)
    in_part = st.sampled_from(sorted(parts)).flatmap(
        lambda name: mutated([parts[name]], _XML).map(lambda spoilt: zipped({**parts, name: spoilt}))
    )
    return st.one_of(mutated([good], _ZIP), in_part)


xlsx = _packed(
    excel(sheet(*_CELLS, after=_MERGED), sheet(*_CELLS), strings="<si><t>They met.</t></si>", styles=_FORMATS)
)
pptx = _packed(slides(shape("Plan", place="ctrTitle"), shape("They met.", "x"), notes=shape("Ask.", place="body")))
odt = _packed(open_document("text", f"<t:h>Talks</t:h><t:p>They<t:s/>met.</t:p>{_LIST}{_TABLE}"))
ods = _packed(open_document("spreadsheet", _TABLE * 2))
odp = _packed(open_document("presentation", _FRAME * 2))
epub = _packed(book("<h1>One</h1><p>They met.</p>", "<p>They left.</p>", metadata="<t:title xmlns:t='t'>T</t:title>"))
_RTF = (
    rb"{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 A;}}{\stylesheet{\s1 heading 1;}}{\info{\title T}}"
    rb"\pard\s1 One\par\pard They met\u26481?{\footnote In Bari.}.\par{\listtext\'b7\tab}x\par"
    rb"\trowd\intbl a\cell b\cell\row\pard End.}"
)
_WORDS = [
    *(b"{", b"}", b"\\", b"\\'", b"\\u-1", b"\\bin9", b"\\uc9", b"\\*", b"\\cell", b"\\row", b"\\par", b"\\v"),
    *(b"\xff", b"\0"),
]
rtf = mutated([_RTF], _WORDS)
table = mutated(
    [b'No.,Action\nA1,"Paint\nit"\n', b"sep=;\nA;B\n1;2,5\n", "日\t所\n一\t二\n".encode("utf-16")],
    [b'"', b",", b";", b"\t", b"\n", b"\r", b"|", b"\0", b"\xff", b"sep=", b"\xe2\x80\xa8"],
)
