"""Compare speakers of Japanese reports and records, and speakers that a heading or a footnote names."""

from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Verdict
from assistant.verification.readers.report import report_of
from corpus.reading import document_from

MINUTES = document_from(
    "# 果樹園協会 議事録 2026年3月12日\n\n出席者：山本一郎会長、小川花子理事、森健理事\n\n"
    "小川理事は「予算は四万円を超えてはならない。」と述べた。\n\n会長は、北の斜面に植樹することを決定したと述べた。\n",
    "果樹園.md",
    "text/markdown",
)
TALK = document_from(
    "Press briefing, 3 June 2026\n\nMR. LIND: The bridge will stay closed until autumn.\n\n"
    "MS. BERG: The state pays two thirds of the costs.\n",
    "briefing.txt",
    "text/plain",
)
CHECKER = Checker([MINUTES, TALK])


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        ("小川理事は「予算は四万円を超えてはならない」と述べた。", Verdict.EXACT),
        ("小川花子理事は、「予算は四万円を超えてはならない」と発言した。", Verdict.EXACT),
        ("森理事は「予算は四万円を超えてはならない」と述べた。", Verdict.MISATTRIBUTED),
        ("会長は「予算は四万円を超えてはならない」と述べた。", Verdict.MISATTRIBUTED),
        ("山本会長は「北の斜面に植樹することを決定した」と述べた。", Verdict.EXACT),
        ("小川理事は「北の斜面に植樹することを決定した」と述べた。", Verdict.MISATTRIBUTED),
        ("## Mr Lind\n\n“The state pays two thirds of the costs.”", Verdict.MISATTRIBUTED),
        ("## Ms Berg\n\n“The state pays two thirds of the costs.”", Verdict.EXACT),
        ("“The state pays two thirds of the costs.”[^1]\n\n[^1]: Mr Lind, 3 June 2026.", Verdict.MISATTRIBUTED),
        ("“The state pays two thirds of the costs.”[^1]\n\n[^1]: Ms Berg, 3 June 2026.", Verdict.EXACT),
    ],
)
def test_the_speaker_of_the_report_is_compared_with_that_of_the_record(report: str, verdict: Verdict) -> None:
    (finding,) = CHECKER.check(report_of(report.encode(), Path("r.md"))).quotations
    assert finding.verdict is verdict
