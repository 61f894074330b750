"""Measure cold starts, warm questions, memory and size on disk at several sizes, beside Haystack and txtai."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Cell, markdown_table
from benchmarks.speed import texts
from benchmarks.speed.processes import Usage, loads, measure, middle, size_on_disk
from benchmarks.speed.results import Part
from benchmarks.speed.stages import Timing, percentile, stage_table
from benchmarks.speed.stores import Store, fill_stores
from benchmarks.speed.systems import E5, MINILM, Peer, Rapporteur, check_out, peers

_WARM_UP = 5
_BARE = "query encoded, one exact search"
_HEAD = ("program", "encoders", "cold", "ours / this", "peak memory", "ours / this")
_WARM_HEAD = ("program", "warm p50", "p95", "our p50 / this", "on disk")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Questions to a store: the costs of cold processes, and times of warm questions in milliseconds."""

    cold: list[Usage] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)


def report(size: int, smallest: bool, rounds: int, questions: int, before: str | None) -> Part:
    """Ask stores of a size, the programs in turn, and return the section of the report.

    Args:
        size: passages, about.
        smallest: ask the peers with the slower encoder and the other revision too.
        rounds: processes of each program that answer warm questions; one more is timed from cold.
        questions: how many of them.
        before: the other revision.
    """
    asked_of_all = texts.questions(questions)
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as temporary:
        folder = Path(temporary)
        systems: list[Rapporteur | Peer] = [Rapporteur()]
        if before and smallest:
            systems.append(Rapporteur(f"Rapporteur at {before}", checkout=check_out(before, folder / "before")))
        stores = fill_stores([*systems, *peers((MINILM, E5) if smallest else (MINILM,))], size)
        asked = _ask_in_turn(stores, asked_of_all, rounds, folder)
        pairs = list(zip(stores, asked, strict=True))
        ours, passages = asked[0], stores[0].passages
        bare = [timing.bare for timing in ours.timings]
        warm = [_warm_row(store, each, ours) for store, each in pairs if each.warm]
        section = "\n\n".join(
            [
                f"## Asking {passages:,} passages",
                "The founding records, with releases of ../shared/documents and, where these end, texts of SQuAD 2.0"
                " and MTRAG: real texts, none made up, the same for every program. Haystack and txtai with"
                f" {MINILM}, the faster encoder, and at the smallest size with {E5} too. Cold: a whole process, from"
                f" the command to the first answer; medians of {rounds + 1}, in turn."
                f" Load {loads([usage for each in asked for usage in each.cold])}.",
                markdown_table(_HEAD, [_cold_row(store, each, ours) for store, each in pairs]),
                f"Warm: {len(asked_of_all)} dev questions without a conversation, {rounds} processes each, in turn."
                f' "{_BARE}" is the bare work of a question in the process of Rapporteur, without ranker.',
                markdown_table(_WARM_HEAD, [*warm, _times_row(_BARE, bare, ours, "-")]),
                stage_table(ours.timings),
            ]
        )
        main = tuple(_main_rows(stores, asked))
    points = {_BARE: [(passages, percentile(bare, 50))]}
    for store, each in pairs:
        if each.warm and store.system.encoder != E5:
            points[store.system.name] = [(passages, percentile(each.warm, 50))]
    return Part(section, main, points)


def _ask_in_turn(stores: Sequence[Store], questions: Sequence[str], rounds: int, folder: Path) -> list[_Asked]:
    asked = [_Asked() for _ in stores]
    one = texts.write_json(folder / "one.json", questions[:1])
    many = texts.write_json(folder / "many.json", questions)
    many_peers = texts.write_json(folder / "many-peers.json", [*questions[:_WARM_UP], *questions])
    for number in range(rounds + 1):
        print(f"asking, round {number + 1} ...", file=sys.stderr, flush=True)
        for store, each in zip(stores, asked, strict=True):
            system = store.system
            if isinstance(system, Rapporteur):
                command = system.command("ask", questions[0], "--library", store.place)
                each.cold.append(measure(command, system.env))
                if number < rounds and system.name == "Rapporteur":  # earlier revisions have no such program
                    command = [sys.executable, "-m", "benchmarks.speed.stages", many, store.place]
                    values = json.loads(measure(command, system.env).output)
                    each.timings.extend(Timing(**value) for value in values)
                    each.warm.extend(value["ask"] for value in values)
            else:
                each.cold.append(measure(system.command("ask", one, store.place)))
                if number < rounds:
                    output = measure(system.command("ask", many_peers, store.place)).output
                    each.warm.extend(json.loads(output.splitlines()[-1])["ms"][_WARM_UP:])
    return asked


def _cold_row(store: Store, asked: _Asked, ours: _Asked) -> list[Cell]:
    wall, peak = (middle(asked.cold, name) for name in ("wall", "peak"))
    return [
        store.system.name,
        store.system.encoder,
        f"{wall:.2f} s",
        f"{middle(ours.cold, 'wall') / wall:.2f}",
        f"{peak:,.0f} MB",
        f"{middle(ours.cold, 'peak') / peak:.2f}",
    ]


def _warm_row(store: Store, asked: _Asked, ours: _Asked) -> list[Cell]:
    name = store.system.name if isinstance(store.system, Rapporteur) else f"{store.system.name}, {store.system.encoder}"
    return _times_row(name, asked.warm, ours, f"{size_on_disk(store.place):.1f} MB")


def _times_row(name: str, times: Sequence[float], ours: _Asked, disk: str) -> list[Cell]:
    p50, p95 = (percentile(times, share) for share in (50, 95))
    ratio = percentile(ours.warm, 50) / p50
    return [name, f"{p50:.1f} ms", f"{p95:.1f} ms", f"{ratio:.2f}", disk]


def _main_rows(stores: Sequence[Store], asked: Sequence[_Asked]) -> list[tuple[str, ...]]:
    """Return the rows of a size in the table of main figures; the peers with the faster encoder."""
    chosen = {
        store.system.name: (store, each)
        for store, each in zip(stores, asked, strict=True)
        if each.warm and store.system.encoder != E5
    }
    bare = [timing.bare for timing in asked[0].timings]
    names = ("Rapporteur", "Haystack hybrid", "txtai hybrid")
    columns = [chosen.get(name) for name in names]

    def row(figure: str, cells: Sequence[str | None], bare_cell: str = "-") -> tuple[str, ...]:
        ours, *others = (cell or "-" for cell in cells)
        return (f"{figure}, {stores[0].passages:,} passages", ours, bare_cell, *others)

    def times(values: Sequence[float]) -> str:
        return f"{percentile(values, 50):.0f} / {percentile(values, 95):.0f} ms"

    return [
        row("cold start to the first answer", [f"{middle(c[1].cold, 'wall'):.1f} s" if c else None for c in columns]),
        row("its peak memory", [f"{middle(c[1].cold, 'peak'):,.0f} MB" if c else None for c in columns]),
        row("warm question, p50 / p95", [times(c[1].warm) if c else None for c in columns], times(bare)),
        row("size on disk", [f"{size_on_disk(c[0].place):.1f} MB" if c else None for c in columns]),
    ]
