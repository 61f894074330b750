"""Export answers and evidence to files for a report: Word, Markdown, HTML, PDF, tables and reference files."""

from index.errors import RapporteurError


class ExportRefused(RapporteurError):
    """The export cannot be made or written; the message says why and what to do."""


class StyleRefused(ExportRefused):
    """The reference style is unknown, or its file is no CSL style."""


class TargetExists(ExportRefused):
    """The file exists and must not be replaced."""
