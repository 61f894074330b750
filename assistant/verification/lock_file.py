"""The lock file of a report: the texts that its citations were made from, and the anchors that find them again."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.citations.resolve import Change, Piece, Resolution, State, resolve
from assistant.verification.readers.report import ReportRefused
from corpus.document import Document
from index.errors import AnchorError

_FORMAT = "rapporteur lock 1"
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Held:
    """What has become of one citation of a lock file.

    Attributes:
        anchor: what was cited.
        resolution: where it stands now, if anywhere.
        document: the record in which it was looked for; None when the library has it no more.
    """

    anchor: Anchor
    resolution: Resolution
    document: Document | None

    @property
    def is_kept(self) -> bool:
        """Whether the cited words still stand in the record."""
        return self.resolution.state in (State.SAME, State.MOVED)


def lock_path(report: Path) -> Path:
    """Where a report's lock file lies: beside it, under its name with `.lock.json`."""
    return report.with_name(f"{report.name}.lock.json")


def lock_object(report: str, citations: Iterable[Citation]) -> dict[str, Any]:
    """The contents of a lock file.

    Args:
        report: the report's file name.
        citations: everything that it cites, in order; the same one twice is kept once.
    """
    kept = {(c.document.id, c.span): c for c in citations}
    documents = {c.document.id: c.document for c in kept.values()}
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
        "anchors": [Anchor.of(citation.document, citation.span).full for citation in kept.values()],
    }


def lock_bytes(report: str, citations: Iterable[Citation]) -> bytes:
    """A lock file as it is written."""
    return (json.dumps(lock_object(report, citations), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def read_lock(path: Path) -> list[Anchor]:
    """The anchors of a lock file.

    Raises:
        ReportRefused: it is missing or no lock file of this format.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ReportRefused(f"{path}: over {_LARGEST:,} bytes; this is no lock file")
        held = json.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise ReportRefused(
            f"{path}: no such lock file; write one with: rapporteur verify REPORT --write-lock"
        ) from error
    except OSError as error:
        raise ReportRefused(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise ReportRefused(f"{path}: not JSON, or not UTF-8; write it anew with --write-lock") from error
    if not isinstance(held, dict) or held.get("format") != _FORMAT or not isinstance(held.get("anchors"), list):
        raise ReportRefused(f"{path}: not a lock file of this program ({_FORMAT}); write it anew with --write-lock")
    try:
        return [Anchor.from_full(_mapping(full)) for full in held["anchors"]]
    except AnchorError as error:
        raise ReportRefused(f"{path}: {error}; write it anew with --write-lock") from error


def held(anchors: Sequence[Anchor], documents: Sequence[Document]) -> list[Held]:
    """What has become of each anchor: in the very text, else in the record of that name."""
    return [_held(anchor, documents) for anchor in anchors]


def held_object(found: Sequence[Held]) -> dict[str, Any]:
    """The same as JSON; `ok` is true when nothing was changed and nothing is gone."""
    counted = Counter(h.resolution.state for h in found)
    return {
        "anchors": [_one_object(h) for h in found],
        "counts": {state.value: counted[state] for state in State},
        "ok": all(h.is_kept for h in found),
    }


def held_lines(name: str, found: Sequence[Held]) -> Iterator[str]:
    """The same in lines for a reader; what stands where it stood is only counted."""
    counted = Counter(h.resolution.state for h in found)
    parts = ", ".join(f"{counted[state]} {state.value}" for state in State if counted[state])
    cited = f"{len(found):,} citation{'s' * (len(found) != 1)}"
    yield f"{name}: {cited}: {parts}." if found else f"{name}: holds no citation, so nothing was compared."
    for h in found:
        state = h.resolution.state
        if state is State.SAME:
            continue
        quote = " ".join((h.anchor.quote or "").split())
        yield f"{state.value}: {h.anchor.document} [{h.anchor.start}:{h.anchor.end}]: “{quote}”"
        if h.document is None:
            yield "   the library has no such record any more"
        elif state is State.MOVED and h.resolution.span:
            yield f"   now at {h.resolution.span.start} to {h.resolution.span.end} of {h.document.name}"
        elif state is State.CHANGED:
            yield f"   now: {''.join(_marked(piece) for piece in h.resolution.difference).strip()}"


def _held(anchor: Anchor, documents: Sequence[Document]) -> Held:
    owner = next((d for d in documents if anchor.is_version(d)), None) or next(
        (d for d in documents if anchor.names(d.name)), None
    )
    if owner is None:
        return Held(anchor, Resolution(State.GONE), None)
    return Held(anchor, resolve(anchor, owner), owner)


def _one_object(h: Held) -> dict[str, Any]:
    span = h.resolution.span
    return {
        "anchor": h.anchor.compact,
        "quote": h.anchor.quote,
        "state": h.resolution.state.value,
        "document": h.document.name if h.document else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "found": span.of(h.document.text) if span and h.document else None,
        "difference": [{"change": p.change.value, "words": p.words} for p in h.resolution.difference],
    }


def _marked(piece: Piece) -> str:
    words = " ".join(piece.words.split())
    return {Change.KEPT: f"{words} ", Change.REMOVED: f"[-{words}-] ", Change.ADDED: f"[+{words}+] "}[piece.change]


def _mapping(full: Any) -> dict[str, Any]:
    if not isinstance(full, dict):
        raise AnchorError("a full anchor is a JSON object")
    return full
