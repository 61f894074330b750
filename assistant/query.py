"""Represent a question as a query for the search: its complete text, filters, intent and expected answer."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Reason
from assistant.understanding.answer_type import AnswerRequirements
from assistant.wording import reply_language
from corpus.document import Document, Kind
from corpus.language.tokens import stem, stems
from corpus.span import Span
from index.search.filters import Filters, is_undated


class Intent(StrEnum):
    """Kind of evidence that answers a question.

    MEETING_FACT, LIBRARY and OUTLINE ask for the records themselves; SMALL_TALK and UNSAFE mark messages that are no
    questions.
    """

    FACT = "fact"
    LIST = "list"
    COMPARISON = "comparison"
    TOPIC = "topic"
    MEETING_FACT = "facts of meetings"
    LIBRARY = "the library"
    OUTLINE = "outline"
    SMALL_TALK = "small talk"
    UNSAFE = "unsafe"


# Reasons of the replies to messages that are not searched.
NOT_SEARCHED = {Intent.SMALL_TALK: Reason.SMALL_TALK, Intent.UNSAFE: Reason.UNSAFE_REQUEST}


@dataclass(frozen=True, slots=True)
class Query:
    """A question with everything that the search needs to know of it.

    Attributes:
        text: the question; a follow-up that is incomplete has the questions in front that it needs.
        filters: filters that the question names or the user set.
        intent: the kind of evidence that answers it.
        requested_kinds: kinds of passages that are cited only on request, such as titles, and that it requests.
        preferred: publishers that the question mentions without asking for their records.
        latest: a follow-up question as typed; empty for a question that is complete by itself.
        context: the questions in front of `latest`, oldest first, at most two.
        named: filters that the question names or takes over from the turn before, without those of the user.
        carried: the part of `named` that only the turn before names.
        is_follow_up: True if it takes anything over from the turns before.
        last_citations: ids of documents and spans that the turn before a follow-up cited.
        sides: the filters of each side of a comparison; empty if the question names no sides.
        keywords: the text without the words that became filters; empty if it is the same as the text.
        unmet: years, forums and other conditions that the question names and no record meets.
        language: the question's language if neither English nor Japanese; then the encoder alone searches.
        answer: requirements for the sentences that answer it.
        newest_first: True if it asks for the state that the newest record tells: "current", "latest", "next".
        speaker: the person whose words it asks for, as typed; without words of the person `filters.speakers` is empty.
        silent: those of several such persons of whom the records have no words.
        left_out: words of a subject that it leaves out, as in "besides the fees"; what names it is no answer.
        unknown: names in Japanese that it has of persons and places, and that no record has.
    """

    text: str
    filters: Filters = Filters()
    intent: Intent = Intent.TOPIC
    requested_kinds: frozenset[Kind] = frozenset()
    preferred: frozenset[str] = frozenset()
    latest: str = ""
    context: tuple[str, ...] = ()
    named: Filters = Filters()
    carried: Filters = Filters()
    is_follow_up: bool = False
    last_citations: tuple[tuple[str, Span], ...] = ()
    sides: tuple[Filters, ...] = ()
    keywords: str = ""
    unmet: tuple[str, ...] = ()
    language: str | None = None
    answer: AnswerRequirements = AnswerRequirements()
    newest_first: bool = False
    speaker: str = ""
    silent: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def latest_text(self) -> str:
        """The question as typed, without the words of the turns before."""
        return self.latest or self.text

    def leaves_out(self, text: str) -> bool:
        """Return True if words of a record name the subject that the question leaves out."""
        return bool(self.left_out) and {*map(stem, self.left_out)} <= {*stems(text)}

    @property
    def reply_language(self) -> str:
        """The code of the language of the reply."""
        return reply_language(self.latest_text, self.language)

    @property
    def completed_text(self) -> str:
        """The text of a follow-up with what it takes over, for its reader; empty for a question that stands alone."""
        if not self.is_follow_up:
            return ""
        return f"{self.text} ({self.carried})" if self.carried and not self.context else self.text


def may_be_of_time(query: Query, document: Document) -> bool:
    """Return True if a question names a time, and a record may be of it because its day is unknown."""
    names_time = query.filters.years or query.filters.months or any(name.isdigit() for name in query.unmet)
    return bool(names_time) and is_undated(document) and query.filters.keeps(document)
