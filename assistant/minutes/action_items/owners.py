"""Find the action items of a person: by the owner that a table or a label names, by the speaker, by the words."""

from collections.abc import Sequence

from assistant.minutes.action_items.actions import ActionItem, actions_of
from assistant.minutes.people.names import is_named
from assistant.minutes.record import MinutesRecord
from corpus.language.english import HONORIFICS, english_words
from corpus.language.minutes_words import phrases
from corpus.language.scripts import is_cjk
from corpus.language.tokens import folded_words

# Letters of a first name, at least.
_SHORTEST = 3


def items_of(record: MinutesRecord, names: Sequence[str]) -> list[ActionItem]:
    """Return the action items that some persons own, and those without an owner that name them.

    Where there are none, the items of others that name them are returned.
    """
    named = [item for item in actions_of(record) if any(_names(item.text, name) for name in names)]
    direct = [
        item
        for item in actions_of(record)
        if (any(_owns(item.owner, name) for name in names) if item.owner else item in named)
    ]
    return direct or named


def is_first_name(name: str, question: str, is_talk: bool) -> bool:
    """Return True if a question has the first name of somebody alone.

    A name that is an English word counts in talk, where people call each other so, written with a capital.
    """
    first = next(iter(_words(name)), "")
    if len(first) < _SHORTEST or first not in folded_words(question):
        return False
    written = [word.strip(".,;:!?()") for word in question.split()]
    return first not in english_words() or (
        is_talk and any(word.casefold() == first and word[0].isupper() for word in written[1:])
    )


def _words(name: str) -> list[str]:
    """Return the words of a name without its titles, folded."""
    titles = HONORIFICS.union(phrases("person", "address"))
    return [word for word in folded_words(name) if word not in titles]


def _owns(owner: str, name: str) -> bool:
    """Return True if a cell or a label names a person: whole, by the family name with an initial, by the first name."""
    if is_cjk(name):
        return name[:2] in owner
    own = _words(owner)
    return is_named(name, owner) or is_named(owner, name) or (bool(own) and own == _words(name)[:1])


def _names(text: str, name: str) -> bool:
    """Return True if the words of an item name a person by the family name or, with a capital, by the first name."""
    if is_cjk(name):
        return name[:2] in text
    first = next(iter(_words(name)), "")
    capitals = {word.strip(".,;:!?()").casefold() for word in text.split() if word[:1].isupper()}
    return is_named(name, text) or (len(first) > 1 and first in capitals)
