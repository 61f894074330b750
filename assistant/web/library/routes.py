"""Endpoints of the library view: list records as rows, correct their facts, remove them, download originals."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from assistant.evidence.evidence_list import EvidenceList
from assistant.users.audit import audit
from assistant.users.current import current_user
from assistant.users.private_documents import (
    NOT_NAMED,
    audited,
    library_with,
    remove_records,
    require_change,
    share_documents,
)
from assistant.web.chat.source_links import ID_DIGITS
from assistant.web.endpoints import BROKEN, LONGEST_TEXT, Body, download, json_reply
from assistant.web.escaping import visible_line
from assistant.web.language import text
from assistant.web.library import facts as record_facts
from assistant.web.library.facts import FactRefused
from assistant.web.library.removed import (
    RemovedRecord,
    RemovedRecords,
    missing_founding_records,
    put_back,
    records_as_read,
)
from assistant.web.library.table import rows
from assistant.web.translated import translated
from corpus.discovery.find import ADDABLE
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.facts import FACTS
from index.errors import LibraryError, RapporteurError
from index.library import Library
from index.users import UserRole
from index.values import DocumentSummary

if TYPE_CHECKING:
    from fastapi import FastAPI

# More than one removal ever names, and the ids fit the request.
_MOST_SELECTED = 20_000
RecordId = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class Selection(Body):
    """Some records of the table."""

    records: Annotated[list[RecordId], Field(min_length=1, max_length=_MOST_SELECTED)]


class PutBack(Body):
    """The secret of a removal."""

    removal: Annotated[str, Field(max_length=64)]


class Correction(Body):
    """A record and new values of its facts; null takes a correction back."""

    record: RecordId
    changes: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=LONGEST_TEXT)] | None],
        Field(min_length=1, max_length=len(FACTS)),
    ]


def add_library(app: "FastAPI", library: Library, most: int) -> None:
    """Add the endpoints that show, correct and remove the library's records and give their originals back.

    A request that fails gets `{"error": one line}`; a fact that is refused `{"field": its name, "wrong": one line}`.
    `most` is the largest size of a file in bytes; the page states it before an upload.
    """
    endpoints = _Endpoints(library, most)
    app.get("/library/records")(endpoints.records)
    app.get("/library/facts/{record}")(endpoints.facts)
    app.post("/library/correct")(endpoints.correct)
    app.post("/library/removal")(endpoints.removal)
    app.post("/library/remove")(endpoints.remove)
    app.post("/library/share")(endpoints.share)
    app.get("/library/removals")(endpoints.removals)
    app.post("/library/put-back")(endpoints.put_removed_back)
    app.get("/library/founding")(endpoints.count_missing)
    app.post("/library/founding")(endpoints.put_missing_back)
    app.get("/library/original/{record}")(endpoints.original)


class _Endpoints:
    """Answers the requests of the library's view, each with JSON but for an original."""

    def __init__(self, library: Library, most: int) -> None:
        self._library = library
        self._most = most
        self._removed = RemovedRecords()

    def records(self) -> Any:
        """Return a row for each record, and the rights and limits of the user who asks."""

        def work() -> dict[str, Any]:
            user = current_user()
            return {
                "records": rows(self._library),
                "most": self._most,
                "kinds": [*ADDABLE],
                "read_only": translated(user.refusal(UserRole.EDITOR)),
                "has_private": bool(user.id),
            }

        return json_reply(_values(work))

    def facts(self, record: RecordId) -> Any:
        """Return the facts of a record."""
        return self._of([record], lambda chosen: _facts(self._library, record, self._library.document(chosen[0].name)))

    def correct(self, body: Correction) -> Any:
        """Correct facts of a record and return all of them."""

        def work(chosen: Sequence[DocumentSummary]) -> dict[str, Any]:
            require_change(chosen)
            library, name = library_with(self._library, chosen[0])
            corrected = record_facts.correct(library, library.document(name), body.changes)
            audit(self._library, "correct", audited(chosen), ", ".join(body.changes))
            return {**_facts(library, body.record, corrected), "of": visible_line(chosen[0].name)}

        return self._of([body.record], work)

    def removal(self, body: Selection) -> Any:
        """Return what a removal of records deletes."""
        return self._of(body.records, lambda chosen: {"summary": removal_summary(self._library, chosen)})

    def remove(self, body: Selection) -> Any:
        """Remove records, and return their number and the secret by which they are put back."""

        def work(chosen: Sequence[DocumentSummary]) -> dict[str, Any]:
            def note() -> dict[str, Any]:
                audit(self._library, "remove", audited(chosen))
                return {}

            require_change(chosen)
            kept = records_as_read(self._library, chosen)
            names = remove_records(self._library, chosen)
            removal = self._removed.keep(current_user().id, kept)
            # Last, so that what is removed can be put back where the audit log cannot be written.
            return {"removed": len(names), "removal": removal, **_values(note)}

        return self._of(body.records, work)

    def share(self, body: Selection) -> Any:
        """Make private records of the user common ones, and return their number."""

        def work(chosen: Sequence[DocumentSummary]) -> dict[str, Any]:
            current_user().require(UserRole.EDITOR)
            names = share_documents(self._library, chosen)
            return {"shared": len(names)}

        return self._of(body.records, work)

    def removals(self) -> Any:
        """Return the user's removals that can be put back, the newest first: secret, number of records, first title."""

        def work() -> dict[str, Any]:
            kept = self._removed.removals(current_user().id)
            return {
                "removals": [
                    {"removal": secret, "count": len(titles), "title": visible_line(titles[0])}
                    for secret, titles in kept
                ]
            }

        return json_reply(_values(work))

    def put_removed_back(self, body: PutBack) -> Any:
        """Put the records of a removal back, and return their number; where it fails, the secret of what is kept."""
        user = current_user().id

        def work() -> dict[str, Any]:
            with self._removed.taken(user, body.removal) as records:
                return _put_back(self._library, records)

        values = _values(work)
        if "error" in values and self._removed.keeps(user, body.removal):
            values["removal"] = body.removal
        return json_reply(values)

    def count_missing(self) -> Any:
        """Return the number of founding records that are gone."""
        return json_reply(_values(lambda: {"missing": len(missing_founding_records(self._library))}))

    def put_missing_back(self) -> Any:
        """Put the founding records that are gone back, and return their number."""

        def work() -> dict[str, Any]:
            return _put_back(self._library, [RemovedRecord(d, None) for d in missing_founding_records(self._library)])

        return json_reply(_values(work))

    def original(self, record: RecordId) -> Any:
        """Return the file of a record, never with the media type that it states: a browser is to save it."""
        values = _values(lambda: _with_records(self._library, [record], lambda c: _original(self._library, c[0])))
        return download(values["content"], values["name"]) if "content" in values else json_reply(values, 404)

    def _of(self, ids: Sequence[str], work: Callable[[Sequence[DocumentSummary]], dict[str, Any]]) -> Any:
        return json_reply(_values(lambda: _with_records(self._library, ids, work)))


def removal_summary(library: Library, records: Sequence[DocumentSummary]) -> str:
    """Return what a removal deletes, and which quotations of the evidence list lose their record, in a line or two."""
    passages = sum(record.passages for record in records)
    deleted = text("library.removal", len(records), passages=text("library.passages", passages))
    ids = {record.id for record in records}
    citations = [item.citation for item in EvidenceList(library).items() if item.citation]
    cited = sum(citation.document.id in ids for citation in citations)
    if not cited:
        return text("library.no_citation", len(records), deleted=deleted)
    return text("library.citations", cited, deleted=deleted, them=text("library.them", len(records)))


def select(library: Library, ids: Iterable[str]) -> list[DocumentSummary]:
    """Return the records that a page names by the ids of its table, each once.

    Raises:
        LibraryError: one of them is not in the library; the message is for the user.
    """
    known = {record.id[:ID_DIGITS]: record for record in library.summaries()}
    distinct = list(dict.fromkeys(ids))
    if any(id_ not in known for id_ in distinct):
        raise LibraryError(text("library.gone"))
    return [known[id_] for id_ in distinct]


def _values(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return the values of a reply: those of the work, or why it failed."""
    try:
        return work()
    except FactRefused as refused:
        return {"field": refused.field, "wrong": visible_line(translated(str(refused)))}
    except (CorpusError, RapporteurError) as error:
        return {"error": visible_line(translated(str(error)))}
    except Exception:
        logging.getLogger(__name__).exception("a request of the library's view failed")
        return {"error": translated(BROKEN)}


def _with_records(
    library: Library, ids: Sequence[str], work: Callable[[Sequence[DocumentSummary]], dict[str, Any]]
) -> dict[str, Any]:
    try:
        return work(select(library, ids))
    except LibraryError:
        select(library, ids)  # raises in the table's words where one of them was removed meanwhile
        raise


def _facts(library: Library, record: str, document: Document) -> dict[str, Any]:
    return {"record": record, **record_facts.facts(library, document)}


def _put_back(library: Library, records: Iterable[RemovedRecord]) -> dict[str, Any]:
    records = [*records]
    if not all(record.is_private for record in records):
        current_user().require(UserRole.EDITOR)
    names = put_back(library, records)
    subjects = [NOT_NAMED if record.is_private else name for record, name in zip(records, names, strict=True)]
    audit(library, "put back", subjects)
    return {"back": len(names)}


def _original(library: Library, record: DocumentSummary) -> dict[str, Any]:
    original = library.original(record.name)
    if original is None:
        raise LibraryError("The file of this record was not kept; its text is shown by a click on its title.")
    return {"content": original[0], "name": record.name}
