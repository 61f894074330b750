"""Answer a question for the long form of an abbreviation, such as "What does DFFT stand for?"."""

import re
from collections.abc import Sequence
from functools import cache

from assistant.answer import Answer, ShortAnswer
from assistant.citations.citation import Citation
from assistant.query import Query
from corpus.document import Document
from corpus.kept import text_without_case
from corpus.language.abbreviations import abbreviations
from corpus.language.english import english_words
from corpus.language.scripts import is_cjk
from corpus.language.word_lists import word_table
from corpus.span import Span
from index.snapshot import Snapshot

_SHORT = r"[\"“'‘「]?(?P<short>[A-Za-z][A-Za-z0-9&/-]{1,11})[\"”'’」]?"


def answer_abbreviation(query: Query, snapshot: Snapshot) -> Answer | None:
    """Return the long form of an abbreviation, with the first sentence of each record that introduces it.

    Args:
        query: the question.
        snapshot: the library.

    Returns:
        None where the question asks for something else, or no record that it may be about introduces the abbreviation.
    """
    asked = asked_abbreviations(query.latest_text)
    kept = [document for document in snapshot.documents if query.filters.keeps(document)] if asked else []
    found = [answer for document in kept for short in asked if (answer := _introduction(document, short, snapshot))]
    if not found:
        return None
    citations = tuple(answer.citation for answer in found)
    forms = {answer.words.casefold() for answer in found}
    return Answer(citations, short_answer=found[0] if len(forms) == 1 else None, language=query.reply_language)


def asked_abbreviations(question: str) -> list[str]:
    """Return the words whose long form a question may ask for, as typed."""
    return [match["short"] for pattern in _patterns() for match in pattern.finditer(question)]


def asks_for_nothing_else(question: str) -> bool:
    """Return True for "What does CHA stand for?" with an abbreviation: it has capitals or is no English word."""
    match = _patterns()[0].search(question)
    short = match["short"] if match else ""
    is_short = sum(map(str.isupper, short)) > 1 or bool(short and short.casefold() not in english_words())
    return is_short and not question.isupper()


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = word_table("meaning_words.toml")
    before, behind, last, nouns = (_alternatives(words[key]) for key in ("before", "behind", "last", "nouns"))
    return (
        re.compile(rf"{_SHORT}\s*(?:{behind})(?=\W*$|で|か)", re.IGNORECASE),
        re.compile(rf"{_SHORT}\s+(?:{last})(?=\W*$)", re.IGNORECASE),
        re.compile(rf"(?:{before})\s+(?:(?:{nouns})\s+)?{_SHORT}(?=\W*$)", re.IGNORECASE),
    )


def _alternatives(words: Sequence[str]) -> str:
    """Return a pattern of words, the longer ones first; Japanese ones need no bounds."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) if is_cjk(word) else rf"\b{re.escape(word)}\b" for word in ordered)


def _introduction(document: Document, short: str, snapshot: Snapshot) -> ShortAnswer | None:
    """Return the long form in the first sentence of a record that introduces an abbreviation; None without one."""
    if f"({short}".casefold() not in text_without_case(document):
        return None
    for _, passage in snapshot.passages_of(document):
        for span in passage.sentences():
            words = _long_form(span.of(document.text), short)
            form = r"\s+".join(map(re.escape, words.split()))
            if words and (place := re.compile(form).search(document.text, span.start, span.end)):
                return ShortAnswer(Citation(document, span, passage.headings), Span(*place.span()))
    return None


def _long_form(text: str, short: str) -> str:
    """Return the words for which an abbreviation stands in a text that introduces it; "" in another text."""
    return next((long for found, long in abbreviations(text).items() if found.casefold() == short.casefold()), "")
