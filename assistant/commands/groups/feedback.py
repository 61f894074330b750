"""Command `rapporteur feedback`: list the judgements on replies, or write them as test cases."""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, library_options
from assistant.commands.output import say, say_json, shown

if TYPE_CHECKING:
    from index.feedback import FeedbackRow


class FeedbackAction(StrEnum):
    """Action of the command on the judgements."""

    LIST = "list"
    EXPORT = "export"


def feedback(
    context: typer.Context,
    action: Annotated[
        FeedbackAction, typer.Argument(help="What to do with the judgements.", metavar="ACTION")
    ] = FeedbackAction.LIST,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="export FILE: the file of test cases (.jsonl).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """List what users of the page said of replies (helpful, wrong evidence, ...), or export it as test cases.

    A test case is a line of JSON: the question with those before it, and the reply that it should get. Nothing of it
    leaves this machine. Of a reply about private documents only the judgement is kept, and it is no test case.
    """
    if (file is None) is (action is FeedbackAction.EXPORT):
        context.fail("feedback export takes the name of a file, and feedback list none")
    rows = library_options(context, library_folder, no_records).open_library().feedback_rows()
    if file is not None:
        return _export(rows, file, force, as_json)
    if as_json:
        say_json([*_cases(rows), *_private(rows)])
    elif rows:
        say(*_lines(rows))
    else:
        say("Nothing is judged yet; the page (rapporteur serve) has Helpful and Not helpful below each reply")
    return 0


def _export(rows: "Sequence[FeedbackRow]", file: str, force: bool, as_json: bool) -> int:
    from assistant.export.save import save
    from assistant.history.feedback_cases import needs_gold

    cases = _cases(rows)
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    save(lines.encode("utf-8", "replace"), file, force)
    open_cases, left_out = sum(map(needs_gold, cases)), len(_private(rows))
    if as_json:
        say_json({"file": file, "cases": len(cases), "without_gold": open_cases, "private_left_out": left_out})
        return 0
    without = f"; without gold quotations, to be added by hand: {open_cases}" if open_cases else ""
    private = f"; left out, on replies about private documents: {left_out}" if left_out else ""
    say(f"{shown(file)}: test cases: {len(cases)}{without}{private}")
    return 0


def _cases(rows: "Sequence[FeedbackRow]") -> list[dict[str, Any]]:
    from assistant.history.feedback_cases import feedback_case, is_private

    return [feedback_case(row) for row in rows if not is_private(row)]


def _private(rows: "Sequence[FeedbackRow]") -> list[dict[str, Any]]:
    """Return what is said of judgements on replies about private documents: the judgements alone."""
    from assistant.history.feedback_cases import is_private

    return [{"kind": row.verdict, "source": "feedback", "private": True} for row in rows if is_private(row)]


def _lines(rows: "Sequence[FeedbackRow]") -> Iterator[str]:
    from assistant.history.feedback_cases import is_private

    for row in rows:
        if is_private(row):
            yield f"{row.time[:10]}  {row.verdict}: (a reply about private documents, of which no word is kept)"
            continue
        yield f"{row.time[:10]}  {row.verdict}: {shown(' '.join(row.question.split()))}"
        yield f"   {shown(' '.join(row.answer.split())[:160])}"
