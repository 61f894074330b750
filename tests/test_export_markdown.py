"""Read the Markdown export with pandoc; the words return unchanged, and none of them is markup."""

import pytest

from assistant.export.bibliography.style import Style
from assistant.export.markdown import escape_markdown, markdown
from assistant.export.text import line
from support.pandoc import nodes, text_of, tree
from support.sample_reports import (
    ABSENT,
    ADOPTED,
    APRIL,
    DISCUSSED,
    HOSTILE_TITLE,
    HOSTILE_WORDS,
    METI,
    hostile_report,
    item,
    report,
    unanswered,
)

APA = Style.of("apa")
DIALECTS = ["markdown-smart", "gfm+footnotes", "commonmark_x-smart"]
STARTS = [
    "# h",
    "1. one",
    "(1) one",
    "a) one",
    "- dash",
    "+ plus",
    "* star",
    "> q",
    ": def",
    "=== ",
    "--- ",
    "~~~",
    "|x|",
]


@pytest.fixture(scope="module")
def written() -> bytes:
    return markdown(report(), APA)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_quotations_come_back_word_for_word_each_with_its_footnote(written: bytes, dialect: str) -> None:
    whole = tree(written, dialect)
    quotes = list(nodes(whole, "BlockQuote"))[:4]
    assert [text_of(q) for q in quotes][:2] == [ABSENT, ADOPTED]
    assert text_of(quotes[3]) == DISCUSSED
    assert [len(list(nodes(q, "Note"))) for q in quotes] == [1, 1, 1, 1]
    links = [link[2][0] for link in nodes(next(nodes(quotes[1], "Note")), "Link")]
    assert links == [METI.source.address, item(METI, ADOPTED).citation.link]


def test_the_quotation_is_bold_in_its_surroundings(written: bytes) -> None:
    whole = tree(written, "markdown-smart")
    assert [text_of(strong) for strong in nodes(whole, "Strong")][:2] == [ABSENT, ADOPTED]
    assert next(text_of(emphasis) for emphasis in nodes(whole, "Emph")) == APRIL.title


@pytest.mark.parametrize("dialect", DIALECTS)
def test_hostile_words_are_text(dialect: str) -> None:
    whole = tree(markdown(hostile_report(), APA), dialect)
    assert text_of(next(nodes(whole, "BlockQuote"))) == line(HOSTILE_WORDS)
    assert text_of(next(nodes(whole, "Header"))[2]) == line(HOSTILE_TITLE)
    raw = [found for kind in ("RawInline", "RawBlock") for found in nodes(whole, kind)]
    assert [words for _, words in raw if words != "<!-- -->"] == []
    for kind in ("Image", "Math", "Cite", "Strikeout", "Table", "HorizontalRule", "OrderedList", "DefinitionList"):
        assert list(nodes(whole, kind)) == [], kind
    assert len(list(nodes(whole, "BulletList"))) == 2  # the facts of the two passages


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("start", STARTS)
def test_a_line_that_begins_like_a_block_is_a_paragraph(dialect: str, start: str) -> None:
    (block,) = tree(f"{escape_markdown(start)}\n".encode(), dialect)["blocks"]
    assert (block["t"], text_of(block)) == ("Para", start.strip())


def test_an_abstention_says_so_and_has_no_footnote() -> None:
    assert markdown(unanswered(), APA).decode() == (
        "# Who sang?\n\nNo quotation; accessed 21 November 2026\n\nThis is not in the 5 records I searched.\n"
    )
