"""What a message asks: its questions, and what its reader is told about how they were searched."""

from dataclasses import dataclass

from assistant.long_message import focus
from assistant.understanding.guardrails import is_small_talk
from assistant.understanding.language import foreign_language, foreign_note
from assistant.understanding.spelling import repaired
from assistant.understanding.split_questions import Part, separate
from index.settings import Settings
from index.store.snapshot import View


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


def read_message(text: str, view: View, encoder: str, settings: Settings) -> Message:
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
    parts = [part for part in separate(text) if not is_small_talk(part.text)] or [Part(text)]
    if language:  # which of its words point back is not known; one with a year or a day of its own stands alone
        parts[1:] = [Part(part.text, leans=not any(map(str.isdigit, part.text))) for part in parts[1:]]
    if len(parts) > settings.questions:
        notes.append(f"Your message asks {len(parts)} questions; the first {settings.questions} were searched.")
    return Message(tuple(parts[: settings.questions]), cut.names if cut else (), language, tuple(notes))


def _spelt(question: str, view: View) -> str:
    """The question with its slips mended after the records' own words."""
    return repaired(question, lambda: view.words, lambda word: bool(view.frequency(word)), view.writes_as_name)
