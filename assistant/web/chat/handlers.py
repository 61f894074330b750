"""Event handlers of the chat: Gradio calls them when the user asks, stops, retries, narrows the search or exports.

Every handler is an open endpoint, so none accepts messages or a conversation from the browser: earlier questions come
from the session's own state, and the filters are compared with the library's records.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.web.chat.filters import filter_values, known_values, parse_filters, render_filters
from assistant.web.chat.messages import render_chat
from assistant.web.chat.session import Chat, answer_question
from assistant.web.escaping import escape_line
from assistant.web.reports.export import PendingExports
from index.errors import RapporteurError

EXAMPLES = (
    "Who was absent from the G20 meeting of April 2020?",
    "Who represented METI in August 2021?",
    "What did the ministers say about smart cities?",
    "How did the G7 describe cross-border data flows in 2023?",
)
LOADING = '<p role="status">Loading the models. A question waits for them.</p>'
# Questions answered at the same time; each keeps a core busy for a moment, the rest wait.
QUESTIONS_AT_ONCE = 4


class Handlers:
    """Event handlers of all sessions; each session's own state is passed to them.

    Args:
        assistant: answers the questions.
        pending: keeps the conversations that are to be exported.
        loading: the thread that loads the models, if one does.
    """

    def __init__(self, assistant: Assistant, pending: PendingExports, loading: Thread | None = None) -> None:
        self._assistant = assistant
        self._pending = pending
        self._loading = loading
        self._workers = ThreadPoolExecutor(QUESTIONS_AT_ONCE, thread_name_prefix="question")

    def ask(self, question: Any, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Answer the question in the box."""
        yield from self._ask(question if isinstance(question, str) else "", chat.stopped(), chosen)

    def ask_example(self, event: gr.SelectData, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Answer an example, which the browser names by its position."""
        position = event.index if isinstance(event.index, int) and 0 <= event.index < len(EXAMPLES) else 0
        yield from self._ask(EXAMPLES[position], chat.stopped(), chosen)

    def retry(self, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Ask the last question again, with the filters as they are now."""
        if chat.exchanges:
            yield from self._ask(chat.exchanges[-1].question, chat.stopped().without_last(), chosen)

    def ask_alone(self, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Ask the last question again without the turns before it."""
        if chat.exchanges:
            yield from self._ask(chat.exchanges[-1].question, chat.stopped().without_last(), chosen, alone=True)

    def stop(self, chat: Chat) -> list[Any]:
        """Cancel the question that is being answered."""
        chat = chat.stopped()
        return [render_chat(chat), chat, _idle(), ""]

    def clear(self, chat: Chat) -> list[Any]:
        """Begin a new conversation."""
        chat.stopped()
        return [[], Chat(), _idle(value=""), ""]

    def export(self, chat: Chat) -> list[Any]:
        """Keep the conversation for its export, and return its name, or the message that there is nothing to export."""
        if not chat.conversation.turns:
            return ["", _alert("Nothing is answered yet, so there is nothing to export.")]
        return [self._pending.add(chat.conversation), ""]

    def narrow(self, *chosen: Any) -> str:
        """Return the line that says what is searched."""
        documents = self._assistant.library.documents()
        return render_filters(documents, parse_filters(documents, *chosen))

    def offer_speakers(self, *chosen: Any) -> list[Any]:
        """Return the line that says what is searched, and the speakers of these records to choose from."""
        *_, speakers = filter_values(self._assistant.library.documents(), *chosen)
        return [self.narrow(*chosen), gr.update(choices=speakers)]

    def refresh_filters(self, *chosen: Any) -> list[Any]:
        """Update the filters' values for the records of now; chosen values stay where there still are records of them.

        Called without chosen values when the page is opened.
        """
        documents = self._assistant.library.documents()
        chosen = chosen or ([], [], [], [])
        values = zip(filter_values(documents, *chosen), known_values(documents, *chosen), strict=True)
        updates = [gr.update(choices=choices, value=value) for choices, value in values]
        return [*updates, render_filters(documents, parse_filters(documents, *chosen))]

    def watch_loading(self) -> Iterator[str]:
        """Yield the line that the models are being loaded, and an empty one as soon as they are."""
        if self._loading and self._loading.is_alive():
            yield LOADING
            self._loading.join()
        yield ""

    def _ask(self, question: str, chat: Chat, chosen: tuple[Any, ...], alone: bool = False) -> Iterator[list[Any]]:
        box = gr.update(value="", submit_btn=False, stop_btn="Stop")
        try:
            with self._assistant.library.snapshot() as snapshot:  # it keeps the documents in memory
                filters = parse_filters(snapshot.documents, *chosen)
            for current in answer_question(self._assistant, self._workers, chat, question, filters, alone):
                yield [render_chat(current), current, box if current.exchanges[-1].running else _idle(), ""]
                box = gr.skip()
            # Gradio sends the last yielded value once more, which must not undo what was clicked meanwhile.
            yield [gr.skip()] * 4
        except RapporteurError as error:
            message = str(error)
            alert = _alert(message[:1].upper() + message[1:] + ".")
            yield [render_chat(chat), chat, _idle(value=question), alert]


def _idle(**changes: Any) -> dict[str, Any]:
    return gr.update(submit_btn="Ask", stop_btn=False, **changes)


def _alert(message: str) -> str:
    return f'<p role="alert">{escape_line(message)}</p>'
