"""Write docs/performance.md and its pictures from the latest results of the parts; what has none stays as it was."""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from math import log10
from pathlib import Path

import psutil

from benchmarks.figures import markdown_table
from benchmarks.speed import former_page
from benchmarks.speed.results import Kept
from benchmarks.speed.systems import HERE, peer_versions

DOCS = HERE / "docs"
_PAGE, _PICTURE = "performance.md", "images/growth.svg"
_CHECKS = "images/checking.svg"
_PACKAGES = ("openvino", "torch", "sentence-transformers", "faiss-cpu", "numpy")
_HEAD = ("figure", "Rapporteur", "bare work", "Haystack", "txtai")
_LEFT, _TOP, _WIDTH, _HEIGHT = 64, 24, 520, 260
# Of medium lightness, so that they stand out on a light and on a dark page.
_COLOURS = ("#2f81f7", "#d97706", "#1a9e5c", "#a371f7")
_STYLE = "text{fill:#57606a;font:13px sans-serif}@media (prefers-color-scheme:dark){text{fill:#9aa4af}}"


def write(kept: Mapping[str, Kept], docs: Path = DOCS) -> None:
    """Write the page and the pictures; sections, figures and a picture that no result replaces stay."""
    (docs / _PICTURE).parent.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[tuple[int, float]]] = {}
    for name, points in (pair for each in kept.values() for pair in (each.part.points or {}).items()):
        lines[name] = sorted([*lines.get(name, []), *points])
    has_growth = any(len(line) > 1 for line in lines.values())  # one size is no growth
    if has_growth:
        (docs / _PICTURE).write_text(draw(lines), "utf-8")
    for checks in (each.part.checks for each in kept.values() if each.part.checks):
        (docs / _CHECKS).write_text(draw(checks, "quotations", "a report checked, processor time"), "utf-8")
    file = docs / _PAGE
    former = file.read_text("utf-8") if file.is_file() else ""
    file.write_text(compose(kept, has_growth or f"]({_PICTURE})" in former, former), "utf-8")


def compose(kept: Mapping[str, Kept], picture: bool, former: str = "") -> str:
    """Return the page as Markdown, with what a former page has and no result replaces."""
    shown = f"![Milliseconds of a warm question by the number of passages, for each program]({_PICTURE})"
    return (
        "\n\n".join(
            [
                "# How fast it is",
                "Written by `make bench`, which measures each figure in the same run as what it is compared with."
                f" The machine: {machine()}. Peers: {peer_versions()}, with this project's torch.",
                main_table(kept, former_page.main_rows(former)),
                *([shown] if picture else []),
                *former_page.updated_sections(former_page.sections(former), [*map(_section, kept.values())]),
            ]
        )
        + "\n"
    )


def main_table(kept: Mapping[str, Kept], former: Sequence[tuple[str, ...]] = ()) -> str:
    """Return the main figures of all parts, and former ones that no result replaces; the README has the same table."""
    rows = [row for each in kept.values() for row in each.part.main]
    return markdown_table(_HEAD, former_page.updated_rows(former, rows))


def machine() -> str:
    """Return processor, memory, system and versions in one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    memory = psutil.virtual_memory().total / 1e9
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()},"
        f" Python {platform.python_version()}; {packages}"
    )


def draw(
    lines: Mapping[str, Sequence[tuple[int, float]]], what: str = "passages", title: str = "a warm question, median"
) -> str:
    """Return a picture of times by a number of something, both axes logarithmic, one line a program."""
    xs = [x for line in lines.values() for x, _ in line]
    ys = [y for line in lines.values() for _, y in line]
    across = _axis(min(xs), max(xs), _LEFT, _LEFT + _WIDTH)
    up = _axis(min(ys) / 1.5, max(ys) * 1.5, _TOP + _HEIGHT, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 216} {_TOP + _HEIGHT + 52}">',
        f"<style>{_STYLE}</style>",
    ]
    for value in (v for power in range(-1, 6) for v in (10.0**power, 3 * 10.0**power)):
        if min(ys) / 1.5 <= value <= max(ys) * 1.5:
            y = up(value)
            parts.append(f'<path d="M{_LEFT} {y:.0f}h{_WIDTH}" stroke="#8b949e" stroke-opacity=".35"/>')
            parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{value:g} ms</text>')
    for x in sorted(set(xs)):
        parts.append(f'<text x="{across(x):.0f}" y="{_TOP + _HEIGHT + 20}" text-anchor="middle">{x:,}</text>')
    middle = _LEFT + _WIDTH / 2
    parts.append(f'<text x="{middle:.0f}" y="{_TOP + _HEIGHT + 42}" text-anchor="middle">{what}</text>')
    parts.append(f'<text x="{_LEFT}" y="14">{title}</text>')
    for number, ((name, line), colour) in enumerate(zip(lines.items(), _COLOURS, strict=False)):
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="4" fill="{colour}"/>' for x, y in line]
        y = _TOP + 14 + 22 * number
        parts.append(f'<path d="M{_LEFT + _WIDTH + 16} {y - 4}h18" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{_LEFT + _WIDTH + 40}" y="{y}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _axis(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """Return the function of a logarithmic axis, from a value to its place in the picture."""
    span = max(log10(high) - log10(low), 1e-9)
    return lambda value: start + (log10(value) - log10(low)) / span * (end - start)


def _section(kept: Kept) -> str:
    run = f"{kept.day}, `{kept.command}` at {kept.commit}; load average {kept.load}."
    heading, _, rest = kept.part.markdown.partition("\n\n")
    return f"{heading}\n\n{run} {rest}"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    fields = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    flags = [flag for flag in ("avx512_bf16", "amx_bf16") if flag in fields.get("flags", "").split()]
    return (
        f"{fields.get('model name') or platform.processor() or 'unknown processor'} ({', '.join(flags) or 'no bf16'})"
    )
