"""Tell a sentence that gives a reason from one that only repeats what a question with "why" says."""

import re

from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from assistant.understanding.answer_type import AnswerContent, holds, question_word
from corpus.language.tokens import content_words, stems

# Most words that a sentence has beside those of the question where it repeats the question: "from this meeting".
_MOST_NEW = 4
# Characters behind a sentence that may give its reason.
_BEHIND = 200
# Words that may join a fact to its reason. Of 268 answers to "why" in public questions 7 have none of them.
_JOINS_REASON = re.compile(
    r"\b(?:because|since|due|owing|so|thus|hence|therefore|result\w*|caus\w+|reasons?|grounds|given|thanks|light|view"
    r"|account|after|by|following|over|led|leads?|mean\w*|concern\w*|want\w*|wish\w*|hop\w*|fear\w*|protect\w*|during"
    r"|until|unless|only|not|no|to|for|if|without)\b|[:;–—]",
    re.IGNORECASE,
)
_NAMES_REASON = re.compile(r"\b(?:reasons?|caus\w+|therefore|result\w*)\b", re.IGNORECASE)


def only_repeats(query: Query, evidence: Evidence) -> bool:
    """Return True if an English question asks why, and a sentence says again what it says, without any reason.

    Args:
        query: the question.
        evidence: the best sentence.
    """
    words = evidence.words_read
    if query.language or evidence.replies or question_word(query.latest_text) != "why" or _JOINS_REASON.search(words):
        return False
    known = set(stems(query.text))
    new = [word for word in content_words(words) if known.isdisjoint(stems(word))]
    behind = evidence.document.text[evidence.span.end : evidence.span.end + _BEHIND]
    return len(new) <= _MOST_NEW and not (_NAMES_REASON.search(behind) or holds(AnswerContent.REASON, behind))
