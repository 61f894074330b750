"""The numbers of the lines of a hearing are dropped; numbers that belong to the text stay."""

from collections.abc import Sequence

from corpus.limits import Limits
from corpus.readers.pdf.reader import read_pdf
from support.printed_pdf import Drawn, drawn_pdf, text_lines

LINES = [
    "      Q.   Doctor, when did you first read the report",
    "about the locks of the upper canal?",
    "      A.   On the fourth of March, when the",
    "keeper brought it to my office.",
    "      Q.   And did you send it on?",
    "      A.   No.  I thought that its figures were",
    "wrong, and so I asked for others.",
]
TEXT = (
    "Q. Doctor, when did you first read the report about the locks of the upper canal?\n\n"
    "A. On the fourth of March, when the keeper brought it to my office.\n\nQ. And did you send it on?\n\n"
    "A. No. I thought that its figures were wrong, and so I asked for others."
)


def numbered(lines: Sequence[str], numbers: Sequence[int], x: float = 110) -> list[Drawn]:
    texts = [
        Drawn(x + 6 * (len(line) - len(line.lstrip())), 100 + 24 * i, line.strip())
        for i, line in enumerate(lines)
        if line
    ]
    return [*texts, *(Drawn(78, 100 + 24 * i, str(number)) for i, number in enumerate(numbers) if number)]


def read(*pages: Sequence[Drawn]) -> str:
    return read_pdf(drawn_pdf(*pages), "a.pdf", Limits()).text


def test_numbers_of_lines_are_dropped_and_questions_and_answers_are_paragraphs() -> None:
    assert read(numbered(LINES, range(1, 26))) == TEXT


def test_a_short_page_behind_a_numbered_one_is_numbered_too() -> None:
    assert (
        read(numbered(LINES, range(1, 26)), numbered(["      Q.   Thank you."], range(1, 4)))
        == f"{TEXT}\n\nQ. Thank you."
    )


def test_a_number_at_every_fifth_line_is_dropped() -> None:
    numbers = [i if i % 5 == 0 else 0 for i in range(1, 29)]
    assert read(numbered(LINES * 4, numbers)) == "\n\n".join([TEXT] * 4)


def test_numbers_of_items_stay() -> None:
    items = ["Adoption of the agenda", "Report of the secretary", "Budget of the year", "Election", "Other business"]
    assert read(numbered(["", "", "", *items], [0, 0, 0, 1, 2, 3, 4, 5])).startswith(
        "1 | Adoption of the agenda\n2 | Report"
    )


def test_letters_of_a_hearing_that_stand_apart_belong_to_their_words() -> None:
    turns = [
        ("Q", "When did you read the report"),
        ("", "about the locks of the canal?"),
        ("A", "In March of this year."),
    ]
    drawn = [
        Drawn(x, 100 + 14 * i, w) for i, turn in enumerate(turns) for x, w in zip((72, 108), turn, strict=True) if w
    ]
    assert read(drawn) == "Q When did you read the report about the locks of the canal?\n\nA In March of this year."


def test_a_hearing_in_triple_spacing_has_its_turns_as_paragraphs() -> None:
    lines = [
        (146, "Ms. LIND. The lock is closed."),
        (146, "Mr. BO. We asked for two keepers and for a"),
        (110, "boat, and we had neither of them in March. The"),
        (110, "pilots have not been paid."),
        (146, "Ms. LIND. We move that the keeper of the lock be"),
        (110, "heard by this committee next week."),
    ]
    text = read([Drawn(x, 100 + 33 * i, line) for i, (x, line) in enumerate(lines)])
    assert text.split("\n\n") == [
        "Ms. LIND. The lock is closed.",
        "Mr. BO. We asked for two keepers and for a boat, and we had neither of them in March. The pilots have not been"
        " paid.",
        "Ms. LIND. We move that the keeper of the lock be heard by this committee next week.",
    ]


def test_the_turn_of_another_speaker_behind_the_longest_line_is_a_paragraph() -> None:
    lines = ["MR. BO: Who ordered it?", "THE WITNESS: The director of the pilots, Mr. Day.", "CHAIR LIND: In writing?"]
    assert read(text_lines(lines, x=110)).split("\n\n") == lines
