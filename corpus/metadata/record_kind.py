"""Tell the record that a body keeps of its meeting (minutes, agenda, transcript) from a release about a meeting."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from corpus.language.dates import find_date_ranges, find_slashed_days
from corpus.language.scripts import LATIN_CAPITAL, is_cjk
from corpus.language.word_lists import word_list, word_table
from corpus.metadata.head import FirstLine, head_and_opening
from corpus.metadata.meeting import LABEL, is_day_label

# Suffixes of captions and transcripts, which are of the day of the meeting.
RECORDINGS = (".vtt", ".srt", ".json")
# Hours from and to, as beside the day of a meeting: "10:00-12:00", "14h00 à 16h00".
_HOURS = re.compile(r"\b\d{1,2}[:.h]\d\d(?:\s*[ap]\.?m\.?)?\s*(?:-|–|—|to|bis|à|a)\s*\d{1,2}[:.h]\d\d", re.IGNORECASE)
# Says that a meeting was held.
HELD = re.compile(
    r"\b(?:held|met(?!\s+(?:en|à|au|fin|l['’]))|meets|convened|took place|called to order|opened|gathered"
    r"|assembled|tagte|fand|s['’]est|réunie?|tenue|celebr\w+|reuni\w+)\b|開催|開かれ|召开|举行",
    re.IGNORECASE,
)
# Says that a meeting will be held, as a notice of it does; "The next meeting will be held on ..." is of another one.
_WILL_BE_HELD = re.compile(
    r"\bwill\s+(?:hold|meet|convene|gather|assemble|take\s+place|be\s+(?:held|convened|hosted))\b", re.IGNORECASE
)
# Most words of the name of a body, and of one with words in lower case.
_NAME_WORDS = 10
# Lines of a head below a name in which its day stands.
_HEAD_LINES = 4
# Labels of letters and articles, whose day is that of the text.
LETTER = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(word_list('mail_labels.txt'))))}"
    r"|to|an|à|para|by|author|subject|re|betreff|objet|asunto|our ref\w*|ref\w*)\s*[:：]",
    re.IGNORECASE,
)
_FEW_WORDS = 6
_NAME = re.compile(
    rf"[{LATIN_CAPITAL}0-9(&][\w'’.&()-]*|of|on|for|and|the|to|[dl]['’]\S+|de|la|les?|du|des|del|el|los|für|der|die|das|und|y|et|e"
)
_BEFORE_DAY = re.compile(r"[\s,(]+(?:of|on|held|the|le|du|vom|am|del|el|de)*[\s,)]*$", re.IGNORECASE)
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


@cache
def words_of(kind: str) -> re.Pattern[str]:
    """Return a pattern of the words of a kind in `data/record_kinds.toml`."""
    return re.compile(_alternatives(word_table("record_kinds.toml")[kind]), re.IGNORECASE)


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern of words, the longer ones first; Japanese and Chinese ones need no bounds."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) if is_cjk(word) else rf"(?<!\w){re.escape(word)}(?!\w)" for word in ordered)


def is_of_meeting(title: str, name: str, lines: Sequence[FirstLine], is_dated: bool) -> bool:
    """Return True if a record is that of a meeting, so that the day in its head is the meeting's.

    Args:
        title: of the record, in compatibility form (NFKC).
        name: of the file.
        lines: the record's first lines.
        is_dated: True if the file states the day of its publication.
    """
    head, opening = head_and_opening(list(lines))
    own = (title, re.sub(r"[_.+-]", " ", name), *(line.words for line in head if not line.is_numbered))
    if name.lower().endswith(RECORDINGS) or any(words_of("minutes").search(words) for words in own):
        return True
    if is_dated or any(words_of("releases").search(words) for words in own):
        return False
    if any(_labels_attendance(line.words) for line in lines):
        return True
    if opening and _is_about_meeting(head, opening[0]):
        return False
    return (
        any(words_of("meetings").search(words) for words in own)
        or any(_HOURS.search(line.words) and find_date_ranges(line.words) for line in head)
        or names_body(title)
        or (_is_name(title) and _states_day(head[:_HEAD_LINES]))
    )


def _is_about_meeting(head: Sequence[FirstLine], paragraph: str) -> bool:
    """Return True for a release or a notice: its head has its own day, its first paragraph that of a meeting."""
    own = [days.resolve() for line in head for days in find_date_ranges(line.words)]
    told = [days.resolve() for days in find_date_ranges(paragraph)]
    if not own or not told:
        return False
    is_held = HELD.search(_WILL_BE_HELD.sub("", paragraph))
    return bool(is_held) or (_announces_meeting(paragraph) and not set(own) & set(told))


def _announces_meeting(paragraph: str) -> bool:
    """Return True if a paragraph says that a meeting will be held that is not the next one."""
    announced = _WILL_BE_HELD.search(paragraph)
    return bool(announced and not words_of("other_meetings").search(paragraph[: announced.start()]))


def _is_name(title: str) -> bool:
    """Return True for a title of a few words that are all those of a name: "Harbour Pilots of Vik"."""
    words = title.split()
    return 0 < len(words) <= _FEW_WORDS and all(_NAME.fullmatch(word.strip(",;:–-")) for word in words)


def _states_day(head: Sequence[FirstLine]) -> bool:
    """Return True if the head of a record has a line "Date: ..." with a day and no label of a letter or an author."""
    is_letter = any(LETTER.match(line.words) for line in head)
    dated = (line.words for line in head if (label := LABEL.match(line.words)) and is_day_label(label["what"]))
    return not is_letter and any(find_date_ranges(words) or find_slashed_days(words) for words in dated)


def names_body(title: str) -> bool:
    """Return True if a title is the name of a body, such as "Rivers Committee" or "Conseil de la vallée"."""
    dated = find_date_ranges(title)
    for days in reversed(dated):
        title = title[: days.start] + title[days.end :]
    title = _AROUND.sub("", _BEFORE_DAY.sub("", title) if dated else title)
    words = title.split()
    if words_of("bodies_first").match(title) and len(words) <= _FEW_WORDS:
        return True
    found = list(words_of("bodies").finditer(title))
    is_name = len(words) <= _NAME_WORDS and all(_NAME.fullmatch(word.strip(",;:–-")) for word in words)
    if found and dated and len(words) <= _FEW_WORDS and found[-1].end() == len(title):
        return True  # "Harbour board, 4 June 2025"
    if not found or not (is_name or is_cjk(title)):
        return False
    return found[-1].end() == len(title) or (is_name and found[0].start() == 0)


def _labels_attendance(line: str) -> bool:
    match = words_of("attendance").match(line)
    return bool(match and re.match(r"\s*[:：|]|\s*$", line[match.end() :]))
