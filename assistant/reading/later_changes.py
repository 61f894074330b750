"""Find what changed a quoted statement later: a rule that was lifted, a figure that was corrected."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.bodies import is_of_one_body
from assistant.minutes.outcomes import kind_of, names_proposal, proposes
from assistant.query import Query
from assistant.reading.adjacent import beside_evidence, is_yes_or_no
from assistant.reading.question_words import asking_stems
from assistant.retrieval.context import is_question
from assistant.retrieval.evidence import Evidence
from corpus.document import Document, Kind
from corpus.kept import kept_by_object
from corpus.language.figures import NUMBERS
from corpus.language.minutes_words import says
from corpus.language.tokens import content_words, fold_text, stem, stems
from corpus.passages import Passage, split
from corpus.span import Span
from corpus.speech import speech_at
from index.snapshot import Snapshot

# Cited sentences that are followed up, the most records that are read for it, and characters of one.
_MOST_CITED, _MOST_RECORDS, _LONGEST = 3, 60, 400_000
# Records whose sentences that may change another are kept.
_MOST_KEPT = 256
# Sentences that change one, at most.
_MOST_CHANGES = 2
# Least share of the words of the question in a cited sentence that a later one has, with its heading.
_LEAST_SHARED = 0.5
# Characters behind a figure in which a speaker may correct it without a word of its subject.
_NEAR = 600
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_FIGURE = re.compile(rf"\d[\d.,]*\d|\d|\b(?:{'|'.join(NUMBERS[2:])}|{_TENS})(?:-\w+)?\b")
_INSTEAD = "not|instead of|rather than|statt|und nicht|non pas|et non|en lugar de|y no"
_NOT = rf"\b(?:{_INSTEAD})\s+(?:the |about |at |by |in )?\W?"
_GOES_ON = re.compile(
    r"^\W*(?:so|thus|hence|therefore|it should|the (?:true|correct|right)|also|donc|daher|por tanto)\b", re.IGNORECASE
)
_NOW_HOLDS = re.compile(r"\b(?:instead|after all|stattdessen|à la place|en su lugar)\b|代わりに", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of a record with the one behind it, its folded words, and what they say themselves."""

    passage: Passage
    span: Span
    next: Span | None
    folded: str
    is_corrected: bool
    is_lifted: bool

    @property
    def words(self) -> str:
        return self.span.of(self.passage.document.text)


def with_later_changes(query: Query, cited: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """Return cited sentences, and behind them those that lift, reverse or correct what they say.

    Args:
        query: the question; one that names a time or a version gets what was said then alone.
        cited: the sentences, best first.
        snapshot: the snapshot of the library that they are from.
    """
    found = list(cited)
    if query.filters or query.speaker or query.sides:
        return found
    asked = {stem(w) for w in content_words(query.latest_text)} - asking_stems()
    is_decided = is_yes_or_no(query.latest_text)
    for evidence in cited[:_MOST_CITED]:
        held = asked & set(stems(evidence.quote))
        for place in islice(_changes(evidence, held, snapshot.documents, is_decided), _MOST_CHANGES) if held else ():
            spans = [place.span]
            if place.next and _goes_on(place.next.of(place.passage.document.text)):
                spans.append(place.next)
            for span in spans:
                new = beside_evidence(evidence, place.passage, span)
                if not any(e.document.id == new.document.id and e.span.overlaps(span) for e in found):
                    found.append(new)
    return found


def _changes(
    evidence: Evidence, held: set[str], documents: Sequence[Document], with_decisions: bool
) -> Iterator[_Place]:
    """Yield the sentences that change what a cited one says: behind it, and in later records of its body.

    Args:
        evidence: the sentence.
        held: the words of the question that it has.
        documents: all records.
        with_decisions: True to take a later decision on what the sentence proposes, too.
    """
    denied = [
        re.compile(_NOT + re.escape(f) + r"(?![\d.,]*\d)", re.I) for f in _FIGURE.findall(fold_text(evidence.quote))
    ]
    own = evidence.document
    words = evidence.quote
    is_open = with_decisions and (proposes(words) or names_proposal(words) or kind_of(words) == "deferred")
    later = [d for d in documents if d.id != own.id and _is_later(d, own)][:_MOST_RECORDS]
    for document in (own, *later):
        if len(document.text) > _LONGEST:
            continue
        for place in _places(document):
            is_later_mail = document.id == own.id and _is_later_mail(own, place.span, evidence.span)
            if document.id == own.id and place.span.start <= evidence.span.end and not is_later_mail:
                continue
            is_denied = any(pattern.search(place.folded) for pattern in denied)
            is_lifted = (document.id != own.id or is_later_mail) and place.is_lifted
            is_lifted |= is_open and document.id != own.id and kind_of(place.words) is not None
            if not (is_denied or place.is_corrected or is_lifted) or is_question(place.words):
                continue
            near = is_denied and document.id == own.id and place.span.start - evidence.span.end <= _NEAR
            there = held & set(stems(place.words))
            around = held & set(stems(" ".join((place.words, *place.passage.headings))))
            if near or (there and len(around) >= _LEAST_SHARED * len(held)):
                yield place


def _goes_on(sentence: str) -> bool:
    """Return True if a sentence tells what holds now: "So it is ten.", "We meet on Friday instead."."""
    return bool(_GOES_ON.match(sentence) or _NOW_HOLDS.search(sentence))


def _is_later_mail(document: Document, span: Span, other: Span) -> bool:
    """Return True if words of a thread were sent on a later day than others: a newer mail stands above an older one."""
    mails = speech_at(document, span), speech_at(document, other)
    days = [mail.sent for mail in mails if mail and mail.sent]
    return len(days) == len(mails) and days[0] > days[1]


def _is_later(document: Document, other: Document) -> bool:
    """Return True for a record of the same body on a later day."""
    days = document.meeting.first_day, other.meeting.first_day
    if days[0] is None or days[1] is None or days[0] <= days[1]:
        return False
    return is_of_one_body(document, other)


@kept_by_object(_MOST_KEPT)
def _places(document: Document) -> list[_Place]:
    """Return the sentences of a record with a word that may change another."""
    return list(_find_places(document))


def _find_places(document: Document) -> Iterator[_Place]:
    for passage in split(document, len(document.text) + 1):
        if passage.kind not in (Kind.BODY, Kind.LIST_ITEM):
            continue
        folded = fold_text(passage.words_text)
        changes = says("change", "corrected", folded) or says("change", "lifted", folded) or re.search(_NOT, folded)
        if not (changes or kind_of(folded)):
            continue
        spans = passage.sentences()
        for span, after in zip(spans, [*spans[1:], None], strict=True):
            words = fold_text(span.of(document.text))
            is_corrected, is_lifted = says("change", "corrected", words), says("change", "lifted", words)
            yield _Place(passage, span, after, words, is_corrected, is_lifted)
