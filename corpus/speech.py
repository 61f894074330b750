"""Find who says the words of a record: the speaker of a turn, the sender of a mail, or whose words it reports."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from corpus.document import Document
from corpus.kept import kept
from corpus.language.english import HONORIFICS
from corpus.language.months import spell_day
from corpus.language.persons import without_accents
from corpus.language.sentences import sentences
from corpus.language.tokens import folded_words
from corpus.mail_thread import senders
from corpus.metadata.people.names import NamedPerson, have_other_titles
from corpus.metadata.people.offices import is_office
from corpus.metadata.people.people import People
from corpus.metadata.people.witnesses import REPLIERS, witness_at, witnesses
from corpus.reported_speech import ReportedSpeech, reported_speech
from corpus.span import Span
from corpus.transcript import turn_at, turns

# Most words of a reply that is shown with its question.
_SHORT_REPLY = 8
# Documents whose speakers are kept.
_MOST_KEPT = 4096
# Documents whose persons are kept, each with its text and the places of its words.
_MOST_PEOPLE = 64


def spell_time(seconds: float) -> str:
    """Return a time of a recording or of the day, such as "9:01:26" or "0:31"."""
    hours, rest = divmod(int(seconds), 3600)
    minutes, whole_seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{whole_seconds:02}" if hours else f"{minutes}:{whole_seconds:02}"


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of one person in a record.

    Attributes:
        speaker: the name or the label as the record writes it.
        span: the words, those of a turn with its label.
        office: the person's office; empty where the record does not state it.
        seconds: the time of the turn, from the start of the recording or of the day; None where none is stated.
        is_reported: True if the record tells what the person said, False for a turn or a speech.
        person: the full name of the person whom the label means; empty where the record does not make that certain.
        stated: the words of the record by which the label means the person; empty where the label has the name.
        sent: the day on which a mail was sent; None for all other words.
    """

    speaker: str
    span: Span
    office: str = ""
    seconds: float | None = None
    is_reported: bool = False
    person: str = ""
    stated: str = ""
    sent: date | None = None

    @property
    def name(self) -> str:
        """The full name of the person where it is known, else the label: the same for all words of a person."""
        return self.person or self.speaker

    @property
    def shown(self) -> str:
        """The label as the record writes it, with the name of the person whom it means: "THE CHAIR (Ada Bo)"."""
        return f"{self.speaker} ({self.person})" if self.stated else self.speaker

    @property
    def time(self) -> str:
        """The time of the turn, such as "9:01:26" or "0:31", or the day of a mail; empty where none is stated."""
        if self.seconds is None:
            return spell_day(self.sent) if self.sent else ""
        return spell_time(self.seconds)

    @property
    def about(self) -> str:
        """The name with office and time: "Ada Bo, chair, 0:31"; of reported words "Ada Bo, reported"."""
        return ", ".join(filter(None, (self.shown, self.office, self.time, "reported" if self.is_reported else "")))


def speech_at(document: Document, span: Span) -> Speech | None:
    """Return who says some words of a record; None where it names nobody."""
    return next(iter(speeches_at(document, span)), None)


def speeches_at(document: Document, span: Span) -> list[Speech]:
    """Return all who say some words of a record: a joint statement has several speakers."""
    found = speeches(document)
    last = bisect_right(found, span.start, key=lambda speech: speech.span.start)
    return [s for s in found[max(0, last - _REACH) : last] if s.span.start <= span.start < s.span.end]


def speeches_in(document: Document, span: Span) -> list[Speech]:
    """Return what is said in a part of a record, in order."""
    found = speeches(document)
    end = bisect_left(found, span.end, key=lambda speech: speech.span.start)
    start = bisect_right(found, span.start, key=lambda speech: speech.span.start)
    return [speech for speech in found[max(0, start - _REACH) : end] if speech.span.overlaps(span)]


def without_label(document: Document, span: Span) -> Span:
    """Return words of a turn without the label that they begin with; the same for other words."""
    turn = turn_at(document, span.start)
    return Span(turn.words.start, span.end) if turn and span.start < turn.words.start < span.end else span


def question_before(document: Document, span: Span) -> str:
    """Return the question that a short reply at the beginning of a turn needs to be understood; else nothing."""
    words = span.of(document.text).split()
    turn = turn_at(document, span.start)
    found = turns(document)
    at = found.index(turn) if turn else 0
    if not turn or not at or len(words) > _SHORT_REPLY or span.start > turn.words.start:
        return ""
    before = found[at - 1].words
    asked = sentences(document.text, before)[-1].of(document.text)
    return " ".join(asked.split()) if asked.rstrip(" ”\"'’)").endswith(("?", "？", "か。")) else ""


def speakers(document: Document) -> tuple[str, ...]:
    """Return the full names of those who speak in a record, each once, in the order of their first words."""
    return tuple(dict.fromkeys(speech.name for speech in speeches(document)))


def office_holders(document: Document, office: Sequence[str]) -> list[str]:
    """Return the names of those who hold an office, given by its folded words, as the record says beside it."""
    return [person.name for person in _people(document).holders(office)]


def name_bearers(document: Document, word: str) -> list[str]:
    """Return the full names with a word that a record has as those of persons, who may have no words in it."""
    return [person.name for person in _people(document).bearers(word)]


def says(document: Document, span: Span, names: Iterable[str]) -> bool:
    """Return True if one of these speakers says some words of a record."""
    return any(speech.name in names for speech in speeches_at(document, span))


def name_words(name: str) -> list[str]:
    """Return the folded words of a name, without accents and forms of address; an initial is a word of one letter."""
    return list(_name_words(name))


@lru_cache(maxsize=20_000)
def _name_words(name: str) -> tuple[str, ...]:
    words = folded_words(without_accents(name))
    return tuple(word for part in words for word in part.split(".") if word and word not in HONORIFICS)


@kept(_MOST_PEOPLE)
def _people(document: Document) -> People:
    return People(document)


# Speeches that may hold the same words: joint speakers.
_REACH = 8


@kept(_MOST_KEPT)
def speeches(document: Document) -> tuple[Speech, ...]:
    """Return the words of each named person in a record, in order."""
    spoken = [Speech(t.speaker, t.span, t.office or "", t.seconds) for t in turns(document)]
    named = [speech for speech in spoken if speech.speaker]
    starts = [speech.span.start for speech in spoken]

    def in_turn(report: ReportedSpeech) -> bool:
        at = bisect_right(starts, report.span.start) - 1
        return at >= 0 and report.span.start < spoken[at].span.end

    told = [
        Speech(r.speaker, r.span, r.office, None, r.is_reported) for r in reported_speech(document) if not in_turn(r)
    ]
    sent = [Speech(name, span, sent=day) for name, span, day in senders(document)]
    found = list(_with_persons(document, sorted((*named, *told, *sent), key=lambda speech: speech.span)))
    return tuple(_with_full_names(found))


def _with_persons(document: Document, found: list[Speech]) -> Iterator[Speech]:
    """Yield the speeches with the persons whom the record names; reported words under the full name."""
    people = _people(document)
    labels = {speech.office for speech in found if is_office(speech.office) and not speech.is_reported}
    holders = {(s.office, s.speaker) for s in found if s.office in labels}
    examined = witnesses(document.text, turns(document))
    meant = {name: people.meant_by(name) for name in dict.fromkeys(speech.speaker for speech in found)}
    for office in labels:  # "CHAIR (Ada Bo): ...", and then "CHAIR: ..."
        names = [name for held, name in sorted(holders) if held == office]
        if office in meant and not meant[office] and len(names) == 1:
            meant[office] = _beside_office(document, names[0], office)
    for speech in found:
        if speech.speaker in REPLIERS and (witness := witness_at(examined, speech.span.start)):
            yield replace(speech, person=witness.name, stated=witness.stated)
        elif not (person := meant[speech.speaker]):
            # "the chair" is a speaker where the record says who that is.
            if not (speech.is_reported and speech.speaker.islower()):
                yield speech
        elif speech.is_reported and not person.stated:
            yield replace(speech, speaker=person.name)
        else:
            yield replace(speech, person=person.name, stated=person.stated)


def _beside_office(document: Document, name: str, office: str) -> NamedPerson | None:
    """Return the person of a label with name and office, with the words of the record that say so: "CHAIR (Ada Bo)"."""
    for turn in turns(document):
        label = Span(turn.span.start, turn.words.start).of(document.text)
        at, office_at = label.find(name), label.find(office)
        if turn.speaker == name and turn.office == office and at >= 0 and office_at >= 0:
            end = max(at + len(name), office_at + len(office))
            return NamedPerson(name, label[min(at, office_at) : end + (label[end : end + 1] in (")", "]"))])
    return None


def _with_full_names(found: list[Speech]) -> Iterator[Speech]:
    """Yield the speeches under the longest name of each person: "Ms. Bo" speaks as "Ada Bo" where only one Bo does."""
    offices: dict[str, str] = {}
    for speech in found:
        if speech.office:
            offices.setdefault(speech.speaker, speech.office)
    names = dict.fromkeys(speech.speaker for speech in found)
    words = {name: frozenset(name_words(name)) for name in names}

    def is_longer(name: str, other: str) -> bool:
        of_one = offices.get(name, "") == offices.get(other, "") or not (name in offices and other in offices)
        return words[name] < words[other] and of_one and not have_other_titles(name, other)

    longest: dict[str, str] = {}
    labels = {speech.speaker for speech in found if not speech.is_reported}
    for name in names:
        if name in labels:  # those of a transcript tell its speakers apart
            longest[name] = name
            continue
        longer = [other for other in names if is_longer(name, other)]
        whole = [other for other in longer if all(words[each] <= words[other] for each in longer)]
        longest[name] = whole[0] if whole and words[name] else name
    for speech in found:
        name = longest[speech.speaker]
        yield replace(speech, speaker=name, office=speech.office or offices.get(name, ""))
