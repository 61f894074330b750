"""Judge one omission of a quotation: why it changes the sense or joins separate passages, or None."""

import re
from dataclasses import dataclass

from assistant.verification.sense.cuts import LIMIT, SCALE
from corpus.document import Document
from corpus.language.scripts import is_cjk
from corpus.language.sentences import sentences
from corpus.language.word_lists import word_list, word_sets
from corpus.span import Span

NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|cannot|without|nobody|nothing|nowhere)\b|n['’]t\b"
    r"|\b(?:hardly|barely|scarcely|rarely|seldom|merely|only|unless|except|instead)\b"
    r"|\b(?:fail|refus|declin|reject|oppos|prevent|avoid|abandon|withdr[ae]w|stopp|ceas)\w*"
    rf"|\b(?:{'|'.join(sorted(word_list('negations.txt')))})\b"
    r"|\b(?:den(?:y|ied|ies|ying|ial)|lack(?:s|ed|ing)?|stops?|against)\b"
    r"|ない|なかっ|なく|なけれ|なし|無し|ません|まい|ず|ぬ|ざる|拒否|反対|否決|否認|却下|撤回|未だ",
    re.IGNORECASE,
)
"""A negation, or a word that limits or refuses. It matches too much rather than too little: it only ever refuses."""


# A word at the end of an omission without which the clause behind it says something else.
_CONDITION = re.compile(
    r"\b(if|whether|provided(?: that)?|until|before|because|although|wenn|falls|sofern|ob|bevor|weil|si|cuando"
    r"|avant que)\s*$",
    re.IGNORECASE,
)
_LIMIT = re.compile(rf"\b{LIMIT}", re.IGNORECASE)
_APPROXIMATIONS = sorted((" ".join(line) for line in word_sets("approximations.txt")), key=lambda w: (-len(w), w))
_ABOUT = re.compile(rf"\b({'|'.join(map(re.escape, _APPROXIMATIONS))})\W*$", re.IGNORECASE)
# "two thirds of the", "may" at the end of an omission: of how much, and how surely, the words behind it are said.
_SHARE = re.compile(
    r"\b(?:half|thirds?|quarters?|per\s?cent|percent|most|part) of(?: the)?\s*$|\b(?:may|might|could|should|shall)\s*$",
    re.IGNORECASE,
)
# "3 fewer".
_MORE_WORDS = "|".join(w for kind, *line in word_sets("directions.txt") if kind in ("more", "fewer") for w in line)
_MORE = re.compile(rf"\s*(?:{_MORE_WORDS})\b", re.IGNORECASE)
_ENDS = re.compile(r"(?<![^\W\d_]\.[A-Z])(?<!\b[A-Z])[.!?][\"'”’»)\]]*$|[。！？][」』）)”\"]*$")
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u0085]")
# A line shorter than this share of its paragraph's longest line was broken on purpose.
_FULL_LINE = 0.6


@dataclass(frozen=True, slots=True)
class Fault:
    """Fault of an omission: the reason in one line.

    `joins` is True when it joins separate passages, rather than changing the sense of one sentence.
    """

    because: str
    joins: bool = False


def fault_of(document: Document, gap: Span) -> Fault | None:
    """Return the fault of leaving out a stretch of a record; None for none.

    The gap reaches from the last quoted character before the omission to the first behind it.
    """
    text = document.text
    negation = NEGATION.search(gap.of(text))
    if negation and not _is_whole_sentences(document, gap):
        return Fault(f"the ellipsis leaves out “{negation.group()}” within a sentence")
    if limit := _LIMIT.search(gap.of(text)) if not _is_whole_sentences(document, gap) else None:
        return Fault(f"the ellipsis leaves out “{limit.group()}” within a sentence")
    if text[gap.start - 1 : gap.start].isdigit() and (more := _MORE.match(gap.of(text))):
        return Fault(f"the ellipsis leaves out “{more.group().strip()}” behind a figure")
    if about := _ABOUT.search(gap.of(text)) if text[gap.end :].lstrip("\"'“”‘’ ")[:1].isdigit() else None:
        return Fault(f"the ellipsis leaves out “{about[1]}” before a figure")
    if share := _SHARE.search(gap.of(text)):
        return Fault(f"the ellipsis leaves out “{share.group().strip()}”")
    if text[gap.start - 1 : gap.start].isdigit() and (scale := SCALE.match(gap.of(text))):
        return Fault(f"the ellipsis leaves out “{scale['unit']}” behind a figure")
    if condition := _CONDITION.search(gap.of(text)):
        return Fault(f"the ellipsis leaves out “{condition[1]}” before the clause that it introduces")
    if _is_inside_run(text, gap.start) or _is_inside_run(text, gap.end):
        return Fault("the ellipsis begins or ends inside a clause, where the record has no mark")
    if border := _crossed_border(document, gap):
        return Fault(f"the ellipsis joins words over {border}", joins=True)
    return None


def _is_inside_run(text: str, at: int) -> bool:
    """Return True if an offset is between two characters of Japanese without a mark; a line end is no mark."""
    before, after = text[:at].rstrip(" \t\r\n")[-1:], text[at:].lstrip(" \t\r\n")[:1]
    return before.isalnum() and after.isalnum() and (is_cjk(before) or is_cjk(after))


def _is_whole_sentences(document: Document, gap: Span) -> bool:
    """Return True if a stretch of one paragraph is whole sentences and nothing else."""
    text = document.text
    places = [i for i in range(gap.start, gap.end) if text[i].isalnum()]
    block = next((b for b in document.outline if b.span.start <= gap.start and gap.end <= b.span.end), None)
    if not places or block is None:
        return False
    whole = [span for span in sentences(text, block.words) if any(c.isalnum() for c in span.of(text))]
    # A small letter begins no sentence: the cutter mistook an abbreviation for a sentence end.
    begins = {at for at in (_first_letter(text, span) for span in whole) if not text[at].islower()}
    ends = {_last_letter(text, span) for span in whole if _ENDS.search(span.of(text))}
    behind = next((i for i in range(gap.end, len(text)) if text[i].isalnum()), -1)
    before = next((i for i in range(gap.start - 1, -1, -1) if text[i].isalnum()), -1)
    return places[0] in begins and places[-1] in ends and behind in begins and before in ends


def _first_letter(text: str, span: Span) -> int:
    return next(i for i in range(span.start, span.end) if text[i].isalnum())


def _last_letter(text: str, span: Span) -> int:
    return next(i for i in range(span.end - 1, span.start - 1, -1) if text[i].isalnum())


def _crossed_border(document: Document, gap: Span) -> str | None:
    """Return the border that an omission crosses: of a paragraph, or of a line that stands for itself."""
    block = next((b for b in document.outline if b.span.start <= gap.start <= b.span.end), None)
    if block is None or gap.end > block.span.end:
        return "the border of a paragraph"
    text, block_start = document.text, block.span.start
    lines = [len(line.strip()) for line in _LINE_END.split(block.span.of(text))]
    for end in _LINE_END.finditer(text, gap.start, gap.end):
        start = max((m.end() for m in _LINE_END.finditer(text, block_start, end.start())), default=block_start)
        line = text[start : end.start()]
        if len(line.strip()) < _FULL_LINE * max(lines) or line.lstrip().startswith("|") or line.endswith(("  ", "\\")):
            return "the end of a line that stands for itself"
    return None
