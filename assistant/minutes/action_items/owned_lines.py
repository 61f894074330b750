"""Find tasks in lines with their owner in front: "Ana: send the figures by Friday"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.minutes.action_items.tasks import has_day, is_common, is_no_task
from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.word_lists import word_list
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells

# One name or several, and a verb in the form of a request.
_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:\s+[A-ZÀ-Þ][\w.'’-]*){0,2}"
_LINE = re.compile(
    rf"^[\s*•_–-]*(?P<owner>{_NAME}(?:\s*(?:,|&|/|\band\b|\bund\b|\bet\b|\by\b)\s*{_NAME}){{0,3}})[*_]*\s*(?:[:：]|\s[–—-])[*_]*\s+"
    r"(?P<verb>[^\W\d_]+)\b(?P<rest>[^\n]*)",
    re.MULTILINE,
)
_LINE_END = re.compile(r"[^\n]+")
_LABELS = word_list("record_labels.txt")
# Lines in a row that make a list of tasks, at least.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class OwnedLine:
    """A line with a task.

    Attributes:
        passage: the passage that it stands in.
        span: the line.
        owner: the names before the colon.
    """

    passage: Passage
    span: Span
    owner: str


def owned_lines(record: MinutesRecord) -> Iterator[OwnedLine]:
    """Yield the tasks in lines that follow each other, of which half have a day; nothing for a talk."""
    run: list[OwnedLine] = []
    for passage, span in _lines(record) if not record.talk else ():
        match = _LINE.match(span.of(record.document.text))
        if match and _is_task(match):
            run.append(OwnedLine(passage, span, match["owner"]))
        else:
            yield from _dated(record, run)
            run = []
    yield from _dated(record, run)


def _lines(record: MinutesRecord) -> Iterator[tuple[Passage, Span]]:
    for passage in record.passages:
        is_text = passage.kind in (Kind.BODY, Kind.LIST_ITEM) and not cells(passage.words_text)
        start = passage.words.start
        for line in _LINE_END.finditer(passage.words_text) if is_text else ():
            yield passage, Span(start + line.start(), start + line.end())


def _is_task(match: re.Match[str]) -> bool:
    """Return True for a line whose label is none of a record ("Note: ..."), and whose task begins with a verb."""
    verb = match["verb"].casefold()
    is_name = _LABELS.isdisjoint(match["owner"].casefold().split())
    return is_name and is_common(verb) and not is_no_task(verb, match["rest"])


def _dated(record: MinutesRecord, run: Sequence[OwnedLine]) -> Sequence[OwnedLine]:
    with_day = sum(has_day(line.span.of(record.document.text)) for line in run)
    return run if len(run) >= _LEAST and 2 * with_day >= len(run) else ()
