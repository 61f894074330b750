"""Leave out of the lines of a PDF report what nobody sees, and keep it with what stands beside the lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from pathlib import Path
from typing import Any

from assistant.verification.readers.pdf_lines import ReportLine
from assistant.verification.readers.pdf_shown import RAISED, Box, PageLetters, page_letters
from corpus.readers.blocks import superscript
from corpus.readers.pdf.open import ONE_AT_A_TIME, open_document

# Runs of pages that are named one by one.
_MOST_RUNS = 10


@dataclass(frozen=True, slots=True)
class Apart:
    """Words of pages beside their lines.

    Attributes:
        words: of notes and form fields, each with its page.
        unseen: words that are hidden or struck out, each with its kind.
        not_looked_at: the numbers of pages of which nobody knows what is hidden or struck out.
    """

    words: list[tuple[int, str]] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    not_looked_at: list[int] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        """Kinds of what nobody read, one for each place."""
        pages = self.not_looked_at
        unknown = f"drawing of {'page' if len(pages) == 1 else 'pages'} {_ranges(pages)} (for hidden words)"
        return [*(kind for kind, _ in self.unseen), *[unknown] * len(pages)]

    def add_unseen(self, kind: str, letter: str, gap: str | None) -> None:
        """Add an unseen letter; `gap` is the space behind the last, None if others are between."""
        if gap is not None and self.unseen[-1][0] == kind:
            self.unseen[-1] = kind, f"{self.unseen[-1][1]}{gap}{letter}"
        else:
            self.unseen.append((kind, letter))


def drawn_letters(raw: bytes, path: Path, struck: Sequence[Sequence[Box]]) -> list[PageLetters | None]:
    """Return the letters of each page as they are drawn; None for a page that cannot be looked at so."""
    try:
        with ONE_AT_A_TIME, open_document(raw, str(path)) as pdf:
            if len(pdf) > len(struck):  # pypdf leaves pages out, so nobody knows which is which
                return [None] * len(struck)
            return [_letters_of_page(pdf, number, boxes) for number, boxes in enumerate(struck)]
    except Exception:  # what pypdf reads of a damaged file, this library may refuse
        return [None] * len(struck)


def _letters_of_page(pdf: Any, number: int, struck: Sequence[Box]) -> PageLetters | None:
    try:
        return page_letters(pdf[number], struck)
    except Exception:  # the same for a damaged page, whatever is wrong with it
        return None


def seen_lines(lines: list[ReportLine], drawn: PageLetters | None, apart: Apart) -> list[ReportLine]:
    """Return the lines of a page without the letters that are hidden or struck out; add their words to `apart`."""
    unseen = drawn.among("".join("".join(line.text.split()) for line in lines)) if drawn else None
    if unseen is None:
        apart.not_looked_at.extend(sorted({line.page for line in lines}))
        return lines
    at, last, gap = 0, -2, ""
    seen: list[ReportLine] = []
    for line in lines if unseen else ():
        kept: list[str] = []
        for character in line.text:
            if character.isspace():
                gap = gap or character
                kept.append(character)
                continue
            kind = unseen.get(at)
            if kind is None or kind == RAISED:
                kept.append(superscript(character) if kind else character)
            else:
                apart.add_unseen(kind, character, gap if last == at - 1 else None)
                last = at
            at, gap = at + 1, ""
        gap = "\n"
        seen.append(replace(line, text="".join(kept)))
    return seen if unseen else lines


def _ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers of pages as a reader writes them: "3, 7–9"."""
    places = count()
    runs = [list(run) for _, run in groupby(numbers, key=lambda number: number - next(places))]
    named = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_MOST_RUNS]]
    return ", ".join([*named, "..."] if len(runs) > _MOST_RUNS else named)
