"""Write and check a report's lock file: the cited documents, and an anchor for each citation."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.citations.resolve import DiffKind, DiffPart, Resolution, State, cited_document, resolve
from assistant.verification.readers.report import ReportRefused
from corpus.document import Document
from index.errors import AnchorError

_FORMAT = "rapporteur lock 1"
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LockedCitation:
    """One citation of a lock file and the present place of its words; `document` is None when the library lacks it."""

    anchor: Anchor
    resolution: Resolution
    document: Document | None

    @property
    def is_kept(self) -> bool:
        """True if the record still has the cited words."""
        return self.resolution.exact_span is not None


def lock_path(report: Path) -> Path:
    """Return the path of a report's lock file: beside it, under its name with `.lock.json`."""
    return report.with_name(f"{report.name}.lock.json")


def lock_object(report: str, citations: Iterable[Citation]) -> dict[str, Any]:
    """Return the contents of a lock file for a report's file name and its citations, each written once."""
    distinct = {(c.document.id, c.span): c for c in citations}
    documents = {c.document.id: c.document for c in distinct.values()}
    return {
        "format": _FORMAT,
        "report": report,
        "documents": [
            {
                "name": document.name,
                "sha256": document.id,
                "title": document.title,
                "publisher": document.publisher,
                "published": document.published.isoformat() if document.published else None,
                "address": document.source.address,
            }
            for document in documents.values()
        ],
        "anchors": [Anchor.of(citation.document, citation.span).full for citation in distinct.values()],
    }


def lock_bytes(report: str, citations: Iterable[Citation]) -> bytes:
    """Return the bytes of a lock file."""
    return (json.dumps(lock_object(report, citations), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def read_lock(path: Path) -> list[Anchor]:
    """Read the anchors of a lock file.

    Raises:
        ReportRefused: it is missing or no lock file of this format.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ReportRefused(f"{path}: over {_LARGEST:,} bytes; this is no lock file")
        contents = json.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise ReportRefused(
            f"{path}: no such lock file; write one with: rapporteur verify REPORT --write-lock"
        ) from error
    except OSError as error:
        raise ReportRefused(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise ReportRefused(f"{path}: not JSON, or not UTF-8; write it anew with --write-lock") from error
    if (
        not isinstance(contents, dict)
        or contents.get("format") != _FORMAT
        or not isinstance(contents.get("anchors"), list)
    ):
        raise ReportRefused(f"{path}: not a lock file of this program ({_FORMAT}); write it anew with --write-lock")
    try:
        return [Anchor.from_full(_mapping(full)) for full in contents["anchors"]]
    except AnchorError as error:
        raise ReportRefused(f"{path}: {error}; write it anew with --write-lock") from error


def check_lock(anchors: Sequence[Anchor], documents: Sequence[Document]) -> list[LockedCitation]:
    """Resolve each anchor in the document with its text, else in the document of its name."""
    checked = []
    for anchor in anchors:
        document = cited_document(anchor, documents)
        resolution = resolve(anchor, document) if document else Resolution(State.GONE)
        checked.append(LockedCitation(anchor, resolution, document))
    return checked


def locked_object(citations: Sequence[LockedCitation]) -> dict[str, Any]:
    """Return the checked citations for JSON; `ok` is true when none is changed or gone."""
    counts = Counter(citation.resolution.state for citation in citations)
    return {
        "anchors": [_citation_object(citation) for citation in citations],
        "counts": {state.value: counts[state] for state in State},
        "ok": all(citation.is_kept for citation in citations),
    }


def locked_lines(name: str, citations: Sequence[LockedCitation]) -> Iterator[str]:
    """Render the checked citations as plain text for the terminal; unchanged ones are only counted."""
    if not citations:
        yield f"{name}: holds no citation, so nothing was compared."
        return
    counts = Counter(citation.resolution.state for citation in citations)
    parts = ", ".join(f"{counts[state]} {state.value}" for state in State if counts[state])
    yield f"{name}: {len(citations):,} citation{'s' * (len(citations) != 1)}: {parts}."
    for citation in citations:
        anchor, resolution, document = citation.anchor, citation.resolution, citation.document
        if resolution.state is State.SAME:
            continue
        quote = " ".join((anchor.quote or "").split())
        yield f"{resolution.state.value}: {anchor.document} [{anchor.start}:{anchor.end}]: “{quote}”"
        if document is None:
            yield "   the library has no such record any more"
        elif resolution.state is State.MOVED and resolution.span:
            yield f"   now at {resolution.span.start} to {resolution.span.end} of {document.name}"
        elif resolution.state is State.CHANGED:
            yield f"   now: {''.join(map(_marked_part, resolution.difference)).strip()}"


def _citation_object(citation: LockedCitation) -> dict[str, Any]:
    resolution, document = citation.resolution, citation.document
    span = resolution.span
    return {
        "anchor": citation.anchor.compact,
        "quote": citation.anchor.quote,
        "state": resolution.state.value,
        "document": document.name if document else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "found": span.of(document.text) if span and document else None,
        "difference": [{"change": part.change.value, "words": part.words} for part in resolution.difference],
    }


def _marked_part(part: DiffPart) -> str:
    words = " ".join(part.words.split())
    return {DiffKind.KEPT: f"{words} ", DiffKind.REMOVED: f"[-{words}-] ", DiffKind.ADDED: f"[+{words}+] "}[part.change]


def _mapping(full: Any) -> dict[str, Any]:
    if not isinstance(full, dict):
        raise AnchorError("a full anchor is a JSON object")
    return full
