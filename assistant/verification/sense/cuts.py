"""Find what a quotation leaves off at its ends that turns its sense: a part of a unit, a limit, a condition."""

import re

from assistant.verification.normalize import QUOTE_MARKS
from corpus.document import Document
from corpus.language.scripts import KANJI, is_cjk
from corpus.language.tokens import STOP_WORDS
from corpus.language.word_lists import word_list, word_sets
from corpus.span import Span

_HYPHEN = "-‐‑"
_HYPHENED_BEFORE = re.compile(rf"([^\W_]+(?:[{_HYPHEN}][^\W_]+)*)[{_HYPHEN}]$|(\d+)[–/:]$")
_HYPHENED_BEHIND = re.compile(rf"[{_HYPHEN}]([^\W_]+)|[–/:](\d+)")
_SIGN = re.compile(r"(?:^|[\s(])([−–+±<>≤≥~≈-])\s?$")
_LIMIT = "|".join(sorted(word_list("limits_before.txt")))
_LIMIT_BEFORE = re.compile(
    rf"(?<![\w-])(?P<limit>(?:{_LIMIT}|[a-z]+n['’]t|(?:no|not|at|up|less|more|fewer)\s(?:more|less|fewer|than|least|most|to))"
    r"(?:\s+(?:[a-z]+ly|yet|than|ever|any))?)\s+$",
    re.IGNORECASE,
)
_LIMITED = "|".join(
    re.escape(" ".join(line)).replace(r"\ ", r"\s+") for line in sorted(word_sets("limits_of_nouns.txt"), reverse=True)
)
_LIMIT_OF_NOUN = re.compile(
    rf"(?:^|[.!?]\s|\n)\s*(?P<all>(?i:{_LIMITED})\s+(?P<words>(?:[^\W\d_]+(?:[-’'][^\W\d_]+)*\s+){{1,2}}))$"
)
# The longest first. Behind "if not" stands another verdict on the same: "most, if not all".
_LIMITS = "|".join(
    re.escape(words).replace(r"\ ", r"\s+")
    for words in sorted((" ".join(line) for line in word_sets("limits_behind.txt")), key=lambda w: (-len(w), w))
)
LIMIT = rf"(?:{_LIMITS})\b(?!\snot\b)"
"""A limit, denial or condition of what stands before it."""
_LIMIT_BEHIND = re.compile(rf",?\s+(?P<limit>{LIMIT})", re.IGNORECASE)
_SCALE_WORDS = sorted({word for line in word_sets("number_scales.txt") for word in line[1:] if len(word) > 2})
SCALE = re.compile(rf"\s?(?P<unit>[%‰°]|''|[′″]|(?:per\s?cent|{'|'.join(_SCALE_WORDS)})\b)", re.IGNORECASE)
"""What belongs to the number before it: a power of ten, a share, a sign for feet, inches, degrees."""
_DENIED_CJK = re.compile(
    r"(?:し|され|でき|せ|れ|られ)?(?:て(?:は|も)?)?(?:い|お?ら)?(?:な[いかくけ]|ず|ません|ぬ|まい)|(?:に|と)?(?:至ら|なら)な"
)
_DENYING_CJK = re.compile(r"[未不非無否反]$")
_NUMERALS = "〇一二三四五六七八九十百千万億"
_ONE_FORM = str.maketrans(dict.fromkeys("‐‑−–", "-") | {"’": "'"})
_MARKS = f"{QUOTE_MARKS}*_"
_LOOKED_AT = 60
# "1.5 to 2": a number is a part of the range that it begins or ends; "rose from 3 to 5" is none.
_RANGE_BEHIND = re.compile(r"\s+(?:to|or|till|bis|à|ou|oder|hasta|o)\s+(?=[$€£¥]?\d)", re.IGNORECASE)
_RANGE_BEFORE = re.compile(
    r"(?P<from>\b(?:from|von|vom|de|du|del)\s[^,;.]{0,40})?\b(?P<range>[\d.,]+\s+(?:to|or|bis|à|oder)\s+)$",
    re.IGNORECASE,
)


_PLAIN_NOT = re.compile(r"not|cannot|[a-z]+n't")
_FROM = re.compile(r"\b(?:from|von|vom|de|du|del)\s[^,;.]{0,40}$", re.IGNORECASE)


def missing_words(document: Document, span: Span, before: str, behind: str) -> str | None:
    """Return the words that a quotation leaves off directly at one of its ends and that turn its sense; None for none.

    Args:
        document: the record.
        span: the place of the quotation.
        before: what the report writes before the quotation: the same words at its very end are not left off.
        behind: what the report writes behind it: the same words at its very start are not left off.
    """
    text = document.text
    start = next((at for at in range(span.start, span.end) if text[at].isalnum()), span.start)
    end = next((at + 1 for at in range(span.end - 1, span.start, -1) if text[at].isalnum()), span.end)
    left = None if start > span.start and text[span.start] in "-−–" else _before(text, start, start - span.start)
    if left and not _ends_with(before, left):
        return left
    right = _behind(text, end, text[end : span.end])
    return right if right and not _begins_with(behind, right) else None


def _ends_with(before: str, left: str) -> bool:
    """Return True if a report supplies the words that a quotation leaves off at its start, and no further limit."""
    before, left = _plain(before[-_LOOKED_AT:]).rstrip(_MARKS), _plain(left)
    if not left[-1].isalnum():  # a sign or a hyphen touches what it belongs to
        return before.endswith(left) and not before[: -len(left)].endswith("-")
    before = before.rstrip(_MARKS + " ")
    limit = _LIMIT_BEFORE.search(f"{before} ")
    if limit and limit.group().strip() != left and not _PLAIN_NOT.fullmatch(left):  # "not only" is not "only"
        return False
    if _PLAIN_NOT.fullmatch(left):  # "could not" supplies "cannot"
        return _PLAIN_NOT.fullmatch(before.rpartition(" ")[2].strip("*_")) is not None
    return re.search(rf"{_border(left[0])}{re.escape(left)}$", before) is not None


def _begins_with(behind: str, right: str) -> bool:
    """Return True if a report supplies the words that a quotation leaves off at its end."""
    behind, right = _plain(behind[:_LOOKED_AT]).lstrip(_MARKS), _plain(right)
    if right[0].isalnum() or right[0] == "%":
        behind = behind.lstrip(_MARKS + ", ")
    return re.match(rf"{re.escape(right)}{_border(right[-1])}", behind) is not None


def _border(character: str) -> str:
    """Return the regular expression for a border of a word, where a character of words separated by spaces ends it."""
    return r"\b" if character.isalnum() and not is_cjk(character) else ""


def _plain(words: str) -> str:
    """Return words without case, with one form of spaces, hyphens and apostrophes."""
    return re.sub(r"\s+", " ", words.casefold().translate(_ONE_FORM))


def _before(text: str, start: int, offset: int) -> str | None:
    lead, first = text[max(0, start - _LOOKED_AT) : start], text[start]
    if is_cjk(first):
        if _DENYING_CJK.search(lead) and re.match(f"[{KANJI}]", first):
            return lead[-1]
        return lead[-1] if first in _NUMERALS and lead[-1:] in tuple(_NUMERALS) else None
    if (unit := _HYPHENED_BEFORE.search(lead)) and (unit[1] or first.isdigit()):
        return unit.group()
    if first.isdigit() and (sign := _SIGN.search(lead)):
        return None if lead[-1].isspace() and _is_alone(text, start) else sign[1]  # alone on its line: a bullet
    if first.isdigit() and (reach := _RANGE_BEFORE.search(lead)) and not reach["from"]:
        return reach["range"].strip()
    limit = _LIMIT_BEFORE.search(lead) if offset == 0 else None
    return limit.group().strip() if limit else _limit_of_noun(lead)


def _limit_of_noun(lead: str) -> str | None:
    """Return a limit with which a sentence begins, and the words from it to the quotation: "Only small [ports]"."""
    limit = _LIMIT_OF_NOUN.search(lead)
    words = limit["words"].casefold().split() if limit else []
    return limit["all"].strip() if limit and STOP_WORDS.isdisjoint(words) else None


def _is_alone(text: str, start: int) -> bool:
    """Return True if only the sign stands before an offset on its line."""
    return len(text[text.rfind("\n", 0, start) + 1 : start].strip()) < 2


def _behind(text: str, end: int, closing: str) -> str | None:
    tail, last = text[end : end + _LOOKED_AT], text[end - 1]
    if is_cjk(last):
        denied = _DENIED_CJK.match(tail)
        if denied:
            return denied.group()
        return tail[0] if last in _NUMERALS and tail[:1] in tuple(_NUMERALS) else None
    if unit := _HYPHENED_BEHIND.match(tail):
        return unit.group() if unit[1] or last.isdigit() else None
    if last.isdigit() and not closing.strip() and (scale := SCALE.match(tail)):
        return scale["unit"]
    if (
        last.isdigit()
        and (reach := _RANGE_BEHIND.match(tail))
        and not _FROM.search(text[max(0, end - _LOOKED_AT) : end])
    ):
        return reach.group().strip()
    limit = _LIMIT_BEHIND.match(tail)
    return limit["limit"] if limit else None
