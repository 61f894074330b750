"""Join sentences to pieces of a text up to a length; cut a longer sentence at white space, a longer word anywhere."""

from collections.abc import Iterable, Iterator

from corpus.span import Span, trim


def join_sentences(text: str, sentences: Iterable[Span], most: int) -> Iterator[Span]:
    """Yield the pieces: whole sentences up to the length; a longer sentence is cut.

    Args:
        text: the whole text.
        sentences: in order.
        most: length in characters.
    """
    joined: Span | None = None
    for sentence in (piece for s in sentences for piece in _cut_sentence(text, s, most)):
        if joined and sentence.end - joined.start > most:
            yield joined
            joined = None
        joined = Span(joined.start if joined else sentence.start, sentence.end)
    if joined:
        yield joined


def _cut_sentence(text: str, span: Span, most: int) -> Iterator[Span]:
    rest: Span | None = span
    while rest and len(rest) > most:
        beyond = rest.start + most + 1
        cut = max(text.rfind(" ", rest.start, beyond), text.rfind("\n", rest.start, beyond))
        end = cut if cut > rest.start else rest.start + most
        if piece := trim(text, rest.start, end):
            yield piece
        rest = trim(text, end, span.end)
    if rest:
        yield rest
