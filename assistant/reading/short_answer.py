"""Find the short answer in the cited sentences: the name, date, place or number that alone answers the question.

A wrong short answer is worse than none, so all tests must pass: the sentence has all words of the question, exactly one
candidate has the expected role, and no other name or date is between it and these words.
"""

import re
from collections.abc import Sequence

from assistant.answer import ShortAnswer
from assistant.citations.citation import Citation
from assistant.query import Intent, Query
from assistant.reading.answer_spans import Offsets, candidates, has_relative_time
from assistant.reading.back_references import begins_with_reference
from assistant.reading.word_order import SharedWord, has_expected_role
from assistant.understanding.answer_type import AnswerType, ExpectedAnswer
from corpus.facts import facts_text
from corpus.language.countries import also_called
from corpus.language.dates import YEAR
from corpus.language.english import HONORIFIC
from corpus.language.names import proper_names
from corpus.language.sentences import sentences
from corpus.language.tokens import content_words, stem, stems
from corpus.language.word_lists import word_sets
from corpus.span import Span

_SYNONYMS = {stem(word): frozenset(map(stem, verbs)) for verbs in word_sets("same_verbs.txt") for word in verbs}
_HAPPENS = frozenset(stem(word) for word in "hold held happen occur begin start finish end".split())
_FILLERS = frozenset("please exactly actually tell".split())
_NOT = re.compile(r"\b(?:not|never|without|instead|except|cannot|neither|nor|unable)\b|n['’]t\b", re.IGNORECASE)
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_HONORIFIC = re.compile(rf"\b(?:H\.E|{HONORIFIC})\.")
_WORD = re.compile(r"[^\W_]+")


def short_answer(query: Query, citations: Sequence[Citation]) -> ShortAnswer | None:
    """Return the words of one citation that answer the question; None where there is doubt.

    Args:
        query: the question; a list, a comparison and a follow-up have no short answer.
        citations: the citations of the answer, best first.
    """
    expected = query.answer.fact
    if not expected or query.latest or query.intent in (Intent.LIST, Intent.COMPARISON):
        return None
    if citations and begins_with_reference(citations[0].quote) and not _answer_span(expected, citations[0]):
        return None  # "The Institute will write it. Its author is Ada Bo.": the sentence before has another one's name
    answers = [ShortAnswer(citation, span) for citation in citations if (span := _answer_span(expected, citation))]
    words = [set(stems(answer.words)) for answer in answers]
    agree = all(a <= b or b <= a for a in words for b in words)
    return answers[0] if answers and agree else None


def _answer_span(expected: ExpectedAnswer, citation: Citation) -> Span | None:
    """Return the span of the short answer in a citation; None unless there is exactly one."""
    text = citation.document.text
    context = set(stems(_context(citation)))
    spans = [
        Span(part.start + start, part.start + end)
        for part in sentences(text, citation.span)
        for start, end in _answers_in_sentence(expected, part.of(text), context, citation)
    ]
    return spans[0] if len(spans) == 1 else None


def _context(citation: Citation) -> str:
    """Return the words that a sentence need not repeat: headings, label of its item, title and facts of its record."""
    document = citation.document
    first = citation.quote.partition("\n")[0].rstrip()
    label = "" if first.endswith((".", "!", "?")) or first == citation.quote else first
    return " ".join((document.title, facts_text(document), *citation.section, label))


def _answers_in_sentence(expected: ExpectedAnswer, text: str, context: set[str], citation: Citation) -> list[Offsets]:
    """Return the candidates in a sentence that pass all tests."""
    is_date_line = _is_date_line(expected, citation)
    shared = _shared_words(expected, text, context | (_HAPPENS if is_date_line else set()))
    if shared is None or bool(_NOT.search(text)) != bool(_NOT.search(expected.rest)):
        return []
    if not is_date_line and len(shared) < min(2, len(content_words(expected.rest))):
        return []
    if _YEAR.search(expected.rest) and (_other_year(expected.rest, text) or has_relative_time(text)):
        return []
    question = set(stems(expected.rest))
    new = [place for place in candidates(expected, text) if not set(stems(text[slice(*place)])) <= question]
    if expected.kind not in (AnswerType.WHO, AnswerType.COUNTRY) and len(new) != 1:
        return []
    fitting = new if is_date_line else [place for place in new if has_expected_role(expected, text, place, shared)]
    return [place for place in fitting if not _has_other_name(text, place, shared, context | question)]


def _other_year(question: str, text: str) -> bool:
    """Return True if a sentence has years, and none of those in the question."""
    of_question, of_sentence = set(_YEAR.findall(question)), set(_YEAR.findall(text))
    return bool(of_question and of_sentence) and not of_question & of_sentence


def _is_date_line(expected: ExpectedAnswer, citation: Citation) -> bool:
    """Return True if the citation is the date under a heading such as "1. Date"."""
    above = set(stems(citation.section[-1])) if citation.section else set()
    return (
        expected.kind in (AnswerType.WHEN, AnswerType.HOUR, AnswerType.MODE)
        and bool(above & {"date", "time"})
        and len(above) <= 3
    )


def _shared_words(expected: ExpectedAnswer, text: str, context: set[str]) -> list[SharedWord] | None:
    """Return the words of the question in a sentence; None if one is neither there nor in its context."""
    by_stem: dict[str, list[Offsets]] = {}
    for match in _WORD.finditer(text):
        by_stem.setdefault(stem(match.group().casefold()), []).append(match.span())
    shared = []
    for word in content_words(expected.rest):
        forms = _SYNONYMS.get(stem(word), frozenset()) | {stem(word)}
        forms |= {s for name in also_called(word) if " " not in name for s in stems(name)}
        if places := [place for form in forms for place in by_stem.get(form, [])]:
            shared.append(SharedWord(word, tuple(sorted(places)), bool(forms & context)))
        elif not (forms & context or word in _FILLERS):
            return None
    return shared


def _has_other_name(text: str, place: Offsets, shared: Sequence[SharedWord], known: set[str]) -> bool:
    """Return True if an unknown name is between the candidate and the nearest shared words."""
    nearest = [min(word.offsets, key=lambda p: abs(p[0] - place[0])) for word in shared]
    start = min((place[0], *(p[0] for p in nearest)))
    end = max((place[1], *(p[1] for p in nearest)))
    for name in proper_names(text):
        inside = start <= name.start and name.end <= end
        apart = name.end <= place[0] or place[1] <= name.start
        is_its_city = text[name.end : place[0]].strip() == ","
        if inside and apart and not is_its_city and not _is_known(text[name.start : name.end], known):
            return True
    return False


def _is_known(name: str, known: set[str]) -> bool:
    """Return True if question or context have the name without its title, or its short form in brackets."""
    long, _, short = name.partition("(")
    bare = _HONORIFIC.sub("", long.partition(",")[0])
    return any(words and words <= known for words in (set(stems(bare)), set(stems(short))))
