"""The judgements of one user on replies, kept in the library; nothing of them leaves the machine."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum

from assistant.answer import Answer, Reply
from assistant.citations.anchor import Anchor
from assistant.history.history import History, HistoryRefused, StoredTurn
from assistant.history.private_replies import is_about_private
from assistant.history.stored_turn import write_filters
from assistant.users.owned import Owned
from index.feedback import FeedbackRow
from index.library import Library

_LONGEST_ANSWER = 4_000  # characters of a reply that are kept for reading
# The kind of a judgement on a reply about private documents: of the reply nothing is kept but a digest.
PRIVATE_REPLY = "private"


class ReplyVerdict(StrEnum):
    """A judgement on a reply."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not helpful"
    WRONG_EVIDENCE = "wrong evidence"
    SHOULD_HAVE_ANSWERED = "should have answered"
    SHOULD_NOT_HAVE_ANSWERED = "should not have answered"


# The judgements that only an answer can get, and only a refusal.
_OF_ANSWERS = frozenset({ReplyVerdict.WRONG_EVIDENCE, ReplyVerdict.SHOULD_NOT_HAVE_ANSWERED})
_OF_REFUSALS = frozenset({ReplyVerdict.SHOULD_HAVE_ANSWERED})


class Feedback(Owned):
    """The judgements of one user on the replies of kept conversations.

    Args:
        library: keeps the judgements.
        owner: the id of the user; None for the one who acts.
        now: returns the present time; None for the clock of this machine.
    """

    def __init__(self, library: Library, owner: str | None = None, now: Callable[[], datetime] | None = None) -> None:
        super().__init__(library, owner)
        self._history = History(library, owner)
        self._now = now or (lambda: datetime.now(UTC))

    def verdicts(self, conversation: str) -> dict[int, ReplyVerdict]:
        """Return the judgements on the replies of a conversation as they are now, by place."""
        rows = [row for row in self._library.feedback_rows(self._owner) if row.conversation == conversation]
        if not rows or self._history.count(conversation) is None:
            return {}
        turns = dict(enumerate(self._history.open(conversation)))
        return {row.place: ReplyVerdict(row.verdict) for row in rows if _is_on(row, turns.get(row.place))}

    def judge(self, conversation: str, place: int, verdict: ReplyVerdict | None) -> None:
        """Keep a judgement in place of the one before, or take it back for None.

        Of a reply about private documents of the user no word is kept, nor of its question: whoever has the library's
        file lists all judgements.

        Raises:
            HistoryRefused: there is no such reply, or it cannot be judged so.
        """
        stored = self._history.turn(conversation, place)
        if stored.turn is None:
            raise HistoryRefused("this question has no reply that could be judged; ask it again")
        reply = stored.turn.reply
        if verdict in (_OF_REFUSALS if isinstance(reply, Answer) else _OF_ANSWERS):
            raise HistoryRefused(
                f"“{verdict}” does not fit {'an answer' if isinstance(reply, Answer) else 'a refusal'}"
            )
        row = self._row(conversation, place, stored, reply, verdict) if verdict else None
        with self._library.change_feedback() as kept:
            for question in (stored.question, ""):
                kept.delete(self._owner, conversation, place, question)
            if row:
                kept.put(row)

    def _row(
        self, conversation: str, place: int, stored: StoredTurn, reply: Reply, verdict: ReplyVerdict
    ) -> FeedbackRow:
        time = self._now().isoformat(timespec="microseconds")
        turns = [row for row in self._library.turn_rows(conversation) if row.place <= place]
        if is_about_private(self._library, self._owner, turns):
            digest = _digest(conversation, stored.question, reply)
            return FeedbackRow(
                self._owner, conversation, place, "", verdict.value, time, "[]", "{}", PRIVATE_REPLY, digest, "[]"
            )
        citations = reply.citations if isinstance(reply, Answer) else ()
        return FeedbackRow(
            self._owner,
            conversation,
            place,
            stored.question,
            verdict.value,
            time,
            json.dumps([turn.question for turn in turns if turn.place < place], ensure_ascii=False),
            json.dumps(write_filters(stored.filters), ensure_ascii=False),
            reply.kind.value,
            reply.text[:_LONGEST_ANSWER],
            json.dumps([Anchor.of(c.document, c.span).full for c in citations], ensure_ascii=False),
        )


def _is_on(row: FeedbackRow, stored: StoredTurn | None) -> bool:
    """Return True if a judgement is on this question with this reply, not on one that stood in its place before."""
    if stored is None or stored.turn is None:
        return False
    reply = stored.turn.reply
    if row.kind == PRIVATE_REPLY:
        return row.answer == _digest(row.conversation, stored.question, reply)
    if stored.question != row.question:
        return False
    quotes = [citation.quote for citation in reply.citations] if isinstance(reply, Answer) else []
    # The headings above the same quotations change with the facts of their records.
    is_same = quotes and reply.kind.value == row.kind and quotes == [each["quote"] for each in json.loads(row.cited)]
    return bool(is_same) or reply.text[:_LONGEST_ANSWER] == row.answer


def _digest(conversation: str, question: str, reply: Reply) -> str:
    """Return digits that tell a reply from another, of which nobody reads a word."""
    quotes = [citation.quote for citation in reply.citations] if isinstance(reply, Answer) else []
    named = json.dumps([conversation, question, reply.kind.value, quotes or reply.text])
    return hashlib.sha256(named.encode()).hexdigest()
