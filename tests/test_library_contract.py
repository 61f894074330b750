"""The contract of `index.library.Library`: tests that every kind of storage must pass, through the protocol alone."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.reading import founding_records
from index import library as library_module
from index.errors import LibraryError, StaleIndex, UnknownDocument
from index.feedback import FeedbackRow
from index.library import Library, library_exists, open_library, read_documents, restore_library
from index.models.encoder import Progress, Vectors
from index.record_sets import RecordSetRow
from index.search.filters import Filters
from index.settings import Settings
from index.users import AuditRow, SessionRow, TokenRow, UserRole, UserRow
from index.values import Added, ConversationRow, EvidenceRow, TurnRow
from support.generated_texts import document, texts
from support.library_state import file_document, names, searched
from support.word_counts import WordCounts

# Two documents with the same words, so that every search has equal scores.
ALIKE = ("# Talks\n\nThey agreed.\n\nThey agreed.", "# Talks\n\nThey agreed. \n\nThey agreed.")

NewLocation = Callable[[], str]


@dataclass(frozen=True)
class StorageKind:
    """A kind of storage.

    Attributes:
        new_location: returns the location of a new library.
        is_lasting: other processes open the same library, and it can be backed up; False for one in memory.
    """

    new_location: Callable[[pytest.TempPathFactory], str]
    is_lasting: bool = True


# Another kind is a row.
STORAGES = {"sqlite": StorageKind(lambda folders: str(folders.mktemp("library") / "library"))}
lasting_storages = pytest.mark.parametrize(
    "new_location", [name for name, storage in STORAGES.items() if storage.is_lasting], indirect=True
)


@pytest.fixture(scope="module", params=STORAGES)
def new_location(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewLocation:
    storage = STORAGES[request.param]
    return lambda: storage.new_location(tmp_path_factory)


@pytest.fixture
def location(new_location: NewLocation) -> str:
    return new_location()


def opened(location: str, records: bool = False, encoder: WordCounts | None = None, **numbers: Any) -> Library:
    return open_library(location, Settings(**numbers), encoder=encoder or WordCounts(), founding=records)


# What stays the same.


def test_reopening_changes_no_hit(location: str) -> None:
    library = opened(location, records=True)
    library.add(document(ALIKE[0], "a.md"))
    before = searched(library)
    assert searched(opened(location)) == before
    assert before[0] != []


def test_searching_twice_gives_the_same(location: str) -> None:
    library = opened(location, records=True)
    assert searched(library) == searched(library)


def test_adding_and_then_removing_a_document_leaves_every_search_as_it_was(location: str) -> None:
    library = opened(location, records=True)
    before = searched(library)
    library.add(document(ALIKE[0], "a.md"))
    library.add(document(ALIKE[1], "b.md"))
    assert searched(library) != before
    library.remove("a.md")
    library.remove("b.md")
    assert searched(library) == before


@pytest.mark.parametrize("name", ["a.md", "b.md", "2020-07-22-g20-mic.txt"])
def test_removing_a_document_and_adding_it_again_gives_the_same_hits(location: str, name: str) -> None:
    library = opened(location, records=True)
    library.add(document(ALIKE[0], "a.md"))
    library.add(document(ALIKE[1], "b.md"))
    before, removed = searched(library), library.document(name)
    library.remove(name)
    library.add(removed)
    assert searched(library) == before


def test_the_order_of_adding_changes_no_hit(new_location: NewLocation) -> None:
    first, second = opened(new_location()), opened(new_location())
    made = [document(text, f"{name}.md") for name, text in zip("ab", ALIKE, strict=True)]
    for there, back in zip(made, reversed(made), strict=True):
        first.add(there)
        second.add(back)
    assert searched(first) == searched(second)


def test_reindexing_changes_no_hit(location: str) -> None:
    library = opened(location, records=True)
    before, passages = searched(library), library.counts()["passages"]
    assert library.reindex() == passages
    assert searched(library) == before


@given(st.lists(texts, min_size=2, max_size=4, unique=True), texts)
@settings(max_examples=20, deadline=None)
def test_any_document_that_comes_and_goes_leaves_no_trace(
    new_location: NewLocation, held: list[str], passing: str
) -> None:
    location = new_location()
    library = opened(location)
    for i, text in enumerate(held):
        library.add(document(text, f"{i}.md"))
    before = searched(library)
    if library.add(document(passing, "passing.md")).outcome == "added":
        library.remove("passing.md")
    assert searched(opened(location)) == before
    for i, text in enumerate(held):
        assert library.document(f"{i}.md") == document(text, f"{i}.md")


def test_a_document_comes_back_as_it_went_in(location: str) -> None:
    library = opened(location)
    for record in founding_records():
        library.add(record)
    assert library.documents() == list(founding_records())


def test_the_documents_stand_in_the_order_of_their_days(location: str) -> None:
    library = opened(location)
    for name, day in (("c.md", "date: 2021-01-01"), ("b.md", "meeting_date: 2020-01-01"), ("a.md", "place: x")):
        library.add(document(f"---\n{day}\n---\nThey met.", name))
    assert [found.name for found in library.documents()] == ["b.md", "c.md", "a.md"]


def test_the_library_counts_what_it_holds(location: str) -> None:
    library = opened(location)
    assert library.counts() == {"documents": 0, "passages": 0, "sentences": 0}
    library.add(document("# Talks\n\nThey met. They agreed.\n\n- One\n- Two", "a.md"))
    assert library.counts() == {"documents": 1, "passages": 4, "sentences": 5}


def derived(library: Library, values: list[float]) -> tuple[list[float], int]:
    """Return the numbers that the library has under a name, and how often they were computed."""
    calls: list[int] = []

    def derive() -> list[float]:
        calls.append(1)
        return values

    with library.snapshot() as view:
        assert view.derived("cosines", derive) == view.derived("cosines", derive)
        return view.derived("cosines", derive), len(calls)


def test_derived_numbers_are_computed_once_for_each_state(location: str) -> None:
    library = opened(location)
    assert derived(library, [0.1, -1 / 3]) == ([0.1, -1 / 3], 1)
    assert derived(library, [2.0]) == ([0.1, -1 / 3], 0)
    library.add(document("They met.", "a.md"))
    assert derived(library, []) == ([], 1)
    assert derived(library, [2.0]) == ([], 0)


@lasting_storages
def test_derived_numbers_are_there_for_whoever_opens_the_library_next(location: str) -> None:
    assert derived(opened(location), [0.1, -1 / 3]) == ([0.1, -1 / 3], 1)
    assert derived(opened(location), [2.0]) == ([0.1, -1 / 3], 0)
    opened(location).add(document("They met.", "a.md"))
    assert derived(opened(location), [2.0]) == ([2.0], 1)


@lasting_storages
def test_the_documents_are_read_without_an_encoder(location: str) -> None:
    with pytest.raises(LibraryError):
        read_documents(location)
    library = opened(location)
    library.add(document("They met.", "a.md"))
    assert read_documents(location) == library.documents()


def test_an_error_of_who_reads_a_state_is_no_damage(location: str) -> None:
    with pytest.raises(ValueError, match="no number"), opened(location).snapshot():
        raise ValueError("no number")


def test_a_passage_knows_its_sentences_and_their_vectors(location: str) -> None:
    library = opened(location)
    library.add(document("---\ntitle: T\n---\nThey met. They agreed.", "a.md"))
    with library.snapshot() as view:
        ((identity, _),) = view.search_dense(WordCounts().encode_query("met"), 9)
        spans, vectors = view.sentences(identity)
        assert view.passage(identity).text == "They met. They agreed."
        for read in (view.passage, view.sentences):
            with pytest.raises(KeyError):
                read(identity + 1)
    text = library.document("a.md").text
    assert [span.of(text) for span in spans] == ["They met.", "They agreed."]
    assert np.array_equal(vectors, WordCounts().encode_passages(["T: They met.", "T: They agreed."]))


# Names.


def test_the_same_text_under_another_name_is_kept_once_and_every_name_works(location: str) -> None:
    library = opened(location)
    outcomes = [library.add(file_document(path, "They met.")) for path in ("/x/a.md", "/x/b.md", "/x/b.md", "/x/a.md")]
    assert outcomes == [
        Added("a.md", "added"),
        Added("a.md", "same as"),
        Added("a.md", "unchanged"),
        Added("a.md", "unchanged"),
    ]
    assert {library.document(name).name for name in ("a.md", "b.md", "a", "b", "/x/a.md", "/x/b.md")} == {"a.md"}
    assert names(library) == ["a.md"]


def test_the_same_name_from_another_folder_gets_the_shortest_unique_ending_of_its_path(location: str) -> None:
    library = opened(location)
    paths = ["/x/y/a.md", "/z/y/a.md", "/w/y/a.md", "/w/v/y/a.md"]
    added = [library.add(file_document(path, f"They met {i} times.")) for i, path in enumerate(paths)]
    assert [(a.name, a.outcome) for a in added] == [
        ("a.md", "added"),
        ("y/a.md", "added"),
        ("w/y/a.md", "added"),
        ("v/y/a.md", "added"),
    ]
    assert [library.document(a.name).text for a in added] == [f"They met {i} times." for i in range(4)]
    assert [library.document(path).name for path in paths] == [a.name for a in added]


def test_the_same_name_and_text_from_another_folder_is_the_same_document(location: str) -> None:
    library = opened(location)
    added = [library.add(file_document(path, "They met.")) for path in ("/x/a.md", "/y/a.md", "/y/a.md")]
    assert [a.outcome for a in added] == ["added", "same as", "unchanged"]
    assert library.document("/y/a.md").name == "a.md"


def test_the_same_file_with_another_text_is_a_new_version(location: str) -> None:
    library = opened(location)
    first = file_document("/x/a.md", "They met.")
    library.add(first)
    assert library.add(file_document("/x/a.md", "They parted.")) == Added("a.md", "replaced", first)
    assert [(d.name, d.text) for d in library.documents()] == [("a.md", "They parted.")]
    assert library.counts()["passages"] == 1
    with library.snapshot() as view:
        assert view.search_lexical("met", 9) == []


def test_a_new_version_of_a_file_leaves_its_twin_what_it_had(location: str) -> None:
    library = opened(location)
    first = file_document("/x/a.md", "They met.")
    library.add(first)
    library.add(file_document("/y/b.md", "They met."))
    assert library.add(file_document("/x/a.md", "They parted.")) == Added("a.md", "replaced", first)
    assert [(d.name, d.text, d.source.path) for d in library.documents()] == [
        ("a.md", "They parted.", "/x/a.md"),
        ("b.md", "They met.", "/y/b.md"),
    ]
    assert library.document("/x/a.md").text == "They parted."


def test_a_new_version_of_the_second_file_of_a_text_is_a_document_of_its_own(location: str) -> None:
    library = opened(location)
    library.add(file_document("/x/a.md", "They met."))
    library.add(file_document("/y/b.md", "They met."))
    assert library.add(file_document("/y/b.md", "They parted.")) == Added("b.md", "added")
    assert [library.document(name).text for name in ("a.md", "b.md")] == ["They met.", "They parted."]


def test_a_file_that_takes_on_the_text_of_another_gives_its_former_text_up(location: str) -> None:
    library = opened(location)
    first = file_document("/x/a.md", "They met.")
    library.add(first)
    library.add(file_document("/x/b.md", "They parted."))
    assert library.add(file_document("/x/a.md", "They parted.")) == Added("b.md", "same as", first)
    assert names(library) == ["b.md"]
    assert library.document("a.md").name == "b.md"
    assert library.add(file_document("/x/a.md", "They parted.")) == Added("b.md", "unchanged")


def test_a_name_without_its_suffix_is_enough_when_it_is_the_only_one(location: str) -> None:
    library = opened(location)
    library.add(document("They met.", "a.md"))
    library.add(document("They parted.", "b.md"))
    library.add(document("They agreed.", "b.txt"))
    assert library.document("a").name == "a.md"
    with pytest.raises(UnknownDocument, match="b: 2 documents have this name; give the whole one"):
        library.document("b")


@pytest.mark.parametrize(
    ("name", "said"), [("nothing.md", "nothing.md"), ("", ""), ("x\x1b[31m\u202e", r"x\\x1b\[31m\\u202e")]
)
def test_an_unknown_document_is_named_and_escaped(location: str, name: str, said: str) -> None:
    library = opened(location)
    for asked in (library.document, library.remove):
        with pytest.raises(UnknownDocument, match=f"^{said}: no such document in the library"):
            asked(name)


@pytest.mark.parametrize("name", ["a'b\".md", "%_*?[a].md", "x\ny.md", "\u202egpj.md", "会合.md", "a" * 255])
def test_an_odd_name_is_kept_as_it_is(location: str, name: str) -> None:
    library = opened(location)
    library.add(document("They met.", name))
    assert library.document(name).name == name
    assert library.remove(name) == [name]
    assert library.documents() == []


# The founding records.


def test_a_new_library_takes_the_founding_records_once(location: str) -> None:
    assert names(opened(location, records=True)) == [record.name for record in founding_records()]
    assert len(opened(location, records=True).documents()) == 5


def test_a_removed_founding_record_does_not_come_back(location: str) -> None:
    opened(location, records=True).remove("2020-07-22-g20-mic.txt")
    assert "2020-07-22-g20-mic.txt" not in names(opened(location, records=True))
    assert len(names(opened(location, records=True))) == 4


def test_a_library_begun_without_founding_records_stays_without(location: str) -> None:
    opened(location, records=False)
    assert opened(location, records=True).documents() == []


def test_the_progress_of_the_founding_records_ends_at_all(location: str) -> None:
    seen: list[tuple[int, int]] = []
    open_library(location, encoder=WordCounts(), progress=lambda done, of: seen.append((done, of)))
    assert seen[-1][0] == seen[-1][1] > 100


# A library of another model.


def test_a_library_of_another_model_says_so_and_is_mended_by_reindexing(location: str) -> None:
    opened(location, records=True)
    other = opened(location, encoder=WordCounts("other counts"))
    assert other.is_stale()
    match = "encoded with word counts, but the settings name other counts; rebuild it with: rapporteur reindex"
    with pytest.raises(StaleIndex, match=match), other.snapshot():
        pass
    with pytest.raises(StaleIndex, match=match):
        other.add(document("They met."))
    assert other.document("2020-07-22-g20-mic").name == "2020-07-22-g20-mic.txt"
    other.reindex()
    assert not other.is_stale()
    assert searched(other) == searched(opened(location, encoder=WordCounts("other counts")))
    assert opened(location).is_stale()


def test_a_library_of_another_cut_says_so_and_is_mended_by_reindexing(location: str) -> None:
    opened(location, records=True)
    other = opened(location, passage_characters=300)
    with (
        pytest.raises(StaleIndex, match=r"passages of 1000 characters.*300 characters.*rapporteur reindex"),
        other.snapshot(),
    ):
        pass
    assert other.reindex() > 150
    assert searched(other)[0] != []


class Failing(WordCounts):
    """An encoder that fails at its nth text, or gives what an encoder may not."""

    def __init__(self, wrong: Callable[[Vectors], Vectors]) -> None:
        super().__init__()
        self.wrong = wrong

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.wrong(super().encode_passages(texts, progress))


def raises(vectors: Vectors) -> Vectors:
    raise RuntimeError("out of memory")


WRONG: list[Callable[[Vectors], Vectors]] = [
    raises,
    lambda v: v * 2,
    lambda v: v[1:],
    lambda v: v.astype(np.float64),
    lambda v: v * np.nan,
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_failed_add_or_reindex_leaves_what_was_there(location: str, wrong: Callable[[Vectors], Vectors]) -> None:
    before = searched(opened(location, records=True))
    library = opened(location, encoder=Failing(wrong))
    with pytest.raises((RuntimeError, ValueError)):
        library.add(document("# They met.\n\nThey agreed.", "a.md"))
    with pytest.raises((RuntimeError, ValueError)):
        library.reindex()
    assert searched(opened(location)) == before
    assert opened(location).counts()["documents"] == 5


def test_a_first_start_that_fails_can_be_repeated(location: str) -> None:
    with pytest.raises(RuntimeError, match="out of memory"):
        opened(location, records=True, encoder=Failing(raises))
    assert len(opened(location, records=True).documents()) == 5


# Several at once.


def test_threads_that_add_at_once_lose_nothing(location: str) -> None:
    library = opened(location)
    failed: list[Exception] = []

    def add(first: int) -> None:
        try:
            for i in range(first, first + 5):
                library.add(document(f"They met {i} times.", f"{i}.md"))
                searched(library)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 5, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert names(library) == sorted(f"{i}.md" for i in range(15))
    assert library.counts()["passages"] == 15


_ADD = """
import sys
from index.library import open_library
from support.generated_texts import document
from support.library_state import file_document, names, searched
from support.word_counts import WordCounts
library = open_library(sys.argv[1], encoder=WordCounts())
for i in map(int, sys.argv[2:]):
    library.add(document(f"They met {i} times.", f"{i}.md"))
    with library.snapshot() as view:
        assert view.search_lexical("met", 99)
"""


@lasting_storages
def test_processes_that_begin_a_library_and_add_at_once_lose_nothing(location: str) -> None:
    root = Path(__file__).resolve().parents[1]
    surroundings = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _ADD, location, *map(str, range(first, first + 4))],
            env=surroundings,
            stderr=subprocess.PIPE,
            text=True,
        )
        for first in (0, 4, 8)
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [("", 0)] * 3
    library = opened(location)
    assert len(library.documents()) == 5 + 12
    assert {f"{i}.md" for i in range(12)} < set(names(library))


def test_a_view_stays_what_it_was_while_others_add_and_remove(location: str) -> None:
    library = opened(location)
    library.add(document("They met.", "a.md"))
    with library.snapshot() as view:
        library.add(document("They met again.", "b.md"))
        library.remove("a.md")
        searched(library)
        assert [d.name for d in view.documents] == ["a.md"]
        ((identity, _),) = view.search_lexical("met", 9)
        assert view.passage(identity).text == "They met."
        assert view.passage_count == 1
    assert names(library) == ["b.md"]


def test_what_one_process_adds_another_sees_at_its_next_view(location: str) -> None:
    reader, writer = opened(location), opened(location)
    assert searched(reader)[4] == []
    writer.add(document("They agreed.", "a.md"))
    assert [hit[0] for hit in searched(reader)[4]] == ["a.md"]


def test_a_first_start_that_was_stopped_may_be_finished_with_another_model(location: str) -> None:
    class Stopped(WordCounts):
        def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_library(location, encoder=Stopped("one"))
    library = open_library(location, encoder=WordCounts("another"))
    assert not library.is_stale()
    assert len(library.documents()) == 5
    assert library.check() == []


def test_a_removed_document_is_gone_under_each_of_its_names(location: str) -> None:
    library = opened(location)
    library.add(file_document("/x/a.md", "They met."))
    library.add(file_document("/x/b.md", "They met."))
    assert library.remove("b") == ["a.md"]
    assert library.counts() == {"documents": 0, "passages": 0, "sentences": 0}
    assert (library.source("/x/a.md"), library.source("/x/b.md")) == (None, None)


# The other methods, each once.


def test_a_location_has_a_library_once_it_is_opened(location: str) -> None:
    assert not library_exists(location)
    library = opened(location)
    assert library_exists(location)
    assert library.location == location
    assert library.stamp() == ("word counts", Settings().stamp)
    assert library.stored_bytes() > 0
    assert library.check() == []


def test_a_document_that_takes_too_many_bytes_beside_the_others_is_refused(location: str) -> None:
    library = opened(location)
    text, large = "They met in Größe.", b"1" * 500_000

    def added(path: str, original: bytes, text: str = text, most: int = 500_000) -> str:
        size = len(text.encode())
        return library.add(file_document(path, text), original, most_bytes=most + size).outcome

    assert added("/x/a.md", large) == "added"
    with pytest.raises(CorpusError, match=r"b\.md: your other private documents take 0\.5 of 0 MB"):
        added("/x/b.md", b"2", "They met again.")
    assert names(library) == ["a.md"]
    assert added("/x/a.md", b"2" * 500_000, "They met again, but not in Größe.") == "replaced"
    assert added("/x/a.md", large) == "replaced"
    assert added("/y/a.md", large) == "same as"
    # Now the former version stays, as the other file's.
    with pytest.raises(CorpusError, match="this one does not fit"):
        added("/x/a.md", b"3", "They met again.")
    with pytest.raises(CorpusError, match="this one does not fit"):
        added("/x/a.md", large, "They met again.", most=499_999)
    assert library.add(file_document("/x/b.md", "They met again."), b"2").outcome == "added"


def test_two_documents_that_are_added_at_the_same_time_do_not_take_too_many_bytes_together(location: str) -> None:
    library, other = opened(location), opened(location)
    half = b"1" * 500_000

    def add_another(*_: int) -> None:
        other.add(file_document("/x/b.md", "They met again."), half, most_bytes=900_000)

    with pytest.raises(CorpusError, match="this one does not fit"):
        library.add(file_document("/x/a.md", "They met."), half[1:], add_another, most_bytes=900_000)
    assert names(library) == ["b.md"]


def test_filters_choose_the_documents_that_are_searched(location: str) -> None:
    library = opened(location)
    for name in ("a.md", "b.md"):
        library.add(document(f"They agreed on {name}.", name))
    with library.snapshot() as view:
        assert [d.name for d in view.documents] == ["a.md", "b.md"]
        filters = Filters(names=frozenset({"b.md"}))
        dense = view.search_dense(library.encoder.encode_query("agreed"), 9, filters)
        lexical = view.search_lexical("agreed", 9, filters)
        assert [i for i, _ in dense] == [i for i, _ in lexical] == [i for i, _ in view.passages_of(view.documents[1])]


def test_the_vocabulary_of_a_state(location: str) -> None:
    library = opened(location)
    library.add(document("They agreed on Data Free Flow with Trust (DFFT). Trieste hosted them. 日本語版", "a.md"))
    with library.snapshot() as view:
        assert {"agreed", "trieste"} < view.words
        assert (view.frequency("agree"), view.frequency("parted")) == (1, 0)
        assert [view.frequency(term) for term in ("日本語", "日本", "語日本", "語")] == [1, 1, 0, 0]
        assert view.long_form("dfft") == "data free flow with trust"
        assert view.short_form("data free flow with trust") == "dfft"
        assert (view.writes_as_name("trieste"), view.writes_as_name("agreed")) == (True, False)
        assert view.passage_count == len(view.passages_of(view.documents[0]))
        before = view.generation
        assert library.generation() == before
    library.remove("a.md")
    with library.snapshot() as view:
        assert view.generation == library.generation() != before


def test_the_file_of_a_document_is_kept_with_its_source(location: str) -> None:
    library = opened(location)
    library.add(file_document("/x/a.md", "They met."), b"They met.")
    assert library.original("a.md") == (b"They met.", "text/markdown")
    ((source,), whole) = library.sources_under("/x"), library.source("/x/a.md")
    assert source == whole
    assert (source.path, source.document, source.is_outdated, source.is_primary) == ("/x/a.md", "a.md", False, True)
    assert library.sources_under("/y") == []
    assert library.move_source("/x/a.md", "/x/b.md", "b.md") == "b.md"
    assert library.document("b.md").source.path == "/x/b.md"
    assert library.remove_sources(["/x/b.md"]) == {}
    assert library.documents() == []


def test_a_correction_outlives_the_document(location: str) -> None:
    library = opened(location)
    first = file_document("/x/a.md", "They met.")
    library.add(first)
    assert library.correct("a.md", {"title": "Talks"}).title == "Talks"
    assert library.document_as_read("a.md") == first
    assert [(s.name, s.title, s.is_corrected) for s in library.summaries()] == [("a.md", "Talks", True)]
    library.remove("a.md")
    assert library.corrections("/x/a.md") == {"title": "Talks"}
    library.add(first)
    assert library.document("a.md").title == "Talks"


def test_versions_and_near_duplicates_are_found_by_their_text(location: str) -> None:
    library = opened(location)
    text = "\n\n".join(f"The panel of year {i} recommended sharing methods number {i} with others." for i in range(12))
    first = document(text, "a.md")
    library.add(first)
    duplicate = library.near_duplicate(document(f"{text}\n\nThey met again.", "b.md"))
    assert duplicate is not None
    assert (duplicate.name, duplicate.share > 0.9) == ("a.md", True)
    assert library.version_of(first.id, "other.md") == library.version_of("0" * 64, "a.md") == first
    assert library.version_of("0" * 64, "other.md") is None
    assert library.remove_texts(first.id) == ["a.md"]


def test_the_evidence_list_is_changed_whole_or_not_at_all(location: str) -> None:
    library = opened(location)
    with library.change_evidence() as evidence:
        first = evidence.insert(EvidenceRow(0, 2, "{}", "[]", "first"))
        second = evidence.insert(EvidenceRow(0, 1, "{}", "[]", "second", note="n"))
    assert [(row.id, row.reference) for row in library.evidence_rows()] == [(second, "second"), (first, "first")]

    def change_and_fail() -> None:
        with library.change_evidence() as evidence:
            evidence.update([EvidenceRow(first, 0, "{}", "[]", "first", removed=1)])
            evidence.delete([row for row in evidence.rows() if row.id == second])
            assert [row.removed for row in evidence.rows()] == [1]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert [(row.id, row.removed) for row in library.evidence_rows()] == [(second, None), (first, None)]


def test_conversations_are_kept_by_user_and_changed_whole_or_not_at_all(location: str) -> None:
    library = opened(location)
    with library.change_conversations() as stored:
        for name, used in (("a", "2026-01-01T00:00:00Z"), ("b", "2026-01-02T00:00:00Z")):
            stored.put(ConversationRow(name, "ada", f"Talk {name}", used))
            stored.put_turn(TurnRow(name, 0, f"Question of {name}?"))
        stored.put(ConversationRow("c", "bo", "Another user's", "2026-01-03T00:00:00Z"))
        stored.put_turn(TurnRow("c", 0, "Whose?"))
    assert [row.id for row in library.conversation_rows("ada")] == ["b", "a"]
    assert library.questions("ada") == [("a", "Question of a?"), ("b", "Question of b?")]
    assert library.questions("nobody") == []
    assert library.turn_rows("nothing") == []
    assert library.conversation_rows("") == []
    assert library.conversation_row("ada", "a") == ConversationRow("a", "ada", "Talk a", "2026-01-01T00:00:00Z")
    others = (("ada", "c"), ("ada", "d"), ("", "a"), ("ada", "\ud800"))
    assert [library.conversation_row(*of) for of in others] == [None] * 4

    def change_and_fail() -> None:
        with library.change_conversations() as stored:
            stored.delete("b")
            removed = ConversationRow("a", "ada", "New name", "2026-01-04T00:00:00Z", removed=1)
            stored.put(removed)
            assert (stored.row("ada", "a"), stored.row("ada", "b"), stored.row("bo", "a")) == (removed, None, None)
            assert (stored.turns("b"), [row.id for row in stored.rows("ada")]) == ([], ["a"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert [(row.id, row.name, row.removed) for row in library.conversation_rows("ada")] == [
        ("b", "Talk b", None),
        ("a", "Talk a", None),
    ]
    with library.change_conversations() as stored:
        stored.put_turn(TurnRow("a", 0, "Asked again?", '{"years": [2020]}', "{}"))
        stored.put_turn(TurnRow("a", 1, "And then?"))
        stored.delete("b")
    assert library.turn_rows("a") == [
        TurnRow("a", 0, "Asked again?", '{"years": [2020]}', "{}"),
        TurnRow("a", 1, "And then?"),
    ]
    assert library.turn_rows("b") == []


def test_sets_of_records_are_kept_by_user_and_changed_whole_or_not_at_all(location: str) -> None:
    library = opened(location)
    one, other = RecordSetRow("a", "ada", "Budget", '[["a.md", "0"]]'), RecordSetRow("b", "bo", "Budget", "[]")
    with library.change_record_sets() as stored:
        for row in (one, other, RecordSetRow("c", "ada", "Apples", "[]")):
            stored.put(row)
        assert [row.name for row in stored.rows("ada")] == ["Apples", "Budget"]

    def change_and_fail() -> None:
        with library.change_record_sets() as stored:
            stored.delete("c")
            stored.put(RecordSetRow("a", "ada", "Renamed", "[]", removed=1))
            assert [row.name for row in stored.rows("ada")] == ["Renamed"]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert library.record_set_rows("ada")[1:] == [one]
    with library.change_record_sets() as stored:
        stored.delete("c")
        stored.put(RecordSetRow("a", "ada", "Budgets", "[]", removed=1))
    assert library.record_set_rows("ada") == [RecordSetRow("a", "ada", "Budgets", "[]", 1)]
    assert library.record_set_rows("bo") == [other]


def test_users_are_kept_and_go_with_all_that_is_theirs(location: str) -> None:
    library = opened(location)
    ada, bo = (
        UserRow("1", "ada", UserRole.ADMIN, "2026-01-01"),
        UserRow("2", "bo", UserRole.READER, "2026-01-02", "hash", True),
    )
    session = SessionRow("s", "2", "2026-01-03", "2026-01-09")
    token = TokenRow("t", "2", "script", "2026-01-03", "2027-01-01")
    with library.change_users() as stored:
        for row in (bo, ada):
            stored.put(row)
        stored.put_session(session)
        stored.put_session(SessionRow("other", "2", "2026-01-03", "2026-01-09"))
        stored.put_token(token)
        stored.log(AuditRow("2026-01-03", "ada", "add user", "bo", "reader"))
        stored.log(AuditRow("2026-01-04", "bo", "login"))
    with library.change_conversations() as conversations:
        conversations.put(ConversationRow("c", "2", "Talk", "2026-01-03"))
    with library.change_evidence() as evidence:
        evidence.insert(EvidenceRow(0, 1, "{}", "[]", "of bo", owner="2"))
        evidence.insert(EvidenceRow(0, 1, "{}", "[]", "of nobody"))
    with library.change_record_sets() as sets:
        sets.put(RecordSetRow("r", "2", "Of bo", "[]"))
        sets.put(RecordSetRow("q", "", "Of nobody", "[]"))
    with library.change_evidence() as evidence:
        assert [row.reference for row in evidence.rows("2")] == ["of bo"]
    assert library.user_rows() == [ada, bo]
    assert (library.session_row("s"), library.token_row("t"), library.session_row("x")) == (session, token, None)
    assert [row.action for row in library.audit_rows(1)] == ["login"]
    with library.change_users() as stored:
        stored.delete_sessions("2", but="s")
        stored.put_token(TokenRow("t", "2", "script", "2026-01-03", "2027-01-01", "2026-02-01"))
    assert library.session_row("other") is None
    assert [row.revoked for row in library.token_rows("2")] == ["2026-02-01"]
    with library.change_users() as stored:
        stored.put_session(SessionRow("later", "1", "2026-01-10", "2026-01-17"))
    assert library.session_row("s") is None
    with library.change_users() as stored:
        stored.delete("2")
        assert stored.rows() == [ada]
    assert (library.conversation_rows("2"), library.evidence_rows("2"), library.token_row("t")) == ([], [], None)
    assert [row.reference for row in library.evidence_rows()] == ["of nobody"]
    assert (library.record_set_rows("2"), [row.name for row in library.record_set_rows("")]) == ([], ["Of nobody"])
    assert [row.user for row in library.audit_rows(9)] == ["bo", "ada"]
    assert [row.user for row in library.audit_rows(9, skip=1)] == ["ada"]
    assert [row.action for row in library.audit_rows(9, user="ada")] == ["add user"]
    assert library.audit_rows(9, user="ada", action="login") == []
    assert library.audit_values() == (["ada", "bo"], ["add user", "login"])


def test_judgements_are_kept_by_user_and_question(location: str) -> None:
    library = opened(location)
    of_ada = FeedbackRow("ada", "c", 0, "Why?", "helpful", "2026-01-02", "[]", "{}", "quotes", "So.", "[]")
    of_bo = replace(of_ada, owner="bo", time="2026-01-01")
    with library.change_feedback() as stored:
        for row in (of_ada, of_bo, replace(of_ada, question="How?", time="2026-01-03")):
            stored.put(row)
        stored.put(replace(of_ada, verdict="not helpful"))
        stored.delete("ada", "c", 0, "How?")
        stored.delete("ada", "c", 7, "Why?")
    assert library.feedback_rows() == [of_bo, replace(of_ada, verdict="not helpful")]
    assert library.feedback_rows("bo") == [of_bo]
    assert library.feedback_rows("") == []

    def change_and_fail() -> None:
        with library.change_feedback() as stored:
            stored.delete("bo", "c", 0, "Why?")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    with library.change_users() as users:
        users.put(UserRow("ada", "ada", UserRole.READER, "2026-01-01"))
        users.delete("ada")
    assert library.feedback_rows() == [of_bo]


@lasting_storages
def test_a_backup_becomes_a_library_again(new_location: NewLocation, tmp_path: Path) -> None:
    library = opened(new_location(), records=True)
    library.add(document("They met.", "a.md"))
    library.backup(tmp_path / "backup")
    other = new_location()
    assert restore_library(tmp_path / "backup", other) is None
    assert searched(opened(other)) == searched(library)
    assert opened(other).documents() == library.documents()


# Addresses.


@pytest.mark.parametrize("rest", ["", "host/name"])
@pytest.mark.parametrize("address", ["memory:", "memory:/", "memory://", Path("memory:")])
def test_an_address_reaches_the_storage_of_its_scheme(
    address: str | Path, rest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Memory:
        def library_exists(self, location: str) -> bool:
            return location == f"memory://{rest}"

    monkeypatch.setitem(library_module._BACKENDS, "memory", Memory)
    assert library_exists(address / rest if isinstance(address, Path) else address + rest)


@pytest.mark.parametrize(
    ("address", "name"), [("postgresql://host/name", "PostgreSQL"), ("tape:", "tape"), (Path("notes:x"), "notes")]
)
def test_an_address_of_no_storage_is_refused(address: str | Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "_BACKENDS", dict.fromkeys(["", "memory"]))
    message = f"stores libraries in folders or memory:, not in {name}; give a folder, by its absolute path if"
    with pytest.raises(LibraryError, match=message):
        library_exists(address)


@pytest.mark.parametrize("name", ["C:\\library", "c:library", "./notes:2020", "Notes:2020"])
def test_a_folder_with_a_colon_is_no_address(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not library_exists(name)
    assert not library_exists(tmp_path / "notes:2020")
