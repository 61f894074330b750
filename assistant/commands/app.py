"""All commands together."""

from collections.abc import Sequence

import typer

from assistant.commands import add, ask, documents, evidence, export, facts, library, search, serve, verify
from assistant.commands.session import OpenEncoder

app = typer.Typer(
    help="Answers questions about meetings from their records, in the records' own words, with citations.",
    epilog="Each command tells its options: rapporteur ask --help",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: loads faster, and nobody's text is read as markup
    context_settings={"help_option_names": ["--help", "-h"]},
)
for command in (
    ask.ask,
    search.search,
    evidence.evidence,
    export.export,
    add.add,
    add.sync,
    documents.remove,
    documents.list_,
    documents.show,
    facts.facts,
    library.status,
    library.reindex,
    library.backup,
    library.restore,
    verify.verify,
    serve.serve,
):
    app.command(command.__name__.rstrip("_"))(command)


def run(words: Sequence[str], open_encoder: OpenEncoder) -> int:
    """Run the command that the words name; without any, print the help and return 2.

    Raises:
        typer.TyperException: wrong usage.
    """
    command_line = typer.main.get_command(app)
    code = command_line(list(words) or ["--help"], prog_name="rapporteur", standalone_mode=False, obj=open_encoder)
    return int(code or 0) if words else 2


def usage(error: typer.TyperException) -> str:
    """What is wrong with the words, and where their use is told, in one line."""
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{message}; see {context.command_path if context else 'rapporteur'} --help"
