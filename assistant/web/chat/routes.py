"""The open endpoints of the source panel: the list of records, and one record or words of it."""

from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.web.chat import sources
from assistant.web.chat.source_links import RecordGone, resolve_link
from assistant.web.endpoints import html_reply
from index.errors import RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_sources(app: "FastAPI", assistant: Assistant) -> None:
    """Let the page show the library's records."""

    def records() -> Any:
        try:
            return html_reply(sources.render_list(assistant.library.documents()))
        except RapporteurError as error:
            return html_reply(sources.render_message(str(error)), 503)

    def source(name: str, whole: bool = False) -> Any:
        try:
            link = resolve_link(assistant.library, name)
            return html_reply(sources.render_source(link, assistant.settings, whole))
        except RecordGone as error:
            return html_reply(sources.render_gone(str(error)), 404)
        except RapporteurError as error:
            return html_reply(sources.render_message(str(error)), 404)

    app.get("/records")(records)
    app.get("/source/{name}")(source)
