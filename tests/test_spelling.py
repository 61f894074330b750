"""Misspelt words are corrected by known words; names and rare words stay."""

import pytest

from assistant.understanding.spelling import KnownWords, correct_spelling

COUNTS = {
    "workshop": 4, "measuring": 2, "economy": 3, "pairs": 1, "takasaki": 2, "ministers": 9, "trust": 2, "meeting": 20,
    "meaning": 1, "countries": 5, "joined": 2, "joint": 3, "harvest": 3, "lender": 2, "fund": 2, "harvest lender": 2,
    "lender fund": 2, "voss": 1, "about": 9,
}  # fmt: skip
VOCABULARY = KnownWords(
    lambda: frozenset(word for word in COUNTS if " " not in word),
    lambda word: COUNTS.get(word, 0),
    lambda word: word in ("takasaki", "voss"),
)


def corrected(question: str) -> str:
    return correct_spelling(question, VOCABULARY).text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("expert worksohp", "expert workshop"),
        ("mesuring the econmy", "measuring the economy"),
        ("in takasaky", "in takasaki"),
        ("in Takasaky", "in Takasaki"),
        ("WORKSOHP", "Workshop"),
        ("wich contries joind teh meating", "which countries joined the meeting"),
        ("Wich minsters?", "Which ministers?"),
        ("waht wsa said abot trust", "what was said about trust"),
        ("hwo came in juli", "how came in july"),
        ("the Harvst Lendr Fund", "the Harvest Lender Fund"),
        ("who was presnt", "who was present"),
    ],
)
def test_a_misspelt_word_is_corrected(typed: str, expected: str) -> None:
    assert corrected(typed) == expected


@pytest.mark.parametrize(
    "question",
    [
        "in Paris",
        "the workshop",
        "trus",
        "a wrkshp far away",
        "会議です",
        "the treaty of Lisbon",
        "What did Harvst say?",
        "who is vuss",
        "Who is Noda?",
        "which points did kato raise",
        "the SME and MSME rules",
        "o'clock",
        "¿Quién habló?",
    ],
)
def test_a_name_a_known_word_and_a_far_one_stay(question: str) -> None:
    assert corrected(question) == question


def test_a_replaced_name_is_told() -> None:
    assert correct_spelling("in Takasaky", VOCABULARY).notes == ("No record has “Takasaky”; “Takasaki” was searched.",)
    assert correct_spelling("teh workshop", VOCABULARY).notes == ()
