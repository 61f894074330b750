"""Refuse questions that cannot be searched, and remove invisible characters from the others."""

import re
import unicodedata

from index.errors import RapporteurError

# The longest question, in characters.
_MOST_CHARACTERS = 19_999
_TERMINAL_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class QuestionRefused(RapporteurError):
    """The question cannot be searched; the message says why and what to do."""


def validate(question: str) -> str:
    """Return the question unchanged if it can be searched.

    Raises:
        QuestionRefused: it is blank, too long, or contains half a character.
    """
    if len(question) > _MOST_CHARACTERS:
        raise QuestionRefused(
            f"the question has {len(question):,} characters; the limit is {_MOST_CHARACTERS:,}: shorten it"
        )
    if not any(c.isalnum() for c in visible_text(question)):  # a terminal's colours have letters too
        raise QuestionRefused("the question is empty: type what you would like to know about the meetings")
    try:
        question.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QuestionRefused(
            f"character {error.start + 1:,} of the question is broken; give it as UTF-8 text"
        ) from error
    return question


def visible_text(question: str) -> str:
    """Return the question without invisible characters; control characters become spaces, format characters nothing."""
    bare = _TERMINAL_COLOUR.sub(" ", question)
    return " ".join("".join(map(_visible, bare)).split())


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    return " " if category == "Cc" else "" if category == "Cf" else character
