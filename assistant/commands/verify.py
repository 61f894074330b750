"""Command `rapporteur verify`: check a report, or its lock file, against the records of the library."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import NO_RECORDS_HELD, AsJson, AsUser, LibraryFolder, NoRecords, library_options
from assistant.commands.output import InputRefused, progress, say, say_json

if TYPE_CHECKING:
    from assistant.commands.session import LibraryOptions
    from assistant.verification.findings import Findings


_NOTHING_CHECKED = 3
"""Exit code for a report with no quotation and no figure, date or name about a record."""


def verify(
    context: typer.Context,
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="A .docx, .md, .txt, .html or .pdf report.", show_default=False)
    ],
    annotated: Annotated[
        str | None,
        typer.Option("--annotated", metavar="OUT", help="Write a copy with the findings (.docx, .md or .txt)."),
    ] = None,
    write_lock: Annotated[
        bool, typer.Option("--write-lock", help="Write REPORT.lock.json with the anchors of all that is quoted.")
    ] = False,
    lock: Annotated[
        bool,
        typer.Option("--lock", help="Show which quotations of REPORT.lock.json have moved, changed or gone since."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Check every quotation, figure, date and name of a report against the records.

    Figures, dates and names outside quotation marks are looked up where a sentence cites a record or says what one
    says. Exit code 1 when a quotation is altered, cut, stitched, misattributed, unsupported or absent, or a record
    contradicts a figure, date or name; 3 when there was nothing to check. Wording and figures are checked, not whether
    they are true.
    """
    path = Path(report)
    if lock:
        if annotated or write_lock:
            context.fail("--lock reads the lock file; give it without --annotated and --write-lock")
        return _check_lock(path, library_options(context, library_folder, no_records), as_json)
    options = library_options(context, library_folder, no_records)
    targets = _Targets(annotated, write_lock, force)
    return _check_report(path, options, targets, as_json)


@dataclass(frozen=True, slots=True)
class _Targets:
    """The files that a check writes beside its findings.

    Attributes:
        annotated: of the copy with the findings; None for none.
        lock: True for the lock file of the report.
        force: True to overwrite files.
    """

    annotated: str | None
    lock: bool
    force: bool


def _check_report(path: Path, options: "LibraryOptions", targets: _Targets, as_json: bool) -> int:
    """Check a report, print the findings and write the files that are asked for."""
    from assistant.export.save import check_target, save
    from assistant.verification.checker import Checker
    from assistant.verification.lock_file import lock_path
    from assistant.verification.own_record import without_report
    from assistant.verification.readers.report import read_report
    from assistant.verification.render import findings_lines, findings_object

    content = read_report(path)
    copy = _copy_target(path, targets.annotated, targets.force) if targets.annotated is not None else None
    locked = lock_path(path) if targets.lock else None
    if locked:
        check_target(str(locked), targets.force)
    documents = options.open_library().documents()
    if not documents:
        raise InputRefused(NO_RECORDS_HELD)
    compared, own = without_report(documents, content, path.read_bytes())
    if not compared:
        raise InputRefused(f"{path}: the library holds this report and nothing else; add the records that it quotes")
    with progress("Checking", "paragraphs") as show:
        findings = replace(Checker(compared).check(content, show), own=own)
    if copy:
        from assistant.verification.annotate import annotate_report

        save(annotate_report(path, content, findings), str(copy), targets.force)
    if locked:
        save(_lock_bytes(path, findings), str(locked), targets.force)
    say_json(findings_object(findings)) if as_json else say(*findings_lines(findings, len(compared)))
    return int(findings.is_wrong) if findings.is_checked else _NOTHING_CHECKED


def _check_lock(path: Path, options: "LibraryOptions", as_json: bool) -> int:
    """Print the state of each anchor of a lock file and return the exit code."""
    from assistant.verification.lock_file import check_lock, lock_path, locked_lines, locked_object, read_lock

    locked = path if path.name.endswith(".lock.json") else lock_path(path)
    anchors = read_lock(locked)
    citations = check_lock(anchors, options.open_library().documents())
    say_json(locked_object(citations)) if as_json else say(*locked_lines(locked.name, citations))
    return int(not all(citation.is_kept for citation in citations))


def _lock_bytes(path: Path, findings: "Findings") -> bytes:
    """Return the lock file of the quotations that match the records."""
    from assistant.verification.lock_file import lock_bytes

    citations = [c.source for c in findings.quotations if c.source and not c.verdict.is_wrong]
    return lock_bytes(path.name, citations)


def _copy_target(report: Path, annotated: str, force: bool) -> Path:
    from assistant.export.save import check_target

    target = Path(annotated)
    if target.suffix.lower() != report.suffix.lower():
        raise InputRefused(f"{target}: the annotated copy of {report.name} is a {report.suffix} file too; name it so")
    if target.exists() and report.exists() and target.samefile(report):
        raise InputRefused(f"{target}: this is the report itself; name another file for the copy")
    check_target(annotated, force)
    return target
