"""Layout of the web page: its Gradio components, and the handler of each click."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Thread
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.verification.readers.report import SUFFIXES
from assistant.web.chat.handlers import EXAMPLES, QUESTIONS_AT_ONCE, Handlers
from assistant.web.chat.page import ChatPage
from assistant.web.chat.requests import example_of_user, of_user
from assistant.web.chat.session import Chat
from assistant.web.markup import read_static
from assistant.web.reports.export import PendingExports, render_dialog

_MOST_WAITING = 64  # questions
_HOURS_KEPT = 12
# Each session takes about 230 kB; beyond this number the one that was used least recently is dropped.
_SESSIONS_KEPT = 256
# Gradio tells everybody who waits at this rate how long it will take, which the page does not show; by default whenever
# a question is answered: with 50 users 37 messages a question.
_SECONDS_OF_ESTIMATES = 60
# How long the queue waits until it looks again for a question, by default a thousandth of a second, which takes a
# twentieth of a core; and for progress that a handler reports, which none does.
_SECONDS_BETWEEN_LOOKS = 0.01
_SECONDS_OF_PROGRESS = 1.0

_OPEN_EXPORT = "(name) => { document.dispatchEvent(new CustomEvent('export-talk', { detail: name })); return []; }"

# The first input is the conversation of the address, not the one that is shown.
_ADDRESSED = "(_, ...values) => [new URLSearchParams(location.search).get('conversation') ?? '', ...values]"
# The conversation leaves the address at once, so that nothing which is chosen from then on is kept with it.
_LEFT = "(chat) => { document.dispatchEvent(new CustomEvent('conversation', { detail: '' })); return [chat]; }"
_CHOSEN = "() => { document.dispatchEvent(new Event('chosen-records')); return []; }"
_ADDRESS = "(id) => { document.dispatchEvent(new CustomEvent('conversation', { detail: id })); return []; }"

# The names of the filters with their least widths in pixels, in the order of `FACETS`.
_FIELDS = (("forum", 110), ("place", 120), ("year", 100), ("publisher", 170), ("speaker", 150))
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_AT_ONCE: dict[str, Any] = {"queue": False, **_PRIVATE}


@dataclass(frozen=True, slots=True)
class _Components:
    """The components of the page that take part in its events.

    Attributes:
        chat: the conversation of one visitor.
        filters: the choices that narrow a search, in the order of `FACETS`.
        asked: the names of the records that are asked, as a JSON list; empty for all.
        narrowed: the line that names the filters in use.
        chatbot: the conversation as it is shown.
        models: the line that says that the models are loading.
        status: the line below the conversation.
        box: the field for the question.
        export: the button that exports the conversation.
        new: the button that begins a conversation.
        name: the name under which a conversation waits for its export.
        alone: the button that asks a question without the turns before.
        conversation: the id of the conversation that is shown.
        open: the button that shows the conversation which the address of the page names.
        edit: the button that asks the question in the box in place of the last one.
        changed: the button that the page's script clicks when the library has changed.
        all: the button that takes back every choice.
    """

    chat: gr.State
    filters: list[gr.Dropdown]
    asked: gr.Textbox
    narrowed: gr.HTML
    chatbot: gr.Chatbot
    models: gr.HTML
    status: gr.HTML
    box: gr.Textbox
    export: gr.Button
    new: gr.Button
    name: gr.Textbox
    alone: gr.Button
    conversation: gr.Textbox
    open: gr.Button
    edit: gr.Button
    changed: gr.Button
    all: gr.Button


def build_page(
    assistant: Assistant, pending: PendingExports, loading: Thread | None, title: str, masthead: Mapping[str, str]
) -> gr.Blocks:
    """Build the page's components and connect them with their handlers; see `application`.

    Args:
        assistant: answers the questions.
        pending: keeps the conversations that are to be exported.
        loading: the thread that loads the models, if one does.
        title: of the page, in the browser's list of windows.
        masthead: HTML of the masthead's parts: the user's `account` and the other `notebooks`, each maybe empty.
    """
    page = ChatPage(title=title, analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        _connect(page, _add_components(masthead), Handlers(assistant, pending, loading))
    page.state_session_capacity = _SESSIONS_KEPT
    page.queue(api_open=False, max_size=_MOST_WAITING, status_update_rate=_SECONDS_OF_ESTIMATES)
    page._queue.sleep_when_free = _SECONDS_BETWEEN_LOOKS
    page._queue.progress_update_sleep_when_free = _SECONDS_OF_PROGRESS
    return page


def _add_components(masthead: Mapping[str, str]) -> _Components:
    """Add the components to the page that is being built."""
    chat = gr.State(Chat(), time_to_live=_HOURS_KEPT * 3600)
    dialogs = {"export_dialog": render_dialog(), "shortcuts": read_static("shortcuts.html")}
    _html("masthead.html", elem_id="masthead", **masthead, **dialogs)
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk", scale=3, min_width=0):
            filters, narrowed = _filters()
            asked = gr.Textbox("", visible="hidden", elem_id="asked", max_lines=1)
            chatbot = _chatbot()
            models, status = (gr.HTML("", elem_id=name, apply_default_css=False) for name in ("models", "status"))
            box = _box()
            with gr.Row(elem_id="over"):
                export = gr.Button("{{chat.export}}", elem_id="export-talk", size="sm", min_width=0)
                new = gr.Button("{{chat.new}}", elem_id="new", size="sm", min_width=0)
            name = gr.Textbox("", visible="hidden", elem_id="export-name")
            alone = gr.Button("{{chat.ask_alone}}", elem_id="ask-alone")
            conversation = gr.Textbox("", visible="hidden", elem_id="conversation")
            opener = gr.Button("Open the conversation of this address", elem_id="open-conversation")
            edit = gr.Button("Ask in place of the last question", elem_id="edit-last")
            search_all = gr.Button("Search all records", elem_id="search-all")
        with gr.Column(elem_id="check", scale=3, min_width=0):
            _html("report_check.html", suffixes=",".join(SUFFIXES))
        with gr.Column(elem_id="library", scale=3, min_width=0):
            _html("library.html")
            changed = gr.Button("The library has changed", elem_id="library-changed")
        with gr.Column(elem_id="side", scale=2, min_width=0):
            _html("source_panel.html", elem_id="panel")
    return _Components(
        chat,
        filters,
        asked,
        narrowed,
        chatbot,
        models,
        status,
        box,
        export,
        new,
        name,
        alone,
        conversation,
        opener,
        edit,
        changed,
        search_all,
    )


def _html(file: str, elem_id: str | None = None, **values: str) -> None:
    """Add a static file to the page, with values in the place of their names in braces."""
    text = read_static(file)
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    gr.HTML(text, elem_id=elem_id, apply_default_css=False)


def _connect(page: gr.Blocks, at: _Components, handlers: Handlers) -> None:
    """Connect each event of the page with its handler."""
    chosen = [*at.filters, at.asked]
    outputs = [at.chatbot, at.chat, at.box, at.status, at.conversation]
    asking: dict[str, Any] = {
        "js": _ADDRESSED,
        "outputs": outputs,
        "concurrency_limit": QUESTIONS_AT_ONCE,
        "concurrency_id": "ask",
        **_PRIVATE,
    }
    shown = [at.conversation, at.chat, *chosen]
    typed = [at.conversation, at.box, at.chat, *chosen]
    at.box.submit(of_user(handlers, Handlers.ask, resumes=True), typed, **asking)
    at.chatbot.example_select(example_of_user(handlers), shown, **asking)
    at.chatbot.retry(of_user(handlers, Handlers.retry, resumes=True), shown, **asking)
    # Clicked by the page's own script for the link beside "Searched for".
    at.alone.click(of_user(handlers, Handlers.ask_alone, resumes=True), shown, **asking)
    # Clicked by the page's own script when the last question was taken back into the box.
    at.edit.click(of_user(handlers, Handlers.edit, resumes=True), typed, **asking)
    # In the queue, so that its reply reaches the browser after all stages of the question. Gradio's own way to
    # cancel also reaches a question that is asked directly afterwards.
    stopping: dict[str, Any] = {"outputs": outputs, "concurrency_limit": None, **_PRIVATE}
    at.box.stop(of_user(handlers, Handlers.stop), [at.chat], **stopping)
    for clear in (at.new.click, at.chatbot.clear):
        clear(of_user(handlers, Handlers.clear), [at.chat], js=_LEFT, **stopping)
    # Clicked by the page's own script when the address names another conversation than the one that is shown.
    # Back may be pressed again before the reply has come.
    for opened, handler in ((at.open.click, Handlers.open), (page.load, Handlers.load)):
        opened(
            of_user(handlers, handler),
            [at.conversation, at.chat],
            js=_ADDRESSED,
            trigger_mode="always_last",
            **stopping,
        )
    # The page's own script puts the conversation into the address.
    at.conversation.change(None, [at.conversation], None, js=_ADDRESS, **_AT_ONCE)
    export, told = of_user(handlers, Handlers.export, resumes=True), [at.name, at.status]
    keep = at.export.click(export, [at.conversation, at.chat], told, js=_ADDRESSED, **_AT_ONCE)
    # The page's own script listens for this event and shows the dialog.
    keep.then(None, [at.name], None, js=_OPEN_EXPORT, **_AT_ONCE)
    _connect_filters(page, at, handlers)
    page.load(of_user(handlers, Handlers.watch_loading), None, [at.models], concurrency_limit=None, **_PRIVATE)


def _connect_filters(page: gr.Blocks, at: _Components, handlers: Handlers) -> None:
    """Connect the events of what is chosen: by the user, by a conversation that is opened, by a changed library."""
    chosen, fields = [*at.filters, at.asked], [*at.filters, at.narrowed]
    narrow = of_user(handlers, Handlers.narrow), [at.conversation, *chosen], [at.narrowed, *at.filters]
    for choice in at.filters:
        choice.input(*narrow, js=_ADDRESSED, trigger_mode="always_last", **_AT_ONCE)
    # The page's own script writes the names of the ticked records.
    at.asked.change(*narrow, js=_ADDRESSED, **_AT_ONCE)
    at.asked.change(None, None, None, js=_CHOSEN, **_AT_ONCE)
    opened = of_user(handlers, Handlers.put_back), [at.conversation, *chosen], [*fields, at.asked]
    filled = page.load(*opened, js=_ADDRESSED, **_AT_ONCE)
    # A record may have been unticked before the reply came.
    filled.then(*narrow, js=_ADDRESSED, **_AT_ONCE)
    at.open.click(*opened, js=_ADDRESSED, trigger_mode="always_last", **_AT_ONCE)
    all_of = of_user(handlers, Handlers.search_all), [at.conversation], [*fields, at.asked]
    at.all.click(*all_of, js=_ADDRESSED, **_AT_ONCE)
    # Clicked by the page's own script when records were added or removed.
    at.changed.click(of_user(handlers, Handlers.refresh_filters), chosen, fields, **_AT_ONCE)


def theme() -> gr.themes.Base:
    """Return plain colours and the system's own fonts; the style sheets do the rest."""
    return gr.themes.Base(
        primary_hue="slate", neutral_hue="slate", font=["sans-serif"], font_mono=["monospace"], radius_size="md"
    )


def _filters() -> tuple[list[gr.Dropdown], gr.HTML]:
    with gr.Accordion("{{chat.narrow}}", open=False, elem_id="filters"), gr.Row():
        fields = [
            gr.Dropdown([], label=f"{{{{chat.{name}}}}}", multiselect=True, min_width=width, elem_id=name)
            for name, width in _FIELDS
        ]
    return fields, gr.HTML("", elem_id="narrowed", apply_default_css=False)


def _chatbot() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        label="{{chat.conversation}}",
        show_label=False,
        container=False,
        height="100%",
        layout="bubble",
        buttons=[],
        feedback_options=None,
        autoscroll=False,  # the page's script keeps the question in view instead of the end of the answer
        latex_delimiters=[],
        sanitize_html=True,
        line_breaks=False,
        allow_file_downloads=False,
        placeholder=read_static("welcome.html"),
        examples=[{"text": f"{{{{{key}}}}}"} for key in EXAMPLES],
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="{{chat.question}}",
        show_label=False,
        container=False,
        placeholder="{{chat.placeholder}}",
        lines=1,
        max_lines=6,
        autofocus=True,
        submit_btn="{{chat.ask}}",
        stop_btn=False,
    )
