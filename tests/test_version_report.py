"""A new version of a record is reported with what became of its quotations in the evidence list."""

import json
from pathlib import Path

import pytest

from assistant.citations.resolve import State
from assistant.evidence.evidence_list import EvidenceList
from assistant.evidence.version_report import outcome
from corpus.document import Document
from index.library import Library, open_library
from support.generated_texts import document
from support.paged_documents import cited
from support.word_counts import WordCounts

PATH = "/records/talks.md"
FORMER = (
    "# Talks\n\nThe ministers met in Trieste on a warm day.\n\nThey agreed on trust in data.\n\nJapan spoke of tariffs."
)
MET, AGREED, SPOKE = FORMER.split("\n\n")[1:]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    held = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    held.add(document(FORMER, path=PATH))
    return held


def put_aside(library: Library, *quotes: str) -> Document:
    """Cite these words of the record, and return it."""
    former = library.document("talks.md")
    for quote in quotes:
        EvidenceList(library).add(cited(former, quote))
    return former


def replaced(library: Library, text: str, path: str = PATH) -> Document:
    library.add(document(text, path=path))
    return document(text, path=path)


def test_a_record_that_nothing_cites_reports_nothing(library: Library) -> None:
    former = library.document("talks.md")
    assert outcome(library, former, replaced(library, FORMER.replace("warm", "cold"))) is None


def test_each_quotation_is_told_by_its_state(library: Library) -> None:
    former = put_aside(library, MET, AGREED, SPOKE)
    new = replaced(library, f"# Talks\n\n{MET}\n\nIt rained.\n\nThey agreed on trust in mail.\n\n{SPOKE}")
    report = outcome(library, former, new)
    assert report is not None
    assert [(q.quote, q.state, q.now) for q in report.quotations] == [
        (MET, State.SAME, ""),
        (AGREED, State.CHANGED, "They agreed on trust in mail."),
        (SPOKE, State.MOVED, ""),
    ]
    assert report.line == (
        "replaced talks.md: of 3 cited quotations 1 unchanged, 1 moved, 1 changed:"
        " “They agreed on trust in data.” now reads “They agreed on trust in mail.”"
    )
    assert report.lost == ("“They agreed on trust in data.” now reads “They agreed on trust in mail.”",)


def test_what_is_gone_is_quoted_in_short(library: Library) -> None:
    former = put_aside(library, MET, AGREED, SPOKE)
    report = outcome(library, former, replaced(library, "# Notice\n\nThis page was taken down."))
    assert report is not None
    assert report.counts == {State.GONE: 3}
    assert report.line == (
        f"replaced talks.md: of 3 cited quotations 3 gone: “{MET}” is gone; “{AGREED}” is gone; 1 more"
    )
    assert len(report.lost) == 3


def test_one_quotation_is_spoken_of_as_one(library: Library) -> None:
    former = put_aside(library, AGREED)
    report = outcome(library, former, replaced(library, FORMER + "\n\nMore."))
    assert report is not None
    assert report.line == "replaced talks.md: of 1 cited quotation 1 unchanged"


def test_a_long_quotation_is_cut_between_words(library: Library) -> None:
    long = "The ministers spoke of data and roads and trust and trains and planes and ships and mail and the weather."
    library.add(document(f"# Notes\n\n{long}", "notes.md", "/records/notes.md"))
    former = library.document("notes.md")
    EvidenceList(library).add(cited(former, long))
    new = document("# Notes\n\nNothing.", "notes.md", "/records/notes.md")
    library.add(new)
    report = outcome(library, former, new)
    assert report is not None
    assert report.lost == (
        "“The ministers spoke of data and roads and trust and trains and planes and ships …” is gone",
    )


def test_programs_get_every_quotation_and_every_count(library: Library) -> None:
    former = put_aside(library, MET, AGREED)
    report = outcome(library, former, replaced(library, f"# Talks\n\n{MET}"))
    assert report is not None
    assert json.loads(json.dumps(report.object)) == {
        "document": "talks.md",
        "quotations": 2,
        "same": 1,
        "moved": 0,
        "changed": 0,
        "gone": 1,
        "outcomes": [
            {"item": 1, "quote": MET, "state": "same", "now": None},
            {"item": 2, "quote": AGREED, "state": "gone", "now": None},
        ],
    }


def test_what_an_earlier_version_lost_is_no_news(library: Library) -> None:
    put_aside(library, MET, AGREED)
    replaced(library, f"# Talks\n\n{MET}")
    former = library.document("talks.md")
    report = outcome(library, former, replaced(library, f"# Talks\n\nIt rained.\n\n{MET}"))
    assert report is not None
    assert [(q.quote, q.state) for q in report.quotations] == [(MET, State.MOVED)]


def test_a_text_that_stays_under_another_name_keeps_its_quotations(library: Library) -> None:
    former = put_aside(library, AGREED)
    library.add(document(FORMER, "copy.md", "/records/copy.md"))
    report = outcome(library, former, replaced(library, "# Talks\n\nNothing."))
    assert report is not None
    assert report.counts == {State.SAME: 1}


def test_quotations_of_other_records_do_not_count(library: Library) -> None:
    library.add(document(f"# Other\n\n{AGREED}", "other.md", "/records/other.md"))
    EvidenceList(library).add(cited(library.document("other.md"), AGREED))
    former = library.document("talks.md")
    assert outcome(library, former, replaced(library, "# Talks\n\nNothing.")) is None


def test_what_was_taken_from_the_list_does_not_count(library: Library) -> None:
    former = put_aside(library, AGREED)
    EvidenceList(library).remove(1)
    assert outcome(library, former, replaced(library, "# Talks\n\nNothing.")) is None
