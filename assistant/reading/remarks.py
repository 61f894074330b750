"""Choose what a person said: the turns of a speaker in a transcript, or the sentences that go on about one person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.list_question import ChosenList, ListQuestion
from assistant.reading.lists import ListItem, item_of
from assistant.reading.names import proper_names
from assistant.retrieval.score_sentences import Evidence
from corpus.document import Kind
from corpus.language.english import HONORIFICS
from corpus.language.sentences import sentences
from corpus.language.tokens import folded_words
from corpus.passages import Passage
from corpus.span import Span
from corpus.transcript import speaker_of

# Labelled paragraphs of one speaker that make a transcript.
_LEAST_TURNS = 2
_GOES_ON = re.compile(r"(?:He|She|They)\b")


@dataclass(frozen=True, slots=True)
class SpeakerTurn:
    """The paragraphs in which one speaker of a transcript goes on.

    Attributes:
        speaker: the name before the colon; empty for a question of somebody without a name.
        passages: the paragraphs.
    """

    speaker: str
    passages: tuple[Passage, ...]


def choose_remarks(question: ListQuestion, best: Evidence) -> ChosenList | None:
    """Return all that a person said; None if the question asks for something special or names nobody.

    Args:
        question: the question.
        best: the best sentence.
    """
    if not question.asks_what_was_said:
        return None
    passages = question.passages(best.document)
    spoken = turns_of(question.text, passages)
    subject = question.subject(best.document)
    named = {word for turn in spoken for word in question.shared(turn.speaker)}
    if spoken and not (subject - named) & question.shared(best.document.text):
        items = [item for turn in spoken for item in remarks_of(turn)]
        return ChosenList(tuple(items), True) if items else None
    persons = " ".join(best.quote[name.start : name.end] for name in proper_names(best.quote) if name.is_person)
    in_name = question.shared(persons)
    items = sentences_that_go_on(passages, best.span) if in_name and subject - named <= in_name else []
    return ChosenList(tuple(items), True) if len(items) > 1 else None


def turns(passages: Sequence[Passage]) -> list[SpeakerTurn]:
    """Return the turns of a transcript in order; none for another record."""
    found: list[tuple[str, list[Passage]]] = []
    for passage in passages:
        if passage.kind in (Kind.HEADING, Kind.TITLE):
            continue
        speaker = speaker_of(passage.words_text)
        if speaker is not None:
            found.append((speaker, [passage]))
        elif found:
            found[-1][1].append(passage)
    names = [name for name, _ in found]
    if not any(name and names.count(name) >= _LEAST_TURNS for name in names):
        return []
    return [SpeakerTurn(name, tuple(of_turn)) for name, of_turn in found]


def turns_of(question: str, passages: Sequence[Passage]) -> list[SpeakerTurn]:
    """Return the turns of the speaker that a question names; none without such a speaker."""
    asked = set(folded_words(question))
    return [turn for turn in turns(passages) if _is_named(turn.speaker, asked)]


def _is_named(speaker: str, asked: set[str]) -> bool:
    """Return True if a question has the last word of a speaker's name, or of that in brackets."""
    bare = re.search(r"\(([^()]*)\)", speaker)
    names = (speaker.partition("(")[0], bare.group(1) if bare else "")
    last = (words[-1] for name in names if (words := folded_words(name)))
    return any(word in asked and word not in HONORIFICS for word in last)


def remarks_of(turn: SpeakerTurn) -> list[ListItem]:
    """Return the paragraphs of a turn as items, a long one as its first sentence."""
    spoken = (p for p in turn.passages if any(c.isalpha() for c in p.text))
    return [item for passage in spoken if (item := item_of(passage))]


def sentences_that_go_on(passages: Sequence[Passage], start: Span) -> list[ListItem]:
    """Return a sentence and those behind it that go on about the same person: "He also said ...".

    Args:
        passages: all passages of the document, in order.
        start: the sentence; those behind it in its paragraph and the next ones of its section are tried.
    """
    first = next((at for at, p in enumerate(passages) if p.span.overlaps(start)), None)
    if first is None:
        return []
    found: list[ListItem] = []
    for passage in passages[first:]:
        if passage.kind is not Kind.BODY or passage.headings != passages[first].headings:
            break
        for span in sentences(passage.document.text, passage.words):
            if span.end <= start.start:
                continue
            if found and not _GOES_ON.match(span.of(passage.document.text)):
                return found
            found.append(ListItem(passage, span))
    return found
