"""Right words with a wrong day, place, body, speaker or a source that is no record are not accepted."""

from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Finding
from assistant.verification.readers.markdown import read_markdown
from corpus.reading import read_bytes

BOARD = """Minutes of the Quay Board of Tarnsea

Meeting of 4 May 2031, Tarnsea

Present: Ms Ann Doyle (chair), Mr Karl Prado (treasurer), Mr Lin Okafor.

The east crane was sold for 300 crowns. Ms Doyle said: “The lock will not last another winter.” Mr Prado replied: “We
have no money for a new lock.” Mr Okafor told the meeting that Mr Prado had said “the lock is a ruin” last week.
"""
GUILD = """Minutes of the Weavers' Guild of Ostrand

Meeting of 9 November 2032, Ostrand

Ms Lund said: “The looms stand idle.” The guild spent 40 crowns on yarn.
"""
CHECKER = Checker((read_bytes(BOARD.encode(), "quay.txt"), read_bytes(GUILD.encode(), "guild.txt")))
CRANE = "“The east crane was sold for 300 crowns.”"


def first(text: str) -> Finding:
    return CHECKER.check(read_markdown(text.encode(), Path("r.md"))).quotations[0]


@pytest.mark.parametrize(
    "text",
    [
        "In 2032 it was noted: @",
        "At the meeting of 2032, @",
        "In November it was noted that @",
        "On 9 November 2032 they noted: @",
        "On 5 May it was noted that @",
        "They told the board in November: @",
        "The Weavers' Guild noted: @",
        "At the Committee on Fish, Ms Doyle said: “The lock will not last another winter.”",
        "The minutes of the Weavers' Guild say @",
        "@ (Weavers' Guild, November 2032)",
        "Ms Lund said: @",
        "As Mr Gray put it, “the lock will not last another winter”.",
        "“We have no money for a new lock,” said Ms Doyle.",
        "The chair replied: “We have no money for a new lock.”",
        "A quotation from Mr Prado: “The lock will not last another winter.”",
        "“The lock will not last another winter” were the words of Mr Prado.",
        "The treasurer said that “the lock will not last another winter”.",
    ],
)
def test_another_occasion_or_speaker_is_misattributed(text: str) -> None:
    assert first(text.replace("@", CRANE)).verdict == "misattributed"


@pytest.mark.parametrize(
    "text",
    [
        "In 2031 it was noted: @",
        "In May it was noted that @",
        "On 4 May they noted: @",
        "In May 2031 the Quay Board noted: @",
        "The Quay Board of Tarnsea noted: @",
        "Ms Doyle, who was elected in 2019, read: @",
        "By 2035 there will be a new one, since @",
        "The Weavers' Guild read the minutes of the Quay Board: @",
        "@ (Oslo, 2025)",
        "> The east crane was sold for 300 crowns. (Oslo, 2025)",
        "Since 2019 they wait; in May 2031 @",
        "The chair said: “The lock will not last another winter.”",
        "The treasurer replied: “We have no money for a new lock.”",
        "Mr Karl Prado replied: “We have no money for a new lock.”",
        "@[^1]\n\n[^1]: Quay Board of Tarnsea, 4 May 2031.",
        "@[^1]\n\n[^1]: Emphasis added.",
        "@[^1]\n\n[^1]: P. 3.",
        "@[^1]\n\n[^1]: Minutes, item 2.",
        "@[^1]\n\n[^1]: Cf. Gray 2019.",
        "@[^1]\n\n[^1]: Cf. Quill, A History of Lamps, Tromso, p. 3.",
        "@[^1]\n\n[^1]: On file with the author.",
        "@[^1]\n\n[^1]: Of what became of the crane and of the lock since then, more is told in the second part of it.",
    ],
)
def test_the_record_s_own_occasion_is_accepted(text: str) -> None:
    assert first(text.replace("@", CRANE)).verdict in ("exact", "typographic")


@pytest.mark.parametrize(
    "text",
    [
        "@[^1]\n\n[^1]: https://example.org/some-blog",
        "@[^9]",
        "@ (https://example.org/some-blog)",
        "[@](https://example.org/some-blog)",
        "> The east crane was sold for 300 crowns. (https://example.org/blog)",
        "> The east crane was sold for 300 crowns.\n>\n> — https://example.org/blog",
    ],
)
def test_a_source_that_is_no_record_is_unsupported(text: str) -> None:
    finding = first(text.replace("@", CRANE))
    assert finding.verdict == "unsupported"
    assert finding.verdict.is_wrong
    assert "no record of the library" in str(finding.because)


def test_a_cell_belongs_to_the_speaker_of_its_row() -> None:
    from assistant.verification.readers.html import read_html

    cells = "<td>{}</td><td>“We have no money for a new lock.”</td>"
    row = f"<table><tr><th>Who</th><th>Words</th></tr><tr>{cells}</tr></table>"
    for speaker, verdict in (("Ms Doyle", "misattributed"), ("Mr Prado", "typographic")):
        (finding,) = CHECKER.check(read_html(row.format(speaker).encode(), Path("r.html"))).quotations
        assert finding.verdict == verdict


@pytest.mark.parametrize(("words", "verdict"), [("digital turn", "too_short"), ("sold twice", "absent")])
def test_a_term_of_two_words_is_told_apart(words: str, verdict: str) -> None:
    text = f"The “{words}” came." if verdict == "too_short" else f"The crane was “{words}”."
    assert first(text).verdict == verdict
    assert first("He said the board was “bitterly divided”.").verdict == "absent"


@pytest.mark.parametrize("mark", "\u200e \u200f \u2067 \u2069 \u202a \u202c \u200c \u200d \u061c".split())
def test_direction_marks_and_joiners_change_nothing(mark: str) -> None:
    assert first(f"It says “The east {mark}crane was{mark} sold”.").verdict == "typographic"
    assert first("It says “The east \u202ecrane was\u202c sold”.").verdict == "altered"


def _verdict_between(own: str, other: str, text: str) -> str:
    """Return the verdict on a quotation of a meeting at one place, in a library with a meeting at another."""
    meetings = {"own": own, "other": other}
    records = [
        read_bytes(
            f"---\nplace: {place}\nmeeting_date: 2031-05-04\n---\nBo said the {name} crane is sold.\n".encode(),
            f"{name}.md",
        )
        for name, place in meetings.items()
    ]
    checked = Checker(records).check(read_markdown(text.encode(), Path("r.md")))
    return checked.quotations[0].verdict


@pytest.mark.parametrize(
    ("own", "lead", "is_accepted"),
    [
        ("Oslo", "At the meeting in Norway, Bo said", True),
        ("Oslo", "In Norway, Bo said", True),
        ("Oslo", "As agreed at the meeting in Bergen, Bo said", True),
        ("Town Hall, Oslo", "At the meeting in Norway, Bo said", True),
        ("Oslo", "At the meeting in Bergen, Bo said", False),
        ("Kyoto, Japan", "At the meeting in Norway, Bo said", False),
    ],
)
def test_parts_of_places_are_compared_with_the_same_parts(own: str, lead: str, is_accepted: bool) -> None:
    verdict = _verdict_between(own, "Bergen, Norway", f"{lead}: “the own crane is sold”.")
    assert (verdict != "misattributed") is is_accepted
