"""Typer application of the command line: register every command and run one."""

from collections.abc import Sequence
from contextvars import copy_context
from typing import Annotated

import typer

from assistant.commands.add import add, sync
from assistant.commands.ask import ask, search
from assistant.commands.documents import facts, list_, show
from assistant.commands.evidence import evidence
from assistant.commands.export import export
from assistant.commands.groups.feedback import feedback
from assistant.commands.groups.record_sets import record_set
from assistant.commands.groups.user import audit, user
from assistant.commands.library import backup, reindex, restore, status
from assistant.commands.mcp import mcp
from assistant.commands.output import say
from assistant.commands.removal.remove import remove
from assistant.commands.removal.undo import undo
from assistant.commands.serve import serve
from assistant.commands.session import OpenEncoder
from assistant.commands.share import share
from assistant.commands.terminal.completion import answer_shell, completion
from assistant.commands.terminal.usage import PlainCommand
from assistant.commands.verify import verify

app = typer.Typer(
    help="Answers questions about meetings from their records, in the records' own words, with citations.",
    epilog="Show the options of a command: rapporteur ask --help",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help loads faster, and no text is read as markup
    context_settings={"help_option_names": ["--help", "-h"]},
)
for command in (
    ask,
    search,
    evidence,
    export,
    feedback,
    add,
    sync,
    remove,
    undo,
    share,
    list_,
    show,
    facts,
    status,
    reindex,
    backup,
    restore,
    verify,
    serve,
    mcp,
    audit,
    completion,
):
    app.command(command.__name__.rstrip("_"), cls=PlainCommand)(command)
app.add_typer(record_set, name="set")
app.add_typer(user, name="user")


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        say(f"rapporteur {version('rapporteur')}")
        raise typer.Exit


@app.callback()
def _every_command(
    _version: Annotated[
        bool,
        typer.Option("--version", "-V", help="Print the version and exit.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    pass


def run(words: Sequence[str], open_encoder: OpenEncoder) -> int:
    """Run the command that the words name; without any, print the help and return 2.

    Raises:
        typer.TyperException: wrong usage.
    """
    answer_shell()
    command_line = typer.main.get_command(app)
    # In a context of its own: the user who acts is that of this command alone.
    code = copy_context().run(
        command_line, list(words) or ["--help"], prog_name="rapporteur", standalone_mode=False, obj=open_encoder
    )
    return int(code or 0) if words else 2
