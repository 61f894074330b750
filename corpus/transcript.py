"""Find the turns of a transcript: who speaks where, with the office and the time that the record states.

A label such as "Decision: ..." looks like a name, so that the whole document decides: labels of a transcript recur,
they begin paragraphs and not list items, and sentences follow them.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress

from corpus.document import Document, Kind
from corpus.kept import kept
from corpus.language.english import HONORIFICS, OFFICES, english_words
from corpus.language.tokens import fold_text
from corpus.language.word_lists import word_list
from corpus.span import Span, trim
from corpus.speaker_label import TIMED, Form, Label, read_description, read_label

# Characters of a paragraph that hold its label.
_LABEL = 240
# The share of labels that sentences follow, below which they are labels of a form or an agenda.
_TALK = 0.6
# The share of paragraphs behind the first label that have one, or of characters that belong to turns.
_LEAST_SHARE = 0.08
# Characters behind a label that show whether somebody talks, and words in lower case that do without a full stop.
_SHOWN, _UNPUNCTUATED_WORDS = 2000, 5
# Labels with a time that make a transcript among labels of other forms.
_MANY = 5
_RECORD_LABELS = word_list("record_labels.txt")
# The dot of "Mme." or of an initial ends no sentence.
_SENTENCE = re.compile(
    r"[.?!。？！…—–][\"'”’)）」\]*_]*\s*(?:\n|$)|[?!。？！]\s|(?<![A-Z])(?<![A-Z]\w)(?<![A-Z]\w\w)(?<![A-Z]\w\w\w)\.\s"
)
_TITLES = HONORIFICS | OFFICES
# A label and its offset in the document.
_Place = tuple[int, Label]
# Turns that are kept, over all documents: about 25 MB.
_MOST_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class SpeechTurn:
    """The words of one speaker until the next one speaks, over all their paragraphs.

    Attributes:
        speaker: the name as written, without office; "" for one who asks without a name.
        office: the office or affiliation, where the label states it.
        seconds: the time of the turn, from the start of the recording or of the day; None where none is stated.
        span: the whole turn, with its label.
        words: the turn without its label.
    """

    speaker: str
    office: str | None
    seconds: float | None
    span: Span
    words: Span


@kept(_MOST_KEPT, lambda found: 1 + len(found))
def turns(document: Document) -> tuple[SpeechTurn, ...]:
    """Return the turns of a transcript in order; none for a document of another kind."""
    return tuple(_find(document))


def turn_at(document: Document, offset: int) -> SpeechTurn | None:
    """Return the turn that a character belongs to; None outside all turns."""
    found = turns(document)
    at = bisect_right(found, offset, key=lambda turn: turn.span.start) - 1
    return found[at] if at >= 0 and offset < found[at].span.end else None


def _find(document: Document) -> Iterator[SpeechTurn]:
    labels = list(_labels(document))
    accepted = _with_described(document, _accept(document, labels))
    starts = [start for start, _ in accepted]
    breaks = _breaks(document, accepted)
    for number, (start, label) in enumerate(accepted):
        end = starts[number + 1] if number + 1 < len(starts) else len(document.text)
        stop = bisect_right(breaks, start)
        end = min(end, breaks[stop]) if stop < len(breaks) else end
        words = trim(document.text, start + label.length, end)
        if words:
            yield SpeechTurn(label.speaker, label.office, label.seconds, Span(start, words.end), words)


def _with_described(document: Document, accepted: list[_Place]) -> list[_Place]:
    """Return the labels with those of speakers who are described and not named, which have the same form."""
    if Form.COLON not in (label.form for _, label in accepted):
        return accepted
    text, known = document.text, {start for start, _ in accepted}
    starts = [b.span.start for b in document.outline if b.kind is Kind.BODY and b.span.start > accepted[0][0]]
    described = [
        (start, label)
        for start in starts
        if start not in known
        and (label := read_description(text[start : start + _LABEL]))
        and not _is_record_label(label)
        and _talks(text, start + label.length, len(text))
    ]
    return sorted((*accepted, *described), key=lambda place: place[0])


def _labels(document: Document) -> Iterator[_Place]:
    """Yield what looks like a label at the beginning of a paragraph or, with a time, of a line."""
    text = document.text
    for block in document.outline:
        for start in dict.fromkeys((block.span.start, block.words.start)):
            label = read_label(text[start : start + _LABEL])
            # The items of a list ("- Ada Bo: sends the letter") are no turns.
            if label and (block.span.start == block.words.start or label.form in (*TIMED, Form.CIRCLED)):
                yield start, label
                break
        line = text.find("\n", start, block.span.end) + 1
        while line:
            label = read_label(text[line : line + _LABEL])
            if label and label.form in (*TIMED, Form.CIRCLED):
                yield line, label
            line = text.find("\n", line, block.span.end) + 1


def _accept(document: Document, labels: list[_Place]) -> list[_Place]:
    """Return the labels that are those of speakers; none where the document is no transcript."""
    stamped = [(start, label) for start, label in labels if label.form is Form.STAMPED]
    if stamped:
        return stamped
    labels = [(start, label) for start, label in labels if label.form in TIMED or not _is_record_label(label)]
    if not labels:
        return []
    ends = [start for start, _ in labels[1:]] + [len(document.text)]
    talk = [_talks(document.text, start + label.length, end) for (start, label), end in zip(labels, ends, strict=True)]
    timed = sum(label.form in TIMED for _, label in labels)
    least = _TALK
    if timed * 2 > len(labels) or timed > _MANY:
        recurs = len({label.speaker for _, label in labels}) < len(labels)
        is_transcript = recurs or sum(label.form is Form.TIMED for _, label in labels) > 1
        kept = [is_transcript and label.form in TIMED for _, label in labels]
        least = _TALK / 2 if recurs else _TALK
    else:
        kept = _accept_untimed(document, labels, talk)
    spoken = sum(talks for talks, keep in zip(talk, kept, strict=True) if keep)
    return [] if spoken < least * sum(kept) else list(compress(labels, kept))


def _accept_untimed(document: Document, labels: list[_Place], talk: list[bool]) -> list[bool]:
    """Return for each label without a time True if it is that of a speaker; only False where there is no transcript.

    Args:
        document: the document.
        labels: its labels.
        talk: for each label True if somebody talks behind it.
    """
    titled = _titled_in_capitals(labels, talk)
    known = _recurring(document, labels) | titled
    kept = [label.form in (Form.ASKER, Form.CIRCLED) or label.speaker in known for _, label in labels]
    # One question with its reply is a transcript, too.
    is_exchange = any(not label.speaker for _, label in labels) and sum(kept) * 2 >= len(labels)
    # Speeches one after the other have few labels.
    if len(titled) < 2 and not (_are_many(document, labels, sum(kept)) and (sum(kept) > 2 or is_exchange)):
        return [False] * len(labels)
    if sum(kept) * 2 <= len(labels) and not is_exchange:
        return kept
    # Whoever speaks once in a transcript is a speaker too; "Chair: Ada Bo" is a line above it. The label has the form
    # of the others: "Dr. Bo, Mr. Day, thank you" addresses somebody. "BY MS. BO:" names who asks the questions below
    # it, and ends the turn above it.
    forms = {label.form for _, label in compress(labels, kept)}
    return [
        keep or (talks and label.form in forms) or label.speaker.startswith("BY ")
        for keep, talks, (_, label) in zip(kept, talk, labels, strict=True)
    ]


def _are_many(document: Document, labels: list[_Place], number: int) -> bool:
    """Return True if several persons have labels, and enough of the paragraphs behind the first label have one."""
    behind = [block for block in document.outline if block.span.start >= labels[0][0]]
    paragraphs = sum(block.kind in (Kind.BODY, Kind.HEADING) for block in behind)
    return len({label.speaker for _, label in labels}) > 1 and number >= _LEAST_SHARE * paragraphs


def _talks(text: str, start: int, end: int) -> bool:
    """Return True if a sentence follows a label, or words of nobody's name where the text has no full stops."""
    words = text[start : min(end, start + _SHOWN)]
    return bool(_SENTENCE.search(words)) or sum(word.islower() for word in words.split()) >= _UNPUNCTUATED_WORDS


def _recurring(document: Document, labels: list[_Place]) -> set[str]:
    """Return the names that recur: below one heading, or anywhere if they are no common words.

    "Report" and "Discussion" of minutes recur too, once below each heading.
    """
    heads = [block.span.start for block in document.outline if block.kind is Kind.HEADING]
    count = Counter(label.speaker for _, label in labels)
    in_section = Counter((label.speaker, bisect_right(heads, start)) for start, label in labels)
    of_section = {name for (name, _), n in in_section.items() if n > 1}
    return of_section | {name for name, n in count.items() if n > 1 and not _is_common(name)}


def _titled_in_capitals(labels: list[_Place], talk: list[bool]) -> set[str]:
    """Return the names in capitals behind a title that talk follows: "SECRETARY BO", "DR. DAY"."""
    names = (label.speaker for (_, label), talks in zip(labels, talk, strict=True) if talks)
    return {
        name for name in names if name.isupper() and any(w.strip(".") in _TITLES for w in fold_text(name).split()[:-1])
    }


def _is_common(name: str) -> bool:
    return all(word.strip(".") in english_words() for word in fold_text(name).split())


def _is_record_label(label: Label) -> bool:
    """Return True for "Date", "Action item", "Final decision": a label of minutes, and no name."""
    words = [word.strip(".") for word in fold_text(label.speaker).split()]
    if len(words) > 1:
        words = [] if words[0] in HONORIFICS else [words[0], words[-1]]
        words = [word for word in words if len(word) > 3]
    return any(word in _RECORD_LABELS for word in words)


def _breaks(document: Document, labels: list[_Place]) -> list[int]:
    """Return where a heading ends the turn before it; a name alone on its line may look like a heading."""
    starts = [start for start, _ in labels]

    def is_label(start: int) -> bool:
        at = bisect_right(starts, start) - 1
        return at >= 0 and start < starts[at] + max(1, labels[at][1].length)

    return [
        block.span.start
        for block in document.outline
        if block.kind in (Kind.HEADING, Kind.CONTACT) and not is_label(block.span.start)
    ]
