"""Help has one form of arguments, wrong usage has no library's words, and shells complete."""

import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from assistant.commands import main
from assistant.commands.output import columns
from support.requirements import require_program
from support.word_counts import WordCounts

REPOSITORY = Path(__file__).resolve().parents[1]
Captured = pytest.CaptureFixture[str]
COMMANDS = [
    *"ask search evidence export add sync remove list show facts status reindex backup restore verify serve".split(),
    *("completion", "user add", "user role", "user token", "set add", "set rename"),
]


def run(*words: str) -> int:
    return main(words, lambda settings: WordCounts())


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_that_of_the_package(option: str, capsys: Captured) -> None:
    assert run(option) == 0
    assert capsys.readouterr().out == f"rapporteur {version('rapporteur')}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_names_no_types_and_one_form_of_arguments(command: str, capsys: Captured) -> None:
    assert run(*command.split(), "--help") == 0
    usage, *lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"Usage: rapporteur \w+( \w+)? \[OPTIONS\]( \[?[A-Z]+(=[A-Z]+)?\]?(\.\.\.)?)*", usage)
    assert not re.search(r"<\w|\{[A-Z]", "\n".join(lines))


def test_the_help_names_the_default_library(capsys: Captured) -> None:
    run("ask", "--help")
    told = " ".join(capsys.readouterr().out.split())
    assert "RAPPORTEUR_LIBRARY, or " in told
    assert "rapporteur)]" in told


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("search x --k ten", "--k: ten does not fit; give a whole number"),
        ("search x --k 0", "--k: 0 does not fit; give 1 or more"),
        ("ask x --k 0", "--k: 0 does not fit; give 1 or more"),
        ("serve --port 70000", "--port: 70000 does not fit; give 65535 or less"),
        ("evidence fly", "ACTION: fly does not fit; give one of list, add, remove, undo, move, note, heading"),
        ("completion tcsh", "SHELL: tcsh does not fit; give one of bash, zsh, fish"),
        ("ask two words", "words: not expected here; put a text of several words in quotation marks"),
        ("show", "DOCUMENT is missing"),
    ],
)
def test_wrong_usage_says_what_to_give(words: str, message: str, capsys: Captured) -> None:
    assert run(*words.split()) == 2
    assert capsys.readouterr().err == f"rapporteur: {message}; see rapporteur {words.split()[0]} --help\n"


@pytest.mark.parametrize(
    ("value", "message"),
    [("many", "give a whole number, or unset it"), ("0", "give 1 or more, or unset it")],
)
def test_a_wrong_setting_says_what_to_give(
    value: str, message: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_PAGES", value)
    assert run("list") == 1
    assert capsys.readouterr().err == f"rapporteur: RAPPORTEUR_PAGES={value}: {message}\n"


def test_a_table_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[str, ...]] = [("NAME", "DAY", "TITLE"), ("a" * 90 + "-end", "2021-08-05", "東京" * 40)]
    monkeypatch.setattr("assistant.commands.output.on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    lines = columns(rows)
    assert all(len(line) + len(re.findall("[東京]", line)) <= 80 for line in lines)
    assert re.search(r"aaa…aa+-end  2021-08-05  東京", lines[1])


def test_a_table_in_a_pipe_is_whole() -> None:
    assert columns([("a" * 300,)]) == ["a" * 300]


def complete(line: str, library: Path) -> list[str]:
    """Return what bash completes at the end of a line, by the script that the command prints."""
    bash = require_program("bash")
    command = library.parent / "bin" / "rapporteur"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m assistant.commands "$@"\n')
    command.chmod(0o755)
    words = line.split(" ")
    script = "\n".join(
        [
            f'rapporteur() {{ {command} "$@"; }}',
            'eval "$(rapporteur completion bash)"',
            f"COMP_WORDS=({' '.join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}",
            f"COMP_LINE={shlex.quote(line)}; COMP_POINT={len(line)}",
            "_rapporteur_completion rapporteur",
            'printf "%s\\n" "${COMPREPLY[@]}"',
        ]
    )
    env = {**os.environ, "RAPPORTEUR_LIBRARY": str(library), "PYTHONPATH": str(REPOSITORY)}
    env["PATH"] = f"{command.parent}:{env['PATH']}"
    done = subprocess.run([bash, "-c", script], cwd=REPOSITORY, env=env, capture_output=True, text=True, timeout=60)
    return done.stdout.split()


def test_bash_completes_commands_and_documents(tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert run("status", "--library", str(library)) == 0
    assert complete("rapporteur ver", library) == ["verify"]
    assert "2020-07-22-g20-mic.txt" in complete("rapporteur show 2020", library)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_scripts_of_other_shells_name_the_command(shell: str, capsys: Captured) -> None:
    assert run("completion", shell) == 0
    script = capsys.readouterr().out
    assert "rapporteur" in script
    assert "_RAPPORTEUR_COMPLETE" in script
