"""Keep the results of the parts between runs, so that one page can be written from runs of one part each."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks.speed.systems import CACHE, HERE

FILE = CACHE / "performance.json"


@dataclass(frozen=True, slots=True)
class Part:
    """The result of one part.

    Attributes:
        markdown: its section of the page.
        main: rows of the table of main figures: figure, Rapporteur, bare work, Haystack, txtai.
        points: passages and milliseconds of a warm question, by program, for the picture.
        checks: quotations and milliseconds of a check, by the form of the report, for a picture of its own.
    """

    markdown: str
    main: tuple[tuple[str, ...], ...] = ()
    points: dict[str, list[tuple[int, float]]] | None = None
    checks: dict[str, list[tuple[int, float]]] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The result of a part with its run: date, command, commit, and the load before and after it."""

    part: Part
    day: str
    command: str
    commit: str
    load: str


def stamp(part: Part, command: str, load_before: float) -> Kept:
    """Return the result of a part that was measured now."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True)
    load = f"{load_before:.1f} before, {os.getloadavg()[0]:.1f} after"
    return Kept(part, date.today().isoformat(), command, commit.stdout.strip() or "unknown", load)


def load_all(file: Path = FILE) -> dict[str, Kept]:
    """Return the latest result of each part."""
    if not file.is_file():
        return {}
    kept = json.loads(file.read_text("utf-8"))
    return {name: Kept(**{**value, "part": _part(value["part"])}) for name, value in kept.items()}


def save(name: str, kept: Kept, file: Path = FILE) -> None:
    """Replace the result of a part."""
    file.parent.mkdir(parents=True, exist_ok=True)
    values = {key: asdict(value) for key, value in {**load_all(file), name: kept}.items()}
    file.write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")


def _part(value: dict[str, object]) -> Part:
    main: Sequence[Sequence[str]] = value["main"]  # type: ignore[assignment]
    return Part(str(value["markdown"]), tuple(map(tuple, main)), _lines(value["points"]), _lines(value.get("checks")))


def _lines(kept: object) -> dict[str, list[tuple[int, float]]] | None:
    points: dict[str, list[Sequence[float]]] | None = kept  # type: ignore[assignment]
    return {name: [(int(x), y) for x, y in line] for name, line in points.items()} if points else None
