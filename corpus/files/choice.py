"""Which of the files that are found are wanted."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Choice:
    """The files that patterns such as "*.pdf" or "drafts/*" ask for; capital and small letters are the same.

    Attributes:
        include: where there are any, a file must fit one of them.
        exclude: a file must fit none of them.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, path: str) -> bool:
        """Whether a file is wanted.

        Args:
            path: its name, or its path with "/" between the parts; a pattern may fit any ending of it.
        """
        if self.include and not any(_fits(path, pattern) for pattern in self.include):
            return False
        return not any(_fits(path, pattern) for pattern in self.exclude)


EVERYTHING = Choice()


def _fits(path: str, pattern: str) -> bool:
    path, pattern = path.lower(), pattern.lower()
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}")
