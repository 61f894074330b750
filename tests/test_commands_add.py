import json
import os
import zipfile
from pathlib import Path

import pytest

from assistant.citations.citation import Citation
from corpus.discovery.find import kinds
from corpus.span import Span
from index.library import open_library
from support.commands import Run
from support.word_counts import WordCounts


def test_add_tells_what_became_of_each_path(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "c.md").write_text("# C\n\nTariffs fell.")
    (folder / "a.txt").write_text("Exports rose.")
    (folder / "copy.txt").write_text("Exports rose.")
    (folder / "photo.JPG").write_bytes(b"\xff\xd8\xff")
    (folder / "b" / "sound.wav").write_bytes(b"RIFF")
    (folder / ".hidden.txt").write_text("Hidden.")
    (folder / "zero.txt").write_text("")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    said = run("add", str(folder))
    assert said.code == 1
    assert said.out.splitlines() == [
        f"skipped: {folder}/link.txt: a symbolic link",
        f"refused: {folder}/zero.txt: the file is empty",
        f"skipped: {folder}: files that are not read: 1 .jpg, 1 .wav",
        "added: a.txt",
        f"{folder}/copy.txt: same as a.txt",
        "added: c.md",
        "2 added, 0 replaced, 0 unchanged, 1 same, 1 refused, 3 skipped",
    ]
    (folder / "a.txt").write_text("Exports fell.")
    again = run("add", str(folder / "a.txt"), str(folder / "b"))
    assert again.out.splitlines() == [
        "unchanged: c.md",
        f"skipped: {folder}/b: files that are not read: 1 .wav",
        "replaced: a.txt",
        "0 added, 1 replaced, 1 unchanged, 0 refused, 1 skipped",
    ]
    assert again.code == 0


def test_add_json_is_a_list_of_outcomes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Exports rose.")
    said = run("add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--json")
    assert said.code == 1
    assert json.loads(said.out) == [
        {"path": str(tmp_path / "a.txt"), "outcome": "added", "document": "a.txt", "reason": None, "warnings": []},
        {
            "path": str(tmp_path / "b.txt"),
            "outcome": "refused",
            "document": None,
            "reason": f"{tmp_path}/b.txt: no such file",
            "warnings": [],
        },
    ]


def test_the_json_of_a_run_is_in_the_order_of_the_files(run: Run, tmp_path: Path) -> None:
    for name, text in (("a.txt", "They met.\n\nThey sang."), ("b.txt", ""), ("c.txt", "They parted.")):
        (tmp_path / name).write_text(text)
    listed = json.loads(run("add", *(str(tmp_path / name) for name in ("c.txt", "a.txt", "b.txt")), "--json").out)
    assert [Path(each["path"]).name for each in listed] == ["c.txt", "a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("photo.jpg", b"\xff\xd8\xff", "a picture is not read; give a .pdf of it with a text layer"),
        ("binary.txt", b"a\0b", "binary under a text's name"),
        ("blank.txt", b" \n", "the file is empty"),
        ("front.md", b"---\ntitle: T\n---\n", "the file has only front matter"),
    ],
)
def test_a_file_that_is_no_text_is_refused(name: str, raw: bytes, reason: str, run: Run, tmp_path: Path) -> None:
    before = run("list").out
    (tmp_path / name).write_bytes(raw)
    said = run("add", str(tmp_path / name))
    assert (said.code, said.err, run("list").out) == (1, "", before)
    assert said.out.startswith(f"refused: {tmp_path / name}: {reason}")
    assert said.out.splitlines()[1] == "0 added, 0 replaced, 0 unchanged, 1 refused"


def test_a_folder_without_texts_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = run("add", str(tmp_path / "empty"))
    assert said.code == 1
    assert said.out.startswith(f"refused: {tmp_path / 'empty'}: no {kinds()} file in this folder\n")


def test_an_empty_path_does_not_mean_this_folder(run: Run) -> None:
    assert run("add", "") == (
        1,
        "refused: an empty path; name a file or folder\n0 added, 0 replaced, 0 unchanged, 1 refused\n",
        "",
    )


def test_a_name_that_steers_a_terminal_is_shown_escaped(run: Run, tmp_path: Path) -> None:
    (tmp_path / "\x1b[31m\u202e日本.txt").write_text("Exports rose. [bold]")
    said = run("add", str(tmp_path / "\x1b[31m\u202e日本.txt"))
    assert said.out.startswith("added: \\u001b[31m\\u202e日本.txt\n")
    assert "\\u001b[31m\\u202e日本.txt" in run("list").out


def test_a_name_that_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("Exports rose.")
    said = run("add", str(tmp_path / name))
    assert said.code == 1
    assert said.out.startswith(f"refused: {tmp_path}/caf\\udce9.txt: the name is not UTF-8 text; rename the file\n")


def test_patterns_choose_among_the_files_of_folders_and_archives(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    folder.mkdir()
    for name in ("a.txt", "Draft.txt", "b.md"):
        (folder / name).write_text(f"They met in {name}.")
    with zipfile.ZipFile(folder / "c.zip", "w") as new:
        new.writestr("d.txt", "They sang.")
        new.writestr("draft d.txt", "They danced.")
    said = run("add", str(folder), "--include", "*.txt", "--include", "*.zip", "--exclude", "draft*")
    assert said.out.splitlines() == ["added: a.txt", "added: d.txt", "2 added, 0 replaced, 0 unchanged, 0 refused"]
    (tmp_path / "here" / "e.txt").write_text("They slept.")
    assert run("add", "*.txt").out.splitlines()[0] == "added: e.txt"


def test_warnings_are_shown_below_what_they_are_about(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They \u202emet\u202c.")
    said = run("add", str(tmp_path / "a.txt"))
    added, warning, summary = said.out.splitlines()
    assert (said.code, added, summary) == (0, "added: a.txt", "1 added, 0 replaced, 0 unchanged, 0 refused")
    assert warning.startswith("  warning: ")
    (tmp_path / "b.txt").write_text("They \u202eparted\u202c.")
    (outcome,) = json.loads(run("add", str(tmp_path / "b.txt"), "--json").out)
    assert outcome["warnings"] == [warning.removeprefix("  warning: ")]


def test_a_new_version_tells_what_became_of_the_quotations_of_the_former_one(
    run: Run, library_of_its_own: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Exports of zinc rose in 2021.\n\nTariffs on tin fell.")
    run("add", str(tmp_path / "a.txt"))
    held = open_library(library_of_its_own, encoder=WordCounts()).document("a.txt")
    for words in ("Exports of zinc rose in 2021.", "Tariffs on tin fell."):
        start = held.text.index(words)
        assert run("evidence", "add", Citation(held, Span(start, start + len(words))).anchor).code == 0
    (tmp_path / "a.txt").write_text("Tariffs on tin fell.")
    assert run("add", str(tmp_path / "a.txt")).out.splitlines() == [
        "replaced: a.txt",
        "  replaced a.txt: of 2 cited quotations 1 moved, 1 gone: “Exports of zinc rose in 2021.” is gone",
        "0 added, 1 replaced, 0 unchanged, 0 refused",
    ]
    (tmp_path / "a.txt").write_text("Tariffs on tin rose.")
    (outcome,) = json.loads(run("add", str(tmp_path / "a.txt"), "--json").out)
    assert (outcome["outcome"], outcome["quotations"]["quotations"]) == ("replaced", 1)


def test_add_keeps_the_address_of_a_saved_page(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><h1>Lanterns</h1><p>They agreed on forty lanterns.</p></body></html>")
    assert run("add", str(page), "--source", "https://harbour.example/minutes").code == 0
    assert "address https://harbour.example/minutes you" in " ".join(run("facts", "page.html").out.split())
    assert "https://harbour.example/minutes" in run("ask", "How many lanterns?").out
    page.write_text("<html><body><h1>Lanterns</h1><p>They agreed on fifty lanterns.</p></body></html>")
    assert run("add", str(page)).code == 0
    assert "https://harbour.example/minutes" in run("facts", "page.html").out


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "//harbour.example", "", "https://a b"]
)
def test_add_refuses_an_address_that_is_none_of_the_web(run: Run, tmp_path: Path, address: str) -> None:
    (tmp_path / "page.html").write_text("<p>They agreed on forty lanterns.</p>")
    said = run("add", str(tmp_path / "page.html"), "--source", address)
    assert said.code == 1
    assert "give a web address that begins with https:// or http://" in said.err
    assert "page.html" not in run("list").out


def test_add_refuses_one_address_for_several_files(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Exports rose in {name}.")
    said = run("add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--source", "https://harbour.example/")
    assert said.code == 1
    assert "--source is the address of one file, and there are 2; add that file alone" in said.err
