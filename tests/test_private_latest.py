"""What is derived from the states of the common documents and of private ones is kept, the latest few of it."""

from pathlib import Path
from typing import cast

import pytest

from index.library import Library, open_library
from index.private import library as private_library
from index.private.additions import PrivateAdditions
from index.private.latest import Latest
from index.private.library import UserLibrary
from support.generated_texts import document
from support.library_state import names
from support.word_counts import WordCounts

ADA, BO = "ada-id", "bo-id"


class Users:
    """A library with a user who acts, and the number of times that all common names were read."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.user, self.reads = ADA, 0
        self.common = open_library(folder / "library", encoder=WordCounts(), founding=False)
        self.seen = UserLibrary(self.common, lambda: self.user)
        for owner in (ADA, BO):
            text = f"# {owner}\n\nThe zebra fund is frozen."
            PrivateAdditions(self.seen, owner).add(document(text, "minutes.md"))
        read = self.common.names

        def counted() -> dict[str, str]:
            self.reads += 1
            return read()

        monkeypatch.setattr(self.common, "names", counted)


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Users:
    return Users(tmp_path, monkeypatch)


def test_the_common_names_are_read_once_for_each_state(users: Users) -> None:
    for _ in range(3):
        assert users.seen.document("minutes.md").name == "minutes.md"
        assert users.seen.private_names() == {"minutes.md"}
    assert users.reads == 1
    users.common.add(document("# Talks\n\nThey agreed.", "minutes.md"))
    for _ in range(3):
        assert users.seen.private_names() == {"minutes (private).md"}
    assert users.reads == 2
    PrivateAdditions(users.seen, ADA).add(document("# More\n\nThe zebras wait.", "more.md"))
    assert users.seen.private_names() == {"minutes (private).md", "more.md"}


def test_each_user_has_names_of_the_own(users: Users) -> None:
    PrivateAdditions(users.seen, ADA).add(document("# More\n\nThe zebras wait.", "more.md"))
    for _ in range(2):
        for user, own in ((ADA, ["minutes.md", "more.md"]), (BO, ["minutes.md"]), ("", [])):
            users.user = user
            assert names(cast(Library, users.seen)) == own


def test_names_that_change_while_they_are_read_are_not_kept(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    read = users.common.names

    def after_another() -> dict[str, str]:
        monkeypatch.setattr(users.common, "names", read)
        users.common.add(document("# Talks\n\nThey agreed.", "minutes.md"))
        return read()

    monkeypatch.setattr(users.common, "names", after_another)
    assert users.seen.private_names() == {"minutes (private).md"}
    users.reads = 0
    assert users.seen.private_names() == {"minutes (private).md"}
    assert users.reads == 1


def test_the_generation_is_that_of_the_state_that_the_user_sees(users: Users) -> None:
    generations = set()
    for user in (ADA, BO, ""):
        users.user = user
        with users.seen.snapshot() as view:
            assert view.generation == users.seen.generation()
        generations.add(users.seen.generation())
    assert len(generations) == 3


def test_what_was_derived_from_former_states_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_library, "_MOST_KEPT", 2)
    users = Users(tmp_path, monkeypatch)
    derived: list[int] = []

    def of_state(number: int) -> list[float]:
        with users.seen.snapshot() as view:
            return view.derived("numbers", lambda: derived.append(number) or [float(number)])  # type: ignore[func-returns-value]

    for number in range(4):
        assert of_state(number) == of_state(number + 10) == [float(number)]
        users.common.add(document(f"# Talks {number}\n\nThey agreed.", f"{number}.md"))
    assert derived == [0, 1, 2, 3]
    assert len(users.seen._derived._values) == 2


def test_the_value_used_longest_ago_is_forgotten_first() -> None:
    latest: Latest[str, int] = Latest(2)
    latest.keep("a", 1)
    latest.keep("b", 2)
    assert latest.get("a") == 1
    latest.keep("c", 3)
    assert [latest.get(key) for key in "abc"] == [1, None, 3]
