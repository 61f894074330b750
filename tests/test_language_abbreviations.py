"""Find abbreviations with the long form that precedes them."""

import pytest

from corpus.language.abbreviations import abbreviations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to facilitate the Data Free Flow with Trust (DFFT).", {"DFFT": "Data Free Flow with Trust"}),
        ("an efficient World Trade Organization (WTO) reform", {"WTO": "World Trade Organization"}),
        ("the Ministry of Economy, Trade and Industry (METI)", {"METI": "Ministry of Economy, Trade and Industry"}),
        ("China’s Ministry of State Security (MSS)", {"MSS": "Ministry of State Security"}),
        ("the meeting in Rome (Italy) was held", {}),
        ("as agreed (Annex 1) and (PDF)", {}),
        ("the ministers met (G20)", {}),
    ],
)
def test_a_long_form_yields_the_letters_of_its_abbreviation(text: str, expected: dict[str, str]) -> None:
    assert abbreviations(text) == expected


def test_the_first_introduction_counts() -> None:
    assert abbreviations("Alpha Beta (AB) and later Apple Banana (AB)") == {"AB": "Alpha Beta"}
