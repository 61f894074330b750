"""State who said what a question describes: "Who said that the quay is too short?"."""

import re
from collections.abc import Sequence
from functools import cache

from assistant.answer import Statement
from assistant.citations.citation import Citation
from assistant.query import Query
from assistant.reading.question_words import saying_stems
from assistant.retrieval.evidence import Evidence
from assistant.understanding.speakers.speech_words import asks_who_said, is_speech_word
from assistant.wording import join_words, say
from corpus.language.persons import persons
from corpus.language.tokens import folded_words, stem, stems
from corpus.language.word_lists import word_list, word_sets
from corpus.speech import Speech, name_words, speeches_in

# Least share of the question's weighted words in the sentence, and what one of several sentences holds of the best.
_LEAST_OVERLAP = 0.5
_NEAR_OVERLAP = 0.9
_FIRST_PERSON = word_list("first_persons.txt")
_CLAUSES = re.compile(r";|(?<=[.?!])\s+")
# The line of the verbs of objection in stance_verbs.txt.
_OBJECTS = 1
_WHO = re.compile(r"\W*(?:(?:and|so|but)\s+)?who\s+(?:(?:first|also|then|\w+ly)\s+)?(\w+)", re.IGNORECASE)


def label_notes(citations: Sequence[Citation], language: str) -> list[str]:
    """Return a note for each label without a name whose person the reply names, with the words that say so."""
    said = (citation.speaker for citation in citations)
    linked = (s for s in said if s and s.stated)
    notes = (say(language, "label_of", label=s.speaker, person=s.person, words=s.stated) for s in linked)
    return list(dict.fromkeys(notes))


def names_nobody(query: Query, citations: Sequence[Citation]) -> bool:
    """Return True if a question such as "Who proposed a pier?" is answered by words that name no person."""
    verb = _WHO.match(query.latest_text)
    if not verb or not is_speech_word(verb[1].casefold()):
        return False
    return not any(citation.speaker or any(p.is_titled for p in persons(citation.quote)) for citation in citations)


def who_said(query: Query, cited: Sequence[Evidence], citations: Sequence[Citation]) -> list[Statement]:
    """Return a line with the speaker of the cited words; none if the question asks for something else.

    Args:
        query: the question.
        cited: the cited evidence, best first.
        citations: its citations, in the same order.
    """
    if not asks_who_said(query.latest_text) or not cited:
        return []
    best = max(e.term_overlap for e in cited)
    if best < _LEAST_OVERLAP:
        return []
    near = [c for e, c in zip(cited, citations, strict=True) if e.term_overlap >= _NEAR_OVERLAP * best]
    question = query.latest_text
    said = {
        c: speech
        for c in near
        if (speech := _speech(c, question))
        and _has_stance(c, question)
        and not _tells_of_other_act(c, speech, question)
    }
    names = {speech.name: speech.shown for speech in said.values()}
    return [Statement(join_words(list(names.values()), "and"), tuple(said))] if said else []


def _clause(citation: Citation, question: str) -> str:
    """Return the sentence or the part of one with most words of the question."""
    asked = set(stems(question))
    return max(_CLAUSES.split(citation.quote), key=lambda clause: len(asked & set(stems(clause))))


def _speech(citation: Citation, question: str) -> Speech | None:
    """Return who says the words; of several the one whose name is in the clause that has most words of the question."""
    found = speeches_in(citation.document, citation.span)
    in_clause = {*name_words(_clause(citation, question))} if len(found) > 1 else set()
    return next((s for s in found if {*name_words(s.speaker)} & in_clause), next(iter(found), None))


def _tells_of_other_act(citation: Citation, speech: Speech, question: str) -> bool:
    """Return True if the asked verb stands in the words with another subject than the speaker.

    "Ms. Bo said that the town proposed a pier" and "Ada Bo: The town proposed a pier" do not make Bo propose it. Verbs
    such as "say" ask for the speaker of any words.
    """
    asked = _WHO.match(question)
    verb = stem(asked[1].casefold()) if asked else ""
    clause = _clause(citation, question)
    words = folded_words(clause)
    acts = [at for at, word in enumerate(words) if stem(word) == verb]
    if not acts or verb in saying_stems():
        return False
    if not speech.is_reported:
        return _FIRST_PERSON.isdisjoint(words[: acts[0]])
    names = {*name_words(speech.speaker)}
    behind = next((at for at, word in enumerate(words) if word in names), -1)
    said = (at for at, word in enumerate(words) if at > behind and is_speech_word(word))
    return next(said, acts[0]) not in acts


def _has_stance(citation: Citation, question: str) -> bool:
    """Return False if the verb of the words excludes that of the question: "objected" where "proposed" is asked.

    Who objects is told by such a verb alone: most of what is said of a subject is no objection to it.
    """
    asked, there = (_stances(text) for text in (question, _clause(citation, question)))
    return not asked or bool(asked & there) or not (there or _OBJECTS in asked)


def _stances(text: str) -> set[int]:
    words = set(stems(text))
    return {number for number, verbs in enumerate(_stance_stems()) if verbs & words}


@cache
def _stance_stems() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(stem, verbs)) for verbs in word_sets("stance_verbs.txt"))
