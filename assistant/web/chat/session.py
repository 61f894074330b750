"""What one browser session has asked, and how a question is answered while the page watches."""

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from threading import Event

from assistant.assistant import Assistant
from assistant.conversation import Conversation, Turn
from assistant.understanding.validate import QuestionRefused
from index.errors import RapporteurError
from index.search.filters import Filters

STOPPED = "Stopped. Retry asks the question again."
BROKEN = (
    "Something went wrong inside Rapporteur. The terminal that it runs in shows what; retry, or ask in other words."
)
# How long giving up waits for whoever shows the question; a page that was closed shows nothing more.
_SECONDS_TO_END = 2.0


class Asking:
    """A question at work: what is said of it meanwhile, until it is answered or given up."""

    def __init__(self) -> None:
        self._said: SimpleQueue[str | None] = SimpleQueue()
        self._ended = Event()
        self.is_given_up = False

    def say(self, stage: str | None) -> None:
        """Say how far it is; None when there is a reply."""
        self._said.put(stage)

    def heard(self) -> str | None:
        """What is said next; None when there is a reply, or none is wanted any more."""
        stage = self._said.get()
        return None if self.is_given_up else stage

    def give_up(self) -> None:
        """Want no reply any more, and wait until nothing more of it can be shown."""
        self.is_given_up = True
        self._said.put(None)
        self._ended.wait(_SECONDS_TO_END)

    def end(self) -> None:
        """Say that nothing more of it will be shown."""
        self._ended.set()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as the page shows it: still at work, answered, or come to nothing.

    Attributes:
        question: what was asked.
        stages: what the assistant has said about its work so far.
        turn: the turn, once there is one.
        trouble: why there is none, in one line.
        asking: the work itself, as long as there is neither.
    """

    question: str
    stages: tuple[str, ...] = ()
    turn: Turn | None = None
    trouble: str = ""
    asking: Asking | None = field(default=None, compare=False)


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
        """The chat with the question at work given up: whoever shows its stages has ended."""
        if not self.exchanges or not self.exchanges[-1].asking:
            return self
        self.exchanges[-1].asking.give_up()
        return self.without_last().plus(replace(self.exchanges[-1], trouble=STOPPED, asking=None))


def ask(assistant: Assistant, workers: Executor, chat: Chat, question: str, filters: Filters) -> Iterator[Chat]:
    """Answer a question, and yield the chat whenever there is something new to show.

    Args:
        assistant: who is asked.
        workers: where the asking runs; it is abandoned, not interrupted, when the iterator is closed.
        chat: what was asked before.
        question: as it came from the browser.
        filters: what the user narrowed the search to.

    Yields:
        The chat with its last exchange at work, then the same with the turn or the trouble; not where it is given up.

    Raises:
        QuestionRefused: the question is blank or too long; nothing was yielded that has to stay.
    """
    asking = Asking()
    work = workers.submit(assistant.ask, question, chat.conversation, filters, asking.say)
    work.add_done_callback(lambda _: asking.say(None))
    exchange = Exchange(question, asking=asking)
    try:
        yield chat.plus(exchange)
        while (stage := asking.heard()) is not None:
            exchange = replace(exchange, stages=(*exchange.stages, stage))
            yield chat.plus(exchange)
        if asking.is_given_up:
            return
        exchange = replace(exchange, asking=None)
        try:
            exchange = replace(exchange, turn=work.result())
        except QuestionRefused:
            raise
        except RapporteurError as error:
            exchange = replace(exchange, trouble=str(error))
        except Exception:
            logging.getLogger(__name__).exception("a question could not be answered")
            exchange = replace(exchange, trouble=BROKEN)
        yield chat.plus(exchange)
    finally:
        work.cancel()  # of use when it still waits for a worker
        asking.end()
