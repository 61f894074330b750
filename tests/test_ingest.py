"""Ingest files into a library through a real reading process."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.discovery.find import expand, uploaded
from corpus.discovery.source_file import SourceFile
from corpus.facts import facts_of
from corpus.limits import Limits
from corpus.sandbox.worker import ReadingWorker
from index.errors import StaleIndex
from index.file_ingester import CheckedFile, FileIngester, IngestResult
from index.ingest import ingest
from index.library import Library, open_library
from index.models.encoder import Progress, Vectors
from support.word_counts import WordCounts

ROOT = Path(__file__).resolve().parents[1]


def opened(tmp_path: Path, encoder: WordCounts | None = None) -> Library:
    return open_library(tmp_path / "library", encoder=encoder or WordCounts(), founding=False)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return opened(tmp_path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "minutes"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "a.txt").write_text("Exports rose.")
    (folder / "b.md").write_text("Tariffs fell.")
    return folder


def taken(library: Library, *paths: str, limits: Limits | None = None) -> list[IngestResult]:
    with ReadingWorker(limits or Limits()) as worker:
        return list(ingest(library, expand(paths), worker))


def counted(outcomes: list[IngestResult]) -> dict[str, int]:
    return dict(Counter(outcome.outcome for outcome in outcomes))


def test_each_file_has_an_outcome_and_those_to_be_encoded_come_last(library: Library, folder: Path) -> None:
    (folder / "c.txt").write_text("")
    (folder / "d.txt").write_text("Tariffs fell.")
    (folder / "e.txt").symlink_to("a.txt")
    assert taken(library, ".", "f.txt") == [
        IngestResult("c.txt", "refused", reason="c.txt: the file is empty"),
        IngestResult("e.txt", "skipped", reason="e.txt: a symbolic link"),
        IngestResult("f.txt", "refused", reason="f.txt: no such file"),
        IngestResult("a.txt", "added", "a.txt"),
        IngestResult("b.md", "added", "b.md"),
        IngestResult("d.txt", "same", "b.md"),
    ]


class Watched(WordCounts):
    """Notes how many texts it encodes at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[int] = []

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded.append(len(texts))
        return super().encode_passages(texts, progress)


def test_every_file_is_checked_before_one_is_encoded_and_the_short_come_first(tmp_path: Path, folder: Path) -> None:
    encoder = Watched()
    library = opened(tmp_path, encoder)
    (folder / "a.txt").write_text("Exports rose.\n\nTariffs rose.\n\nWages rose.")
    (folder / "z.txt").write_text("")
    with ReadingWorker() as worker:
        coming = ingest(library, expand(["."]), worker)
        assert next(coming) == IngestResult("z.txt", "refused", reason="z.txt: the file is empty")
        assert encoder.encoded == []
        assert [(found.document, found.place) for found in coming] == [("b.md", 1), ("a.txt", 0)]
        assert encoder.encoded == [1, 3]


def test_files_that_take_long_to_read_hold_the_others_up_for_seconds_only(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.CHECKING_SECONDS", 0.0)
    (folder / "b.md").write_text(LONG)
    (folder / "c.txt").write_text("")
    assert [found.path for found in taken(opened(tmp_path), ".", limits=Limits(seconds=1.5))] == [
        "a.txt",
        "b.md",
        "c.txt",
    ]


def test_the_first_of_two_files_of_a_name_keeps_it_though_it_is_longer(library: Library, folder: Path) -> None:
    for name, text in (("x/c.txt", "They met.\n\nThey sang."), ("y/c.txt", "They parted.")):
        (folder / name).parent.mkdir()
        (folder / name).write_text(text)
    assert [found.document for found in taken(library, ".")] == ["a.txt", "b.md", "c.txt", "y/c.txt"]
    assert library.document("c.txt").text == "They met.\n\nThey sang."


def test_a_file_that_changes_between_checking_and_storing_is_read_again(library: Library, folder: Path) -> None:
    with ReadingWorker() as worker, FileIngester(library, worker) as ingester:
        kept, gone = (ingester.check(file) for file in expand(["."]))
        assert isinstance(kept, CheckedFile)
        assert isinstance(gone, CheckedFile)
        (folder / "a.txt").write_text("Exports fell.")
        (folder / "b.md").unlink()
        assert ingester.store(kept).outcome == "added"
        assert ingester.store(gone).reason == "b.md: no such file"
    assert [document.text for document in library.documents()] == ["Exports fell."]


def test_progress_counts_the_passages_of_all_files_by_the_share_of_the_text(library: Library, folder: Path) -> None:
    (folder / "a.txt").write_text("Exports rose.\n\nTariffs fell; wages rose.")
    seen: list[tuple[str, int, int]] = []
    with ReadingWorker() as worker:
        list(ingest(library, expand(["."]), worker, lambda *report: seen.append(report)))
    assert [report for report in seen if report[2]] == [("b.md", 0, 3), ("a.txt", 3, 3)]


def test_a_file_that_is_in_is_not_read_again(library: Library, folder: Path) -> None:
    (folder / "c.txt").write_text("Tariffs fell.")
    taken(library, ".")
    with ReadingWorker() as worker:
        assert counted(list(ingest(library, expand(["."]), worker))) == {"unchanged": 3}
        assert worker.pid is None


def test_a_new_version_comes_with_the_former_one(library: Library, folder: Path) -> None:
    taken(library, "a.txt")
    before = library.document("a.txt")
    (folder / "a.txt").write_text("Exports fell.")
    (outcome,) = taken(library, "a.txt")
    assert outcome == IngestResult("a.txt", "replaced", "a.txt", former=before)
    assert library.document("a.txt").text == "Exports fell."


def test_a_copy_with_another_footer_is_added_and_told(library: Library, folder: Path) -> None:
    said = "".join(f"The panel of harbour masters agreed on tariff number {n} for ferries.\n\n" for n in range(40))
    (folder / "release.txt").write_text(said + "Published by the port.")
    (folder / "saved.md").write_text(said + "Back to the top of this page.")
    outcomes = {outcome.path: outcome for outcome in taken(library, "a.txt", "release.txt", "saved.md")}
    assert [outcomes[name].warnings for name in ("a.txt", "release.txt")] == [(), ()]
    (warning,) = outcomes["saved.md"].warnings
    assert outcomes["saved.md"].outcome == "added"
    assert warning.startswith("nearly the same as release.txt (9")


def test_the_file_itself_is_kept(library: Library, folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbfExports rose.\r\n")
    taken(library, "a.txt")
    assert library.original("a.txt") == (b"\xef\xbb\xbfExports rose.\r\n", "text/plain")


def test_members_of_an_archive_are_documents(library: Library, folder: Path) -> None:
    with zipfile.ZipFile("m.zip", "w") as new:
        new.writestr("x/c.md", "They sang.")
        new.writestr("d.txt", "")
    assert taken(library, "m.zip") == [
        IngestResult("m.zip!/d.txt", "refused", reason="m.zip!/d.txt: the file is empty"),
        IngestResult("m.zip!/x/c.md", "added", "c.md"),
    ]
    assert library.document("c.md").source.path == f"{folder}/m.zip!/x/c.md"


def test_an_upload_of_the_same_name_is_a_new_version(library: Library, folder: Path) -> None:
    with ReadingWorker() as worker:
        for text, outcome in (("They met.", "added"), ("They parted.", "replaced"), ("They parted.", "unchanged")):
            (folder / "7").write_text(text)
            found = uploaded(folder / "7", "minutes/t.txt")
            assert [(o.path, o.outcome, o.document) for o in ingest(library, found, worker)] == [
                ("minutes/t.txt", outcome, "t.txt")
            ]
    assert library.document("t.txt").source.path == "upload:minutes/t.txt"


# records.toml


def titled(library: Library) -> list[tuple[str, str]]:
    return [(f.value, f.origin) for f in facts_of(library.document("a.txt")) if f.name == "title"]  # type: ignore[misc]


def test_facts_follow_records_toml_though_the_file_stays_the_same(library: Library, folder: Path) -> None:
    taken(library, ".")
    listed = folder / "records.toml"
    listed.write_text('[[record]]\nfile = "a.txt"\ntitle = "Talks"\n[record.meeting]\nfirst_day = 2021-08-05\n')
    assert counted(taken(library, ".")) == {"replaced": 1, "unchanged": 1}
    assert titled(library) == [("Talks", "records.toml")]
    assert library.document("a.txt").meeting.days == "5 August 2021"
    with ReadingWorker() as worker:
        assert counted(list(ingest(library, expand(["."]), worker))) == {"unchanged": 2}
        assert worker.pid is None
    listed.write_text('[[record]]\nfile = "a.txt"\ntitle = "Other talks"\n')
    assert counted(taken(library, "a.txt")) == {"replaced": 1}
    assert (titled(library), library.document("a.txt").meeting.days) == ([("Other talks", "records.toml")], "")
    listed.unlink()
    assert counted(taken(library, ".")) == {"replaced": 1, "unchanged": 1}
    assert titled(library) == [("a.txt", "file name")]


@pytest.mark.parametrize("archived", [False, True])
def test_facts_stay_while_records_toml_cannot_be_read(library: Library, folder: Path, archived: bool) -> None:
    def stated(toml: str) -> str:
        if not archived:
            (folder / "records.toml").write_text(toml)
            return "a.txt"
        with zipfile.ZipFile(folder / "all.zip", "w") as packed:
            packed.write(folder / "a.txt", "a.txt")
            packed.writestr("records.toml", toml)
        return "all.zip"

    right = '[[record]]\nfile = "a.txt"\ntitle = "Talks"\n'
    assert counted(taken(library, stated(right))) == {"added": 1}
    assert counted(taken(library, stated(right.replace("]]", "]")))) == {"refused": 1, "unchanged": 1}
    assert titled(library) == [("Talks", "records.toml")]
    assert counted(taken(library, stated('[[record]]\nfile = "gone.txt"\n'))) == (
        {"refused": 1, "replaced": 1} if archived else {"replaced": 1}
    )
    assert titled(library) == [("a.txt", "file name")]


def test_what_the_user_corrected_outlives_records_toml(library: Library, folder: Path) -> None:
    taken(library, ".")
    library.correct("a.txt", {"title": "My talks"})
    (folder / "records.toml").write_text('[[record]]\nfile = "a.txt"\ntitle = "Talks"\npublisher = "MIC"\n')
    assert counted(taken(library, ".")) == {"replaced": 1, "unchanged": 1}
    assert (titled(library), library.document("a.txt").publisher) == ([("My talks", "you")], "MIC")
    assert counted(taken(library, ".")) == {"unchanged": 2}


# What goes wrong.

LONG = "# a\n\n" * 1_000_000


def test_a_document_over_a_limit_costs_only_itself(library: Library, folder: Path) -> None:
    (folder / "a2.md").write_text(LONG)
    outcomes = taken(library, ".", limits=Limits(seconds=1.5))
    assert [(o.path, o.outcome) for o in outcomes] == [("a2.md", "refused"), ("a.txt", "added"), ("b.md", "added")]
    assert outcomes[0].reason == "a2.md: not read within 1.5 seconds; split it or save it in a simpler format"


def test_a_file_that_goes_or_grows_after_it_was_found_is_refused(library: Library, folder: Path) -> None:
    found = expand(["."])
    (folder / "a.txt").unlink()
    with ReadingWorker(Limits(file_bytes=5)) as worker:
        assert [outcome.reason for outcome in ingest(library, found, worker)] == [
            "a.txt: no such file",
            "b.md: 13 bytes are over the limit of 5; split the file",
        ]


def test_a_library_that_cannot_be_written_ends_the_run(tmp_path: Path, library: Library, folder: Path) -> None:
    taken(library, "a.txt")
    other = opened(tmp_path, WordCounts("other counts"))
    with ReadingWorker() as worker:
        coming = ingest(other, expand(["."]), worker)
        assert next(coming).outcome == "unchanged"
        with pytest.raises(StaleIndex):
            next(coming)


def test_who_stops_in_the_middle_does_not_wait_and_the_worker_goes_on(library: Library, folder: Path) -> None:
    (folder / "b.md").write_text(LONG)
    with ReadingWorker() as worker:
        coming = ingest(library, expand(["."]), worker)
        assert next(coming).document == "a.txt"
        coming.close()  # type: ignore[attr-defined]
        (folder / "b.md").unlink()
        (folder / "c.txt").write_text("They met.")
        assert counted(list(ingest(library, expand(["."]), worker))) == {"unchanged": 1, "added": 1}


def test_how_far_a_file_is_is_told(library: Library, folder: Path) -> None:
    (folder / "a.txt").write_text("Exports rose.\n\nTariffs fell.")
    told: list[tuple[str, int, int]] = []
    with ReadingWorker() as worker:
        for outcome in ingest(library, expand(["a.txt"]), worker, lambda *how: told.append(how)):
            assert outcome.outcome == "added"
    assert (told[0], told[-1]) == (("a.txt", 0, 0), ("a.txt", 2, 2))


class GivenUp(Exception):
    pass


def test_who_is_told_may_give_a_file_up_while_it_is_read(library: Library, folder: Path) -> None:
    (folder / "a.md").write_text(LONG)
    began = time.monotonic()

    def tell(path: str, done: int, of: int) -> None:
        if time.monotonic() - began > 0.3:
            raise GivenUp

    with ReadingWorker() as worker:
        with pytest.raises(GivenUp):
            list(ingest(library, expand(["a.md"]), worker, tell))
        assert [o.outcome for o in ingest(library, expand(["a.txt"]), worker)] == ["added"]
    assert [document.name for document in library.documents()] == ["a.txt"]


# A run that ends early, in a process of its own.

_ADD = """
import signal, sys, time
from assistant.commands import main
from support.word_counts import WordCounts

class Slow(WordCounts):
    def encode_passages(self, texts, progress=None):
        time.sleep(float(sys.argv[2]))
        return super().encode_passages(texts, progress)

# Programs that a shell has started in the background ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(["add", sys.argv[1], "--no-records"], lambda settings: Slow()))
"""


def adding(folder: Path, seconds: float = 0) -> "subprocess.Popen[str]":
    """A run that takes so long over each document, so that it can be stopped before the last one."""
    return subprocess.Popen(
        [sys.executable, "-u", "-c", _ADD, str(folder), str(seconds)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def many(folder: Path) -> Path:
    for i in range(15):
        (folder / f"{i}.txt").write_text(f"They met {i} times.")
    return folder


def summed_up(process: "subprocess.Popen[str]") -> str:
    """The last line that a run prints, which says nothing else."""
    out, err = process.communicate(timeout=60)
    assert err == ""
    return out.splitlines()[-1]


def rest_of(count: int) -> list[str]:
    """Return the last lines that the second run may print: the document in hand was added, or was not."""
    return [f"{17 - n} added, 0 replaced, {n} unchanged, 0 refused" for n in (count, count + 1)]


def test_a_run_that_is_interrupted_says_how_far_it_came_and_goes_on_when_repeated(many: Path) -> None:
    with adding(many, 1) as first:
        assert first.stdout
        assert first.stderr
        lines = [first.stdout.readline()]
        first.send_signal(signal.SIGINT)
        lines += first.stdout.read().splitlines()
        assert (first.stderr.read(), first.wait(timeout=30)) == ("", 130)
    came = len(lines) - 1
    assert lines[-1] == f"{came} added, 0 replaced, 0 unchanged, 0 refused"
    assert 1 <= came < 17
    with adding(many) as second:
        assert summed_up(second) in rest_of(came)


def test_a_run_that_is_killed_goes_on_when_repeated(many: Path) -> None:
    with adding(many, 1) as first:
        assert first.stdout
        lines = [first.stdout.readline()]
        first.kill()
        lines += first.stdout.read().splitlines()
    with adding(many) as second:
        assert summed_up(second) in rest_of(len(lines))


def test_a_full_disk_ends_the_run_by_one_line_after_what_is_in(many: Path, tmp_path: Path) -> None:
    limited = _ADD.replace("import signal, sys", "import resource, signal, sys").replace(
        "sys.exit(", "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\nsys.exit("
    )
    (many / "99.txt").write_text("This is what the ministers of the group said to each other.\n\n" * 3_000)
    done = subprocess.run(
        [sys.executable, "-c", limited, str(many), "0"],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[-1] == f"{len(lines) - 1} added, 0 replaced, 0 unchanged, 0 refused"
    assert done.stderr.startswith(f"rapporteur: {tmp_path}/library/library.sqlite3: the disk is full or failing")
    assert done.stderr.count("\n") == 1
    assert len(opened(tmp_path).documents()) == len(lines) - 1


def test_found_files_that_are_passed_over_cost_no_process(library: Library) -> None:
    with ReadingWorker() as worker:
        found = [
            SourceFile(Path("a.txt"), refused="a.txt: no such file"),
            SourceFile(Path("b"), skipped="a link", files=3),
        ]
        assert list(ingest(library, found, worker)) == [
            IngestResult("a.txt", "refused", reason="a.txt: no such file"),
            IngestResult("b", "skipped", reason="b: a link", files=3),
        ]
        assert worker.pid is None
