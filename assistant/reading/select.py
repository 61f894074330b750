"""Select which of the scored sentences an answer cites, by the kind of question: a fact, a list or a comparison."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.query import Intent, Query
from assistant.reading.adjacent import with_adjacent
from assistant.reading.comparison import each_side
from assistant.reading.contacts import with_contact_lines
from assistant.reading.further import best_of_each_meeting, fitting, is_topic_alone, near_first, not_cited
from assistant.reading.later_changes import with_later_changes
from assistant.reading.lists.announced import with_announced_lists
from assistant.reading.lists.choice import choose_lists
from assistant.reading.lists.count import count_listed
from assistant.reading.lists.enumerations import with_enumerations
from assistant.reading.lists.find import announcement
from assistant.reading.lists.question import ChosenList
from assistant.reading.newest import newest_of_each_meeting
from assistant.reading.own_section import with_own_sections
from assistant.reading.same_subject import with_same_subject
from assistant.reading.selection_limits import SelectionLimits
from assistant.retrieval.deduplicate import distinct_quotations
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.speaker_words import Subject, points_back, with_what_hangs_on
from assistant.wording import say
from corpus.document import Kind
from corpus.language.identify import LANGUAGES
from corpus.passages import Passage
from corpus.span import Span
from corpus.speech import speeches_at, without_label
from corpus.transcript import turn_at
from index.snapshot import Snapshot

# Number of the best sentences that may belong to the list that a question asks for.
_POINTERS = 3
# Least share of the question that another sentence of a speaker holds, of that of the best one.
_NEAR_CONTEXT = 0.6
# Least probability by the ranker of a cited sentence, as a share of that of the best one.
_LEAST_PROBABILITY = 0.2
# "9. ", and the sentences of a numbered paragraph that is no item of a list.
_NUMBER = re.compile(r"\d{1,3}[.)]?\s*$")
_SEVERAL = 3
# The same for the best sentence of another speaker.
_SOME_CONTEXT = 0.3


@dataclass(frozen=True, slots=True)
class SelectedEvidence:
    """The evidence of an answer.

    Attributes:
        cited: the evidence to cite, best first.
        notes: what the reader must know about it, such as the items that are left out.
        more: the next sentences that fit, best first; they are shown on request.
        listed: the number of what lists name, for a question for a number; see `assistant.reading.lists.count`.
    """

    cited: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()
    more: tuple[Evidence, ...] = ()
    listed: str = ""


def select_evidence(
    query: Query,
    evidence: Sequence[Evidence],
    snapshot: Snapshot,
    limits: SelectionLimits = SelectionLimits(),
    unread: Sequence[Evidence] = (),
) -> SelectedEvidence:
    """Select the evidence to cite.

    Args:
        query: the question.
        evidence: sentences, best first.
        snapshot: the snapshot of the library that they are from.
        limits: the limits on number and score.
        unread: further sentences, best first, which no ranker read.
    """
    if not evidence:
        return SelectedEvidence(())
    chosen = _select(query, evidence, snapshot, limits, unread)
    whole = with_announced_lists(query, chosen.cited, snapshot, limits.citations_list)
    found = with_enumerations(with_same_subject(query, whole, snapshot), snapshot)
    changed = with_later_changes(query, found, snapshot)
    completed = with_contact_lines(query, with_adjacent(query, changed), snapshot)
    kept = [e for e in completed if not query.leaves_out(e.quote)]
    cited = _whole_turns(query, kept, limits, _subject(query, snapshot))
    return replace(chosen, cited=tuple(cited), more=tuple(map(_without_label, chosen.more)))


def _select(
    query: Query,
    evidence: Sequence[Evidence],
    snapshot: Snapshot,
    limits: SelectionLimits,
    unread: Sequence[Evidence],
) -> SelectedEvidence:
    """Select the sentences, those of a turn with its label."""
    near = _close_to_best(evidence, _POINTERS, limits.margin)
    if lists := choose_lists(query, snapshot, near, evidence):
        found = _of_lists(query, lists, evidence, limits)
        found = replace(found, cited=(*_beside_list(query, evidence, found.cited), *found.cited))
        return found if found.notes else replace(found, listed=count_listed(query.latest_text, lists))
    if query.sides:
        chosen, notes = each_side(query, evidence, limits.citations_comparison, limits.margin)
        return SelectedEvidence(tuple(_whole_items(chosen, limits)), notes)
    if query.intent is Intent.COMPARISON:
        chosen = _of_several_records(evidence, limits)
        return SelectedEvidence(tuple(distinct_quotations(_whole_items(chosen, limits), query)))
    chosen = _of_speakers(query, evidence, limits, _subject(query, snapshot)) or _close_to_best(
        evidence, limits.citations, limits.margin
    )
    if query.newest_first and not query.speaker:
        own, rest = ([e for e in some if _is_in_language_of(query, e)] for some in (evidence, unread))
        read, further = (own, rest) if own else (evidence, unread)
        chosen = newest_of_each_meeting(query, read, further, limits.citations, limits.side_margin)
        return SelectedEvidence(tuple(distinct_quotations(_whole_items(chosen, limits), query)))
    if chosen[0].replies:
        chosen = [e for e in chosen if e.replies]
    fit = fitting(evidence[0], (*evidence, *unread)) if is_topic_alone(query) else []
    meetings = [] if query.speaker else best_of_each_meeting(near_first(fit), limits.citations_meetings)
    best = meetings if len(meetings) > 1 else chosen
    cited = with_own_sections(query, distinct_quotations(_whole_items(best, limits), query), snapshot)
    more = not_cited(fit, cited, limits.more)
    total = len(cited) + len(more)
    note = say(query.reply_language, "some_fit", len(cited), total=total) if more else ""
    return SelectedEvidence(tuple(cited), (note,) if note else (), tuple(more))


def _beside_list(query: Query, evidence: Sequence[Evidence], items: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences of a speaker that fit the question and are in none of the speaker's lists."""
    if not query.speaker:
        return []
    fit = [e for e in evidence if e.term_overlap > 0 and e.span != announcement(e.passage)]
    return [
        e for e in fit if not any(e.document.id == i.document.id and e.span.overlaps(i.passage.span) for i in items)
    ]


def _subject(query: Query, snapshot: Snapshot) -> Subject | None:
    """Return the subject of a question for what somebody said; None for another question, or one without a subject."""
    if not query.speaker:
        return None
    subject = Subject(QueryTerms(query.keywords, snapshot), query.keywords)
    return subject if subject.words else None


def _of_speakers(
    query: Query, evidence: Sequence[Evidence], limits: SelectionLimits, subject: Subject | None
) -> list[Evidence]:
    """Return the best sentences of each speaker that the question names; none if it names nobody.

    Of a talk, all sentences are returned that name the subject. A speaker says more of other things: what holds much
    less of the question than the best sentence is left out.
    """
    if not query.speaker:
        return []
    most = max(evidence, key=lambda e: e.context_overlap)
    least = most.ranker_probability or 1.0
    fit = [
        e
        for e in evidence
        if e.context_overlap >= _NEAR_CONTEXT * most.context_overlap or (e.ranker_probability or 0.0) > least
    ]
    chosen = _close_to_best(fit, limits.citations, limits.margin)
    if subject:
        near = [e for e in evidence if not e.is_label and (e in fit or not subject.is_in(e.quote))]
        chosen += [e for e in near if e not in chosen and _is_talk_on(subject, e)]
    chosen = chosen[: limits.citations_speaker]
    named = {name for e in chosen for name in _speakers(e)}
    for e in evidence:
        new = _speakers(e) - named if e.context_overlap >= _SOME_CONTEXT * most.context_overlap else set()
        if new and e.score >= fit[0].score - limits.speaker_margin:
            named |= new
            chosen.append(e)
    return chosen


def _is_talk_on(subject: Subject, evidence: Evidence) -> bool:
    """Return True if a sentence of talk names the subject, or replies to words that do and points back to them."""
    if turn_at(evidence.document, evidence.span.start) is None:
        return False
    return subject.is_in(evidence.quote) or (evidence.term_overlap > 0 and points_back(evidence.quote))


def _is_in_language_of(query: Query, evidence: Evidence) -> bool:
    """Return True if a record is in the language of a question that is in neither English nor Japanese."""
    return query.language is not None and LANGUAGES.get(evidence.document.language or "") == query.language


def _speakers(evidence: Evidence) -> set[str]:
    return {speech.name for speech in speeches_at(evidence.document, evidence.span)}


def _without_label(evidence: Evidence) -> Evidence:
    """Return a sentence without the name and time of its speaker, which the citation states."""
    return replace(evidence, span=without_label(evidence.document, evidence.span))


def _whole_turns(
    query: Query, cited: Sequence[Evidence], limits: SelectionLimits, subject: Subject | None
) -> list[Evidence]:
    """Return the sentences without labels of turns, those of a speaker who is asked for with what hangs on them.

    Without a subject, a short turn is returned as a whole.
    """
    whole: list[Evidence] = []
    for e in map(_without_label, cited):
        turn = turn_at(e.document, e.span.start) if query.filters.speakers else None
        if turn and (subject or len(turn.words) <= limits.turn_characters) and turn.words.overlaps(e.passage.span):
            words = with_what_hangs_on(e.document, e.span, turn, subject) if subject else turn.words
            first, last = max(words.start, e.passage.span.start), min(words.end, e.passage.span.end)
            e = replace(e, span=Span(first, last))
        at = next((n for n, o in enumerate(whole) if o.document.id == e.document.id and o.span.overlaps(e.span)), None)
        if at is None:
            whole.append(e)
        elif turn:
            first, last = min(whole[at].span.start, e.span.start), max(whole[at].span.end, e.span.end)
            whole[at] = replace(whole[at], span=Span(first, last))
    return whole


def _of_lists(
    query: Query, lists: Sequence[ChosenList], evidence: Sequence[Evidence], limits: SelectionLimits
) -> SelectedEvidence:
    """Return the items of lists as evidence, and a note that counts those beyond the limit."""
    by_document = {e.document.id: e for e in reversed(evidence)}
    items = [item for one in lists for item in one.items]
    found = tuple(
        replace(by_document[item.passage.document.id], passage=item.passage, span=item.span, also_in=())
        for item in items[: limits.citations_list + limits.more]
    )
    cited, more = found[: limits.citations_list], found[limits.citations_list :]
    left = len(items) - len(cited)
    note = say(query.reply_language, "some_items", left, cited=len(cited), total=len(items))
    return SelectedEvidence(cited, (note,) if left else (), more)


def _close_to_best(evidence: Sequence[Evidence], most: int, margin: float) -> list[Evidence]:
    """Return the best sentences, without those that the ranker finds much less likely to answer than the first one."""
    near = [e for e in evidence[:most] if e.score >= evidence[0].score - margin]
    least = _LEAST_PROBABILITY * (evidence[0].ranker_probability or 0.0) if evidence else 0.0
    return [e for e in near if e.ranker_probability is None or e.ranker_probability >= least]


def _whole_items(chosen: Sequence[Evidence], limits: SelectionLimits) -> list[Evidence]:
    """Return the evidence with short list items as a whole instead of one of their sentences."""
    selected: list[Evidence] = []
    for evidence in chosen:
        words, passage = evidence.passage.words, evidence.passage
        is_item = passage.kind is Kind.LIST_ITEM and len(words) <= limits.item_characters and not _is_numbered(passage)
        whole = replace(evidence, span=evidence.passage.words) if is_item else evidence
        if not any(e.passage.document == whole.passage.document and e.span.overlaps(whole.span) for e in selected):
            selected.append(whole)
    return selected


def _is_numbered(passage: Passage) -> bool:
    """Return True for a numbered paragraph of several sentences, as minutes have, each of which stands alone."""
    marker = passage.document.text[passage.span.start : passage.words.start]
    return bool(_NUMBER.match(marker)) and len(passage.sentences()) >= _SEVERAL


def _of_several_records(evidence: Sequence[Evidence], limits: SelectionLimits) -> list[Evidence]:
    """Return the best of all, and the best of other records near it."""
    chosen = _close_to_best(evidence, limits.citations, limits.margin)
    seen = {e.passage.document.id for e in chosen}
    least = evidence[0].score - limits.side_margin
    for candidate in evidence:
        document = candidate.passage.document.id
        if candidate.score >= least and document not in seen and len(chosen) < limits.citations_comparison:
            seen.add(document)
            chosen.append(candidate)
    return chosen
