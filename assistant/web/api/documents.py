"""Addresses `/api/documents`: list, show, add and remove the documents of the library."""

import asyncio
import secrets
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from assistant.json_api import document_object, ingested_object, whole_document_object
from assistant.users.audit import audit
from assistant.users.current import current_user
from assistant.users.private_documents import (
    audited,
    private_names,
    private_object,
    record_named,
    remove_records,
    require_addition,
    require_change,
    share_documents,
)
from assistant.web.api.objects import DocumentFacts, Ingested, Removed, WholeDocument
from assistant.web.api.replies import ApiRefused, json_response
from assistant.web.endpoints import Body
from assistant.web.library.queue import IngestQueue
from assistant.web.library.uploads import receive
from index.library import Library
from index.users import UserRole

if TYPE_CHECKING:
    from fastapi import FastAPI

DOCUMENTS = "/documents"
_SECONDS_BETWEEN_LOOKS = 0.1
_BYTES = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
FileName = Annotated[str, Field(min_length=1, max_length=1_024, description="Name of the file, with its suffix.")]
Private = Annotated[bool, Field(description="Only the user of the request sees it: a private document.")]


class Sharing(Body):
    """A change of a private document."""

    private: Annotated[Literal[False], Field(description="False to share it with everybody.")]


def add_documents(api: "FastAPI", library: Library, queue: IngestQueue, most: int) -> None:
    """Add the addresses to the API; `most` is the largest size of a file in bytes."""
    from fastapi import Request

    def show_all() -> Any:
        """Return the facts of every document, by the day of its meeting or publication."""
        private = private_names(library)
        return json_response([document_object(each) | private_object(each, private) for each in library.documents()])

    def show(name: str) -> Any:
        """Return a document's facts, outline and text."""
        document = library.document(name)
        return json_response(whole_document_object(document) | private_object(document, private_names(library)))

    def remove(name: str) -> Any:
        """Remove a document."""
        chosen = record_named(library, name)
        require_change([chosen])
        removed = remove_records(library, [chosen])
        audit(library, "remove", audited([chosen]))
        return json_response([{"document": each} for each in removed])

    def change(name: str, body: Sharing) -> Any:
        """Share a private document of the user: everybody sees it from now on, and it cannot be taken back."""
        current_user().require(UserRole.EDITOR)
        shared = share_documents(library, [library.document(name)])
        return json_response(document_object(library.document(shared[0])))

    async def add(request: Request, name: FileName, private: Private = False) -> Any:
        """Add a file, or each member of an archive; the body is its bytes. The reply comes when all are stored."""
        require_addition(private)
        return json_response(await _add(queue, request, name, most, private))

    # FastAPI looks names up in the module, where Request is not.
    add.__annotations__["request"] = Request
    api.get(DOCUMENTS, response_model=None, responses={200: {"model": list[DocumentFacts]}})(show_all)
    added: Any = {"responses": {200: {"model": list[Ingested]}}, "openapi_extra": {"requestBody": _BYTES}}
    api.post(DOCUMENTS, response_model=None, **added)(add)
    one = f"{DOCUMENTS}/{{name:path}}"
    api.get(one, response_model=None, responses={200: {"model": WholeDocument}})(show)
    api.patch(one, response_model=None, responses={200: {"model": DocumentFacts}})(change)
    api.delete(one, response_model=None, responses={200: {"model": list[Removed]}})(remove)


async def _add(queue: IngestQueue, request: Any, name: str, most: int, is_private: bool) -> list[dict[str, Any]]:
    """Put the body of a request into the queue of uploads, wait for it, and return what became of it.

    Raises:
        ApiRefused: too much is waiting, or the file is empty or too large, or has an impossible name.
    """
    if request.headers.get("content-length", "0") == "0":
        raise ApiRefused(422, f"{name}: the body is empty; send the bytes of the file as the body")
    batch = secrets.token_hex(16)
    received = await receive(queue, request, batch, name, most, is_private)
    if "full" in received:
        raise ApiRefused(429, f"{received['reason']}; send the file again in a few seconds")
    if "refused" in received:
        raise ApiRefused(422, f"{name}: {received['refused']}")
    while (status := queue.status(batch))["working"]:
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    queue.forget(batch)
    return [_object(name, outcome) for file in status["files"] for outcome in file["outcomes"]]


def _object(name: str, outcome: dict[str, Any]) -> dict[str, Any]:
    is_member = outcome["name"] != name.rsplit("/", 1)[-1]
    return ingested_object(
        f"{name}!/{outcome['name']}" if is_member else name,
        outcome["outcome"],
        outcome.get("document") or None,
        outcome["reason"] or None,
        outcome.get("warnings", ()),
    )
