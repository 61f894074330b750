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
_HEAD = ("passages", "program", "encoders", "cold", "ours / this", "peak memory", "ours / this")
_WARM_HEAD = ("passages", "program", "warm p50", "p95", "our p50 / this", "on disk")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Questions to a store: the costs of cold processes, and times of warm questions in milliseconds."""

    cold: list[Usage] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)


def report(sizes: Sequence[int], rounds: int, questions: int, before: str | None) -> Part:
    """Ask stores of each size, the programs in turn, and return the section of the report."""
    cold: list[list[Cell]] = []
    warm: list[list[Cell]] = []
    main: list[tuple[str, ...]] = []
    points: dict[str, list[tuple[int, float]]] = {}
    usages: list[Usage] = []
    timings: list[Timing] = []
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as temporary:
        folder = Path(temporary)
        asked_of_all = texts.questions(questions)
        for size in sorted(sizes):
            smallest = size == min(sizes)
            systems: list[Rapporteur | Peer] = [Rapporteur()]
            if before and smallest:
                earlier = check_out(before, folder / "before")
                systems.append(Rapporteur(f"Rapporteur at {before}", checkout=earlier))
            systems += peers((MINILM, E5) if smallest else (MINILM,))
            stores = fill_stores(systems, size)
            asked = _ask_in_turn(stores, asked_of_all, rounds, folder)
            ours = asked[0]
            timings = timings or ours.timings
            for store, each in zip(stores, asked, strict=True):
                usages += each.cold
                cold.append(_cold_row(store, each, ours))
                if each.warm:
                    warm.append(_warm_row(store, each, ours))
            bare = [timing.bare for timing in ours.timings]
            warm.append(_times_row(stores[0].passages, "one query encoded, one exact search", bare, ours, "-"))
            main += _main_rows(stores, asked) if size in (min(sizes), max(sizes)) else []
            for store, each in zip(stores, asked, strict=True):
                if each.warm and store.system.encoder != E5:
                    points.setdefault(store.system.name, []).append((store.passages, percentile(each.warm, 50)))
            points.setdefault("query encoded, exact search", []).append((stores[0].passages, percentile(bare, 50)))
    section = "\n\n".join(
        [
            "## Asking",
            "The founding records, with releases of ../shared/documents and, where these end, texts of SQuAD 2.0 and"
            " MTRAG: real texts, none made up. The same passages for every program; Haystack and txtai with"
            f" {MINILM}, the faster encoder, at the smallest size with {E5} too. Cold: a whole process, from the"
            f" command to the first answer; medians of {rounds + 1}, in turn. Load {loads(usages)}.",
            markdown_table(_HEAD, cold),
            f"Warm: {len(asked_of_all)} dev questions without a conversation, {rounds} processes each, in turn."
            " The last row of a size is bare work in our process: the query encoded and one exact search, no ranker.",
            markdown_table(_WARM_HEAD, warm),
            f"The stages at {cold[0][0]} passages:",
            stage_table(timings),
        ]
    )
    return Part(section, tuple(main), points)


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
        f"{store.passages:,}",
        store.system.name,
        store.system.encoder,
        f"{wall:.2f} s",
        f"{middle(ours.cold, 'wall') / wall:.2f}",
        f"{peak:,.0f} MB",
        f"{middle(ours.cold, 'peak') / peak:.2f}",
    ]


def _warm_row(store: Store, asked: _Asked, ours: _Asked) -> list[Cell]:
    name = store.system.name if isinstance(store.system, Rapporteur) else f"{store.system.name}, {store.system.encoder}"
    return _times_row(store.passages, name, asked.warm, ours, f"{size_on_disk(store.place):.1f} MB")


def _times_row(passages: int, name: str, times: Sequence[float], ours: _Asked, disk: str) -> list[Cell]:
    p50, p95 = (percentile(times, share) for share in (50, 95))
    ratio = percentile(ours.warm, 50) / p50
    return [f"{passages:,}", name, f"{p50:.1f} ms", f"{p95:.1f} ms", f"{ratio:.2f}", disk]


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
