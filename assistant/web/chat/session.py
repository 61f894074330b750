"""State of one browser session's chat, and the answering of a question in a background thread."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Event

from assistant.conversation import Conversation, Turn
from assistant.understanding.validate import QuestionRefused
from assistant.web.language import text
from index.errors import RapporteurError
from index.search.filters import Filters

# How long cancelling waits for the handler that shows the question; a page that was closed shows nothing more.
_SECONDS_TO_END = 2.0
# Seconds of a stage that is not shown: each message to the browser costs about 8 ms of processor time.
_SHORT_STAGE = 0.1


class RunningQuestion:
    """A question that is being answered: passes the stages of the work to the handler that shows them."""

    def __init__(self) -> None:
        self._stages: SimpleQueue[str | None] = SimpleQueue()
        self._shown = Event()
        self.is_cancelled = False
        self.is_reply_dropped = False

    def report(self, stage: str | None) -> None:
        """Report the current stage; None when there is a reply."""
        self._stages.put(stage)

    def next_stages(self) -> tuple[str, ...] | None:
        """Wait for stages and return them once the last has gone on for a moment; None when there is a reply.

        It also returns None when the question was cancelled.
        """
        stages: list[str] = []
        while True:
            try:
                stage = self._stages.get(timeout=_SHORT_STAGE if stages else None)
            except Empty:
                return tuple(stages)
            if stage is None or self.is_cancelled:
                return None
            stages.append(stage)

    def cancel(self, drop_reply: bool = True) -> None:
        """Wait until the handler shows nothing more of the question, and drop its reply, or let it still be kept."""
        self.is_reply_dropped = drop_reply
        self.is_cancelled = True
        self._stages.put(None)
        self._shown.wait(_SECONDS_TO_END)

    def end(self) -> None:
        """Mark that the handler shows nothing more of the question."""
        self._shown.set()


# Answers a question, behind the turns of a conversation and with filters, and reports its stages.
Ask = Callable[[str, Conversation, Filters, RunningQuestion], Turn]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as the page shows it: being answered, answered, or failed.

    Attributes:
        question: the user's words.
        stages: the stages of the work so far.
        turn: the question with its reply, once there is one.
        error: the reason of a failure, in one line.
        running: the work itself, until there is a turn or an error.
    """

    question: str
    stages: tuple[str, ...] = ()
    turn: Turn | None = None
    error: str = ""
    running: RunningQuestion | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Chat:
    """The exchanges of one session, oldest first; they stay on the server, and the browser gets only their HTML.

    Attributes:
        exchanges: the questions with what became of them.
        id: the id of the stored conversation; empty before its first question.
    """

    exchanges: tuple[Exchange, ...] = ()
    id: str = ""

    @property
    def conversation(self) -> Conversation:
        """The turns that a follow-up question can refer to."""
        return Conversation(tuple(e.turn for e in self.exchanges if e.turn))

    def with_exchange(self, exchange: Exchange) -> "Chat":
        """Return the chat with one more exchange."""
        return replace(self, exchanges=(*self.exchanges, exchange))

    def without_last(self) -> "Chat":
        """Return the chat before its last question."""
        return replace(self, exchanges=self.exchanges[:-1])

    def stopped(self) -> "Chat":
        """Cancel the question that is being answered, if any, and return the chat that says so."""
        if not self.exchanges or not self.exchanges[-1].running:
            return self
        self.exchanges[-1].running.cancel()
        return self.without_last().with_exchange(replace(self.exchanges[-1], error=text("chat.stopped"), running=None))

    def leave(self) -> None:
        """Show nothing more of the question that is being answered, if any; its reply is still kept."""
        if self.exchanges and (running := self.exchanges[-1].running):
            running.cancel(drop_reply=False)


def answer_question(
    ask: Ask, workers: Executor, chat: Chat, question: str, filters: Filters, alone: bool = False
) -> Iterator[Chat]:
    """Answer a question, and yield the chat whenever there is something new to show.

    Work in `workers` is neither interrupted nor lost when the iterator is closed.

    Args:
        ask: answers the question; called in `workers`.
        workers: runs the work.
        chat: the exchanges before.
        question: the question as typed.
        filters: the filters that the user chose.
        alone: True to ask it without the turns before.

    Yields:
        The chat with its last exchange running, then the same with the turn or the error, unless it was cancelled.

    Raises:
        QuestionRefused: the question is blank or too long; the yielded chats are to be dropped.
    """
    running = RunningQuestion()
    conversation = Conversation() if alone else chat.conversation
    # The user who acts is known in the worker, too.
    work = workers.submit(copy_context().run, ask, question, conversation, filters, running)
    work.add_done_callback(lambda _: running.report(None))
    exchange = Exchange(question, running=running)
    try:
        yield chat.with_exchange(exchange)
        while (stages := running.next_stages()) is not None:
            exchange = replace(exchange, stages=(*exchange.stages, *stages))
            yield chat.with_exchange(exchange)
        if running.is_cancelled:
            return
        exchange = replace(exchange, running=None)
        try:
            exchange = replace(exchange, turn=work.result())
        except QuestionRefused:
            raise
        except RapporteurError as error:
            exchange = replace(exchange, error=str(error))
        except Exception:
            logging.getLogger(__name__).exception("a question could not be answered")
            exchange = replace(exchange, error=text("chat.broken"))
        yield chat.with_exchange(exchange)
    finally:
        if running.is_reply_dropped:
            work.cancel()  # of use while it still waits for a worker
        running.end()
