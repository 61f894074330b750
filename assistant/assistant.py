"""The assistant: question in, turn out."""

from collections.abc import Callable

from assistant.asked import Asked
from assistant.citation import Citation
from assistant.conversation import Conversation, Turn
from assistant.evidence import Evidence, weigh
from assistant.familiarity import Familiarity
from assistant.grounding import SMALL_TALK, UNSAFE, abstention, verdict
from assistant.lead import lead
from assistant.query import Intent, Query
from assistant.question import checked, searchable
from assistant.ranking import rank
from assistant.reader import read
from assistant.reply import Abstention, Answer, Reply, Searched
from assistant.spelling import repaired
from assistant.trace import Trace
from assistant.understanding import Understood, understand
from index.filters import Filters
from index.library import Library
from index.ranker import Ranker, load_ranker
from index.retrieval import retrieve
from index.view import View

OnStage = Callable[[str], None]
_NEAREST = 3
_FIXED = {Intent.SMALL_TALK: SMALL_TALK, Intent.UNSAFE: UNSAFE}


class Assistant:
    """Answers questions from a library, in the words of its records."""

    def __init__(self, library: Library, ranker: Ranker | None = None) -> None:
        self.library = library
        self.ranker = ranker
        self.settings = library.settings
        self._measured: dict[int, Familiarity] = {}

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

    def explain(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        filters: Filters = Filters(),
        on_stage: OnStage | None = None,
    ) -> Trace:
        """Answer a question as `ask` does, and keep what each stage made of it."""
        checked(question, self.settings)
        tell = on_stage or (lambda line: None)
        tell("Reading the question")
        with self.library.view() as view:
            understood = understand(_spelt(view, searchable(question)), conversation, view.documents, filters)
            if fixed := _FIXED.get(understood.query.intent):
                return Trace(question, understood.query, fixed, verdict=f"this is {fixed.reason}, not a question")
            return self._searched(view, question, understood, tell)

    def _familiarity(self, view: View) -> Familiarity:
        """How near a foreign question comes to this state of the library; measured once for each."""
        if view.generation not in self._measured:
            self._measured = {view.generation: Familiarity.of(view, self.library.encoder)}
        return self._measured[view.generation]

    def _searched(self, view: View, question: str, understood: Understood, tell: OnStage) -> Trace:
        query, settings = understood.query, self.settings
        records = sum(map(query.filters.keeps, view.documents))
        tell(f"Searching {records} of {len(view.documents)} records")
        asked = Asked(understood.named.rest, view, query.latest, settings.before_weight)
        vector = self.library.encoder.encode_query(query.text)
        hits = retrieve(view, asked.expanded, vector, settings.candidates, settings, query.filters)
        tell("Choosing the evidence")
        weighed = rank(query.text, weigh(view, hits, query, asked, vector, settings), self.ranker, settings)
        familiarity = self._familiarity(view).score(view, vector)
        found = verdict(query.text, understood.named.unmet, weighed, asked, familiarity, settings)
        chosen: list[Evidence] = []
        if found.reason:
            searched = Searched(query.text, records, query.filters, asked.found, asked.missing, understood.named.unmet)
            reply: Reply = abstention(found.reason, searched, hits[:_NEAREST])
        else:
            chosen = read(query, weighed, view, settings)
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


def _spelt(view: View, question: str) -> str:
    """The question with its slips mended after the records' own words."""
    return repaired(question, lambda: view.words, lambda word: bool(view.frequency(word)), view.writes_as_name)


def _answer(query: Query, chosen: list[Evidence], understood: Understood) -> Answer:
    notes = [f"No record is from {name}; {query.filters} were searched." for name in understood.named.unmet]
    citations = tuple(Citation(e.passage.document, e.span, e.passage.headings) for e in chosen)
    return Answer(citations, tuple(notes), lead(query, citations))


def nearest_citations(reply: Abstention) -> list[Citation]:
    """The nearest passages of an abstention in the form of citations: to be shown as near, never as support."""
    return [Citation(hit.passage.document, hit.passage.words, hit.passage.headings) for hit in reply.nearest]
