"""Say what the sentences of a passage must hold."""

from corpus.passages import Passage
from corpus.talk import spoken_parts
from corpus.transcript import turn_at


def words_without_labels(passage: Passage) -> str:
    """Return the words of a passage; those of a transcript without the labels of speakers and the marks of lists."""
    document = passage.document
    if not turn_at(document, passage.words.start):
        return passage.words_text
    return " ".join(part.of(document.text) for part in spoken_parts(document, passage.words))
