"""Measure how fast texts are added, beside the bare encoders, Haystack, txtai and another revision of this project."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Cell, markdown_table
from benchmarks.speed.processes import Usage, loads, measure, middle
from benchmarks.speed.results import Part
from benchmarks.speed.systems import BOTH, E5, MINILM, Peer, Rapporteur, bare, check_out, peers
from benchmarks.speed.texts import TextFile, releases, write_json

_TINY_PASSAGES = 3  # as many as a start needs to do all that it does once
Runs = dict[Rapporteur | Peer, "_Run"]


@dataclass(frozen=True, slots=True)
class _Run:
    """The runs of one program: with the passages of the sample, and with a few, which measure its start."""

    whole: list[Usage]
    tiny: list[Usage]

    def rate(self, passages: int, field: str) -> float:
        """Return the passages a second of time beyond the start's."""
        return passages / (middle(self.whole, field) - middle(self.tiny, field))


def report(number: int | None, rounds: int, before: str | None) -> Part:
    """Add releases with each program in turn, several rounds, and return the section of the report."""
    files = releases(number)
    if not files:
        return Part("## Adding\n\nNot measured: ../shared/documents is missing.")
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as temporary:
        folder = Path(temporary)
        systems = _systems(before, folder)
        runs: Runs = {system: _Run([], []) for system in systems}
        setting = _Setting(files, folder)
        for number_of_round in range(rounds):
            for system in systems:
                print(f"adding, round {number_of_round + 1}: {system.name}, {system.encoder} ...", file=sys.stderr)
                if not runs[system].tiny:
                    runs[system].tiny.append(setting.add(system, tiny=True))
                runs[system].whole.append(setting.add(system, tiny=False))
    passages = sum(len(file.passages) for file in files)
    return Part(_section(files, runs, rounds), tuple(_main_rows(passages, runs)))


def _systems(before: str | None, folder: Path) -> list[Rapporteur | Peer]:
    earlier = [Rapporteur(f"Rapporteur at {before}", BOTH, check_out(before, folder / "before"))] if before else []
    alone = [Rapporteur(encoder=encoder) for encoder in (E5, MINILM)]
    return [Rapporteur(), *earlier, bare(), *alone, *peers((E5, MINILM))]


class _Setting:
    """The files of the sample, whole and a few passages of it, in the form that each program reads."""

    def __init__(self, files: Sequence[TextFile], folder: Path) -> None:
        self._folder = folder
        self._files = {"whole": folder / "files", "tiny": folder / "file"}
        passages = [passage for file in files for passage in file.passages]
        self._passages = {
            "whole": write_json(folder / "whole.json", passages),
            "tiny": write_json(folder / "tiny.json", passages[:_TINY_PASSAGES]),
        }
        for place in self._files.values():
            place.mkdir()
        for file in files:
            shutil.copy(file.path, self._files["whole"])
        words = "\n\n".join(f"Short paragraph {n} of a small file." for n in range(_TINY_PASSAGES))
        (self._files["tiny"] / "tiny.txt").write_text(words, "utf-8")

    def add(self, system: Rapporteur | Peer, tiny: bool) -> Usage:
        """Add the texts to a new library or index and return the cost."""
        size = "tiny" if tiny else "whole"
        store = self._folder / "store"
        try:
            if isinstance(system, Peer):
                return measure(system.command("add", self._passages[size], store))
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
            "## Adding",
            f"{len(files)} releases of ../shared/documents, {passages:,} passages of {characters:.0f} characters on"
            " average, added to an empty library by `rapporteur add`; the others get the passages and read no files."
            " Rapporteur encodes each passage with its title, headings, meeting and days, and its sentences; the others"
            f" encode the passages alone, in float32 by torch. Whole processes, in turn, {rounds} of each, medians; the"
            f" time of a start with {_TINY_PASSAGES} passages is taken off the rates. Load {loads(usages)}.",
            markdown_table(
                [
                    "program",
                    "encoders",
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


def _main_rows(passages: int, runs: Runs) -> Iterator[tuple[str, ...]]:
    for encoder in (BOTH, E5, MINILM):
        rates = {s.name: f"{run.rate(passages, 'wall'):.1f}" for s, run in runs.items() if s.encoder == encoder}
        cells = [rates.get(name, "-") for name in ("Rapporteur", bare().name, "Haystack hybrid", "txtai hybrid")]
        yield (f"passages added a second, {encoder}", *cells)


def _row(system: Rapporteur | Peer, run: _Run, passages: int, runs: Runs) -> list[Cell]:
    ours = next(r for s, r in runs.items() if s.name == "Rapporteur" and s.encoder == system.encoder)
    wall, cpu = (run.rate(passages, field) for field in ("wall", "cpu"))
    return [
        system.name,
        system.encoder,
        f"{wall:.1f}",
        f"{cpu:.1f}",
        f"{ours.rate(passages, 'wall') / wall:.2f}",
        f"{ours.rate(passages, 'cpu') / cpu:.2f}",
        f"{middle(run.whole, 'wall'):.1f} s",
        f"{middle(run.whole, 'peak'):,.0f} MB",
    ]
