"""The conversations of one user, kept in the library question by question."""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from assistant.conversation import Turn
from assistant.history.stored_turn import (
    RecordsOfNow,
    TurnUnreadable,
    read_filters,
    read_turn,
    write_filters,
    write_turn,
)
from assistant.users.owned import Owned
from index.conversations import ConversationTransaction
from index.errors import RapporteurError
from index.library import Library
from index.search.filters import Filters
from index.values import ConversationRow, TurnRow

LONGEST_NAME = 120
_NAME_FROM_QUESTION = 60  # characters
# How many removals can be taken back.
_REMOVALS = 20
UNANSWERED = "Not answered: the question was stopped, or Rapporteur ended meanwhile. Retry asks it again"
GONE = "this conversation is no longer in the library; it was deleted, or belongs to another library"

NO_QUESTION = "this question is no longer in its conversation; another window may have changed it"


class HistoryRefused(RapporteurError):
    """The conversations cannot be changed so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question of a stored conversation.

    Attributes:
        question: the question as typed.
        filters: the filters that the user had chosen.
        turn: the question with its reply; None where it has none that can be shown.
        trouble: the reason why there is no reply, in one line; empty where there is one.
    """

    question: str
    filters: Filters
    turn: Turn | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One conversation of the list.

    Attributes:
        id: its id.
        name: its name.
        used: the time of its last question.
        questions: number of its questions.
    """

    id: str
    name: str
    used: datetime
    questions: int


class History(Owned):
    """The conversations of one user; each change is a transaction, so that two windows lose no question.

    Args:
        library: keeps the conversations.
        owner: the id of the user; None for the one who acts.
        now: returns the present time; None for the clock of this machine.
    """

    def __init__(self, library: Library, owner: str | None = None, now: Callable[[], datetime] | None = None) -> None:
        super().__init__(library, owner)
        self._now = now or (lambda: datetime.now(UTC))

    def conversations(self, words: str = "") -> tuple[Listed, ...]:
        """Return the conversations, the one used last first; with words those whose name or questions have them all."""
        asked: dict[str, list[str]] = {}
        for conversation, question in self._library.questions(self._owner):
            asked.setdefault(conversation, []).append(question)
        wanted = words.casefold().split()
        rows = [row for row in self._library.conversation_rows(self._owner) if row.removed is None]
        return tuple(
            Listed(row.id, row.name, datetime.fromisoformat(row.used), len(asked.get(row.id, [])))
            for row in rows
            if all(word in "\n".join([row.name, *asked.get(row.id, [])]).casefold() for word in wanted)
        )

    def count(self, conversation: str) -> int | None:
        """Count the questions of a conversation; None where there is no such conversation."""
        return len(self._library.turn_rows(conversation)) if self._find(conversation) else None

    def open(self, conversation: str) -> tuple[StoredTurn, ...]:
        """Return the questions of a conversation with their replies, looked up in the records as they are now.

        Raises:
            HistoryRefused: there is no such conversation.
        """
        _there(self._find(conversation))
        records = RecordsOfNow(self._library)
        return tuple(_stored(row, records) for row in self._library.turn_rows(conversation))

    def questions(self, conversation: str) -> list[str]:
        """Return the questions of a conversation as typed; no reply is looked up.

        Raises:
            HistoryRefused: there is no such conversation.
        """
        _there(self._find(conversation))
        return [row.question for row in self._library.turn_rows(conversation)]

    def turn(self, conversation: str, place: int) -> StoredTurn:
        """Return one question of a conversation with its reply; places count from 0.

        Raises:
            HistoryRefused: there is no such question.
        """
        _there(self._find(conversation))
        row = next((row for row in self._library.turn_rows(conversation) if row.place == place), None)
        if row is None:
            raise HistoryRefused(NO_QUESTION)
        return _stored(row, RecordsOfNow(self._library))

    def ask(self, conversation: str, place: int, question: str, filters: Filters) -> str:
        """Keep a question before it is answered, in place of one at its position, and return the conversation's id.

        Args:
            conversation: the id; an empty or unknown one begins a conversation, named after the question.
            place: position of the question among those of the conversation, from 0.
            question: the question as typed.
            filters: the filters that the user chose.
        """
        with self._library.change_conversations() as stored:
            row = _not_removed(stored.row(self._owner, conversation))
            if row is None:
                row = ConversationRow(secrets.token_urlsafe(12), self._owner, _name(question), "")
            elif place == 0 and row.name == _name(stored.turns(row.id)[0].question):
                row = replace(row, name=_name(question))  # the first question was edited, and nobody named it
            chosen = _written(filters)
            stored.put(replace(row, used=self._now().isoformat(timespec="microseconds"), filters=chosen))
            stored.put_turn(TurnRow(row.id, place, question, chosen))
        return row.id

    def answer(self, conversation: str, place: int, turn: Turn) -> None:
        """Keep the reply to a question that `ask` kept; nothing where the conversation was removed meanwhile."""
        reply = write_turn(turn)
        with self._library.change_conversations() as stored:
            is_own = stored.row(self._owner, conversation) is not None
            row = next((r for r in stored.turns(conversation) if is_own and r.place == place), None)
            if row and row.question == turn.question:
                stored.put_turn(replace(row, reply=reply))

    def choose(self, conversation: str, filters: Filters) -> None:
        """Keep the filters that the user has chosen for the next question; nothing without such a conversation."""
        row = self._find(conversation)
        if row and row.filters != _written(filters):
            with self._library.change_conversations() as stored:
                stored.put(replace(self._row(stored, conversation), filters=_written(filters)))

    def choice(self, conversation: str) -> Filters | None:
        """Return the filters that the user chose last in a conversation; None where there is no such conversation."""
        row = self._find(conversation)
        try:
            return read_filters(json.loads(row.filters)) if row else None
        except (TypeError, ValueError, AttributeError):
            return Filters()

    def rename(self, conversation: str, name: str) -> None:
        """Rename a conversation.

        Raises:
            HistoryRefused: there is no such conversation, or the name is empty or too long.
        """
        name = " ".join(name.encode("utf-8", "replace").decode("utf-8").split())
        if not name:
            raise HistoryRefused("a conversation needs a name: type one")
        if len(name) > LONGEST_NAME:
            raise HistoryRefused(f"the name has {len(name):,} characters; {LONGEST_NAME} are the most, shorten it")
        with self._library.change_conversations() as stored:
            stored.put(replace(self._row(stored, conversation), name=name))

    def remove(self, conversation: str) -> None:
        """Remove a conversation; `undo` puts it back.

        Raises:
            HistoryRefused: there is no such conversation.
        """
        with self._library.change_conversations() as stored:
            rows = stored.rows(self._owner)
            removal = max((row.removed or 0 for row in rows), default=0) + 1
            stored.put(replace(self._row(stored, conversation), removed=removal))
            for row in rows:
                if row.removed is not None and row.removed <= removal - _REMOVALS:
                    stored.delete(row.id)

    def removed(self) -> str:
        """Return the name of the conversation that `undo` would put back; empty where there is none."""
        last = _last_removed(self._library.conversation_rows(self._owner))
        return last.name if last else ""

    def undo(self) -> None:
        """Put back the conversation that was removed last."""
        with self._library.change_conversations() as stored:
            if last := _last_removed(stored.rows(self._owner)):
                stored.put(replace(last, removed=None))

    def _find(self, conversation: str) -> ConversationRow | None:
        return _not_removed(self._library.conversation_row(self._owner, conversation))

    def _row(self, stored: ConversationTransaction, conversation: str) -> ConversationRow:
        return _there(_not_removed(stored.row(self._owner, conversation)))


def _not_removed(row: ConversationRow | None) -> ConversationRow | None:
    return row if row and row.removed is None else None


def _there(row: ConversationRow | None) -> ConversationRow:
    if row is None:
        raise HistoryRefused(GONE)
    return row


def _stored(row: TurnRow, records: RecordsOfNow) -> StoredTurn:
    try:
        filters = read_filters(json.loads(row.filters))
        if row.reply is None:
            return StoredTurn(row.question, filters, trouble=UNANSWERED)
        return StoredTurn(row.question, filters, read_turn(row.question, row.reply, records))
    except TurnUnreadable as error:
        return StoredTurn(row.question, Filters(), trouble=str(error))


def _written(filters: Filters) -> str:
    return json.dumps(write_filters(filters), ensure_ascii=False)


def _last_removed(rows: Sequence[ConversationRow]) -> ConversationRow | None:
    return max((row for row in rows if row.removed is not None), key=lambda row: row.removed or 0, default=None)


def _name(question: str) -> str:
    """Return the name of a conversation that begins with a question: its first words."""
    line = " ".join(question.split())
    return (
        line if len(line) <= _NAME_FROM_QUESTION else line[:_NAME_FROM_QUESTION].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    )
