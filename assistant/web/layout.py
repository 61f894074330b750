"""Layout of the web page: its Gradio components, and the handler of each click."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import isgeneratorfunction
from threading import Thread
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.users.current import User
from assistant.verification.readers.report import SUFFIXES
from assistant.web.chat.handlers import EXAMPLES, QUESTIONS_AT_ONCE, Handlers
from assistant.web.chat.session import Chat
from assistant.web.language import each_in_language, fill, in_language, language_of
from assistant.web.markup import read_static
from assistant.web.reports.export import PendingExports, render_dialog
from assistant.web.security import NO_SUCH_REQUEST
from assistant.web.users.who import request_user
from corpus.discovery.find import format_names

_MOST_WAITING = 64  # questions
_HOURS_KEPT = 12
# Each session takes about 230 kB; beyond this number the one that was used least recently is dropped.
_SESSIONS_KEPT = 256
# Gradio tells everybody who waits at this rate how long it will take, which the page does not show; by default whenever
# a question is answered: with 50 users 37 messages a question.
_SECONDS_OF_ESTIMATES = 60

_OPEN_EXPORT = "(name) => { document.dispatchEvent(new CustomEvent('export-talk', { detail: name })); return []; }"

# The first input is the conversation of the address, not the one that is shown.
_ADDRESSED = "(_, chat) => [new URLSearchParams(location.search).get('conversation') ?? '', chat]"
_ADDRESS = "(id) => { document.dispatchEvent(new CustomEvent('conversation', { detail: id })); return []; }"

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_AT_ONCE: dict[str, Any] = {"queue": False, **_PRIVATE}


@dataclass(frozen=True, slots=True)
class _Components:
    """The components of the page that take part in its events.

    Attributes:
        chat: the conversation of one visitor.
        filters: the choices that narrow a search; the last one is the speaker.
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


class _ChatPage(gr.Blocks):
    """The page, in the language of each request.

    Values of an event that it never sends itself are refused without a traceback in the terminal.
    """

    @property
    def config(self) -> Any:
        """The page's components as a browser gets them, with texts in the language of the request."""
        return fill(self._config)

    @config.setter
    def config(self, config: Any) -> None:
        self._config = config

    async def preprocess_data(self, *given: Any, **named: Any) -> Any:
        """See `gradio.Blocks`."""
        try:
            return await super().preprocess_data(*given, **named)
        except gr.Error as error:
            error.print_exception = False
            raise
        except Exception as error:
            raise gr.Error(NO_SUCH_REQUEST, print_exception=False) from error


def build_page(
    assistant: Assistant, pending: PendingExports, loading: Thread | None = None, account: str = ""
) -> gr.Blocks:
    """Build the page's components and connect them with their handlers; see `application`.

    Args:
        assistant: answers the questions.
        pending: keeps the conversations that are to be exported.
        loading: the thread that loads the models, if one does.
        account: HTML of the masthead with which a user logs out; empty where nobody logs in.
    """
    page = _ChatPage(title="Rapporteur", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        _connect(page, _add_components(account), Handlers(assistant, pending, loading))
    page.state_session_capacity = _SESSIONS_KEPT
    page.queue(api_open=False, max_size=_MOST_WAITING, status_update_rate=_SECONDS_OF_ESTIMATES)
    return page


def _add_components(account: str) -> _Components:
    """Add the components to the page that is being built."""
    chat = gr.State(Chat(), time_to_live=_HOURS_KEPT * 3600)
    dialogs = {"export_dialog": render_dialog(), "shortcuts": read_static("shortcuts.html")}
    _html("masthead.html", elem_id="masthead", account=account, **dialogs)
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
        with gr.Column(elem_id="check", scale=3, min_width=0):
            _html("report_check.html", suffixes=",".join(SUFFIXES))
        with gr.Column(elem_id="library", scale=3, min_width=0):
            _html("library.html", formats=format_names())
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
        "outputs": outputs,
        "concurrency_limit": QUESTIONS_AT_ONCE,
        "concurrency_id": "ask",
        **_PRIVATE,
    }
    at.box.submit(_of_user(handlers, Handlers.ask), [at.box, at.chat, *chosen], **asking)
    at.chatbot.example_select(_example(handlers), [at.chat, *chosen], **asking)
    at.chatbot.retry(_of_user(handlers, Handlers.retry), [at.chat, *chosen], **asking)
    # Clicked by the page's own script for the link beside "Searched for".
    at.alone.click(_of_user(handlers, Handlers.ask_alone), [at.chat, *chosen], **asking)
    # Clicked by the page's own script when the last question was taken back into the box.
    at.edit.click(_of_user(handlers, Handlers.edit), [at.box, at.chat, *chosen], **asking)
    # In the queue, so that its reply reaches the browser after all stages of the question. Gradio's own way to
    # cancel also reaches a question that is asked directly afterwards.
    stopping: dict[str, Any] = {"outputs": outputs, "concurrency_limit": None, **_PRIVATE}
    at.box.stop(_of_user(handlers, Handlers.stop), [at.chat], **stopping)
    for clear in (at.new.click, at.chatbot.clear):
        clear(_of_user(handlers, Handlers.clear), [at.chat], **stopping)
    # Clicked by the page's own script when the address names another conversation than the one that is shown.
    for opened in (at.open.click, page.load):
        opened(_of_user(handlers, Handlers.open), [at.conversation, at.chat], js=_ADDRESSED, **stopping)
    # The page's own script puts the conversation into the address.
    at.conversation.change(None, [at.conversation], None, js=_ADDRESS, **_AT_ONCE)
    keep = at.export.click(_of_user(handlers, Handlers.export), [at.chat], [at.name, at.status], **_AT_ONCE)
    # The page's own script listens for this event and shows the dialog.
    keep.then(None, [at.name], None, js=_OPEN_EXPORT, **_AT_ONCE)
    *others, speaker = at.filters
    for choice in others:
        choice.change(_of_user(handlers, Handlers.offer_speakers), chosen, [at.narrowed, speaker], **_AT_ONCE)
    # The page's own script writes the names of the ticked records.
    for change in (speaker.change, at.asked.change):
        change(_of_user(handlers, Handlers.narrow), chosen, at.narrowed, **_AT_ONCE)
    filled = page.load(_of_user(handlers, Handlers.refresh_filters), None, [*at.filters, at.narrowed], **_AT_ONCE)
    # A record may have been unticked before the reply came.
    filled.then(_of_user(handlers, Handlers.narrow), chosen, at.narrowed, **_AT_ONCE)
    page.load(_of_user(handlers, Handlers.watch_loading), None, [at.models], concurrency_limit=None, **_PRIVATE)
    # Clicked by the page's own script when records were added or removed.
    at.changed.click(_of_user(handlers, Handlers.refresh_filters), chosen, [*at.filters, at.narrowed], **_AT_ONCE)


def _of_user(handlers: Handlers, handle: Callable[..., Any]) -> Callable[..., Any]:
    """Return a handler that acts for the user who sends the request, in its language; Gradio calls it outside of it."""

    def stream(request: gr.Request, *values: Any) -> Iterator[Any]:
        yield from each_in_language(_language(request), handle(handlers.of(_user(request)), *values))

    def once(request: gr.Request, *values: Any) -> Any:
        with in_language(_language(request)):
            return handle(handlers.of(_user(request)), *values)

    return stream if isgeneratorfunction(handle) else once


def _example(handlers: Handlers) -> Callable[..., Any]:
    def stream(request: gr.Request, event: gr.SelectData, *values: Any) -> Iterator[Any]:
        yield from each_in_language(_language(request), handlers.of(_user(request)).ask_example(event, *values))

    return stream


def _language(request: gr.Request) -> str:
    assert request.request
    return language_of(request.request.scope)


def _user(request: gr.Request) -> User:
    assert request.request
    return request_user(request.request.scope)


def theme() -> gr.themes.Base:
    """Return plain colours and the system's own fonts; the style sheets do the rest."""
    return gr.themes.Base(
        primary_hue="slate", neutral_hue="slate", font=["sans-serif"], font_mono=["monospace"], radius_size="md"
    )


def _filters() -> tuple[list[gr.Dropdown], gr.HTML]:
    with gr.Accordion("{{chat.narrow}}", open=False, elem_id="filters"), gr.Row():
        forum = gr.Dropdown([], label="{{chat.forum}}", multiselect=True, min_width=110, elem_id="forum")
        years = gr.Dropdown([], label="{{chat.year}}", multiselect=True, min_width=110, elem_id="year")
        publisher = gr.Dropdown([], label="{{chat.publisher}}", multiselect=True, min_width=200, elem_id="publisher")
        speaker = gr.Dropdown([], label="{{chat.speaker}}", multiselect=True, min_width=160, elem_id="speaker")
    return [forum, years, publisher, speaker], gr.HTML("", elem_id="narrowed", apply_default_css=False)


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
