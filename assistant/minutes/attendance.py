"""Find who was at a meeting in which part: present, absent, in attendance, in the chair, secretary."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.minutes.record import KEPT, MinutesRecord
from corpus.document import Block, Kind
from corpus.language.english import HONORIFIC, HONORIFICS
from corpus.language.minutes_words import classes, is_label, label_class, phrases, says
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text, folded_words
from corpus.passages import Passage
from corpus.span import Span, trim
from corpus.tables import cells, table_around

_MOST_WORDS = 10
# Parts of an item of a list that are one name and its office.
_NAME_AND_OFFICE = 2
_AROUND = "*_:–—-• @"
# Characters of an initial with its dot.
_INITIAL = 2
_SEPARATOR = re.compile(r"[,、，·・]|\s+(?:and|et|und|y|sowie)\s+|\n")
_STRONG = re.compile(r"[;；]|\n")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_DOTTED = re.compile(rf"\b(?:{HONORIFIC}|Prof|Hr|Fr|Sr|Sra|Dña|M|Mme|Mlle|Me|St|[^\W\d_])\.")
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.。]\s+\S")
# Names that a list leaves out: then nobody can count it.
_AND_OTHERS = re.compile(
    r"\b\d+ (?:members?|others|guests|observers|people|persons|residents|visitors|personnes|personen|personas)\b|"
    r"\bet al\b|\b(?:and|et|und|y) (?:\d+ )?(?:others|autres|andere|weitere|otros)\b|ほか|他\s*\d*名?|など"
)
_NOBODY = re.compile(
    r"^\W*(?:none|nil|nobody|no one|n/?a|aucune?|néant|keine?|niemand|ninguno|ninguna|nadie|なし|無し?)\W*$", re.I
)
_CAPITALIZED = re.compile(r"[A-ZÀ-Þ][\w'’-]+")
_OF_ONE = ("chair", "secretary")
_REMARK = re.compile(r"[,;:(（、。]|\s[–—-]\s")
_AND = re.compile(r";|\n|\s(?:and|et|und|y)\s|、")
_PREFIX = re.compile(r"^\W*(?:(?:were |was |had been )?received )?(?:from|by|von|de|par)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AttendanceEntry:
    """A line of a record that says who was at the meeting in one part.

    Attributes:
        passage: the passage.
        span: the words to cite.
        role: "present", "excused", "absent", "attending", "chair" or "secretary".
        names: where each name stands; none for "Apologies: none".
        is_complete: False if the line says that it leaves names out.
        header: the row with the column names of its table, where a column says the part.
    """

    passage: Passage
    span: Span
    role: str
    names: tuple[Span, ...]
    is_complete: bool = True
    header: Passage | None = None


@lru_cache(maxsize=KEPT)
def attendance_of(record: MinutesRecord) -> tuple[AttendanceEntry, ...]:
    """Return the attendance of a record in order: from labels, headings, tables, and sentences about named people."""
    found = [*_from_labels(record), *_from_headings(record), *_from_tables(record)]
    found += _from_sentences(record)
    found += [chair for entry in found if entry.role == "present" for chair in _marked(entry)]
    distinct = {(entry.span, entry.role, entry.names): entry for entry in found}
    return tuple(sorted(distinct.values(), key=lambda entry: entry.span))


def _from_labels(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    for labelled in record.labels:
        role = label_class("label", labelled.label)
        if role is None:
            continue
        if labelled.words:
            yield from _entry(labelled.passage, labelled.span, role, labelled.words)
        else:
            yield from _below(record.passages[labelled.passage.order + 1 :], role)


def _from_headings(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    for passage in record.passages:
        title = record.title_class(passage)
        role = title[1] if title and title[0] == "label" else None
        if passage.kind is Kind.HEADING and ":" not in passage.words_text:
            role = role or label_class("label", passage.words_text)
        if role and not passage.words_text.rstrip().endswith((":", "：")):
            yield from _below(record.section(passage), role)


def _below(passages: Sequence[Passage], role: str) -> Iterator[AttendanceEntry]:
    """Yield an entry for each line of names below a heading or a label, up to the first line of another kind."""
    for at, passage in enumerate(passages):
        if passage.kind not in (Kind.BODY, Kind.LIST_ITEM) or cells(passage.words_text):
            return
        text = passage.words_text
        if at == 0 and text.rstrip().endswith((":", "：")):
            continue
        label, colon, _ = text.partition(":" if ":" in text else "：")
        if (colon and label_class("label", label)) or text.rstrip().endswith((":", "：")):
            return
        # "Hask Library: Ms Bo, Mr Cy": the names of a group.
        start = passage.words.start + (len(label) + 1 if colon else 0)
        words = trim(passage.document.text, start, passage.words.end)
        entries = list(_entry(passage, passage.words, role, words)) if words else []
        if passage.kind is Kind.LIST_ITEM and not colon:  # "Ada Bo, Finance"
            entries = [replace(e, names=e.names[:1]) if len(e.names) == _NAME_AND_OFFICE else e for e in entries]
        if not entries:
            return
        yield from entries


def _from_tables(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the rows of tables that say who was there: by a label in front, by a cell, or by the column."""
    header: Passage | None = None
    for passage in record.passages:
        row = cells(passage.words_text) if passage.kind is Kind.LIST_ITEM else ()
        if not row:
            header = header if passage.kind is Kind.MENU else None
        elif len(row) > 1 and all(label_class("label", cell) for cell in row if cell):
            header = passage
        elif header:
            yield from _by_column(passage, header)
        else:
            yield from _by_row(passage, row)


def _by_column(passage: Passage, header: Passage) -> Iterator[AttendanceEntry]:
    """Yield an entry for each cell of a row below columns such as "Present" and "Apologies"."""
    text, at = passage.document.text, passage.words.start
    for label, cell in zip(cells(header.words_text), cells(passage.words_text), strict=False):
        role = label_class("label", label)
        if cell and role:
            at = text.find(cell, at)
            # The line ends of a cell are lost: each word with a capital may be a name, and nobody can count them.
            names = tuple(Span(at + m.start(), at + m.end()) for m in _CAPITALIZED.finditer(cell))
            yield AttendanceEntry(passage, passage.words, role, names, is_complete=False, header=header)
            at += len(cell)


def _by_row(passage: Passage, row: Sequence[str]) -> Iterator[AttendanceEntry]:
    """Yield a row that begins with a label, or of a person with a cell such as "absent"."""
    start, text = passage.words.start, passage.document.text
    values = [(at, cell) for at, cell in enumerate(row) if cell]
    role = label_class("label", row[0])
    if role and len(values) == 2:
        at = text.find(values[1][1], text.find(row[0], start) + len(row[0]))
        yield from _entry(passage, passage.words, role, Span(at, at + len(values[1][1])))
        return
    stated = next((r for _, cell in values[1:] if (r := _role_of_cell(cell))), None)
    is_first = table_around(passage.document, passage.span.start)[:1] == (_block(passage),)
    if stated and values[0][0] == 0 and not is_first:
        at = text.find(row[0], start)
        yield from _entry(passage, passage.words, stated, Span(at, at + len(row[0])))


def _role_of_cell(cell: str) -> str | None:
    """Return the role that a cell says, whole or before a remark: "excused, proxy: Ms Bo", "absent (ill)"."""
    if role := next((role for role in classes("label") if is_label("label", role, cell)), None):
        return role
    first = _REMARK.split(cell, maxsplit=1)[0]
    return next((role for role in ("excused", "absent", "present") if is_label("label", role, first)), None)


def _block(passage: Passage) -> Block:
    return Block(passage.kind, passage.span, passage.words)


def _from_sentences(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    for passage in record.passages:
        if passage.kind not in (Kind.BODY, Kind.LIST_ITEM):
            continue
        folded = fold_text(passage.words_text)
        roles = [role for role in classes("sentence") if says("sentence", role, folded)]
        for role in roles:
            for span in passage.sentences():
                if says("sentence", role, fold_text(span.of(passage.document.text))):
                    names = _after_from(passage.document.text, span) or _capitalized(passage.document.text, span)
                    if names:
                        yield AttendanceEntry(passage, span, role, tuple(names))


def _entry(passage: Passage, span: Span, role: str, words: Span) -> Iterator[AttendanceEntry]:
    """Yield the entry of a line of names; none for a line of other words."""
    text = passage.document.text
    line = words.of(text)
    if _NOBODY.match(line):
        yield AttendanceEntry(passage, span, role, ())
    elif names := people(text, words):
        # Behind the name of the chair stands an affiliation.
        names = names[:1] if role in _OF_ONE and not _AND.search(line) else names
        yield AttendanceEntry(passage, span, role, tuple(names), not _AND_OTHERS.search(line))


def people(text: str, span: Span) -> list[Span]:
    """Return where the names that a line enumerates stand; none for a line that says something else.

    Args:
        text: the text of the record.
        span: the line without its label.
    """
    line = span.of(text)
    bare = _BRACKETS.sub(lambda m: " " * len(m.group()), line)
    dotless = _DOTTED.sub(lambda m: m.group()[:-1] + " ", bare)
    if _SENTENCE.search(dotless):
        return []
    prefix = _PREFIX.match(dotless)
    first = prefix.end() if prefix else 0
    is_strong = bool(_STRONG.search(dotless.rstrip(" ;；\n")))
    bounds = [
        first,
        *(p for m in (_STRONG if is_strong else _SEPARATOR).finditer(bare, first) for p in m.span()),
        len(bare),
    ]
    parts = [trim(bare, a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
    kept = [part for part in parts if part and any(c.isalnum() for c in part.of(bare))]
    if is_strong:
        kept = [name for part in kept for name in _of_group(bare, part)]
    names = [_without_end(bare, part) for part in kept]
    good = [n for n in names if _is_name(n.of(bare))]
    if len(good) * 10 < len(names) * 6:
        return []
    return [Span(span.start + n.start, span.start + n.end) for n in good]


def _of_group(text: str, part: Span) -> list[Span]:
    """Return the names between two semicolons: one with its office, or several behind each other."""
    bounds = [part.start, *(p for m in _SEPARATOR.finditer(text, part.start, part.end) for p in m.span()), part.end]
    names = [name for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b and (name := trim(text, a, b))]
    return names if len(names) > _NAME_AND_OFFICE else names[:1]


def _without_end(text: str, part: Span) -> Span:
    """Return a name without marks around it, and without a full stop that ends no initial."""
    start, end = part.start, part.end
    while end > start + 1 and (text[end - 1] in _AROUND or _ends_line(text[start:end])):
        end -= 1
    while start < end - 1 and text[start] in _AROUND:
        start += 1
    return Span(start, end)


def _ends_line(words: str) -> bool:
    return words.endswith(".") and (words[-2:-1].isspace() or len(words.split()[-1]) > _INITIAL)


def _is_name(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    if not letters or len(words.split()) > _MOST_WORDS:
        return False
    if is_cjk(letters[0]):
        return len(words) <= 20 and not words.endswith(("。", "た", "ます", "する"))
    capitals = sum(w[0].isupper() for w in words.split() if w[0].isalpha())
    return letters[0].isupper() and 2 * capitals >= len(words.split())


def _after_from(text: str, span: Span) -> list[Span]:
    """Return the names behind "from" in a sentence: "Apologies were received from Ada Bo and Vik."."""
    found = re.search(r"\bfrom\s+", span.of(text))
    return people(text, Span(span.start + found.end(), span.end)) if found and found.end() < len(span) else []


def _capitalized(text: str, span: Span) -> list[Span]:
    """Return the names in a sentence: words with capitals in a row, with an honorific or two words."""
    found = re.finditer(
        rf"(?:(?:{HONORIFIC}|Prof|Herr|Frau|Sr|Sra|Mme|M|Hr|Fr)\.?\s+)?(?:[A-ZÀ-Þ]\.\s?)*[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)*",
        span.of(text),
    )
    japanese = re.finditer(
        r"[\u4e00-\u9fff]{1,4}\s?[\u4e00-\u9fff]{0,4}(?=(?:委員|氏|さん|様|議員|部長|課長)?[はがも、])", span.of(text)
    )
    spans = [m.span() for m in found if " " in m.group() or "." in m.group()] or [m.span() for m in japanese]
    return [Span(span.start + a, span.start + b) for a, b in spans]


def _marked(entry: AttendanceEntry) -> Iterator[AttendanceEntry]:
    """Yield the chair and the secretary that a line marks behind a name: "P. Brandt (chair)"."""
    text = entry.passage.document.text
    for number, name in enumerate(entry.names):
        end = entry.names[number + 1].start if number + 1 < len(entry.names) else entry.span.end
        behind = re.split("[;|]", text[name.end : end])[0].strip(" ,;.()（）[]、，\n")
        for role in ("chair", "secretary"):
            if (
                behind
                and len(behind.split()) <= 4
                and any(is_label("label", role, b) for b in re.split(r"[,(（]| and ", behind))
            ):
                yield AttendanceEntry(entry.passage, entry.span, role, (name,))


def is_named(name: str, question: str) -> bool:
    """Return True if a question names a person by the family name, and gives no first name of another letter.

    Args:
        name: as the record writes it.
        question: the question as typed.
    """
    words = [w for w in folded_words(name.replace(".", ". ")) if w not in HONORIFICS]
    while len(words) > 1 and words[0] in phrases("person", "address") and len(words[0]) > 1:
        words.pop(0)
    if not words:
        return False
    asked = folded_words(question.replace(".", ". "))
    if is_cjk(name):
        runs = [w for w in re.split(r"[\s　]+", fold_text(name)) if w]
        return any(run in fold_text(question) for run in runs if len(run) > 1) or bool(_family(name).search(question))
    family = max(words[-1:] if len(words[-1]) > 1 else words, key=len)
    capitals = [w.casefold() for w in re.findall(r"\b[A-Z]{3,}\b", name)]
    if len(capitals) == 1 and len(words) > 1:
        family = capitals[0]
    if family not in asked or len(family) < 2:
        return False
    given = next((w for w in words if w != family), "")
    before = asked[asked.index(family) - 1] if asked.index(family) else ""
    typed = re.search(rf"\b([A-Z][\w'’-]*\.?)\s+{re.escape(family)}\b", question, re.IGNORECASE)
    is_given = bool(
        typed
        and typed[1][0].isupper()
        and before not in HONORIFICS | _NO_GIVEN
        and before not in phrases("person", "address")
    )
    return not (given and is_given) or before[0] == given[0]


def _family(name: str) -> re.Pattern[str]:
    """Return a pattern of the first characters of a Japanese name where a title or no kanji follows: "渡辺さん"."""
    starts = "|".join(re.escape(name[:n]) for n in (3, 2) if len(name) > n)
    titles = "|".join(phrases("person", "title"))
    return re.compile(rf"(?:{starts or re.escape(name)})(?={titles}|[^\u4e00-\u9fff]|$)")


_NO_GIVEN = frozenset(
    "was did is has were when where who are does had do and or will would can minister secretary director".split()
)
