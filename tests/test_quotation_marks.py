"""Pair quotation marks of every form: an inner pair ends nothing but itself, and no mark is passed over."""

import pytest

from assistant.verification.quotations import quotations
from assistant.verification.readers.report import Paragraph, ReportText


def found(*texts: str) -> list[str]:
    return [q.text for q in quotations(ReportText("r.md", tuple(Paragraph(text, "p") for text in texts)))]


@pytest.mark.parametrize(
    "marks", ["“”", "„“", "„”", "‘’", "‚‘", "«»", "»«", "‹›", '""', "''", "「」", "『』", "””", "»»", "❝❞", "《》"]
)
@pytest.mark.parametrize("inner", ['""', "''", "“”", "‘’", "„“", "‹›", "「」"])
def test_an_inner_pair_ends_only_itself(marks: str, inner: str) -> None:
    words = f"one {inner[0]}two three{inner[1]} four five"
    assert found(f"Bo said {marks[0]}{words}{marks[1]} there.") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "“ ”",
        "‘ ’",
        '" "',
        "' '",
        "« »",
        "„ “",
        "『 』",
        "`` ''",
        ",, ''",
        ",, “",
        "<< >>",
        "‛ ’",
        "‟ ”",
        "＇ ＇",
        "＂ ＂",
        "″ ″",
        "′ ′",
        "´ ´",
        "´´ ´´",
        "'' ''",
        "` '",
        "` ´",
        "⹂ ”",
        "❝ ❞",
        "❛ ❜",
        "《 》",
        "〈 〉",
        "⟪ ⟫",
        "⟨ ⟩",
        "≪ ≫",
        "❮ ❯",
        "〞 〟",
        "“ “",
        "” ”",
        "’ ’",
        '“ "',
        '" ”',
    ],
)
def test_unusual_marks_are_seen(text: str) -> None:
    opening, closing = text.split(" ")
    assert found(f"Bo wrote {opening}no boat left the dock{closing} there.") == ["no boat left the dock"]


@pytest.mark.parametrize("marks", ["“”", "‘’", '""', "''", "«»", "„“", "『』", "„”", "❝❞", "《》", "‟”", "″″"])
def test_spaces_inside_marks_hide_nothing(marks: str) -> None:
    assert found(f"Bo wrote {marks[0]} no boat left the dock {marks[1]} there.") == ["no boat left the dock"]


@pytest.mark.parametrize("before", [*";=…!.|,、。(/—–#+&%@^>~‹", "https://x.org/a", "https://x.org/?q="])
@pytest.mark.parametrize("marks", ['""', "''", "“”", "‘’", "「」"])
def test_whatever_stands_before_a_mark_it_opens(before: str, marks: str) -> None:
    text = f"In the report{'' if before[0] != 'h' else ' '}{before}{marks[0]}No boat left the dock{marks[1]} so."
    assert found(text) == ["No boat left the dock"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("In ’27 the board agreed, in '31 too.", []),
        ("He wrote ’27 members left the hall’ there.", ["27 members left the hall"]),
        ("He wrote '27 members left the hall' there.", ["27 members left the hall"]),
        ('A 19" rack and a 5" pipe; 5 " wide', []),
        ('It says "a 5" pipe of lead" here.', ['a 5" pipe of lead']),
        ("The members' plan, the '90s, rock 'n' roll, 'tis, O’Neil’s.", []),
        ("`git add` and `x = 1`", []),
        ("He wrote `no boat left the dock` there.", ["no boat left the dock"]),
        ("a,,b and 1,,2 and x << y", []),
        ('said"No way today"and left', ["No way today"]),
        ("“flexible rules” incapable of addressing risks” it says", ["flexible rules” incapable of addressing risks"]),
        ("“a b” and “c d”", ["a b", "c d"]),
    ],
)
def test_apostrophes_inches_and_code_are_no_marks(text: str, quoted: list[str]) -> None:
    assert found(text) == quoted


def test_a_quotation_goes_on_over_paragraphs_until_it_is_closed() -> None:
    assert found("He said: “One two three.", "Four five.", "Six seven.” So it was.") == [
        "One two three.",
        "Four five.",
        "Six seven.",
    ]
    assert found("He said: “One two three.", "“Four five.”") == ["One two three.", "Four five."]
    assert found("He said: “One two three.", "Nobody closed it.") == ["One two three."]


def test_many_marks_take_one_pass() -> None:
    assert len(found('{"a":' * 20_000)) == 20_000
    assert found(" 'a" * 20_000) == []
