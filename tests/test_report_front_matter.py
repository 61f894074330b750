"""Front matter and title page of a report: what they quote is checked, what they state accuses nobody."""

from pathlib import Path

import pytest

from assistant.verification.annotate import annotate_report
from assistant.verification.checker import Checker
from assistant.verification.findings import Findings, Verdict
from assistant.verification.readers.report import report_of
from corpus.reading import document_from

MINUTES = document_from(
    "# Minutes of the Harbour Council\n\nDate: 12 March 2031\n\nThe lamp of the lighthouse failed on nine nights.\n",
    "minutes.md",
    "text/markdown",
)
TRUE, FALSE = "The lamp of the lighthouse failed on nine nights.", "The lamp of the lighthouse failed on ten nights."
CHECKER = Checker([MINUTES])
BODY = f"The minutes say “{TRUE}”"


def _check(text: str) -> Findings:
    return CHECKER.check(report_of(text.encode(), Path("r.md")))


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: \"The harbour by night\"\nauthor: 'Mary Zorn of Kelso'\nabstract: “{0}”\n---\n",
        '---\nabstract: |\n  “{0}”\ntags: ["lamps by the sea"]\n---\n',
        "---\ntitle: Lamps: a report\nabstract: “{0}”\n---\n",
        '+++\ntitle = "The harbour by night"\ndate = 2031-05-03\n[extra]\nabstract = "“{0}”"\n+++\n',
        '{{"title": "The harbour by night", "extra": {{"abstract": ["“{0}”"]}}}}\n',
    ],
)
def test_what_front_matter_quotes_is_checked_and_its_syntax_is_not(front: str) -> None:
    for words, verdict in ((TRUE, Verdict.EXACT), (FALSE, Verdict.ALTERED)):
        found = _check(f"{front.format(words)}\n{BODY}")
        assert [f.verdict for f in found.quotations] == [Verdict.EXACT, verdict]
        assert found.quotations[1].quotation.where == "front matter"
        assert found.claims == ()


@pytest.mark.parametrize("lines", ["+++\ntitle = no TOML\n+++\n", '{"title": "no JSON"\n'])
def test_what_is_no_front_matter_is_text(lines: str) -> None:
    assert _check(f"{lines}\n{BODY}").quotations[-1].verdict is Verdict.EXACT


@pytest.mark.parametrize("day", ["3 May 2031", "Date: 3 May 2031", "Kelso, 3 May 2031"])
def test_the_day_of_the_report_at_its_top_is_not_that_of_a_quotation(day: str) -> None:
    assert _check(f"Report on the lamp\n{day}\n{BODY}").is_ok
    assert _check(f"On 3 May 2031 it was said: “{TRUE}”").is_wrong


@pytest.mark.parametrize(
    ("report", "where"),
    [
        (f"---\nabstract: “{FALSE}”\n---\n\nIt says “{FALSE}”\n", "front matter"),
        (f"It says “{FALSE}” <span hidden>and “{FALSE}”</span>\n", "hidden words"),
    ],
)
def test_what_stands_apart_is_annotated_behind_the_summary(tmp_path: Path, report: str, where: str) -> None:
    file = tmp_path / "r.md"
    file.write_text(report, "utf-8")
    read = report_of(file.read_bytes(), file)
    written = annotate_report(file, read, CHECKER.check(read)).decode()
    assert f"{where}[^rapporteur-2]" in written
    assert "[^rapporteur-2]: Altered" in written
