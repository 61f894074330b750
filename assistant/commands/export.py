"""Command `rapporteur export`: write answers, or the evidence list, to a file with references."""

import sys
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import (
    NO_RECORDS_HELD,
    AsUser,
    Forums,
    LibraryFolder,
    NoRecords,
    Places,
    Publishers,
    Records,
    Sets,
    Speakers,
    Years,
    conditions,
    library_options,
)
from assistant.commands.output import InputRefused, say, shown, stages
from assistant.export.note_detail import NoteDetail
from assistant.understanding.validate import validate

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.commands.session import LibraryOptions
    from assistant.conversation import Conversation
    from assistant.export.bibliography.style import Style
    from assistant.export.formats import Format
    from assistant.export.report import Report
    from assistant.history.conditions import Conditions
    from index.search.filters import Filters


@dataclass(frozen=True, slots=True)
class _Target:
    """Output file of an export.

    Attributes:
        file: as the user named it.
        kind: its format.
        style: the style of its references.
        replace: True to replace an existing file.
        locked: path of its lock file; None for no lock file.
        replace_lock: as `replace`, for the lock file.
    """

    file: str
    kind: "Format"
    style: "Style"
    replace: bool
    locked: str | None
    replace_lock: bool


def _check_day(text: str | None) -> str | None:
    if text is not None:
        _parse_day(text)
    return text


def _parse_day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise typer.BadParameter(f"{shown(text)}: say a day such as 2026-11-22") from error


_To = Annotated[str, typer.Option("--to", metavar="FILE", help="The file to write; its ending names the format.")]
_Questions = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUESTION", help="What to ask; several are one conversation, in their order."),
]
_Evidence = Annotated[bool, typer.Option("--evidence", help="Write the evidence list instead of answers.")]
_FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="word, markdown, html, pdf, bibtex, ris, csl-json, csv or json.",
        show_default="by the file's ending",
    ),
]
_Style = Annotated[
    str, typer.Option("--style", metavar="STYLE", help="apa, chicago, mla, ieee, iso690, or a .csl file's path.")
]
_Force = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]
_Accessed = Annotated[
    str | None,
    typer.Option(
        "--accessed", metavar="DAY", help="Day of access to state.", show_default="today", callback=_check_day
    ),
]
_Footnotes = Annotated[
    NoteDetail,
    typer.Option(
        "--footnotes",
        metavar="DETAIL",
        help="reference alone, with a link to the words, or with link and anchor.",
    ),
]
_NoLock = Annotated[
    bool, typer.Option("--no-lock", help="Write no FILE.lock.json beside a Word, Markdown, HTML or PDF file.")
]


def export(
    context: typer.Context,
    to: _To,
    questions: _Questions = None,
    evidence: _Evidence = False,
    format_name: _FormatName = None,
    style: _Style = "apa",
    force: _Force = False,
    accessed: _Accessed = None,
    no_lock: _NoLock = False,
    footnotes: _Footnotes = NoteDetail.ANCHOR,
    forum: Forums = None,
    year: Years = None,
    place: Places = None,
    publisher: Publishers = None,
    speaker: Speakers = None,
    record: Records = None,
    record_set: Sets = None,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Write answers, or the evidence list, to a file with references: Word, Markdown, HTML, PDF, BibTeX and others.

    The references are in the style of --style; .csl.json is CSL-JSON, .json everything with the anchors. Beside a Word,
    Markdown, HTML or PDF file its lock file is written, by which rapporteur verify --lock tells later what has changed.
    """
    if evidence == bool(questions):
        context.fail("give questions or --evidence" + (", not both" if evidence else ""))
    chosen = conditions(forum, year, place, publisher, speaker, record, record_set)
    if evidence and chosen:
        context.fail("--evidence is the whole list; --forum, --year, --record and the like go with questions")
    # Wrong options are refused before the model is loaded.
    target = _target(to, format_name, style, force, no_lock)
    options = library_options(context, library_folder, no_records)
    for question in questions or ():
        validate(question)
    day = _parse_day(accessed) if accessed else date.today()
    report = _evidence_report(options, day) if evidence else _conversation_report(options, questions or [], chosen, day)
    _save(replace(report, notes=footnotes), target)
    return 0


def _target(to: str, format_name: str | None, style: str, force: bool, no_lock: bool) -> _Target:
    from assistant.export.bibliography.style import Style
    from assistant.export.formats import format_of

    kind = _format(format_name, to) if format_name else format_of(to)
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
    """Return the format of a name.

    Raises:
        InputRefused: no format has this name, or the file's ending belongs to another format.
    """
    from assistant.export import ExportRefused
    from assistant.export.formats import Format, format_of

    try:
        kind = Format(name.lower())
    except ValueError as error:
        raise InputRefused(f"{shown(name)}: no such format; there are {', '.join(Format)}") from error
    try:
        ending = format_of(target)
    except ExportRefused:
        return kind
    # CSL-JSON is JSON, and reference programs name their files so.
    if ending is not kind and not (kind is Format.CSL_JSON and ending is Format.JSON):
        raise InputRefused(f"{shown(target)}: ends as {ending} does, but --format says {kind}; make the two agree")
    return kind


def _lock_of(target: str, kind: "Format") -> str | None:
    """Return the path of an export's lock file; None for formats without one, and for pipes and devices."""
    from assistant.verification.lock_file import lock_path

    path = Path(target).expanduser()
    if not kind.row.has_lock or (path.exists() and not path.is_file()):
        return None
    return str(lock_path(Path(target)))


def _may_replace(target: str, force: bool) -> bool:
    """Return True if an existing file may be replaced: by --force, or by the user's answer at the terminal.

    Raises:
        ExportRefused: it must not be replaced, or nothing can be written there.
    """
    from assistant.export import TargetExists
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


def _conversation_report(
    options: "LibraryOptions",
    questions: list[str],
    chosen: "Conditions",
    day: date,
) -> "Report":
    """Return the report of a conversation that asks these questions."""
    assistant = options.open_assistant()
    from assistant.export.report import report_of_conversation

    if not assistant.library.counts()["documents"]:
        raise InputRefused(NO_RECORDS_HELD)
    return report_of_conversation(_conversation(assistant, questions, chosen.filters(assistant.library)), day)


def _evidence_report(options: "LibraryOptions", day: date) -> "Report":
    """Return the report of the evidence list; it needs no model."""
    from assistant.evidence.evidence_list import EvidenceList
    from assistant.export.report import report_of_evidence

    return report_of_evidence(EvidenceList(options.open_library()).items(), day)


def _conversation(assistant: "Assistant", questions: list[str], filters: "Filters") -> "Conversation":
    from assistant.conversation import Conversation

    conversation = Conversation()
    with stages("Reading the question") as show_stage:
        for question in questions:
            conversation = conversation.plus(assistant.ask(question, conversation, filters, show_stage))
    return conversation


def _counted(report: "Report") -> str:
    """Return the numbers of quotations, records and unanswered questions as a line."""
    quotations, records = len(report.items), len(report.documents)
    unanswered = sum(not section.answered for section in report.sections)
    ending = f"; {unanswered} of {len(report.sections)} not answered" if unanswered else ""
    return f"quotations: {quotations}, from records: {records}{ending}"
