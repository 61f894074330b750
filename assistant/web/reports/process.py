"""Run inside the process that checks one report: read it, hold it against the library, and print what was found."""

import base64
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from assistant.users.private_documents import documents_seen_by
from assistant.verification.annotate import ANNOTATED_SUFFIXES, annotate_report
from assistant.verification.checker import Checker
from assistant.verification.own_record import without_report
from assistant.verification.readers.report import ReportRefused, read_report
from assistant.verification.render import findings_object
from assistant.web.endpoints import BROKEN
from assistant.web.language import LANGUAGES, in_language
from assistant.web.reports.events import Event, error_event
from assistant.web.reports.findings import render_findings
from corpus.document import Document
from corpus.sandbox.main import end_with_parent
from index.errors import RapporteurError

Report = Callable[[int, int], None]
# Questions have the processor first.
_NICE = 10
# Far above what the largest report and library take; a report that takes more must not take the machine's.
_MEMORY_BYTES = 4_000_000_000
_SECONDS_BETWEEN_LINES = 0.2
_NO_MEMORY = "The check takes more memory than it may; split the report."


def main(location: str, owner: str, path: str, name: str, language: str = "") -> None:
    """Print lines of JSON: `{"done": n, "of": m}` now and then, at last the findings or an error; see `add_check`.

    Args:
        location: of the library.
        owner: the id of the user whose private documents are compared, too; empty for nobody.
        path: of the report, with the suffix of its format.
        name: of the report, as the user knows it, as a string of JSON.
        language: of the page, for HTML with an annotated copy; nothing for the findings as JSON.
    """
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # what parsers print
        threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
        _take_little()
        read = partial(documents_seen_by, location, owner)
        with in_language(language or LANGUAGES[0]):
            event = _findings(read, Path(path), json.loads(name), _progress_to(out), bool(language))
        out.write(json.dumps(event).encode() + b"\n")


def _take_little() -> None:
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
    except (ImportError, OSError, ValueError):  # no such limit here, or a lower one
        return


def _progress_to(out: BinaryIO) -> Report:
    last = time.monotonic()

    def report(done: int, of: int) -> None:
        nonlocal last
        if done == of or time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            out.write(json.dumps({"done": done, "of": of}).encode() + b"\n")
            out.flush()

    return report


def _findings(
    read: Callable[[], Sequence[Document]], path: Path, name: str, progress: Report, is_for_page: bool
) -> Event:
    try:
        return _checked(read(), path, name, progress, is_for_page)
    except ReportRefused as error:
        return error_event(str(error).replace(str(path), name))
    except RapporteurError as error:
        return error_event(str(error))
    except MemoryError:
        return error_event(_NO_MEMORY)
    except Exception:
        logging.getLogger(__name__).exception("a report could not be checked")
        return error_event(BROKEN)


def _checked(documents: Sequence[Document], path: Path, name: str, progress: Report, is_for_page: bool) -> Event:
    report = replace(read_report(path), name=name)
    compared, own = without_report(documents, report, path.read_bytes())
    findings = replace(Checker(compared).check(report, progress), own=own)
    if not is_for_page:
        return {"findings": findings_object(findings)}
    can_annotate = path.suffix in ANNOTATED_SUFFIXES
    copy = base64.b64encode(annotate_report(path, report, findings)).decode() if can_annotate else None
    html = render_findings(findings, len(compared), can_annotate)
    return {"html": html, "copy": copy, "name": _copy_name(name)}


def _copy_name(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem} checked.{suffix}" if dot else f"{name} checked"
