"""Reports with one wrong person, place, month, direction, limit or mark are told; when put right they are not."""

from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Findings
from assistant.verification.readers.report import report_of
from corpus.reading import document_from, founding_records

MARCH = document_from(
    "# Minutes of the Harbour Council of Arnwick\n\nDate: 12 March 2031\nPlace: Town Hall, Arnwick\n\n"
    "Only small boats of up to 8 metres may moor at the quay. The rent of a stall falls by 15 per cent to 340"
    " euros.\n\nMs. Okafor moved that the museum open on Sundays; Dr. Prado seconded. Mr. Haddad said: “Families with"
    " more than three children must not pay more than they pay today.” The museum had 3,410 visitors in February, 410"
    " fewer than a year before. Mr. Karl Weiss said that “the east wing will stay closed for two winters”.\n\n"
    "The next meeting is on 9 April 2031 in the school at Kelso.\n",
    "march.md",
    "text/markdown",
)
APRIL = document_from(
    "# Minutes of the Harbour Council of Arnwick\n\nDate: 9 April 2031\nPlace: School, Kelso\n\n"
    "The lamp of the lighthouse failed on nine nights in March. Mr. Haddad said: “The lamp is older than anybody in"
    " this room.” Ms. Okafor disagreed. Stalls open at 5:30. Traders shall not sell on Sundays. Herr Kühn sprach"
    " über den Fluss.\n",
    "april.md",
    "text/markdown",
)
CHECKER = Checker([*founding_records(), MARCH, APRIL])
LAMP = "The lamp is older than anybody in this room."
WING = "the east wing will stay closed for two winters"


def _check(text: str, suffix: str = ".md") -> Findings:
    return CHECKER.check(report_of(text.encode(), Path(f"report{suffix}")))


def _told(found: Findings) -> bool:
    return not found.is_ok or bool(found.flagged)


@pytest.mark.parametrize(
    "report",
    [
        f"“{LAMP}” (Okafor, 9 April 2031)",
        f"**Ms. Okafor** “{LAMP}”",
        f"- Okafor — “{LAMP}”",
        f"| Speaker | Words |\n|---|---|\n| Okafor | “{LAMP}” |",
        f"At the meeting in Kelso Mr. Weiss said that “{WING}”.",
        "It says “boats of up to 8 metres may moor at the quay”.",
        "He said “Families with more than three children must not pay”.",
        "It says “Traders shall not sell”.",
        "It says “Stalls open at 5”.",
        "The rent of a stall rises by 15 per cent to 340 euros.",
        "The museum had 3,410 visitors in February, 410 more than a year before.",
        "The lamp of the lighthouse failed on nine nights in February.",
        "The meeting of 9 April 2031 took place in Arnwick.",
        "Mr. Haddad moved that the museum open on Sundays.",
        "Ms. Okafor moved that the museum open on Sundays; Mr. Haddad seconded.",
        "Frau Kühn sprach über den Fluss.",
        f"He said “{LAMP}”[^1]\n\n[^1]: Bo, A History of Lamps, Oslo, p. 3.",
        f"Ms. Okafor disagreed. He spoke of Ms. Okafor; she said: “{LAMP}”",
        "Stalls open at 5:30 p.m. there.",
        f"Okafor’s “{LAMP}” drew laughter.",
        f"“{LAMP}” [Okafor]",
        f"“{LAMP}”\n\n— Ms. Okafor",
        f"> “{LAMP}” — Ms. Okafor, 9 April 2031",
        "It says “Only small boats of up to 8 metres may moor at the [pier].”",
        "It says “3,410 visitors in February, 410 ... than a year before”.",
        "He said <q>The lamp is newer than anybody in this room.</q>",
        "<blockquote>The lamp is newer than anybody in this room.</blockquote>",
        "<blockquote>\n\nThe lamp is newer than anybody in this room.\n\n</blockquote>",
    ],
)
def test_a_wrong_report_is_told(report: str) -> None:
    assert _told(_check(report))


@pytest.mark.parametrize(
    "report",
    [
        f"“{LAMP}” (Haddad, 9 April 2031)",
        f"**Mr. Haddad** “{LAMP}”",
        f"| Speaker | Words |\n|---|---|\n| Haddad | “{LAMP}” |",
        f"At the meeting in Arnwick Mr. Weiss said that “{WING}”.",
        "It says “Only small boats of up to 8 metres may moor at the quay.”",
        "Only small “boats of up to 8 metres may moor at the quay”.",
        "It says “Traders shall not sell on Sundays.”",
        "It says “Stalls open at 5:30.”",
        "The rent of a stall drops by 15 per cent to 340 euros.",
        "The museum had 3,410 visitors in February, 410 less than a year before.",
        "The lamp of the lighthouse failed on nine nights in March.",
        "The meeting of 9 April 2031 took place in Kelso.",
        "Ms. Okafor moved that the museum open on Sundays, and Dr. Prado seconded.",
        "Herr Kühn sprach über den Fluss.",
        "Mr. Karl WEISS said that the east wing will stay closed.",
        f"He said “{LAMP}”[^1]\n\n[^1]: Haddad, speech, p. 3.",
        f"He said “{LAMP}”[^1]\n\n[^1]: See Annex 3.",
        f"Brunmark Lines was there. Mr. Haddad laughed; he said: “{LAMP}”",
        "Stalls open at 5.30 a.m. there.",
        f"Haddad’s “{LAMP}” drew laughter.",
        f"“{LAMP}” [Haddad]",
        f"“{LAMP}”\n\n— Mr. Haddad",
        f"> “{LAMP}” — Mr. Haddad, 9 April 2031",
        f"Ms. Okafor replied to the remark “{LAMP}”",
        "It says “Only small boats of up to 8 metres may [moored] at the quay.”",
        "It says “The lamp of [our] lighthouse failed on nine nights”.",
        f"He said <q>{LAMP}</q>",
        f"<blockquote>{LAMP}</blockquote>",
    ],
)
def test_the_same_report_put_right_is_accepted(report: str) -> None:
    assert not _told(_check(report))


def test_the_source_below_a_block_quotation_of_a_page_is_read() -> None:
    for source in (
        "<figure><blockquote>{0}</blockquote><figcaption>— {1}</figcaption></figure>",
        "<blockquote><p>{0}</p><footer>— {1}</footer></blockquote>",
        "<blockquote><p>{0}</p><cite>{1}</cite></blockquote>",
    ):
        page = f"<html><body>{source}</body></html>"
        assert not _told(_check(page.format(LAMP, "Mr. Haddad, 9 April 2031"), ".html"))
        assert _told(_check(page.format(LAMP, "Ms. Okafor, 9 April 2031"), ".html"))
        is_inside = "<figure>" not in source
        assert _told(_check(page.format(LAMP, "The lamp failed again today"), ".html")) is is_inside


def test_words_that_a_style_sheet_writes_are_counted_as_not_read() -> None:
    style = "<style>.x::before{content:'not '} i::after{content:'\\f101'}</style>"
    page = f"<html>{style}<p>It is <b class=x>old</b> <i>a</i>.</p>"
    assert _check(page, ".html").unread == (("words of a style sheet", 1),)


def test_a_short_name_is_no_part_of_another_word() -> None:
    text = "# Board\n\nMs. Okafor moved that the rules about the museum be changed in June.\n"
    report = "Mr. Bo moved that the rules about the museum be changed in June."
    found = Checker([document_from(text, "board.md", "text/markdown")]).check(report_of(report.encode(), Path("r.md")))
    assert ("Mr. Bo", "Ms. Okafor") in [(claim.value, claim.recorded) for claim in found.claims]
