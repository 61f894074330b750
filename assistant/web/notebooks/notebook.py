"""A notebook: a library with a page of its own at `/notebooks/NAME/`; read the names and folders that a user gives."""

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assistant.assistant import Assistant
from assistant.users.accounts import printed
from index.errors import RapporteurError

FOLDER = "/notebooks/"
_LONGEST_NAME = 40
_NAME = re.compile(r"[^\W_][\w-]*")


@dataclass(frozen=True, slots=True)
class Notebook:
    """One of the libraries that a server serves.

    Attributes:
        name: in its address and in the list of notebooks; empty for the library of `--library`.
        assistant: answers the questions on its records.
    """

    name: str
    assistant: Assistant

    @property
    def address(self) -> str:
        """The path of its page, which ends with a slash."""
        return f"{FOLDER}{quote(self.name)}/" if self.name else "/"


def read_notebooks(given: Sequence[str], first: str) -> dict[str, str]:
    """Return the folders of notebooks by their names.

    Args:
        given: what the user gives for each, "NAME=DIR".
        first: the folder of the library that is served at "/".

    Raises:
        RapporteurError: a name cannot be used or is given twice; or two folders are one, or one lies in another.
    """
    folders: dict[str, str] = {}
    for each in given:
        name, sign, folder = each.partition("=")
        if not sign or not folder.strip():
            raise RapporteurError(f"--notebook {printed(each)}: give NAME=DIR, such as climate=/srv/climate")
        name = _checked(name)
        if name.casefold() in map(str.casefold, folders):
            raise RapporteurError(f"--notebook {name}: two notebooks have this name; rename one")
        _check_apart(name, folder, {"of --library": first, **folders})
        folders[name] = folder
    return folders


def _checked(name: str) -> str:
    normal = unicodedata.normalize("NFC", name.strip())
    if len(normal) > _LONGEST_NAME or not _NAME.fullmatch(normal):
        raise RapporteurError(
            f"--notebook {printed(name)}: a notebook's name has 1 to {_LONGEST_NAME} letters, digits, - and _,"
            " and begins with a letter or digit"
        )
    return normal


def _check_apart(name: str, folder: str, others: dict[str, str]) -> None:
    """Refuse a folder that is that of another notebook or lies in it, where its users' documents lie, or around it."""
    own = os.path.realpath(os.path.expanduser(folder))
    for other, path in others.items():
        there = os.path.realpath(os.path.expanduser(path))
        if own == there:
            raise RapporteurError(f"--notebook {name}: {folder} is the library {other} already; give another folder")
        if os.path.commonpath((own, there)) in (own, there):
            raise RapporteurError(
                f"--notebook {name}: {folder} and the library {other}, {path}, lie in one another; give another folder"
            )
