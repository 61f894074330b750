"""Measure how fast texts are added, beside the bare encoders, Haystack, txtai and another revision of this project."""

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.figures import Cell, markdown_table
from benchmarks.speed.processes import Usage, loads, measure, middle
from benchmarks.speed.results import Part
from benchmarks.speed.systems import BARE, BOTH, Peer, Rapporteur, bare, check_out, peers
from benchmarks.speed.texts import TextFile, releases, write_json

_TINY_PASSAGES = 3  # as many as a start needs to do all that it does once
Runs = dict[Rapporteur | Peer, "_Run"]


@dataclass(frozen=True, slots=True)
class _Run:
    """The runs of one program: whole processes, and the seconds that each took to add, without its start."""

    whole: list[Usage]
    wall: list[float]
    cpu: list[float]

    def rate(self, passages: int, field: str) -> float:
        """Return the passages a second of "wall" or "cpu" time."""
        return passages / float(median(getattr(self, field)))


def report(encoder: str, number: int | None, rounds: int, before: str | None) -> Part:
    """Add releases with each program of an encoder in turn, several rounds, and return the section of the report."""
    files = releases(number)
    if not files:
        return Part(f"## Adding with {encoder}\n\nNot measured: ../shared/documents is missing.")
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as temporary:
        folder = Path(temporary)
        systems = _systems(encoder, before, folder)
        runs: Runs = {system: _Run([], [], []) for system in systems}
        setting = _Setting(files, folder)
        for number_of_round in range(rounds):
            for system in systems:
                print(f"adding, round {number_of_round + 1}: {system.name}, {system.encoder} ...", file=sys.stderr)
                setting.run(system, runs[system])
    passages = sum(len(file.passages) for file in files)
    return Part(_section(files, runs, rounds), (_main_row(passages, runs),))


def _systems(encoder: str, before: str | None, folder: Path) -> list[Rapporteur | Peer]:
    """Return this checkout, the other revision, the bare encoders, and the peers, which have one encoder."""
    earlier = [Rapporteur(f"Rapporteur at {before}", encoder, check_out(before, folder / "before"))] if before else []
    return [Rapporteur(encoder=encoder), *earlier, bare(encoder), *(peers((encoder,)) if encoder != BOTH else [])]


class _Setting:
    """The sample in the forms that the programs read, and a tiny file."""

    def __init__(self, files: Sequence[TextFile], folder: Path) -> None:
        self._folder = folder
        self._files = {"whole": folder / "files", "tiny": folder / "file"}
        passages = [passage for file in files for passage in file.passages]
        self._passages = write_json(folder / "passages.json", passages)
        for place in self._files.values():
            place.mkdir()
        for file in files:
            shutil.copy(file.path, self._files["whole"])
        words = "\n\n".join(f"Short paragraph {n} of a small file." for n in range(_TINY_PASSAGES))
        (self._files["tiny"] / "tiny.txt").write_text(words, "utf-8")

    def run(self, system: Rapporteur | Peer, run: _Run) -> None:
        """Add the sample with a program and note its cost.

        A peer tells the time of its start apart; of Rapporteur it is that of adding a tiny file.
        """
        whole = self._add(system, "whole")
        run.whole.append(whole)
        if isinstance(system, Peer):
            seconds = json.loads(whole.output.splitlines()[-1])
            run.wall.append(seconds["wall"])
            run.cpu.append(seconds["cpu"])
        else:
            tiny = self._add(system, "tiny")
            run.wall.append(whole.wall - tiny.wall)
            run.cpu.append(whole.cpu - tiny.cpu)

    def _add(self, system: Rapporteur | Peer, size: str) -> Usage:
        """Add the texts to a new library or index and return the cost."""
        store = self._folder / "store"
        try:
            if isinstance(system, Peer):
                return measure(system.command("add", self._passages, store))
            shutil.copytree(self._founding(system), store)
            command = system.command("add", self._files[size], "--library", store, "--no-records")
            return measure(command, system.env)
        finally:
            if store.is_dir():
                shutil.rmtree(store)
            store.unlink(missing_ok=True)

    def _founding(self, system: Rapporteur) -> Path:
        """Return a library of the system without a document."""
        place = self._folder / f"library {system.name} {system.encoder}".replace(" ", "-")
        if not place.exists():
            command = system.command("list", "--library", place, "--no-records")
            measure(command, system.env)
        return place


def _section(files: Sequence[TextFile], runs: Runs, rounds: int) -> str:
    passages = sum(len(file.passages) for file in files)
    characters = sum(len(passage) for file in files for passage in file.passages) / passages
    usages = [usage for run in runs.values() for usage in run.whole]
    return "\n\n".join(
        [
            f"## Adding with {next(iter(runs)).encoder}",
            f"{len(files)} releases of ../shared/documents, {passages:,} passages of {characters:.0f} characters on"
            " average, added to an empty library by `rapporteur add`; the others get the passages and read no files."
            " Rapporteur encodes each passage with its title, headings, meeting and days, and its sentences; the others"
            f" encode the passages alone, in float32 by torch. Whole processes, in turn, {rounds} of each, medians; the"
            f" rates leave out the start of a process, of Rapporteur's that with {_TINY_PASSAGES} passages."
            f" Load {loads(usages)}.",
            markdown_table(
                [
                    "program",
                    "passages a second",
                    "a processor second",
                    "Rapporteur's, times this",
                    "by the processor",
                    "whole run",
                    "peak memory",
                ],
                [_row(system, run, passages, runs) for system, run in runs.items()],
            ),
        ]
    )


def _main_row(passages: int, runs: Runs) -> tuple[str, ...]:
    rates = {system.name: f"{run.rate(passages, 'wall'):.1f}" for system, run in runs.items()}
    cells = [rates.get(name, "-") for name in ("Rapporteur", BARE, "Haystack hybrid", "txtai hybrid")]
    return (f"passages added a second, {next(iter(runs)).encoder}", *cells)


def _row(system: Rapporteur | Peer, run: _Run, passages: int, runs: Runs) -> list[Cell]:
    ours = next(iter(runs.values()))
    wall, cpu = (run.rate(passages, field) for field in ("wall", "cpu"))
    return [
        system.name,
        f"{wall:.1f}",
        f"{cpu:.1f}",
        f"{ours.rate(passages, 'wall') / wall:.2f}",
        f"{ours.rate(passages, 'cpu') / cpu:.2f}",
        f"{middle(run.whole, 'wall'):.1f} s",
        f"{middle(run.whole, 'peak'):,.0f} MB",
    ]
