"""Recognize questions about meetings, records and the library themselves: their facts, a list of them, an outline.

A question is one of these if no word is left when its own words (data/library_questions.toml) and the names, places and
days of records are taken away: "When was the Oslo meeting held?" is, "When was the Oslo office founded?" is not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.query import NOT_SEARCHED, Intent, Query
from assistant.understanding.meant_records import by_day, meant_records
from assistant.understanding.question_words import QuestionWords, class_patterns
from assistant.understanding.recency import names_next_meeting
from corpus.document import Document
from corpus.language.dates import MONTH_MENTION
from corpus.language.months import MONTH_NUMBERS
from corpus.language.tokens import fold_text

_WHY = re.compile(r"\bwhy\b|\bhow come\b|なぜ|どうして|理由")
_HOW = re.compile(r"\bhow (?:was|were|is|did|will)\b")
_NOT = re.compile(r"\b(?:not|never|except|excluding|without|other than)\b|n['’]t\b|ではな|以外|でな")
_WHO = re.compile(r"\bwho\b|\bwhom\b|\bwhose\b|\b(?:which|what)\s+\w+|誰|どの|どこ|何処")
# A ministry or agency hosts a meeting, a country presides over it: 主催国, 議長国.
_WHO_HOSTED = re.compile(r"(?:誰|だれ|どなた|どこ).*主催(?!国)|主催(?!国).*(?:誰|だれ|どなた)")
_ASKS_FOR_LIST = re.compile(
    r"\b(?:which|what|how many|list|show|name|all|number of|any|every|your)\b"
    r"(?:(?!\b(?:do|does|did|have|can|about)\b)\W+\w+){0,4}?\W+$"
    r"|(?:どの|どんな|何の)$"
)
_WHICH_ONE = re.compile(
    r"\b(?:which|what)\s+(?:(?:was|is|the|latest|newest|most recent|oldest|earliest)\s+)*"
    r"(meeting|summit|record|document)\b"
)
_ASKS_FOR_LIST_JA = re.compile(r"何件|いくつ|何回|何本|どれだけ|一覧|全て|全部|教え")
_HAVE_YOU = re.compile(
    r"\b(?:do|does)\s+(?:you|we|it|the library)\s+(?:have|hold|contain|include|cover|know)\b|\bhave you\b"
    r"|\b(?:is|are) there\b|(?:あり|含まれてい)ますか"
)
_CONTENTS = re.compile(r"\bwhat(?:'s|’s)?\b.*\b(?:library|collection|database|archive|you have|you know)\b")
_OF_THEM = re.compile(r"\b(?:which|what|how many|any)\b.{0,20}\b(?:them|those|these|ones?)\b|そのうち|その中")
_PRONOUN = re.compile(r"\b(?:it|they|that|this|these|those|them)\b|それ|その|この")
_OVERVIEW = re.compile(
    r"\b(?:tell me about|what happened (?:at|in|during)|what was)\b.*\b(?:meeting|summit|conference)\b"
)
# How long a summary shall be.
_LENGTH = re.compile(
    r"\b(?:in|within|with) (?:\d+|an?|one|two|three|four|five|six|ten|a few|some|short) (?:short )?"
    r"(?:sentences?|words|lines?|bullets?|bullet points?|paragraphs?|minutes?)\b"
)
_LISTS = ("records", "meetings", "publishers", "years", "forums", "languages")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?")


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question about meetings, records or the library themselves.

    Attributes:
        intent: MEETING_FACT, LIBRARY or OUTLINE.
        documents: the records that it is about, in the order of their days.
        facts: names of `corpus.facts`, and "weekday" and "duration"; of LIBRARY those that the records are chosen by.
        listed: of LIBRARY: what is listed, by the names of `data/library_questions.toml`, or "help"; of OUTLINE:
            "points" if it asks for the key points alone.
        is_narrowed: True if it names some of the records.
    """

    intent: Intent
    documents: tuple[Document, ...]
    facts: tuple[str, ...] = ()
    listed: str = ""
    is_narrowed: bool = False


def library_question(query: Query, documents: Sequence[Document]) -> LibraryQuestion | None:
    """Return a query as a question about meetings, records or the library; None for any other.

    Args:
        query: with its filters, and the citations of the turn before a follow-up.
        documents: all records.
    """
    if query.intent in NOT_SEARCHED or query.language or names_next_meeting(query.latest_text):
        return None
    text = _LENGTH.sub(" ", _without_filters(fold_text(query.latest_text), query))
    words = QuestionWords(text)
    if words.has("help") and not words.names:
        return LibraryQuestion(Intent.LIBRARY, tuple(documents), listed="help")
    listed, facts = _listed(words, query), _facts(words, query)
    wants_points = words.has("points")
    wants_outline = wants_points or words.has("outline") or bool(_OVERVIEW.search(text))
    if not (listed or facts or wants_outline):
        return None
    names = words.names
    if words.adopted and (facts or listed):
        names = [*words.names, *words.adopted, *words.kinds]
    about = tuple(sorted(meant_records(names, words, query, documents), key=by_day))
    is_narrowed = len(about) < len(documents)
    if listed:
        if _NOT.search(text) and not words.modes() and not query.filters.excluded:
            return None
        about = tuple(d for d in about if _has_mode(d, words))
        if about or query.unmet:
            named = {"place"} if query.filters.places else set()
            conditions = tuple(n for n in ("mode", "presidency", "place") if words.has(n) or n in named)
            return LibraryQuestion(Intent.LIBRARY, about, conditions, listed, is_narrowed)
    if not about or query.unmet:
        return None
    if facts and not (_WHY.search(text) and not _contradicts(words, about)):
        return LibraryQuestion(Intent.MEETING_FACT, about, facts, is_narrowed=is_narrowed)
    if words.has("outline") or wants_points or (wants_outline and is_narrowed):
        return LibraryQuestion(Intent.OUTLINE, about, listed="points" if wants_points else "", is_narrowed=is_narrowed)
    return None


def _has_mode(document: Document, words: QuestionWords) -> bool:
    """Return True if a meeting was held in a mode that the question names, or in another one if it says "not"."""
    modes, mode = words.modes(), document.meeting.mode
    if not modes:
        return True
    return mode is not None and mode not in modes if _NOT.search(words.text) else mode in modes


def _contradicts(words: QuestionWords, documents: Sequence[Document]) -> bool:
    """Return True if "why was it online" is asked of meetings that were not."""
    known = {document.meeting.mode for document in documents} - {None}
    return bool(words.modes() and known) and not known & words.modes()


def _listed(words: QuestionWords, query: Query) -> str:
    """Return what the question wants to have listed; "" if it asks for no list."""
    text = words.text
    if words.has("outline") or words.has("points") or text.rstrip("?？ ").endswith(" about"):
        return ""
    asks = _ASKS_FOR_LIST_JA.search(text) and not (_named_facts(words) and not words.modes())
    named = sorted((match.start(), name) for name in _LISTS for match in class_patterns()[name].finditer(text))
    for start, name in named:
        if asks or _ASKS_FOR_LIST.search(text[:start]):
            return name
    what = _WHICH_ONE.search(text)
    if what and any(map(words.has, ("mode", "presidency", "held", "latest", "oldest", "published"))):
        return "records" if what[1] in ("record", "document") else "meetings"
    before = QuestionWords(fold_text(query.text.removesuffix(query.latest_text))) if query.latest else None
    if before and _OF_THEM.search(text) and (listed := _listed(before, replace(query, latest=""))):
        return listed
    is_of_library = bool(_HAVE_YOU.search(text)) and bool(words.has_subject or query.unmet or query.filters)
    return "records" if is_of_library or _CONTENTS.search(text) else ""


def _facts(words: QuestionWords, query: Query) -> tuple[str, ...]:
    """Return the facts that the question asks for; for "and the Oslo meeting?" those of the question before it."""
    facts = _named_facts(words)
    before = QuestionWords(fold_text(query.text.removesuffix(query.latest_text) if query.latest else ""))
    if not facts and words.has_subject and not (words.has("outline") or words.has("points")):
        return _named_facts(before)
    if words.has_subject or (query.filters and not query.latest):
        # "Was Mr. Sato in Oslo?" names no meeting; a record is named by its title alone.
        is_of_record = not {"published", "publisher", "address"}.isdisjoint(facts)
        return facts if is_of_record or words.names_meeting or not words.names else ()
    if {"meeting_date", "place"}.isdisjoint(facts):
        return facts if before.has_subject or facts == ("presidency",) else ()
    # "When was it?", "And where?" may be about anything else.
    is_pronoun, is_held = bool(_PRONOUN.search(words.text)), words.has("held")
    is_spoken_of = before.has("meeting") or (is_pronoun and is_held and bool(query.filters))
    refers = (is_pronoun or is_held) and is_spoken_of
    return facts if refers or _named_facts(before) else ()


def _named_facts(words: QuestionWords) -> tuple[str, ...]:
    text = words.text
    facts = [name for name in ("meeting_date", "place", "mode", "address") if words.has(name)]
    if not facts and _HOW.search(text) and words.has("held"):
        facts = ["mode"]
    if words.has("presidency") and (words.asks_for_person or _WHO_HOSTED.search(text)):
        return ()
    if words.has("presidency") and (_WHO.search(text) or "presidency" in text):
        facts = [name for name in facts if name != "place"] + ["presidency"]
    if words.has("published") and not (words.has("mode") or words.has("held")):
        if "meeting_date" in facts:
            facts[facts.index("meeting_date")] = "published"
        elif _WHO.search(text):
            facts.append("publisher")
        else:
            return ()
    if words.has("duration"):
        facts = ["duration"]
    if "meeting_date" in facts and re.search(r"day of the week|weekday|曜日", text):
        facts[facts.index("meeting_date")] = "weekday"
    return tuple(facts)


def _without_filters(text: str, query: Query) -> str:
    """Return a question without the years, months, forums and publishers that became filters."""
    filters = query.filters
    unmet = {year for year in query.unmet if year.isdigit()}
    text = _YEAR.sub(lambda m: " " if int(m[1]) in filters.years or m[1] in unmet else m[0], text)
    if filters.months:
        text = MONTH_MENTION.sub(lambda m: " " if _month(m) in filters.months else m[0], text)
    names = [
        *filters.forums,
        *query.unmet,
        *(n for p in filters.publishers for n in (p, p.partition(",")[0], *re.findall(r"\((\w+)\)", p))),
    ]
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<![a-z0-9]){re.escape(fold_text(name))}(?![a-z0-9])", " ", text)
    return text


def _month(match: re.Match[str]) -> int:
    return int(match[2]) if match[2] else MONTH_NUMBERS[match[1].lower()]
