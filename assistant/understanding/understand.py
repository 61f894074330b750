"""Convert one question, with the conversation before it, into a query for the search."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache

from assistant.conversation import Conversation
from assistant.query import Intent, Query
from assistant.understanding.answer_type import answer_requirements
from assistant.understanding.attendance import asks_for_attendance
from assistant.understanding.besides import left_out
from assistant.understanding.filters.comparison import comparison_sides, sides_of_parts
from assistant.understanding.filters.question_filters import QuestionFilters, question_filters, without
from assistant.understanding.follow_up import Need, carried_filters, complete
from assistant.understanding.library_questions import library_question
from assistant.understanding.recency import asks_for_newest, last_meeting, without_state
from assistant.understanding.references import is_fragment, names_a_person_before, refers_back
from assistant.understanding.speakers.asked_speaker import AskedSpeaker, asked_speaker
from assistant.understanding.split_questions import SubQuestion
from corpus.document import Document, Kind
from corpus.language.countries import countries_in
from corpus.language.dates import find_months
from corpus.language.english import HONORIFIC
from corpus.language.japanese.readings import japanese_titles
from corpus.language.tokens import content_words
from corpus.language.word_lists import word_list
from corpus.speech import name_words
from index.search.filters import Filters

_COMPARES = re.compile(
    r"\b(?:compare|comparison|differ\w*|contrast|versus|vs|vice versa|whereas|both|each|respectively|similarit\w*|"
    r"changed?|evolv\w*|shift\w*|disagree|"
    r"(?:do|did) [\w ]{2,60} and [\w ]{2,60} agree|between .{2,60} and|from .{2,60} to|"
    r"which of)\b|比較|違い|異なる|変化",
    re.IGNORECASE,
)
# The statements before a question, as in "The office was planned in 2021. What did it do in 2023?"
# The dot of "Mr." or of an initial ends none.
_NO_TITLE = "".join(rf"(?<!\b{word})" for word in "Mr Ms Dr Mrs Prof Hon Sen Gov Rep Rev St [A-Z]".split())
_LAST_QUESTION = re.compile(rf"^.*{_NO_TITLE}[.!。]\s+(?=[A-Z][^.!]+[?？]\s*$)", re.DOTALL)
# A form of address whose name was removed.
_TITLE_ALONE = re.compile(rf"\b(?:{HONORIFIC}|Prof)\.?(?=\s+[a-z]|\s*\W*$)")
_TITLE_BEHIND = rf"(?:\s*(?:{'|'.join(japanese_titles())}))?"
_ONE_NOT_THE_OTHER = re.compile(r"\b(?:that|which|but|and|while) .{2,60}?\b(?:not|n['’]t)\b", re.IGNORECASE)
_LISTS = re.compile(
    r"\b(?:list|(?:which|what) (?:\w+ )?\w{2,}(?<![suia])s|all (?:the )?\w+s|every|name the|what (?:are|were) the|"
    r"whom?ever|with whom)\b|すべて|全て|一覧|誰と|どの国|挙げ|列挙|を教え",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"^\W*(?:who|when|where|whose|at what|on which|in which|how (?:many|much|long|often|old))\b|誰|いつ|どこ|何時|何人",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:contacts?|telephone|phone|fax|e-?mail|inquir\w+|enquir\w+|(?:which|what) (?:division|office|bureau|section))"
    r"\b|連絡先|問い合わせ|電話",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:titles?|titled|headings?|headlines?|called|names? of the (?:topic|section|item)s?)\b|題名|見出し",
    re.IGNORECASE,
)


def understand(
    question: SubQuestion, conversation: Conversation, documents: Sequence[Document], chosen: Filters
) -> Query:
    """Return the query of a question.

    Args:
        question: one question of the message.
        conversation: the turns before it.
        documents: all records; their years, forums and publishers become filters.
        chosen: the filters that the user set; they override those that the question names.
    """
    typed = question.text
    if question.intent:
        return Query(typed, chosen, question.intent)
    if conversation.last_searched and _is_about_library(typed, question, documents):
        conversation = Conversation()
    whole = question_filters(typed, documents)
    completed = complete(typed, whole, conversation, documents, question.is_follow_up)
    is_follow_up = completed.need is not Need.NOTHING
    own_text = (completed.latest or completed.text) if is_follow_up else _LAST_QUESTION.sub("", typed)
    own = whole if own_text == typed else question_filters(own_text, documents)
    read, carried = whole if own is whole else _with_own_time(whole, own), Filters()
    if is_follow_up and (last := conversation.last_searched):
        carried = carried_filters(own, last.query, documents)
        read = _with_carried(own, carried, last.query, completed.text, documents)
    read = _of_last_meeting(read, own_text, conversation, documents)
    read, sides = _with_sides(read, own_text, completed.text, documents)
    names = f"{', '.join(question.names)} - " if question.names else ""
    text = names + completed.text
    latest = typed if completed.latest or names else ""
    newest_first = not sides and asks_for_newest(own_text)
    query = Query(
        text=text,
        filters=chosen.and_then(read.filters),
        intent=Intent.COMPARISON if sides else _intent(own_text),
        requested_kinds=_requested_kinds(own_text),
        preferred=read.preferred,
        latest=latest,
        context=completed.context,
        named=read.filters,
        carried=carried,
        is_follow_up=is_follow_up,
        last_citations=conversation.last_citations if completed.latest else (),
        sides=tuple(chosen.and_then(side) for side in sides),
        keywords=names + (without_state(read.rest) if newest_first else read.rest),
        unmet=read.unmet,
        language=question.language,
        answer=answer_requirements(text, latest),
        newest_first=newest_first,
        unknown=question.unknown,
    )
    return _without_left_out(_of_speaker(query, own_text, documents), own_text)


def _without_left_out(query: Query, own_text: str) -> Query:
    """Return the query of a topic with the subject that the question leaves out, which is not searched for."""
    phrase, words = left_out(own_text)
    keywords = query.keywords or query.text
    is_topic = query.intent is Intent.TOPIC and not (asks_for_attendance(own_text) or countries_in(phrase))
    if not is_topic or not words or phrase not in keywords:
        return query
    return replace(query, keywords=keywords.replace(phrase, " "), left_out=words)


def _with_sides(
    read: QuestionFilters, own_text: str, text: str, documents: Sequence[Document]
) -> tuple[QuestionFilters, tuple[Filters, ...]]:
    """Return the filters of a question with the sides that it compares; none where it compares nothing.

    Args:
        read: the filters of the question.
        own_text: its own words.
        text: the question, completed by the turns before it.
        documents: all records.
    """
    if not _compares(own_text, read.mentions):
        return read, ()
    sides = comparison_sides(own_text, read.mentions, documents)
    if not sides and (sides := sides_of_parts(own_text, documents)):
        read = replace(read, unmet=())
    if not sides:
        return read, ()
    rest = without(text, _differences(read.mentions), documents)
    return replace(read, filters=_union(sides), rest=rest), sides


def _of_last_meeting(
    read: QuestionFilters, own_text: str, conversation: Conversation, documents: Sequence[Document]
) -> QuestionFilters:
    """Return the filters of a question, with the records of the last meeting if it asks for that."""
    cited = {document for document, _ in conversation.last_citations}
    spoken_of = [d.meeting.first_day for d in documents if d.id in cited and d.meeting.first_day]
    names, phrase = last_meeting(own_text, documents, read.filters, min(spoken_of, default=None))
    if not names:
        return read
    rest = read.rest.replace(phrase, " ")
    return replace(read, filters=replace(read.filters, names=names), rest=rest if content_words(rest) else read.rest)


def _of_speaker(query: Query, own_text: str, documents: Sequence[Document]) -> Query:
    """Return the query with the person whose words the question asks for; a follow-up may mean that of its context."""
    within = [document for document in documents if query.filters.keeps(document)]
    asked = asked_speaker(own_text, within)
    named = _without_time_of_name(query, asked if len(within) == len(documents) else asked_speaker(own_text, documents))
    if named is not query:  # "May" and "Lima" of a name are neither month nor place
        return _of_speaker(named, own_text, documents)
    if not asked and query.context and (is_fragment(own_text) or names_a_person_before(own_text)):
        asked = next(filter(None, (asked_speaker(text, within) for text in reversed(query.context))), None)
    if not asked:
        return query
    speakers = asked.speakers & query.filters.speakers if query.filters.speakers else asked.speakers
    keywords = query.keywords or query.text
    for part in asked.found:
        keywords = _TITLE_ALONE.sub(" ", re.sub(rf"{re.escape(part)}{_TITLE_BEHIND}", " ", keywords))
    if query.language:  # in English the verb of speech is a word of every question
        keywords = " ".join(w for w in keywords.split() if w.casefold().strip("?.,¿!") not in _reporting_verbs())
    if asked.joint:
        return replace(query, filters=replace(query.filters, names=asked.joint), keywords=keywords)
    return replace(
        query,
        filters=replace(query.filters, speakers=speakers),
        sides=tuple(replace(side, speakers=speakers) for side in query.sides),
        keywords=keywords,
        speaker=asked.name,
        silent=asked.missing,
    )


@cache
def _reporting_verbs() -> frozenset[str]:
    return word_list("reporting_verbs.txt")


def _without_time_of_name(query: Query, asked: AskedSpeaker | None) -> Query:
    """Return the query without the month, the place or the publisher that is a word of the speaker's name."""
    if not asked or not asked.speakers:
        return query
    months, filters = find_months(asked.name), query.filters
    places = frozenset(place for place in filters.places if place.casefold() in asked.name.casefold())
    publishers = frozenset(p for p in filters.publishers if {*name_words(p)} & {*name_words(asked.name)})
    if not (months & filters.months or places or publishers):
        return query
    kept, named = (
        replace(f, months=f.months - months, places=f.places - places, publishers=f.publishers - publishers)
        for f in (query.filters, query.named)
    )
    return replace(query, filters=kept, named=named, keywords=query.text)


def _is_about_library(typed: str, question: SubQuestion, documents: Sequence[Document]) -> bool:
    """Return True if a question asks for the records of the library, whatever was asked before."""
    found = library_question(Query(typed, language=question.language), documents)
    return bool(found and found.intent is Intent.LIBRARY and not refers_back(typed))


def plain_query(text: str, filters: Filters = Filters()) -> Query:
    """Return the query of a text without filters of its own."""
    return Query(text, filters, answer=answer_requirements(text))


def _with_carried(
    own: QuestionFilters, carried: Filters, last: Query, text: str, documents: Sequence[Document]
) -> QuestionFilters:
    """Return the filters of a follow-up with those that it takes over from the turn before."""
    filters = own.filters.and_then(carried)
    return replace(
        own,
        filters=filters,
        preferred=own.preferred or last.preferred,
        unmet=own.unmet or (() if own.filters else last.unmet),
        rest=without(text, filters, documents),
        mentions=own.mentions.and_then(replace(carried, names=frozenset(), excluded=frozenset())),
    )


def _with_own_time(read: QuestionFilters, own: QuestionFilters) -> QuestionFilters:
    """Return the filters of a message, with the years and months of its last sentence if any."""
    if not (own.filters.years or own.filters.months or own.unmet):
        return read
    filters, mentions = (
        replace(f, years=own.filters.years, months=own.filters.months) for f in (read.filters, read.mentions)
    )
    return replace(read, filters=filters, mentions=mentions, unmet=own.unmet)


def _union(sides: Sequence[Filters]) -> Filters:
    """Return the filters that the records of all sides pass; a condition that one side lacks is left out."""
    values_by_name = {f.name: [getattr(side, f.name) for side in sides] for f in fields(Filters)}
    return Filters(**{name: frozenset().union(*values) for name, values in values_by_name.items() if all(values)})


def _differences(mentions: Filters) -> Filters:
    """Return the conditions in which the sides of a comparison differ: those with several values."""
    return Filters(**{f.name: v for f in fields(mentions) if len(v := getattr(mentions, f.name)) > 1})


def _requested_kinds(question: str) -> frozenset[Kind]:
    """Return the kinds of passages that are cited only on request, and that the question requests."""
    kinds = {Kind.CONTACT} if _CONTACT.search(question) else set()
    return frozenset(kinds | ({Kind.TITLE, Kind.HEADING} if _TITLE.search(question) else set()))


def _compares(question: str, mentions: Filters) -> bool:
    """Return True if the question compares what it names; several times or forums are always a comparison.

    Two publishers are not: a question may ask what one says about the other.
    """
    several = max(map(len, (mentions.years, mentions.months, mentions.forums))) > 1
    return several or bool(_COMPARES.search(question) or _ONE_NOT_THE_OTHER.search(question))


def _intent(question: str) -> Intent:
    if _COMPARES.search(question):
        return Intent.COMPARISON
    if _LISTS.search(question):
        return Intent.LIST
    return Intent.FACT if _FACT.search(question) else Intent.TOPIC
