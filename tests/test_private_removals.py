"""Removal of what a user and everybody added from the same files, and what of it can be put back."""

import json
from pathlib import Path
from typing import cast

import pytest

from index.library import Library, open_library
from index.private.additions import PrivateAdditions
from index.private.library import UserLibrary
from support.commands import Run
from support.generated_texts import document
from support.library_state import names
from support.word_counts import WordCounts

SECRET = "# Quantum harbour\n\nThe zebra fund is frozen."
TALKS = "# Talks\n\nThey agreed."


@pytest.fixture
def library(tmp_path: Path) -> UserLibrary:
    common = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    return UserLibrary(common, lambda: "ada-id")


def keep(library: UserLibrary, text: str, path: str) -> None:
    PrivateAdditions(library, "ada-id").add(document(text, Path(path).name, path))


def seen(library: UserLibrary) -> list[str]:
    return names(cast(Library, library))


def test_a_path_stands_for_the_private_document_before_the_common_one(library: UserLibrary) -> None:
    library.common.add(document(TALKS, "a.md", "/f/a.md"))
    keep(library, SECRET, "/f/a.md")
    assert [source.document for source in library.sources_under("/f")] == ["a (private).md"]
    assert library.remove_sources(["/f/a.md"]) == {}
    assert seen(library) == ["a.md"]
    assert [source.document for source in library.sources_under("/f")] == ["a.md"]
    assert library.remove_sources(["/f/a.md"]) == {}
    assert seen(library) == []


def test_the_copy_of_a_common_document_that_is_removed_by_its_path_goes_as_well(library: UserLibrary) -> None:
    keep(library, SECRET, "/g/mine.md")
    library.common.add(document(SECRET, "a.md", "/f/a.md"))
    library.remove_sources(["/f/a.md"])
    assert seen(library) == []


def test_the_hidden_copy_of_a_text_that_is_not_removed_stays(library: UserLibrary) -> None:
    keep(library, SECRET, "/f/a.md")
    library.common.add(document(SECRET, "other.md", "/g/other.md"))
    library.common.add(document(TALKS, "a.md", "/f/a.md"))
    library.remove_sources(["/f/a.md"])
    assert seen(library) == ["other.md"]
    library.common.remove("other.md")  # by another one
    assert seen(library) == ["a.md"]


def test_a_folder_with_private_and_common_versions_of_a_file_is_removed_one_by_one_and_put_back(run: Run) -> None:
    run("user", "add", "ada", "--no-password")
    Path("minutes").mkdir()
    file = Path("minutes/a.md")
    file.write_text(TALKS)
    assert run("add", "minutes").code == 0
    file.write_text(SECRET)
    assert run("add", "minutes", "--private", "--as", "ada").code == 0

    def held() -> list[str]:
        listed = json.loads(run("list", "--as", "ada", "--json").out)
        return sorted(each["document"] for each in listed if each["document"].startswith("a"))

    assert held() == ["a (private).md", "a.md"]
    assert run("remove", "minutes", "--as", "ada").out == "removed: a (private).md\n"
    assert held() == ["a.md"]
    assert run("remove", "minutes", "--as", "ada").out == "removed: a.md\n"
    assert held() == []
    assert run("undo", "--as", "ada").out == "put back: a.md\n"
    assert run("undo", "--as", "ada").code == 0
    assert held() == ["a (private).md", "a.md"]
