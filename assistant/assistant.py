"""Answer questions from a library of records: read the message, search, judge the evidence, answer or abstain."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from assistant.answer import Abstention, Answer, Reply, SearchSummary, abstain
from assistant.citations.citation import Citation
from assistant.compose import compose_answer
from assistant.conversation import Conversation, Turn
from assistant.grounding.answerability import (
    AnswerabilityThresholds,
    Corrected,
    Missing,
    Supported,
    judge,
    thresholds_for,
)
from assistant.grounding.domain_similarity import DomainSimilarity
from assistant.leaning import lean_on_last_record
from assistant.query import NOT_SEARCHED, Query, may_be_of_time
from assistant.reading.select import select_evidence
from assistant.reading.subjects import names_and_subjects
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.retriever import Retrieved, Retriever
from assistant.retrieval.scoring_weights import ScoringWeights
from assistant.trace import Trace, combine_traces
from assistant.understanding.message import read_message
from assistant.understanding.understand import plain_query, understand
from assistant.understanding.validate import validate, visible_text
from assistant.unsearched import answer_without_search, count_records, reply_to_no_question
from assistant.wording import reply_language, say
from index.library import Library
from index.models.ranker import Ranker, load_ranker
from index.search.chosen_records import ChosenRecords
from index.search.filters import Filters
from index.search.hybrid import FusionWeights, Hit
from index.snapshot import Snapshot

OnStage = Callable[[str], None]
OnTurn = Callable[[Turn, float], None]
_NEAREST = 3


class Assistant:
    """Answers questions from a library with quotations of its records.

    >>> from index.library import open_library
    >>> from index.search.filters import Filters
    >>> assistant = Assistant.open(open_library("talks"))
    >>> turn = assistant.ask("Who was absent from the G20 meeting of April 2020?")
    >>> turn.reply.short_answer.words
    'Indonesia'
    >>> in_2021 = Filters(years=frozenset({2021}))
    >>> {hit.passage.document.meeting.place for hit in assistant.search("smart cities", k=3, filters=in_2021)}
    {'Trieste, Italy'}

    Args:
        library: the library.
        ranker: the model that scores the best sentences again; None leaves their scores unchanged.
        thresholds: the thresholds of refusals; those of the library's encoder when None.
        scoring: weights of the parts of a sentence's score.

    Attributes:
        on_turn: called with each turn that `ask` returns, and the seconds that it took.
    """

    def __init__(
        self,
        library: Library,
        ranker: Ranker | None = None,
        thresholds: AnswerabilityThresholds | None = None,
        scoring: ScoringWeights = ScoringWeights(),
    ) -> None:
        self.library = library
        self.ranker = ranker
        self.settings = library.settings
        self.thresholds = thresholds or thresholds_for(library.encoder.name)
        self.scoring = scoring
        self.on_turn: OnTurn = _count_nothing
        self._has_searched = False

    @classmethod
    def open(cls, library: Library, thresholds: AnswerabilityThresholds | None = None) -> "Assistant":
        """Return an assistant with the ranker that the library's settings name."""
        return cls(library, load_ranker(library.settings), thresholds)

    def ask(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        filters: Filters = Filters(),
        on_stage: OnStage | None = None,
    ) -> Turn:
        """Answer a question, or abstain where the records do not answer it.

        Args:
            question: as typed.
            conversation: the turns before it, whose words complete a follow-up question.
            filters: the filters that the user set.
            on_stage: called with the name of each stage when it begins.

        Raises:
            QuestionRefused: the question is blank, too long or broken.
            RapporteurError: the library or the model cannot be used.
        """
        start = time.perf_counter()
        trace = self.explain(question, conversation, filters, on_stage)
        turn = Turn(question, trace.query, trace.reply)
        self.on_turn(turn, time.perf_counter() - start)
        return turn

    def search(self, query: str, k: int, filters: Filters = Filters()) -> list[Hit]:
        """Return the best k passages for a query, best first, without an answer; fewer if the library has fewer.

        Args:
            query: as typed.
            k: number of passages, 1 or more.
            filters: the filters that the records of the passages pass.

        Raises:
            QuestionRefused: the query is blank, too long or broken.
            RapporteurError: the library or the model cannot be used.
        """
        text = visible_text(validate(query))
        with self.library.snapshot() as snapshot:
            depth = max(FusionWeights().depth, min(k, snapshot.passage_count))
            retriever = self.retriever(snapshot, FusionWeights(depth=depth))
            return list(retriever.search(plain_query(text, filters), distinct=False).hits[:k])

    def answered_without_search(
        self, questions: Sequence[str], filters: Filters = Filters(), most: int | None = None
    ) -> list[str]:
        """Return those questions that facts of meetings or the structure of records answer, each standing alone.

        Args:
            questions: the questions, the most wanted first.
            filters: the filters that the user chose.
            most: how many are wanted; None for all.
        """
        answered: list[str] = []
        with self.library.snapshot() as snapshot:
            if filters.asked:
                snapshot, filters = ChosenRecords(snapshot, filters.asked), replace(filters, asked=frozenset())
            for question in questions:
                if len(answered) == most:
                    break
                parts = read_message(question, snapshot, self.library.encoder.name).questions
                query = understand(parts[0], Conversation(), snapshot.documents, filters)
                trace = None if query.intent in NOT_SEARCHED else answer_without_search(snapshot, question, query)
                if len(parts) == 1 and trace and isinstance(trace.reply, Answer):
                    answered.append(question)
        return answered

    def retriever(self, snapshot: Snapshot, fusion: FusionWeights = FusionWeights()) -> Retriever:
        """Return a retriever that searches one snapshot of the library."""
        return Retriever(snapshot, self.library.encoder, self.ranker, self.scoring, fusion)

    def explain(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        filters: Filters = Filters(),
        on_stage: OnStage | None = None,
    ) -> Trace:
        """Answer a question like `ask`, and return the result of each stage."""
        validate(question)
        report = on_stage or _ignore
        report("Reading the question")
        with self.library.snapshot() as snapshot:
            message = read_message(question, snapshot, self.library.encoder.name)
            notes = (*message.notes, *self._calibration_notes())
            total = len(message.questions)
            traces: list[Trace] = []
            notes = (*notes, *_chosen_notes(snapshot, filters, question))
            if filters.asked:
                snapshot, filters = ChosenRecords(snapshot, filters.asked), replace(filters, asked=frozenset())
            for number, part in enumerate(message.questions, start=1):
                query = understand(part, conversation, snapshot.documents, filters)
                on_part = report if total == 1 else partial(_report_part, report, f"Question {number} of {total}: ")
                is_later = number > 1 and part.is_follow_up is True
                typed = part.text if total > 1 else question
                answer = partial(self._answer, snapshot, typed, notes=notes, report=on_part, is_later_part=is_later)
                trace = lean_on_last_record(answer, query, conversation, snapshot)
                conversation = conversation.plus(Turn(part.text, query, trace.reply))
                traces.append(trace)
        return traces[0] if total == 1 else combine_traces(question, traces, notes, _NEAREST)

    def _answer(
        self,
        snapshot: Snapshot,
        question: str,
        query: Query,
        notes: tuple[str, ...],
        report: OnStage,
        is_later_part: bool,
    ) -> Trace:
        """Answer one question without a search where that is possible, else with one."""
        if reason := NOT_SEARCHED.get(query.intent):
            return Trace(
                question, query, reply_to_no_question(query.text, reason), verdict=f"this is {reason}, not a question"
            )
        trace = answer_without_search(snapshot, question, query)
        trace = trace or self._search(snapshot, question, query, report, is_later_part)
        return replace(trace, reply=replace(trace.reply, notes=(*notes, *trace.reply.notes)))

    def _search(self, snapshot: Snapshot, question: str, query: Query, report: OnStage, is_later_part: bool) -> Trace:
        """Search, judge and select the evidence for one question, and answer it or abstain."""
        records = count_records(query, snapshot)
        if report is not _ignore and not self._has_searched:
            report("Loading the models")
            self.library.encoder.encode_query(query.text)
        self._has_searched = True
        report(f"Searching {records} of {len(snapshot.documents)} records")
        retrieved = self.retriever(snapshot).search(query)
        report("Choosing the evidence")
        similarity = DomainSimilarity.of(snapshot, self.library.encoder).score(snapshot, retrieved.prepared.vector)
        judgement = judge(retrieved, similarity, self.thresholds, is_later_part)
        cited: tuple[Evidence, ...] = ()
        match judgement:
            case Supported():
                selection = select_evidence(query, retrieved.evidence, snapshot, unread=retrieved.unread)
                cited = selection.cited
                reply: Reply = compose_answer(query, selection, snapshot.documents)
            case Corrected(_, note, citations):
                reply = Answer(citations, (note,))
            case Missing(_, reason):
                reply = abstain(reason, _search_summary(retrieved, records), retrieved.hits[:_NEAREST])
        return Trace(question, query, reply, retrieved.hits, retrieved.evidence, cited, judgement.explanation)

    def _calibration_notes(self) -> tuple[str, ...]:
        encoder = self.library.encoder.name
        if encoder == self.thresholds.encoder:
            return ()
        return (f"Refusals are not calibrated for the encoder {encoder}: read each quotation before you rely on it.",)


def _chosen_notes(snapshot: Snapshot, filters: Filters, question: str) -> tuple[str, ...]:
    """Return a note that says of how many records the user chose the ones that are searched; none for all."""
    if not filters.asked:
        return ()
    documents = snapshot.documents
    chosen = sum(document.name in filters.asked for document in documents)
    gone = len(filters.asked) - chosen
    language = reply_language(question)
    searched = say(language, "chosen", len(documents), chosen=f"{chosen:,}")
    return (searched, say(language, "chosen_gone", gone)) if gone and "" not in filters.asked else (searched,)


def _ignore(stage: str) -> None:
    """Report no stage."""


def _count_nothing(turn: Turn, seconds: float) -> None:
    """Count no turn."""


def _report_part(report: OnStage, part: str, stage: str) -> None:
    report(part + stage)


def _search_summary(retrieved: Retrieved, records: int) -> SearchSummary:
    query, terms = retrieved.prepared.query, retrieved.prepared.terms
    language = "ja" if retrieved.is_japanese or retrieved.is_translated else terms.language
    compared = [word for word in terms.missing if not retrieved.is_translated or terms.synonyms.get(word.casefold())]
    missing = (*query.unknown, *names_and_subjects(query.text, compared, terms.known, language))
    filters = replace(query.filters, speakers=frozenset()) if query.speaker else query.filters
    undated = sum(map(partial(may_be_of_time, query), retrieved.prepared.snapshot.documents))
    return SearchSummary(
        query.text, records, filters, terms.known, missing, query.unmet, query.speaker, undated, query.reply_language
    )


def nearest_citations(reply: Abstention) -> list[Citation]:
    """Return the nearest passages of an abstention as citations; they support no answer."""
    return [Citation(hit.passage.document, hit.passage.words, hit.passage.headings) for hit in reply.nearest]
