"""Command `rapporteur completion`: print the script by which a shell completes commands, options and documents."""

import os
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.library import Library

_VARIABLE = "_RAPPORTEUR_COMPLETE"


class Shell(StrEnum):
    """Shell for which a script is printed."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(
    context: typer.Context, shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]
) -> int:
    """Print the script that completes commands, options and names of documents in a shell.

    bash: rapporteur completion bash >> ~/.bashrc. zsh: rapporteur completion zsh >> ~/.zshrc, below compinit.
    fish: rapporteur completion fish > ~/.config/fish/completions/rapporteur.fish.
    """
    from typer.completion import shell_complete

    _register_shells()
    return shell_complete(context.find_root().command, {}, "rapporteur", _VARIABLE, f"source_{shell}")


def answer_shell() -> None:
    """Prepare the answer to a shell that asks for completions; without such a shell, do nothing."""
    if _VARIABLE in os.environ:
        _register_shells()


def _register_shells() -> None:
    """Register the shells of typer, which it does itself only for options that install a script."""
    from typer.completion import get_completion_inspect_parameters

    get_completion_inspect_parameters()


def document_names(incomplete: str) -> list[str]:
    """Return the names of the documents in the library of RAPPORTEUR_LIBRARY, or in the default one."""
    return _names(incomplete, lambda library: (document.name for document in library.documents()))


def removed_names(incomplete: str) -> list[str]:
    """Return the names of the documents that `undo` can put back into this library."""
    from assistant.commands.removal.kept import KeptRemovals

    return _names(incomplete, lambda library: (kept.name for kept in KeptRemovals(library.location).documents()))


def _names(incomplete: str, of: "Callable[[Library], Iterable[str]]") -> list[str]:
    """Return the names of a library that begin so; none where there is no library yet."""
    from assistant.commands.session import LibraryOptions, installed_encoder
    from index.library import library_exists

    options = LibraryOptions(installed_encoder, None, True)
    try:
        if not library_exists(options.read_settings().library):
            return []
        return [name for name in dict.fromkeys(of(options.open_library())) if name.startswith(incomplete)]
    except Exception:  # a shell that completes shows no errors
        return []
