"""Run the README's examples and check that every file, target and command that the documentation names exists."""

import doctest
import json
import re
import shlex
from importlib import import_module
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfWriter

from assistant.commands import main
from assistant.commands.app import app
from benchmarks import structure
from corpus.readers.registry import FORMATS
from index.settings import Settings
from support.printed_pdf import Drawn, drawn_pdf
from support.public_names import public_names
from support.word_counts import WordCounts
from test_layers import MAY_IMPORT

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PERFORMANCE = (ROOT / "docs" / "performance.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

# The report that the README has checked; one of its quotations has another word than the record.
DRAFT = """\
“Of the G20 members, Indonesia was absent from this meeting.”[^1] The ministers welcomed
“the establishment of smart mobility policies by the Presidency”.[^2]

[^1]: MIC, Results of Extraordinary G20 Digital Economy Ministerial Meeting, 30 April 2020.
[^2]: MIC, Results of G20 Digital Economy Ministerial Meeting, 22 July 2020.
"""


def code(words: list[str]) -> int:
    """Return the exit code of a command of the README: its report has an error, one of its downloads a password."""
    return int(words[:2] in (["verify", "draft.md"], ["add", "downloads/"]))


def test_the_speed_in_the_readme_is_that_of_the_last_measurement() -> None:
    rows = re.findall(r"^\|.*\|$", PERFORMANCE.partition("\n## ")[0], re.MULTILINE)
    assert len(rows) > 2
    assert [row for row in rows if row not in README] == []


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def commands() -> list[list[str]]:
    """Return the words of each `rapporteur` line in the shell blocks."""
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("rapporteur ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def exchanges() -> list[tuple[list[str], str]]:
    """Return the words after `$ rapporteur` and the output of each console example."""
    found = (re.match(r"\$ rapporteur (.*)\n((?:.*\n)*)", block) for block in blocks("console"))
    return [(shlex.split(match.group(1)), match.group(2)) for match in found if match]


@pytest.fixture
def folder_of_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minutes").mkdir()
    (tmp_path / "minutes" / "day1.txt").write_text("Minutes of the first day\n\nThe panel met in Oslo.", "utf-8")
    with ZipFile(tmp_path / "annexes.zip", "w") as archive:
        archive.writestr("annex.txt", "Annex to the minutes\n\nThe panel had nine members.")
    (tmp_path / "downloads").mkdir()
    page = drawn_pdf([Drawn(72, 100, "Communique of the panel", 18), Drawn(72, 140, "The panel met in Oslo again.")])
    (tmp_path / "downloads" / "communique.pdf").write_bytes(page)
    locked = PdfWriter(BytesIO(page))
    locked.encrypt("a word", algorithm="RC4-128")
    locked.write(tmp_path / "downloads" / "annex.pdf")
    statement = docx.Document()
    statement.add_paragraph("The panel agreed on trade.")
    statement.save(str(tmp_path / "downloads" / "joint-statement.docx"))
    (tmp_path / "statement.md").write_text(
        "---\ntitle: A statement\ndate: 2021-06-01\n---\nWe agree on trade.", "utf-8"
    )
    (tmp_path / "page.html").write_text("<p>The harbours keep their lanterns burning.</p>", "utf-8")
    (tmp_path / "notes.md").write_text("# Notes on fees\n\nThe harbour fees stay as they are.\n", "utf-8")
    (tmp_path / "draft.md").write_text(DRAFT, "utf-8")
    (tmp_path / "questions.jsonl").write_text(json.dumps({"id": "q", "question": "Who met in Oslo?"}) + "\n", "utf-8")


@pytest.mark.usefixtures("folder_of_the_example")
def test_the_readmes_commands_run_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    for words in commands():
        assert main(words, lambda settings: WordCounts()) == code(words), (words, capsys.readouterr().err)
    assert json.loads(Path("answers.jsonl").read_text("utf-8"))["id"] == "q"


@pytest.mark.usefixtures("folder_of_the_example")
def test_adding_prints_what_the_readme_shows(capsys: pytest.CaptureFixture[str]) -> None:
    ((words, expected),) = [shown for shown in exchanges() if shown[0][0] == "add"]
    assert main(words, lambda settings: WordCounts()) == 1
    assert capsys.readouterr().out == expected


def run_doctest() -> None:
    """Run the README's Python session."""
    (session,) = blocks("python")
    example = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    assert doctest.DocTestRunner().run(example).failed == 0


@pytest.mark.usefixtures("folder_of_the_example")
def test_the_readmes_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.models.registry.load_encoder", lambda settings: WordCounts())
    run_doctest()


@pytest.mark.slow
@pytest.mark.usefixtures("folder_of_the_example")
def test_the_readmes_python_runs_with_the_real_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_RANKER", "true")
    run_doctest()


def test_the_public_names_are_where_the_readme_says() -> None:
    for module, name in public_names():
        assert hasattr(import_module(module), name), f"{module}.{name}"


def test_the_readme_and_the_page_on_contributing_name_every_make_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {t for t in targets if f"make {t}" not in README + CONTRIBUTING} <= {"help", "clean"}


def test_every_format_that_is_read_stands_in_the_readme() -> None:
    assert [row.suffixes[0] for row in FORMATS if row.suffixes[0] not in README] == []


def test_every_command_stands_in_the_readme() -> None:
    names = {command.name for command in app.registered_commands}
    assert {name for name in names if not re.search(rf"rapporteur {name}\b", README)} <= {"serve", "reindex"}


def test_every_picture_and_page_that_the_readme_names_is_there() -> None:
    named = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert named
    assert [target for target in named if not (ROOT / target).exists()] == []


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/decisions.md", "docs/quality.md"]
)
def test_every_file_that_the_documentation_names_is_there(page: str) -> None:
    """A path may begin below one of the packages: "readers/pdf/reader.py"; NAME stands for a name of the reader's."""
    paths = re.findall(r"`((?:[\w.-]+/)+(?:[\w-]+\.\w+)?)`", (ROOT / page).read_text("utf-8"))
    bases = [ROOT, *(ROOT / package for package in structure.PACKAGES), *(ROOT / "assistant").iterdir()]
    assert [p for p in paths if "NAME" not in p and not any((base / p).exists() for base in bases)] == []


def test_every_test_that_the_page_on_security_names_is_there() -> None:
    named = re.findall(r"`(test_[\w*]+\.py)`", (ROOT / "SECURITY.md").read_text("utf-8"))
    assert named
    assert [pattern for pattern in named if not any((ROOT / "tests").rglob(pattern))] == []


def test_the_map_of_the_house_has_every_package() -> None:
    folders = {package.replace(".", "/") for package in MAY_IMPORT}
    assert {folder for folder in folders if f"| `{folder}/` |" not in CONTRIBUTING} == set()


@pytest.mark.slow
@pytest.mark.usefixtures("folder_of_the_example")
@pytest.mark.parametrize("number", range(len(exchanges())))
def test_the_readmes_exchanges_are_what_the_real_model_says(
    number: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_RANKER", "true")
    words, expected = exchanges()[number]
    assert main(words) == code(words)
    assert capsys.readouterr().out.startswith(expected)


def test_the_table_of_settings_is_that_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"RAPPORTEUR_{name.upper()}", raising=False)
    rows = dict(re.findall(r"^\| `RAPPORTEUR_(\w+)` \| (.*?) \|", README, re.MULTILINE))
    assert [name.lower() for name in rows] == list(Settings.model_fields)
    described = {"library": "your user data folder", "model": "the packaged ones"}
    for name, value in Settings().model_dump().items():
        shown = f"{value:g}" if isinstance(value, float) else str(value).lower()
        assert rows[name.upper()] == described.get(name, shown)
