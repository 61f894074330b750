"""Address `/api/verify`: a report's quotations, figures, dates and names, each held against the records."""

import json
from typing import TYPE_CHECKING, Any

from assistant.web.api.documents import FileName
from assistant.web.api.objects import FindingsObject
from assistant.web.api.replies import ApiRefused, json_response
from assistant.web.reports.check import NO_ROOM, TOO_MANY, Checks, report_name, report_suffix
from assistant.web.temporary import PageFolder

if TYPE_CHECKING:
    from fastapi import FastAPI

VERIFY = "/verify"
_BYTES = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


def add_reports(api: "FastAPI", checks: Checks, folder: PageFolder) -> None:
    """Add the address to the API."""
    from fastapi import Request

    async def verify(request: Request, name: FileName) -> Any:
        """Check a report (.docx, .md, .txt, .html or .pdf); the body is its bytes. Nothing of it is kept."""
        client = request.client.host if request.client else ""
        path = folder.new_path(report_suffix(name))
        try:
            if not await checks.receive(request, path):
                raise ApiRefused(429, TOO_MANY)
            event: dict[str, Any] = {}
            async for line in checks.lines(client, path, report_name(name), is_for_page=False):
                event = json.loads(line)
        except OSError as error:
            raise ApiRefused(503, NO_ROOM) from error
        finally:
            path.unlink(missing_ok=True)
        if "findings" not in event:
            raise ApiRefused(429 if event["line"] == TOO_MANY else 422, event["line"])
        return json_response(event["findings"])

    # FastAPI looks names up in the module, where Request is not.
    verify.__annotations__["request"] = Request
    responses: dict[int | str, dict[str, Any]] = {200: {"model": FindingsObject}}
    api.post(VERIFY, response_model=None, responses=responses, openapi_extra={"requestBody": _BYTES})(verify)
