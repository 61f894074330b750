"""Ingest an uploaded file, or each member of an archive, into the library through the reading process."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from assistant.evidence.version_report import outcome as version_report
from assistant.web.escaping import visible_line
from assistant.web.library.queue import Outcome, ReportProgress, Upload, UploadCancelled
from corpus.discovery.find import uploaded
from corpus.sandbox.worker import ReadingWorker
from index.ingest import IngestResult, ingest
from index.library import Library


class UploadIngester:
    """Ingests the files of an `IngestQueue` into a library, one at a time."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._worker: ReadingWorker | None = None

    def ingest(self, upload: Upload, report: ReportProgress) -> Iterator[Outcome]:
        """Add a file to the library, and yield its outcome, or one for each member of an archive.

        Raises:
            UploadCancelled: by `report`.
            RapporteurError: the library cannot be written; the files whose outcomes were yielded are in it.
        """
        limits = self._library.settings.limits
        report("reading", 0, 0)
        self._worker = self._worker or ReadingWorker(limits)
        files = uploaded(upload.path, upload.name, limits)

        def progress(_: str, done: int, of: int) -> None:
            report("encoding" if of else "reading", done, of)

        try:
            for result in ingest(self._library, files, self._worker, progress):
                yield self._outcome(upload, result)
                report("reading", 0, 0)
        except UploadCancelled:
            self.close()  # a document that is still being read would hold the next one up
            raise

    def close(self) -> None:
        """End the reading process; the next file starts a new one."""
        if self._worker:
            self._worker.close()
            self._worker = None

    def _outcome(self, upload: Upload, result: IngestResult) -> Outcome:
        member = result.path.removeprefix(f"{upload.name}!/")
        return {
            "outcome": result.outcome,
            "name": visible_line(PurePosixPath(member).name if result.path == upload.name else member),
            "document": visible_line(result.document or ""),
            # The page shows the name before the reason.
            "reason": visible_line((result.reason or "").removeprefix(f"{result.path}: ")),
            "warnings": [visible_line(warning) for warning in result.warnings],
            "citations": visible_line(self._citations(result)),
            "files": result.files,
        }

    def _citations(self, result: IngestResult) -> str:
        """Return what a new version changed for the quotations in the evidence list; empty if they cite none of it."""
        if result.former is None or result.document is None:
            return ""
        report = version_report(self._library, result.former, self._library.document(result.document))
        return report.line.removeprefix(f"replaced {report.name}: ") if report else ""
