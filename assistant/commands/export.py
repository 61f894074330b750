"""`rapporteur export`: answers, or the evidence list, as a file for a report."""

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import (
    NO_RECORDS_HELD,
    Forums,
    LibraryFolder,
    NoRecords,
    Publishers,
    Years,
    filters,
    opening,
)
from assistant.commands.output import InputRefused, say, shown, stages
from assistant.understanding.validate import validate

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.commands.session import Opening
    from assistant.conversation import Conversation
    from assistant.export.bibliography.style import Style
    from assistant.export.formats import Format
    from assistant.export.report import Report
    from index.search.filters import Filters

_SAY_A_DAY = "say a day such as 2026-11-22"


@dataclass(frozen=True, slots=True)
class _Target:
    """What is written, and where.

    Attributes:
        file: as the user named it.
        kind: its format.
        style: of its references.
        replace: whether it may take the place of a file that exists.
        locked: where its lock file lies; None for none.
        replace_lock: as `replace`, for the lock file.
    """

    file: str
    kind: "Format"
    style: "Style"
    replace: bool
    locked: str | None
    replace_lock: bool


def _is_day(given: str | None) -> str | None:
    if given is not None:
        _day(given)
    return given


def _day(given: str) -> date:
    try:
        return datetime.strptime(given, "%Y-%m-%d").date()
    except ValueError as error:
        raise typer.BadParameter(f"{shown(given)}: {_SAY_A_DAY}") from error


def export(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="FILE", help="The file to write; its ending names the format.")],
    questions: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION...", help="What to ask; several are one conversation, in their order."),
    ] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="Write the evidence list instead of answers.")] = False,
    wanted: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="word, markdown, html, pdf, bibtex, ris, csl-json, csv or json.",
            show_default="by the file's ending",
        ),
    ] = None,
    style: Annotated[
        str,
        typer.Option("--style", metavar="STYLE", help="apa, chicago, mla, ieee, iso690, or a .csl file's path."),
    ] = "apa",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    accessed: Annotated[
        str | None,
        typer.Option(
            "--accessed", metavar="DAY", help="Day of access to state.", show_default="today", callback=_is_day
        ),
    ] = None,
    no_lock: Annotated[
        bool, typer.Option("--no-lock", help="Write no FILE.lock.json beside a Word, Markdown, HTML or PDF file.")
    ] = False,
    forum: Forums = None,
    year: Years = None,
    publisher: Publishers = None,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Write answers, or the evidence list, to a file with references: Word, Markdown, HTML, PDF, BibTeX and others.

    The references are in the style of --style; .csl.json is CSL-JSON, .json everything with the anchors. Beside a Word,
    Markdown, HTML or PDF file its lock file is written, by which rapporteur verify --lock tells later what has changed.
    """
    if evidence == bool(questions):
        context.fail("give questions or --evidence" + (", not both" if evidence else ""))
    if evidence and (forum or year or publisher):
        context.fail("--evidence is the whole list; --forum, --year and --publisher go with questions")
    # Whatever can be refused is, before the model is loaded.
    target = _target(to, wanted, style, force, no_lock)
    chosen = opening(context, library, no_records)
    for question in questions or ():
        validate(question)
    day = _day(accessed) if accessed else date.today()
    report = _listed(chosen, day) if evidence else _report(chosen, questions or [], (forum, year, publisher), day)
    _save(report, target)
    return 0


def _target(to: str, wanted: str | None, style: str, force: bool, no_lock: bool) -> _Target:
    from assistant.export.bibliography.style import Style
    from assistant.export.formats import format_of

    kind = _format(wanted, to) if wanted else format_of(to)
    chosen_style = Style.of(style)
    replace = _may_replace(to, force)
    locked = None if no_lock else _lock_of(to, kind)
    return _Target(to, kind, chosen_style, replace, locked, _may_replace(locked, replace) if locked else False)


def _save(report: "Report", target: _Target) -> None:
    from assistant.export.formats import export_report
    from assistant.export.save import save
    from assistant.verification.lock_file import lock_bytes

    file, locked = target.file, target.locked
    save(export_report(report, target.kind, target.style), file, target.replace)
    say(f"{file}: {_counted(report)}")
    if locked:
        save(lock_bytes(Path(file).name, (item.citation for item in report.items)), locked, target.replace_lock)
        say(f"{locked}: the lock file; rapporteur verify {file} --lock tells later what has changed in the records")


def _format(name: str, target: str) -> "Format":
    """The format of this name, unless the file's ending is that of another."""
    from assistant.export.errors import ExportRefused
    from assistant.export.formats import Format, format_of

    try:
        found = Format(name.lower())
    except ValueError as error:
        raise InputRefused(f"{shown(name)}: no such format; there are {', '.join(Format)}") from error
    try:
        ending = format_of(target)
    except ExportRefused:
        return found
    # CSL-JSON is JSON, and reference programs name their files so.
    if ending is not found and not (found is Format.CSL_JSON and ending is Format.JSON):
        raise InputRefused(f"{shown(target)}: ends as {ending} does, but --format says {found}; make the two agree")
    return found


def _lock_of(target: str, kind: "Format") -> str | None:
    """Where the lock file of an export lies; None for what is no document, or no ordinary file."""
    from assistant.verification.lock_file import lock_path

    path = Path(target).expanduser()
    if not kind.row.has_lock or (path.exists() and not path.is_file()):
        return None
    return str(lock_path(Path(target)))


def _may_replace(target: str, force: bool) -> bool:
    """Whether an existing file may be replaced: --force says so, or a person at the terminal.

    Raises:
        ExportRefused: it may not, or nothing can be written there.
    """
    from assistant.export.errors import TargetExists
    from assistant.export.save import check_target

    try:
        check_target(target, force)
    except TargetExists:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        if not typer.confirm(f"{shown(target)} exists. Replace it?", err=True):
            raise
        return True
    return force


def _report(
    chosen: "Opening",
    questions: list[str],
    narrowed: "tuple[list[str] | None, list[int] | None, list[str] | None]",
    day: date,
) -> "Report":
    """The report of a conversation."""
    from assistant.assistant import Assistant
    from assistant.export.report import report_of_conversation

    library = chosen.library()
    if not library.counts()["documents"]:
        raise InputRefused(NO_RECORDS_HELD)
    assistant = Assistant.open(library)
    return report_of_conversation(_conversation(assistant, questions, filters(assistant.library, *narrowed)), day)


def _listed(chosen: "Opening", day: date) -> "Report":
    """The report of the evidence list; no model is needed for it."""
    from assistant.evidence.evidence_list import EvidenceList
    from assistant.export.report import report_of_evidence

    return report_of_evidence(EvidenceList(chosen.library()).items(), day)


def _conversation(assistant: "Assistant", questions: list[str], narrowed: "Filters") -> "Conversation":
    from assistant.conversation import Conversation

    conversation = Conversation()
    with stages("Reading the question") as tell:
        for question in questions:
            conversation = conversation.plus(assistant.ask(question, conversation, narrowed, tell))
    return conversation


def _counted(report: "Report") -> str:
    """What was written, for a person."""
    quotations, records = len(report.items), len(report.documents)
    silent = sum(not section.answered for section in report.sections)
    unanswered = f"; {silent} of {len(report.sections)} not answered" if silent else ""
    return f"quotations: {quotations}, from records: {records}{unanswered}"
