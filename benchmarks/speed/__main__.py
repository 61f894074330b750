"""Measure the speed of adding, asking and serving, and print a report: `make bench`."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.speed import adding, asking, checking, opening, page, users
from benchmarks.speed.results import Part, load_all, save, stamp
from benchmarks.speed.systems import BOTH, E5, MINILM

_ADDED = {"adding": BOTH, "adding_e5": E5, "adding_minilm": MINILM}
_PARTS = (*_ADDED, "asking")  # what is measured without an option that names a part
_USERS = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts, each beside what it is compared with, print the report and keep the results for the page."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(words)
    for name, measure in _parts(options).items():
        load = os.getloadavg()[0]
        shown = " ".join(word for word in words if word != "--write")
        kept = stamp(measure(), "make bench" + (f' ARGS="{shown}"' if shown else ""), load)
        save(name, kept)
        print(f"{kept.day}, {page.machine()}; load {kept.load}.\n\n{kept.part.markdown}\n", flush=True)
    if options.write:
        page.write(load_all())
        print("written: docs/performance.md", file=sys.stderr)
    return 0


def _parts(options: argparse.Namespace) -> dict[str, Callable[[], Part]]:
    """Return the parts that the options name, by the name under which each is kept for the page."""
    parts: dict[str, Callable[[], Part]] = {}
    chosen = options.only or [*_PARTS, *(["users"] if options.users else [])]
    for name, encoder in ((name, encoder) for name, encoder in _ADDED.items() if name in chosen):
        parts[name] = partial(adding.report, encoder, options.releases, options.rounds, options.before)
    for size in sorted(options.sizes) if "asking" in chosen else []:
        smallest = size == min(options.sizes)
        more = (options.rounds, options.questions, options.before)
        parts[f"asking {size}"] = partial(asking.report, size, smallest, *more)
    if "opening" in chosen:
        parts["opening"] = partial(opening.report, options.rounds)
    if "checking" in chosen:
        parts["checking"] = checking.report
    if "users" in chosen:
        name = "users beside slow ones" if options.slow else "users"
        parts[name] = partial(users.report, options.users or _USERS, options.minutes, options.slow)
    return parts


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=main.__doc__)
    only = (*_PARTS, "users", "checking", "opening", "nothing")
    parser.add_argument("--only", action="append", choices=only, help="measure this part (may be repeated)")
    parser.add_argument("--before", metavar="REVISION", help="compare with another commit of this repository too")
    parser.add_argument("--releases", type=_count, default=12, metavar="N", help="add N releases (264 are all)")
    parser.add_argument("--rounds", type=_count, default=2, metavar="N", help="run each program N times, in turn")
    parser.add_argument("--sizes", type=_count, nargs="+", default=[100, 1_000, 10_000], metavar="PASSAGES")
    parser.add_argument("--questions", type=_count, default=40, metavar="N", help="ask N warm questions")
    parser.add_argument("--users", type=_count, default=0, metavar="N", help="let N users ask a served page as well")
    parser.add_argument("--slow", type=_count, default=0, metavar="N", help="hold N slow connections beside the users")
    parser.add_argument("--minutes", type=float, default=3.0, metavar="N", help="for how long the users ask")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md from the latest of each part")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
