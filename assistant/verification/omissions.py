"""Whether an omission in a quotation leaves the sense of the record as it is."""

import re
from dataclasses import dataclass

from corpus.document import Document
from corpus.language.scripts import is_cjk
from corpus.language.sentences import sentences
from corpus.span import Span

NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|cannot|without|nobody|nothing|nowhere)\b|n['’]t\b"
    r"|\b(?:hardly|barely|scarcely|rarely|seldom|merely|only|unless|except|instead)\b"
    r"|\b(?:fail|refus|declin|reject|oppos|prevent|avoid|abandon|withdr[ae]w|stopp|ceas)\w*"
    r"|\b(?:den(?:y|ied|ies|ying|ial)|lack(?:s|ed|ing)?|stops?|against)\b"
    r"|ない|なかっ|なく|なけれ|なし|無し|ません|まい|ず|ぬ|ざる|拒否|反対|否決|否認|却下|撤回|未だ",
    re.IGNORECASE,
)
"""A negation, or a word that limits or refuses. Finds too many rather than too few: it only ever refuses."""


_ENDS = re.compile(r"(?<![^\W\d_]\.[A-Z])(?<!\b[A-Z])[.!?][\"'”’»)\]]*$|[。！？][」』）)”\"]*$")
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u0085]")
# A line shorter than this share of its paragraph's longest was not broken for want of room.
_FULL_LINE = 0.6


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an omission.

    Attributes:
        because: what it does, in one line.
        joins: whether it joins what does not belong together, rather than turning a sentence around.
    """

    because: str
    joins: bool = False


def fault_of(document: Document, gap: Span) -> Fault | None:
    """What speaks against leaving out a stretch of a record; None when nothing does.

    Args:
        document: the record.
        gap: from the last quoted character before the omission to the first behind it.
    """
    text = document.text
    found = NEGATION.search(gap.of(text))
    if found and not _is_whole_sentences(document, gap):
        return Fault(f"the ellipsis leaves out “{found.group()}” within a sentence")
    if _is_inside_run(text, gap.start) or _is_inside_run(text, gap.end):
        return Fault("the ellipsis begins or ends inside a clause, where the record has no mark")
    if crossed := _crossed(document, gap):
        return Fault(f"the ellipsis joins words over {crossed}", joins=True)
    return None


def _is_inside_run(text: str, at: int) -> bool:
    """Whether a place parts two characters of Japanese that no mark parts; a line end parts nothing."""
    before, after = text[:at].rstrip(" \t\r\n")[-1:], text[at:].lstrip(" \t\r\n")[:1]
    return before.isalnum() and after.isalnum() and (is_cjk(before) or is_cjk(after))


def _is_whole_sentences(document: Document, gap: Span) -> bool:
    """Whether a stretch of one paragraph holds whole sentences and nothing else."""
    text = document.text
    places = [i for i in range(gap.start, gap.end) if text[i].isalnum()]
    block = next((b for b in document.outline if b.span.start <= gap.start and gap.end <= b.span.end), None)
    if not places or block is None:
        return False
    cut = [span for span in sentences(text, block.words) if any(c.isalnum() for c in span.of(text))]
    # Small letters begin no sentence: there the cutter took an abbreviation for an end.
    begins = {at for at in (_first_letter(text, span) for span in cut) if not text[at].islower()}
    ends = {_last_letter(text, span) for span in cut if _ENDS.search(span.of(text))}
    behind = next((i for i in range(gap.end, len(text)) if text[i].isalnum()), -1)
    before = next((i for i in range(gap.start - 1, -1, -1) if text[i].isalnum()), -1)
    return places[0] in begins and places[-1] in ends and behind in begins and before in ends


def _first_letter(text: str, span: Span) -> int:
    return next(i for i in range(span.start, span.end) if text[i].isalnum())


def _last_letter(text: str, span: Span) -> int:
    return next(i for i in range(span.end - 1, span.start - 1, -1) if text[i].isalnum())


def _crossed(document: Document, gap: Span) -> str | None:
    """The border that an omission goes over: that of a paragraph, or of a line that stands for itself."""
    one = next((b for b in document.outline if b.span.start <= gap.start <= b.span.end), None)
    if one is None or gap.end > one.span.end:
        return "the border of a paragraph"
    text = document.text
    lines = [len(line.strip()) for line in _LINE_END.split(one.span.of(text))]
    for end in _LINE_END.finditer(text, gap.start, gap.end):
        start = max((m.end() for m in _LINE_END.finditer(text, one.span.start, end.start())), default=one.span.start)
        line = text[start : end.start()]
        if len(line.strip()) < _FULL_LINE * max(lines) or line.lstrip().startswith("|") or line.endswith(("  ", "\\")):
            return "the end of a line that stands for itself"
    return None
