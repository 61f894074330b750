"""Text with emphasis, as a citation style writes it."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike.

    Attributes:
        text: the characters, as they are: nothing in them is markup.
        italic: whether they stand in italics.
        bold: whether they stand in bold.
        link: the web address that they are; None for words.
    """

    text: str
    italic: bool = False
    bold: bool = False
    link: str | None = None


Runs = tuple[Run, ...]


def text_of(runs: Runs) -> str:
    """The characters without their looks."""
    return "".join(run.text for run in runs)


def without_start(runs: Runs, length: int) -> Runs:
    """The runs without their first characters."""
    kept: list[Run] = []
    for run in runs:
        cut = min(length, len(run.text))
        length -= cut
        if run.text[cut:]:
            kept.append(replace(run, text=run.text[cut:]))
    return tuple(kept)
