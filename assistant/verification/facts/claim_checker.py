"""Find the records that the sentences of a report are about, and check what they state outside quotations."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from assistant.verification.attribution import Attribution, towns_of
from assistant.verification.facts.claim import Claim, StatingSentence
from assistant.verification.facts.claims import claims
from assistant.verification.facts.named_sources import named_sources, without_source
from assistant.verification.facts.people.stated_roles import stated_roles, without_named
from assistant.verification.facts.record_sentences import NearSentence, RecordSentences, keys_of
from assistant.verification.facts.values import is_fact, occurs, values_of
from assistant.verification.findings import Finding
from assistant.verification.quotations import unquoted_text
from assistant.verification.readers.report import Paragraph
from assistant.verification.report_attributions import ReportAttributions
from corpus.document import Document
from corpus.language.dates import find_dates
from corpus.span import Span

# Words of a sentence that a record has where the sentence goes on about it.
_SHARED = 2
# A citation beside a quotation, whose names and dates are no claims.
_BRACKETED = re.compile(r"\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\]")


class ClaimChecker:
    """Checks figures, dates and names of reports against one set of records."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents

    def check(
        self,
        number: int,
        paragraph: Paragraph,
        found: Sequence[Finding],
        sentences: Sequence[Span],
        attributions: ReportAttributions,
    ) -> Iterator[Claim]:
        """Check what the sentences of a paragraph state outside quotations about the records that they are about.

        Args:
            number: the index of the paragraph.
            paragraph: the paragraph.
            found: the findings on its quotations, in their order.
            sentences: its sentences.
            attributions: the citations of the report.
        """
        if not paragraph.text or any(finding.quotation.is_block for finding in found):
            return
        quoted = [finding.quotation.span for finding in found]
        text = unquoted_text(paragraph, Span(0, len(paragraph.text)), quoted)
        without_brackets = _BRACKETED.sub(lambda m: " " * len(m.group()), text) if found else text
        # A cell of a table states something with its row and column.
        lead = f"{paragraph.context}: " if paragraph.context else ""
        before: tuple[Document, ...] = ()
        near_by = attributions.records_before(number)
        for sentence in [Span(0, len(text))] if lead else sentences:
            words = lead + sentence.of(text)
            if not any(c.isnumeric() or c.isupper() for c in words):
                continue
            attribution = attributions.of_sentence(number, sentence)
            inside = _inside(found, quoted, sentence)
            documents, near = self._sources(words, attribution, inside, before, before or near_by)
            if attribution.unknown or not documents:
                continue
            before = documents
            attributions.keep_records(number, documents)
            stating = StatingSentence(
                number,
                paragraph.where,
                Span(sentence.start, sentence.end + len(lead)),
                lead + (without_brackets if inside else text),
                documents,
                attribution.spans,
                near,
                bool(lead) or "|" in words,
                self._places,
            )
            # Beside a quotation a report names its own sources and speakers, too.
            for claim in claims(stating):
                if claim.span.start >= len(lead) and (not inside or claim.kind != "name" or claim.recorded):
                    yield claim.moved(-len(lead))

    def _sources(
        self,
        words: str,
        attribution: Attribution,
        inside: Sequence[Finding],
        before: tuple[Document, ...],
        meeting: tuple[Document, ...],
    ) -> tuple[tuple[Document, ...], tuple[NearSentence, ...]]:
        """Return the records that a sentence is about, and their sentences that are nearest to it.

        Args:
            words: the sentence.
            attribution: what it cites.
            inside: the findings on its quotations.
            before: the records of the sentence before.
            meeting: those that "the meeting" means, of the sentence or the paragraph before.
        """
        documents = (
            attribution.cited_documents(self._documents)
            or _distinct(finding.source.document for finding in inside if finding.source)
            or named_sources(words, self._documents)
        )
        documents = documents or _meeting_on_days_of(words, self._documents)
        if not documents and any(stated_roles(words)):  # "The meeting was chaired by Ms Bo."
            documents = _meeting_on_days_of(without_named(words), self._documents) or meeting
        known = {document.id for document in documents}
        near = self._sentences.near(without_source(words, self._documents))
        near = [n for n in near if not documents or n.document.id in known]
        documents = documents or _distinct(n.document for n in near) or _going_on(words, before)
        if not documents and (only := self._sentences.document_with(words)):
            documents = (only,)
        return documents, tuple(near)

    @cached_property
    def _places(self) -> frozenset[tuple[str, ...]]:
        return frozenset(map(towns_of, self._documents))

    @cached_property
    def _sentences(self) -> RecordSentences:
        return RecordSentences(self._documents)


def _inside(found: Sequence[Finding], quoted: Sequence[Span], sentence: Span) -> Sequence[Finding]:
    """Return the findings on the quotations that a sentence touches."""
    first = bisect_right(quoted, sentence.start, key=lambda span: span.end)
    return found[first : bisect_left(quoted, sentence.end, key=lambda span: span.start)]


def _meeting_on_days_of(sentence: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the records of meetings on a day of a sentence that have all its names; none for a sentence without."""
    days = [mention for mention in find_dates(sentence) if mention.year and mention.day]
    names = [value for value in values_of(sentence, None) if value.kind == "name"]
    return tuple(
        d
        for d in documents
        if d.meeting.first_day
        and any(day.matches(d.meeting.first_day) for day in days)
        and all(occurs(name, d.text, (d,)) or is_fact(name, d) for name in names)
    )


def _distinct(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple({document.id: document for document in documents}.values())


def _going_on(sentence: str, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return the records of the sentence before, where a sentence goes on about them: it shares words with them."""
    keys = keys_of(sentence)
    return tuple(d for d in documents if len(keys & _keys_of_document(d.text)) >= min(_SHARED, len(keys)) > 0)


@lru_cache(maxsize=64)
def _keys_of_document(text: str) -> frozenset[str]:
    return keys_of(text)
