"""What one browser session has asked, and how a question is answered while the page watches."""

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from queue import SimpleQueue

from assistant.assistant import Assistant
from assistant.conversation import Conversation, Turn
from assistant.question import QuestionRefused
from index.errors import RapporteurError
from index.filters import Filters

STOPPED = "Stopped. Retry asks the question again."
BROKEN = (
    "Something went wrong inside Rapporteur. The terminal that it runs in shows what; retry, or ask in other words."
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as the page shows it: still at work, answered, or come to nothing.

    Attributes:
        question: what was asked.
        stages: what the assistant has said about its work so far.
        turn: the turn, once there is one.
        trouble: why there is none, in one line.
    """

    question: str
    stages: tuple[str, ...] = ()
    turn: Turn | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """The exchanges of one session, oldest first. It stays on the server; the browser sees only what is shown of it."""

    exchanges: tuple[Exchange, ...] = ()

    @property
    def conversation(self) -> Conversation:
        """The turns that a follow-up question can refer to."""
        return Conversation(tuple(e.turn for e in self.exchanges if e.turn))

    def plus(self, exchange: Exchange) -> "Chat":
        """The chat with one more exchange."""
        return Chat((*self.exchanges, exchange))

    def without_last(self) -> "Chat":
        """The chat before its last question."""
        return Chat(self.exchanges[:-1])

    def stopped(self) -> "Chat":
        """The chat with the question that was at work given up."""
        if not self.exchanges or self.exchanges[-1].turn or self.exchanges[-1].trouble:
            return self
        return self.without_last().plus(replace(self.exchanges[-1], trouble=STOPPED))


def ask(assistant: Assistant, workers: Executor, chat: Chat, question: str, filters: Filters) -> Iterator[Chat]:
    """Answer a question, and yield the chat whenever there is something new to show.

    Args:
        assistant: who is asked.
        workers: where the asking runs; it is abandoned, not interrupted, when the iterator is closed.
        chat: what was asked before.
        question: as it came from the browser.
        filters: what the user narrowed the search to.

    Yields:
        The chat with its last exchange at work, then the same with the turn or the trouble.

    Raises:
        QuestionRefused: the question is blank or too long; nothing was yielded that has to stay.
    """
    said: SimpleQueue[str | None] = SimpleQueue()
    asking = workers.submit(assistant.ask, question, chat.conversation, filters, said.put)
    asking.add_done_callback(lambda _: said.put(None))
    exchange = Exchange(question)
    try:
        yield chat.plus(exchange)
        while (stage := said.get()) is not None:
            exchange = replace(exchange, stages=(*exchange.stages, stage))
            yield chat.plus(exchange)
        try:
            exchange = replace(exchange, turn=asking.result())
        except QuestionRefused:
            raise
        except RapporteurError as error:
            exchange = replace(exchange, trouble=str(error))
        except Exception:
            logging.getLogger(__name__).exception("a question could not be answered")
            exchange = replace(exchange, trouble=BROKEN)
        yield chat.plus(exchange)
    finally:
        asking.cancel()  # of use when it still waits for a worker
