"""Read a message: shorten a long one, tell its language, correct its spelling, cut it into its questions."""

import re
from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass, replace

from assistant.query import Intent
from assistant.understanding.guardrails import intent_without_search
from assistant.understanding.language import foreign_language, foreign_note
from assistant.understanding.split_questions import SubQuestion, asks, split_questions
from assistant.understanding.validate import visible_text
from corpus.language.countries import is_country
from corpus.language.english import english_words
from corpus.language.scripts import is_cjk
from corpus.language.sentences import sentences
from corpus.language.tokens import STOP_WORDS, cjk_words
from corpus.span import Span
from index.library import Snapshot

# Two capitals, or a capital behind a word: what begins a sentence has one without being a name.
_NAME = re.compile(r"\b[A-Z][\w'’-]*[A-Z]\w*\b|(?<=[^.?!:\s]\s)[A-Z][\w'’-]+")
# Words that are long enough to be corrected.
_CORRECTED = re.compile(r"[^\W\d_]{5,}")
_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class MessageLimits:
    """How much of a message is searched.

    Attributes:
        questions: most questions of a message that are searched.
        words: longest message searched whole, in words: of 31,878 questions none has more than 38, and MiniLM reads
            about 190.
        names: most names of a longer message that are searched beside its question.
    """

    questions: int = 4
    words: int = 120
    names: int = 8


@dataclass(frozen=True, slots=True)
class Message:
    """A message, read.

    Attributes:
        questions: its questions, in order; at least one.
        notes: what the reader of the answer must know about the search.
    """

    questions: tuple[SubQuestion, ...]
    notes: tuple[str, ...] = ()


def read_message(typed: str, snapshot: Snapshot, encoder: str, limits: MessageLimits = MessageLimits()) -> Message:
    """Read which questions a message asks.

    Small talk before a question is dropped; a message that is nothing else, or unsafe, is one question with its intent.

    Args:
        typed: the message as typed.
        snapshot: the records, with whose words spelling is corrected.
        encoder: the name of the library's encoder.
        limits: how many questions, words and names are searched.
    """
    text = visible_text(typed)
    if intent := intent_without_search(text):
        return Message((SubQuestion(text, intent=intent),))
    notes: list[str] = []
    part = focus(text, lambda word: bool(snapshot.frequency(word)), limits)
    if part:
        text = part.text
        notes.append(part.note)
    language = foreign_language(text)
    if language:
        notes.append(foreign_note(language, encoder))
    else:
        text = correct_spelling(
            text, lambda: snapshot.words, lambda word: bool(snapshot.frequency(word)), snapshot.writes_as_name
        )
    questions = _questions(text, language)
    if len(questions) > limits.questions:
        notes.append(f"Your message asks {len(questions)} questions; the first {limits.questions} were searched.")
    names = part.names if part else ()
    searched = (replace(q, names=() if q.leans else names, language=language) for q in questions[: limits.questions])
    return Message(tuple(searched), tuple(notes))


def _questions(text: str, language: str | None) -> list[SubQuestion]:
    """Return the questions of a text without small talk, each with its intent and its dependence on the last."""
    every = [replace(question, intent=intent_without_search(question.text)) for question in split_questions(text)]
    first, *others = [q for q in every if q.intent is not Intent.SMALL_TALK] or [
        SubQuestion(text, intent=intent_without_search(text))
    ]
    if language:  # which of its words point back is not known; one with a year or a day of its own stands alone
        others = [replace(q, leans=not any(map(str.isdigit, q.text))) for q in others]
    return [first, *others]


@dataclass(frozen=True, slots=True)
class Focus:
    """The part of a long message that is searched.

    Attributes:
        text: the sentences that are searched as the question.
        names: names of the rest that the records have, the one most often written first.
        words: how many words the message has.
    """

    text: str
    names: tuple[str, ...]
    words: int

    @property
    def note(self) -> str:
        """The note that tells the reader which part of the message was searched."""
        also, names = (" and the names in it", f"; names: {', '.join(self.names)}") if self.names else ("", "")
        return f"Your message has {self.words:,} words; its last sentences{also} were searched: “{self.text}”{names}."


def focus(message: str, is_known: Callable[[str], bool], limits: MessageLimits = MessageLimits()) -> Focus | None:
    """Return the part of a long message that is searched; None when it is short enough to be searched whole.

    The last sentences that ask something are taken, or the last of all where none does: a search by words would drown
    in the rest, and an encoder reads only its beginning.

    Args:
        message: as typed.
        is_known: tells whether the records have a word.
        limits: the words of the longest message that is searched whole, and the most names.
    """
    words = _count(message)
    if words <= limits.words:
        return None
    found = [span.of(message) for span in sentences(message, Span(0, len(message)))]
    asking = [sentence for sentence in found if asks(sentence)] or found
    text = _last_words(" ".join(asking[-_SENTENCES:]), limits.words)
    counted = Counter(name for name in _NAME.findall(message) if name.casefold() not in STOP_WORDS)
    in_text = text.casefold()
    names = (name for name, _ in counted.most_common() if name.casefold() not in in_text and is_known(name))
    return Focus(text, tuple(name for name, _ in zip(names, range(limits.names), strict=False)), words)


def _count(message: str) -> int:
    """Count the words between white space, and in Japanese and Chinese, which write none, the runs of characters."""
    return sum(len(cjk_words(word)) or 1 if is_cjk(word) else 1 for word in message.split())


def _last_words(text: str, most: int) -> str:
    words = text.split()
    return text if len(words) <= most else " ".join(words[-most:])


def correct_spelling(
    question: str, words: Callable[[], Set[str]], is_known: Callable[[str], bool], as_name: Callable[[str], bool]
) -> str:
    """Return the question with each unknown word replaced by the one word of the records that it nearly is.

    A common English word is no slip, whether the records have it or not. One slip is forgiven in a word of up to seven
    letters, two in a longer one (Damerau-Levenshtein); the first letter must be right. A word with a capital may be a
    name that the records do not have: it is replaced only by a name.

    Args:
        question: as typed.
        words: returns every word of the records, in lower case; called only when a word is unknown.
        is_known: tells whether the records have a word, in any inflection.
        as_name: tells whether the records write a word only with a capital.
    """
    shouted = question.isupper()

    def corrected(match: re.Match[str]) -> str:
        word = match.group(0)
        low = word.casefold()
        if low in STOP_WORDS or is_country(low) or is_known(low) or low in english_words() or not word.isascii():
            return word
        nearest = _nearest(low, words())
        if nearest is None or (word[0].isupper() and not shouted and not as_name(nearest)):
            return word
        return nearest.capitalize() if word[0].isupper() else nearest

    return _CORRECTED.sub(corrected, question)


def _nearest(word: str, words: Set[str]) -> str | None:
    """Return the word with the fewest slips, the first in the alphabet of equal ones; None when no word is near."""
    from rapidfuzz.distance import DamerauLevenshtein

    slips = 1 if len(word) <= 7 else 2
    best: tuple[int, str] | None = None
    for other in words:
        if other[0] == word[0] and abs(len(other) - len(word)) <= slips and len(other) > 3:
            distance = int(DamerauLevenshtein.distance(word, other, score_cutoff=slips))
            if distance <= slips and (best is None or (distance, other) < best):
                best = (distance, other)
    return best[1] if best else None
