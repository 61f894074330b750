"""Tell the view of one person from what a body decides, so that neither is shown as the other."""

import re
from functools import lru_cache

from corpus.document import Document
from corpus.language.minutes_words import classes, says
from corpus.language.tokens import fold_text
from corpus.span import Span
from corpus.speech import speech_at

# Words with which a speaker gives his own view or proposes something.
_OWN_VIEW = re.compile(
    r"\b(?:i|i['’](?:d|m|ve|ll)|my|me|should|would|could|ought|let['’]?s|propose[sd]?|suggest(?:s|ed)?|recommend(?:s|ed)?"
    r"|je|j['’]|moi|ich|mein|yo|creo|propongo)\b|思い?ます|と考え|べき",
)
_POSITION = re.compile(
    r"\b(?:think|thinks|position|stance|views?|opinions?|believe|favou?rs?|prefers?|wants?)\b", re.IGNORECASE
)
_OUTCOMES = (*(("outcome", name) for name in classes("outcome")), ("decision", "label"))


@lru_cache(maxsize=256)
def asks_for_outcome(question: str) -> bool:
    """Return True if a question asks what was decided."""
    folded = fold_text(question)
    return any(says("asks_outcome", name, folded) for name in classes("asks_outcome"))


def asks_for_position(question: str) -> bool:
    """Return True if a question asks what somebody thinks."""
    return bool(_POSITION.search(question))


def is_own_view(document: Document, span: Span) -> bool:
    """Return True if a sentence is the view or proposal of one speaker and states no outcome."""
    if not speech_at(document, span):
        return False
    return bool(_OWN_VIEW.search(fold_text(span.of(document.text)))) and not tells_outcome(document, span)


def tells_outcome(document: Document, span: Span) -> bool:
    """Return True if a sentence has a word that states what was decided."""
    folded = fold_text(span.of(document.text))
    return any(says(section, name, folded) for section, name in _OUTCOMES)
