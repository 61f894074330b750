"""Tell whether the evidence has words of the holder of an office whom a question makes the speaker."""

from collections.abc import Sequence

from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from assistant.understanding.answer_type import question_word
from assistant.understanding.speakers.mentions import mentions
from assistant.understanding.speakers.speech_words import is_speech_word
from corpus.language.english import OFFICES
from corpus.language.tokens import content_words, folded_words, stem, stems
from corpus.speech import speeches_at

# Number of the best sentences of which one may have the words.
_MOST = 4


def lacks_speech(query: Query, evidence: Sequence[Evidence]) -> str:
    """Return the office whose holder a question asks for the words of, where no likely sentence has such words.

    Args:
        query: the question; one whose speaker has words in the records is not looked at.
        evidence: sentences, best first.

    Returns:
        The office as typed, "the minister of finance"; "" for another question, for an office of a single word, and
        where one of the best sentences has words of a holder of the office.
    """
    office = "" if query.speaker or query.language or query.sides else _office_asked(query.latest_text)
    return "" if not office or any(_has_words_of(office, e) for e in evidence[:_MOST]) else office


def _office_asked(question: str) -> str:
    """Return the words for the holder of an office whose words a question asks for; "" without them."""
    for start, end, is_sure in mentions(question):
        words = folded_words(question[start:end])
        is_office = not (OFFICES.isdisjoint(words) or question_word(question[start:end]))
        if is_sure and is_office and len(content_words(question[start:end])) > 1:
            return question[start:end]
    return ""


def _has_words_of(office: str, evidence: Evidence) -> bool:
    """Return True if a sentence is said by a holder of an office, or reports what such a one says."""
    text = evidence.words_read
    said = [f"{speech.shown} {speech.office}" for speech in speeches_at(evidence.document, evidence.span)]
    said += [evidence.around.lead_in, *evidence.passage.headings]
    if any(map(is_speech_word, folded_words(text))):
        said += [text, evidence.around.turn_before]
    words = folded_words(" ".join(said))
    held = OFFICES.intersection(folded_words(office))
    others = {stem(word) for word in content_words(office)} - {*map(stem, held)}
    # "Finance Ministers" hold another office than "the minister of finance".
    return held <= {*words} and 2 * len(others & {*stems(" ".join(words))}) >= len(others)
