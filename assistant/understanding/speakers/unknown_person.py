"""Tell a person of whom the records have no words from a body, a country or a common word."""

import re
from collections.abc import Sequence

from assistant.understanding.speakers.matching import name_titles
from assistant.understanding.speakers.mentions import LONGEST_NAME
from assistant.understanding.speakers.speech_words import is_cjk_question
from corpus.document import Document
from corpus.kept import text_without_case
from corpus.language.abbreviations import short_forms
from corpus.language.countries import is_country
from corpus.language.english import HONORIFICS
from corpus.language.organizations import find_forums
from corpus.language.scripts import is_cjk_text
from corpus.language.tokens import STOP_WORDS, folded_words
from corpus.speech import name_bearers, name_words

# Letters of an abbreviation that names a body; two are a person's initials.
_ABBREVIATION = 3


def is_unknown_person(typed: str, documents: Sequence[Document]) -> bool:
    """Return True if a question names a person of whom the records have no words.

    That is a name with a form of address or an office, one that no record has, or one that records have as a person's.
    """
    if is_cjk_question(typed):
        readable = [document for document in documents if is_cjk_text(document.text)]
        return bool(readable) and not any(typed in document.text for document in readable)
    tokens = [token.strip(".,") for token in typed.split()]
    if (
        not tokens
        or len(tokens) > LONGEST_NAME
        or find_forums(typed, re.IGNORECASE)
        or any(map(is_country, (typed, *tokens)))
        or any(len(short) >= _ABBREVIATION for short in short_forms(f"the {typed}"))
    ):
        return False
    lower = [token.casefold() for token in tokens]
    names = [token for token, low in zip(tokens, lower, strict=True) if low not in name_titles()]
    names = [token for token in names if token.casefold() not in STOP_WORDS]
    if not names or not all(token[:1].isupper() for token in names):
        return False
    # "Chancellor Bo", "Trade Secretary Bo"
    if any(low in HONORIFICS for low in lower) or any(low in name_titles() for low in lower[:-1]):
        return True
    words = folded_words(" ".join(names))
    if any(" ".join(words) in " ".join(folded_words(document.title)) for document in documents):
        return False  # the body whose meetings the records are of, or the author of one
    if not any(all(word in text_without_case(document) for word in words) for document in documents):
        return True
    return any(_has_person(words, names, document) for document in documents)


def _has_person(words: Sequence[str], names: Sequence[str], document: Document) -> bool:
    """Return True if a record has a name as a person's: in full, behind a form of address, or behind an initial."""
    last = re.escape(names[-1])
    before = rf"(?:{'|'.join(sorted(HONORIFICS))})\.?\s+(?:\w+\s+){{0,2}}?"
    initial = rf"\b{re.escape(names[0][0])}\.\s*" if len(names) > 1 else r"\b[A-Z]\.\s*"
    if re.search(rf"(?:(?i:\b{before})|{initial}){last}\b", document.text):
        return True
    return any({*words} <= {*name_words(name)} for name in name_bearers(document, words[-1]))
