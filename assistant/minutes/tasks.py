"""Find the sentences in which a person takes on a task: "Ruben prepares the documents by 5 December."."""

import re
from collections.abc import Iterator

from assistant.minutes.attendance import attendance_of
from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.english import HONORIFIC, HONORIFICS, english_words
from corpus.language.months import ANY_MONTH
from corpus.language.tokens import STOP_WORDS, folded_words
from corpus.passages import Passage
from corpus.span import Span

_DAY = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{ANY_MONTH}|{ANY_MONTH}\s+\d{{1,2}}|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    rf"|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?|(?:the\s+)?(?:end|middle|start|beginning) of"
    rf"|next\s+\w+|tomorrow|{ANY_MONTH}|noon|\d{{1,2}}\s?月|\d{{1,2}}\.?\s+\w{{3,10}}"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|lundi|mardi|mercredi|jeudi|vendredi)"
    r"|(?:lunes|martes|miércoles|jueves|viernes)"
)
_DUE = re.compile(
    r"\b(?:by|before|until|till|no later than|not later than|bis(?: zum)?|d['’]ici(?: le| au)?|avant(?: le)?|antes del?"
    rf"|hasta el|para el)\s+(?:the\s+)?(?:{_DAY})\b|までに",
    re.IGNORECASE,
)
_NAME = rf"(?:(?:{HONORIFIC}|Herr|Frau|M\.|Mme|Sr\.|Sra\.)\.?\s+)?[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ][\w'’-]+){{0,2}}"
_PERSON = re.compile(
    rf"^\W*(?:(?:So|Then|And|OK|Okay|Fine|Good|Right|Also|Finally)[,.]?\s+)*(?P<name>{_NAME}|I|We)"
    r"(?:,?\s+(?:(?:could|can|would|will) you|please)|\s*(?:['’]ll|will|shall|must|is going to|is to|are to"
    r"|has to|have to|agreed to|undertook to|promised to|wird|soll|muss|va|doit|[\w’']+s|[\w’']+t|to))\b"
)
_WILL = re.compile(
    r"\b(?:will|shall|['’]ll|agreed to|undertook to|promised to|is to|has to|must|wird|soll|muss|doit|va)\b"
)


def people_of(record: MinutesRecord) -> list[str]:
    """Return the names of the speakers of a record and of those who were at the meeting, each once."""
    spoken = [speaker for _, speaker in record.talk if speaker]
    entries = attendance_of(record) if record.is_minutes else []
    present = [span.of(record.document.text) for entry in entries for span in entry.names]
    return list(dict.fromkeys((*spoken, *present)))


def tasks_of(record: MinutesRecord) -> Iterator[tuple[Passage, Span, str]]:
    """Yield the sentences in which a person takes on a task with a day, with the speaker or ""."""
    if not record.talk and not record.is_named_minutes:
        return
    written = [(p, "") for p in record.passages if p.kind in (Kind.BODY, Kind.LIST_ITEM)]
    known = frozenset(word for name in people_of(record) for word in folded_words(name))
    for passage, speaker in record.talk or written:
        if not _DUE.search(passage.words_text):
            continue
        for span in passage.sentences():
            if _is_task(span.of(passage.document.text), bool(record.talk), known):
                yield passage, span, speaker


def _is_task(words: str, is_said: bool, known: frozenset[str]) -> bool:
    """Return True if a sentence has a person, a task and a day; or, in talk, a person who will do something."""
    if words.rstrip().endswith(("?", "？")):
        return False
    if "までに" in words:
        return True
    match = _PERSON.match(words)
    if not match or (match["name"].split()[0].casefold() in STOP_WORDS and match["name"] not in ("I", "We")):
        return False
    name = folded_words(match["name"])
    is_own = match["name"] in ("I", "We")
    is_person = bool(known.intersection(name) or HONORIFICS.intersection(name)) or not _is_common(name[0])
    if not (is_said if is_own else is_person):
        return False
    has_day = bool(_DUE.search(words))
    return has_day and (not is_own or bool(_WILL.search(words)))


def _is_common(word: str) -> bool:
    """Return True for a common noun or verb, which has a plural or a third person beside it in the dictionary."""
    return word in english_words() and (f"{word}s" in english_words() or f"{word}es" in english_words())
