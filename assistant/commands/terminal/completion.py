"""Command `rapporteur completion`: print the script by which a shell completes commands, options and documents."""

import os
from enum import StrEnum
from typing import Annotated

import typer

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
    from assistant.commands.session import LibraryOptions, installed_encoder
    from index.library import library_exists

    options = LibraryOptions(installed_encoder, None, True)
    try:
        if not library_exists(options.read_settings().library):
            return []
        return [d.name for d in options.open_library().documents() if d.name.startswith(incomplete)]
    except Exception:  # a shell that completes shows no errors
        return []
