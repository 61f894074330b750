"""Generate Word files for the fuzz tests, mutated or put together at random."""

from hypothesis import strategies as st

from support import hostile_docx as hostile_word
from support.fuzz import mutated

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
_good_word = hostile_word.style_loop()
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
