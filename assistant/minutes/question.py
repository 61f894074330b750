"""Read a question about minutes: the records that it may be about, and the words of it that name a subject."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise

from assistant.minutes.day_range import AskedDays, asked_days
from assistant.minutes.record import MinutesRecord, read_record
from assistant.query import Query
from assistant.understanding.answer_type import question_word
from assistant.understanding.recency import without_state
from corpus.document import Document
from corpus.language.dates import (
    ERA_YEAR,
    YEAR,
    DateMention,
    find_date_ranges,
    find_dates,
    find_months,
    find_years,
    without_months,
)
from corpus.language.english import HONORIFICS, english_words
from corpus.language.figures import NUMBERS
from corpus.language.identify import LANGUAGES
from corpus.language.minutes_words import pattern, phrases, says
from corpus.language.scripts import is_cjk
from corpus.language.tokens import STEMMERS, fold_text, folded_words, stem, stems, stop_words
from corpus.language.word_lists import word_list

# Records that are read at most for one question.
_MOST_RECORDS = 400
_OPENING = re.compile(r"^\W*(?:(?:so|and|but) )?")
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)年?|{ERA_YEAR.pattern}")
# "Was" is "what" in German.
_GERMAN_WHAT = re.compile(
    r"was (?:wurden?|wird|werden|ist|sind|war|waren|hat|haben|muss|müssen|soll\w*|\w+(?:te|ten) (?:der|die|das|man)) "
)
_ONE_AND_NOT_THE_OTHER = re.compile(r"\b(?:but|and) not\b|\bcompare")
_AND_THEN = re.compile(r"\b(?:and|but) (?:did|was|were|has|have|what (?:became|happened|was))\b")
_POSSESSIVE = re.compile(r"['’]s\b")
_LEAST_SHARED = 5
# Stems of nouns that any meeting may be called by.
ANY_MEETING = frozenset(map(stem, ("meeting", "session", "minutes", "record", "meet", "met")))
_SEPARABLE = re.compile(
    r"(?P<prefix>an|auf|aus|ein|ab|vor|nach|mit|zu|um|zurück|weiter|fest|durch|über)(?:ge|zu)?(?P<verb>\w{4,})"
)
_ENDINGS = frozenset("e en er es em n r s t a o os as".split())
# First letters that the forms of a verb share.
_LEAST_VERB = 3
# Characters at the top of a record that name its day, and the most days of a meeting.
_TOP, _LONGEST = 400, 14


class MinutesQuestion:
    """A question beside the records that it may be about.

    Args:
        query: the question.
        documents: all records of the library.

    Attributes:
        query: the question.
        text: the question as typed.
        folded: the same folded.
        counts: True if it asks for a number.
        is_yes_or_no: True if it can be answered by yes or no.
        asks_who: True if it has a word such as "who" or "which".
        asked_days: the days that it asks for, "before August"; None without such days.
        is_refused: True if the structure of minutes cannot answer it.
        is_of_days: True if its days and years are of no meeting, so that only what is dated in a record can answer it.
    """

    def __init__(self, query: Query, documents: Sequence[Document]) -> None:
        self.query = query
        self.text = query.latest_text
        self.folded = fold_text(without_state(self.text))
        self.counts = says("question", "number", self.folded)
        self.is_yes_or_no = asks_yes_or_no(self.text)
        self.asks_who = says("question", "who", self.folded)
        self.asked_days: AskedDays | None = asked_days(self.text)
        is_of_time = all(map(str.isdigit, query.unmet)) and not (query.sides and not self.asked_days)
        self.is_refused = self._asks_for_words or bool(_ONE_AND_NOT_THE_OTHER.search(self.folded))
        self.is_refused |= bool(query.unmet or query.sides) and not is_of_time
        self.is_of_days = is_of_time and bool(query.unmet or query.sides)
        self._all = documents

    @property
    def _asks_for_words(self) -> bool:
        """True if it asks for somebody's words alone, and not for what became of them: "..., and was it accepted?"."""
        return bool(self.query.filters.speakers) and not (self.query.speaker and _AND_THEN.search(self.folded))

    @cached_property
    def documents(self) -> list[Document]:
        """The records that pass the filters, of the day that the question names if there are any."""
        filters = replace(self.query.filters, speakers=frozenset())
        kept = [d for d in self._all if filters.keeps(d)]
        return self._of_day([d for d in kept if filters.fits(d)] or kept)

    @cached_property
    def records(self) -> list[MinutesRecord]:
        """These records read as minutes; none if they are too many."""
        return [] if len(self.documents) > _MOST_RECORDS else [read_record(d) for d in self.documents]

    @cached_property
    def records_of_kind(self) -> list[MinutesRecord]:
        """The records whose name has the noun for a meeting that the question has, such as "webinar"; else all."""
        nouns = set(map(stem, word_list("meeting_words.txt") | word_list("record_nouns.txt"))) - ANY_MEETING
        asked = nouns.intersection(stems(self.text))
        return [record for record in self.records if asked & record.about] or self.records

    @cached_property
    def records_of_any_year(self) -> list[MinutesRecord]:
        """The records without the months and years of the question: a table or a heading may have them."""
        filters = replace(self.query.filters, months=frozenset(), years=frozenset())
        kept = [d for d in self._all if filters.keeps(d)]
        return [] if len(kept) > _MOST_RECORDS else [read_record(d) for d in kept]

    @cached_property
    def records_of_any_time(self) -> list[MinutesRecord]:
        """The records without the months and years of the days that it asks for, which are not those of a meeting."""
        beside = self.text
        if asked := self.asked_days:
            beside = f"{beside[: asked.span[0]]} {beside[asked.span[1] :]}"
        years = frozenset(find_years(beside)) & self.query.filters.years
        filters = replace(self.query.filters, months=find_months(beside), years=years)
        kept = [d for d in self._all if filters.keeps(d)]
        return [] if len(kept) > _MOST_RECORDS else [read_record(d) for d in kept]

    @cached_property
    def days(self) -> list[DateMention]:
        """The days and months that the question names; of a follow-up that names none those of the turn before."""
        own = find_dates(self.text) + _months_alone(self.text)
        return own or (find_dates(self.query.text) + _months_alone(self.query.text) if self.query.latest else [])

    def rest(self, record: MinutesRecord, remove: Iterable[tuple[str, str]], known: Iterable[str] = ()) -> set[str]:
        """Return the stems of the question that are left without the words that ask, dates and the record's name.

        Args:
            record: the record.
            remove: section and class of the words that ask.
            known: further words that are not left.
        """
        text = self.query.text if self.query.latest else self.text
        text = fold_text(without_days(text))
        for section, name in (*remove, ("frame", "last")):
            text = pattern(section, name).sub(" ", text)
        left = set(stems(_POSSESSIVE.sub(" ", text)))
        away = record.about | set(stems(" ".join(known))) | _frame() | _small_words(self.query.language)
        away |= _written_as_one(text, record.about)
        return {
            w
            for w in left
            if w not in away and not _is_number(w) and (len(w) > 1 or is_cjk(w)) and not _within(w, away)
        }

    def loose_words(self, remove: Iterable[tuple[str, str]]) -> set[str]:
        """Return the stems of the question without the words that ask, with days and the names of records."""
        text = self.folded
        for section, name in remove:
            text = pattern(section, name).sub(" ", text)
        return set(stems(text))

    def _of_day(self, documents: list[Document]) -> list[Document]:
        """Return the records of the day that the question names; all of them if it names none, or none has it."""
        of_day = [
            d for d in documents if (days := days_of(d)) and any(m.matches(day) for m in self.days for day in days)
        ]
        return of_day or documents


def without_days(text: str) -> str:
    """Return a text without its days, months and years of eras."""
    for day in sorted(find_date_ranges(text), key=lambda d: -d.start):
        text = f"{text[: day.start]} {text[day.end :]}"
    return _YEAR.sub(" ", without_months(text))


def asks_yes_or_no(question: str) -> bool:
    """Return True if a question can be answered by yes or no: it begins with a verb, or has a Japanese verb with か."""
    text = _OPENING.sub("", fold_text(question))
    if _GERMAN_WHAT.match(text):
        return False
    found = list(pattern("question", "yes_or_no").finditer(text))
    is_japanese = any(is_cjk(match.group()) for match in found) and not question_word(text)  # "何が決まりましたか"
    return is_japanese or any(match.start() == 0 for match in found)


def share(words: set[str], text: str) -> float:
    """Return the share of some stems that a text has, in [0, 1]; 0 without any.

    Words that agree in their first letters count too: "decide" and "decision".
    """
    there = set(stems(text))
    folded = fold_text(text)
    found = {
        w
        for w in words
        if w in there
        or (is_cjk(w) and w in folded)
        or any(_akin(w, other) for other in there)
        or _is_written_apart(w, there)
    }
    return len(found) / len(words) if words else 0.0


def _months_alone(text: str) -> list[DateMention]:
    """Return the months that a text names without a day: "the January meeting"."""
    return [DateMention(None, month, None, 0, 0) for month in sorted(find_months(text))] if not find_dates(text) else []


def days_of(document: Document) -> list[date]:
    """Return the days of a meeting, else those that the first lines of its record name."""
    if period := document.meeting.period:
        return [period[0] + timedelta(n) for n in range(min((period[1] - period[0]).days, _LONGEST) + 1)]
    found = (days.resolve() for days in find_date_ranges(fold_text(document.text[:_TOP])))
    return [days[0] for days in found if days][:1]


def _akin(one: str, other: str) -> bool:
    """Return True if two stems begin with the same letters and differ in an ending alone."""
    shorter = min(len(one), len(other))
    if _LEAST_VERB <= shorter < _LEAST_SHARED:  # "neue" and "neuer", no English words
        short, long = sorted((one, other), key=len)
        is_inflected = long.startswith(short) and long[shorter:] in _ENDINGS
        return is_inflected and english_words().isdisjoint((one, other))
    return shorter >= _LEAST_SHARED and one[: shorter - 1] == other[: shorter - 1] and abs(len(one) - len(other)) <= 3


def _is_written_apart(word: str, there: set[str]) -> bool:
    """Return True if a text has the prefix and the verb of a German word apart: "holt ... ein" for "einholen"."""
    match = _SEPARABLE.fullmatch(word)
    if not match or match["prefix"] not in there:
        return False
    return any(other.startswith(match["verb"][:_LEAST_VERB]) and len(other) > _LEAST_VERB for other in there)


def _is_number(word: str) -> bool:
    return word in NUMBERS or (word.isdecimal() and len(word) < 5) or bool(re.fullmatch(r"\d+(?:st|nd|rd|th)", word))


def _within(word: str, away: frozenset[str] | set[str]) -> bool:
    """Return True if a Japanese word is part of a word that does not count."""
    return is_cjk(word) and any(word in other for other in away if is_cjk(other))


def _written_as_one(text: str, about: frozenset[str]) -> set[str]:
    """Return the stems of two words in a row that the name of a record writes as one: "food bank", "foodbank"."""
    pairs = pairwise(folded_words(text))
    return {stem(word) for one, other in pairs if stem(one + other) in about for word in (one, other)}


@cache
def _small_words(language: str | None) -> frozenset[str]:
    """Return the stems of the stop words of a language, as a query names it; none for English and Japanese."""
    code = next((code for code in STEMMERS if code != "en" and LANGUAGES[code] == language), None)
    return frozenset(map(stem, stop_words(code))) if code else frozenset()


@cache
def _frame() -> frozenset[str]:
    """Return the stems of the words of a question that name no subject."""
    lists = ("list_words.txt", "record_nouns.txt", "meeting_words.txt")
    words = set().union(*map(word_list, lists), phrases("frame", "asking"), phrases("frame", "last"), HONORIFICS)
    keep = {"board", "committee", "council", "panel", "statement", "declaration", "agreement", "network", "interview"}
    plurals = {f"{word}s" for word in word_list("record_nouns.txt")}
    return frozenset(stem(part) for word in words | plurals if word not in keep for part in word.split())
