"""The passage shown for a changed quote is the one that shares most with it, and only when it shares enough."""

import pytest

from assistant.citations.anchor import Fingerprint
from assistant.citations.folded_text import folded
from assistant.citations.resolve import nearest

TEXT = """The ministers met in Trieste. The panel agreed on 12 actions for schools by 2021. It will meet again.

The panel agreed on nothing for firms. Rules for data flows were named in the annex, and a list was made."""
LONG = " ".join(f"word{number}" for number in range(60)) + "."


def shown(quote: str, text: str = TEXT, known: bool = True) -> str | None:
    old = folded(quote)
    found = nearest(Fingerprint.of(old, 0, len(old)), quote if known else None, folded(text))
    return folded(text).text[slice(*found)] if found else None


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    "quote",
    [
        "The panel agreed on 13 actions for schools by 2021.",
        "The panel agreed on 12 actions for all schools by 2021.",
        "The panel did not agree on 12 actions for schools by 2021.",
        "One panel agreed on 12 actions for schools by 2022.",
    ],
)
def test_the_changed_sentence_is_shown_whole(quote: str, known: bool) -> None:
    assert shown(quote, known=known) == "The panel agreed on 12 actions for schools by 2021."


def test_words_put_in_at_any_place_are_shown_with_it() -> None:
    assert shown("The agreed on 12 actions for schools.") == "The panel agreed on 12 actions for schools by 2021."


@pytest.mark.parametrize("quote", ["Ships will sail to other islands in May.", "Rules of war stand elsewhere", "会議"])
def test_nothing_is_shown_for_words_that_are_not_there(quote: str) -> None:
    assert (shown(quote), shown(quote, known=False)) == (None, None)


def test_two_words_without_the_quote_are_not_looked_for() -> None:
    assert shown("agreed on 13", known=False) is None


def test_a_long_quote_is_found_by_its_first_and_last_words() -> None:
    changed = LONG.replace("word30 word31", "word30 other words")
    assert shown(LONG, f"Before it. {changed} Behind it.", known=False) == changed
