"""Build the server of the Model Context Protocol whose tools return the JSON of the commands."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from assistant.assistant import Assistant
from assistant.history.conditions import MEANINGS, Conditions
from assistant.json_api import hits_object, whole_document_object
from assistant.timed_reply import timed_reply
from assistant.verification.checker import Checker
from assistant.verification.own_record import without_report
from assistant.verification.readers.report import read_report
from assistant.verification.render import findings_object
from corpus.errors import CorpusError
from index.errors import RapporteurError

_ABOUT = (
    "Rapporteur answers questions about meetings from a library of their records, in the records' own words. Each"
    " `quote` is an exact slice of a document, with its `anchor`. Where the records do not answer a question,"
    " `answered` is false: say so, and do not answer from elsewhere."
)
_ASK = (
    "Answer a question about the meetings in the records, with exact quotations and their citations. `answered` is"
    " false where the records do not answer it; `reason` then says why, and `nearest` has the closest passages."
)
_SEARCH = "Find the k passages of the records that fit a query best, best first, without an answer."
_SHOW = "Return the facts, the outline and the whole text of one document, by the name that ask and search give."
_VERIFY = (
    "Check a text, such as a draft report in Markdown: each of its quotations is compared with the records, and so are"
    " the figures, dates and names that it says of them. `ok` is true where nothing has to be corrected."
)
_READS_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_REPORT = "report.md"

Object = dict[str, Any]
History = Annotated[tuple[str, ...], Field(description="The questions asked before it, oldest first, for a follow-up.")]
Passages = Annotated[int, Field(ge=1, le=100, description="How many passages.")]
# Beside the conditions of numbers, all are of names.
_TYPES = {"years": tuple[int, ...]}
_CONDITIONS = {
    name: Annotated[_TYPES.get(name, tuple[str, ...]), Field(description=meaning)] for name, meaning in MEANINGS.items()
}


def tool_server(assistant: Assistant) -> MCPServer[Any]:
    """Return a server whose tools read the library of an assistant."""
    server: MCPServer[Any] = MCPServer(
        "rapporteur", instructions=_ABOUT, version=version("rapporteur"), log_level="WARNING"
    )

    def ask(question: str, history: History = (), **conditions: Any) -> Object:
        return _result(
            lambda: timed_reply(assistant, question, history, Conditions(**conditions).filters(assistant.library))
        )

    def search(query: str, k: Passages = 10, **conditions: Any) -> Object:
        return _result(
            lambda: hits_object(None, assistant.search(query, k, Conditions(**conditions).filters(assistant.library)))
        )

    def show(document: str) -> Object:
        return _result(lambda: whole_document_object(assistant.library.document(document)))

    def verify(text: str) -> Object:
        return _result(lambda: _findings(assistant, text))

    _declare_conditions(ask)
    _declare_conditions(search)
    for tool, description in ((ask, _ASK), (search, _SEARCH), (show, _SHOW), (verify, _VERIFY)):
        server.tool(description=description, annotations=_READS_ONLY)(tool)
    return server


def _declare_conditions(tool: Callable[..., Object]) -> None:
    """Declare the conditions as parameters of a tool that takes any, from which the protocol's schema is made."""
    own = [each for each in signature(tool).parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
    conditions = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=(), annotation=annotation)
        for name, annotation in _CONDITIONS.items()
    ]
    tool.__signature__ = Signature([*own, *conditions], return_annotation=Object)  # type: ignore[attr-defined]


def _result(work: Callable[[], Object]) -> Object:
    """Return the result of a tool as plain JSON values.

    Raises:
        ToolError: the input is refused; the message is one line that says what to do.
    """
    try:
        result: Object = json.loads(json.dumps(work()))
    except (RapporteurError, CorpusError) as error:
        raise ToolError(str(error)) from error
    return result


def _findings(assistant: Assistant, text: str) -> Object:
    raw = text.encode("utf-8", "replace")
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        path = Path(folder) / _REPORT
        path.write_bytes(raw)
        report = replace(read_report(path), name=_REPORT)
    compared, own = without_report(assistant.library.documents(), report, raw)
    return findings_object(replace(Checker(compared).check(report), own=own))
