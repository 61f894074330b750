"""Generate texts as people and programs write them, for the tests of properties that every text must have."""

from hypothesis import strategies as st

from corpus.document import Document
from corpus.readers.plain import front_matter
from corpus.reading import document_from

_WORDS = (
    "the ministers agreed on data free flow with trust in Trieste G20 U.S. para. 3 (Thu.) Mr. Sato "
    "WTO e-commerce naïve Zürich 「会議」 デジタル 大臣会合が開催された。 👩‍👩‍👧 ** _x_ [a](b) <b> "
    "\u00a0 \u200b \u202e \x07 \x0b \u2028 https://example.org/a_(b) "
    "priorities.Secure Infrastructure — – * 12. # | \ud7ff \U0010ffff"
).split(" ")
_LINE_STARTS = [
    "",
    "",
    "",
    "- ",
    "• ",
    "・",
    "1. ",
    "2. ",
    "(1) ",
    "(1)",
    "iv. ",
    "a) ",
    "# ",
    "### ",
    "| ",
    "> ",
    "    ",
]
_ENDS = ["", ".", "?", "。", ":", " ", "  ", "**"]
_BREAKS = ["\n", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \t\n", "\u2028", "\x0c"]

_line = st.builds(
    lambda start, words, end, line_break: start + " ".join(words) + end + line_break,
    st.sampled_from(_LINE_STARTS),
    st.lists(st.sampled_from(_WORDS), max_size=14),
    st.sampled_from(_ENDS),
    st.sampled_from(_BREAKS),
)
_long = st.sampled_from(["x" * 500 + "\n", "word " * 90, "We agreed. " * 40 + "\n", "会" * 400, "\u00a0" * 99])
_front = st.sampled_from(
    [
        "",
        "",
        "---\ntitle: A: b\n---\n",
        "---\ntitle: Talks\ndate: 2021-08-05\n---\n",
        "---\n- a\n---\n",
        "---\n",
        "\ufeff",
    ]
)
# Texts with at least one character behind the front matter that is not white space.
texts = st.builds(
    lambda front, parts: front + "".join(parts),
    _front,
    st.one_of(
        st.lists(st.one_of(_line, _line, _line, _long), min_size=1, max_size=12),
        st.lists(st.text(max_size=40), min_size=1, max_size=6),
    ),
).filter(lambda text: text[front_matter(text)[1] :].strip())


def document(text: str, name: str = "talks.md", path: str | None = None) -> Document:
    """A document of this text, as reading the file would make it."""
    return document_from(text, name, "text/markdown", path)
