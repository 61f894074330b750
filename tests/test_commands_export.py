"""Run `rapporteur export` on the whole pipeline, with an encoder that counts words."""

import json
import os
import pty
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from assistant.commands import main
from support.commands import Run, Said
from support.word_counts import WordCounts

ABSENT = "Who was absent from the G20 meeting of April 2020?"
NOWHERE = "What did Atlantis say in 1850?"


Export = Callable[..., Said]


@pytest.fixture
def export(run: Run) -> Export:
    """Runs the command in a folder of its own, on a library with the founding records."""
    return lambda *words: run("export", *words)


def test_an_answer_becomes_a_word_file(export: Export) -> None:
    said = export(ABSENT, "--to", "answer.docx", "--style", "chicago", "--accessed", "2026-11-21")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("answer.docx: quotations: ")
    document = Document("answer.docx")
    assert document.paragraphs[0].text == ABSENT
    assert document.core_properties.created.isoformat()[:10] == "2026-11-21" if document.core_properties.created else 0
    assert any("Indonesia was absent" in p.text for p in document.paragraphs if p.style and p.style.name == "Quote")


def test_several_questions_are_one_conversation(export: Export) -> None:
    assert export(ABSENT, NOWHERE, "--to", "talk.json").code == 0
    sections = json.loads(Path("talk.json").read_text("utf-8"))["sections"]
    assert [(s["heading"], s["answered"]) for s in sections] == [(ABSENT, True), (NOWHERE, False)]
    assert sections[1]["remarks"] != []


def test_the_summary_counts_what_was_not_answered(export: Export) -> None:
    assert export(ABSENT, NOWHERE, "--to", "talk.md").out.splitlines()[0].endswith("; 1 of 2 not answered")


def test_the_same_command_writes_the_same_bytes(export: Export) -> None:
    for name in ("a.docx", "b.docx"):
        assert export(ABSENT, "--to", name, "--accessed", "2026-11-21").code == 0
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()


def test_the_format_may_be_named(export: Export) -> None:
    assert export(ABSENT, "--to", "answer.txt", "--format", "ris").code == 0
    assert Path("answer.txt").read_bytes().startswith(b"TY  - ")


def test_filters_narrow_what_is_exported(export: Export) -> None:
    assert export("What was discussed?", "--to", "a.csv", "--year", "2023").code == 0
    assert b"2023-04-29-g7" in Path("a.csv").read_bytes()
    assert b"2020-" not in Path("a.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((ABSENT, "--to", "a.doc"), "a.doc: no format has this ending; end the name with one of"),
        ((ABSENT, "--to", "a.md", "--format", "doc"), "doc: no such format; there are word, markdown, html"),
        ((ABSENT, "--to", "a.docx", "--format", "markdown"), "a.docx: ends as word does, but --format says markdown;"),
        ((ABSENT, "--to", "a.md", "--style", "harvard"), "harvard: no such style; name one of apa, chicago"),
        ((ABSENT, "--to", "a.md", "--style", "none.csl"), "none.csl: cannot be read (No such file or directory)"),
        ((ABSENT, "--to", "no/a.md"), "no/a.md: the folder no does not exist; make it or name another"),
        ((ABSENT, "--to", "."), ".: no format has this ending"),
        ((NOWHERE, "--to", "a.bib"), "nothing is cited, so bibtex would be empty; export to .docx, .md"),
        ((" ", "--to", "a.md"), "question"),
        ((ABSENT, "  ", "--to", "a.md"), "question"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_one_line(export: Export, words: tuple[str, ...], says: str) -> None:
    said = export(*words)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("rapporteur: ")
    assert said.err.count("\n") == 1
    assert says in said.err
    assert list(Path().iterdir()) == []


def test_an_existing_file_is_kept_unless_forced(export: Export) -> None:
    Path("a.md").write_text("mine")
    said = export(ABSENT, "--to", "a.md")
    assert (said.code, said.out) == (1, "")
    assert said.err == "rapporteur: a.md: exists already; name another file, or replace it with --force\n"
    assert Path("a.md").read_text() == "mine"
    assert export(ABSENT, "--to", "a.md", "--force").code == 0
    assert Path("a.md").read_text("utf-8").startswith("# Who was absent")


@pytest.mark.parametrize(("typed", "code"), [(b"n\n", 1), (b"y\n", 0)])
def test_a_person_is_asked_before_a_file_is_replaced(
    export: Export, monkeypatch: pytest.MonkeyPatch, typed: bytes, code: int
) -> None:
    Path("a.md").write_text("mine")
    master, terminal = pty.openpty()
    os.write(master, typed)
    with os.fdopen(terminal, "r", closefd=True) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        said = export(ABSENT, "--to", "a.md")
    os.close(master)
    assert said.code == code
    assert "a.md exists. Replace it? [y/N]" in said.err
    assert (Path("a.md").read_text("utf-8") == "mine") == bool(code)


@pytest.mark.parametrize("words", [("--to", "a.md"), (ABSENT,), (ABSENT, "--to", "a.md", "--accessed", "yesterday")])
def test_wrong_usage_is_exit_2(export: Export, words: tuple[str, ...]) -> None:
    assert export(*words).code == 2


def test_a_day_that_is_none_is_told_of(export: Export) -> None:
    said = export(ABSENT, "--to", "a.md", "--accessed", "yesterday")
    assert "yesterday: say a day such as 2026-11-22" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("name", ["a.md", "a.docx", "a.html"])
def test_a_document_has_its_lock_file_beside_it(export: Export, capsys: pytest.CaptureFixture[str], name: str) -> None:
    said = export(ABSENT, "--to", name)
    assert said.out.splitlines()[1].startswith(f"{name}.lock.json: the lock file; ")
    held = json.loads(Path(f"{name}.lock.json").read_text("utf-8"))
    assert held["report"] == name
    assert any("Indonesia was absent" in anchor["quote"] for anchor in held["anchors"])
    assert main(["verify", name, "--lock"], lambda settings: WordCounts()) == 0
    assert f"{len(held['anchors'])} same" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("--to", "a.md", "--no-lock"), ("--to", "a.bib"), ("--to", "a.json")])
def test_a_lock_file_is_left_out_where_none_is_wanted(export: Export, words: tuple[str, ...]) -> None:
    assert export(ABSENT, *words).code == 0
    assert [path.name for path in Path().iterdir()] == [words[1]]


def test_an_existing_lock_file_is_kept_unless_forced(export: Export) -> None:
    lock = Path("a.md.lock.json")
    lock.write_text("mine")
    said = export(ABSENT, "--to", "a.md")
    assert (said.code, lock.read_text()) == (1, "mine")
    assert said.err.startswith("rapporteur: a.md.lock.json: exists already")
    assert not Path("a.md").exists()
    assert export(ABSENT, "--to", "a.md", "--force").code == 0
    assert json.loads(lock.read_text("utf-8"))["report"] == "a.md"


def test_an_empty_library_is_said_to_be_empty(export: Export, tmp_path: Path) -> None:
    said = export(ABSENT, "--to", "a.md", "--library", str(tmp_path / "empty"), "--no-records")
    assert (said.code, said.out) == (1, "")
    assert said.err == "rapporteur: the library holds no records; add some with rapporteur add\n"
    assert not Path("a.md").exists()
