"""View of the kept conversations: their list as HTML, and the endpoints that rename, remove and put them back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from pydantic import Field

from assistant.history.history import LONGEST_NAME, History, Listed
from assistant.web.endpoints import LONGEST_TEXT, Body, changed_reply
from assistant.web.escaping import escape, escape_input, escape_line
from assistant.web.language import day_text, text
from assistant.web.markup import action_row, alert, excerpt

if TYPE_CHECKING:
    from fastapi import FastAPI

Id = Annotated[str, Field(max_length=64)]
_UNDO_CHARACTERS = 36  # of a removed conversation's name on the button that puts it back


class ListedConversation(Body):
    """One conversation of the list."""

    id: Id


class Rename(ListedConversation):
    """One conversation and its new name."""

    name: Annotated[str, Field(max_length=LONGEST_TEXT)]


def add_history(app: "FastAPI", history: History) -> None:
    """Let the page list and change the kept conversations."""

    def reply(change: Callable[[], Any] = lambda: None, words: str = "") -> Any:
        return changed_reply(
            change, lambda refused: render_history(history.conversations(words), history.removed(), words, refused)
        )

    def listed(words: str = "") -> Any:
        return reply(words=words[:LONGEST_NAME])

    def rename(body: Rename) -> Any:
        return reply(lambda: history.rename(body.id, body.name))

    def remove(body: ListedConversation) -> Any:
        return reply(lambda: history.remove(body.id))

    app.get("/history")(listed)
    app.post("/history/rename")(rename)
    app.post("/history/remove")(remove)
    app.post("/history/undo")(lambda: reply(history.undo))


def render_history(conversations: Sequence[Listed], removed: str, words: str, refused: str) -> str:
    """Render the list with its search field and buttons.

    Args:
        conversations: the conversations that have the words, the one used last first.
        removed: the name of the conversation that an undo would put back; empty for none.
        words: the words that were searched for; empty for all conversations.
        refused: the reason why the last change was refused, in one line; empty when it was made.
    """
    if words:
        about = text("history.found", len(conversations), words=words)
    else:
        about = text("history.count", len(conversations)) if conversations else text("history.none")
    undo = text("history.undo", name=escape(excerpt(removed, _UNDO_CHARACTERS))) if removed else ""
    buttons = action_row(f'<button type="button" data-put-back>{undo}</button>') if undo else ""
    listed = "".join(map(_item, conversations))
    return (
        f'<section class="history"><h2 tabindex="-1">{text("history.title")}</h2>{alert(refused)}'
        '<input type="search" data-search-history autocomplete="off" placeholder="'
        f'{text("history.search")}" aria-label="{text("history.search_label")}" value="{escape_input(words)}">'
        f'<p class="count" role="status">{escape_line(about)}</p>{buttons}<ul class="items">{listed}</ul></section>'
    )


def _item(listed: Listed) -> str:
    name = escape_line(listed.name)
    rename, forget = (escape(text(f"history.{act}_label", name=listed.name)) for act in ("rename", "delete"))
    return (
        f'<li data-conversation="{listed.id}"><a class="resume" data-resume href="?conversation={quote(listed.id)}">'
        f'{name}</a><p class="about">{text("history.questions", listed.questions)} · {_moment(listed.used)}</p>'
        f'<div class="tools"><button type="button" data-rename aria-label="{rename}">{text("history.rename")}</button>'
        f'<button type="button" data-forget aria-label="{forget}">{text("history.delete")}</button></div></li>'
    )


def _moment(used: datetime) -> str:
    """Return a time as this machine's clock shows it: "30 November 2026, 14:05"."""
    local = used.astimezone()
    return f"{day_text(local.date())}{text('history.between')}{local:%H:%M}"
