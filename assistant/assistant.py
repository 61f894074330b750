"""The assistant: question in, turn out."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant.answer import Abstention, Answer, Reply, SearchSummary
from assistant.citations.citation import Citation
from assistant.conversation import Conversation, Turn
from assistant.grounding.answerability import SMALL_TALK, UNSAFE, DomainSimilarity, Judgement, abstention, verdict
from assistant.grounding.combine import combine_answers
from assistant.grounding.false_premise import corrections, find_false_premise
from assistant.query import Intent, Query
from assistant.reading.select import select_evidence
from assistant.reading.short_answer import short_answer
from assistant.retrieval.deduplicate import distinct_citations, distinct_quotations, repeat_notes
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.retriever import gather
from assistant.retrieval.score_sentences import Evidence
from assistant.trace import Trace
from assistant.understanding.guardrails import is_small_talk, is_unsafe
from assistant.understanding.message import Message, read_message
from assistant.understanding.split_questions import Part
from assistant.understanding.understand import Understood, understand
from assistant.understanding.validate import searchable, validate
from index.library import Library, Snapshot
from index.models.ranker import Ranker, load_ranker
from index.search.filters import Filters
from index.search.hybrid import Hit

OnStage = Callable[[str], None]
_NEAREST = 3
_FIXED = {Intent.SMALL_TALK: SMALL_TALK, Intent.UNSAFE: UNSAFE}


class Assistant:
    """Answers questions from a library, in the words of its records."""

    def __init__(self, library: Library, ranker: Ranker | None = None) -> None:
        self.library = library
        self.ranker = ranker
        self.settings = library.settings
        self._measured: dict[int, DomainSimilarity] = {}

    @classmethod
    def open(cls, library: Library) -> "Assistant":
        """An assistant with the ranker that the library's settings name."""
        return cls(library, load_ranker(library.settings))

    def ask(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        filters: Filters = Filters(),
        on_stage: OnStage | None = None,
    ) -> Turn:
        """Answer a question, or say that the records do not.

        Args:
            question: as typed.
            conversation: the turns before it; a follow-up leans on them.
            filters: what the user narrowed the search to.
            on_stage: told in a short line what is being done.

        Raises:
            QuestionRefused: the question is blank, too long or broken.
            RapporteurError: the library or the model cannot be used.
        """
        trace = self.explain(question, conversation, filters, on_stage)
        return Turn(question, trace.query, trace.reply)

    def search(self, query: str, k: int, filters: Filters = Filters()) -> list[Hit]:
        """The k passages that fit a query best, best first, without an answer; fewer where there are fewer.

        Args:
            query: as typed.
            k: how many, 1 or more.
            filters: what the passages' records must fulfil.

        Raises:
            QuestionRefused: the query is blank, too long or broken.
            RapporteurError: the library or the model cannot be used.
        """
        validate(query, self.settings)
        with self.library.snapshot() as view:
            text = searchable(query)
            enough = max(self.settings.candidates, min(k, max(view.passage_count, 1)))
            settings = self.settings.model_copy(update={"candidates": enough})
            vector = self.library.encoder.encode_query(text)
            return gather(view, Query(text, filters), QueryTerms(text, view), vector, self.ranker, settings)[0][:k]

    def explain(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        filters: Filters = Filters(),
        on_stage: OnStage | None = None,
    ) -> Trace:
        """Answer a question as `ask` does, and keep what each stage made of it."""
        validate(question, self.settings)
        tell = on_stage or (lambda line: None)
        tell("Reading the question")
        with self.library.snapshot() as view:
            whole = searchable(question)
            if is_small_talk(whole) or is_unsafe(whole):
                return self._part(view, question, Part(whole), Message((Part(whole),)), conversation, filters, tell)
            message = read_message(whole, view, self.library.encoder.name, self.settings)
            if len(message.parts) == 1:
                return self._part(view, question, message.parts[0], message, conversation, filters, tell)
            return self._several(view, question, message, conversation, filters, tell)

    def _several(
        self,
        view: Snapshot,
        question: str,
        message: Message,
        conversation: Conversation,
        filters: Filters,
        tell: OnStage,
    ) -> Trace:
        """Answer each question of a message as if they had been asked one after the other."""
        traces: list[Trace] = []
        for number, part in enumerate(message.parts, start=1):
            told = partial(_tell_of, tell, f"Question {number} of {len(message.parts)}: ")
            trace = self._part(view, part.text, part, message, conversation, filters, told)
            traces.append(trace)
            conversation = conversation.plus(Turn(part.text, trace.query, trace.reply))
        return combine_answers(question, traces, message.notes, _NEAREST)

    def _part(
        self,
        view: Snapshot,
        question: str,
        part: Part,
        message: Message,
        conversation: Conversation,
        filters: Filters,
        tell: OnStage,
    ) -> Trace:
        """Answer one question of a message."""
        names = () if part.leans else message.names
        understood = understand(part.text, conversation, view.documents, filters, part.leans, names)
        if fixed := _FIXED.get(understood.query.intent):
            return Trace(question, understood.query, fixed, verdict=f"this is {fixed.reason}, not a question")
        trace = self._searched(view, question, understood, message.language is None, tell)
        return replace(trace, reply=replace(trace.reply, notes=(*message.notes, *trace.reply.notes)))

    def _familiarity(self, view: Snapshot) -> DomainSimilarity:
        """How near a foreign question comes to this state of the library; measured once for each."""
        if view.generation not in self._measured:
            self._measured = {view.generation: DomainSimilarity.of(view, self.library.encoder)}
        return self._measured[view.generation]

    def _searched(self, view: Snapshot, question: str, understood: Understood, by_words: bool, tell: OnStage) -> Trace:
        """Search for a query and judge what is found; by the encoder alone where its words mean nothing to the rest."""
        query, settings = understood.query, self.settings
        records = sum(map(query.filters.keeps, view.documents))
        tell(f"Searching {records} of {len(view.documents)} records")
        asked = QueryTerms(understood.named.rest if by_words else "", view, query.latest, settings.before_weight)
        vector = self.library.encoder.encode_query(query.text)
        ranker = self.ranker if by_words else None
        hits, weighed = gather(view, query, asked, vector, ranker, settings, distinct=True)
        tell("Choosing the evidence")
        familiarity = self._familiarity(view).score(view, vector)
        found = verdict(query.text, understood.named.unmet, weighed, asked, familiarity, settings)
        chosen: list[Evidence] = []
        wrong = find_false_premise(query.text, view.documents)
        if wrong and (corrected := distinct_citations(corrections(wrong), query)):
            found = Judgement(None, f"the question takes a {wrong.place} meeting in {wrong.year} for granted")
            reply: Reply = Answer(tuple(corrected), (str(wrong),))
        elif found.reason:
            searched = SearchSummary(
                query.text, records, query.filters, asked.found, asked.missing, understood.named.unmet
            )
            reply = abstention(found.reason, searched, hits[:_NEAREST])
        else:
            chosen = distinct_quotations(select_evidence(query, weighed, view, settings), query)
            reply = _answer(query, chosen, understood)
        return Trace(
            question,
            query,
            reply,
            understood.named.rest,
            understood.named.unmet,
            tuple(hits),
            tuple(weighed),
            tuple(chosen),
            found.because,
        )


def _tell_of(tell: OnStage, of: str, line: str) -> None:
    tell(of + line)


def _answer(query: Query, chosen: list[Evidence], understood: Understood) -> Answer:
    notes = [f"No record is from {name}; {query.filters} were searched." for name in understood.named.unmet]
    notes += repeat_notes(chosen)
    citations = tuple(Citation(e.passage.document, e.span, e.passage.headings) for e in chosen)
    return Answer(citations, tuple(notes), short_answer(query, citations))


def nearest_citations(reply: Abstention) -> list[Citation]:
    """The nearest passages of an abstention in the form of citations: to be shown as near, never as support."""
    return [Citation(hit.passage.document, hit.passage.words, hit.passage.headings) for hit in reply.nearest]
