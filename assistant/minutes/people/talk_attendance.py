"""Read attendance from talk: "I'm chairing today.", "Gus can't make it.", "Ada, could you take the minutes?"."""

import re
from collections.abc import Iterator

from assistant.minutes.people.entry import OFFICES, AttendanceEntry
from assistant.minutes.people.names import names_in_sentence
from assistant.minutes.record import MinutesRecord
from corpus.language.english import english_words
from corpus.language.minutes_words import says
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span

_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Ii]ch|[Jj]e|[Yy]o)\b")
_CAPITALIZED = re.compile(r"[A-ZÀ-Þ][\w'’-]+")
# Whom a sentence addresses: "Ada, could you", "..., Ada?"
_CALLED = re.compile(r"^(?:[\w ]{1,12}[,.]\s)?([A-ZÀ-Þ][\w'’-]+),\s|,\s([A-ZÀ-Þ][\w'’-]+)\?$")
# Turns at the beginning of a talk in which somebody may be called absent.
_FIRST_TURNS = 12
# Words of a reply that agrees to a request.
_SHORT_REPLY = 12


def from_talk(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the sentences of a talk that say who chairs, takes the minutes or is absent, and of whom that is asked."""
    text = record.document.text
    for number, (passage, _) in enumerate(record.talk):
        folded = fold_text(passage.words_text)
        told = [role for role in (*OFFICES, "excused", "absent") if says("sentence", role, folded)]
        for role in told if number < _FIRST_TURNS else [role for role in told if role in OFFICES]:
            for span in passage.sentences():
                words = span.of(text)
                if not says("sentence", role, fold_text(words)):
                    continue
                if words.rstrip().endswith(("?", "？")):
                    yield from _asked(record, number, passage, span, role)
                elif role in OFFICES or not _FIRST_PERSON.search(words):
                    names = () if _FIRST_PERSON.search(words) else _names(text, span)[:1]
                    yield AttendanceEntry(passage, span, role, names)


def _asked(record: MinutesRecord, number: int, passage: Passage, span: Span, role: str) -> Iterator[AttendanceEntry]:
    """Yield a request to take an office with the short reply of whom it names: "Sure, I'm writing."."""
    called = _CALLED.search(span.of(record.document.text))
    at = called and next(n for n in (1, 2) if called[n])
    names = (Span(span.start + called.start(at), span.start + called.end(at)),) if called and at else ()
    if role not in OFFICES or number + 1 >= len(record.talk) or not names:
        return
    reply, speaker = record.talk[number + 1]
    is_own = names[0].of(record.document.text).casefold() in speaker.casefold()
    if is_own and len(reply.words_text.split()) <= _SHORT_REPLY:
        yield AttendanceEntry(passage, span, role, names)
        yield AttendanceEntry(reply, reply.sentences()[0], role, ())


def _names(text: str, span: Span) -> tuple[Span, ...]:
    """Return the names of a sentence, of one word only where it is no English word: "Gus can't make it"."""
    found = names_in_sentence(text, span)
    alone = (Span(span.start + m.start(), span.start + m.end()) for m in _CAPITALIZED.finditer(span.of(text)))
    return tuple(found or (name for name in alone if name.of(text).casefold() not in english_words()))
