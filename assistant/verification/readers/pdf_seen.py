"""Leave out of the lines of a PDF report what nobody sees, and keep it with what stands beside the lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.verification.readers.pdf_lines import ReportLine
from assistant.verification.readers.pdf_shown import RAISED, Box, PageLetters, page_letters
from corpus.readers.blocks import superscript
from corpus.readers.pdf.open import ONE_AT_A_TIME, open_document


@dataclass(frozen=True, slots=True)
class Apart:
    """Words of pages beside their lines.

    Attributes:
        words: of notes and form fields, each with its page.
        unseen: words that are hidden or struck out, each with its kind.
    """

    words: list[tuple[int, str]] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)

    def add_unseen(self, kind: str, letter: str, gap: str | None) -> None:
        """Add an unseen letter; `gap` is the space behind the last, None if others are between."""
        if gap is not None and self.unseen[-1][0] == kind:
            self.unseen[-1] = kind, f"{self.unseen[-1][1]}{gap}{letter}"
        else:
            self.unseen.append((kind, letter))


def drawn_letters(raw: bytes, path: Path, struck: Sequence[Sequence[Box]]) -> list[PageLetters]:
    """Return the letters of each page as they are drawn; none for a page that cannot be looked at so."""
    try:
        with ONE_AT_A_TIME, open_document(raw, str(path)) as pdf:
            return [page_letters(pdf[number], boxes) for number, boxes in enumerate(struck)]
    except Exception:  # what pypdf reads of a damaged file, this library may refuse
        return [PageLetters("")] * len(struck)


def seen_lines(lines: list[ReportLine], drawn: PageLetters, apart: Apart) -> list[ReportLine]:
    """Return lines without the letters that are hidden or struck out; add their words to what stands apart."""
    unseen = drawn.among("".join("".join(line.text.split()) for line in lines))
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
