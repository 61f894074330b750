"""Tell versions of one record apart: in the headings of an answer, in its notes, and when a record is added."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.heading import source_headings
from assistant.replies.wording import meeting_label
from corpus.document import Document
from corpus.reading import document_from
from index.library import Library, open_library
from index.settings import Settings
from index.versions import are_versions, has_same_title, version_of
from support.word_counts import WordCounts

REST = (
    "The Board thanked the harbour master for his many years of service to the town. "
    "The report on the state of the cranes will be given to the members before the summer."
)


def minutes(name: str, until: str, day: str = "4 March 2025") -> Document:
    text = f"Pier Board\n\nMinutes of {day}\n\nThe pier is closed to carts until {until} of this year.\n\n{REST}\n"
    return document_from(text, name, "text/plain")


DRAFT = minutes("pier-board-draft.txt", "June")
APPROVED = minutes("pier-board-v2-approved.txt", "July")
OTHER = minutes("pier board april.txt", "August", "1 April 2025")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("minutes v2.txt", "v2"),
        ("minutes_rev 1.3_FINAL.txt", "v1.3, final"),
        ("Protokoll-Entwurf.txt", "entwurf"),
        ("議事録（案）.txt", "案"),
        ("quai_compte-rendu_projet.txt", "projet"),
        ("quai_compte-rendu_rectificatif.txt", "rectificatif"),
        ("quai_compte-rendu_rectifié_adopté.txt", "rectifié, adopté"),
        ("Kai-Protokoll, berichtigte Fassung.txt", "berichtigte"),
        ("Kai-Protokoll_genehmigt.txt", "genehmigt"),
        ("acta-muelle-borrador.txt", "borrador"),
        ("acta-muelle-rectificada.txt", "rectificada"),
        ("acta_muelle_aprobada.txt", "aprobada"),
        ("minutes (1).txt", ""),
        ("vienna minutes.txt", ""),
    ],
)
def test_the_name_marks_the_version(name: str, label: str) -> None:
    assert version_of(minutes(name, "June")).label == label


def test_approved_is_newer_than_final_and_that_than_a_draft() -> None:
    names = ["a draft.txt", "a.txt", "a v2.txt", "a final.txt", "a corrected.txt", "a approved.txt"]
    ranks = [version_of(minutes(name, "June")).rank for name in names]
    assert ranks == sorted(ranks)


def test_versions_have_the_title_the_day_and_much_of_the_text() -> None:
    assert are_versions(DRAFT, APPROVED)
    assert not are_versions(DRAFT, OTHER)
    assert not are_versions(DRAFT, DRAFT)
    agenda = document_from(
        "Pier Board\n\nAgenda of 4 March 2025\n\n1. Carts\n\n2. Cranes\n", "agenda.txt", "text/plain"
    )
    assert not are_versions(DRAFT, agenda)


def test_headings_that_would_be_alike_have_the_version_or_the_name() -> None:
    plain = minutes("pier-board.txt", "June")
    headings = source_headings([DRAFT, APPROVED, plain, OTHER])
    assert headings == {
        DRAFT.name: "Pier Board, 4 March 2025, draft",
        APPROVED.name: "Pier Board, 4 March 2025, v2, approved",
        plain.name: "Pier Board, 4 March 2025, pier-board.txt",
        OTHER.name: "Pier Board, 1 April 2025",
    }


def test_a_title_with_the_day_does_not_repeat_it() -> None:
    made = document_from("Minutes of the Pier Board, 4 March 2025\n\nIt met.\n", "a.txt", "text/plain")
    assert source_headings([made]) == {"a.txt": "Minutes of the Pier Board, 4 March 2025"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    settings = Settings(library=tmp_path_factory.mktemp("versions") / "library")
    library = open_library(settings=settings, encoder=WordCounts(), founding=False)
    library.add(DRAFT)
    return library


@pytest.mark.parametrize("title", ["Crane webinar, 22 October 2024", "Crane webinar 2024-10-22", "Webinar 22/10/2024"])
def test_a_title_with_the_day_of_publication_does_not_repeat_it(title: str) -> None:
    text = f"---\ntitle: {title}\npublished: 2024-10-22\n---\n\nThe crane will be painted before the summer comes.\n"
    document = document_from(text, "webinar.md", "text/markdown")
    assert source_headings([document]) == {"webinar.md": title}
    assert meeting_label(document, "en") == title


def test_the_other_version_is_found_when_a_record_is_added(library: Library) -> None:
    found = library.near_duplicate(APPROVED)
    assert found is not None
    assert "another version of pier-board-draft.txt" in str(found) or "nearly the same as" in str(found)


def test_versions_that_differ_are_both_quoted_the_newer_first(library: Library) -> None:
    library.add(APPROVED)
    reply = Assistant(library).ask("Until when is the pier closed to carts?").reply
    assert isinstance(reply, Answer), reply
    assert [c.document.name for c in reply.in_order] == [APPROVED.name, DRAFT.name]
    [note] = [note for note in reply.notes if "versions of one record" in note]
    assert note == (
        "pier-board-v2-approved.txt and pier-board-draft.txt are versions of one record; the newest is"
        " pier-board-v2-approved.txt (v2, approved)."
    )


@pytest.mark.parametrize(
    ("title", "line", "label"),
    [
        ("Pier Board", "DRAFT – subject to approval", "draft"),
        ("Pier Board", "Draft minutes", "draft"),
        ("Pier Board", "Minutes of 4 March 2025 as amended and approved on 1 April 2025", "amended, approved"),
        ("Pier Board", "Status: approved", "approved"),
        ("Pier Board", "Entwurf", "entwurf"),
        ("Pier Board", "The minutes of the last meeting were approved", ""),
        ("Pier Board", "Apologies were approved and the draft budget was read.", ""),
    ],
)
def test_the_lines_at_the_top_mark_the_version(title: str, line: str, label: str) -> None:
    assert version_of(document_from(f"{title}\n\n{line}\n\n{REST}\n", "a.txt", "text/plain")).label == label


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Pier Board: minutes of 4 March 2025", "Pier Board: as amended and approved on 1 April 2025", True),
        ("Minutes of the Pier Board", "Pier Board, draft minutes", True),
        ("Pier Board minutes", "Pier Board agenda", False),
        ("Pier Board", "Quay Board", False),
        ("Minutes", "Draft minutes", True),
    ],
)
def test_titles_of_versions_differ_in_marks_days_and_nouns_alone(one: str, other: str, same: bool) -> None:
    assert has_same_title(one, other) is same
