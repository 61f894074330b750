"""Render the row below a reply of the chat: the links that copy it and judge it."""

import hashlib

from assistant.answer import Answer, Reason
from assistant.conversation import Turn
from assistant.history.feedback import ReplyVerdict
from assistant.web.language import text

_REASONS = (ReplyVerdict.WRONG_EVIDENCE, ReplyVerdict.SHOULD_NOT_HAVE_ANSWERED)


def render_tools(conversation: str, place: int, turn: Turn) -> str:
    """Return the row below a kept reply.

    A message may hold no buttons, so the page's script makes buttons of these links.

    Args:
        conversation: the id of the conversation.
        place: position of the question in it, from 0.
        turn: the question and the reply to it.
    """
    reply, name = turn.reply, f"{conversation}/{place}"
    mark = _mark(turn)
    if isinstance(reply, Answer):
        reasons = "".join(_judge(name, mark, verdict) for verdict in _REASONS)
        links = [
            _link("copy-answer", name, text("answer.copy")),
            _judge(name, mark, ReplyVerdict.HELPFUL),
            _judge(name, mark, ReplyVerdict.NOT_HELPFUL),
            f'<span class="reasons">{reasons}</span>',
        ]
    elif reply.reason is Reason.SMALL_TALK:
        return ""
    else:
        links = [_judge(name, mark, ReplyVerdict.HELPFUL), _judge(name, mark, ReplyVerdict.SHOULD_HAVE_ANSWERED)]
    return f'<p class="tools">{"".join(links)} <small class="said" role="status"></small></p>'


def _link(act: str, name: str, words: str) -> str:
    return f'<a class="act" role="button" href="#{act}/{name}">{words}</a>'


def _judge(name: str, mark: str, verdict: ReplyVerdict) -> str:
    words = text(f"reply.{verdict.value.replace(' ', '_')}")
    return _link("feedback", f"{name}/{verdict.value.replace(' ', '-')}/{mark}", words)


def _mark(turn: Turn) -> str:
    """Return digits that tell the reply from another one that takes its place."""
    return hashlib.sha256(f"{turn.question}\n{turn.reply.text}".encode("utf-8", "replace")).hexdigest()[:12]
