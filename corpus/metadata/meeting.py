"""Extract facts about a record's meeting: name, days, place, mode and presidency."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

from corpus.facts import Fact, facts_of_meeting_days
from corpus.language.countries import country_named, country_pattern
from corpus.language.dates import YEAR, DateRange, find_date_ranges
from corpus.language.figures import ORDINALS
from corpus.language.organizations import forum_in
from corpus.language.scripts import KANJI, KATAKANA
from corpus.language.sentences import sentences
from corpus.language.word_lists import word_list
from corpus.metadata.place import KIND, mode_in, place_in
from corpus.span import Span

_ORIGIN = "first lines"
# A longer sentence lists names, and has day and place at its beginning.
_LONGEST_SENTENCE = 1_000
# The label of a fact about the meeting, which follows in the line or in the next one.
LABEL = re.compile(
    r"(?:[0-9]{1,2}[.)]?\s*)?(?P<what>(?:time and )?date(?:(?: and |/| ?& ?)time)?"
    r"(?: and (?:place|venue))?(?: of (?:the )?(?:meeting|session|hearing))?|dates|place|venue|location"
    r"|(?:meeting|session) (?:dates?|place|venue)"
    r"|held on|when|day|(?:sitzungs)?datum(?: der sitzung)?|sitzungstermin|termin|sitzungstag|ort"
    r"|date (?:de la (?:réunion|séance)|et (?:heure|lieu))|lieu"
    r"|fecha(?: y (?:hora|lugar)| de la (?:reunión|sesión))?|lugar"
    r"|開催日時?|日時|開催日|期日|期間|会期|開催地|場所|開催場所|会場|会议时间|会议日期|时间|日期|地点)\s*(?:[:：|]|$)",
    re.IGNORECASE,
)
_WHEN = re.compile(r"date|held on|when|day|datum|termin|tag$|fecha|日時|開催日|期日|期間|会期|时间|日期", re.IGNORECASE)
_WHERE = re.compile(r"place|venue|location|ort$|lieu|lugar|開催地|場所|会場|地点", re.IGNORECASE)
# Labels that may be of the release.
_BARE = frozenset({"date", "dates", "day", "when", "datum", "termin", "fecha"})
_GENERIC = re.compile(
    rf"(?:(?:[a-z]+|[Ff]irst|[Ss]econd|[Tt]hird|[A-Z][a-z]+th|[Ii]naugural|[Ll]istening|[Mm]inisterial)\s+)*(?i:{KIND})"
)
_NAME = rf"(?P<name>[^,;:.()\"“”]{{3,110}}?\b{KIND}(?:\s+(?:\w+\s+){{0,2}}?{KIND})*+)\b(?:\s*\([^()]{{1,40}}\))?"
_HELD = re.compile(
    rf"(?:^|\b)(?:the|an?|its|their)\s+{_NAME}[^.;]{{0,60}}?"
    r"(?:\b(?:was|were|is|has been|will be)\s+(?:\w+ly\s+)?(?:held|convened|organi[sz]ed|hosted)|\btook place)\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    rf"\b(?:held|hosted|co-hosted|convened|organi[sz]ed|chaired|will hold|will host)\s+(?:the|an?|its|their)\s+{_NAME}",
    re.IGNORECASE,
)
_HELD_JA = re.compile(
    r"(?P<name>[^、。,「」()\s]{3,60}?(?:会合|会議|サミット|フォーラム))(?:\([^()]{1,30}\))?(?:が|を|は)[^。]{0,60}?(?:開催|開かれ)"
)
_WE_MET = re.compile(
    r"^(?:[0-9]{1,2}\.\s*)?we\b[^.;]{0,250}?\b(?:met|gathered|convened|have convened)\b", re.IGNORECASE
)
_ON_DAY = re.compile(r"\b(?:on|from|between)\s+(?:the\s+)?(?:\w+day,?\s+)?$", re.IGNORECASE)
_AT_FRONT = re.compile(r"(?:(?:on|from)\s+)?(?:\w+day,?\s+)?$", re.IGNORECASE)
# "The U.S.-EU Trade and Technology Council met for the first time in Pittsburgh on 29 September 2021."
_THEY_MET = re.compile(r"(?:on\s+[^.;]{3,40}?,\s+)?(?P<who>.{5,250}?)\b(?:met|convened|gathered)\b", re.IGNORECASE)
# "President Bo and Prime Minister Day met in Lima", "President Bo hosted Prime Minister Day in Lima"
_PERSONS_MET = re.compile(
    r"(?:today,?\s+)?[^.;]{0,10}(?:.(?!\bsince\b)){3,400}?\b(?:met|gathered|hosted)\b", re.IGNORECASE
)
# Sentences of the opening in which persons may meet.
_OPENING = 4
_TOGETHER = re.compile(
    r"\b(?:joint|readout|meetings?|summit|council|leaders|ministers|dialogue|outcomes?)\b", re.IGNORECASE
)
# "thirty years since the first meeting was held": an earlier meeting.
_EARLIER = re.compile(r"\b(?:since|until|before|after|when|where)\b", re.IGNORECASE)
_ORDINALS = frozenset((*ORDINALS, "inaugural", "annual"))
_COMMON = word_list("meeting_words.txt")
_CJK_RUN = re.compile(f"[{KANJI}{KATAKANA}]{{2,}}")
_NAMED_IN_TITLE = re.compile(
    r"(?:\b(?i:results|outcomes?|readout|summary|minutes|overview|holding|report)\s+of\s+(?:the\s+)?"
    r"|^(?=G ?\d{1,2}\b))"
    rf"(?P<name>[A-Z](?:[^,;:.()|]|\.(?=[A-Z-])){{3,110}}?\b(?i:{KIND}))\b(?=\s*(?:$|[(（]|in\b|at\b))"
)
_FORUM = r"(?:G ?\d{1,2}\s+)?"
_OFFICE = r"(?:presidency|chair(?:manship|ship)?)"
_MEETING = re.compile(r"\b(?:meeting|summit|conference)\b|\bmet\b|会合|会議|サミット", re.IGNORECASE)
# "agreed upon at the 2019 G20, under Japan's Presidency" is another meeting's.
_OTHER = re.compile(rf"\bin {YEAR}\b|\bthe {YEAR}\b|\b(?:last|next|previous|upcoming|former)\b", re.IGNORECASE)


def meeting_facts(title: str, opening: list[str], lines: list[str], published: date | None) -> Iterator[Fact]:
    """Yield the facts about the meeting.

    Args:
        title: of the record.
        opening: its first paragraphs.
        lines: its first blocks in order, with the opening.
        published: the record's day of publication; a day without a year is the last one before it.
    """
    sentences_of_opening = [s for paragraph in opening for s in _sentences(paragraph)]
    held_meeting = next(((s, m) for s in sentences_of_opening if (m := _held_meeting(s, title)) is not None), None)
    sentence = held_meeting[0] if held_meeting else next((s for s in sentences_of_opening if _WE_MET.search(s)), "")
    labelled = dict(labelled_words(lines))
    yield from _days(sentence, labelled.get("when", ""), published)
    if place := place_in(title, sentence or _persons_met(sentences_of_opening, title), labelled.get("where", "")):
        yield Fact("place", place, _ORIGIN)
    if name := _meeting_name(title, held_meeting[1] if held_meeting else None):
        yield Fact("meeting", name, _ORIGIN)
        if forum := forum_in(name):
            yield Fact("forum", forum, _ORIGIN)
    if mode := mode_in(title, sentence, labelled.get("when", "") + "\n" + labelled.get("after", "")):
        yield Fact("mode", mode, _ORIGIN)
    if presidency := presidency_in(sentences_of_opening, lines):
        yield Fact("presidency", presidency, _ORIGIN)


def _sentences(paragraph: str) -> list[str]:
    return [span.of(paragraph)[:_LONGEST_SENTENCE] for span in sentences(paragraph, Span(0, len(paragraph)))]


def _persons_met(opening: list[str], title: str) -> str:
    """Return the first sentence in which persons meet, which may state the place; "" without one."""
    is_of_several = _TOGETHER.search(title) is not None
    return next((s for s in opening[:_OPENING] if is_of_several and _PERSONS_MET.match(s)), "")


def _held_meeting(sentence: str, title: str) -> str | None:
    """Return the name of a meeting held by a sentence, if it is the title's; "" for "they met"; else None."""
    for pattern in (_HELD, _HOLDS, _HELD_JA):
        for match in pattern.finditer(sentence):
            if _EARLIER.search(sentence[: match.start()]):
                continue
            name = " ".join(match["name"].split())
            if _is_same_meeting(name, title) or _is_same_meeting(match.group(0), title):
                return name
    met = _THEY_MET.match(sentence)
    together = met and _TOGETHER.search(title) and len(_words(met["who"])) > 1 and _is_same_meeting(met["who"], title)
    return "" if together else None


def _is_same_meeting(name: str, title: str) -> bool:
    """Return True if a title is about this meeting: the same forum, and most words of its name."""
    forum = forum_in(name)
    if forum and forum != forum_in(title):
        return False
    title_words = {w[:6] for w in _words(title)}
    words = [w[:6] for w in _words(name) if w not in _COMMON and (w not in _ORDINALS or w[:6] in title_words)]
    return bool(words) and sum(w in title_words for w in words) >= 0.6 * len(words)


def _words(text: str) -> list[str]:
    """Return the words that distinguish meetings; of Japanese, which has no spaces, pairs of characters."""
    words = [w for w in re.findall(r"[a-z0-9]+", text.lower()) if len(w) > 3 or any(c.isdigit() for c in w)]
    return words + [a + b for row in _CJK_RUN.findall(text) for a, b in pairwise(row)]


def _meeting_name(title: str, held_name: str | None) -> str | None:
    """Return the meeting's name as in the title, else as in the sentence that says that it was held."""
    if match := _NAMED_IN_TITLE.search(title):
        return " ".join(match["name"].split())
    if held_name and _GENERIC.fullmatch(held_name):
        return None
    at = title.lower().find(held_name.lower()) if held_name else -1
    return title[at : at + len(held_name)] if held_name and at >= 0 else held_name


def is_day_label(label: str) -> bool:
    """Return True for a label of `LABEL` that stands before a day."""
    return bool(_WHEN.search(label))


def labelled_words(lines: list[str], is_of_meeting: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the words behind the labels "Date" and "Place", and the line after a date, which may state the mode.

    Args:
        lines: the first lines of a record.
        is_of_meeting: True for a record whose "Date" is not that of a release.
    """
    # "Date: " may be the release's, unless there is a label for the place of the meeting too.
    placed = is_of_meeting or any((label := LABEL.match(line)) and _WHERE.search(label["what"]) for line in lines)
    for i, line in enumerate(lines):
        label = LABEL.match(line)
        if not label:
            continue
        inline = line[label.end() :].strip()
        words = inline or (lines[i + 1] if i + 1 < len(lines) else "")
        when, where = is_day_label(label["what"]), bool(_WHERE.search(label["what"]))
        if when and (not inline or placed or label["what"].lower() not in _BARE):
            yield "when", words
            yield "after", lines[i + 2] if i + 2 < len(lines) and not inline else ""
        if where and not when:
            yield "where", words


def _days(sentence: str, labelled: str, published: date | None) -> Iterator[Fact]:
    labelled_days = [period for mention in find_date_ranges(labelled) if (period := mention.resolve(published))]
    stated = [period for mention in _days_held(sentence) if (period := mention.resolve(published))]
    days = labelled_days if len(labelled_days) == 1 else stated
    if len(days) == 1:
        yield from facts_of_meeting_days(days[0], _ORIGIN)


def _days_held(sentence: str) -> list[DateRange]:
    """Return the days on which a sentence says that the meeting was held: those at its front, or the only ones."""
    dates = find_date_ranges(sentence)
    front = [d for d in dates if _AT_FRONT.fullmatch(sentence[: d.start])]
    held = [d for d in dates if _ON_DAY.search(sentence[: d.start]) or _bare_after(sentence, d)]
    return front[:1] or (held if len(dates) == 1 else [])


def _bare_after(sentence: str, days: DateRange) -> bool:
    return bool(re.search(r"\b(?:held|met|place|summit)\b[^.;]{0,60}[,\s]$", sentence[: days.start], re.IGNORECASE))


def presidency_in(sentences: list[str], lines: list[str]) -> str | None:
    """Return the presiding country by its English name; None where the record names none or several.

    Args:
        sentences: of the record's first paragraphs.
        lines: its first blocks.
    """
    under, listed, japanese = _presidency_patterns()
    own = [s for s in sentences if _MEETING.search(s) and not _OTHER.search(s)]
    texts = ((under, own), (listed, lines), (japanese, sentences))
    countries = {_country(match) for pattern, parts in texts for part in parts for match in pattern.finditer(part)}
    return countries.pop() if len(countries) == 1 else None


@cache
def _presidency_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the phrases that name a presidency in English, those that list it, and those in Japanese."""
    any_country, in_japanese = country_pattern("English"), country_pattern("Japanese")
    # "under Italian presidency", "under the Presidency of Italy", "at the invitation of the German G7 Presidency".
    under = re.compile(
        rf"\bunder\s+(?:the\s+)?(?P<a>{any_country})(?:['’]s?)?\s+{_FORUM}{_OFFICE}\b"
        rf"|\bunder\s+(?:the\s+)?{_FORUM}{_OFFICE}\s+of\s+(?:the\s+)?(?P<b>{any_country})\b"
        rf"|\binvitation\s+of\s+the\s+(?P<c>{any_country})\s+{_FORUM}{_OFFICE}\b"
        rf"|\b(?:proposed|hosted|convened|organi[sz]ed|held|chaired)\s+by\s+the\s+{_FORUM}(?P<d>{any_country})\s+{_FORUM}{_OFFICE}\b",
        re.IGNORECASE,
    )
    # A list of participants: "Japan, Saudi Arabia (Presidency), Argentina".
    listed = re.compile(rf"(?:^|[,;:\s])(?P<a>{any_country})\s*\((?:presidency|chair|host)\)", re.IGNORECASE)
    japanese = re.compile(
        rf"(?P<a>{in_japanese})(?:が|の)?議長国(?:の下|を務め|として)|議長国[はの::]?(?P<b>{in_japanese})"
    )
    return under, listed, japanese


def _country(match: re.Match[str]) -> str | None:
    return country_named(next(name for name in match.groupdict().values() if name))
