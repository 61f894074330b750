"""Prepare a message for the search: shorten it, detect its language, correct its spelling, split it into questions."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.query import Intent
from assistant.understanding.guardrails import intent_without_search, without_greeting
from assistant.understanding.language import foreign_language, foreign_note, language_of_words
from assistant.understanding.spelling import KnownWords, correct_spelling
from assistant.understanding.split_questions import SubQuestion, asks, split_questions
from assistant.understanding.transliteration.write_names import write_names
from assistant.understanding.validate import visible_text
from corpus.language.scripts import is_cjk
from corpus.language.sentences import sentences
from corpus.language.tokens import STOP_WORDS, cjk_words
from corpus.span import Span
from index.snapshot import Snapshot

# A name: a word with two capitals, or with one that does not begin a sentence.
_NAME = re.compile(r"\b[A-Z][\w'’-]*[A-Z]\w*\b|(?<=[^.?!:\s]\s)[A-Z][\w'’-]+")
# Number of the last sentences of a long message that are searched.
_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class MessageLimits:
    """Limits on how much of a message is searched.

    Attributes:
        questions: most questions of a message.
        words: most words of a message that is searched whole; none of 31,878 questions has more than 38, and MiniLM
            reads about 190.
        names: most names of a longer message that are searched with its question.
    """

    questions: int = 4
    words: int = 120
    names: int = 8


@dataclass(frozen=True, slots=True)
class Message:
    """The questions of a message.

    Attributes:
        questions: its questions, in order; at least one.
        notes: what the reader of the answer must know about the search.
    """

    questions: tuple[SubQuestion, ...]
    notes: tuple[str, ...] = ()


def read_message(typed: str, snapshot: Snapshot, encoder: str, limits: MessageLimits = MessageLimits()) -> Message:
    """Return the questions of a message, ready for the search, with notes for the reader.

    Small talk before a question is removed. A message of small talk alone, or an unsafe one, is one question with that
    intent.

    Args:
        typed: the message as typed.
        snapshot: the records, whose words correct the spelling.
        encoder: the name of the library's encoder.
        limits: the most questions, words and names that are searched.
    """
    text = visible_text(typed)
    if intent := intent_without_search(text):
        return Message((SubQuestion(text, intent=intent),))
    text = without_greeting(text)
    notes: list[str] = []
    unknown: tuple[str, ...] = ()
    part = focus(text, lambda word: bool(snapshot.frequency(word)), limits)
    if part:
        text = part.text
        notes.append(part.note)
    language = foreign_language(text)
    if language and not language_of_words(language, snapshot):
        notes.append(foreign_note(language, encoder))
    elif not language:
        corrected = correct_spelling(
            text, KnownWords(lambda: snapshot.words, snapshot.frequency, snapshot.writes_as_name)
        )
        written = write_names(corrected.text, snapshot)
        text, unknown = written.text, written.unknown
        notes.extend((*corrected.notes, *written.notes))
    questions = _questions(text, language)
    if len(questions) > limits.questions:
        notes.append(f"Your message asks {len(questions)} questions; the first {limits.questions} were searched.")
    names = part.names if part else ()
    searched = (
        replace(
            q,
            names=() if q.is_follow_up else names,
            language=language,
            unknown=tuple(name for name in unknown if name in q.text),
        )
        for q in questions[: limits.questions]
    )
    return Message(tuple(searched), tuple(notes))


def _questions(text: str, language: str | None) -> list[SubQuestion]:
    """Return the questions of a text without small talk, each with its intent."""
    questions = [replace(question, intent=intent_without_search(question.text)) for question in split_questions(text)]
    first, *others = [q for q in questions if q.intent is not Intent.SMALL_TALK] or [
        SubQuestion(text, intent=intent_without_search(text))
    ]
    if language:  # its back references are not recognized: only a question with a year or a day is complete
        others = [replace(q, is_follow_up=not any(map(str.isdigit, q.text))) for q in others]
    return [first, *others]


@dataclass(frozen=True, slots=True)
class Focus:
    """The part of a long message that is searched.

    Attributes:
        text: the sentences that are searched as the question.
        names: names in the rest that occur in the records, the most frequent first.
        words: number of words of the message.
    """

    text: str
    names: tuple[str, ...]
    words: int

    @property
    def note(self) -> str:
        """The note for the reader on which part of the message was searched."""
        also, names = (" and the names in it", f"; names: {', '.join(self.names)}") if self.names else ("", "")
        return f"Your message has {self.words:,} words; its last sentences{also} were searched: “{self.text}”{names}."


def focus(message: str, is_known: Callable[[str], bool], limits: MessageLimits = MessageLimits()) -> Focus | None:
    """Return the part of a long message that is searched; None if it is short enough for a search of the whole.

    The part consists of the last sentences that ask something, or the last of all if none does: the words of the rest
    would distort the search, and an encoder reads only the beginning.

    Args:
        message: as typed.
        is_known: returns True for a word of the records.
        limits: the most words and names that are searched.
    """
    words = _count(message)
    if words <= limits.words:
        return None
    all_sentences = [span.of(message) for span in sentences(message, Span(0, len(message)))]
    questions = [sentence for sentence in all_sentences if asks(sentence)] or all_sentences
    text = _last_words(" ".join(questions[-_SENTENCES:]), limits.words)
    counts = Counter(name for name in _NAME.findall(message) if name.casefold() not in STOP_WORDS)
    in_text = text.casefold()
    names = (name for name, _ in counts.most_common() if name.casefold() not in in_text and is_known(name))
    return Focus(text, tuple(name for name, _ in zip(names, range(limits.names), strict=False)), words)


def _count(message: str) -> int:
    """Count the words of a message; in Japanese and Chinese, which have no spaces, the runs of kanji or katakana."""
    return sum(len(cjk_words(word)) or 1 if is_cjk(word) else 1 for word in message.split())


def _last_words(text: str, most: int) -> str:
    words = text.split()
    return text if len(words) <= most else " ".join(words[-most:])
