"""Names of persons are found by their capitals and titles, and compared without title, order, case and accents."""

import pytest

from corpus.language.persons import is_same_person, persons


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Minister Ewa Sand and Mr. Okoro spoke.", ["Minister Ewa Sand", "Mr. Okoro"]),
        ("The Harbour Authority met Norway in May.", []),
        ("OKORO Ben, le ministre Sand et Frau Dr. Weiß", ["OKORO Ben", "Sand", "Frau Dr. Weiß"]),
        ("Dr. Jan van der Berg's plan", ["Dr. Jan van der Berg"]),
        ("The NATO and the UN", []),
    ],
)
def test_persons_are_found(text: str, names: list[str]) -> None:
    assert [person.name for person in persons(text)] == names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Minister Sand", "Ms. Ewa Sand", True),
        ("SAND Ewa", "Ewa Sand", True),
        ("E. Sand", "Ewa Sand", True),
        ("Adèle O’Hara", "Adele O'Hara", True),
        ("Alex Okoro", "Alexander Okoro", True),
        ("Ewa Sand", "Tom Sand", False),
        ("Minister Sand", "Minister Okoro", False),
    ],
)
def test_two_names_may_be_of_one_person(one: str, other: str, same: bool) -> None:
    (first,), (second,) = persons(one), persons(other)
    assert is_same_person(first, second) is same
