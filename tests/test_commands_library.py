"""Run `rapporteur facts`, `status --check`, `backup` and `restore`."""

import json
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.commands.add import _ResultReporter
from index.file_ingester import IngestResult
from index.library import open_library
from support.commands import Run
from support.generated_texts import document
from support.word_counts import WordCounts

ROOT = Path(__file__).resolve().parent.parent
MIC = "2020-07-22-g20-mic.txt"


@pytest.fixture
def statement() -> Path:
    path = Path("a.md").absolute()
    path.write_text("---\ntitle: Talks\nplace: Rome\n---\nThey danced.", "utf-8")
    return path


def test_the_facts_are_shown_with_where_they_come_from(run: Run, statement: Path) -> None:
    run("add", str(statement))
    lines = run("facts", "a").out.splitlines()
    assert lines[:3] == ["a.md", "FACT          VALUE  FROM", "title         Talks  front matter"]
    assert "place         Rome   front matter" in lines


def test_a_fact_is_corrected_denied_and_taken_back(run: Run, statement: Path) -> None:
    run("add", str(statement))
    assert run("facts", "a.md", "title=Parleys in = Oslo", "place=").code == 0
    said = run("facts", "a.md", "--json")
    found = json.loads(said.out)
    assert (found["document"], found["corrections"]) == ("a.md", {"place": "", "title": "Parleys in = Oslo"})
    assert {"name": "title", "value": "Parleys in = Oslo", "origin": "you"} in found["facts"]
    assert "place" not in [fact["name"] for fact in found["facts"]]
    assert any(line.split() == ["place", "none", "you"] for line in run("facts", "a").out.splitlines())
    run("remove", "a.md")
    run("add", str(statement))
    assert json.loads(run("show", "a", "--json").out)["title"] == "Parleys in = Oslo"
    assert run("facts", "a", "--forget", "title", "--forget", "place").code == 0
    assert json.loads(run("facts", "a", "--json").out)["corrections"] == {}
    assert json.loads(run("show", "a", "--json").out)["origins"]["place"] == "front matter"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["place"], 2, "place: give NAME=VALUE, or NAME= where there is none"),
        (["colour=red"], 1, "'colour' is no fact about a record; the facts are title, publisher"),
        (["published=soon"], 1, "soon"),
        (["--forget", "place"], 1, "place: nothing of this name is corrected in"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_in_one_line(run: Run, words: list[str], code: int, said: str) -> None:
    before = run("show", MIC, "--json").out
    refused = run("facts", MIC, *words)
    assert (refused.code, refused.out, refused.err.count("\n")) == (code, "", 1)
    assert said in refused.err
    assert run("show", MIC, "--json").out == before


def test_a_whole_library_is_said_to_be_whole(run: Run) -> None:
    said = run("status", "--check")
    assert said.code == 0
    assert said.out.startswith("nothing is wrong with 5 documents, ")
    assert json.loads(run("status", "--check", "--json").out)["problems"] == []


def test_a_damaged_library_is_told_line_by_line(run: Run, library_of_its_own: Path) -> None:
    with sqlite3.connect(library_of_its_own / "library.sqlite3") as connection:
        connection.execute("UPDATE names SET stem = 'x' WHERE name = ?", (MIC,))
        connection.execute("UPDATE documents SET text = 'They fought.' WHERE name LIKE '2023%'")
    connection.close()
    said = run("status", "--check")
    assert said.code == 1
    lines = said.out.splitlines()
    assert lines[0].startswith(f"{MIC}: it is not found by its name without suffix; ")
    assert "2023-04-29-g7-takasaki-digital-agency.txt" in lines[1]
    assert lines[2].startswith("2 problems in ")
    assert len(json.loads(run("status", "--check", "--json").out)["problems"]) == 2


def test_a_backup_is_written_and_restored_into_another_folder(run: Run, statement: Path, tmp_path: Path) -> None:
    run("add", str(statement))
    assert run("backup", "saved.sqlite3").out.startswith("6 documents in ")
    again = run("backup", "saved.sqlite3")
    assert (again.code, again.out) == (1, "")
    assert "exists already" in again.err
    assert json.loads(run("backup", "saved.sqlite3", "--force", "--json").out)["documents"] == 6
    other = str(tmp_path / "other")
    assert run("restore", "saved.sqlite3", "--library", other).out.startswith("6 documents restored into ")
    assert run("list", "--json").out == run("list", "--json", "--library", other).out
    assert run("search", "They danced", "--json").out == run("search", "They danced", "--json", "--library", other).out


def test_a_library_in_use_is_replaced_only_when_forced_and_kept(run: Run, statement: Path) -> None:
    run("backup", "saved.sqlite3")
    run("add", str(statement))
    refused = run("restore", "saved.sqlite3")
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "--force" in refused.err
    kept = json.loads(run("restore", "saved.sqlite3", "--force", "--json").out)["kept"]
    assert len(json.loads(run("list", "--json").out)) == 5
    assert run("restore", kept, "--force").code == 0
    assert len(json.loads(run("list", "--json").out)) == 6


def test_a_file_that_is_no_backup_is_refused_in_one_line(run: Run, statement: Path) -> None:
    refused = run("restore", str(statement))
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "a.md" in refused.err
    assert run("status", "--check").code == 0


def test_several_documents_are_removed_in_one_change(run: Run, statement: Path) -> None:
    run("add", str(statement))
    assert run("remove", "a.md", "no.md").code == 1
    assert run("remove", "a", MIC, "a.md").out == f"removed: a.md\nremoved: {MIC}\n"


def test_what_was_added_from_a_folder_or_an_archive_is_removed_together(run: Run) -> None:
    Path("minutes/old").mkdir(parents=True)
    for name, text in (("a.txt", "They sang."), ("old/b.txt", "They rose."), ("old/c.txt", "They sat.")):
        (Path("minutes") / name).write_text(text)
    Path("copy.txt").write_text("They sat.")
    with zipfile.ZipFile("more.zip", "w") as packed:
        packed.writestr("d.txt", "They slept.")
    assert run("add", "minutes", "copy.txt", "more.zip", "--no-records").code == 0
    before = run("list").out
    assert run("remove", "more.zip", "nowhere/").code == 1
    assert run("list").out == before
    assert run("remove", "").code == 1
    assert json.loads(run("remove", "more.zip", "--json").out) == [{"document": "d.txt"}]
    stays = f"removed: {Path('minutes/old/c.txt').absolute()}: its text stays as copy.txt\n"
    assert run("remove", "minutes/old/", "a") == (0, f"removed: a.txt\nremoved: b.txt\n{stays}", "")
    held = [listed["document"] for listed in json.loads(run("list", "--json").out)]
    assert [name for name in held if not name.startswith("20")] == ["copy.txt"]
    assert run("status", "--check").code == 0


def test_a_new_version_that_is_removed_meanwhile_ends_no_run(
    library_of_its_own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = open_library(encoder=WordCounts(), founding=False)
    outcome = IngestResult("a.md", "replaced", "a.md", former=document("They danced.", "a.md"))
    assert _ResultReporter(library, as_json=True).report(lambda _: iter([outcome])) == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"] == "replaced"


def test_the_list_has_columns_for_pages_and_warnings_where_there_are_some(run: Run, library_of_its_own: Path) -> None:
    assert run("list").out.splitlines()[0].split() == ["DOCUMENT", "DAY", "FORUM", "PUBLISHER", "TITLE"]
    library = open_library(library_of_its_own, encoder=WordCounts())
    made = document("They met. They danced.", "a.md")
    library.add(replace(made, pages=(0, 10), warnings=("page 3 holds no text",)))
    head, *rows = run("list").out.splitlines()
    assert head.split() == ["DOCUMENT", "DAY", "FORUM", "PUBLISHER", "PAGES", "WARNINGS", "TITLE"]
    assert rows[-1].split() == ["a.md", "2", "1", "a.md"]
    found = json.loads(run("show", "a.md", "--json").out)
    assert (found["pages"], found["warnings"]) == (2, ["page 3 holds no text"])


def test_after_a_folder_has_come_and_gone_every_search_is_byte_for_byte_what_it_was(run: Run) -> None:
    questions = ["data flow with trust", "They agreed", "Trieste", "smart cities", "大臣会合", "dfft"]
    Path("in.jsonl").write_text("".join(json.dumps({"question": q}) + "\n" for q in questions), "utf-8")
    before = run("search", "--batch", "in.jsonl", "--k", "50").out
    Path("minutes").mkdir()
    for number in range(12):
        text = f"# Talks {number}\n\nThey agreed on data flow.\n\nThey agreed on data flow.\n\nSmart cities (DFFT)."
        Path("minutes", f"{number}.md").write_text(text, "utf-8")
    run("add", "minutes")
    assert run("search", "--batch", "in.jsonl", "--k", "50").out != before
    assert run("remove", *(f"{number}.md" for number in (7, 3, 11, 0, 5, 1, 2, 4, 6, 8, 9, 10))).code == 0
    assert run("search", "--batch", "in.jsonl", "--k", "50").out == before


def test_the_original_file_is_given_back_and_replaces_nothing(run: Run) -> None:
    raw = "<!doctype html><title>T</title><main><p>The panel met in Oslo on Friday.</p></main>".encode("utf-16")
    Path("page.html").write_bytes(raw)
    assert run("add", "page.html").code == 0
    assert run("show", "page.html", "--original", "copy.html") == (0, "written: copy.html\n", "")
    assert Path("copy.html").read_bytes() == raw
    told = run("show", "page.html", "--original", "other.html", "--json")
    assert json.loads(told.out) == {"file": "other.html", "bytes": len(raw)}
    again = run("show", "page.html", "--original", "copy.html")
    assert (again.code, again.err) == (1, "rapporteur: copy.html: exists already; name another file\n")
    none = run("show", "2020-07-22-g20-mic", "--original", "record.txt")
    assert none.code == 1
    assert "no original file is kept of it" in none.err
    assert not Path("record.txt").exists()


def test_an_interrupt_while_the_commands_are_loaded_is_quiet() -> None:
    interrupted = """
import sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "typer":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from assistant.commands import main
sys.exit(main(["list"]))
"""
    done = subprocess.run([sys.executable, "-c", interrupted], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
