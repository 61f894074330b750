"""Select the evidence of the current state: what the newest record of each meeting, or of each body, says of it."""

from collections.abc import Iterable, Sequence

from assistant.bodies import first_of_each_body, is_of_one_body
from assistant.minutes.outcomes import kind_of, names_proposal, proposes
from assistant.query import Query
from assistant.reading.further import best_of_each_meeting, fitting
from assistant.reading.question_words import asking_stems
from assistant.retrieval.evidence import Evidence
from assistant.understanding.recency import asks_for_news, names_next_meeting, without_newest_words
from corpus.document import Document
from corpus.language.minutes_words import says
from corpus.language.sentences import sentences
from corpus.language.tokens import content_words, fold_text, stem, stems
from corpus.language.word_lists import word_list
from corpus.span import Span

# Characters behind a proposal in which a record tells its outcome, and the sentences read there.
_BEHIND = 500
_SENTENCES = 3
# Least share of the most words of the question that what stands beside a proposal must have, to be taken for the state.
_SETTLED = 0.5
# Least share of the best sentence's words of the question in a newer one, where the latest on something is asked.
_NEWS = 0.4
# Words of a subject of which a sentence may lack one.
_MANY_WORDS = 3
# Most bodies whose next meeting is quoted.
_BODIES = 12


def newest_of_each_meeting(
    query: Query, evidence: Sequence[Evidence], rest: Iterable[Evidence], most: int, margin: float
) -> list[Evidence]:
    """Return the best sentence of each of the newest meetings that speak of the subject, the newest first.

    Args:
        query: the question; one for the next meeting of no body gets the newest record of each body.
        evidence: sentences, best first; at least one.
        rest: further sentences, best first.
        most: the most meetings.
        margin: most that the score of a sentence is below the best, unless it holds as much of the question.
    """
    others = list(rest)
    if not _proposes(query.latest_text):
        settled = [e for e in evidence if not _is_open_or_rejected(e)]
        least = _SETTLED * max(e.term_overlap for e in evidence)
        if any(_is_statement(e) and e.term_overlap >= least for e in settled):
            evidence, others = settled, [e for e in others if not _is_open_or_rejected(e)]
    if names_next_meeting(query.latest_text):
        named = [e for e in evidence if names_next_meeting(e.words_read) and (_is_statement(e) or _has_figure(e))]
        named = [e for e in named if _has_figure(e)] or named
        if named:
            evidence, others = named, [e for e in others if names_next_meeting(e.words_read) and _has_figure(e)]
    subject = _subject(query)
    best = next(filter(_is_statement, evidence), evidence[0])
    fit = fitting(best, (*evidence, *others))
    fit += [e for e in (*evidence, *others) if e not in fit and _states_as_much(e, best, subject)]
    fit += [e for e in (*evidence, *others) if e not in fit and _is_newer_state(query, e, best, subject)]
    near = [e for e in evidence if e in fit or (e.score >= best.score - margin and _is_statement(e))]
    found = [*near, *(e for e in fit if e not in near)]
    if _has_figure(best) and not any(_keeps_state(e, subject) for e in fit):
        # "Remains unchanged" with all words of the subject says more than another figure under its heading.
        found.sort(key=lambda e: (not (e is best or _names_all(e, subject)), not _states_as_much(e, best, subject)))
    first = best_of_each_meeting(found, len(found))
    dated = [e for e in first if _day(e)]
    if not first:
        return [best]
    newest = sorted(dated, key=_day, reverse=True) + [e for e in first if not _day(e)]
    if not asks_each_body(query, [e.document for e in newest]):
        return newest[:most]
    bodies = first_of_each_body(e.document for e in newest)
    return [e for e in newest if e.document in bodies][:_BODIES]


def asks_each_body(query: Query, documents: Iterable[Document]) -> bool:
    """Return True if a question asks for the next meeting and names none of the bodies that some records are of."""
    titles = {word for d in documents for word in stems(f"{d.title} {d.meeting.name or ''}")}
    return names_next_meeting(query.latest_text) and not _subject(query) & titles


def _subject(query: Query) -> set[str]:
    """Return the stems of the words of a question that name its subject, without those for the newest state."""
    words = content_words(without_newest_words(query.latest_text))
    nouns = word_list("record_nouns.txt") if names_next_meeting(query.latest_text) else frozenset()
    return {stem(w) for w in words if w not in nouns} - asking_stems()


def _is_newer_state(query: Query, evidence: Evidence, best: Evidence, subject: set[str]) -> bool:
    """Return True if a newer sentence says that all stays as it was, or has a word of what the latest is asked on."""
    if (
        _day(evidence) <= _day(best)
        or not _is_statement(evidence)
        or not is_of_one_body(evidence.document, best.document)
    ):
        return False
    if _keeps_state(evidence, subject):
        return _SETTLED * _held(best, subject) <= len(subject & set(stems(evidence.words_read)))
    return asks_for_news(query.latest_text) and evidence.term_overlap >= _NEWS * best.term_overlap


def _keeps_state(evidence: Evidence, subject: set[str]) -> bool:
    """Return True if a sentence with a word of the subject says that it stays as it was."""
    return says("change", "kept", fold_text(evidence.words_read)) and bool(subject & set(stems(evidence.words_read)))


def _states_as_much(evidence: Evidence, best: Evidence, subject: set[str]) -> bool:
    """Return True if a sentence under its headings names as much of the subject as the best one, with a figure."""
    own = set(stems(evidence.words_read)) & subject
    is_own = bool(own - set(stems(evidence.document.title)) or (own and own == subject))
    has_value = _has_figure(evidence) or not _has_figure(best)
    most = _held(best, subject)
    least = most - 1 if most >= _MANY_WORDS else most
    return _is_statement(evidence) and is_own and has_value and _held(evidence, subject) >= least


def _names_all(evidence: Evidence, subject: set[str]) -> bool:
    """Return True if a sentence itself has every word of the subject."""
    return bool(subject) and _is_statement(evidence) and subject <= set(stems(evidence.words_read))


def _held(evidence: Evidence, subject: set[str]) -> int:
    """Return the number of words of the subject in a sentence, its headings and the title of its record."""
    words = (evidence.document.title, *evidence.passage.headings, evidence.words_read)
    return len(subject & set(stems(" ".join(words))))


def _is_statement(evidence: Evidence) -> bool:
    """Return True for what is no label; a Japanese sentence has no spaces, so that its length tells nothing."""
    return not evidence.is_label or evidence.quote.endswith("。")


def _has_figure(evidence: Evidence) -> bool:
    return any(c.isdigit() for c in evidence.words_read)


def _is_open_or_rejected(evidence: Evidence) -> bool:
    """Return True for a proposal that the record does not call adopted, and for the sentence that rejects it."""
    text, words = evidence.document.text, evidence.words_read
    if kind := kind_of(words):
        return kind in ("rejected", "withdrawn")
    if not (proposes(words) or names_proposal(words)):
        return False
    start, end = evidence.span.end, min(len(text), evidence.span.end + _BEHIND)
    behind = sentences(text, Span(start, end)) if start < end else []
    kinds = [kind_of(s.of(text)) for s in behind[:_SENTENCES]]
    return next(filter(None, kinds), "rejected") in ("rejected", "withdrawn")


def _proposes(question: str) -> bool:
    """Return True if a question asks for proposals or for what became of one."""
    return proposes(question) or kind_of(question) is not None or bool({"propos", "motion"} & set(stems(question)))


def _day(evidence: Evidence) -> str:
    day = evidence.document.meeting.first_day or evidence.document.published
    return day.isoformat() if day else ""
