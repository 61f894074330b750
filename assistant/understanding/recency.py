"""Find the records of "the last meeting" that a question means, and recognize questions for the newest state."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.understanding.named_records import title_stems
from corpus.document import Document
from corpus.language.tokens import content_words, stem
from index.search.filters import Filters

_MEETING = (
    r"(?:meetings?|agm|gathering|workshop|round|retrospective|sessions?|sittings?|hearings?|minutes|sync|call|conference"
    r"|summit|briefing|assembly)"
)
_MEETING_FR = r"(?:réunion|séance|assemblée|session|procès-verbal|compte rendu)"
_MEETING_DE = r"(?:\w*sitzung|\w*besprechung|\w*tagung|\w*versammlung|\w*protokoll)"
_BODY_JA = r"(?:委員会|審議会|協議会|理事会|総会|例会|部会)"
_MEETING_ES = r"(?:reunión|sesión|junta|asamblea|acta)"
_LAST = r"(?:last|latest|most recent|newest|previous)"
# "the last meeting of the harbour board", "the board's last meeting", "the last harbour board meeting".
_LAST_MEETING = re.compile(
    rf"(?:\b(?P<whose>[\w-]+(?:\s+[\w-]+){{0,4}})['’]s?\s+)?\b(?:the\s+|(?P<own>its|their|our)\s+)?{_LAST}\s+"
    rf"(?P<before>(?:[\w-]+\s+){{0,5}}?){_MEETING}\b"
    r"(?:\s+(?:of|by)\s+(?:the\s+)?(?P<of>[\w’'-]+(?:\s+(?!in\b|on\b|at\b|about\b|with\b|say\b|decide\b)[\w’'-]+){0,5}))?"
    rf"|\b(?:(?:dernière?|précédente?)\s+{_MEETING_FR}"
    rf"|{_MEETING_FR}\s+(?:précédente?|dernière?|(?:la |le )?plus récente?))\b"
    r"(?:\s+(?:de la|de l['’]|du|des)\s*(?P<de>[\w’' -]+))?"
    rf"|\b(?:letzte|vorige|vergangene|jüngste|neueste)[mnr]?\s+{_MEETING_DE}\b(?:\s+de[sr]\s+(?P<des>[\w -]+))?"
    rf"|\b(?:(?:última|anterior|pasada)\s+{_MEETING_ES}|{_MEETING_ES}\s+(?:anterior|pasada|más reciente))\b"
    r"(?:\s+(?:de la|del|de)\s+(?P<del>[\w -]+))?"
    rf"|(?P<no>[^\s、は]{{2,20}}の)?(?:(?:前回|直近|最新|最後|直前|先回)の(?:会合|会議|議事録|記録|回|{_BODY_JA}"
    rf"|(?P<before_ja>[^\s、。のはでが]{{1,12}}?{_BODY_JA}))|前回(?=[はでのに、]))",
    re.IGNORECASE,
)
# A noun in another language than English, by which the records of the body may call themselves.
_NOUN = re.compile(rf"{_MEETING_FR}|{_MEETING_DE}|{_MEETING_ES}|{_BODY_JA}", re.IGNORECASE)
_PREVIOUS = re.compile(r"\bprevious\b|\bprécédente?\b|\bvorige|\banterior\b|前回|先回", re.IGNORECASE)
# What asks for the state that the newest record tells.
_NEWEST = re.compile(
    r"\b(?:current|currently|now|nowadays|at present|presently|at the moment|as of today|today|so far|up to date|still"
    rf"|{_LAST[3:-1]}|next|upcoming|forthcoming)\b"
    r"|\b(?:actuel(?:le)?s?|actuellement|prochaine?s?|dernière?s?|aktuelle?[nrs]?|derzeit|nächste[nrs]?|letzte[nrs]?"
    r"|actual(?:es|mente)?|próxim[oa]s?|últim[oa]s?)\b|現在|最新|直近|次回|次の(?:会合|会議|委員会|審議会|協議会|理事会|総会|例会|部会)|今の",
    re.IGNORECASE,
)
# "The last three years", "next to", "now that" ask for no newest record.
_NO_NEWEST = re.compile(
    r"\b(?:last|next|previous)\s+"
    r"(?:(?:few|two|three|four|five|ten|\d+)\s+)?(?:years?|months?|weeks?|days?|quarter|decades?)\b"
    r"|\bnext to\b|\bat last\b|\blast(?:ed|s|ing)?\s*\?|\bnow that\b",
    re.IGNORECASE,
)
# "The latest on the tram" names no subject but the tram.
_STATE = re.compile(
    r"\b(?:the\s+)?(?:latest|newest|most recent|current|present(?=\s+st))\s+(?:(?:news|state|status|position|situation"
    r"|stand|developments?|information|update|word)\s+)?(?:on|about|of|with|regarding|concerning|for)\b"
    r"|\b(?:at present|presently|at the moment|as of today|so far|up to date)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:latest|newest|most recent|news|update|word)\s+(?:(?:news|developments?|information|update|word)\s+)?"
    r"(?:on|about|of|from)\b|\bwhat['’]s new\b|\bwhat is new\b"
    r"|\bnouvelles\b|\bneues\b|\bneuigkeiten\b|\bnovedades\b|最新の(?:情報|状況)",
    re.IGNORECASE,
)
_NEXT_MEETING = re.compile(
    rf"\b(?:next|following|upcoming|forthcoming)\s+(?:[\w-]+\s+){{0,4}}?{_MEETING}\b|\bprochaine?s?\s+{_MEETING_FR}"
    r"|\b(?:meet|convene|gather|sit|assemble)s?\s+(?:again|next)\b|\bnext\s+meets?\b|\breconvenes?\b"
    rf"|{_MEETING}\s+(?:(?:was|is|stands|then)\s+)*adjourned\s+(?:until|till|to)\b"
    r"|\bnext (?:date|appointment)\b|\btagt wieder\b|\btrifft sich wieder\b|\bse réunira\b"
    r"|\b(?:se reunirá|volverá a reunirse)\b"
    rf"|{_MEETING_FR}\s+prochaine?\b|\bprochaine?s?\s+(?:rendez-vous|rencontre|date)\b"
    rf"|\bnächste[mnrs]?\s+(?:{_MEETING_DE}|termin|treffen|zusammenkunft|runde)\b|\bfolgetermin\b"
    rf"|\bpróxim[oa]s?\s+(?:{_MEETING_ES}|cita|convocatoria|fecha|encuentro|pleno)"
    rf"|(?:次回|次)の?(?:会合|会議|開催|予定|日程|{_BODY_JA})|次回[はを：:]",
    re.IGNORECASE,
)


def asks_for_newest(question: str) -> bool:
    """Return True if a question asks for the state that the newest record gives, or for the next or the last one."""
    return bool(_NEWEST.search(_NO_NEWEST.sub(" ", question)))


def asks_for_news(question: str) -> bool:
    """Return True if a question asks for the latest on something, and not for a value of it."""
    return bool(_NEWS.search(question))


def without_newest_words(question: str) -> str:
    """Return a question without the words for the newest state."""
    return _NEWEST.sub(" ", question)


def without_state(question: str) -> str:
    """Return a question without "the latest on" and "at present", which no record of the newest state repeats."""
    return _STATE.sub(" ", question)


def names_next_meeting(text: str) -> bool:
    """Return True if a question or a sentence names the next meeting."""
    return bool(_NEXT_MEETING.search(text))


def last_meeting(
    question: str, documents: Sequence[Document], filters: Filters, before: date | None
) -> tuple[frozenset[str], str]:
    """Return the names of the records of the last meeting that a question means, and the words that name it.

    Args:
        question: the question.
        documents: all records.
        filters: those that the question names; the meeting is one that fits them.
        before: the day of the meeting spoken of before, before which a "previous" one lies.

    Returns:
        No names for a question without "the last meeting", or if no record of the body that it names has a day.
    """
    match = _LAST_MEETING.search(question)
    if not match:
        return frozenset(), ""
    dated = [d for d in documents if d.meeting.first_day and filters.fits(d)]
    if before and _PREVIOUS.search(match.group()):
        dated = [d for d in dated if (day := d.meeting.first_day) and day < before]
    words = " ".join(
        filter(None, (match[name] for name in ("whose", "before", "of", "de", "des", "del", "no", "before_ja")))
    )
    noun = _NOUN.search(match.group())
    called = [d for d in dated if noun and noun.group().casefold() in f"{d.title} {d.name}".casefold()]
    dated = called or dated
    of_body = _of_body(_stems(words), dated, 1) if words else []
    if not of_body:
        beside = question.replace(match.group(), " ")
        of_body = _of_body(_stems(beside), dated, 1 if match["own"] else 2) or ([] if words else dated)
    last = max((d.meeting.first_day for d in of_body if d.meeting.first_day), default=None)
    names = frozenset(d.name for d in of_body if d.meeting.first_day == last)
    return names, match.group()


def _of_body(words: set[str], documents: Sequence[Document], least: int) -> list[Document]:
    """Return the records whose title and name have most of the words, if these are at least so many; else none."""
    shared = [(len(words & title_stems(d.name, d.title)), d) for d in documents]
    most = max((number for number, _ in shared), default=0)
    return [d for number, d in shared if number == most >= least]


def _stems(words: str) -> set[str]:
    return {stem(word) for word in content_words(words) if not word.isdecimal()}
