"""`rapporteur add`: files become documents of the library."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, opening
from assistant.commands.output import progress, say, say_json, shown

if TYPE_CHECKING:
    from index.intake import Outcome

Include = Annotated[
    list[str] | None,
    typer.Option("--include", metavar="PATTERN", help="Only files that fit, such as '*.pdf' (repeatable)."),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="PATTERN", help="No files that fit, such as 'draft*' (repeatable)."),
]


def add(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, .zip archives, or patterns such as 'minutes/*.md'."),
    ],
    include: Include = None,
    exclude: Exclude = None,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Take files, folders and archives into the library; hidden files and links in a folder are left out.

    A file that is in it already costs next to nothing: a run that was interrupted goes on when it is repeated.
    """
    from corpus.files import Choice, files_of
    from corpus.worker import ReadingWorker
    from index.intake import take_in

    opened = opening(context, library, no_records)
    limits = opened.settings().limits
    found = files_of(paths, limits, Choice(tuple(include or ()), tuple(exclude or ())))
    held = opened.library()
    with ReadingWorker(limits) as worker:
        return _told(take_in(held, found, worker), len(found), as_json)


def _told(coming: "Iterator[Outcome]", total: int, as_json: bool) -> int:
    """Print each outcome as it comes and how many there were of each, also when the run ends early."""
    outcomes: list[Outcome] = []
    try:
        with progress("Adding") as tell:
            for outcome in coming:
                outcomes.append(outcome)
                if not as_json:
                    say(*_lines(outcome))
                tell(len(outcomes), total)
    finally:
        say_json(list(map(_as_object, outcomes))) if as_json else say(_summary(outcomes))
    return 1 if any(outcome.outcome == "refused" for outcome in outcomes) else 0


def _lines(outcome: "Outcome") -> Iterator[str]:
    if outcome.outcome == "same":
        yield f"{shown(outcome.path)}: same as {shown(outcome.document)}"
    else:
        yield f"{outcome.outcome}: {shown(outcome.reason or outcome.document)}"
    for warning in outcome.warnings:
        yield f"  warning: {shown(warning)}"


def _summary(outcomes: "list[Outcome]") -> str:
    from index.intake import ALWAYS_COUNTED, OUTCOMES

    counts: Counter[str] = Counter()
    for outcome in outcomes:
        counts[outcome.outcome] += outcome.files
    return ", ".join(f"{counts[name]:,} {name}" for name in OUTCOMES if counts[name] or name in ALWAYS_COUNTED)


def _as_object(outcome: "Outcome") -> dict[str, Any]:
    return {
        "path": outcome.path,
        "outcome": outcome.outcome,
        "document": outcome.document,
        "reason": outcome.reason,
        "warnings": list(outcome.warnings),
    }
