"""Expand glob patterns such as "minutes/**/*.md", and filter paths by patterns to include and exclude."""

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

_ANY_DEPTH = "**"


def expand_pattern(pattern: str, deepest: int) -> list[str]:
    """Return the paths of the files that match a pattern, sorted, each once; hidden ones only where it names their dot.

    `**` matches any folders and follows no link: in a folder with two links to itself `glob` would find 2**40 paths.

    Args:
        pattern: in the syntax of a shell.
        deepest: depth of folders that `**` descends.
    """
    drive, rest = os.path.splitdrive(pattern)
    root = drive + os.sep if rest.startswith(("/", os.sep)) else drive
    parts = [part for part in rest.replace(os.sep, "/").split("/") if part]
    once = [part for i, part in enumerate(parts) if part != _ANY_DEPTH or parts[i - 1 : i] != [_ANY_DEPTH]]
    if once and once[-1] == _ANY_DEPTH:
        once.append("*")
    return sorted({path for path in _below(root, once, deepest) if not os.path.isdir(path)})


def _below(folder: str, parts: list[str], deepest: int) -> Iterator[str]:
    if not parts:
        yield folder
        return
    first, *rest = parts
    if not glob.has_magic(first):
        path = os.path.join(folder, first)
        if os.path.lexists(path):
            yield from _below(path, rest, deepest)
        return
    for entry in _entries(folder):
        path = os.path.join(folder, entry.name)
        if entry.name.startswith(".") and not first.startswith("."):
            continue
        if first == _ANY_DEPTH:
            if deepest and entry.is_dir(follow_symlinks=False):
                yield from _below(path, parts, deepest - 1)
        elif fnmatchcase(entry.name, first):
            yield from _below(path, rest, deepest)
    if first == _ANY_DEPTH:
        yield from _below(folder, rest, deepest)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """List a folder; an empty list where it cannot be read or is no folder, as in a shell."""
    try:
        with os.scandir(folder or os.curdir) as listing:
            return list(listing)
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class PathFilter:
    """Selects paths by patterns such as "*.pdf" or "drafts/*"; case is ignored.

    Attributes:
        include: a file must match one of them, unless there are none.
        exclude: a file must match none of them.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, path: str) -> bool:
        """Return True if the filter lets a path through.

        Args:
            path: with "/" between its parts; a pattern may match the whole or any ending of it.
        """
        if self.include and not any(_matches(path, pattern) for pattern in self.include):
            return False
        return not any(_matches(path, pattern) for pattern in self.exclude)


EVERYTHING = PathFilter()


def _matches(path: str, pattern: str) -> bool:
    path, pattern = path.lower(), pattern.lower()
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}")
