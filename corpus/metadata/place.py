"""Find the place of a meeting and its mode (in person, online, hybrid) in the words of a record."""

import re

from corpus.language.dates import find_date_ranges
from corpus.language.english import HONORIFIC
from corpus.language.months import MONTH, WEEKDAY
from corpus.language.scripts import KANJI, KATAKANA, LATIN_CAPITAL

# Names of kinds of meetings.
KIND = r"(?:meeting|summit|conference|council|dialogue|forum|roundtable|session|assembly|ministerial)"
# "They met virtually", "was held last week in person"; not "met with a president who joined virtually", "met to discuss
# online harms", "hybrid threats".
_VERB = r"\b(?:held|met|convened|gathered|conducted)\s+(?:(?!with\b|to\b)[\w-]+\s+){0,3}?"
_HYBRID = re.compile(
    r"\bhybrid\s+(?:form|format|conference|meeting|summit|mode|manner|event|session)\b"
    r"|\bboth\s+(?:physically|in[- ]person)\s+and\s+(?:virtually|online)"
    r"|\bin[- ]person and (?:virtual|online)|ハイブリッド(?:形式|開催|方式)",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    rf"{_VERB}(?:virtually|online(?=\s*(?:$|[,.;()]|on\b|in\b|from\b|with\b|to\b|and\b)))"
    rf"|{_VERB}(?:via|by|in the form of) (?:a )?video ?-?conference|\bin the form of a video ?-?conference"
    rf"|\bvirtual\s+(?:\w+\s+){{0,4}}{KIND}\b|テレビ会議(?:形式)?で|オンライン(?:形式)?で開催|ウェブ会議形式",
    re.IGNORECASE,
)
_ONLINE_TITLE = re.compile(
    r"\((?:virtual(?: meeting)?|video ?-?conference|online(?: meeting)?|オンライン|テレビ会議)\)", re.IGNORECASE
)
_IN_PERSON = re.compile(rf"{_VERB}in[- ]person\b|対面(?:形式)?で開催", re.IGNORECASE)
_IN_PLACE_JA = re.compile(rf"(?:^|[、に])(?P<town>[{KANJI}{KATAKANA}・]{{2,20}})(?:において|にて)")
_CAPITAL = rf"[{LATIN_CAPITAL}][\w'’.-]*[\w'’]"
_TOWN = rf"{_CAPITAL}(?:[ ](?:(?:de|da|do|of|la|le|del)\s+)?{_CAPITAL}){{0,2}}"
_IN_PLACE = re.compile(
    rf"\bin\s+(?P<town>{_TOWN}(?:,\s+D\.C\.)?)"
    rf"(?P<land>,\s+(?:the\s+)?{_TOWN}(?=\s*(?:$|[,.;)(]|and\b|on\b|with\b|to\b|for\b|from\b|under\b|during\b)))?"
)
_NO_TOWN = re.compile(
    rf"(?:{MONTH}|{WEEKDAY}|Person|English|Spring|Summer|Autumn|Fall|Winter|The|This|That|Partnership|Support|"
    r"Response|Cooperation|Collaboration|Attendance|G ?\d+|AI|Artificial|Digital)\b"
)
_NO_LAND = re.compile(
    rf"(?:President|Prime|Minister|Vice|Deputy|Secretary|{HONORIFIC}|Chancellor|State|Senior|Leaders|Ministers|We|His|Her)\b"
)
# Behind a place in its line: a semicolon, another label such as "Time:", the hours of the meeting.
_BEHIND_PLACE = re.compile(
    r"\s*[;；|\n].*"
    r"|(?:\s*[,.、，–—]|\s+-|\s)\s*(?:[^\W\d_][\w'’/-]*\s+){0,2}?[^\W\d_][\w'’/-]*\s*[:：](?=\s|\d|$).*"
    r"|\s*[(（]?[,、，–—-]?\s*(?:(?:at|um|à|a las|from)\s+)?\d{1,2}(?:\.\d\d)?\s?(?:[:h時]\s?\d\d|uhr\b|[ap]\.?m\b).*",
    re.IGNORECASE | re.DOTALL,
)
_ONLINE_TOO = re.compile(
    r"[\s、,・&+(（]*(?:及び|および|and|or)?\s*(?:オンライン|online|hybrid)(?:形式|開催)?[)）]?$", re.I
)


def mode_in(title: str, sentence: str, labelled: str) -> str | None:
    """Return the mode, one of `corpus.facts.MODES`; None where the record states none or two.

    Args:
        title: of the record.
        sentence: the one that says that the meeting was held.
        labelled: the lines behind a label such as "Date".
    """
    texts = (sentence, *labelled.split("\n"))
    if any(_HYBRID.search(s) for s in texts):
        return "hybrid"
    online = bool(_ONLINE_TITLE.search(title)) or any(_ONLINE.search(s) for s in texts)
    in_person = any(_IN_PERSON.search(s) for s in texts)
    return None if online is in_person else "online" if online else "in person"


def place_in(title: str, sentence: str, labelled: str) -> str | None:
    """Return the place in the record's words, such as "Trieste, Italy"; None where it is not stated.

    Args:
        title: of the record.
        sentence: the one that says that the meeting was held.
        labelled: the words behind a label such as "Place".
    """
    labelled = _ONLINE_TOO.sub("", _BEHIND_PLACE.sub("", labelled).strip())
    if labelled and len(labelled) <= 80 and not labelled.endswith((".", "。")) and not find_date_ranges(labelled):
        return labelled
    meeting = re.search(rf"\b(?i:{KIND})\b", title)
    after = title[meeting.end() :] if meeting else ""
    if match := _IN_PLACE_JA.search(sentence):
        return match["town"]
    for words in (sentence, after if after.lstrip().startswith("in ") else ""):
        places = [m for m in _IN_PLACE.finditer(words) if not _NO_TOWN.match(m["town"])]
        if places and _near_verb(words, places[0]):
            land = places[0]["land"] or ""
            return places[0]["town"] + ("" if _NO_LAND.match(land.strip(", ")) else land)
    return None


def _near_verb(words: str, place: re.Match[str]) -> bool:
    """Return True if "in Trieste" follows the meeting or its verb, not other words of the sentence."""
    before = words[: place.start()]
    return not before.strip() or bool(
        re.search(
            rf"\b(?:held|met|gathered|convened|hosted|took place|{KIND})\W*(?:\([^()]*\)\s*)?"
            r"(?:\s*(?:today|for the first time|virtually|in[- ]person|again|here|and held talks))?"
            r"(?:\s+(?:on|from)\s+[^.;()]{3,40}?\b\d{4})?\W*$"
            r"|\b(?:met\s+(?:today\s+)?with|hosted)\s+(?:(?!\b(?:met|hosted|to|at)\b)[^.;]|(?<=[A-Z])\.|(?<=Jr)\.){3,250}$",
            before,
            re.IGNORECASE,
        )
    )
