"""Reports whose parsers a file could break are read in a process that may cost only so much and can be ended."""

import re
from pathlib import Path
from typing import Any

from assistant.checking.errors import ReportRefused
from assistant.verification.readers.report import Link, Paragraph, Pointer, Report
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.sandbox.child import Reader
from corpus.sandbox.worker import ReadingWorker
from corpus.span import Span

_READER = Reader("assistant.checking.reading_apart:paragraphs", ("corpus", "index", "assistant"))
# A broken file may hold halves of characters, which no message between processes can.
_HALF = re.compile("[\ud800-\udfff]")


def read_apart(raw: bytes, path: Path) -> Report:
    """Read the bytes of a report in a process of their own.

    Raises:
        ReportRefused: as `read_report`, or it took too long or too much memory, or broke its reader.
    """
    try:
        with ReadingWorker(Limits(), _READER) as worker:
            found, _ = worker.asked({"name": f"report{path.suffix}"}, raw, str(path))
        return Report(path.name, tuple(_paragraph(*row) for row in found["paragraphs"]))
    except CorpusError as error:
        raise ReportRefused(str(error)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise ReportRefused(f"{path}: its reader gave no report ({error}); save it in another format") from error


def paragraphs(about: dict[str, Any], raw: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Answer with the paragraphs of a report, in the process that may do nothing else.

    Raises:
        CorpusError: it cannot be read.
    """
    from assistant.verification.readers.reader import report_of

    try:
        report = report_of(raw, Path(about["name"]))
    except ReportRefused as error:
        raise CorpusError(str(error)) from error
    return {"paragraphs": [_row(paragraph) for paragraph in report.paragraphs]}, b""


def _row(paragraph: Paragraph) -> list[Any]:
    links = [[link.span.start, link.span.end, _whole(link.address)] for link in paragraph.links]
    pointers = [[pointer.place, _whole(pointer.note)] for pointer in paragraph.pointers]
    note = None if paragraph.note is None else _whole(paragraph.note)
    return [_whole(paragraph.text), _whole(paragraph.where), paragraph.is_quote, pointers, links, note]


def _paragraph(
    text: str, where: str, is_quote: bool, pointers: list[list[Any]], links: list[list[Any]], note: str | None
) -> Paragraph:
    return Paragraph(
        text,
        where,
        is_quote,
        tuple(Pointer(place, of) for place, of in pointers),
        tuple(Link(Span(start, end), address) for start, end, address in links),
        note,
    )


def _whole(words: str) -> str:
    return _HALF.sub("\ufffd", words)
