"""Tell if a question names a person: by the family name, with a first name that fits."""

import pytest

from assistant.minutes.people.names import is_named


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("Ada Bo", "Was Alex Bo there?", False),
        ("Ada Bo", "Was Ada Bo there?", True),
        ("Ada Bo", "Was A. Bo there?", True),
        ("A. Bo", "Was Alex Bo there?", True),
        ("Robert Day", "Was Rob Day there?", True),
        ("Alex Bo", "Was Al Bo there?", False),
        ("José Bo", "Was Jose Bo there?", True),
        ("Ada Bo", "Was Ms. Bo there?", True),
    ],
)
def test_whole_first_names_must_be_equal(name: str, question: str, expected: bool) -> None:
    assert is_named(name, question) is expected
