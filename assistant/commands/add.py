"""`rapporteur add` and `sync`: files become documents of the library."""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, opening
from assistant.commands.output import on_terminal, progress, say, say_json, shown

if TYPE_CHECKING:
    from assistant.evidence.version_report import VersionReport
    from corpus.discovery.patterns import PathFilter
    from index.ingest import IngestResult
    from index.library import Library

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

    What is in it already costs next to nothing: a run that was interrupted goes on when it is repeated.
    """
    from corpus.discovery.find import expand
    from corpus.sandbox.worker import ReadingWorker
    from index.ingest import ingest

    opened = opening(context, library, no_records)
    limits = opened.settings().limits
    held = opened.library()
    with ReadingWorker(limits) as worker:
        found = expand(paths, limits, _choice(include, exclude))
        telling = _Telling(held, "Adding", as_json, total=len(found))
        return telling.told(ingest(held, found, worker))


def sync(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The folder to compare the library with.")],
    include: Include = None,
    exclude: Exclude = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; tell what would be done.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Remove all documents of a folder in which no file is left.")
    ] = False,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Add what is new in a folder, replace what has changed, and remove what has gone from it, by content."""
    from corpus.sandbox.worker import ReadingWorker
    from index.sync import EmptyFolder
    from index.sync import sync as synced

    opened = opening(context, library, no_records)
    limits = opened.settings().limits
    held = opened.library()
    chosen = _choice(include, exclude)
    with ReadingWorker(limits) as worker:

        def run(force: bool) -> int:
            telling = _Telling(held, "Comparing", as_json, dry_run)
            return telling.told(
                synced(held, folder, worker, choice=chosen, force=force, dry_run=dry_run, expect=telling.expect)
            )

        try:
            return run(force)
        except EmptyFolder as empty:
            asked = not as_json and on_terminal() and sys.stdin.isatty()
            if not asked or not typer.confirm(f"{shown(empty)}. Remove them now?", err=True):
                raise
            return run(True)


def _choice(include: list[str] | None, exclude: list[str] | None) -> "PathFilter":
    from corpus.discovery.patterns import PathFilter

    return PathFilter(tuple(include or ()), tuple(exclude or ()))


class _Telling:
    """Prints outcomes as they come and how many there were of each, also when the run ends early."""

    def __init__(self, library: "Library", doing: str, as_json: bool, dry_run: bool = False, total: int = 0) -> None:
        self._library = library
        self._doing = doing
        self._as_json = as_json
        self._dry_run = dry_run
        self._outcomes: list[IngestResult] = []
        self._objects: list[dict[str, Any]] = []
        self._total = total

    def expect(self, total: int) -> None:
        """Take note of how many outcomes will come."""
        self._total = total

    def told(self, coming: "Iterator[IngestResult]") -> int:
        """Print what comes, and return the exit code."""
        begun = False
        try:
            with progress(self._doing) as tell:
                for outcome in coming:
                    begun = True
                    self._came(outcome)
                    tell(len(self._outcomes), self._total)
            begun = True
        finally:
            if begun:
                self._sum_up()
        return 1 if any(outcome.outcome == "refused" for outcome in self._outcomes) else 0

    def _came(self, outcome: "IngestResult") -> None:
        self._outcomes.append(outcome)
        report = self._report(outcome)
        if self._as_json:
            self._objects.append(_object(outcome, report))
        else:
            say(*_lines(outcome, self._dry_run))
            if report:
                say(f"  {shown(report.line)}")

    def _report(self, outcome: "IngestResult") -> "VersionReport | None":
        """What a new version did to the quotations of the former one that the evidence list holds."""
        if outcome.former is None or outcome.document is None:
            return None
        from assistant.evidence import version_report
        from index.errors import UnknownDocument

        try:
            return version_report.outcome(self._library, outcome.former, self._library.document(outcome.document))
        except UnknownDocument:  # another process has removed it meanwhile
            return None

    def _sum_up(self) -> None:
        from index.ingest import ALWAYS_COUNTED, OUTCOMES

        if self._as_json:
            say_json(self._objects)
            return
        counts: Counter[str] = Counter()
        for outcome in self._outcomes:
            counts[outcome.outcome] += outcome.files
        counted = (f"{counts[name]:,} {name}" for name in OUTCOMES if counts[name] or name in ALWAYS_COUNTED)
        say(("would be: " if self._dry_run else "") + ", ".join(counted))


def _lines(outcome: "IngestResult", dry_run: bool) -> Iterator[str]:
    if outcome.outcome == "same":
        yield f"{shown(outcome.path)}: same as {shown(outcome.document)}"
    elif outcome.outcome != "unchanged" or not dry_run:
        yield f"{outcome.outcome}: {shown(outcome.reason or outcome.document)}"
    for warning in outcome.warnings:
        yield f"  warning: {shown(warning)}"


def _object(outcome: "IngestResult", report: "VersionReport | None") -> dict[str, Any]:
    return {
        "path": outcome.path,
        "outcome": outcome.outcome,
        "document": outcome.document,
        "reason": outcome.reason,
        "warnings": list(outcome.warnings),
        **({"quotations": report.object} if report else {}),
    }
