"""Hold the turns of a conversation, immutable: each question with its query and its reply."""

from dataclasses import dataclass, field

from assistant.answer import Answer, Reply
from assistant.query import NOT_SEARCHED, Query
from corpus.span import Span


@dataclass(frozen=True)
class Turn:
    """One question, the query made of it, and the reply.

    >>> from assistant.assistant import Assistant
    >>> from index.library import open_library
    >>> turn = Assistant.open(open_library("talks")).ask("What was said of smart cities in Trieste?")
    >>> sorted(turn.query.filters.places)
    ['Trieste']
    """

    question: str
    query: Query
    reply: Reply


@dataclass(frozen=True)
class Conversation:
    """The turns of a conversation, oldest first.

    >>> from assistant.assistant import Assistant
    >>> from index.library import open_library
    >>> assistant = Assistant.open(open_library("talks"))
    >>> begun = Conversation((assistant.ask("Who was absent from the G20 meeting of April 2020?"),))
    >>> assistant.ask("And in July 2020?", begun).query.text
    'Who was absent from the G20 meeting of July 2020?'
    """

    turns: tuple[Turn, ...] = field(default=())

    def plus(self, turn: Turn) -> "Conversation":
        """Return the conversation with one more turn."""
        return Conversation((*self.turns, turn))

    @property
    def last_searched(self) -> Turn | None:
        """The last turn that was a question; thanks between two questions do not part them."""
        return next((turn for turn in reversed(self.turns) if turn.query.intent not in NOT_SEARCHED), None)

    @property
    def last_citations(self) -> tuple[tuple[str, Span], ...]:
        """Document ids and spans that the last turn cited; the answer to a follow-up is often beside them."""
        turn = self.last_searched
        reply = turn.reply if turn else None
        return tuple((c.document.id, c.span) for c in reply.citations) if isinstance(reply, Answer) else ()
