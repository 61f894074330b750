"""Cut a document into passages, the units of search: one paragraph or list item each, or some turns of a transcript."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.cut import join_sentences
from corpus.document import Block, Document, Kind
from corpus.kept import kept
from corpus.language.months import spell_day
from corpus.language.sentences import sentences
from corpus.outline.plain_words import plain
from corpus.span import Span, trim
from corpus.talk import run_in, runs_of, spoken_sentences, talk_passages
from corpus.transcript import SpeechTurn, turn_at

# Characters of a list item above which its first sentence is quoted for it.
LONGEST_ITEM = 450
# Each passage repeats the headings above it: without a bound, long or deep headings over many short paragraphs would
# fill the disk.
_HEADING_CHARACTERS = 300
_DEEPEST = 9
# Documents whose sentences are kept.
_MOST_CUT = 256


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a document's text with the headings above it.

    Attributes:
        document: the document that it is cut from.
        span: its range in the text, with its bullet or number, or the speaker's label.
        words: its range without these; those of further turns have their labels.
        kind: the role of its block.
        headings: the headings above it, highest first, without marks; the nearest nine, their first 300 characters.
        order: its position among the document's passages, from 0.
    """

    document: Document
    span: Span
    words: Span
    kind: Kind
    headings: tuple[str, ...]
    order: int

    def __post_init__(self) -> None:
        if not self.span.start <= self.words.start < self.words.end <= self.span.end <= len(self.document.text):
            raise ValueError(f"{self.document.name}: {self.words} does not lie in {self.span}")

    @property
    def text(self) -> str:
        """The characters of the passage, as in the document."""
        return self.span.of(self.document.text)

    @property
    def words_text(self) -> str:
        """The characters of the passage without its bullet or number."""
        return self.words.of(self.document.text)

    def sentences(self) -> list[Span]:
        """Return the passage's sentences; a heading, list item or contact line without a full stop is one.

        Those of a transcript are without labels, a long one is cut between clauses.
        """
        cut = _cut_sentences(self.document)
        if self.words not in cut:
            cut[self.words] = self._cut()
        return list(cut[self.words])

    def _cut(self) -> Sequence[Span]:
        if turn_at(self.document, self.words.start):
            return spoken_sentences(self.document, self.words) or [self.words]
        return sentences(self.document.text, self.words)

    def as_item(self) -> Span:
        """Return the words to quote for the passage as an item of a list: all, or the first sentence of a long one."""
        return self.words if len(self.words) <= LONGEST_ITEM else self.sentences()[0]

    def for_encoder(self, sentences: Sequence[Span]) -> tuple[str, list[Span]]:
        """Return the words with their context for the encoder: title, headings, meeting and days, and who speaks.

        Args:
            sentences: the sentences of the passage in the document's text.

        Returns:
            The text, and the positions of the sentences in it.
        """
        document, meeting = self.document, self.document.meeting
        about = ", ".join(filter(None, (meeting.forum, meeting.place, meeting.days or _day(document))))
        path = [h for h in (document.title, *self.headings) if h]
        text = " > ".join(path) + (f" ({about})" if about else "") + ": "
        spans: list[Span] = []
        last = self.words.start
        turn: SpeechTurn | None = None
        for span in sentences:
            text += " " if spans and last < span.start else ""
            before, turn = turn, turn_at(document, span.start)
            text += f"{turn.speaker or 'Q'}: " if turn and turn != before else ""
            words = plain(span.of(document.text)) or span.of(document.text)
            spans.append(Span(len(text), len(text) + len(words)))
            text += words
            last = span.end
        return text, spans


@kept(_MOST_CUT)
def _cut_sentences(document: Document) -> dict[Span, Sequence[Span]]:
    """Return the sentences of the passages of a document that were cut before, by their words; callers add to it."""
    return {}


def split(document: Document, most: int) -> list[Passage]:
    """Cut a document into passages that never overlap and together hold every character that is not white space.

    Args:
        document: its front matter is outside its outline and left out.
        most: length in characters above which a paragraph is cut between sentences.
    """
    passages: list[Passage] = []
    path: list[tuple[int, str]] = []
    runs = runs_of(document)
    for block in document.outline:
        turn = turn_at(document, block.span.start) if runs else None
        if block.kind is Kind.HEADING and not turn:
            path = [h for h in path if h[0] < block.level][1 - _DEEPEST :]
        above = tuple(words for _, words in path)
        for span, words, kind in _of_block(document, block, runs, most):
            passages.append(Passage(document, span, words, kind, above, len(passages)))
        if block.kind is Kind.HEADING and not turn:
            path.append((block.level, plain(block.words.of(document.text))[:_HEADING_CHARACTERS]))
    return passages


def _of_block(
    document: Document, block: Block, runs: Mapping[int, Sequence[SpeechTurn]], most: int
) -> Iterator[tuple[Span, Span, Kind]]:
    """Yield span, words and kind of the passages that begin in a block."""
    run = run_in(document, block, runs) if runs else None
    if run is None and not (runs and turn_at(document, block.span.start)):
        for span, words in _parts(document.text, block, most):
            yield span, words, block.kind
    elif run:
        if before := trim(document.text, block.span.start, run[0].span.start):
            for piece in join_sentences(document.text, sentences(document.text, before), most):
                yield piece, piece, block.kind
        for span, words in talk_passages(document, run, most):
            yield span, words, Kind.BODY


def _day(document: Document) -> str:
    return spell_day(document.published) if document.published else ""


def _parts(text: str, block: Block, most: int) -> Iterator[tuple[Span, Span]]:
    if len(block.words) <= most:
        yield block.span, block.words
        return
    start = block.words.start
    for span in join_sentences(text, sentences(text, block.words), most):
        yield (Span(block.span.start, span.end) if span.start == start else span), span
