"""What can go wrong with an export, each said in one line."""

from index.errors import RapporteurError


class ExportRefused(RapporteurError):
    """The export cannot be made or written; the message says why and what to do."""


class StyleRefused(ExportRefused):
    """The reference style is unknown or its file is no CSL style."""


class TargetExists(ExportRefused):
    """A file is there already and was not to be replaced."""
