"""Find the sides of a comparison that a question names in different ways."""

import pytest

from assistant.understanding.filters.comparison import sides_of_parts
from corpus.reading import document_from, founding_records

DOCUMENTS = (
    *founding_records(),
    document_from("# Declaration of the Mill Towns\n\nThe towns met on 3 May 2024.\n", "mills.md", "text/markdown"),
)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("How does AI in the July 2020 text compare with Trieste?", ["July, 2020", "Trieste"]),
        ("Compare Trieste and the mill towns declaration on roads", ["Trieste", "mills.md"]),
        ("What changed from 2020 to Takasaki?", ["2020", "Takasaki"]),
        ("Compare the views on AI and on DFFT in Trieste", []),
        ("Compare Trieste and 2021", []),
    ],
)
def test_the_parts_of_a_question_that_are_about_different_records_are_its_sides(
    question: str, sides: list[str]
) -> None:
    assert [str(side) for side in sides_of_parts(question, DOCUMENTS)] == sides
