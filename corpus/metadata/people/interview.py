"""Find who answers in an interview whose questions are bold lines: "**How did it begin?**", and below it the answer."""

import re
from collections.abc import Iterator

from corpus.document import Block, Document, Kind
from corpus.language.countries import is_country
from corpus.language.english import english_words
from corpus.language.names import proper_names
from corpus.language.tokens import fold_text, folded_words

# Questions of an interview, at least, and their share of the headings from the first of them on.
_LEAST = 3
_LEAST_SHARE = 0.5
_BOLD_QUESTION = re.compile(r"(?:\*\*|__).+[?？][\"'”’»]*(?:\*\*|__)$", re.DOTALL)


def interview(document: Document) -> tuple[str, list[Block]] | None:
    """Return who answers in an interview, with the paragraphs of the answers; None for another record.

    The name is the only one of a person in the title, else in the paragraphs above the first question.
    """
    heads = [n for n, block in enumerate(document.outline) if block.kind is Kind.HEADING]
    asked = [n for n in heads if _BOLD_QUESTION.match(document.outline[n].words.of(document.text))]
    if len(asked) < _LEAST or len(asked) < _LEAST_SHARE * sum(n >= asked[0] for n in heads):
        return None
    above = (b.words.of(document.text) for b in document.outline[: asked[0]] if b.kind is Kind.BODY)
    names = next((found for text in (document.title, " ".join(above)) if (found := set(_names(text)))), set[str]())
    ends = [*heads, len(document.outline)]
    answers = [
        block
        for n in asked
        for block in document.outline[n + 1 : next(end for end in ends if end > n)]
        if block.kind in (Kind.BODY, Kind.LIST_ITEM)
    ]
    return (names.pop(), answers) if len(names) == 1 and len(answers) >= len(asked) else None


def _names(text: str) -> Iterator[str]:
    """Yield the names of two or three words of which one at least is no word of the language."""
    for name in proper_names(text):
        words = text[name.start : name.end].strip("*_")
        folded = folded_words(words)
        is_foreign = any(word not in english_words() for word in folded)
        is_place = is_country(words) or fold_text(words[:4]) == "the " or "-" in folded[0]
        if 2 <= len(folded) <= 3 and is_foreign and not is_place:
            yield words
