"""JSON replies of the HTTP API: results, and refusals in one form with one line that says what to do."""

import json
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from assistant.chosen_filters import FilterRefused
from assistant.history.history import GONE, HistoryRefused
from assistant.history.record_sets import SetRefused
from assistant.json_api import refusal_object
from assistant.users.current import NotAllowed
from assistant.web.endpoints import BROKEN, NO_STORE
from corpus.errors import CorpusError
from index.errors import LibraryError, ModelMissing, RapporteurError, UnknownDocument

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

_LONGEST_LINE = 600
_UNKNOWN = "there is nothing at this address; /api/openapi.json lists every address and its fields"
_METHOD = "this address does not take the method {method}; use {allowed}"
_BODY = "the body cannot be read as JSON; send one JSON object as UTF-8 text with content-type application/json"


class ApiRefused(Exception):
    """A request is refused; `status` is that of the reply, the message one line that says what to do."""

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.status = status


def json_response(value: Any, status: int = 200) -> Response:
    """Return a value as JSON; half a character, which a file name may hold, is written as its escape."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return Response(text.encode("utf-8", "backslashreplace"), status, NO_STORE, "application/json")


def refusal(status: int, line: str, allow: str = "") -> Response:
    """Return the reply to a request that is refused."""
    line = " ".join(line.split())
    short = line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …"
    response = json_response(refusal_object(short), status)
    if allow:
        response.headers["allow"] = allow
    return response


def add_refusals(api: "FastAPI") -> None:
    """Reply to every error of the API in the form of `refusal`."""
    api.exception_handler(RequestValidationError)(lambda _, error: refusal(422, _invalid(error.errors())))
    api.exception_handler(HTTPException)(lambda request, error: _of_http(request, error))
    api.exception_handler(ApiRefused)(lambda _, error: refusal(error.status, str(error)))
    api.exception_handler(RapporteurError)(lambda _, error: refusal(_status(error), str(error)))
    api.exception_handler(CorpusError)(lambda _, error: refusal(422, str(error)))
    api.exception_handler(Exception)(lambda _, error: refusal(500, BROKEN))


def _status(error: RapporteurError) -> int:
    """Return 403 for what the user may not do, 404 for what is not there, 503 for what the server lacks, else 422."""
    if isinstance(error, NotAllowed):
        return 403
    if isinstance(error, UnknownDocument | FilterRefused | SetRefused) or (
        isinstance(error, HistoryRefused) and str(error) == GONE
    ):
        return 404
    if isinstance(error, LibraryError | ModelMissing):
        logging.getLogger(__name__).warning("a request of a program failed: %s", error)
        return 503
    return 422


def _of_http(request: "Request", error: HTTPException) -> Response:
    if error.status_code == 405:
        allowed = _allowed(request)
        return refusal(405, _METHOD.format(method=request.method, allowed=allowed), allowed)
    return refusal(error.status_code, _UNKNOWN if error.status_code == 404 else _BODY)


def _allowed(request: "Request") -> str:
    """Return the methods that an address takes, for the header `allow`."""
    routes = (route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted({method for route in routes for method in route.methods}))


def _invalid(errors: Sequence[Any]) -> str:
    """Return one line on the first wrong field of a request, without its value."""
    wrong = errors[0]
    name = ".".join(map(str, wrong["loc"][1:])) or "the body"
    more = f" ({len(errors) - 1} more wrong)" if len(errors) > 1 else ""
    match wrong["type"]:
        case "json_invalid":
            return _BODY
        case "extra_forbidden":
            line = f"unknown field {name}; /api/openapi.json lists the fields: leave it out, or correct its name"
        case "missing":
            line = f"{name} is missing; /api/openapi.json lists the fields"
        case _:
            line = f"{name}: {wrong['msg'][:1].lower()}{wrong['msg'][1:]}; /api/openapi.json says what it may be"
    return line + more
