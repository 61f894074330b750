"""Find quotations in every kind of quotation marks; apostrophes are not quotation marks."""

import pytest

from assistant.verification.quotations import quotations, without_citation
from assistant.verification.readers.report import Paragraph, ReportText


def found(*paragraphs: str | Paragraph) -> list[str]:
    read = tuple(p if isinstance(p, Paragraph) else Paragraph(p, "paragraph") for p in paragraphs)
    return [quotation.text for quotation in quotations(ReportText("report.md", read))]


@pytest.mark.parametrize(
    "text",
    [
        "He said “a b” so.", 'He said "a b" so.', "He said ‘a b’ so.", "He said 'a b' so.", "Il dit « a b » ici.",
        "Er sagt „a b“ hier.", "Er sagt „a b” hier.", "Er sagt »a b« hier.", "Er sagt ‚a b‘ hier.", "Han sa ”a b” nu.",
        "Il dit ‹ a b › ici.", "彼は「a b」と", "彼は『a b』と", "He said 〝a b〟 so.", "He said ＂a b＂ so.",
        "(“a b”)",
        "He said “a b\" so.",
    ],
)  # fmt: skip
def test_words_in_quotation_marks_are_found(text: str) -> None:
    assert found(text) == ["a b"]


@pytest.mark.parametrize(
    "text",
    ["It's the ministers' and Japan’s plan.", "the '90s and rock 'n' roll", 'a 5" pipe and a 6" one', "don’t, won't"],
)
def test_apostrophes_and_inches_quote_nothing(text: str) -> None:
    assert found(text) == []


def test_an_apostrophe_inside_single_marks_does_not_close_them() -> None:
    assert found("He said ‘the ministers’ meeting isn’t over’ today.") == ["the ministers’ meeting isn’t over"]
    assert found("He said 'the ministers' plan' today.") == ["the ministers' plan"]


def test_of_quotations_in_quotations_the_outer_one_counts() -> None:
    assert found("“a ‘b c’ “d” e” and “f g”") == ["a ‘b c’ “d” e", "f g"]
    assert found("「a「b」c」") == ["a「b」c"]


def test_a_mark_that_is_not_closed_quotes_to_the_end_of_the_paragraph() -> None:
    (quotation,) = quotations(ReportText("r", (Paragraph("He said “a b c", "p"),)))
    assert (quotation.text, quotation.is_closed) == ("a b c", False)


def test_a_block_quotation_is_whole_without_its_marks_and_attribution() -> None:
    assert found(Paragraph("“One two.”", "p", is_quote=True)) == ["One two."]
    assert found(Paragraph("One two.\n— METI, 2021", "p", is_quote=True)) == ["One two."]
    (block,) = quotations(ReportText("r", (Paragraph("One two (METI 2021).", "p", is_quote=True),)))
    cut = without_citation(block)
    assert cut is not None
    assert cut.text == "One two"


def test_marks_in_an_address_quote_nothing() -> None:
    assert found("See https://x.org/“a-b” there.") == []
