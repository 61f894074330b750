"""Find a phrase of a question that records outside its filters have, and none within them."""

from itertools import pairwise

from assistant.query import Intent, Query
from corpus.language.tokens import content_words, folded_words
from index.search.filters import Filters
from index.snapshot import Snapshot


def phrase_elsewhere(query: Query, snapshot: Snapshot) -> str:
    """Return two words of a question that only records outside its filters have side by side; "" without such.

    One of the words stands in no passage within the filters: "generative AI" of "Was generative AI discussed in 2021?",
    where the records of 2021 speak of AI, and only one of 2023 of generative AI.

    Args:
        query: the question; one that names no meeting, follows up or compares has no such phrase.
        snapshot: the snapshot of the library.
    """
    names_meeting = query.named.years or query.named.places or query.named.forums
    if not names_meeting or query.is_follow_up or query.sides or query.intent is Intent.COMPARISON:
        return ""
    keywords = query.keywords or query.text
    content = {*content_words(keywords)}
    for pair in pairwise(folded_words(keywords)):
        if content.issuperset(pair) and _is_elsewhere(pair, query.filters, snapshot):
            return " ".join(pair)
    return ""


def _is_elsewhere(pair: tuple[str, str], filters: Filters, snapshot: Snapshot) -> bool:
    phrase = " ".join(pair)
    if all(snapshot.frequency(word, filters) for word in pair) or not snapshot.frequency(phrase):
        return False
    short = snapshot.short_form(phrase)
    return not (short and snapshot.frequency(short, filters))
