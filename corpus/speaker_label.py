"""Read the label at the beginning of a turn of talk: the speaker's name, office and time, in the forms of transcripts.

A label alone proves nothing ("Date: ...", "Decision: ..."): `corpus.transcript` decides over the whole document.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from corpus.language.english import HONORIFICS, OFFICES
from corpus.language.months import CALENDAR_WORDS
from corpus.language.scripts import CJK, is_cjk
from corpus.language.word_lists import word_list

_TIME = r"(?:(?:\d{1,3}:\d{1,2}:\d{1,2}[.,]\d{1,7}|(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)(?!\d))"
_UNTIL = rf"(?:[ \t]?[AaPp]\.?[Mm]\b\.?)?(?:[ \t]*(?:-->|[-–—])[ \t]*{_TIME})?"
_CLOCK = rf"[*_]{{0,2}}[\[(<]?[ \t]?(?P<time>{_TIME}){_UNTIL}[ \t]?[\])>]?"
# Bold or italics in Markdown, as "**Name:** ..." or "**Name** *10:42*".
_BOLD = r"[*_]{0,3}"
_WHO = rf"\[?(?P<who>[^\W\d_][^\n:：*\[\]<>|]{{0,79}}?|[{CJK}]{{1,20}})\]?"
_COLON = rf"[ \t]?{_BOLD}[:：]{_BOLD}(?=\s|$|[{CJK}「])"
# The form in which our readers write the turns of captions, whatever the name: "j.day (00:03:15): ...".
_STAMPED = re.compile(r"(?P<who>[^\n]{1,120}?) \((?P<time>\d{2,4}:\d{2}:\d{2})\): ")
# "[00:12:03] Name: ...", "00:12:03 Name", "14:01:05 From Name to Everyone: ...".
_TIME_FIRST = re.compile(
    rf"{_BOLD}{_CLOCK}{_BOLD}[ \t]*[-–—|]?[ \t]*(?:From[ \t]+)?"
    rf"{_BOLD}{_WHO}(?:[ \t]+to[ \t]+[^:\n]{{1,60}})?{_BOLD}(?:{_COLON}|[ \t]*$)",
    re.MULTILINE,
)
# The time, below it the name, below it the words.
_TIME_ABOVE = re.compile(rf"{_CLOCK}[ \t]*\n\s*{_BOLD}{_WHO}{_BOLD}[ \t]*\n(?=\s*\S)")
# "Name  10:42", "Name (00:12:03): ...", "**Name** [10:42] ...", "[Name] 10:42:12".
_NAME_FIRST = re.compile(
    rf"{_BOLD}{_WHO}{_BOLD}[ \t]*[-–—|,·•]?[ \t]*(?<![^\W_]){_CLOCK}{_BOLD}(?:{_COLON}|[ \t]*$|(?<=[\])>*])\s)",
    re.MULTILINE,
)
_NAMED = re.compile(rf"{_BOLD}{_WHO}{_COLON}")
_ADDRESS = "|".join(
    sorted({*HONORIFICS, *OFFICES, *"m mm mme mmes mlle herr frau sr sra".split()}, key=len, reverse=True)
)
_SURNAME = r"(?:l[ea]\s\w+|[A-Z][\w'’-]+)(?:\s(?:of|de|du|van|von|[A-Z][\w'’.-]*)){0,4}"
# "Mr. SMITH. I thank ...", "THE CHAIRMAN. I call ...", "Senator Smith of Ohio. ...", "M. le président. ...".
_DOTTED = re.compile(
    rf"(?P<who>(?:(?i:{_ADDRESS})\.?\s{_SURNAME}|(?:THE|The)\s[A-Z]{{3,}}(?:\s[A-Z]{{3,}})*)(?:,\s[^.:\n]{{1,60}})?)"
    r"(?<!\s[A-Z])\.\s?[—–-]{0,2}\s*(?=[A-Z“\"(\[«])"
)
# "Woman in the second row: Why ...?"
_DESCRIBED = re.compile(rf"{_BOLD}(?P<who>[A-Z][^\n:.!?*\[\]<>|]{{2,70}}){_BOLD}:{_BOLD}\s+(?=[A-Z0-9“\"'(—–-])")
_UNNAMED = word_list("unnamed_speakers.txt")
# The noun in front, behind an article at most: "The man in the back", and no "My message to the public".
_WHO_DESCRIBED = re.compile(
    r"(?:(?:A|An|The|Another|Un|Une|Ein|Eine|El|La|Le|Der|Die)\s+)?(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?)"
    r"(?:\s+(?:in|from|at|on|of|with|by|near|aus|im|vom|de|du|del|au)\s+[\w ,'’-]+|\s+\d+|,\s+[\w ,'’-]+)?"
)
_ASKER = re.compile(
    rf"{_BOLD}(?:(?:Q|QUESTION|Question){_BOLD}[.:]?{_BOLD}(?<=[.:*])\s*|Q\s+(?=[A-Z“\"(\[—–]))(?=\S|$)"
)
# "Q12 Ada Bo: ..." of a committee that numbers its questions.
_QUESTION_NUMBER = re.compile(rf"{_BOLD}Q\.?\s?\d{{1,4}}[.:]?{_BOLD}[ \t]+{_BOLD}(?=[^\W\d_a-z])")
# "BO - We went down.", in capitals.
_DASHED = re.compile(r"(?P<who>[A-Z][A-Z.'’-]*[A-Z](?: [A-Z][A-Z.'’-]*[A-Z]){0,3})\s[-–—]\s+(?=\S)")
# "P7", "N1": a participant whose name is left out.
_CODE = re.compile(r"[A-Z]{1,3}\d{1,3}")
# "IT officer Mr. Joost Bo": an office before a name with its title.
_BEFORE_TITLE = re.compile(
    rf"(?P<office>[^.:()]{{2,60}}?)\s+(?P<name>(?i:{'|'.join(sorted(HONORIFICS, key=len, reverse=True))})\.?\s.+)"
)
_REPLIER = re.compile(rf"{_BOLD}(?P<who>A|ANSWER|Answer){_BOLD}[.:]{_BOLD}\s+(?=\S)")
# "○議長（山田太郎君）　これより ...".
_CIRCLED = re.compile(rf"[○◯〇●◎]\s?(?P<who>[{CJK}A-Za-z]{{1,20}}(?:（[^（）\n]{{1,40}}）)?)[\s　]+(?=\S)")
_BRACKETS = re.compile(r"\s?[(（](?P<inside>[^()（）]{1,60})[)）]\s*$")
_PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ten ter bin bint al el y e of the and zu af".split()
    + "señor señora senhor senhora monsieur madame signor signora".split()
)
# A line that has only a time, and a time before words: no words of a speaker.
TIME_MARK = re.compile(rf"^[ \t]*(?:[\[(<]?{_TIME}[\])>]?[ \t]*$|[\[(<]{_TIME}[\])>][ \t]*)", re.MULTILINE)
_NUMBER = re.compile(r"#?\d{1,3}$")
_TIME_ZONE = re.compile(r"[A-Z]{2,4}")
_MOST_WORDS = 7
_OFFICES_CJK = re.compile(r"(?:長|大臣|委員|議員|理事|官|司会|代表|総裁|参考人)$")


class Form(Enum):
    """The form of a label, which tells how much it proves."""

    STAMPED = auto()
    TIMED = auto()
    # "10:42 Name" alone on its line, as an agenda has "10:30 Coffee".
    TIME_ALONE = auto()
    ASKER = auto()
    REPLIER = auto()
    CIRCLED = auto()
    COLON = auto()
    DOTTED = auto()
    DASHED = auto()


TIMED = (Form.STAMPED, Form.TIMED, Form.TIME_ALONE)


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a turn.

    Attributes:
        form: how it is written.
        speaker: the name as written, without office; "" for one who asks without a name.
        office: the office or affiliation in brackets or behind a comma; None where none is stated.
        seconds: the time of the turn; None where none is stated.
        length: number of characters before the words of the turn.
    """

    form: Form
    speaker: str
    office: str | None
    seconds: float | None
    length: int


def read_label(words: str) -> Label | None:
    """Return the label at the beginning of a line or paragraph; None where it begins with nothing like a name.

    Args:
        words: the beginning of the paragraph; 200 characters are enough.
    """
    if stamped := _STAMPED.match(words):
        known = _name(stamped["who"])
        speaker, office = known or (str(stamped["who"]), None)
        return Label(Form.STAMPED, speaker, office, _seconds(stamped["time"]), stamped.end())
    if asker := _ASKER.match(words):
        return Label(Form.ASKER, "", None, None, asker.end())
    if replier := _REPLIER.match(words):
        return Label(Form.REPLIER, replier["who"], None, None, replier.end())
    number = _QUESTION_NUMBER.match(words)
    for pattern, form in _FORMS:
        match = pattern.match(words, number.end() if number else 0)
        name = (_titled_name if form is Form.DOTTED else _name)(match["who"]) if match else None
        if match and name and not (pattern is _TIME_FIRST and _TIME_ZONE.fullmatch(name[0])):
            time = _seconds(match["time"]) if form is Form.TIMED else None
            if pattern is _TIME_FIRST and words[0].isdigit() and not match[0].rstrip().endswith((":", "：")):
                form = Form.TIME_ALONE
            return Label(form, *name, time, match.end())
    return None


def read_description(words: str) -> Label | None:
    """Return the label of a speaker whom a transcript describes: "Woman in the second row: ...", "Guest (Ada Bo): ...".

    Only in a transcript with labels of the same form is it one.

    Args:
        words: the beginning of the paragraph; 200 characters are enough.
    """
    match = _DESCRIBED.match(words)
    if not match:
        return None
    who, name, office = match["who"].strip(), "", ""
    if brackets := _BRACKETS.search(who):
        who, inside = who[: brackets.start()].strip(), brackets["inside"].strip()
        name, _, office = (part.strip() for part in inside.partition(","))
    described = _WHO_DESCRIBED.fullmatch(who)
    if not described or _UNNAMED.isdisjoint(described["noun"].casefold().split()):
        return None
    if _is_name(name):
        return Label(Form.COLON, name, ", ".join(filter(None, (who, office))), None, match.end())
    return Label(Form.COLON, who, office or None, None, match.end())


_FORMS = (
    (_TIME_ABOVE, Form.TIMED),
    (_TIME_FIRST, Form.TIMED),
    (_NAME_FIRST, Form.TIMED),
    (_CIRCLED, Form.CIRCLED),
    (_NAMED, Form.COLON),
    (_DOTTED, Form.DOTTED),
    (_DASHED, Form.DASHED),
)


def _seconds(time: str) -> float:
    seconds = 0.0
    for part in time.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _titled_name(who: str) -> tuple[str, str | None]:
    """Return the speaker and the office of "M. Day, rapporteur"."""
    name, _, office = who.partition(",")
    return name.strip(), office.strip() or None


def _name(who: str) -> tuple[str, str | None] | None:
    """Return the speaker and the office in the words of a label; None for words that are no name."""
    who = who.strip(" \t,–—-").strip()
    who, office = _without_brackets(who)
    inside, _, more = (office or "").partition(",")
    if _is_office(who) and _is_name(inside):
        who, office = inside.removesuffix("君"), ", ".join(filter(None, (who, more.strip())))
    titled = _BEFORE_TITLE.fullmatch(who)
    if titled and _is_office(titled["office"].split()[-1]) and _is_name(titled["name"]):
        who, office = titled["name"], ", ".join(filter(None, (titled["office"], office)))
    first, comma, rest = who.partition(",")
    if comma and rest.strip():
        # "Bo, Ada" is a name; "Ada Bo, Norway" and "Bo, Chair" are a name with an affiliation or office.
        if len(first.split()) > 1 or _is_office(rest):
            who, office = first, office or rest.strip()
            if not (office[0].isupper() or is_cjk(office) or _is_office(office)):
                return None
        else:
            return (who, office) if _is_name(first) and _is_name(rest) else None
    return (who, office) if _is_name(who) else None


def _without_brackets(who: str) -> tuple[str, str | None]:
    """Return "Ada Bo" and "Vik, Independent" of "Ada Bo (Vik) (Independent)"."""
    found: list[str] = []
    while brackets := _BRACKETS.search(who):
        who = who[: brackets.start()].strip()
        found.insert(0, brackets["inside"].strip())
    return who, ", ".join(found) or None


def _is_office(words: str) -> bool:
    return any(word.strip(".").lower() in OFFICES for word in words.split()) or bool(_OFFICES_CJK.search(words))


def _is_name(words: str) -> bool:
    """Return True for words with capitals, such as "MS. BO", "Jan van der Berg" or "Speaker 2", or a Japanese name."""
    parts = words.split()
    if not parts or len(parts) > _MOST_WORDS:
        return False
    if _CODE.fullmatch(words):
        return True
    if is_cjk(parts[0]):
        return len(words) <= 20 and all(is_cjk(c) or c.isspace() for c in words)
    if any(part.lower() in CALENDAR_WORDS for part in parts) and (len(parts) == 1 or parts[-1][-1].isdigit()):
        return False  # "June 12, 2025, 9:30", "As of June 12"
    if len(parts) > 1 and _NUMBER.match(parts[-1]):
        parts = parts[:-1]
    # Letters without case, such as those of Korean, may begin a name too.
    capitals = [part for part in parts if (first := part.lstrip("'’\"(")[:1]).isalpha() and not first.islower()]
    return (
        bool(capitals)
        and all(part in capitals or part in _PARTICLES for part in parts)
        and not any(c.isdigit() or c in ";!?…/“”" for part in parts for c in part)
    )
