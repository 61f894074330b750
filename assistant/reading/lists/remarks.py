"""Choose what a person said: all words of the speaker that a question asks for, a paragraph or item each."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from assistant.reading.lists.find import ListItem, announcement
from assistant.reading.lists.question import ChosenList, ListQuestion
from assistant.reading.question_words import saying_stems
from assistant.retrieval.context import is_courtesy, is_question
from assistant.retrieval.evidence import Evidence, documents_of
from assistant.understanding.speakers.speech_words import is_speech_word, subject_of_speech
from corpus.document import Kind
from corpus.language.tokens import content_words, fold_text, folded_words, stem, stems
from corpus.passages import LONGEST_ITEM, Passage
from corpus.span import Span
from corpus.speech import question_before, without_label
from corpus.transcript import SpeechTurn, turn_at
from index.search.filters import Filters

# Turns of a speaker that are all quoted, and words of a turn that says nothing alone: "Go ahead, Ada."
_FEW_TURNS, _FEW_WORDS = 5, 3


def choose_remarks(question: ListQuestion, evidence: Sequence[Evidence]) -> list[ChosenList]:
    """Return all that a person said, for each record; none if the question names no speaker or asks for a subject.

    Args:
        question: the question.
        evidence: all sentences, best first.
    """
    query, filters = question.query, question.query.filters
    documents = [d for d in documents_of(evidence) if filters.keeps(d)]
    if query.speaker:
        asks_for_all = not subject_of_speech(query.keywords)
    else:
        asks_for_all = question.asks_what_was_said and not any(
            question.subject(d) & question.shared(d.text) for d in documents[:1]
        )
    if not filters.speakers or not asks_for_all:
        return []
    found = [tuple(remarks_in(question.passages(document), filters)) for document in documents]
    # "What did Ms. Bo propose?" asks for her proposals, if the record calls something so.
    verbs = {stem(word) for word in folded_words(query.latest_text) if is_speech_word(word)} - saying_stems()
    narrowed = [tuple(item for item in items if _is_of_verb(item, verbs)) for items in found]
    chosen = narrowed if any(narrowed) else found
    chosen = [_with_content(items) or items for items in chosen]
    return [ChosenList(items, True) for items in chosen if items]


def _with_content(items: Sequence[ListItem]) -> tuple[ListItem, ...]:
    """Return the words that say something: no thanks, and of many turns none said twice or of a few words alone."""
    kept = [item for item in items if not is_courtesy(item.text)]
    turns_of = [item for item in kept if turn_at(item.passage.document, item.span.start)]
    if len(turns_of) <= _FEW_TURNS:
        return tuple(kept)
    said = Counter(fold_text(item.text) for item in turns_of)
    return tuple(
        item for item in kept if item not in turns_of or (said[fold_text(item.text)] == 1 and _says_much(item))
    )


def _says_much(item: ListItem) -> bool:
    """Return True unless a turn has a few words that reply to no question, or only words that every text has."""
    is_short = len(item.text.split()) <= _FEW_WORDS and not question_before(item.passage.document, item.span)
    return not is_short and bool(content_words(item.text))


def _is_of_verb(item: ListItem, verbs: Set[str]) -> bool:
    """Return True if words are called by a verb of speech of the question, or are a question where it says "ask"."""
    asks = stem("ask") in verbs and is_question(item.text)
    return asks or bool(verbs & set(stems(item.text)))


def remarks_in(passages: Sequence[Passage], filters: Filters) -> Iterator[ListItem]:
    """Yield the words of the filters' speakers in some passages, a long paragraph as its first sentence.

    A sentence that only announces the remarks behind it is left out.
    """
    for passage in passages:
        if passage.kind not in (Kind.BODY, Kind.LIST_ITEM):
            continue
        document = passage.document
        for run in _runs(passage, filters):
            whole = without_label(document, Span(run[0].start, run[-1].end))
            spans = [without_label(document, span) for span in run]
            # What a record reports is little, so that each sentence of it is quoted; of a long turn the first.
            if turn_at(document, run[0].start) or passage.kind is Kind.LIST_ITEM:
                spans = [whole] if len(whole) <= LONGEST_ITEM else spans[:1]
            for span in spans:
                if any(map(str.isalpha, span.of(document.text))) and span != announcement(passage):
                    yield ListItem(passage, span)


def _runs(passage: Passage, filters: Filters) -> list[list[Span]]:
    """Return the sentences of a passage that the speakers say, those in a row, of one turn and paragraph together."""
    runs: list[list[Span]] = [[]]
    for span in passage.sentences():
        if not filters.keeps_words(passage.document, span):
            runs.append([])
            continue
        if runs[-1] and _place(passage, runs[-1][-1]) != _place(passage, span):
            runs.append([])
        runs[-1].append(span)
    return [run for run in runs if run]


def _place(passage: Passage, span: Span) -> tuple[SpeechTurn | None, int]:
    """Return the turn and the number of the paragraph that a sentence is in."""
    paragraph = bisect_right(passage.document.outline, span.start, key=lambda block: block.span.start)
    return turn_at(passage.document, span.start), paragraph
