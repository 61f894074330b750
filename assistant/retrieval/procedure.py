"""Leave out what whoever chairs a talk says to lead it: "Go ahead, Steve.", "Next question.", "I open the meeting."."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.recency import names_next_meeting
from corpus.language.persons import TITLES
from corpus.speech import name_words, without_label
from corpus.transcript import turn_at, turns
from index.models.encoder import Encoder, Vectors

# Sentences that lead a talk, and short ones that say something of its subject, some of them with words of the former.
_LEADS = (
    "Go ahead.",
    "Next question, please.",
    "You have the floor.",
    "I give the floor to the delegate.",
    "Over to you.",
    "Thank you very much.",
    "Thanks, everybody.",
    "The member is recognized for five minutes.",
    "Your time has expired.",
    "The first question comes from Mr. Jones.",
    "Your line is open.",
    "Anything else?",
    "Let us move on to the next item.",
    "We now come to item two, the garden.",
    "Are there any other comments?",
    "Last question, in the back.",
    "Can everybody hear me?",
    "Good question.",
    "Sounds good.",
    "Yeah, okay.",
    "I open the meeting.",
    "Mr. Jones, please.",
    "Let's hear from Anna.",
    "That concludes this item.",
    "Please be brief.",
    "Shall we begin?",
    "Sorry, I was muted.",
    "Somebody's phone is ringing.",
    "My apologies, I was late.",
    "I will be quick.",
    "We are short of time.",
    "Let me share my screen.",
    "Could you say that again?",
    "I have no problem with the agenda as it is written.",
    "I would like that to be on the record.",
    "Noted.",
)
_SAYS = (
    "We decided to close it.",
    "I think it costs too much.",
    "It will be ready in May.",
    "I am against it.",
    "No, we will not.",
    "Yes, we do.",
    "I agree with that.",
    "That is fine with me.",
    "The price rose by four percent.",
    "I have nothing to say about that.",
    "We need more people.",
    "It depends on the weather.",
    "About three weeks.",
    "The city pays.",
    "He was told about it this morning.",
    "We should move it to the other side.",
    "The floor is too cold.",
    "It lasts ten minutes.",
    "Mr. Jones sold it to them.",
    "It opens at eight.",
    "The question is who does it.",
    "Anna says that it is broken.",
    "I want to go there with them.",
    "The members paid for it.",
    "Let us build it.",
)
# A sentence is procedure if it is nearer to one that leads by this difference of cosine. With 0.02 / 0.03 / 0.04, of 83
# sentences that say something 3 / 1 / 0 are, of 78 that lead a talk 56 / 47 / 35. Without a word of the subject, as a
# reply to it, a sentence must say more; and one that ends its turn and names who speaks next hardly says anything.
_DIFFERENCE, _DIFFERENCE_OF_REPLY, _DIFFERENCE_BEFORE_NAMED = 0.03, 0.01, -0.02
# The cosines of another encoder have other differences.
_MEASURED_WITH = "multilingual-e5-small and all-MiniLM-L6-v2 at 0.15"
# Most words of such a sentence, and of one that ends with the name of whom it addresses: "Yes, Ada.".
_MOST_WORDS, _MOST_ADDRESSING = 14, 4
_ADDRESSES = re.compile(r"^[^.!?]*,\s+(?:[A-Z][\w.'’-]*\s?){1,3}[.!]?$")
# Letters of the article of an office, which is no name.
_SHORTEST = 2
# Sentences that are read, the best of them.
_READ = 24


def without_procedure(evidence: Sequence[Evidence], terms: QueryTerms, encoder: Encoder) -> list[Evidence]:
    """Return the sentences without those of a talk that only lead it.

    Args:
        evidence: sentences, best first; the best `_READ` of them are read.
        terms: the words of the question.
        encoder: the encoder of the library.
    """
    short = [(e, words) for e in evidence[:_READ] if (words := _short_words(e))]
    if not short:
        return list(evidence)
    procedure = {id(e) for e, words in short if len(words.split()) <= _MOST_ADDRESSING and _ADDRESSES.match(words)}
    if encoder.name == _MEASURED_WITH:
        leads, says = _examples(encoder)  # type: ignore[arg-type]  # each encoder is one key
        read = np.asarray(encoder.encode_passages([words for _, words in short]))
        difference = (read @ leads.T).max(axis=1) - (read @ says.T).max(axis=1)
        procedure |= {id(e) for (e, w), value in zip(short, difference, strict=True) if value > _least(e, w, terms)}
    return [e for e in evidence if id(e) not in procedure]


@lru_cache(maxsize=1)
def _examples(encoder: Encoder) -> tuple[Vectors, Vectors]:
    """Return the vectors of the sentences that lead a talk, and of those that say something."""
    return np.asarray(encoder.encode_passages(_LEADS)), np.asarray(encoder.encode_passages(_SAYS))


def _least(evidence: Evidence, words: str, terms: QueryTerms) -> float:
    """Return the difference beyond which a sentence is procedure."""
    if _gives_the_floor(evidence, words):
        return _DIFFERENCE_BEFORE_NAMED
    return _DIFFERENCE if terms.share(words) else _DIFFERENCE_OF_REPLY


def _gives_the_floor(evidence: Evidence, words: str) -> bool:
    """Return True if a sentence ends its turn and names who speaks next."""
    found = turns(evidence.document)
    at = bisect_right(found, evidence.span.start, key=lambda turn: turn.span.start)
    if at == len(found) or evidence.span.end < found[at - 1].span.end:
        return False
    capitals = " ".join(word for word in words.split() if word[0].isupper() and len(word) > _SHORTEST)
    return bool(({*name_words(found[at].speaker)} - TITLES) & {*name_words(capitals)})


def _short_words(evidence: Evidence) -> str:
    """Return a short sentence of a talk without the label of its turn; nothing for another, or on the next meeting."""
    words = without_label(evidence.document, evidence.span).of(evidence.document.text).split()
    is_talk = turn_at(evidence.document, evidence.span.start) is not None
    is_short = len(words) <= _MOST_WORDS and not names_next_meeting(" ".join(words))
    return " ".join(words) if is_talk and is_short else ""
