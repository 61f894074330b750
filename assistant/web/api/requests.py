"""Requests of the HTTP API: the fields that each takes, and what they may be."""

from typing import Annotated

from pydantic import Field

from assistant.history.conditions import MEANINGS, Conditions
from assistant.history.history import LONGEST_NAME
from assistant.web.endpoints import Body
from index.library import Library
from index.search.filters import Filters

# As `rapporteur ask` has it.
_LONGEST_QUESTION = 19_999
_MOST_NAMES = 50
# Each is asked again before the question itself.
_MOST_EARLIER = 20
MOST_PASSAGES = 1_000
_LONGEST_NAME = 500

Question = Annotated[str, Field(min_length=1, max_length=_LONGEST_QUESTION)]
Names = Annotated[list[Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME)]], Field(max_length=_MOST_NAMES)]
Identity = (
    Annotated[str, Field(max_length=_LONGEST_NAME)]
    | Annotated[int, Field(ge=-(2**53), le=2**53)]
    | Annotated[float, Field(allow_inf_nan=False)]
    | None
)


class Filtered(Body):
    """A request about the records that pass all its conditions; an empty condition passes all."""

    forums: Names = Field(default=[], description=MEANINGS["forums"])
    years: Annotated[list[Annotated[int, Field(ge=1, le=9999)]], Field(max_length=_MOST_NAMES)] = Field(
        default=[], description=MEANINGS["years"]
    )
    places: Names = Field(default=[], description=MEANINGS["places"])
    publishers: Names = Field(default=[], description=MEANINGS["publishers"])
    speakers: Names = Field(default=[], description=MEANINGS["speakers"])
    records: Names = Field(default=[], description=MEANINGS["records"])
    sets: Names = Field(default=[], description=MEANINGS["sets"])

    def filters(self, library: Library) -> Filters:
        """Return the conditions as the records of a library have them.

        Raises:
            FilterRefused: no record has one of the values.
            SetRefused: there is no such set, or none of its records is left.
        """
        return Conditions(
            self.forums, self.years, self.places, self.publishers, self.speakers, self.records, self.sets
        ).filters(library)


class Ask(Filtered):
    """A question, with those before it that it may refer to."""

    question: Question = Field(description="What to ask, in plain words.")
    history: Annotated[list[Question], Field(max_length=_MOST_EARLIER)] = Field(
        default=[], description="The questions asked before it, oldest first; a follow-up is completed from them."
    )
    id: Identity = Field(default=None, description="Returned with the reply.")


class SearchRequest(Filtered):
    """A search for passages."""

    query: Question = Field(description="What to search.")
    k: Annotated[int, Field(ge=1, le=MOST_PASSAGES)] = Field(default=10, description="How many passages.")
    id: Identity = Field(default=None, description="Returned with the passages.")


class NextQuestion(Filtered):
    """A question of a kept conversation; it may refer to those before it."""

    question: Question = Field(description="What to ask, in plain words.")


class NewName(Body):
    """A new name of a conversation."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
