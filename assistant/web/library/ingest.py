"""One file that was sent, taken into the library: read in a process of its own, each member of an archive by itself."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from assistant.evidence.version_report import outcome as version_report
from assistant.web.escaping import plain
from assistant.web.library.queue import GivenUp, Outcome, Tell, Upload
from corpus.discovery.find import uploaded
from corpus.sandbox.worker import ReadingWorker
from index import ingest
from index.library import Library


class Taker:
    """Takes files in for an `AddingLine`, one at a time.

    Args:
        library: what they are added to.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._worker: ReadingWorker | None = None

    def __call__(self, sent: Upload, tell: Tell) -> Iterator[Outcome]:
        """Take a file in, and yield what became of it, or of each member of an archive.

        Raises:
            GivenUp: by `tell`.
            RapporteurError: the library cannot be written; what was yielded is in.
        """
        limits = self._library.settings.limits
        tell("reading", 0, 0)
        self._worker = self._worker or ReadingWorker(limits)
        found = uploaded(sent.path, sent.name, limits)

        def told(_: str, done: int, of: int) -> None:
            tell("encoding" if of else "reading", done, of)

        try:
            for outcome in ingest.ingest(self._library, found, self._worker, told):
                yield self._outcome(sent, outcome)
                tell("reading", 0, 0)
        except GivenUp:
            self.rest()  # a document that is still being read would hold the next one up
            raise

    def rest(self) -> None:
        """End the process that reads, until there is something to read again."""
        if self._worker:
            self._worker.close()
            self._worker = None

    def _outcome(self, sent: Upload, outcome: ingest.IngestResult) -> Outcome:
        # The page shows the name before the reason.
        reason = (outcome.reason or "").removeprefix(f"{outcome.path}: ")
        own = outcome.path.removeprefix(f"{sent.name}!/")
        return {
            "outcome": outcome.outcome,
            "name": plain(PurePosixPath(own).name if outcome.path == sent.name else own),
            "document": plain(outcome.document or ""),
            "reason": plain(reason),
            "warnings": [plain(warning) for warning in outcome.warnings],
            "citations": plain(self._citations(outcome)),
            "files": outcome.files,
        }

    def _citations(self, outcome: ingest.IngestResult) -> str:
        """What a new version did to the quotations in the evidence list; empty where it cites nothing of the record."""
        if outcome.former is None or outcome.document is None:
            return ""
        report = version_report(self._library, outcome.former, self._library.document(outcome.document))
        return report.line.removeprefix(f"replaced {report.name}: ") if report else ""
