"""Write judgements on replies as test cases: questions with the reply that they should get, one JSON object each.

The fields are those of the natural questions: `id`, `library`, `question`, `history`, `kind`, `expect`, `gold` and
others, so that a scorer of these takes them. What should have been quoted instead of a wrong reply is not known:
such a case has no gold yet, and no reply to it is right until somebody adds the quotations.
"""

import hashlib
import json
from typing import Any

from assistant.history.feedback import PRIVATE_REPLY, ReplyVerdict
from index.feedback import FeedbackRow

_REFUSE = "refuse"
_QUOTES = "quotes"
_TO_BE_FOUND = "an answer with other quotations; add them to gold"
_REFUSAL = "no answer"
# The library of a case: not the founding records alone.
_LIBRARY = "natural"


def feedback_case(row: FeedbackRow) -> dict[str, Any]:
    """Return the test case of a judgement.

    A helpful answer is expected with all of its quotations, a helpful refusal and an answer that should not have been
    given as a refusal. `filters` and `cited` are those of the question and of the reply that was judged.
    """
    cited = json.loads(row.cited)
    expect, answer = _expected(row)
    gold = [{"doc": c["document"], "quote": c["quote"], "must": True, "group": None} for c in cited]
    is_right = row.verdict == ReplyVerdict.HELPFUL and expect != _REFUSE
    case = {
        "id": f"feedback-{_digest(row)}",
        "library": _LIBRARY,
        "question": row.question,
        "history": json.loads(row.history),
        "kind": row.verdict,
        "source": "feedback",
        "answer": answer,
        "expect": expect,
        "gold": gold if is_right else [],
    }
    if expect == "library":
        case["says"] = [answer.splitlines()[0]]
    return {**case, "filters": json.loads(row.filters), "cited": cited}


def is_private(row: FeedbackRow) -> bool:
    """Return True for a judgement on a reply about private documents, which becomes no test case."""
    return row.kind == PRIVATE_REPLY


def needs_gold(case: dict[str, Any]) -> bool:
    """Return True for a case whose quotations are not known yet."""
    return bool(case["expect"] == _QUOTES and not case["gold"])


def _expected(row: FeedbackRow) -> tuple[str, str]:
    """Return the kind of reply that is expected, and its words for reading."""
    if row.verdict == ReplyVerdict.SHOULD_NOT_HAVE_ANSWERED:
        return _REFUSE, _REFUSAL
    if row.verdict != ReplyVerdict.HELPFUL:
        return _QUOTES, _TO_BE_FOUND
    if row.kind == "abstention":
        return _REFUSE, row.answer
    return ("library" if not json.loads(row.cited) else _QUOTES), row.answer


def _digest(row: FeedbackRow) -> str:
    """Return digits that tell two judgements apart, and are the same in every export."""
    named = "\n".join((row.owner, row.conversation, str(row.place), row.question))
    return hashlib.sha256(named.encode()).hexdigest()[:10]
