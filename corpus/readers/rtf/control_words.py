"""Control words of RTF by what they do to the words around them, from the RTF Specification 1.9.1."""

# Groups whose content is no text of the record.
SKIPPED = frozenset(
    "colortbl header headerl headerr headerf footer footerl footerr footerf pict object objdata fldinst shpinst "
    "nonshppict shprslt themedata colorschememapping latentstyles datastore xmlnstbl listtable listoverridetable "
    "rsidtbl generator revtbl filetbl ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn bkmkstart bkmkend annotation atnid "
    "atnauthor tc xe upr do pn template subject category keywords comment doccomm operator".split()
)
# Control words that stand for a character.
PRINTED = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "softline": "\n",
}  # fmt: skip
# Control signs that stand for a character.
SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"{": "{", b"}": "}", b"\\": "\\"}
# Control words and signs that end a paragraph.
ENDS = frozenset(("par", "sect", "page", "column", "\n", "\r"))
# The properties of a file with the facts that they state.
INFO = {"title": "title", "company": "publisher", "author": "publisher"}
# Where the words of other groups go.
TARGETS = {
    "stylesheet": "style",
    "fonttbl": "font",
    "listtext": "list",
    "pntext": "list",
    "footnote": "note",
    "info": "",
}
