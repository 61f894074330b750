"""Collections of statements name who is quoted before each quotation."""

import pytest

from corpus.metadata.people.statements import quoted_statement
from corpus.reading import document_from
from corpus.speech import speeches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Ada Bo, President, Weir Works:** “We applaud this.”", ("Ada Bo", "President, Weir Works")),
        ('Ada Bo, head of the mill: "We applaud this."', ("Ada Bo", "head of the mill")),
        ("**Ohio Senator Ada Bo**: “We applaud this.”", ("Ada Bo", "Ohio Senator")),
        ("Majority Leader, Ohio Senator Ada Bo: “We do.”", ("Ada Bo", "Majority Leader, Ohio Senator")),
        ("**Weir Works of the North:** “We applaud this.”", None),
        ("Key Finding: “Weirs hold.”", None),
        ("Ada Bo, President: We applaud this.", None),
        ("The board met.", None),
    ],
)
def test_a_person_before_a_quotation_is_quoted(text: str, expected: tuple[str, str] | None) -> None:
    assert quoted_statement(text) == expected


def test_the_words_of_a_statement_are_those_of_its_person() -> None:
    text = "# What they say\n\n**Ada Bo, President, Weir Works:** “Weirs hold. They last.”\n\nOther text.\n"
    (speech,) = speeches(document_from(text, "said.md", "text/markdown"))
    assert (speech.speaker, speech.office, speech.is_reported) == ("Ada Bo", "President, Weir Works", False)
    assert speech.span.of(text).endswith("They last.”")
