"""Layout of the web page: its Gradio components, and the handler of each click."""

from threading import Thread
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.verification.readers.report import SUFFIXES
from assistant.web.chat.handlers import EXAMPLES, QUESTIONS_AT_ONCE, Handlers
from assistant.web.chat.session import Chat
from assistant.web.markup import read_static
from assistant.web.reports.export import PendingExports, render_dialog
from corpus.discovery.find import format_names

_MOST_WAITING = 64  # questions
_HOURS_KEPT = 12
# Each session takes about 230 kB; beyond this number the one that was used least recently is dropped.
_SESSIONS_KEPT = 256
# Gradio tells everybody who waits at this rate how long it will take, which the page does not show; by default whenever
# a question is answered: with 50 users 37 messages a question.
_SECONDS_OF_ESTIMATES = 60

_OPEN_EXPORT = "(name) => { document.dispatchEvent(new CustomEvent('export-talk', { detail: name })); return []; }"

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_AT_ONCE: dict[str, Any] = {"queue": False, **_PRIVATE}


def build_page(assistant: Assistant, pending: PendingExports, loading: Thread | None = None) -> gr.Blocks:
    """Build the page's components and connect them with their handlers; see `application`."""
    handlers = Handlers(assistant, pending, loading)
    page = gr.Blocks(title="Rapporteur", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        chat = gr.State(Chat(), time_to_live=_HOURS_KEPT * 3600)
        masthead = read_static("masthead.html").replace("{export_dialog}", render_dialog())
        gr.HTML(masthead, elem_id="masthead", apply_default_css=False)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", scale=3, min_width=0):
                filters, narrowed = _filters()
                chatbot = _chatbot()
                models = gr.HTML("", elem_id="models", apply_default_css=False)
                status = gr.HTML("", elem_id="status", apply_default_css=False)
                box = _box()
                with gr.Row(elem_id="over"):
                    export = gr.Button("Export", elem_id="export-talk", size="sm", min_width=0)
                    new = gr.Button("New conversation", elem_id="new", size="sm", min_width=0)
                name = gr.Textbox("", visible="hidden", elem_id="export-name")
                alone = gr.Button("Ask only this", elem_id="ask-alone")
            with gr.Column(elem_id="check", scale=3, min_width=0):
                report_check = read_static("report_check.html").replace("{suffixes}", ",".join(SUFFIXES))
                gr.HTML(report_check, apply_default_css=False)
            with gr.Column(elem_id="library", scale=3, min_width=0):
                gr.HTML(read_static("library.html").replace("{formats}", format_names()), apply_default_css=False)
                changed = gr.Button("The library has changed", elem_id="library-changed")
            with gr.Column(elem_id="side", scale=2, min_width=0):
                gr.HTML(read_static("source_panel.html"), elem_id="panel", apply_default_css=False)
        outputs = [chatbot, chat, box, status]
        asking: dict[str, Any] = {
            "outputs": outputs,
            "concurrency_limit": QUESTIONS_AT_ONCE,
            "concurrency_id": "ask",
            **_PRIVATE,
        }
        box.submit(handlers.ask, [box, chat, *filters], **asking)
        chatbot.example_select(handlers.ask_example, [chat, *filters], **asking)
        chatbot.retry(handlers.retry, [chat, *filters], **asking)
        # Clicked by the page's own script for the link beside "Searched for".
        alone.click(handlers.ask_alone, [chat, *filters], **asking)
        # In the queue, so that its reply reaches the browser after all stages of the question. Gradio's own way to
        # cancel also reaches a question that is asked directly afterwards.
        stopping: dict[str, Any] = {"outputs": outputs, "concurrency_limit": None, **_PRIVATE}
        box.stop(handlers.stop, [chat], **stopping)
        for clear in (new.click, chatbot.clear):
            clear(handlers.clear, [chat], **stopping)
        keep = export.click(handlers.export, [chat], [name, status], **_AT_ONCE)
        # The page's own script listens for this event and shows the dialog.
        keep.then(None, [name], None, js=_OPEN_EXPORT, **_AT_ONCE)
        *others, speaker = filters
        for choice in others:
            choice.change(handlers.offer_speakers, filters, [narrowed, speaker], **_AT_ONCE)
        speaker.change(handlers.narrow, filters, narrowed, **_AT_ONCE)
        page.load(handlers.refresh_filters, None, [*filters, narrowed], **_AT_ONCE)
        page.load(handlers.watch_loading, None, [models], concurrency_limit=None, **_PRIVATE)
        # Clicked by the page's own script when records were added or removed.
        changed.click(handlers.refresh_filters, filters, [*filters, narrowed], **_AT_ONCE)
    page.state_session_capacity = _SESSIONS_KEPT
    page.queue(api_open=False, max_size=_MOST_WAITING, status_update_rate=_SECONDS_OF_ESTIMATES)
    return page


def theme() -> gr.themes.Base:
    """Return plain colours and the system's own fonts; page.css does the rest."""
    return gr.themes.Base(
        primary_hue="slate", neutral_hue="slate", font=["sans-serif"], font_mono=["monospace"], radius_size="md"
    )


def _filters() -> tuple[list[gr.Dropdown], gr.HTML]:
    with gr.Accordion("Narrow the search", open=False, elem_id="filters"), gr.Row():
        forum = gr.Dropdown([], label="Forum", multiselect=True, min_width=110, elem_id="forum")
        years = gr.Dropdown([], label="Year", multiselect=True, min_width=110, elem_id="year")
        publisher = gr.Dropdown([], label="Publisher", multiselect=True, min_width=200, elem_id="publisher")
        speaker = gr.Dropdown([], label="Speaker", multiselect=True, min_width=160, elem_id="speaker")
    return [forum, years, publisher, speaker], gr.HTML("", elem_id="narrowed", apply_default_css=False)


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
        placeholder=read_static("welcome.html"),
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
