"""Cut a talk into the sentences of its items, by what somebody says to call one: "Third, the roof.", "Item eight"."""

import re
from collections.abc import Iterator, Sequence

from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.figures import NUMBERS
from corpus.language.minutes_words import calls_item, numbers_item, phrases, without_lead
from corpus.language.tokens import fold_text, folded_words, stem, stems
from corpus.passages import Passage
from corpus.span import Span

# Calls of items by their numbers that make a record without turns a talk: captions name no speakers.
_LEAST_CALLS = 2
# Words of a call that names no subject: the sentence behind it does, "Second item. Ada, you wanted a roof."
_BARE = 3

# Turns at the beginning of a talk in which somebody lists its topics, and words of a sentence that opens one.
_FIRST_TURNS, _OPENING = 4, 5
# "Three things tonight: the van, the summer fair, and insurance."
_LISTED = re.compile(r"[,;]\s*(?:and\s+|und\s+|et\s+|y\s+)?|\s+(?:and|und|et|y)\s+")

Sentence = tuple[Passage, Span]
Call = tuple[Sentence, ...]


def text_of(sentence: Sentence) -> str:
    """Return the words of a sentence."""
    passage, span = sentence
    return span.of(passage.document.text)


def talk_sentences(record: MinutesRecord) -> list[tuple[int, Sentence]]:
    """Return the sentences of a talk with the number of their turn or paragraph; none for another record."""
    if record.talk:
        return [(at, (p, span)) for at, (p, _) in enumerate(record.talk) for span in p.sentences()]
    if any(passage.kind is Kind.HEADING for passage in record.passages):
        return []
    prose = [p for p in record.passages if p.kind is Kind.BODY]
    found = [(at, (p, span)) for at, p in enumerate(prose) for span in p.sentences()]
    calls = sum(numbers_item(text_of(s)) for _, s in found)
    return found if calls >= _LEAST_CALLS else []


def items(record: MinutesRecord) -> Iterator[tuple[Call, list[tuple[int, Sentence]]]]:
    """Yield the call and the sentences of each item of a talk, those before the first call without one."""
    call: Call = ()
    inside: list[tuple[int, Sentence]] = []
    found = talk_sentences(record)
    openings = _openings(found) if record.talk else {}
    for number, (at, sentence) in enumerate(found):
        if calls_item(text_of(sentence)) or sentence[1] in openings:
            if inside:
                yield call, inside
            following = found[number + 1 : number + 2]
            is_bare = len(text_of(sentence).split()) <= _BARE and following and following[0][0] == at
            call, inside = (sentence, *(s for _, s in following)) if is_bare else (sentence,), []
        inside.append((at, sentence))
    if inside:
        yield call, inside


def topic_at(record: MinutesRecord, span: Span) -> str:
    """Return the topic, as the list at the beginning of a talk names it, that a sentence opens; empty for others."""
    return _openings(talk_sentences(record)).get(span, "")


def _openings(found: Sequence[tuple[int, Sentence]]) -> dict[Span, str]:
    """Return the first sentences of turns that open a topic of the list, each with the topic: "On the fair."."""
    listed = next(((at, topics) for at, s in found if at < _FIRST_TURNS and (topics := _topics(text_of(s)))), None)
    if listed is None:
        return {}
    first, left, opened = listed[0], list(listed[1]), dict[Span, str]()
    for number, (at, sentence) in enumerate(found):
        is_first = at > first and found[number - 1][0] != at
        head = [stem(word) for word in folded_words(without_lead(text_of(sentence)))[:_OPENING]] if is_first else []
        if topic := next((t for t in left if stems(t)[-1:] and stems(t)[-1] in head), None):
            opened[sentence[1]] = topic
            left.remove(topic)
    return opened


def _topics(words: str) -> list[str]:
    """Return the topics that a sentence lists behind their number: "Three things tonight: the van, the fair."."""
    lead, colon, listed = words.partition(":")
    counted = [word for word in folded_words(lead) if word in NUMBERS or word.isdigit()]
    nouns = {stem(word) for word in phrases("announced", "nouns")}
    if not colon or not counted or not nouns & set(stems(lead)):
        return []
    topics = [part.strip(" .!") for part in _LISTED.split(fold_text(listed)) if part.strip(" .!")]
    count = NUMBERS.index(counted[0]) if counted[0] in NUMBERS else int(counted[0])
    return topics if len(topics) == count > 1 else []
