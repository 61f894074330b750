"""Commands `rapporteur add` and `sync`: add files to the library, or make it match a folder."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.memory import LIBRARY_BYTES, MODELS_BYTES
from assistant.commands.options import AsJson, AsUser, LibraryFolder, NoRecords, library_options
from assistant.commands.output import on_terminal, progress, say, say_json, shown
from corpus.errors import CorpusError

if TYPE_CHECKING:
    from assistant.evidence.version_report import VersionReport
    from corpus.discovery.patterns import PathFilter
    from index.file_ingester import IngestResult
    from index.ingest import FileProgress
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
        typer.Argument(metavar="PATH", help="Files, folders, .zip archives, or patterns such as 'minutes/*.md'."),
    ],
    include: Include = None,
    exclude: Exclude = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="ADDRESS", help="Web address that the one file was saved from; never fetched."
        ),
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Only the user of --as sees the documents, here and in the page.")
    ] = False,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Add files, folders and archives to the library; hidden files and links in a folder are skipped.

    Unchanged files are skipped quickly, so an interrupted run can be repeated.
    """
    from assistant.users.current import current_user
    from assistant.users.private_documents import target_of_additions
    from corpus.discovery.find import expand
    from corpus.sandbox.worker import ReadingWorker
    from index.ingest import ingest

    if private != (as_user is not None):
        context.fail("--private and --as USER go together: the documents are seen by that user alone")
    address = _address(source) if source is not None else ""
    options = library_options(context, library_folder, no_records)
    limits = options.read_settings().limits
    library = target_of_additions(options.open_library(MODELS_BYTES), current_user().id)
    with ReadingWorker(limits) as worker:
        files = expand(paths, limits, _path_filter(include, exclude))
        if address and len(files) != 1:
            raise CorpusError(f"--source is the address of one file, and there are {len(files):,}; add that file alone")
        reporter = _ResultReporter(library, as_json, address=address)
        return reporter.report(lambda progress: ingest(library, files, worker, progress))


def sync(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The folder to compare the library with.")],
    include: Include = None,
    exclude: Exclude = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; show what would be done.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Remove all documents of a folder in which no file is left.")
    ] = False,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Add the new files of a folder, replace changed ones, and remove documents whose file is gone."""
    from corpus.sandbox.worker import ReadingWorker
    from index.sync import EmptyFolder
    from index.sync import sync as sync_folder

    options = library_options(context, library_folder, no_records)
    limits = options.read_settings().limits
    library = options.open_library(LIBRARY_BYTES if dry_run else MODELS_BYTES)
    path_filter = _path_filter(include, exclude)
    with ReadingWorker(limits) as worker:

        def run(force: bool) -> int:
            return _ResultReporter(library, as_json, dry_run).report(
                lambda progress: sync_folder(
                    library, folder, worker, choice=path_filter, force=force, dry_run=dry_run, progress=progress
                )
            )

        try:
            return run(force)
        except EmptyFolder as empty:
            can_ask = not as_json and on_terminal() and sys.stdin.isatty()
            if not can_ask or not typer.confirm(f"{shown(empty)}. Remove them now?", err=True):
                raise
            return run(True)


def _address(source: str) -> str:
    """Return the address of a saved page.

    Raises:
        CorpusError: it is none of the web.
    """
    from corpus.facts import parse_fact

    if not source.strip():
        raise CorpusError("--source '': give a web address that begins with https:// or http://")
    return str(parse_fact("address", source))


def _path_filter(include: list[str] | None, exclude: list[str] | None) -> "PathFilter":
    from corpus.discovery.patterns import PathFilter

    return PathFilter(tuple(include or ()), tuple(exclude or ()))


class _ResultReporter:
    """Prints each result as it comes, and the number of each outcome at the end, also of an interrupted run."""

    def __init__(self, library: "Library", as_json: bool, dry_run: bool = False, address: str = "") -> None:
        self._library = library
        self._as_json = as_json
        self._dry_run = dry_run
        self._address = address
        self._results: list[IngestResult] = []
        self._objects: list[tuple[int, dict[str, Any]]] = []

    def report(self, run: "Callable[[FileProgress], Iterator[IngestResult]]") -> int:
        """Print the results that a run yields when it is given a function to report its progress; return the exit code.

        Results are printed as they come, as JSON all at the end and in the order of the files.
        """
        has_begun = False
        try:
            with progress("Adding", "passages", "checking the files") as show:
                for result in run(lambda _, done, of: show(done, of)):
                    has_begun = True
                    self._add(result)
            has_begun = True
        finally:
            if has_begun:
                self._print_summary()
        return 1 if any(result.outcome == "refused" for result in self._results) else 0

    def _add(self, result: "IngestResult") -> None:
        self._results.append(result)
        if self._address and result.document is not None:
            self._library.correct(result.document, {"address": self._address})
        report = self._version_report(result)
        if self._as_json:
            self._objects.append((result.place, _object(result, report)))
        else:
            say(*_lines(result, self._dry_run))
            if report:
                say(f"  {shown(report.line)}")

    def _version_report(self, result: "IngestResult") -> "VersionReport | None":
        """Return the effect of a new version on the quotations of the former one in the evidence list."""
        if result.former is None or result.document is None:
            return None
        from assistant.evidence import version_report
        from index.errors import UnknownDocument

        try:
            return version_report.outcome(self._library, result.former, self._library.document(result.document))
        except UnknownDocument:  # another process has removed it meanwhile
            return None

    def _print_summary(self) -> None:
        from index.file_ingester import ALWAYS_COUNTED, OUTCOMES

        if self._as_json:
            say_json([each for _, each in sorted(self._objects, key=lambda placed: placed[0])])
            return
        counts: Counter[str] = Counter()
        for result in self._results:
            counts[result.outcome] += result.files
        counted = (f"{counts[name]:,} {name}" for name in OUTCOMES if counts[name] or name in ALWAYS_COUNTED)
        say(("would be: " if self._dry_run else "") + ", ".join(counted))


def _lines(result: "IngestResult", dry_run: bool) -> Iterator[str]:
    if result.outcome == "same":
        yield f"{shown(result.path)}: same as {shown(result.document)}"
    elif result.outcome != "unchanged" or not dry_run:
        yield f"{result.outcome}: {shown(result.reason or result.document)}"
    for warning in result.warnings:
        yield f"  warning: {shown(warning)}"


def _object(result: "IngestResult", report: "VersionReport | None") -> dict[str, Any]:
    from assistant.json_api import ingested_object

    added = ingested_object(result.path, result.outcome, result.document, result.reason, result.warnings)
    return {**added, **({"quotations": report.object} if report else {})}
