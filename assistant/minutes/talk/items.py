"""Cut a talk into the sentences of its items, by what somebody says to call one: "Third, the roof.", "Item eight"."""

from collections.abc import Iterator

from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.minutes_words import calls_item, numbers_item
from corpus.passages import Passage
from corpus.span import Span

# Calls of items by their numbers that make a record without turns a talk: captions name no speakers.
_LEAST_CALLS = 2
# Words of a call that names no subject: the sentence behind it does, "Second item. Ada, you wanted a roof."
_BARE = 3

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
    for number, (at, sentence) in enumerate(found):
        if calls_item(text_of(sentence)):
            if inside:
                yield call, inside
            following = found[number + 1 : number + 2]
            is_bare = len(text_of(sentence).split()) <= _BARE and following and following[0][0] == at
            call, inside = (sentence, *(s for _, s in following)) if is_bare else (sentence,), []
        inside.append((at, sentence))
    if inside:
        yield call, inside
