"""Command `rapporteur completion`: print the script by which a shell completes commands, options and documents."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from assistant.commands.output import say

_VARIABLE = "_RAPPORTEUR_COMPLETE"


class Shell(StrEnum):
    """Shell for which a script is printed."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]) -> int:
    """Print the script that completes commands, options and names of documents in a shell.

    bash: rapporteur completion bash >> ~/.bashrc. zsh: rapporteur completion zsh >> ~/.zshrc, below compinit.
    fish: rapporteur completion fish > ~/.config/fish/completions/rapporteur.fish.
    """
    from typer._completion_shared import get_completion_script

    say(get_completion_script(prog_name="rapporteur", complete_var=_VARIABLE, shell=shell.value))
    return 0


def answer_shell() -> None:
    """Prepare the answer to a shell that asks for completions; without such a shell, do nothing."""
    if _VARIABLE in os.environ:
        from typer._completion_classes import completion_init

        completion_init()


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
