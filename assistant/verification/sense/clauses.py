"""Find what the sentence around a quotation denies, doubts or makes a condition of it, and the quotation leaves off."""

import re

from assistant.verification.sense.cuts import LIMIT
from assistant.verification.sense.omissions import NEGATION
from corpus.document import Document
from corpus.language.months import WEEKDAYS
from corpus.language.sentences import sentences
from corpus.language.word_lists import word_list, word_sets
from corpus.span import Span


def _phrases(name: str) -> str:
    """Return the regular expression for the lines of a word list, the longest first."""
    lines = sorted((" ".join(line) for line in word_sets(name)), key=lambda words: (-len(words), words))
    return "|".join(re.escape(line).replace(r"\ ", r"\s+") for line in lines)


_DOUBT = re.compile(rf"\b(?:{'|'.join(sorted(word_list('doubts.txt')))})\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|dass|daß|que)\s+(?=[^,;:]*$)", re.IGNORECASE)
CONDITIONS = re.compile(rf"\b(?:{_phrases('conditions.txt')})\b", re.IGNORECASE)
"""Words that begin a condition or an indirect question."""
_CONDITION = re.compile(rf"\b(?:{_phrases('conditions.txt')})\b(?=[^,;:]*$)", re.IGNORECASE)
# "Should the bank refuse, ...", at the start of a sentence or of what is said; behind its subject "should" is none.
_BEGINS_CONDITION = re.compile(
    rf"(?:^|[:：]\s*|(?<=\s)(?=[\"“„«‘「]))[\s\"'“”‘’„«「(]*(?P<words>"
    rf"(?:{_phrases('conditions.txt')}|should)\b[^;:]*,)\s*(?:then\s+)?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Words from "that" to the quotation, and from a denial to "that".
_MOST_WORDS = 6
_MOST_BETWEEN = 9
# "..., but they rejected them", "..., which he called wrong".
_TAKEN_BACK = re.compile(
    r",?\s*(?:(?:but|yet|though|although|aber|mais|pero)\s+(?:he|she|it|they|we|i|this|er|sie|es|il|elle|ils|elles)"
    r"|which|what|was|ce\s+que|lo\s+que)\b(?P<rest>[^.;?!]*)",
    re.IGNORECASE,
)
# What limits a denial in time.
_TIME = re.compile(
    r"\s*(?:before|until|till|yet|(?:this|next)\s+(?:year|month|week|session|term|season|spring|summer|autumn|winter)"
    r"|for\s+now|at\s+present|today|tonight|by\s+\d|in\s+\d{4}|vor\s+\d|bis\s|avant\s|antes\s)",
    re.IGNORECASE,
)
_COMPARISONS = "|".join(
    r"\s+(?:[^\W\d_]+\s+){0,4}?".join(map(re.escape, line)) for line in word_sets("comparisons.txt")
)
# "must not pay more than today", "shall not sell on Sundays".
_COMPARED = re.compile(
    rf"\s*(?:{_COMPARISONS})\b"
    rf"|\s*(?:[^\W\d_]+\s+)?(?:{'|'.join(WEEKDAYS)})s\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|？|\b(?:ask|question|query|inquir|enquir|wonder|whether|why|how|what|when|where|who|frag|demand|pregunt)\w*",
    re.IGNORECASE,
)
# A dot behind three letters is none of "Mr.".
_SENTENCE_END = re.compile(r"(?<=[^\W_]{3})[.!?][\"'”’»)]*\s")
_LOOKED_AT = 400


def denied_words(document: Document, span: Span, before: str, behind: str) -> str | None:
    """Return the words of the record's sentence that deny, doubt or condition a quotation; None for none.

    Args:
        document: the record.
        span: the place of the quotation.
        before: what the report writes before the quotation; a denial, doubt or condition of its own supplies that.
        behind: what the report writes behind it.
    """
    text = document.text
    sentence = _sentence_at(document, span.start)
    lead, rest = (
        text[sentence.start : span.start],
        text[span.end : max(span.end, _sentence_at(document, span.end - 1).end)],
    )
    supplied = before[max((end.end() for end in _SENTENCE_END.finditer(before)), default=0) :]
    if (denial := _denial(lead)) and not (NEGATION.search(supplied) or _DOUBT.search(supplied)):
        return denial
    has_condition = CONDITIONS.search(f"{supplied} {behind}")
    if (condition := _condition(lead)) and not has_condition:
        return condition
    taken_back = _TAKEN_BACK.match(rest)
    if taken_back and (NEGATION.search(taken_back["rest"]) or _DOUBT.search(taken_back["rest"])):
        words = taken_back.group().strip(" ,")
        return None if _says(behind, words) else words
    quoted = span.of(text)
    limit = (_TIME.match(rest) or _COMPARED.match(rest)) if NEGATION.search(quoted) else None
    if limit and not _says(behind, limit.group()):
        return limit.group().strip()
    is_question = rest.rstrip(" \"'”’»)").endswith(("?", "？")) and not re.search("[?？]", quoted)
    return "?" if is_question and not _ASKS.search(f"{supplied} {behind}") else None


def _sentence_at(document: Document, at: int) -> Span:
    """Return the sentence of a record that an offset is in, as far as it is in one paragraph."""
    block = next((b.words for b in document.outline if b.span.start <= at < b.span.end), Span(at, at + 1))
    near = Span(max(block.start, at - _LOOKED_AT), max(at + 1, min(block.end, at + _LOOKED_AT)))
    return next((s for s in sentences(document.text, near) if s.start <= at < s.end), Span(at, at + 1))


def _denial(lead: str) -> str | None:
    """Return the denial or doubt before "that" in the words of a sentence before a quotation: "not true that"."""
    that = next(iter(list(_THAT.finditer(lead))[-1:]), None)
    if that is None or len(_WORD.findall(lead[that.end() :])) > _MOST_WORDS:
        return None
    frame = lead[: that.start()]
    words = list(_WORD.finditer(frame))[-_MOST_BETWEEN:]
    near = frame[words[0].start() :] if words else ""
    denials = [*NEGATION.finditer(near), *_DOUBT.finditer(near)]
    if not denials or re.search(r"\bnot\s+only\b", near, re.IGNORECASE):
        return None
    first = min(m.start() for m in denials)
    return f"{near[first:].rstrip()} {that.group().strip()}"


def _condition(lead: str) -> str | None:
    """Return the condition or "whether" that the words before a quotation begin or hold."""
    if begun := _BEGINS_CONDITION.search(lead):
        return begun["words"]
    inside = next(iter(list(_CONDITION.finditer(lead))[-1:]), None)
    if inside is None or len(_WORD.findall(lead[inside.end() :])) > _MOST_WORDS:
        return None
    return (
        None if re.search(rf"\b(?:even|as)\s+$|\b{LIMIT}$", lead[: inside.start()], re.IGNORECASE) else inside.group()
    )


def _says(behind: str, words: str) -> bool:
    """Return True if a report goes on behind a quotation with the first words that it leaves off."""
    first = _WORD.findall(words)[:1]
    return bool(first) and _WORD.findall(behind)[:1] == first
