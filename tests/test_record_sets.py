"""Save sets of records: by the page and by the command line, per user, with records that are gone or renamed."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.history.record_sets import RecordSets, SetRefused
from assistant.web.application import application
from index.library import Library, open_library
from support.commands import Run
from support.generated_texts import document
from support.word_counts import WordCounts

SCRIPT = "<img src=x onerror=alert(1)>\u202e\"'"
APRIL, JULY = "2020-04-30-g20-extraordinary-mic.txt", "2020-07-22-g20-mic.txt"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    for name in ("a.md", "b.md"):
        library.add(document(f"The board of {name} met.", name, f"/x/{name}"))
    return library


@pytest.fixture
def client(library: Library) -> TestClient:
    return TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860")


def names(sets: RecordSets) -> list[str]:
    return [each.name for each in sets.sets()]


def test_a_set_is_saved_replaced_renamed_removed_and_put_back(library: Library) -> None:
    sets = RecordSets(library)
    first = sets.save(" Budget  talks ", ["b.md", "a.md", "b.md"])
    assert (first.name, first.records, first.about) == ("Budget talks", ("a.md", "b.md"), "2 records")
    again = sets.save("BUDGET talks", ["a.md"])
    assert (again.id, [(each.name, each.records) for each in sets.sets()]) == (first.id, [("BUDGET talks", ("a.md",))])
    sets.rename(first.id, "Apples")
    assert sets.records("apples") == {"a.md"}
    sets.remove(first.id)
    assert (names(sets), sets.removed()) == ([], "Apples")
    sets.undo()
    assert (names(sets), sets.removed()) == (["Apples"], "")


def test_what_cannot_be_is_refused_with_the_next_step(library: Library) -> None:
    sets = RecordSets(library)
    kept = sets.save("Kept", ["a.md"])
    other = sets.save("Other", ["a.md"])
    for name, records, reason in (
        (" ", ["a.md"], "needs a name"),
        ("x" * 81, ["a.md"], "80 are the most"),
        ("New", [], "needs a record"),
        ("New", ["gone.md"], "gone.md: there is no such record"),
    ):
        with pytest.raises(SetRefused, match=reason):
            sets.save(name, records)
    with pytest.raises(SetRefused, match="another set kept; rename or delete"):
        sets.rename(other.id, "kept")
    with pytest.raises(SetRefused, match="there is no set Nothing; there are: Kept; Other"):
        sets.named("Nothing")
    sets.remove(kept.id)
    sets.save("Kept", ["b.md"])
    with pytest.raises(SetRefused, match="another set Kept"):
        sets.undo()
    with pytest.raises(SetRefused, match="no longer in the library"):
        sets.remove(kept.id)


def test_records_that_went_are_said_and_renamed_ones_are_found(library: Library) -> None:
    sets = RecordSets(library)
    sets.save("Both", ["a.md", "b.md"])
    library.move_source("/x/a.md", "/x/c.md", "c.md")
    assert sets.named("both").records == ("c.md", "b.md")
    library.remove("b.md")
    both = sets.named("both")
    assert (both.records, both.gone, both.about) == (("c.md",), ("b.md",), "1 record, 1 no longer in the library")
    library.remove("c.md")
    with pytest.raises(SetRefused, match="no record of the set Both is in the library any more"):
        sets.records("both")


def test_each_user_has_sets_of_ones_own(library: Library) -> None:
    ada, bo = RecordSets(library, "ada"), RecordSets(library, "bo")
    secret = ada.save("Secret", ["a.md"])
    assert names(bo) == []
    with pytest.raises(SetRefused, match="no longer in the library"):
        bo.rename(secret.id, "Mine")
    with pytest.raises(SetRefused, match="no longer in the library"):
        bo.remove(secret.id)
    ada.remove(secret.id)
    bo.undo()
    assert (names(ada), names(bo), bo.removed()) == ([], [], "")


# In the page


def test_the_page_lists_and_changes_sets_and_shows_names_as_text(client: TestClient, library: Library) -> None:
    assert "data-set=" not in client.get("/sets").text
    saved = client.post("/sets/save", json={"name": SCRIPT, "records": ["a.md"]}).text
    assert ("<img" in saved, "\u202e" in saved, "1 record<" in saved) == (False, False, True)
    (each,) = RecordSets(library).sets()
    assert "Apples" in client.post("/sets/rename", json={"id": each.id, "name": "Apples"}).text
    assert 'role="alert"' in client.post("/sets/save", json={"name": "New", "records": []}).text
    library.remove("a.md")
    assert "disabled" in client.get("/sets").text
    gone = client.post("/sets/remove", json={"id": each.id}).text
    assert ("Undo: put “Apples” back" in gone, "data-set=" in gone) == (True, False)
    assert "Apples" in client.post("/sets/undo").text


@pytest.mark.parametrize(
    "body", [{}, [], "x", {"id": 1}, {"id": "x" * 65}, {"name": "x", "records": "a.md"}, {"name": "x", "records": [1]}]
)
def test_what_the_page_never_sends_is_refused(client: TestClient, body: object) -> None:
    for path in ("/sets/save", "/sets/rename"):
        assert client.post(path, json=body).status_code == 422


# On the command line


def test_a_set_is_asked_and_searched_on_the_command_line(run: Run) -> None:
    assert run("set", "list").out.startswith("No set is saved yet")
    assert run("set", "add", "April", APRIL).out == "the set April is saved: 1 record\n"
    asked = json.loads(run("ask", "Who was absent from the G20 meeting of April 2020?", "--set", "april", "--json").out)
    assert {cited["document"] for cited in asked["citations"]} == {APRIL}
    hits = json.loads(run("search", "the ministers", "--set", "april", "--record", JULY, "--json").out)["hits"]
    assert {hit["document"] for hit in hits} == {APRIL, JULY}
    assert json.loads(run("set", "list", "--json").out) == [{"name": "April", "records": [APRIL], "gone": []}]
    assert run("set", "rename", "april", "  Spring   talks ").out == "the set April is now Spring talks\n"
    unknown = run("ask", "Who was absent?", "--set", "april")
    assert (unknown.code, unknown.err.strip()) == (1, "rapporteur: there is no set april; there are: Spring talks")


def test_a_set_is_removed_and_put_back_on_the_command_line(run: Run) -> None:
    run("set", "add", "Both", APRIL, JULY)
    run("remove", APRIL)
    assert f"  {APRIL} (no longer in the library)" in run("set", "list").out
    assert "rapporteur set undo puts it back" in run("set", "remove", "both").out
    assert run("set", "undo").out == "the set Both is put back\n"
    assert run("set", "undo").out == "No set was removed\n"
