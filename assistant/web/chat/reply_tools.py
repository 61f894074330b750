"""Render the row below a reply of the chat: the links that copy it and judge it."""

from assistant.answer import Answer, Reason, Reply
from assistant.history.feedback import ReplyVerdict
from assistant.web.language import text

_REASONS = (ReplyVerdict.WRONG_EVIDENCE, ReplyVerdict.SHOULD_NOT_HAVE_ANSWERED)


def render_tools(conversation: str, place: int, reply: Reply) -> str:
    """Return the row below a kept reply.

    A message may hold no buttons, so the page's script makes buttons of these links.

    Args:
        conversation: the id of the conversation.
        place: position of the question in it, from 0.
        reply: the reply to it.
    """
    name = f"{conversation}/{place}"
    if isinstance(reply, Answer):
        reasons = "".join(_judge(name, verdict) for verdict in _REASONS)
        links = [
            _link("copy-answer", name, text("answer.copy")),
            _judge(name, ReplyVerdict.HELPFUL),
            _judge(name, ReplyVerdict.NOT_HELPFUL),
            f'<span class="reasons">{reasons}</span>',
        ]
    elif reply.reason is Reason.SMALL_TALK:
        return ""
    else:
        links = [_judge(name, ReplyVerdict.HELPFUL), _judge(name, ReplyVerdict.SHOULD_HAVE_ANSWERED)]
    return f'<p class="tools">{"".join(links)} <small class="said" role="status"></small></p>'


def _link(act: str, name: str, words: str) -> str:
    return f'<a class="act" role="button" href="#{act}/{name}">{words}</a>'


def _judge(name: str, verdict: ReplyVerdict) -> str:
    words = text(f"reply.{verdict.value.replace(' ', '_')}")
    return _link("feedback", f"{name}/{verdict.value.replace(' ', '-')}", words)
