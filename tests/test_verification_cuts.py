"""A quotation that leaves off what turns its sense is cut; what the report supplies beside it is not left off."""

import pytest

from assistant.verification.checker import Checker
from assistant.verification.readers.report import Paragraph, ReportText
from support.generated_texts import document

CHECKER = Checker(
    (
        document(
            "Vice-Minister Sato opened the meeting. Twenty-five members attended and three-quarters voted. It "
            "fell to −4 degrees and 30'' of rain. Only small ports are exempt from the fee. The council did not "
            "approve the plan. The fee shall be paid in June unless the port is closed. She owed 3/4 of the "
            "rest. "
            "Not all members of the club agreed. It was not only the guests. "
            "The long-term plan cost 3 million crowns on 10-15 May. No ship may enter without a pilot.\n\n"
            "大臣会合は合意しなかった。提案は未承認である。二十五か国が参加した。\n",
            "port.txt",
        ),
    )
)


def verdict(text: str) -> str:
    (finding,) = CHECKER.check(ReportText("r.md", (Paragraph(text, "paragraph 1"),))).quotations
    return finding.verdict.value


@pytest.mark.parametrize(
    ("quote", "missing"),
    [
        ("“Minister Sato opened the meeting”", "Vice-"),
        ("“five members attended”", "Twenty-"),
        ("“members attended and three”", "-quarters"),
        ("“4 degrees”", "−"),
        ("“Small ports are exempt from the fee.”", "Only"),
        ("“approve the plan”", "not"),
        ("“The fee shall be paid in June.”", "unless"),
        ("“4 of the rest”", "3/"),
        ("“term plan cost 3 million”", "long-"),
        ("“plan cost 3”", "million"),
        ("“million crowns on 10”", "-15"),
        ("“15 May”", "10-"),
        ("“No ship may enter”", "without"),
        ("「大臣会合は合意し」", "なか"),
        ("「承認である」", "未"),
        ("「五か国が参加した」", "十"),
    ],
)
def test_what_turns_the_sense_is_missing(quote: str, missing: str) -> None:
    (finding,) = CHECKER.check(ReportText("r.md", (Paragraph(f"It says {quote}", "p"),))).quotations
    assert finding.verdict == "cut"
    assert f"“{missing}”" in str(finding.because)


@pytest.mark.parametrize(
    "text",
    [
        "The council did not “approve the plan”.",
        "Only “small ports are exempt from the fee”.",
        "It says “The fee shall be paid in June” unless the port is closed.",
        "It says “Vice-Minister Sato opened the meeting”.",
        "It says “The council did not approve the plan.”",
        "It says “opened the meeting”.",
        "It says “fell to −4 degrees”.",
        "It says “3 million crowns on 10-15 May”.",
        "「大臣会合は合意しなかった」",
        "「二十五か国が参加した」",
    ],
)
def test_whole_words_and_what_the_report_supplies_are_accepted(text: str) -> None:
    assert verdict(text) in ("exact", "typographic")


@pytest.mark.parametrize(
    "text",
    [
        "It is not surprising that the club wrote “all members of the club agreed”.",
        "They do not know if it says “approve the plan”.",
        "Only they “approve the plan”.",
        "They did not “the guests”.",
        "If so, “the fee shall be paid in June”, if at all.",
        "It says “the fee shall be paid in June”. It is not known unless one asks.",
        "The cold - “4 degrees” - was not rare.",
    ],
)
def test_another_limit_of_the_report_supplies_nothing(text: str) -> None:
    assert verdict(text) == "cut"


@pytest.mark.parametrize(
    "text",
    [
        "Not “all members of the club agreed”.",
        "It was not only “the guests”.",
        "Not “only the guests”.",
        "It fell to −“4 degrees”.",
        "It fell to -“4 degrees”.",
        "It says “the fee shall be paid in June”, unless the port is closed.",
        "The council did **not** “approve the plan”.",
    ],
)
def test_the_same_limit_directly_beside_is_supplied(text: str) -> None:
    assert verdict(text) in ("exact", "typographic")


def test_single_words_between_ellipses_prove_nothing() -> None:
    assert verdict("It says “the … of … the … and … the … of”.") == "too_short"


def test_seconds_are_no_minutes() -> None:
    assert verdict("It says “4 degrees and 30' of rain”.") == "altered"


CLAUSES = Checker(
    (
        document(
            "It is not true that the board has sold the pier. The mayor doubted that the lease is valid. If the bank "
            "refuses, the board will close the lock. Ms Ek denied that the crane was paid. Did the clerk say the dock "
            "is dry? We cannot mend the lock this year. The ramp is safe for carts of up to 9 tonnes. Rents may rise "
            "by 1.5 to 2 crowns. The panel weighed a toll, but they rejected it. The clerk asked whether the tide was "
            "high. The board noted that the mill is old. Fees rose from 3 to 5 crowns. The store holds about 40 "
            "sacks. Staff reported that the roof leaks, which the owner called untrue. It is not only the mayor who "
            "says that the hall is cold. The guild cannot say that it agrees. Crews should be ready now because "
            "the boats sometimes leave early. Should the gale last, the ferry will wait.\n",
            "pier.txt",
        ),
    )
)


def clause_verdict(text: str) -> tuple[str, str | None]:
    (finding,) = CLAUSES.check(ReportText("r.md", (Paragraph(text, "paragraph 1"),))).quotations
    return finding.verdict.value, finding.because


@pytest.mark.parametrize(
    ("quote", "missing"),
    [
        ("“has sold the pier”", "not true that"),
        ("“The board has sold the pier.”", "not true that"),
        ("“the lease is valid”", "doubted that"),
        ("“the board will close the lock”", "If the bank refuses,"),
        ("“the bank refuses”", "If"),
        ("“the crane was paid”", "denied that"),
        ("“the dock is dry”", "?"),
        ("“We cannot mend the lock.”", "this year"),
        ("“The ramp is safe for carts.”", "of up to"),
        ("“may rise by 1.5”", "to"),
        ("“2 crowns”", "1.5 to"),
        ("“The panel weighed a toll”", "but they rejected it"),
        ("“the tide was high”", "whether"),
        ("“the roof leaks”", "which the owner called untrue"),
        ("“the ferry will wait”", "Should the gale last,"),
    ],
)
def test_what_the_sentence_denies_doubts_or_conditions_is_missing(quote: str, missing: str) -> None:
    verdict, because = clause_verdict(f"The minutes have {quote} in them.")
    assert verdict == "cut"
    assert f"“{missing}”" in str(because)


@pytest.mark.parametrize(
    "text",
    [
        "The record says it is not true that the board “has sold the pier”.",
        "The mayor denied that “the lease is valid”.",
        "If it must, “the board will close the lock”.",
        "The record has “the boats sometimes leave early”.",
        "“The board will close the lock” if the bank refuses.",
        "The clerk was asked about “the dock is dry”.",
        "“We cannot mend the lock” this year.",
        "It says “the mill is old”.",
        "It says “5 crowns”.",
        "It says “the hall is cold”.",
        "The guild could not “say that it agrees”.",
        "It says “If the bank refuses, the board will close the lock”.",
    ],
)
def test_what_the_report_says_itself_is_not_missing(text: str) -> None:
    assert clause_verdict(text)[0] in ("exact", "typographic")


@pytest.mark.parametrize(
    "quote", ["safe for carts of … 9 tonnes", "The store holds … 40 sacks", "holds [...] 40 sacks"]
)
def test_an_ellipsis_hides_no_limit_before_a_figure(quote: str) -> None:
    assert clause_verdict(f"It says “{quote}”.")[0] == "altered"
