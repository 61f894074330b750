"""Event handlers of the chat: Gradio calls them when the user asks, stops, retries, narrows the search or exports.

Every handler is an open endpoint, so none accepts messages or a conversation from the browser: earlier questions come
from the session's own state, and the filters are compared with the library's records.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from copy import copy
from threading import Thread
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.history.history import History
from assistant.understanding.validate import validate
from assistant.users.current import NOBODY, User
from assistant.web.chat.facets import chosen_values
from assistant.web.chat.filters import filter_choices, known_filters, parse_filters, render_filters, sent_names
from assistant.web.chat.kept import KeptChats
from assistant.web.chat.messages import render_chat
from assistant.web.chat.session import Chat, answer_question
from assistant.web.escaping import escape_line
from assistant.web.language import text
from assistant.web.reports.export import PendingExports
from assistant.web.translated import translated
from corpus.document import Document
from index.errors import RapporteurError
from index.search.filters import Filters

# Keys of texts.
EXAMPLES = (
    "welcome.example_1",
    "welcome.example_2",
    "welcome.example_3",
    "welcome.example_4",
)
_SECONDS_WAITED = 60.0  # for a question that was left while it was being answered
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
        self._kept = KeptChats(assistant, History(assistant.library))
        self._pending = pending
        self._user = NOBODY
        self._loading = loading
        self._workers = ThreadPoolExecutor(QUESTIONS_AT_ONCE, thread_name_prefix="question")

    def of(self, user: User) -> "Handlers":
        """Return the handlers of one user's sessions, who share the workers with all others."""
        own = copy(self)
        own._user = user
        own._kept = self._kept.of(user)
        return own

    def resumed(self, conversation: Any, *values: Any) -> list[Any]:
        """Return the values of an event, with the conversation that the page shows in the place of an empty chat.

        The server forgets the chats of its sessions when it is started again, and those of pages that were long unused.
        """
        return [self._resumed(conversation, value) if isinstance(value, Chat) else value for value in values]

    def ask(self, question: Any, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Answer the question in the box."""
        yield from self._ask(question if isinstance(question, str) else "", chat.stopped(), chosen)

    def ask_example(self, event: gr.SelectData, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Answer an example, which the browser names by its position."""
        position = event.index if isinstance(event.index, int) and 0 <= event.index < len(EXAMPLES) else 0
        yield from self._ask(text(EXAMPLES[position]), chat.stopped(), chosen)

    def retry(self, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Ask the last question again, with the filters as they are now."""
        if chat.exchanges:
            yield from self._ask(chat.exchanges[-1].question, chat.stopped(), chosen, in_place=True)

    def edit(self, question: Any, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Ask the question in the box in place of the last one."""
        yield from self._ask(question if isinstance(question, str) else "", chat.stopped(), chosen, in_place=True)

    def ask_alone(self, chat: Chat, *chosen: Any) -> Iterator[list[Any]]:
        """Ask the last question again without the turns before it."""
        if chat.exchanges:
            yield from self._ask(chat.exchanges[-1].question, chat.stopped(), chosen, alone=True, in_place=True)

    def stop(self, chat: Chat) -> list[Any]:
        """Cancel the question that is being answered."""
        chat = chat.stopped()
        return [render_chat(chat), chat, _idle(), "", chat.id]

    def clear(self, chat: Chat) -> list[Any]:
        """Begin a new conversation; the one before stays in the library."""
        chat.leave()
        return [[], Chat(), _idle(value=""), "", ""]

    def load(self, conversation: Any, chat: Chat) -> Iterator[list[Any]]:
        """Show the conversation that the address of a new page names; without one, leave what was asked meanwhile."""
        if conversation:
            yield from self.open(conversation, chat)
        else:
            yield [gr.skip()] * 5

    def open(self, conversation: Any, chat: Chat) -> Iterator[list[Any]]:
        """Show the conversation that the address of the page names; an empty one for an address that names none."""
        name = conversation if isinstance(conversation, str) else ""
        if name == chat.id and chat.exchanges:
            yield [render_chat(chat), chat, gr.skip(), "", name]
            return
        chat.leave()
        opened, status = Chat(), ""
        try:
            if name and self._kept.is_running(name):
                yield [render_chat(self._kept.open(name)), chat, _idle(), _status("chat.left"), name]
                self._kept.wait(name, _SECONDS_WAITED)
            if name:
                opened = self._kept.open(name)
        except RapporteurError as error:
            status = _sentence(error)
        yield [render_chat(opened), opened, _idle(), status, opened.id]

    def export(self, chat: Chat) -> list[Any]:
        """Keep the conversation for its export, and return its name, or the message that there is nothing to export."""
        if not chat.conversation.turns:
            return ["", _alert(text("chat.nothing_to_export"))]
        return [self._pending.add(chat.conversation, self._user), ""]

    def narrow(self, conversation: Any, *chosen: Any) -> list[Any]:
        """Keep the choice with the conversation; return the line that says what is searched, and what can be chosen."""
        documents = self._assistant.library.documents()
        filters = parse_filters(documents, *chosen)
        self._keep_choice(conversation, filters)
        choices = (gr.update(choices=offered) for offered in filter_choices(documents, filters))
        return [render_filters(documents, filters), *choices]

    def put_back(self, conversation: Any, *chosen: Any) -> list[Any]:
        """Show the choice that was kept with a conversation which is opened; without one, what is chosen stays."""
        documents = self._assistant.library.documents()
        kept = self._kept.choice(conversation) if isinstance(conversation, str) else None
        filters = parse_filters(documents, *chosen) if kept is None else known_filters(documents, kept)
        names = gr.skip() if kept is None else sent_names(filters)
        return [*_fields(documents, filters), render_filters(documents, filters), names]

    def search_all(self, conversation: Any) -> list[Any]:
        """Take back every choice, so that all records are searched."""
        documents = self._assistant.library.documents()
        self._keep_choice(conversation, Filters())
        return [*_fields(documents, Filters()), render_filters(documents, Filters()), ""]

    def refresh_filters(self, *chosen: Any) -> list[Any]:
        """Update the filters for the records of now; chosen values stay where there still are records of them."""
        documents = self._assistant.library.documents()
        filters = parse_filters(documents, *chosen)
        return [*_fields(documents, filters), render_filters(documents, filters)]

    def watch_loading(self) -> Iterator[str]:
        """Yield the line that the models are being loaded, and an empty one as soon as they are."""
        if self._loading and self._loading.is_alive():
            yield _status("chat.loading")
            self._loading.join()
        yield ""

    def _ask(
        self, question: str, chat: Chat, chosen: tuple[Any, ...], alone: bool = False, in_place: bool = False
    ) -> Iterator[list[Any]]:
        """Answer a question behind those of a chat, or in place of the last one."""
        box = gr.update(value="", submit_btn=False, stop_btn=text("chat.stop"))
        try:
            validate(question)
            chat = self._kept.refreshed(chat)
            chat = chat.without_last() if in_place else chat
            with self._assistant.library.snapshot() as snapshot:  # it keeps the documents in memory
                filters = parse_filters(snapshot.documents, *chosen)
            chat, not_kept = self._begin(chat, question, filters)
            for current in answer_question(self._kept.ask(chat), self._workers, chat, question, filters, alone):
                idle = box if current.exchanges[-1].running else _idle()
                yield [render_chat(current), current, idle, not_kept, current.id]
                box = gr.skip()
            # Gradio sends the last yielded value once more, which must not undo what was clicked meanwhile.
            yield [gr.skip()] * 5
        except RapporteurError as error:
            yield [render_chat(chat), chat, _idle(value=question), _sentence(error), chat.id]

    def _resumed(self, conversation: Any, chat: Chat) -> Chat:
        if isinstance(conversation, str) and conversation and not chat.id and not chat.exchanges:
            with suppress(RapporteurError):  # it was removed
                return self._kept.open(conversation)
        return chat

    def _keep_choice(self, conversation: Any, filters: Filters) -> None:
        if isinstance(conversation, str) and conversation:
            with suppress(RapporteurError):  # it is kept with the next question too
                self._kept.choose(conversation, filters)

    def _begin(self, chat: Chat, question: str, filters: Filters) -> tuple[Chat, str]:
        """Keep a question, and return the chat with its id and a line that says why it could not be kept, if so."""
        try:
            return self._kept.begin(chat, question, filters), ""
        except RapporteurError as error:
            return chat, _alert(text("chat.not_kept", reason=translated(str(error))))


def _fields(documents: Sequence[Document], filters: Filters) -> list[Any]:
    """Return what each field of the filters offers and shows."""
    values = zip(filter_choices(documents, filters), chosen_values(filters), strict=True)
    return [gr.update(choices=choices, value=value) for choices, value in values]


def _idle(**changes: Any) -> dict[str, Any]:
    return gr.update(submit_btn=text("chat.ask"), stop_btn=False, **changes)


def _sentence(error: RapporteurError) -> str:
    message = str(error)
    return _alert(translated(message[:1].upper() + message[1:] + "."))


def _status(key: str) -> str:
    return f'<p role="status">{text(key)}</p>'


def _alert(message: str) -> str:
    return f'<p role="alert">{escape_line(message)}</p>'
