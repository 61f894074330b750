"""Keep of what a speaker says the sentences on the subject of a question, with what hangs on them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.retrieval.context import is_question
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.speakers.speech_words import subject_of_speech
from corpus.document import Document
from corpus.language.sentences import sentences
from corpus.language.tokens import stem, stems
from corpus.language.word_lists import word_list
from corpus.span import Span
from corpus.talk import call_at
from corpus.transcript import SpeechTurn, turn_at, turns

# Least probability of the ranker with which a sentence that names nothing of the subject is kept, alone and as a reply.
_SURE, _REPLIES = 0.5, 0.15
# Sentences of a turn behind one that names the subject, which are still on it.
_BEHIND = 2
# Most words of a sentence that goes on with the one before it.
_SHORT = 4
# Most sentences of a turn that names nothing of the subject and is kept whole.
_FEW = 2
# Most sentences of a reply to a question for the subject that is kept whole.
_REPLY = 8
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GOES_ON = frozenset("and but or so because then also yet however therefore otherwise nor for".split())


@dataclass(frozen=True)
class Subject:
    """The subject of a question for what somebody said.

    Attributes:
        terms: the words of the question.
        keywords: the question without the name of the speaker.
    """

    terms: QueryTerms
    keywords: str

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the subject; none where the question names none, or the records have none of them."""
        subject = {stem(word) for word in subject_of_speech(self.keywords)}
        own = frozenset(word for word in self.terms.words if stem(word) in subject)
        return own if any(self.terms.frequency[word] for word in own) else frozenset()

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of the subject that the question writes as names, such as "Lyceum"."""
        written = {word.strip(".,;:!?()'’\"").removesuffix("'s") for word in self.keywords.split()[1:]}
        capital = {word.casefold() for word in written if word[:1].isupper() and not word.isupper()}
        return frozenset(word for word in self.words if word.casefold() in capital)

    def is_near(self, document: Document, turn: SpeechTurn) -> bool:
        """Return True unless the subject has names and neither a turn nor the two before it, or its item, has one."""
        found = turns(document)
        at = found.index(turn)
        near = (found[n].words.of(document.text) for n in range(max(0, at - 2), at + 1))
        texts = (*near, call_at(document, turn.span.start))
        return not self.names or any(self.names.intersection(self.terms.covered(text)) for text in texts)

    def is_mostly_in(self, text: str) -> bool:
        """Return True if a text names at least half of the words of the subject."""
        return bool(self.words) and 2 * len(self.words.intersection(self.terms.covered(text))) >= len(self.words)

    def is_in(self, text: str) -> bool:
        """Return True if a text names something of the subject."""
        return bool(self.words.intersection(self.terms.covered(text)))


def on_subject(evidence: Sequence[Evidence], terms: QueryTerms, keywords: str) -> list[Evidence]:
    """Return the sentences of talk that are on the subject of a question; all where the question has none.

    Args:
        evidence: sentences of the speaker, with what the ranker says of them.
        terms: the words of the question.
        keywords: the question without the name of the speaker.
    """
    subject = Subject(terms, keywords)
    return [e for e in evidence if not subject.words or _is_on(e, subject)]


def _is_on(evidence: Evidence, subject: Subject) -> bool:
    document, probability = evidence.document, evidence.ranker_probability or 0.0
    turn = turn_at(document, evidence.span.start)
    if turn is None or subject.is_in(evidence.quote) or (probability >= _SURE and subject.is_near(document, turn)):
        return True
    if subject.is_mostly_in(call_at(document, turn.span.start)) and points_back(evidence.quote):
        return True  # "Third, the roof." "I would patch it."
    before = [span for span in sentences(document.text, turn.words) if span.end <= evidence.span.start]
    if any(subject.is_in(span.of(document.text)) for span in before[-_BEHIND:]):
        return True
    if any(len(_WORDS.findall(span.of(document.text))) > _SHORT for span in before):
        return False
    found = turns(document)
    at = found.index(turn)
    said, earlier = (found[n].words.of(document.text) if n >= 0 else "" for n in (at - 1, at - 2))
    if subject.is_in(said):
        is_near = evidence.ranker_probability is None or probability >= _REPLIES
        return is_question(said) or points_back(evidence.quote) or is_near
    # "The roof needs slate." "I would rather patch it." "A patch lasts one winter."
    goes_back = subject.is_in(earlier) and found[at - 2].speaker == turn.speaker and points_back(said)
    return goes_back and bool(set(stems(evidence.quote)) & set(stems(said)))


def points_back(sentence: str) -> bool:
    """Return True if a sentence has a word for what was said before it."""
    return bool(word_list("back_references.txt").intersection(w.casefold() for w in _WORDS.findall(sentence)))


def begins_back(sentence: str) -> bool:
    """Return True if the first word of a sentence stands for something before it: "It found no effect"."""
    first = _WORDS.search(sentence)
    return first is not None and first.group().casefold() in word_list("back_references.txt")


def goes_on(sentence: str) -> bool:
    """Return True if a sentence goes on with the one before it: it begins so, points back, or is a few words."""
    words = [word.casefold() for word in _WORDS.findall(sentence)]
    return len(words) <= _SHORT or words[0] in _GOES_ON or points_back(sentence)


def with_what_hangs_on(document: Document, span: Span, turn: SpeechTurn, names: "Subject") -> Span:
    """Return a sentence of a turn with those before it that it goes on from and those behind it that go on from it."""
    own = sentences(document.text, turn.words)
    inside = [n for n, other in enumerate(own) if other.overlaps(span)]
    if not inside:
        return span
    if len(own) <= _FEW and not any(names.is_in(sentence.of(document.text)) for sentence in own):
        return Span(own[0].start, own[-1].end)  # a short reply is one: "We should keep it. A patch lasts a winter."
    if len(own) <= _REPLY and _is_asked(document, turn, names):
        return Span(own[0].start, own[-1].end)
    first, last = inside[0], inside[-1]
    while first and goes_on(own[first].of(document.text)) and not names.is_in(own[first].of(document.text)):
        first -= 1
    if first and all(len(_WORDS.findall(span.of(document.text))) <= _SHORT for span in own[:first]):
        found = turns(document)
        at = found.index(turn)
        if at and is_question(found[at - 1].words.of(document.text)):  # "No. The crossing stays."
            first = 0
    while last + 1 < len(own) and (
        names.is_in(own[last + 1].of(document.text)) or goes_on(own[last + 1].of(document.text))
    ):
        last += 1
    return Span(own[first].start, own[last].end)


def _is_asked(document: Document, turn: SpeechTurn, names: "Subject") -> bool:
    """Return True if the last sentence of the turn before asks for the subject, so that all of the turn replies."""
    found = turns(document)
    at = found.index(turn)
    before = sentences(document.text, found[at - 1].words) if at else []
    asked = before[-1].of(document.text) if before else ""
    return is_question(asked) and names.is_in(asked)
