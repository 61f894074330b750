"""Find action items: rows of tables, labels such as "ACTION:", check boxes, lists below a heading, sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from assistant.minutes.action_items.owned_lines import owned_lines
from assistant.minutes.action_items.tasks import tasks_of
from assistant.minutes.record import KEPT, MinutesRecord
from corpus.document import Kind
from corpus.language.minutes_words import is_label, pattern, says
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span, trim
from corpus.tables import cells

_BOX = re.compile(r"^[\s*•\-–|]*(?:\[(?P<mark>[ xX✓✔_]?)\]|(?P<box>[☐☑☒✓✔✅❏□⬜]))\s*")
# "ACTION:", "AP 3:", "[Action]", "Action 2 (R. Bo):".
_NUMBERED = re.compile(
    r"^[\s*_\[(（→>–-]*(?P<label>[^\W\d_][^\d:：\[\]()（）]{0,30}?)[\s.#-]*(?P<number>\d[\w./-]{0,6})?\s*[*_]*"
    r"(?:\](?!\()[:：]?|[:：]|\s[–—-]\s|\s*[(（][^()（）]{1,60}[)）]\s*[:：])"
)
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{2,30}[)）\]]\.?")
# Words of a person alone.
_NAME_WORDS = 4
# Words of a line that announces tasks, and the owner before the colon of one: "Luca: the contract".
_ANNOUNCING_WORDS = 10
_OWNER = re.compile(r"^[\s*_]*(?P<owner>[^\W\d_][\w.'’-]*(?:\s+[\w.'’-]+){0,2})[*_]*\s*[:：]\s*\S")
_STRUCK = re.compile(r"^\W*~~")


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A task that somebody took on at a meeting.

    Attributes:
        passage: the passage.
        span: the words to cite.
        owner: the words about who does it; empty where the record does not tell them apart.
        is_open: False once it is done; None where the record does not say.
        header: the row of the column names of its table; None elsewhere.
        due: the cell that says until when; None elsewhere, where the words of the item may say it.
        is_dropped: True if it is neither open nor done, as nobody needs it any more.
    """

    passage: Passage
    span: Span
    owner: str = ""
    is_open: bool | None = None
    header: Passage | None = None
    due: str | None = None
    is_dropped: bool = False

    @property
    def text(self) -> str:
        """Its words, with the speaker where it is said."""
        return f"{self.owner} {self.span.of(self.passage.document.text)}"


@lru_cache(maxsize=KEPT)
def actions_of(record: MinutesRecord) -> tuple[ActionItem, ...]:
    """Return the action items of a record in order; those said in sentences only where nothing else lists any."""
    listed = {item.span: item for item in (*_from_tables(record), *_from_lines(record), *_from_headings(record))}
    found = sorted(listed.values(), key=lambda item: item.span)
    apart = [
        a
        for a in found
        if not any(b is not a and b.span.start <= a.span.start and a.span.end <= b.span.end for b in found)
    ]
    owned = [] if apart else [ActionItem(line.passage, line.span, line.owner) for line in owned_lines(record)]
    return tuple(apart or owned) or tuple(ActionItem(*task) for task in tasks_of(record))


def _from_tables(record: MinutesRecord) -> Iterator[ActionItem]:
    for names, rows in record.tables:
        below = bool(rows and rows[0].headings) and is_label("action", "label", rows[0].headings[-1])
        roles = {
            role: at
            for at, name in reversed(list(enumerate(names)))
            for role in ("owner", "due", "status")
            if is_label("action", role, name)
        }
        has_task = any(is_label("action", "task", name) for name in names)
        # "What", "who" and a state are also the columns of a register of complaints.
        has_task |= any(is_label("action", "any_matter", n) for n in names) and ("due" in roles or record.is_minutes)
        if not names or not (below or (has_task and (len(roles) > 1 or "owner" in roles))):
            continue
        for row in rows[1:]:
            values = cells(row.words_text)
            owner, status, due = (
                values[at] if (at := roles.get(role)) is not None and at < len(values) else ""
                for role in ("owner", "status", "due")
            )
            is_open = _is_open(status) if "status" in roles else None
            is_dropped = says("action", "dropped", fold_text(status))
            is_open = False if is_dropped else is_open
            yield ActionItem(row, row.words, owner, is_open, rows[0], due if "due" in roles else None, is_dropped)


def _is_open(status: str) -> bool | None:
    """Return True for "open" and an empty cell, False for "done", None for other words."""
    folded = fold_text(status).strip()
    if not folded or folded in ("-", "–", "—", "☐", "[ ]", "□", "✗"):
        return True
    if folded in ("☑", "✓", "✔", "✅", "x", "[x]"):
        return False
    if says("action", "open", folded):
        return True
    return False if says("action", "done", folded) else None


def _from_lines(record: MinutesRecord) -> Iterator[ActionItem]:
    """Yield the lines and sentences that begin with a check box or a label such as "ACTION:"."""
    for passage in record.passages:
        if passage.kind not in (Kind.BODY, Kind.LIST_ITEM) or cells(passage.words_text):
            continue
        text = passage.document.text
        line = Span(passage.span.start, passage.words.end)
        if box := _BOX.match(line.of(text)):
            mark = box["mark"] if box["mark"] is not None else box["box"]
            words = trim(text, line.start + box.end(), line.end)
            if words:
                yield ActionItem(passage, words, "", mark in (" ", "", "_", "☐", "❏", "□", "⬜"))
            continue
        if not says("action", "label", fold_text(passage.words_text)):
            continue
        for span in _lines_and_sentences(passage):
            match = _NUMBERED.match(span.of(text))
            if match and _is_action_label(match) and len(span) > match.end() - match.start() + 3:
                span = _with_task(passage, span, match.end())
                yield ActionItem(passage, span, "", _stated(span.of(text)[match.end() :]))


def _with_task(passage: Passage, span: Span, behind: int) -> Span:
    """Return an action item that names a person alone, "Action: Clerk.", with the sentence before it."""
    text = passage.document.text
    if len(span.of(text)[behind:].split()) > _NAME_WORDS:
        return span
    before = [s for s in passage.sentences() if s.end <= span.start]
    return Span(before[-1].start, span.end) if before else span


def _is_action_label(match: re.Match[str]) -> bool:
    label = match["label"].strip()
    if fold_text(label) in ("what", "to", "was", "quoi", "qué", "内容"):
        return False
    if is_label("action", "label", label) and fold_text(label) not in ("next steps", "matters arising"):
        return fold_text(label) != "ap" or label.isupper()
    return False


def _lines_and_sentences(passage: Passage) -> Iterator[Span]:
    """Yield the sentences of a passage, cut at line ends where the next line has a label."""
    text = passage.document.text
    for span in _with_brackets(text, passage.sentences()):
        start = span.start
        for match in re.finditer(r"\n\s*", span.of(text)):
            at = span.start + match.end()
            if (
                (label := _NUMBERED.match(text[at : at + 120]))
                and _is_action_label(label)
                and (part := trim(text, start, at))
            ):
                yield part
                start = at
        if part := trim(text, start, span.end):
            yield part


def _with_brackets(text: str, sentences: list[Span]) -> list[Span]:
    """Return sentences, each with the brackets behind its full stop: "... by 6 March. (done)"."""
    joined: list[Span] = []
    for span in sentences:
        if joined and _BRACKETS.fullmatch(span.of(text)):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _stated(words: str) -> bool | None:
    """Return True or False if an item says at its end or in brackets that it is open or done; else None."""
    if _STRUCK.match(words) or re.search(r"[✓✔☑✅]", words):
        return False
    folded = fold_text(words)
    ends = re.findall(
        r"[(（\[]([^()（）\[\]]{2,30})[)）\]]|(?:[–—:：;.。]|\s-\s|,|status:?)\s*([\w\s]{2,25})[.。]?\s*$", folded
    )
    for pair in ends:
        for part in filter(None, pair):
            words_of = part.strip().removeprefix("status").strip(" :")
            if pattern("action", "done").fullmatch(words_of):
                return False
            if pattern("action", "open").fullmatch(words_of):
                return True
    return None


def _from_headings(record: MinutesRecord) -> Iterator[ActionItem]:
    """Yield the items of the lists below a heading or a label such as "Action items"."""
    for passage in record.passages if record.is_minutes or record.talk else ():
        if record.title_class(passage) == ("action", "label"):
            yield from _listed(record.section(passage))
        elif _announces_tasks(passage):
            items = list(takewhile(lambda p: p.kind is Kind.LIST_ITEM, record.passages[passage.order + 1 :]))
            owners = [match["owner"] if (match := _OWNER.match(p.words_text)) else "" for p in items]
            if 2 * sum(map(bool, owners)) > len(items):
                for item, owner in zip(items, owners, strict=True):
                    yield ActionItem(item, item.as_item(), owner, _stated(item.words_text))


def _announces_tasks(passage: Passage) -> bool:
    """Return True for a short line before a list of tasks: "Open tasks from my list:"."""
    words = passage.words_text.rstrip()
    is_short = words.endswith((":", "：")) and len(words.split()) <= _ANNOUNCING_WORDS
    return passage.kind is Kind.BODY and is_short and says("action", "asks", fold_text(words))


def _listed(passages: list[Passage]) -> Iterator[ActionItem]:
    has_items = any(p.kind is Kind.LIST_ITEM for p in passages)
    for passage in passages:
        if passage.kind is Kind.HEADING:
            return
        if passage.kind is Kind.LIST_ITEM or (passage.kind is Kind.BODY and not has_items):
            text = passage.words_text
            if cells(text) or text.rstrip().endswith((":", "：")):
                continue
            box = _BOX.match(passage.text)
            if not box:
                yield ActionItem(passage, passage.as_item(), "", _stated(text))
