"""Render the row below a reply of the chat: the links that copy it and judge it."""

from assistant.answer import Answer, Reply


def render_tools(conversation: str, place: int, reply: Reply) -> str:
    """Return the row below a kept reply.

    A message may hold no buttons, so the page's script makes buttons of these links.

    Args:
        conversation: the id of the conversation.
        place: position of the question in it, from 0.
        reply: the reply to it.
    """
    name = f"{conversation}/{place}"
    links = [_link("copy-answer", name, "Copy with sources")] if isinstance(reply, Answer) else []
    if not links:
        return ""
    return f'<p class="tools">{"".join(links)} <small class="said" role="status"></small></p>'


def _link(act: str, name: str, words: str) -> str:
    return f'<a class="act" role="button" href="#{act}/{name}">{words}</a>'
