"""Assemble the HTTP API as an application of its own, with its OpenAPI document at `/api/openapi.json`."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from assistant.web.api.conversations import add_conversations
from assistant.web.api.documents import add_documents
from assistant.web.api.objects import Refusal
from assistant.web.api.questions import add_questions
from assistant.web.api.replies import add_refusals
from assistant.web.api.reports import add_reports
from assistant.web.api.sets import add_sets
from assistant.web.api.workers import Workers
from assistant.web.library.queue import IngestQueue
from assistant.web.reports.check import Checks
from assistant.web.temporary import PageFolder

if TYPE_CHECKING:
    from fastapi import FastAPI

_ABOUT = (
    "Answers with exact, cited quotations from the records of a library, in the JSON of the commands with --json."
    " `start` and `end` count code points of a document's stored text. Whatever is refused gets a status of 4xx and"
    " `error`, one line that says what is wrong and what to do."
)


def build_api(
    assistant: Assistant, queue: IngestQueue, checks: Checks, folder: PageFolder, workers: Workers, address: str
) -> "FastAPI":
    """Return the API; mount it at /api, behind the guard.

    Args:
        assistant: answers the questions.
        queue: stores the files that are sent.
        checks: runs the checks of reports.
        folder: for the reports while they are checked.
        workers: answers the questions in threads.
        address: the path at which programs find it.
    """
    from fastapi import FastAPI

    api = FastAPI(
        title="Rapporteur",
        version=version("rapporteur"),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        servers=[{"url": address}],
        root_path_in_servers=False,
        responses={
            "4XX": {"model": Refusal, "description": "Refused: `error` says why and what to do."},
            "5XX": {"model": Refusal, "description": "The library or a model cannot be used: `error` says why."},
        },
    )
    add_questions(api, assistant, workers)
    add_documents(api, assistant.library, queue, assistant.settings.limits.file_bytes)
    add_reports(api, checks, folder)
    add_conversations(api, assistant, workers)
    add_sets(api, assistant.library)
    add_refusals(api)
    return api
