"""Private documents: the library as their owner sees it, as all others see it, and what becomes of them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.sandbox.worker import ReadingWorker
from index.errors import LibraryError, NotPrivate, UnknownDocument
from index.library import Library, open_library, restore_library
from index.private.additions import PrivateAdditions, share
from index.private.library import UserLibrary
from index.private.places import PrivateLibraries, private_location
from index.search.filters import Filters
from index.settings import Settings
from index.sync import sync
from support.generated_texts import document, texts
from support.library_state import names
from support.word_counts import WordCounts

ADA, BO = "ada-id", "bo-id"
SECRET = "# Quantum harbour\n\nThe zebra fund is frozen.\n\nThe zebras wait (ZF)."
_QUESTIONS = ("data flow with trust", "agreed", "大臣会合 デジタル", "zebra fund frozen", "The meeting")


class Users:
    """A library with a user who acts."""

    def __init__(self, folder: Path) -> None:
        self.user = ""
        self.common = open_library(folder / "library", encoder=WordCounts(), founding=False)
        self.seen = UserLibrary(self.common, lambda: self.user)

    @property
    def library(self) -> Library:
        return cast(Library, self.seen)

    def keep(self, owner: str, text: str, name: str, path: str | None = None) -> str:
        return PrivateAdditions(self.seen, owner).add(document(text, name, path), text.encode()).name

    def names(self, user: str) -> list[str]:
        self.user = user
        return names(self.library)


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path)


def state(library: Library, filters: Filters = Filters()) -> list[object]:
    """Return all that a snapshot says of the documents of a library, without the ids of passages."""
    with library.snapshot() as view:
        found: list[object] = [*view.documents, sorted(view.words), view.passage_count]
        for question in _QUESTIONS:
            for hits in (
                view.search_dense(library.encoder.encode_query(question), 9, filters),
                view.search_lexical(question, 9, filters),
            ):
                found_at = [(view.passage(identity), round(score, 5)) for identity, score in hits]
                found.append(sorted((passage.document.name, passage.span, score) for passage, score in found_at))
            found += [view.frequency(word, filters) for word in question.split()]
        for each in view.documents:
            passages = view.passages_of(each)
            found.append([p for _, p in passages])
            found.append([[(s.start, s.end) for s in view.sentences(identity)[0]] for identity, _ in passages])
        return found


@given(st.lists(texts, min_size=2, max_size=5, unique=True), st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_the_owner_sees_what_one_library_of_all_these_documents_would_show(
    tmp_path_factory: pytest.TempPathFactory, made: Sequence[str], split: int
) -> None:
    users = Users(tmp_path_factory.mktemp("users"))
    whole = open_library(tmp_path_factory.mktemp("whole") / "library", encoder=WordCounts(), founding=False)
    users.keep(BO, SECRET, "of bo.md")
    for number, text in enumerate(made):
        whole.add(document(text, f"{number}.md"))
        if number < split:
            users.common.add(document(text, f"{number}.md"))
        else:
            PrivateAdditions(users.seen, ADA).add(document(text, f"{number}.md"))
    users.user = ADA
    for filters in (Filters(), Filters(names=frozenset({"1.md"})), Filters(excluded=frozenset({"0.md", "3.md"}))):
        assert state(users.library, filters) == state(whole, filters)
    assert users.library.counts() == whole.counts()
    assert users.library.documents() == whole.documents()
    assert users.library.names() == whole.names()


def test_the_passages_of_a_private_document_are_the_same_list_in_each_question(users: Users) -> None:
    users.keep(ADA, SECRET, "secret.md")
    users.user = ADA
    with users.library.snapshot() as view, users.library.snapshot() as next_view:
        (secret,) = view.documents
        found = view.passages_of(secret)
        assert next_view.passages_of(secret) is found  # what is derived from the list is kept by it
        assert [view.passage(identity) for identity, _ in found] == [passage for _, passage in found]


def test_nobody_else_sees_any_difference(users: Users) -> None:
    users.common.add(document("# Talks\n\nThey agreed.", "talks.md"))
    before = {user: (state(users.library), users.library.counts(), users.library.summaries()) for user in ("", BO)}
    with users.common.snapshot() as snapshot:
        generation = snapshot.generation
    assert users.keep(ADA, SECRET, "secret.md", "/home/secret.md") == "secret.md"
    for user, seen in before.items():
        users.user = user
        assert (state(users.library), users.library.counts(), users.library.summaries()) == seen
        with users.library.snapshot() as view:
            assert view.generation == generation
            assert view.long_form("zf") is None
        for name in ("secret.md", "secret", "/home/secret.md"):
            for ask in (users.library.document, users.library.original, users.library.remove):
                with pytest.raises(UnknownDocument):
                    ask(name)
        assert users.library.version_of(document(SECRET, "x.md").id, "secret.md") is None
        assert users.library.near_duplicate(document(SECRET + " Yes.", "x.md")) is None
        assert users.library.source("/home/secret.md") is None
        assert users.library.sources_under("/home") == []
    assert b"zebra" not in (Path(users.common.location) / "library.sqlite3").read_bytes()
    assert users.names(ADA) == ["secret.md", "talks.md"]
    assert [s.name for s in users.library.summaries() if s.is_private] == ["secret.md"]
    assert users.library.original("secret.md") == (SECRET.encode(), "text/markdown")
    assert users.seen.private_counts() == {ADA: 1}


def test_who_adds_the_same_for_all_learns_nothing(users: Users) -> None:
    users.keep(ADA, SECRET, "secret.md")
    assert users.common.add(document(SECRET, "secret.md")).outcome == "added"
    assert users.names(BO) == ["secret.md"]
    assert users.names(ADA) == ["secret.md"]
    assert not users.seen.private_names()
    assert users.library.counts()["documents"] == 1
    with users.library.snapshot() as view:
        assert view.passage_count == users.common.counts()["passages"]
        assert len(view.search_lexical("zebra", 9)) == 2
    users.common.remove("secret.md")  # by another one: the private copy was never theirs
    assert users.names(ADA) == ["secret.md"]
    assert users.names(BO) == []


def test_who_removes_what_all_had_removes_the_own_copy_as_well(users: Users) -> None:
    users.keep(ADA, SECRET, "secret.md")
    users.common.add(document(SECRET, "other.md"))
    users.user = ADA
    assert users.library.remove("other.md") == ["other.md"]
    assert users.names(ADA) == []


def test_what_all_have_is_not_stored_again(users: Users) -> None:
    users.common.add(document(SECRET, "known.md"))
    added = PrivateAdditions(users.seen, ADA).add(document(SECRET, "mine.md"))
    assert (added.name, added.outcome) == ("known.md", "same as")
    assert users.seen.private_counts() == {}


def test_a_common_document_of_the_same_name_takes_none_away(users: Users) -> None:
    users.keep(ADA, SECRET, "minutes.md")
    users.common.add(document("# Talks\n\nThey agreed.", "minutes.md"))
    assert users.names(BO) == ["minutes.md"]
    assert users.names(ADA) == ["minutes (private).md", "minutes.md"]
    assert "zebra" in users.library.document("minutes (private).md").text
    assert "agreed" in users.library.document("minutes.md").text
    only = Filters(asked=frozenset({"minutes (private).md"}))
    with users.library.snapshot() as view:
        ((identity, _), *_) = view.search_lexical("zebra agreed", 9, only)
        assert view.passage(identity).document.name == "minutes (private).md"
        assert view.search_lexical("agreed", 9, only) == []
    assert users.library.correct("minutes (private).md", {"place": "Oslo"}).name == "minutes (private).md"
    assert users.library.corrections("minutes (private).md") == {"place": "Oslo"}
    assert users.library.corrections("minutes.md") == {}
    assert users.library.remove("minutes (private).md") == ["minutes (private).md"]
    assert users.names(ADA) == ["minutes.md"]


def test_a_shared_document_is_seen_by_all_with_its_file_and_corrections(users: Users) -> None:
    users.common.add(document("# Talks\n\nThey agreed.", "secret.md", "upload:secret.md"))
    users.keep(ADA, SECRET, "secret.md", "upload:secret.md")
    users.user = ADA
    users.library.correct("secret (private).md", {"title": "Zebras"})
    assert share(users.seen, [users.library.document("secret (private).md")]) == ["secret (2).md"]
    for user in (ADA, BO):
        assert users.names(user) == ["secret (2).md", "secret.md"]
        assert users.library.document("secret (2).md").title == "Zebras"
        assert users.library.original("secret (2).md") == (SECRET.encode(), "text/markdown")
    assert users.seen.private_counts() == {}


def test_a_document_of_a_file_that_all_have_is_shared_as_an_upload_which_no_sync_removes(
    users: Users, tmp_path: Path
) -> None:
    file = tmp_path / "folder" / "a.md"
    file.parent.mkdir()
    file.write_text("# Talks\n\nThey agreed.")
    users.user = ADA
    with ReadingWorker() as worker:
        list(sync(users.common, str(file.parent), worker))
        for text, name in ((SECRET, "a (2).md"), (SECRET + "\n\nMore.", "a (3).md")):
            users.keep(ADA, text, "a.md", str(file))
            assert share(users.seen, [users.library.document("a (private).md")]) == [name]
        list(sync(users.common, str(file.parent), worker))
    assert users.names(BO) == ["a (2).md", "a (3).md", "a.md"]
    assert "zebra" in users.library.document("a (2).md").text


class Killed(BaseException):
    """The end of the process."""


def test_a_share_that_is_killed_has_all_corrections_and_is_finished_by_another(users: Users) -> None:
    users.keep(ADA, SECRET, "secret.md", "upload:secret.md")
    users.user = ADA
    users.library.correct("secret.md", {"title": "Zebras", "place": "Oslo"})

    def die(name: str) -> None:
        raise Killed(name)

    with pytest.raises(Killed, match=r"secret\.md"):
        share(users.seen, [users.library.document("secret.md")], die)
    for user in (ADA, BO):
        assert users.names(user) == ["secret.md"]
        assert users.library.document("secret.md").title == "Zebras"
        assert users.library.corrections("secret.md") == {"place": "Oslo", "title": "Zebras"}
    users.user = ADA
    assert users.seen.private_counts() == {ADA: 1}
    noted: list[str] = []
    assert share(users.seen, [users.library.document("secret.md")], noted.append) == noted == ["secret.md"]
    assert users.seen.private_counts() == {}
    assert users.names(BO) == ["secret.md"]


@pytest.mark.parametrize("path", ["upload:secret.md", None])
def test_a_share_replaces_no_document_that_was_added_meanwhile(
    users: Users, path: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.keep(ADA, SECRET, "secret.md", path)
    users.user = ADA
    users.library.correct("secret.md", {"title": "Zebras"})
    chosen, add = users.library.document("secret.md"), users.common.add

    def add_after_another(*values: Any, **named: Any) -> Any:
        monkeypatch.undo()
        users.common.add(document("# Talks\n\nThey agreed.", "secret.md", path))
        return add(*values, **named)

    monkeypatch.setattr(users.common, "add", add_after_another)
    (name,) = share(users.seen, [chosen])
    assert name != "secret.md"
    assert users.names(BO) == sorted([name, "secret.md"])
    assert users.library.document("secret.md").title == "Talks"
    assert "agreed" in users.library.document("secret.md").text
    assert (users.library.document(name).title, users.library.document(name).id) == ("Zebras", chosen.id)


def test_a_share_acts_on_the_document_that_was_chosen(users: Users) -> None:
    users.keep(ADA, SECRET, "secret.md", "/secret.md")
    users.user = ADA
    chosen = users.library.document("secret.md")
    users.keep(ADA, SECRET + "\n\nMore.", "secret.md", "/secret.md")
    with pytest.raises(NotPrivate, match="no private document of yours"):
        share(users.seen, [chosen])
    assert users.names(BO) == []


def test_a_document_that_is_shared_while_the_state_is_read_is_in_it_once(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.keep(ADA, SECRET, "secret.md")
    users.user = ADA
    own, chosen = users.seen.private.made(ADA), users.library.document("secret.md")
    open_snapshot = own.snapshot

    def share_first() -> Any:
        share(users.seen, [chosen])
        return open_snapshot()

    monkeypatch.setattr(own, "snapshot", share_first)
    with users.library.snapshot() as view:
        assert [each.id for each in view.documents] == [chosen.id]


def test_only_ones_own_private_documents_can_be_shared(users: Users) -> None:
    users.common.add(document("# Talks\n\nThey agreed.", "talks.md"))
    users.keep(ADA, SECRET, "secret.md")
    users.user = BO
    for chosen in (users.common.document("talks.md"), document(SECRET, "secret.md")):
        with pytest.raises(NotPrivate, match="this is no private document of yours"):
            share(users.seen, [chosen])
    users.user = ""
    with pytest.raises(NotPrivate, match="only a user of the library has private documents"):
        users.keep("", SECRET, "secret.md")


def test_an_unknown_name_removes_nothing(users: Users) -> None:
    users.keep(ADA, SECRET, "secret.md")
    users.user = ADA
    with pytest.raises(UnknownDocument):
        users.library.remove("secret.md", "none.md")
    with pytest.raises(UnknownDocument):
        users.library.remove_texts(document(SECRET, "x.md").id, "0" * 64)
    assert users.names(ADA) == ["secret.md"]


def test_the_private_documents_of_a_user_are_deleted_for_good(users: Users) -> None:
    users.keep(ADA, SECRET, "secret.md")
    users.keep(BO, SECRET, "secret.md")
    users.seen.private.delete(ADA)
    assert users.names(ADA) == []
    assert users.names(BO) == ["secret.md"]
    users.seen.private.delete(ADA)


def test_private_documents_that_are_being_opened_keep_no_other_user_waiting(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    for owner in (ADA, BO):
        users.keep(owner, SECRET, f"{owner}.md")
    libraries = PrivateLibraries(users.common.location, users.common.settings, WordCounts())
    found: list[Library | None] = []

    def slow(location: Path, *values: Any, **named: Any) -> Library:
        if location == private_location(users.common.location, ADA):
            other = Thread(target=lambda: found.append(libraries.of(BO)), daemon=True)
            other.start()
            other.join(timeout=20)
            assert found, "the other user waits"
        return open_library(location, *values, **named)

    monkeypatch.setattr("index.private.places.open_library", slow)
    library = libraries.of(ADA)
    assert library
    assert list(library.names()) == [f"{ADA}.md"]
    assert [list(other.names()) for other in found if other] == [[f"{BO}.md"]]
    assert libraries.of(ADA) is library


def test_all_private_documents_are_checked_and_encoded_again(users: Users) -> None:
    users.keep(ADA, SECRET, "secret.md")
    users.user = BO
    assert users.library.check() == []
    other = open_library(users.common.location, encoder=WordCounts("another"))
    seen = UserLibrary(other, lambda: ADA)
    assert seen.is_stale()
    seen.reindex()
    assert not seen.is_stale()
    assert names(cast(Library, seen)) == ["secret.md"]


def test_a_version_of_a_private_file_replaces_it(users: Users) -> None:
    users.common.add(document("# Talks\n\nThey agreed.", "a.md", "/a.md"))
    users.keep(ADA, SECRET, "a.md", "/a.md")
    newer = replace(document(SECRET + "\n\nMore.", "a.md", "/a.md"))
    added = PrivateAdditions(users.seen, ADA).add(newer)
    assert added.outcome == "replaced"
    assert users.names(ADA) == ["a (private).md", "a.md"]
    assert users.names(BO) == ["a.md"]


def test_a_backup_holds_the_private_documents_of_all(users: Users, tmp_path: Path) -> None:
    users.common.add(document("# Talks\n\nThey agreed.", "talks.md"))
    for owner in (ADA, BO):
        users.keep(owner, SECRET, f"{owner}.md")
    file = tmp_path / "library.backup"
    users.library.backup(file)
    restored = tmp_path / "restored"
    assert restore_library(file, restored) is None
    seen = UserLibrary(open_library(restored, encoder=WordCounts()), lambda: ADA)
    assert names(cast(Library, seen)) == ["ada-id.md", "talks.md"]
    assert seen.private_counts() == {ADA: 1, BO: 1}
    assert seen.check() == []
    assert b"zebra" not in (restored / "library.sqlite3").read_bytes()
    # What came after the backup goes from the private documents as well.
    users.keep(ADA, SECRET + "\n\nLater.", "later.md")
    assert restore_library(file, users.common.location, force=True)
    assert users.names(ADA) == ["ada-id.md", "talks.md"]


def test_a_damaged_private_library_in_a_backup_is_refused(users: Users, tmp_path: Path) -> None:
    users.keep(ADA, SECRET, "secret.md")
    file = tmp_path / "library.backup"
    users.library.backup(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE private_files SET bytes = substr(bytes, 1, 5000)")
    with pytest.raises(LibraryError, match=r"library\.backup"):
        restore_library(file, tmp_path / "restored")
    assert not (tmp_path / "restored" / "private").exists()


def test_a_document_that_does_not_fit_into_the_room_of_a_user_is_refused_by_name(tmp_path: Path) -> None:
    given = Settings(library=tmp_path / "library", private_megabytes=1)
    common = open_library(tmp_path / "library", given, WordCounts(), founding=False)
    seen = UserLibrary(common, lambda: ADA)
    ada = PrivateAdditions(seen, ADA)
    ada.add(document(SECRET, "a.md"), b"x" * 700_000)
    with pytest.raises(
        CorpusError, match=r"b\.md: your other private documents take 0\.7 of 1 MB, and this one does not fit"
    ):
        ada.add(document(f"{SECRET} More.", "b.md"), b"y" * 400_000)
    assert seen.private_names() == {"a.md"}
    assert ada.add(document(SECRET, "also a.md"), b"x" * 700_000).outcome == "same as"
    PrivateAdditions(seen, BO).add(document(f"{SECRET} More.", "b.md"), b"y" * 400_000)
    common.add(document("# Common\n\nThey met.", "c.md"), b"z" * 2_000_000)
    seen.remove("a.md")
    assert ada.add(document(f"{SECRET} More.", "b.md"), b"y" * 400_000).outcome == "added"
