"""Exports from the page: the evidence list, or what a session has asked, as a file that the browser saves."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.conversation import Conversation
from assistant.evidence.evidence_list import EvidenceList
from assistant.export.bibliography.style import STYLE_FILES, Style
from assistant.export.errors import ExportRefused
from assistant.export.formats import Format, export_report
from assistant.export.refresh import refresh_report
from assistant.export.report import Report, report_of_conversation, report_of_evidence
from assistant.web.escaping import one_line
from index.errors import RapporteurError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI


STYLES = {"apa": "APA", "chicago": "Chicago, notes", "mla": "MLA", "ieee": "IEEE", "iso690": "ISO 690"}

_AT_ONCE = 2
# Conversations that wait to be exported, for all sessions together.
_MOST_OFFERED = 64


class Offered:
    """Conversations that may be exported, each under a name that nobody guesses; the oldest give way to new ones."""

    def __init__(self) -> None:
        self._conversations: OrderedDict[str, Conversation] = OrderedDict()
        self._changing = threading.Lock()

    def offer(self, conversation: Conversation) -> str:
        """Keep a conversation for its export, and return its name."""
        name = secrets.token_urlsafe(18)
        with self._changing:
            self._conversations[name] = conversation
            while len(self._conversations) > _MOST_OFFERED:
                self._conversations.popitem(last=False)
        return name

    def conversation(self, name: str) -> Conversation:
        """The conversation of this name.

        Raises:
            ExportRefused: there is none, or none any more.
        """
        with self._changing:
            found = self._conversations.get(name)
        if found is None:
            raise ExportRefused("This conversation is no longer kept for export. Click Export again.")
        return found


def add_exports(app: "FastAPI", library: Library, offered: Offered) -> None:
    """Let the page download exports. They are made in memory: no file of them stays on this machine."""
    from fastapi.responses import HTMLResponse, Response

    working = threading.Semaphore(_AT_ONCE)

    def file(name: str, report: Callable[[], Report], format: Format, style: str) -> Any:
        try:
            with working:
                content = export_report(report(), format, _style(style))
        except RapporteurError as error:
            told = f'<p class="refused" role="alert">{one_line(str(error))}</p>'
            return HTMLResponse(told, headers={"cache-control": "no-store"})
        sent_as = f'attachment; filename="{quote(name + format.row.suffixes[0])}"'
        return Response(
            content,
            media_type=format.row.media_type,
            headers={"content-disposition": sent_as, "cache-control": "no-store"},
        )

    def evidence(format: Format, style: str = "apa") -> Any:
        return file("evidence", lambda: report_of_evidence(EvidenceList(library).items(), date.today()), format, style)

    def answers(name: str, format: Format, style: str = "apa") -> Any:
        def report() -> Report:
            return refresh_report(report_of_conversation(offered.conversation(name), date.today()), library)

        return file("answers", report, format, style)

    app.get("/export/evidence")(evidence)
    app.get("/export/conversation/{name}")(answers)


def _style(name: str) -> Style:
    # Never a path: this comes from a browser.
    if name not in STYLE_FILES:
        raise ExportRefused(f"there is no reference style of this name; there are {', '.join(STYLE_FILES)}")
    return Style.of(name)


def dialog() -> str:
    """The page's dialog in which format and style are chosen."""
    formats = "".join(f'<option value="{format.value}">{one_line(format.row.label)}</option>' for format in Format)
    styles = "".join(f'<option value="{value}">{one_line(label)}</option>' for value, label in STYLES.items())
    return f"""<dialog id="export" aria-labelledby="export-title"><form method="dialog">
<h2 id="export-title">Export</h2><p class="of"></p>
<label>Format <select name="format">{formats}</select></label>
<label>Reference style <select name="style">{styles}</select></label>
<p class="told" role="status"></p>
<div class="actions"><button type="button" class="primary" data-download>Download</button>
<button type="button" data-dismiss>Close</button></div></form></dialog>"""
