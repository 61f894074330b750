"""Add a folder of hostile files among good ones; each is added or refused as expected."""

import contextlib
import io
import json
import re
import socket
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from assistant.commands import main
from assistant.commands.output import shown
from corpus.document import Document
from index.library import Library, open_library
from support.hostile_archives import ZIP
from support.hostile_captions import CAPTIONS
from support.hostile_docx import WORD
from support.hostile_files import PORT, Accepted, Hostile, Refused, Skipped
from support.hostile_html import HTML
from support.hostile_names import NAMES
from support.hostile_office import OFFICE
from support.hostile_pdf import PDF
from support.hostile_text import TEXT
from support.word_counts import WordCounts

_ALL = {
    "text": TEXT,
    "captions": CAPTIONS,
    "office": OFFICE,
    "html": HTML,
    "pdf": PDF,
    "word": WORD,
    "zip": ZIP,
    "names": NAMES,
}
# The slow ones are in tests/slow/test_bombs.py.
GROUPS = {group: [hostile for hostile in cases if not hostile.slow] for group, cases in _ALL.items()}
CASES = [
    pytest.param(group, hostile, id=f"{group}: {hostile.what}") for group, all_ in GROUPS.items() for hostile in all_
]


@dataclass(frozen=True, slots=True)
class Afterwards:
    """State of a library after a folder of bad files was added, with the output of the command."""

    folder: Path
    library: Library
    documents: list[Document]
    code: int
    out: str
    err: str
    new_files: set[str]
    left_in_temp: list[str]
    callers: int

    @property
    def lines(self) -> list[str]:
        return (self.out + self.err).splitlines()

    def about(self, path: Path) -> list[str]:
        """The lines that name a path."""
        return [line for line in self.lines if shown(path) in line]

    def under(self, folder: Path) -> list[Document]:
        return [d for d in self.documents if (d.source.path or "").startswith(f"{folder}/")]


def _listing(folder: Path) -> set[str]:
    return {
        f"{path} {path.lstat().st_size} {path.lstat().st_mtime_ns}" for path in folder.rglob("*") if not path.is_dir()
    }


@contextlib.contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", PORT)) as server:
        server.setblocking(False)
        yield server


def _callers(server: socket.socket) -> int:
    count = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            count += 1
    return count


def place(number: int) -> str:
    return f"{number:03}"


def good_files(folder: Path) -> None:
    """A good file before and one behind whatever else lies there."""
    (folder / "!.txt").write_text(f"Talks {folder.name}\n\nBefore the storm they met in room {folder.name}.\n")
    (folder / "~.md").write_text(f"# Talks {folder.name}\n\nBehind the storm they left room {folder.name}.\n")


def _said(*words: str) -> tuple[int, str, str]:
    """Run a command: its exit code, and what it printed on stdout and stderr."""
    raw, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(raw, "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(list(words), lambda settings: WordCounts())
    out.flush()
    return code, raw.getvalue().decode(), err.getvalue()


def _added(base: Path, cases: Sequence[Hostile]) -> Afterwards:
    """Add a folder with a folder for each bad file, and see what is there then."""
    for part in ("in", "here", "temp", "home"):
        (base / part).mkdir()
    for number, hostile in enumerate(cases):
        folder = base / "in" / place(number)
        folder.mkdir()
        good_files(folder)
        hostile.write(folder)
    before = _listing(base)
    with pytest.MonkeyPatch.context() as patch, _listening() as server:
        patch.chdir(base / "here")
        patch.setenv("TMPDIR", str(base / "temp"))
        patch.setattr(tempfile, "tempdir", None)
        patch.setenv("HOME", str(base / "home"))
        code, out, err = _said("add", str(base / "in"), "--no-records", "--library", str(base / "library"))
        library = open_library(base / "library", encoder=WordCounts(), founding=False)
        ours = (f"{base}/library/", f"{base}/temp/")
        return Afterwards(
            folder=base / "in",
            library=library,
            documents=library.documents(),
            code=code,
            out=out,
            err=err,
            new_files={line for line in _listing(base) - before if not line.startswith(ours)},
            left_in_temp=[path.name for path in (base / "temp").iterdir()],
            callers=_callers(server),
        )


@pytest.fixture(scope="module")
def added_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Afterwards]:
    """Each group's folder is added once, by the first test that asks for it."""
    return cache(lambda group: _added(tmp_path_factory.mktemp(group), GROUPS[group]))


@pytest.fixture
def added(added_once: Callable[[str], Afterwards], group: str) -> Afterwards:
    return added_once(group)


@pytest.mark.parametrize(("group", "hostile"), CASES)
def test_a_bad_file_is_taken_in_as_it_is_or_refused_by_its_line(
    added: Afterwards, group: str, hostile: Hostile
) -> None:
    path = added.folder / place(GROUPS[group].index(hostile)) / hostile.name
    lines = [line for line in added.about(path) if not line.startswith("added: ")]
    documents = [d for d in added.under(path.parent) if d.name.split("/")[-1] not in ("!.txt", "~.md")]
    match hostile.outcome:
        case Refused(reason):
            assert lines, added.about(path.parent)
            assert lines[0].startswith("refused: ")
            assert reason.lower() in lines[0].lower()
        case Skipped(reason):
            assert documents == []
            assert len(lines) <= 1
            assert all(line.startswith("skipped: ") and reason in line for line in lines)
        case Accepted(words, without):
            assert [line for line in lines if line.startswith("refused: ")] == []
            same = [line.partition(": same as ")[2] for line in lines if ": same as " in line]
            text = "".join([d.text for d in documents] + [added.library.document(name).text for name in same])
            assert [w for w in words if w not in text] == [], text[:2000]
            assert [w for w in without if w in text] == [], text[:2000]


@pytest.mark.parametrize(("group", "hostile"), CASES)
def test_the_good_files_beside_it_are_in(added: Afterwards, group: str, hostile: Hostile) -> None:
    folder = added.folder / place(GROUPS[group].index(hostile))
    held = {d.source.path: d.text for d in added.under(folder)}
    assert f"Before the storm they met in room {folder.name}." in held.get(str(folder / "!.txt"), "")
    assert f"Behind the storm they left room {folder.name}." in held.get(str(folder / "~.md"), "")


@pytest.mark.parametrize("group", GROUPS)
def test_the_summary_counts_and_the_exit_code_tells(added: Afterwards) -> None:
    counted = {
        name: int(number.replace(",", ""))
        for number, name in re.findall(r"(\d[\d,]*) (\w+)", added.out.splitlines()[-1])
    }
    said = [line.partition(":")[0] for line in added.out.splitlines()[:-1]]
    assert counted["added"] == len(added.documents) == said.count("added")
    assert counted["refused"] == said.count("refused")
    assert added.code == (1 if counted["refused"] else 0)


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_is_said_that_a_person_cannot_read(added: Afterwards) -> None:
    said = added.out + added.err
    assert "Traceback" not in said
    assert {c for c in said if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} <= {"\n", "\u200d"}


@pytest.mark.parametrize("group", GROUPS)
def test_the_library_is_whole(added: Afterwards) -> None:
    assert added.library.check() == []


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_in_can_be_asked_listed_and_shown(added: Afterwards) -> None:
    held, place = {d.name: d.text for d in added.documents}, ("--library", str(added.folder.parent / "library"))
    for question in ("Where did the ministers meet?", "What was agreed about data free flow with trust?", "owned"):
        code, out, err = _said("ask", question, "--json", *place)
        assert (code, err) == (0, "")
        reply = json.loads(out)
        for cited in (*reply["citations"], *reply["nearest"]):
            assert held[cited["document"]][cited["start"] : cited["end"]] == cited["quote"]
    assert {row["document"] for row in json.loads(_said("list", "--json", *place)[1])} == set(held)
    for name, text in held.items():
        assert _said("show", *place, "--", name) == (0, text, "")


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_is_written_beside_the_library(added: Afterwards) -> None:
    assert added.new_files == set()
    assert added.left_in_temp == []


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_is_fetched(added: Afterwards) -> None:
    assert added.callers == 0
