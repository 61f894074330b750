"""Cut the text of a mail into its own words and the older mails that it quotes, each of them once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.language.dates import LIKELY_DATE, find_date_ranges
from corpus.language.word_lists import word_list

_QUOTE = re.compile(r"[ \t]*((?:>[ \t]?)+)(.*)")
_SENDER = word_list("mail_labels.txt")
_LABEL = re.compile(r"\**(?P<name>[^\W\d_][^\W\d_ ]{0,20}(?: [^\W\d_]{1,12})?)\s?\**\s?[:：]\**\s*(?P<value>\S.*)?")
# A line that only separates: "-----Original ThreadMail-----", "________".
_RULE = re.compile(r"[ \t]*[-_=*]{4,}(?:[ \t]*[^-_=*]{1,40}[-_=*]{4,})?[ \t]*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# An address beside the name of its owner.
_BESIDE_NAME = re.compile(r"(?<=\w)\"?\s*<[^<>]*@[^<>]*>")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_ENDS_WITH_COLON = re.compile(r"[:：]\s*\**$")
# Characters of the line before a quoted mail that names its sender and day, on two lines at most.
_LONGEST_ATTRIBUTION = 250
_LEAST_LABELS, _MOST_LABELS = 2, 8
# A shorter paragraph may be in several mails, such as "Yes.".
_LEAST_REPEATED = 15


@dataclass(slots=True)
class ThreadMail:
    """One mail of a thread.

    Attributes:
        head: the words that name its sender and day; empty for the mail itself and for a quotation without such words.
        lines: its text, without the marks of quotation.
        is_quoted: False for the mail itself.
    """

    head: str
    lines: list[str] = field(default_factory=list)
    is_quoted: bool = True

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    words: str


def split_thread(text: str) -> list[ThreadMail]:
    """Return the mail itself and the mails that it quotes, in the order of the text.

    A quotation that the sender answers piece by piece is one mail; what was quoted before is not repeated.

    Args:
        text: of the mail, quoted lines with ">" before them.
    """
    lines = [_line(line) for line in text.splitlines()]
    messages = [ThreadMail("", is_quoted=False)]
    open_messages: dict[int, ThreadMail] = {0: messages[0]}
    at = 0
    while at < len(lines):
        depth = lines[at].depth
        if found := _head(lines, at):
            head, count, depth = found
            at += count
            open_messages = {d: m for d, m in open_messages.items() if d < depth}
            open_messages[depth] = ThreadMail(head)
            messages.append(open_messages[depth])
            continue
        if depth not in open_messages and not lines[at].words.strip():
            at += 1
            continue
        if depth not in open_messages:
            open_messages[depth] = ThreadMail("")
            messages.append(open_messages[depth])
        _begin_paragraph(open_messages[depth], lines, at)
        open_messages[depth].lines.append("" if _RULE.fullmatch(lines[at].words) else lines[at].words)
        at += 1
    return [message for message in _each_once(messages) if message.text.strip() or message.head]


def _begin_paragraph(message: ThreadMail, lines: Sequence[_Line], at: int) -> None:
    """Keep words apart that a quotation or an answer of another depth stood between."""
    if at and lines[at - 1].depth != lines[at].depth and message.lines:
        message.lines.append("")


def _line(line: str) -> _Line:
    match = _QUOTE.fullmatch(line)
    return _Line(match[1].count(">"), match[2]) if match else _Line(0, line)


def _head(lines: Sequence[_Line], at: int) -> tuple[str, int, int] | None:
    """Return the words before a quoted mail that name its sender and day, the number of their lines, and its depth."""
    return _labels(lines, at) or _attribution(lines, at)


def _labels(lines: Sequence[_Line], at: int) -> tuple[str, int, int] | None:
    """Return the sender and day of a block of labels ("From: ... Sent: ... To: ...")."""
    first = _LABEL.match(lines[at].words.strip())
    if first is None or first["name"].casefold() not in _SENDER or not first["value"]:
        return None
    block: list[str] = []
    for line in lines[at : at + 2 * _MOST_LABELS]:
        words = line.words.strip()
        is_label = _LABEL.match(words) is not None
        if line.depth != lines[at].depth or (not is_label and (words or len(block) < _LEAST_LABELS)):
            break
        if not words:
            break
        block.append(words)
    dated = next((words for words in block[1:] if _has_day(words)), None)
    if dated is None or len(block) < _LEAST_LABELS:
        return None
    return f"{_unmark(block[0])}, {_unmark(dated)}", len(block), lines[at].depth


def _attribution(lines: Sequence[_Line], at: int) -> tuple[str, int, int] | None:
    """Return the line before a quotation that names its sender and day ("On 3 May 2025 Ada Bo wrote:")."""
    for count in (1, 2):
        taken = lines[at : at + count]
        words = " ".join(line.words.strip() for line in taken)
        if len(taken) < count or any(line.depth != lines[at].depth for line in taken) or not words:
            return None
        if len(words) > _LONGEST_ATTRIBUTION or not taken[0].words.strip():
            return None
        if not _ENDS_WITH_COLON.search(words):
            continue
        if not (_has_day(words) or _ADDRESS.search(words)):
            return None
        following = next((line for line in lines[at + count :] if line.words.strip()), None)
        depth = lines[at].depth
        if following and following.depth == depth + 1:
            return words, count, depth + 1
        # Programs that do not mark a quotation name its sender by address or the time of day.
        is_sure = _has_day(words) and (_ADDRESS.search(words) or _CLOCK.search(words))
        is_inside = depth and _has_day(words)
        return (words, count, depth) if following and following.depth == depth and (is_sure or is_inside) else None
    return None


def _has_day(words: str) -> bool:
    return bool(
        find_date_ranges(words) or LIKELY_DATE.search(words) or re.search(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}", words)
    )


def _unmark(words: str) -> str:
    return _BESIDE_NAME.sub("", words.replace("*", "")).strip()


def _each_once(messages: Sequence[ThreadMail]) -> Iterator[ThreadMail]:
    """Yield the mails without the paragraphs that a mail before has, and without the mails that have no others."""
    seen: set[str] = set()
    for message in messages:
        paragraphs = re.split(r"\n[ \t]*\n", message.text)
        keys = ["".join(paragraph.split()) for paragraph in paragraphs]
        kept = [p for p, key in zip(paragraphs, keys, strict=True) if key not in seen]
        seen.update(key for key in keys if len(key) >= _LEAST_REPEATED)
        if not message.is_quoted:
            yield message
        elif any(p.strip() for p in kept):
            yield ThreadMail(message.head, "\n\n".join(kept).splitlines())
