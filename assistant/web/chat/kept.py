"""Keep the chat of a session in the library as a conversation, and open a conversation as a chat."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from threading import Event, Lock

from assistant.assistant import Assistant
from assistant.conversation import Conversation, Turn
from assistant.history.history import History
from assistant.users.current import User
from assistant.web.chat.session import Ask, Chat, Exchange, RunningQuestion
from index.errors import RapporteurError
from index.search.filters import Filters

_LOG = logging.getLogger(__name__)


class KeptChats:
    """The chats of all sessions as conversations of the library.

    Args:
        assistant: answers the questions.
        history: keeps the conversations.
    """

    def __init__(self, assistant: Assistant, history: History) -> None:
        self._assistant = assistant
        self._history = history
        self._running: dict[tuple[str, int], Event] = {}  # by conversation and place
        self._lock = Lock()

    def of(self, user: User) -> "KeptChats":
        """Return the chats of one user."""
        own = copy(self)
        own._history = History(self._assistant.library, user.id)
        return own

    def refreshed(self, chat: Chat) -> Chat:
        """Return a chat with the questions that another window asked in its conversation meanwhile.

        A chat whose conversation was removed is the beginning of a new one.
        """
        if not chat.id:
            return chat
        number = self._history.count(chat.id)
        if number is None:
            return replace(chat, id="")
        return self.open(chat.id) if number > len(chat.exchanges) else chat

    def open(self, conversation: str) -> Chat:
        """Return a stored conversation as a chat.

        Raises:
            HistoryRefused: there is no such conversation.
        """
        exchanges = []
        for stored in self._history.open(conversation):
            trouble = f"{stored.trouble}." if stored.trouble else ""
            exchanges.append(Exchange(stored.question, turn=stored.turn, error=trouble))
        return Chat(tuple(exchanges), conversation)

    def choose(self, conversation: str, filters: Filters) -> None:
        """Keep the filters and records that the user has chosen in a conversation."""
        self._history.choose(conversation, filters)

    def choice(self, conversation: str) -> Filters | None:
        """Return the filters and records that the user chose last in a conversation; None without the conversation."""
        return self._history.choice(conversation)

    def is_running(self, conversation: str) -> bool:
        """Return True while a question of a conversation is being answered."""
        return bool(self._events(conversation))

    def wait(self, conversation: str, seconds: float) -> None:
        """Wait so long at most for the replies to the questions of a conversation that are being answered."""
        for event in self._events(conversation):
            event.wait(seconds)

    def begin(self, chat: Chat, question: str, filters: Filters) -> Chat:
        """Keep a question behind those of a chat before it is answered, and return the chat with its id.

        A chat without an id, whose conversation was removed, is kept anew from its first question.

        Raises:
            LibraryError: the library cannot be written.
        """
        conversation = chat.id
        if not conversation:
            for place, exchange in enumerate(chat.exchanges):
                conversation = self._history.ask(conversation, place, exchange.question, Filters())
                if exchange.turn:
                    self._history.answer(conversation, place, exchange.turn)
        return replace(chat, id=self._history.ask(conversation, len(chat.exchanges), question, filters))

    def ask(self, chat: Chat) -> Ask:
        """Return the function that answers a question behind those of a chat, and keeps the reply."""
        place = (chat.id, len(chat.exchanges))

        def answer(question: str, before: Conversation, filters: Filters, running: RunningQuestion) -> Turn:
            with self._noted(place):
                turn = self._assistant.ask(question, before, filters, running.report)
                if chat.id and not running.is_reply_dropped:
                    self._keep(*place, turn)
                return turn

        return answer

    def _events(self, conversation: str) -> list[Event]:
        with self._lock:
            return [event for (running, _), event in self._running.items() if running == conversation]

    @contextmanager
    def _noted(self, place: tuple[str, int]) -> Iterator[None]:
        """Note that the question at this place is being answered until the block ends."""
        event = Event()
        with self._lock:
            self._running[place] = event
        try:
            yield
        finally:
            with self._lock:
                if self._running.get(place) is event:
                    del self._running[place]
            event.set()

    def _keep(self, conversation: str, place: int, turn: Turn) -> None:
        try:
            self._history.answer(conversation, place, turn)
        except RapporteurError as error:
            _LOG.warning("an answer could not be kept: %s", error)
