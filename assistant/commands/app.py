"""Typer application of the command line: register every command, run one, state a wrong usage in one line."""

from collections.abc import Sequence

import typer

from assistant.commands.add import add, sync
from assistant.commands.ask import ask, search, serve
from assistant.commands.documents import facts, list_, remove, show
from assistant.commands.evidence import evidence
from assistant.commands.export import export
from assistant.commands.library import backup, reindex, restore, status
from assistant.commands.mcp import mcp
from assistant.commands.session import OpenEncoder
from assistant.commands.user import audit, user
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
    add,
    sync,
    remove,
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
):
    app.command(command.__name__.rstrip("_"))(command)
app.add_typer(user, name="user")


def run(words: Sequence[str], open_encoder: OpenEncoder) -> int:
    """Run the command that the words name; without any, print the help and return 2.

    Raises:
        typer.TyperException: wrong usage.
    """
    command_line = typer.main.get_command(app)
    code = command_line(list(words) or ["--help"], prog_name="rapporteur", standalone_mode=False, obj=open_encoder)
    return int(code or 0) if words else 2


def usage(error: typer.TyperException) -> str:
    """Return one line that says what is wrong with the words and names the help to read."""
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{message}; see {context.command_path if context else 'rapporteur'} --help"
