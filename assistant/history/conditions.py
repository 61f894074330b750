"""Conditions that a user or a program states for a question: forums, years, places, saved sets and others."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library import Library
    from index.search.filters import Filters

MEANINGS = {
    "forums": "Only records of these forums, such as G20.",
    "years": "Only records of these years.",
    "places": "Only records of meetings in these cities or countries.",
    "publishers": "Only records of these publishers, by name or abbreviation.",
    "speakers": "Only what these persons say.",
    "records": "Only these records, by name or title.",
    "sets": "Only the records of these saved sets.",
}
"""The purpose of each condition, as programs are told."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions as they were named; `MEANINGS` describes each, an empty one passes all records.

    Records and sets together choose the records that either names.
    """

    forums: Sequence[str] = ()
    years: Sequence[int] = ()
    places: Sequence[str] = ()
    publishers: Sequence[str] = ()
    speakers: Sequence[str] = ()
    records: Sequence[str] = ()
    sets: Sequence[str] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def filters(self, library: "Library") -> "Filters":
        """Return the conditions as the records of a library, and the saved sets of the user who acts, have them.

        Raises:
            FilterRefused: no record has one of the values.
            SetRefused: there is no such set, or none of its records is left.
        """
        from assistant.chosen_filters import chosen_filters
        from assistant.history.record_sets import RecordSets

        chosen = chosen_filters(
            library, self.forums, self.years, self.places, self.publishers, self.speakers, self.records
        )
        of_sets = (RecordSets(library).records(name) for name in self.sets)
        return replace(chosen, asked=chosen.asked.union(*of_sets))
