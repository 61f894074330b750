"""Command `rapporteur remove`: remove documents, and keep them for an hour so that `undo` can put them back."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import AsJson, AsUser, LibraryFolder, NoRecords, library_options
from assistant.commands.output import on_terminal, say, say_json, shown
from assistant.commands.removal.kept import KeptRemovals, forget
from assistant.commands.terminal.completion import document_names

if TYPE_CHECKING:
    from index.library import Library


def remove(
    context: typer.Context,
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENT",
            help="Names that list shows; or folders or archives that were added.",
            autocompletion=document_names,
        ),
    ],
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Keep nothing; else undo can put the documents back for an hour.")
    ] = False,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Remove documents, or all that were added from a folder or archive; an unknown name removes nothing.

    A document that was also added from a file outside the folder, with the same text, stays as that file's.
    """
    library = library_options(context, library_folder, no_records).open_library()
    sources = {word: _sources_inside(library, word) for word in documents}
    names = [word for word, paths in sources.items() if not paths]
    inside = {path: name for paths in sources.values() for path, name in paths.items()}
    kept, why_not = ({}, "") if for_good else _keep(library, [*names, *inside.values()])
    try:
        removed = _remove(library, names, inside)
    except BaseException:
        _forget_present(library, kept)
        raise
    if as_json:
        say_json([{"document": name} for name in removed])
        return 0
    say(*(f"removed: {shown(reason or name)}" for name, reason in removed.items()))
    if on_terminal() and not for_good:
        say(f"undo is not possible: {shown(why_not)}" if why_not else "for an hour rapporteur undo puts this back")
    return 0


def _remove(library: "Library", names: list[str], inside: dict[str, str]) -> dict[str, str]:
    """Remove documents by name and by source path; return the removed ones, each with what else became of it."""
    from index.sync import remove_files

    removed = dict.fromkeys(library.remove(*names), "") if names else {}
    for outcome in remove_files(library, inside):
        removed.setdefault(str(outcome.document), outcome.reason or "")
    return removed


def _keep(library: "Library", words: Iterable[str]) -> tuple[dict[Path, str], str]:
    """Keep documents for an hour, and return their files, each with its text's hash; else no file and the reason."""
    from assistant.users.current import current_user
    from assistant.web.library.removed import records_as_read

    known = {summary.name: summary for summary in library.summaries()}
    names = dict.fromkeys(library.document(word).name for word in words)
    records = records_as_read(library, [known[name] for name in names])
    if not records:
        return {}, "the documents are too large to be kept; add their files again"
    removals = KeptRemovals(library.location, current_user().id)
    try:
        return dict(zip(removals.keep(records), (record.document.id for record in records), strict=True)), ""
    except OSError as error:
        return {}, f"{error.filename or removals.folder}: {error.strerror}; add the files again"


def _forget_present(library: "Library", kept: dict[Path, str]) -> None:
    """Delete the files of those documents that the library still has after a removal that was stopped."""
    with suppress(Exception):  # where the library cannot be read, all are kept
        present = set(library.names().values())
        forget(path for path, text in kept.items() if text in present)


def _sources_inside(library: "Library", word: str) -> dict[str, str]:
    """Return the documents added from a folder or archive, by path; none when the word is a document's name."""
    from index.errors import UnknownDocument

    try:
        library.document(word)
    except UnknownDocument:
        return (
            {source.path: source.document for source in library.sources_under(os.path.realpath(word))}
            if word.strip()
            else {}
        )
    return {}
