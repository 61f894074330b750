"""Command `rapporteur undo`: put back documents that `rapporteur remove` removed within the last hour."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.memory import MODELS_BYTES
from assistant.commands.options import AsJson, AsUser, LibraryFolder, NoRecords, library_options
from assistant.commands.output import InputRefused, say, say_json, shown, stages
from assistant.commands.removal.kept import KeptDocument, KeptRemovals, forget
from assistant.commands.terminal.completion import removed_names

if TYPE_CHECKING:
    from index.library import Library

_NOTHING = "nothing is kept that remove removed within the last hour; add the files again with rapporteur add"


def undo(
    context: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DOCUMENT",
            help="Names that remove printed.",
            show_default="all of the last removal",
            autocompletion=removed_names,
        ),
    ] = None,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Put back what remove removed within the last hour, with its corrections and its quotations in the evidence.

    Without DOCUMENT, all of the last removal; a second undo puts back the one before. A wrong name puts nothing back.
    """
    from assistant.users.current import current_user

    library = library_options(context, library_folder, no_records).open_library(MODELS_BYTES)
    kept = KeptRemovals(library.location, current_user().id).documents()
    chosen = [_named(name, kept) for name in documents] if documents else _last(kept)
    for document in chosen:
        _refuse_older(library, document)
    with stages("Encoding the passages"):
        names = [_put_back(library, document) for document in chosen]
    say_json([{"document": name} for name in names]) if as_json else say(*(f"put back: {shown(n)}" for n in names))
    return 0


def _last(kept: Sequence[KeptDocument]) -> list[KeptDocument]:
    """Return the documents of the last removal, in their order.

    Raises:
        InputRefused: nothing is kept.
    """
    if not kept:
        raise InputRefused(_NOTHING)
    return [each for each in reversed(kept) if each.removal == kept[0].removal]


def _named(word: str, kept: Sequence[KeptDocument]) -> KeptDocument:
    """Return the kept document of a name, which may lack its ending; of several removals of one, the last.

    Raises:
        InputRefused: none has this name, or several names fit.
    """
    if not kept:
        raise InputRefused(_NOTHING)
    names = dict.fromkeys(each.name for each in kept)
    fitting = [name for name in names if name == word] or [name for name in names if _fits(word, name)]
    if len(fitting) == 1:
        return next(each for each in kept if each.name == fitting[0])
    why = "fits several removed documents" if fitting else "no removed document of this name is kept"
    raise InputRefused(f"{shown(word)}: {why}; name one of: {'; '.join(map(shown, sorted(fitting or names)))}")


def _fits(word: str, name: str) -> bool:
    """Return True if a word is a name's last part, with or without its ending; case does not count."""
    last = name.casefold().rpartition("/")[2]
    return word.casefold() in (name.casefold(), last, last.rpartition(".")[0])


def _refuse_older(library: "Library", kept: KeptDocument) -> None:
    """Refuse to replace what was added from the same file since the removal.

    Raises:
        InputRefused: the library has another text of this file.
    """
    document = kept.record.document
    present = library.version_of(document.id, document.name)
    if present and present.id != document.id and present.source.path == document.source.path:
        raise InputRefused(
            f"{shown(kept.name)}: another version of it was added since; remove that one first with --for-good"
        )


def _put_back(library: "Library", kept: KeptDocument) -> str:
    from assistant.web.library.removed import put_back

    [name] = put_back(library, [kept.record])
    forget([kept.path])
    return name
