"""Tell outcomes from other senses of their words: "the motion was carried" from "the boat carried 150 people"."""

import re

from corpus.language.minutes_words import phrases, says

# What stands before a participle in the passive.
_TO_BE = re.compile(r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+|not\s+|again\s+|then\s+)?$")
# Nothing but a number or a label before the words: "Carried, 30 to 4", "Item 3: withdrawn".
_BEGINS = re.compile(r"(?:^|[:;–—])\W*(?:[\d./-]+\W+)?$")
_VOTES = re.compile(r"\bvot|\d\s*(?:to|[:–-])\s*\d|\bunanim|\bnem\b|\bmajority\b")
# "below the agreed level": an article before the word, and a noun behind it.
_ARTICLE = re.compile(r"\b(?:the|an|any|no|their|previously)\s+$")
_NOUN = re.compile(r"\s+[a-z]")


def is_outcome(folded: str, match: re.Match[str], acts: bool, has_pronoun: bool) -> bool:
    """Return False for a word of an outcome that has another sense in its sentence.

    Args:
        folded: the sentence, folded.
        match: the word in it.
        acts: True if a body acts in it: "The board put off the plan".
        has_pronoun: True if the sentence begins with a pronoun for a proposal.
    """
    word, before = match.group(), folded[: match.start()]
    if word in phrases("weak_outcome", "behind_article"):
        return not (_ARTICLE.search(before) and _NOUN.match(folded[match.end() :]))
    is_passive, is_of_proposal = (word in phrases("weak_outcome", name) for name in ("passive", "of_proposals"))
    if not (is_passive or is_of_proposal) or acts or _BEGINS.search(before):
        return True
    is_named = has_pronoun or says("object", "generic", folded) or bool(_VOTES.search(folded))
    return (is_passive and bool(_TO_BE.search(before))) or (is_of_proposal and is_named)
