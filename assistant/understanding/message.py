"""What a message asks: its questions, and what its reader is told about how they were searched."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from assistant.understanding.guardrails import is_small_talk
from assistant.understanding.language import foreign_language, foreign_note
from assistant.understanding.spelling import correct_spelling
from assistant.understanding.split_questions import Part, asks, split_questions
from corpus.language.scripts import is_cjk
from corpus.language.sentences import sentences
from corpus.language.tokens import STOP_WORDS, cjk_words
from corpus.span import Span
from index.library import Snapshot
from index.settings import Settings

# Two capitals, or a capital behind a word: what begins a sentence has one without being a name.
_NAME = re.compile(r"\b[A-Z][\w'’-]*[A-Z]\w*\b|(?<=[^.?!:\s]\s)[A-Z][\w'’-]+")
_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Focus:
    """What of a long message is searched.

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
        """What the reader of the answer must know."""
        also, names = (" and the names in it", f"; names: {', '.join(self.names)}") if self.names else ("", "")
        return f"Your message has {self.words:,} words; its last sentences{also} were searched: “{self.text}”{names}."


def focus(message: str, is_known: Callable[[str], bool], settings: Settings) -> Focus | None:
    """The part of a long message that is searched; None when it is short enough to be searched whole.

    The last sentences that ask something are taken, or the last of all where none does: a search by words would drown
    in the rest, and an encoder reads only its beginning.

    Args:
        message: as typed.
        is_known: whether the records have a word.
        settings: from how many words on a message is long, and how many names are searched.
    """
    words = _count(message)
    if words <= settings.question_words:
        return None
    found = [span.of(message) for span in sentences(message, Span(0, len(message)))]
    asking = [sentence for sentence in found if asks(sentence)] or found
    text = _last_words(" ".join(asking[-_SENTENCES:]), settings.question_words)
    counted = Counter(name for name in _NAME.findall(message) if name.casefold() not in STOP_WORDS)
    in_text = text.casefold()
    names = (name for name, _ in counted.most_common() if name.casefold() not in in_text and is_known(name))
    return Focus(text, tuple(name for name, _ in zip(names, range(settings.question_names), strict=False)), words)


def _count(message: str) -> int:
    """Words between white space; of Japanese and Chinese, which write none, the runs of kanji or katakana as well."""
    return sum(len(cjk_words(word)) or 1 if is_cjk(word) else 1 for word in message.split())


def _last_words(text: str, most: int) -> str:
    words = text.split()
    return text if len(words) <= most else " ".join(words[-most:])


@dataclass(frozen=True, slots=True)
class Message:
    """A message, read.

    Attributes:
        parts: its questions, in order; at least one.
        names: names that a long message holds beside them, which are searched with each that leans on no other.
        language: what it is in, where that is neither English nor Japanese.
        notes: what the reader of the answer must know about the search.
    """

    parts: tuple[Part, ...]
    names: tuple[str, ...] = ()
    language: str | None = None
    notes: tuple[str, ...] = ()


def read_message(text: str, view: Snapshot, encoder: str, settings: Settings) -> Message:
    """Read what a message asks.

    Args:
        text: the message, without what no one sees.
        view: the records, after whose words slips are mended.
        encoder: the name of the library's encoder.
        settings: how many questions and words are searched.
    """
    notes: list[str] = []
    cut = focus(text, lambda word: bool(view.frequency(word)), settings)
    if cut:
        text = cut.text
        notes.append(cut.note)
    language = foreign_language(text, settings)
    if language:
        notes.append(foreign_note(language, encoder))
    else:
        text = _spelt(text, view)
    parts = [part for part in split_questions(text) if not is_small_talk(part.text)] or [Part(text)]
    if language:  # which of its words point back is not known; one with a year or a day of its own stands alone
        parts[1:] = [Part(part.text, leans=not any(map(str.isdigit, part.text))) for part in parts[1:]]
    if len(parts) > settings.questions:
        notes.append(f"Your message asks {len(parts)} questions; the first {settings.questions} were searched.")
    return Message(tuple(parts[: settings.questions]), cut.names if cut else (), language, tuple(notes))


def _spelt(question: str, view: Snapshot) -> str:
    """The question with its slips mended after the records' own words."""
    return correct_spelling(question, lambda: view.words, lambda word: bool(view.frequency(word)), view.writes_as_name)
