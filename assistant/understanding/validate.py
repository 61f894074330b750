"""Which questions are taken, and what of them is searched."""

import re
import unicodedata
from typing import TYPE_CHECKING

from index.errors import RapporteurError

if TYPE_CHECKING:
    from index.settings import Settings

_TERMINAL_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class QuestionRefused(RapporteurError):
    """The question cannot be searched; the message says why and what to do."""


def validate(question: str, settings: "Settings") -> str:
    """The question as it is, when it can be searched.

    Raises:
        QuestionRefused: it is blank, too long, or not whole characters.
    """
    if len(question) > settings.question_characters:
        raise QuestionRefused(
            f"the question has {len(question):,} characters; the limit is {settings.question_characters:,}: shorten it"
        )
    if not any(c.isalnum() for c in searchable(question)):  # a terminal's colours have letters too
        raise QuestionRefused("the question is empty: type what you would like to know about the meetings")
    try:
        question.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QuestionRefused(
            f"character {error.start + 1:,} of the question is broken; give it as UTF-8 text"
        ) from error
    return question


def searchable(question: str) -> str:
    """The question without what no one sees: control characters end a word, invisible ones vanish."""
    bare = _TERMINAL_COLOUR.sub(" ", question)
    seen = (_seen(c) for c in bare)
    return " ".join("".join(seen).split())


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    return " " if category == "Cc" else "" if category == "Cf" else character
