"""Tell from quotations what stands in marks and quotes nothing: titles of works, terms, single words."""

import re
from collections.abc import Sequence

from assistant.verification.attribution import WORD, is_title
from assistant.verification.extraction.trailing_citation import is_citation
from assistant.verification.findings import Finding, Verdict
from assistant.verification.normalize import fold
from assistant.verification.quotations import Quotation, unquoted_text
from assistant.verification.readers.report import Paragraph
from assistant.verification.sense.omissions import NEGATION
from corpus.language.scripts import count_cjk
from corpus.language.word_lists import word_list
from corpus.span import Span

# A record's sentence differs from a quotation of it in at most one of so many words.
_NEAR_WORDS = 3
_BEFORE_TERMS = word_list("before_terms.txt")
# Characters before a quotation in which the article of a term stands.
_BESIDE = 160
_ELLIPSIS = re.compile(r"[\[(]?(?:…|\.{3,}|(?:\.\s){2,}\.)[\])]?")
# Single words between ellipses up to which their places are compared.
_MOST_SINGLE_WORDS = 3
# Japanese characters that make two words.
_LEAST_CJK = 4


def plain(words: str) -> str:
    """Return words as titles are compared: folded, in lower case, without marks at their ends."""
    return fold(words.strip(" .,")).text.casefold()


def is_too_short(text: str) -> bool:
    """Return True if a quotation is a single word, or as few Japanese characters: it stands in too many places."""
    return len(WORD.findall(text)) < 2 and count_cjk(text) < _LEAST_CJK


def has_single_words(text: str) -> bool:
    """Return True if ellipses leave only single words of a quotation: they prove nothing, and are found everywhere."""
    parts = _ELLIPSIS.split(text)
    return len(parts) > _MOST_SINGLE_WORDS and all(map(is_too_short, parts))


def is_term(quotation: Quotation, paragraph: Paragraph) -> bool:
    """Return True if a quotation may be a term in marks: two plain words behind an article, without a footnote."""
    words = WORD.findall(quotation.text)
    before = WORD.findall(paragraph.text[: quotation.span.start][-_BESIDE:])[-1:]
    behind = quotation.span.end, quotation.span.end + 2
    return (
        len(words) == 2
        and not quotation.is_block
        and bool(before)
        and before[0].casefold() in _BEFORE_TERMS
        and not any(c.isdigit() for c in quotation.text)
        and not NEGATION.search(quotation.text)
        and not any(behind[0] <= p.place <= behind[1] for p in paragraph.pointers)
    )


def is_work(finding: Finding, paragraph: Paragraph, quoted: Sequence[Span]) -> bool:
    """Return True if a quotation in a note is the title of a work: beside it stands a reference, and nobody speaks.

    It is none where it is a record's sentence with a word changed.
    """
    whole = Span(0, len(paragraph.text))
    reference = unquoted_text(paragraph, whole, list(quoted)) if paragraph.note is not None else ""
    if not any(c.isalnum() for c in reference) or not is_citation(reference):
        return False
    words = len(WORD.findall(finding.quotation.text))
    changed = sum(max(len(WORD.findall(c.report)), len(WORD.findall(c.record))) for c in finding.changes)
    is_near = finding.verdict is Verdict.ALTERED and changed * _NEAR_WORDS <= words
    return is_title(finding.quotation.text) and not is_near
