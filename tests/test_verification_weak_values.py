"""Check small counts, months and weekdays outside quotation marks, and offices that say a quotation."""

from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Verdict
from assistant.verification.readers.report import report_of
from corpus.reading import document_from, founding_records

MINUTES = document_from(
    "# Minutes of the Orchard Society, 12 March 2026\n\n"
    "Present: Ms Ruth Berg (chair), Mr Otto Lind (treasurer), Ms Mei Tanaka\n\n"
    "## Item 1 Trees\n\nThe society agreed to plant the northern slope, with two abstentions.\n\n"
    '## Item 2 Budget\n\nThe chair said: "We cannot spend more than that on trees."\n',
    "orchard.md",
    "text/markdown",
)
CHECKER = Checker([*founding_records(), MINUTES])


@pytest.mark.parametrize(
    ("sentence", "value", "recorded"),
    [
        ("The Orchard Society met on Friday, 12 March 2026.", "Friday, 12 March 2026", "Thursday, 12 March 2026"),
        ("The Orchard Society met on 12 March 2026 (a Monday).", "12 March 2026 (a Monday", "Thursday, 12 March 2026"),
        ("At its meeting in May, the society agreed to plant the northern slope.", "May", "March 2026"),
        ("The society agreed to plant the northern slope, with one abstention.", "one", "two"),
    ],
)
def test_the_record_contradicts(sentence: str, value: str, recorded: str) -> None:
    (claim,) = [c for c in CHECKER.check(report_of(sentence.encode(), Path("r.md"))).claims if not c.is_found]
    assert (claim.value, claim.recorded) == (value, recorded)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Orchard Society met on Thursday, 12 March 2026.",
        "At its meeting in March, the society agreed to plant the northern slope.",
        "The society agreed to plant the northern slope, with two abstentions.",
        "The society agreed to plant two rows on the northern slope.",
        "The G20 ministers met on Thursday, 30 April 2020.",
    ],
)
def test_what_agrees_or_is_not_in_the_record_contradicts_nothing(sentence: str) -> None:
    assert all(claim.is_found for claim in CHECKER.check(report_of(sentence.encode(), Path("r.md"))).claims)


@pytest.mark.parametrize(
    ("speaker", "verdict"),
    [
        ("The chair", Verdict.EXACT),
        ("The chairwoman", Verdict.EXACT),
        ("Ms Berg", Verdict.EXACT),
        ("The treasurer", Verdict.MISATTRIBUTED),
        ("Mr Lind", Verdict.MISATTRIBUTED),
    ],
)
def test_words_that_the_record_gives_to_an_office_are_those_of_its_holder(speaker: str, verdict: Verdict) -> None:
    report = f"{speaker} said: “We cannot spend more than that on trees.”"
    (finding,) = CHECKER.check(report_of(report.encode(), Path("r.md"))).quotations
    assert finding.verdict is verdict
