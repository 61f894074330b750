"""The files that are meant by the paths of `rapporteur add`."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.reading import MEDIA_TYPES


@dataclass(frozen=True, slots=True)
class Found:
    """A file or folder on the way.

    Attributes:
        path: where it lies.
        skipped: why it is passed over, though nothing is wrong; None otherwise.
        refused: why it cannot be read; None otherwise.
    """

    path: Path
    skipped: str | None = None
    refused: str | None = None


def files_of(paths: list[str]) -> list[Found]:
    """The named files, and those in the named folders, sorted by path; hidden ones in a folder are left out."""
    return [found for path in paths for found in _meant_by(path)]


def _meant_by(path: str) -> list[Found]:
    if not path.strip():
        return [Found(Path(), refused="an empty path; name a file or folder")]
    return _named_folder(Path(path)) if Path(path).is_dir() else [Found(Path(path))]


def _named_folder(folder: Path) -> list[Found]:
    found = list(_inside(folder))
    wanted = any(f.skipped is None and f.refused is None for f in found)
    refused = any(f.refused for f in found)
    return (
        found
        if wanted or refused
        else [*found, Found(folder, refused=f"{folder}: no {_kinds()} file lies in this folder")]
    )


def _inside(folder: Path) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, refused=f"{folder}: cannot be read ({error.strerror})")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            yield Found(path, skipped="a symbolic link")
        elif entry.is_dir():
            yield from _inside(path)
        elif path.suffix.lower() not in MEDIA_TYPES:
            yield Found(path, skipped=f"no {_kinds()} file")
        else:
            yield Found(path)


def _kinds() -> str:
    return " or ".join(MEDIA_TYPES)
