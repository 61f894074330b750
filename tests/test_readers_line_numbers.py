"""Remove the line numbers of hearings."""

from corpus.readers.line_numbers import without_line_numbers
from corpus.reading import read_bytes
from corpus.transcript import turns

PAGES = """                                   12
             Hearing of Jon Day
 1       Q.   Good morning, Mr. Day. Please state
 2   your name.
 3       A.   Jon Day. I am the master of
 4   the harbour.
 5
 6       Q.   How long is the quay?
 7       A.   It has 400 metres, as far as
 8   I know.
                                   13
             Hearing of Jon Day
 1       Q.   Who pays?
 2       A.   The town.
 3            MS. BO:  No further
 4   questions.
                                   14
             Hearing of Jon Day
 1       A.   Thank you.
"""


def test_the_numbers_of_lines_and_pages_are_left_out() -> None:
    document = read_bytes(PAGES.encode(), "hearing.txt")
    assert document.text.startswith("Q.   Good morning, Mr. Day. Please state\nyour name.\nA.   Jon Day.")
    assert document.warnings == ("the numbers of its lines were left out",)
    assert [(turn.speaker, " ".join(turn.words.of(document.text).split())) for turn in turns(document)][-4:] == [
        ("", "Who pays?"),
        ("A", "The town."),
        ("MS. BO", "No further questions."),
        ("A", "Thank you."),
    ]


def test_numbered_lists_tables_and_years_keep_their_numbers() -> None:
    items = "".join(f"{number}  The point number {number} was agreed.\n\nIt was long.\n\n" for number in range(1, 20))
    years = "".join(f"{year % 100}  The quay had {year} ships.\n" for year in range(1980, 1999, 2))
    for text in (items, years, "1  They met.\n2  They parted.\n", "They met.\n" * 30):
        assert without_line_numbers(text) is None
