"""Keep what was derived from a document, such as its turns, for the documents that were read last."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from corpus.document import Document
from corpus.language.persons import without_accents

T = TypeVar("T")
Whole = TypeVar("Whole")
P = ParamSpec("P")
# Characters of folded texts that are kept: those of some thousand records.
_MOST_CHARACTERS = 50_000_000


def kept(
    most: int, size: Callable[[Any], int] = lambda _: 1
) -> Callable[[Callable[[Document], T]], Callable[[Document], T]]:
    """Return a decorator that keeps the values of a function of a document; any number of threads may call it.

    Args:
        most: the size of all values that are kept; those used longest ago are dropped first.
        size: returns the size of a value; 1 for each if not given.
    """

    def decorate(derive: Callable[[Document], T]) -> Callable[[Document], T]:
        values: OrderedDict[tuple[str, int, str], tuple[T, int]] = OrderedDict()
        lock = threading.Lock()
        total = 0

        @wraps(derive)
        def derive_once(document: Document) -> T:
            nonlocal total
            # The same text has another outline in another format, and a corrected title.
            key = (document.id, len(document.outline), document.title)
            with lock:
                if key in values:
                    values.move_to_end(key)
                    return values[key][0]
            value = derive(document)
            with lock:
                if key not in values:
                    values[key] = value, size(value)
                    total += values[key][1]
                while total > most and len(values) > 1:
                    total -= values.popitem(last=False)[1][1]
            return value

        return derive_once

    return decorate


def kept_by_object(
    most: int,
) -> Callable[[Callable[Concatenate[Whole, P], T]], Callable[Concatenate[Whole, P], T]]:
    """Return a decorator that keeps the values of a function of an object, each for that very object.

    Unlike `kept`, no value is returned for a document with other facts, such as one that is named otherwise. The
    objects are kept with the values; neither may be changed. Any number of threads may call the function. Further
    arguments must belong to the object: they are not compared.

    Args:
        most: the number of values that are kept; those used longest ago are dropped first.
    """

    def decorate(derive: Callable[Concatenate[Whole, P], T]) -> Callable[Concatenate[Whole, P], T]:
        values: OrderedDict[int, tuple[Whole, T]] = OrderedDict()
        lock = threading.Lock()

        @wraps(derive)
        def derive_once(whole: Whole, /, *more: P.args, **named: P.kwargs) -> T:
            with lock:
                if (found := values.get(id(whole))) is not None:  # it is kept, so no other object has its number
                    values.move_to_end(id(whole))
                    return found[1]
            value = derive(whole, *more, **named)
            with lock:
                values[id(whole)] = whole, value
                while len(values) > most:
                    values.popitem(last=False)
            return value

        return derive_once

    return decorate


@kept(_MOST_CHARACTERS, len)
def text_without_case(document: Document) -> str:
    """Return the text of a document, casefolded."""
    return document.text.casefold()


@kept(_MOST_CHARACTERS, len)
def text_without_accents(document: Document) -> str:
    """Return the text of a document, casefolded, without the accents of its letters."""
    return without_accents(text_without_case(document))
