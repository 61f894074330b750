"""An office to which a report gives a quotation is compared with the office and the person of the record."""

from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Verdict
from assistant.verification.readers.report import report_of
from corpus.reading import document_from

MINUTES = document_from(
    "# Minutes of the Harbour Council\n\nDate: 12 March 2031\nChair: Ms. Ada Okafor\n\n"
    "The Treasurer, Mr. Karl Weiss, said: “We cannot spend what we do not have this year.” The Minister of Finance,"
    " Dr. Inés Prado, said that “the grant will be paid in two halves before winter”. The Minister for Ports said:"
    " “The east wall will not last another nine winters.”\n",
    "minutes.md",
    "text/markdown",
)
CHECKER = Checker([MINUTES])
TREASURER = "We cannot spend what we do not have this year."
FINANCE = "the grant will be paid in two halves before winter"
PORTS = "The east wall will not last another nine winters."


def _verdict(report: str) -> Verdict:
    (finding,) = CHECKER.check(report_of(report.encode(), Path("r.md"))).quotations
    return finding.verdict


@pytest.mark.parametrize(
    "report",
    [
        f"The Minister of Finance said: “{TREASURER}”",
        f"The Finance Minister said: “{TREASURER}”",
        f"“{TREASURER}”, said the Minister of Finance.",
        f"“{TREASURER}”, the chair said.",
        f"According to the Minister of Finance, “{TREASURER}”",
        f"“{TREASURER}” (Minister of Finance)",
        f"Minister of Finance: “{TREASURER}”",
        f"The Minister of Trade said that “{FINANCE}”.",
        f"Dr. Prado, the Minister of Trade, said that “{FINANCE}”.",
        f"The Minister of Finance said: “{PORTS}”",
        f"The Treasurer said: “{PORTS}”",
        f"THE TREASURER said: “{PORTS}”",
    ],
)
def test_words_of_another_office_are_misattributed(report: str) -> None:
    assert _verdict(report) is Verdict.MISATTRIBUTED


@pytest.mark.parametrize(
    "report",
    [
        f"The Treasurer said: “{TREASURER}”",
        f"“{TREASURER}” (Treasurer)",
        f"Mr. Weiss, the treasurer, said: “{TREASURER}”",
        f"The Mayor said: “{TREASURER}”",  # Mr. Weiss may be that, too
        f"The former Minister of Trade said that “{FINANCE}”.",
        f"The Minister said that “{FINANCE}”.",
        f"The finance minister said that “{FINANCE}”.",
        f"The Minister of Finance and Budget said that “{FINANCE}”.",
        f"The Minister of Ports said: “{PORTS}”",
        f"The Minister said: “{PORTS}”",
    ],
)
def test_words_of_what_may_be_the_same_office_are_accepted(report: str) -> None:
    assert _verdict(report) is Verdict.EXACT
