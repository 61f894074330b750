"""Find abbreviations with the long form that precedes them, or the phrase whose initials they are."""

import pytest

from corpus.language.abbreviations import abbreviations, initials, phrase_of, short_forms


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


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The Land Registry sent a note. Our office answered.", "land registry"),
        ("The Land Registry Union sent a note.", None),
        ("Lena Roth sent a note.", None),
        ("The Land Registry met the Loan Review.", None),
    ],
)
def test_two_initials_are_those_of_the_only_phrase_with_them(text: str, phrase: str | None) -> None:
    assert phrase_of("LR", [text]) == phrase


def test_the_first_introduction_counts() -> None:
    assert abbreviations("Alpha Beta (AB) and later Apple Banana (AB)") == {"AB": "Alpha Beta"}


TEXT = (
    "The Joint Survey of Shoals was sent out. A memorandum of cooperation was signed in May. The Board of Roads met; "
    "the Board on Reserves did so too."
)


@pytest.mark.parametrize(
    ("short", "phrase"),
    [("JSS", "joint survey of shoals"), ("JSoS", "joint survey of shoals"), ("MoC", "memorandum of cooperation"),
     ("MOC", "memorandum of cooperation"), ("XYZ", None), ("BR", None), ("BoR", None)],
)  # fmt: skip
def test_a_phrase_has_the_initials_of_its_abbreviation(short: str, phrase: str | None) -> None:
    assert phrase_of(short, [TEXT]) == phrase


def test_of_two_phrases_as_frequent_neither_is_meant() -> None:
    assert phrase_of("JSS", [TEXT, "The Jury of Ship Survivors met."]) is None
    assert phrase_of("JSS", [TEXT, TEXT, "The Jury of Ship Survivors met."]) == "joint survey of shoals"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What did the WHO say of the MoC?", {"who": "WHO", "moc": "MoC"}),
        ("WHO chaired the meeting?", {}),
        ("WHAT DID THE WHO SAY?", {}),
        ("Is IT spending up?", {"it": "IT"}),
        ("What was said of it?", {}),
    ],
)
def test_abbreviations_of_a_question_are_those_in_capitals(question: str, found: dict[str, str]) -> None:
    assert short_forms(question) == found


def test_runs_of_a_question_give_their_initials() -> None:
    assert ("jss", ["joint", "survey", "of", "shoals"]) in list(initials("What did the joint survey of shoals find?"))
