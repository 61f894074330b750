"""Read from a sentence who chaired a meeting, who attended it and who was absent."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from assistant.verification.facts.record_sentences import keys_of
from assistant.verification.sense.omissions import NEGATION
from corpus.language.countries import country_named, is_country
from corpus.language.dates import find_dates
from corpus.language.persons import TITLES, WORD, Person, is_title, persons
from corpus.language.tokens import fold_text
from corpus.language.word_lists import word_table
from corpus.span import Span

_FILE = "stated_roles.toml"
ROLES = ("chair", "present", "absent")
"""Parts of a person in a meeting."""
# Words of a sentence beside its verb in which the meeting stands.
_NEAR = 9
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_APPOSITION = re.compile(r",\s+(?P<words>[^,.;:()]{1,100}),")
# A dot behind three letters is none of "Mr.".
_CLAUSE_END = re.compile(r"[,;:()!?]|(?<=[^\W\d_]{3})\.(?=\s)|\s[–—]\s|$")
_CAPITAL = re.compile(r"[^\W\d_a-z][\w’'-]*(?:\s[^\W\d_a-z][\w’'-]*)*")


class NamedOne(NamedTuple):
    """A person or a country that a text names, and its place there; one of the two is None."""

    span: Span
    person: Person | None
    country: str | None


class StatedRole(NamedTuple):
    """Statement of a sentence that some persons have a role in a meeting.

    Attributes:
        role: one of `ROLES`.
        named: the persons or countries.
        meeting: the words before the noun for the meeting, such as "second"; empty where none stand there.
    """

    role: str
    named: tuple[NamedOne, ...]
    meeting: str


class _Verb(NamedTuple):
    role: str
    is_before: bool
    start: int
    end: int


def stated_roles(sentence: str) -> Iterator[StatedRole]:
    """Yield what a sentence says of persons in a meeting; nothing of what it denies or says of something else."""
    folded = fold_text(sentence)
    verbs = _verbs(folded) if len(folded) == len(sentence) else []
    if not verbs or is_to_come(sentence):
        return
    named = _named(sentence)
    for verb in verbs:
        before, behind = _near(sentence, verb)
        if verb.role != "absent" and NEGATION.search(before):
            continue
        meeting = _meeting(behind) if verb.is_before else _meeting_before(before)
        found = _run(sentence, named, verb)
        if meeting is not None and found:
            yield StatedRole(verb.role, tuple(found), meeting)


def without_named(sentence: str) -> str:
    """Return a sentence with spaces in place of the persons and countries of whom it says so."""
    for one in (one for stated in stated_roles(sentence) for one in stated.named):
        sentence = f"{sentence[: one.span.start]}{' ' * len(one.span)}{sentence[one.span.end :]}"
    return sentence


def is_to_come(sentence: str) -> bool:
    """Return True if a sentence is about a later meeting."""
    return _to_come().search(sentence) is not None


@cache
def _to_come() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_words('to_come', 'words'))))})\b", re.IGNORECASE)


@cache
def _pattern(place: str, role: str) -> re.Pattern[str]:
    phrases = sorted(map(fold_text, word_table(_FILE)[place][role]), key=lambda p: (-len(p), p))
    words = "|".join(re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)")


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(word_table(_FILE)[section][key])


def _verbs(folded: str) -> list[_Verb]:
    """Return the places of the words that say a role, without those inside longer ones: "attended by"."""
    found = [
        _Verb(role, place == "before", *match.span())
        for place in ("before", "behind")
        for role in ROLES
        for match in _pattern(place, role).finditer(folded)
    ]
    return [v for v in found if not any(o != v and o.start <= v.start and v.end <= o.end for o in found)]


def _near(sentence: str, verb: _Verb) -> tuple[str, str]:
    """Return the words of the clause before a verb, and those behind it."""
    ends = [match.end() for match in _CLAUSE_END.finditer(sentence, 0, verb.start) if match.end() < verb.start]
    before = sentence[ends[-1] if ends else 0 : verb.start]
    end = _CLAUSE_END.search(sentence, verb.end)
    return before, sentence[verb.end : end.start() if end else None]


def _meeting_before(words: str) -> str | None:
    """Return the words before the noun for the meeting in a subject; "" for none, None for another subject."""
    near = " ".join(words.split()[-_NEAR:])
    return "" if not near.strip(" ,") else _qualifiers(near)


def _meeting(words: str) -> str | None:
    """Return the words before the noun for the meeting in an object; "" for none, None for another object."""
    near = words.rstrip(" .").split()[:_NEAR]
    plain = " ".join(near).casefold()
    is_bare = not near or any(re.match(rf"{re.escape(way)}\b", plain) for way in _words("object", "ways"))
    is_day = any(day.start < len(near[0]) + 2 for day in find_dates(words.strip())) if near else False
    return "" if is_bare or is_day else _qualifiers(" ".join(near))


def _qualifiers(words: str) -> str | None:
    """Return the words between an article and the noun for a meeting behind it; None where there is no such noun."""
    parts = words.split()
    plain = [re.sub(r"['’]s$", "", part.casefold().strip("“”\"'’,")) for part in parts]
    at = next((n for n, word in enumerate(plain) if word in _words("object", "nouns")), None)
    if at is None:
        return None
    start = max((n + 1 for n in range(at) if plain[n] in _words("object", "articles")), default=0)
    return " ".join(parts[start:at])


def is_of(meeting: str, facts: str) -> bool:
    """Return True if the words before the noun for a meeting are among those of a record's title and facts."""
    return keys_of(meeting) <= keys_of(facts)


def _named(sentence: str) -> list[NamedOne]:
    """Return the persons and the countries of a sentence in order, without those in the names of offices."""
    hidden = _office_complement().sub(lambda m: m.group(1) + " " * len(m.group(2)), sentence)
    people = (p for p in persons(hidden) if not is_country(p.name.rstrip(".")))
    found = [NamedOne(Span(p.start, p.end), p, None) for p in people]
    for match in _CAPITAL.finditer(hidden):
        span = Span(*match.span())
        first, _, rest = span.of(sentence).partition(" ")
        name = rest if first.casefold() in word_table("source_words.toml")["articles"] else span.of(sentence)
        if is_country(name) and not any(one.span.overlaps(span) for one in found):
            found.append(NamedOne(Span(span.end - len(name), span.end), None, country_named(name)))
    return sorted(found, key=lambda one: one.span)


@cache
def _office_complement() -> re.Pattern[str]:
    """Return a pattern of an office and, as its second group, what it is for: "Minister", " for Home Affairs"."""
    titles = "|".join(sorted((re.escape(title) for title in TITLES), key=lambda word: (-len(word), word)))
    part = rf"(?!(?i:{titles})\b)[^\W\d_a-z][\w’'-]*"
    return re.compile(rf"\b((?i:{titles}))(\s+(?:of|for)\s+(?:the\s+)?{part}(?:,?\s+(?:and\s+)?{part})*)")


def _run(sentence: str, named: Sequence[NamedOne], verb: _Verb) -> list[NamedOne]:
    """Return the persons directly before or behind a verb, with those who are joined with them."""
    found: list[NamedOne] = []
    at = verb.start if verb.is_before else verb.end
    for one in reversed(named) if verb.is_before else named:
        if (one.span.end > at) if verb.is_before else (one.span.start < at):
            continue
        gap = sentence[one.span.end : at] if verb.is_before else sentence[at : one.span.start]
        is_other_kind = bool(found) and bool(found[0].country) != bool(one.country)
        if is_other_kind or not _joins(gap, is_behind=not verb.is_before):
            break
        found.append(one)
        at = one.span.start if verb.is_before else one.span.end
    return found


def _joins(gap: str, is_behind: bool) -> bool:
    """Return True if words between two persons, or between one and the verb, only join them or name an office."""
    plain = _APPOSITION.sub(lambda m: "," if _is_office(m["words"]) else m.group(), _BRACKETS.sub(" ", gap))
    words = [word.group().casefold().rstrip(".") for word in WORD.finditer(plain)]
    allowed = _words("between", "words") | TITLES | (_words("object", "articles") if is_behind else frozenset())
    return not any(c in plain for c in ".;:") and all(word in allowed for word in words)


def _is_office(words: str) -> bool:
    """Return True if words between commas are an office: "the treasurer", "Minister for Ports"."""
    parts = [part for part in words.split() if part.casefold() not in _words("object", "articles")]
    return bool(parts) and any(is_title(part) or part.casefold() in TITLES for part in parts[:4])
