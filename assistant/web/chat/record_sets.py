"""View of the saved sets of records: their list as HTML, and the endpoints that save, rename, remove and put back."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from assistant.history.record_sets import LONGEST_NAME, RecordSet, RecordSets
from assistant.web.endpoints import LONGEST_TEXT, Body, changed_reply
from assistant.web.escaping import escape, escape_line
from assistant.web.language import text
from assistant.web.markup import action_row, alert, excerpt

if TYPE_CHECKING:
    from fastapi import FastAPI

_MOST_RECORDS = 20_000
_UNDO_CHARACTERS = 36  # of a removed set's name on the button that puts it back
_Name = Annotated[str, Field(max_length=LONGEST_TEXT)]


class NewSet(Body):
    """A name and the names of the ticked records."""

    name: _Name
    records: Annotated[list[Annotated[str, Field(max_length=LONGEST_TEXT)]], Field(max_length=_MOST_RECORDS)]


class ListedSet(Body):
    """One set of the list."""

    id: Annotated[str, Field(max_length=64)]


class Renamed(ListedSet):
    """One set and its new name."""

    name: _Name


def add_record_sets(app: "FastAPI", sets: RecordSets) -> None:
    """Let the page list and change the saved sets."""

    def reply(change: Callable[[], Any] = lambda: None) -> Any:
        return changed_reply(change, lambda refused: render_sets(sets.sets(), sets.removed(), refused))

    def save(body: NewSet) -> Any:
        return reply(lambda: sets.save(body.name, body.records))

    def rename(body: Renamed) -> Any:
        return reply(lambda: sets.rename(body.id, body.name))

    def remove(body: ListedSet) -> Any:
        return reply(lambda: sets.remove(body.id))

    app.get("/sets")(lambda: reply())
    app.post("/sets/save")(save)
    app.post("/sets/rename")(rename)
    app.post("/sets/remove")(remove)
    app.post("/sets/undo")(lambda: reply(sets.undo))


def render_sets(sets: tuple[RecordSet, ...], removed: str, refused: str) -> str:
    """Render the sets with a field that saves the ticked records as one.

    Args:
        sets: the sets by name.
        removed: the name of the set that an undo would put back; empty for none.
        refused: the reason why the last change was refused, in one line; empty when it was made.
    """
    undo = text("history.undo", name=escape(excerpt(removed, _UNDO_CHARACTERS))) if removed else ""
    buttons = action_row(f'<button type="button" data-set-back>{undo}</button>') if undo else ""
    listed, name = "".join(map(_item, sets)), text("sets.name")
    field = (
        f'<p class="saving"><input data-set-name maxlength="{LONGEST_NAME}" autocomplete="off"'
        f' aria-label="{name}" placeholder="{name}">'
        f'<button type="button" data-save-set>{text("sets.save")}</button></p>'
    )
    return f'{alert(refused)}<ul class="saved">{listed}</ul>{buttons}{field}'


def _item(each: RecordSet) -> str:
    rename, delete = (escape(text(f"history.{act}_label", name=each.name)) for act in ("rename", "delete"))
    records, off = escape(json.dumps(each.records, ensure_ascii=False)), "" if each.records else " disabled"
    gone = text("sets.gone", len(each.gone)) if each.gone else ""
    return (
        f'<li data-set="{escape(each.id)}"><button type="button" class="apply" data-apply-set="{records}"{off}>'
        f'{escape_line(each.name)}</button><span class="about">{text("sets.records", len(each.records))}{gone}</span>'
        f'<span class="tools"><button type="button" data-rename-set aria-label="{rename}">{text("history.rename")}'
        f'</button><button type="button" data-remove-set aria-label="{delete}">{text("history.delete")}</button>'
        "</span></li>"
    )
