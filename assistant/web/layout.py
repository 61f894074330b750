"""How the page is laid out in Gradio, and which handler answers which click.

Every handler is an open endpoint. So none takes the chat's messages or a conversation from the browser: the questions
asked before are read from the session's own state, and the filters are compared with what the library holds.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.web.chat import filters as chat_filters
from assistant.web.chat.messages import messages
from assistant.web.chat.session import Chat, ask
from assistant.web.escaping import one_line
from assistant.web.library.markup import LIBRARY
from assistant.web.markup import CHECK, MASTHEAD, PANEL, PLACEHOLDER
from assistant.web.reports.export import Offered
from index.errors import RapporteurError

EXAMPLES = (
    "Which G20 member was absent from the April 2020 meeting?",
    "Who represented METI in August 2021?",
    "What did the ministers say about smart cities?",
    "How did the G7 describe cross-border data flows in 2023?",
)
# Questions answered at the same time; each keeps a core busy for a moment, the rest wait in line.
_AT_ONCE = 4
_WAITING = 64
_HOURS_KEPT = 12

_ASK_FOR_EXPORT = "(name) => { document.dispatchEvent(new CustomEvent('export-talk', { detail: name })); return []; }"

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class Handlers:
    """What the page does when something is clicked or typed; one object for all sessions, which keeps none of them."""

    def __init__(self, assistant: Assistant, offered: Offered) -> None:
        self._assistant = assistant
        self._offered = offered
        self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="question")

    def asked(self, question: Any, chat: Chat, *narrowed: Any) -> Iterator[list[Any]]:
        """Answer what stands in the box."""
        yield from self._ask(question if isinstance(question, str) else "", chat.stopped(), narrowed)

    def example(self, event: gr.SelectData, chat: Chat, *narrowed: Any) -> Iterator[list[Any]]:
        """Answer an example; the browser says which by its position."""
        position = event.index if isinstance(event.index, int) and 0 <= event.index < len(EXAMPLES) else 0
        yield from self._ask(EXAMPLES[position], chat.stopped(), narrowed)

    def retried(self, chat: Chat, *narrowed: Any) -> Iterator[list[Any]]:
        """Ask the last question again, with the filters as they are now."""
        if chat.exchanges:
            yield from self._ask(chat.exchanges[-1].question, chat.stopped().without_last(), narrowed)

    def stopped(self, chat: Chat) -> list[Any]:
        """Give the question at work up."""
        chat = chat.stopped()
        return [messages(chat), chat, _idle(), ""]

    def cleared(self, chat: Chat) -> list[Any]:
        """Begin a new conversation."""
        chat.stopped()
        return [[], Chat(), _idle(value=""), ""]

    def exporting(self, chat: Chat) -> list[Any]:
        """Keep what was asked and answered for its export; the page is told its name there, or that there is none."""
        if not chat.conversation.turns:
            return ["", _told("Nothing is answered yet, so there is nothing to export.")]
        return [self._offered.offer(chat.conversation), ""]

    def narrowed(self, *narrowed: Any) -> str:
        """Say what is searched."""
        documents = self._assistant.library.documents()
        return chat_filters.line(documents, chat_filters.chosen(documents, *narrowed))

    def opened(self) -> list[Any]:
        """Offer what the library's records have to choose from, as of now."""
        documents = self._assistant.library.documents()
        offered = [gr.update(choices=values) for values in chat_filters.choices(documents)]
        return [*offered, chat_filters.line(documents, chat_filters.chosen(documents, [], [], []))]

    def changed(self, *narrowed: Any) -> list[Any]:
        """The same after records came or went; what is chosen stays as far as there are records of it."""
        documents = self._assistant.library.documents()
        kept = chat_filters.kept(documents, *narrowed)
        offered = zip(chat_filters.choices(documents), kept, strict=True)
        updates = [gr.update(choices=values, value=value) for values, value in offered]
        return [*updates, chat_filters.line(documents, chat_filters.chosen(documents, *narrowed))]

    def _ask(self, question: str, chat: Chat, narrowed: tuple[Any, ...]) -> Iterator[list[Any]]:
        box = _busy()
        try:
            filters = chat_filters.chosen(self._assistant.library.documents(), *narrowed)
            for current in ask(self._assistant, self._workers, chat, question, filters):
                yield [messages(current), current, box if current.exchanges[-1].asking else _idle(), ""]
                box = gr.skip()
            # Gradio sends what was yielded last once more, which must not undo what was clicked meanwhile.
            yield [gr.skip()] * 4
        except RapporteurError as refused:
            line = str(refused)
            yield [messages(chat), chat, _idle(value=question), _told(line[:1].upper() + line[1:] + ".")]


def layout(assistant: Assistant, offered: Offered) -> gr.Blocks:
    """The page's components with their handlers.

    Args:
        assistant: who answers.
        offered: where conversations are kept for their export.
    """
    handlers = Handlers(assistant, offered)
    page = gr.Blocks(title="Rapporteur", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        chat = gr.State(Chat(), time_to_live=_HOURS_KEPT * 3600)
        gr.HTML(MASTHEAD, elem_id="masthead", apply_default_css=False)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", scale=3, min_width=0):
                filters, narrowed = _filters()
                chatbot = _chatbot()
                status = gr.HTML("", elem_id="status", apply_default_css=False)
                box = _box()
                with gr.Row(elem_id="over"):
                    export = gr.Button("Export", elem_id="export-talk", size="sm", min_width=0)
                    new = gr.Button("New conversation", elem_id="new", size="sm", min_width=0)
                name = gr.Textbox("", visible="hidden", elem_id="export-name")
            with gr.Column(elem_id="check", scale=3, min_width=0):
                gr.HTML(CHECK, apply_default_css=False)
            with gr.Column(elem_id="library", scale=3, min_width=0):
                gr.HTML(LIBRARY, apply_default_css=False)
                changed = gr.Button("The library has changed", elem_id="library-changed")
            with gr.Column(elem_id="side", scale=2, min_width=0):
                gr.HTML(PANEL, elem_id="panel", apply_default_css=False)
        outputs = [chatbot, chat, box, status]
        work: dict[str, Any] = {"outputs": outputs, "concurrency_limit": _AT_ONCE, "concurrency_id": "ask", **_PRIVATE}
        box.submit(handlers.asked, [box, chat, *filters], **work)
        chatbot.example_select(handlers.example, [chat, *filters], **work)
        chatbot.retry(handlers.retried, [chat, *filters], **work)
        # In the queue, so that the browser hears of it after all that was said of the question before. Gradio's own
        # way to cancel reaches a question that is asked at once after, too.
        at_once: dict[str, Any] = {"outputs": outputs, "concurrency_limit": None, **_PRIVATE}
        box.stop(handlers.stopped, [chat], **at_once)
        for clear in (new.click, chatbot.clear):
            clear(handlers.cleared, [chat], **at_once)
        offer = export.click(handlers.exporting, [chat], [name, status], queue=False, **_PRIVATE)
        # The page's own script shows the dialog, for which it listens.
        offer.then(None, [name], None, js=_ASK_FOR_EXPORT, queue=False, **_PRIVATE)
        for choice in filters:
            choice.change(handlers.narrowed, filters, narrowed, queue=False, **_PRIVATE)
        page.load(handlers.opened, None, [*filters, narrowed], queue=False, **_PRIVATE)
        # Clicked by the page's own script, which knows when records came or went.
        changed.click(handlers.changed, filters, [*filters, narrowed], queue=False, **_PRIVATE)
    page.queue(api_open=False, max_size=_WAITING)
    return page


def theme() -> gr.themes.Base:
    """Plain colours and the system's own fonts; page.css does the rest."""
    return gr.themes.Base(
        primary_hue="slate", neutral_hue="slate", font=["sans-serif"], font_mono=["monospace"], radius_size="md"
    )


def _filters() -> tuple[list[gr.Dropdown], gr.HTML]:
    with gr.Accordion("Narrow the search", open=False, elem_id="filters"), gr.Row():
        forum = gr.Dropdown([], label="Forum", multiselect=True, min_width=110, elem_id="forum")
        years = gr.Dropdown([], label="Year", multiselect=True, min_width=110, elem_id="year")
        publisher = gr.Dropdown([], label="Publisher", multiselect=True, min_width=200, elem_id="publisher")
    return [forum, years, publisher], gr.HTML("", elem_id="narrowed", apply_default_css=False)


def _chatbot() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        label="Conversation",
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
        placeholder=PLACEHOLDER,
        examples=[{"text": question} for question in EXAMPLES],
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="Question",
        show_label=False,
        container=False,
        placeholder="Ask about the meetings",
        lines=1,
        max_lines=6,
        autofocus=True,
        submit_btn="Ask",
        stop_btn=False,
    )


def _busy() -> dict[str, Any]:
    return gr.update(value="", submit_btn=False, stop_btn="Stop")


def _idle(**changes: Any) -> dict[str, Any]:
    return gr.update(submit_btn="Ask", stop_btn=False, **changes)


def _told(line: str) -> str:
    return f'<p role="alert">{one_line(line)}</p>'
