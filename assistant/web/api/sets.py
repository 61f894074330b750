"""Address `/api/sets`: the saved sets of records that questions may be asked of."""

from typing import TYPE_CHECKING, Any

from assistant.history.record_sets import RecordSets
from assistant.json_api import record_set_object
from assistant.web.api.objects import RecordSetObject
from assistant.web.api.replies import json_response
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_sets(api: "FastAPI", library: Library) -> None:
    """Add the address to the API."""
    kept = RecordSets(library)

    def show_all() -> Any:
        """Return the saved sets of the user by name, each with its records."""
        return json_response([record_set_object(each.name, each.records, each.gone) for each in kept.sets()])

    api.get("/sets", response_model=None, responses={200: {"model": list[RecordSetObject]}})(show_all)
