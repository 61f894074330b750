"""Exports from the web page: the evidence list, or a session's conversation, as a file for the browser to save."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from assistant.conversation import Conversation
from assistant.evidence.evidence_list import EvidenceList
from assistant.export import ExportRefused
from assistant.export.bibliography.style import STYLE_FILES, Style
from assistant.export.formats import Format, export_report
from assistant.export.note_detail import NoteDetail
from assistant.export.report import Report, refresh_report, report_of_conversation, report_of_evidence
from assistant.users.audit import audit
from assistant.users.current import NOBODY, User, current_user
from assistant.web.endpoints import download, html_reply
from assistant.web.markup import alert, read_static
from index.errors import RapporteurError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

STYLES = {"apa": "APA", "chicago": "Chicago, notes", "mla": "MLA", "ieee": "IEEE", "iso690": "ISO 690"}
# Marks of texts: the page is built once for all languages.
_FOOTNOTES = {
    "link": "{{export.notes_link}}",
    "anchor": "{{export.notes_anchor}}",
    "reference": "{{export.notes_reference}}",
}
_AT_ONCE = 2
# Conversations that are kept for their export, for all sessions together.
_MOST_PENDING = 64


class PendingExports:
    """Conversations that may be exported, each under a name that cannot be guessed; the oldest are dropped first."""

    def __init__(self) -> None:
        self._conversations: OrderedDict[str, tuple[str, Conversation]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, conversation: Conversation, user: User = NOBODY) -> str:
        """Keep a conversation of a user for its export, and return its name."""
        name = secrets.token_urlsafe(18)
        with self._lock:
            self._conversations[name] = (user.id, conversation)
            while len(self._conversations) > _MOST_PENDING:
                self._conversations.popitem(last=False)
        return name

    def conversation(self, name: str) -> Conversation:
        """Return the conversation of this name.

        Raises:
            ExportRefused: no stored conversation of the user who acts has this name.
        """
        with self._lock:
            owner, conversation = self._conversations.get(name, ("", None))
        if conversation is None or owner != current_user().id:
            raise ExportRefused("This conversation is no longer kept for export. Click Export again.")
        return conversation


def add_exports(app: "FastAPI", library: Library, pending: PendingExports) -> None:
    """Let the page download exports. They are made in memory: no file of them stays on this machine."""
    writing = threading.Semaphore(_AT_ONCE)

    def export(name: str, report: Callable[[], Report], format: Format, style: str, notes: NoteDetail) -> Any:
        try:
            with writing:
                content = export_report(replace(report(), notes=notes), format, _style(style))
            audit(library, "export", (name,), format.value)
        except RapporteurError as error:
            return html_reply(alert(str(error)))
        return download(content, name + format.row.suffixes[0], format.row.media_type)

    def evidence(format: Format, style: str = "apa", footnotes: NoteDetail = NoteDetail.LINK) -> Any:
        items = EvidenceList(library).items
        return export("evidence", lambda: report_of_evidence(items(), date.today()), format, style, footnotes)

    def conversation(name: str, format: Format, style: str = "apa", footnotes: NoteDetail = NoteDetail.LINK) -> Any:
        def report() -> Report:
            return refresh_report(report_of_conversation(pending.conversation(name), date.today()), library)

        return export("answers", report, format, style, footnotes)

    app.get("/export/evidence")(evidence)
    app.get("/export/conversation/{name}")(conversation)


def render_dialog() -> str:
    """Render the page's dialog in which format and style are chosen."""
    page = read_static("export.html")
    formats = {format.value: format.row.label for format in Format}
    for name, labels in (("formats", formats), ("styles", STYLES), ("footnotes", _FOOTNOTES)):
        page = page.replace(f"{{{name}}}", _options(labels))
    return page


def _options(labels: Mapping[str, str]) -> str:
    return "".join(f'<option value="{value}">{escape(label)}</option>' for value, label in labels.items())


def _style(name: str) -> Style:
    # Never a path: this comes from a browser.
    if name not in STYLE_FILES:
        raise ExportRefused(f"there is no reference style of this name; there are {', '.join(STYLE_FILES)}")
    return Style.of(name)
