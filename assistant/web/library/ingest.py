"""Check an uploaded file, or each member of an archive, in the reading process, and store it in the library."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import PurePosixPath

from assistant.evidence.version_report import outcome as version_report
from assistant.users.audit import audit
from assistant.users.current import acting_as
from assistant.users.private_documents import NOT_NAMED, target_of_additions
from assistant.web.escaping import visible_line
from assistant.web.library.batch import Outcome, ReportProgress, Upload
from corpus.discovery.find import uploaded
from corpus.sandbox.worker import ReadingWorker
from index.file_ingester import CheckedFile, FileIngester, IngestResult, check_files
from index.ingest import PassageCount, StorageOrder
from index.library import Library


class UploadIngester:
    """Checks and stores the files of an `IngestQueue`; one thread may do each."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._worker: ReadingWorker | None = None
        # By the user to whom what is added is private; empty for the common documents. What one remembers of the files
        # that it read, such as the order of their days, tells no other user anything.
        self._opened: dict[str, FileIngester] = {}

    def check(self, upload: Upload, report: ReportProgress) -> Iterator[Outcome]:
        """Read a file, set what is to be stored of it, and yield the outcome of each member that is not.

        Raises:
            UploadCancelled: by `report`.
        """
        limits = self._library.settings.limits
        report("reading", 0, 0)
        self._worker = self._worker or ReadingWorker(limits)
        owner = _owner(upload)
        if owner not in self._opened:
            self._opened[owner] = FileIngester(target_of_additions(self._library, owner), self._worker)
        files = uploaded(upload.path, upload.name, limits)
        # One that follows another of its name is compared with that one when it is stored.
        with closing(check_files(self._opened[owner], files, upload.follows)) as checks:
            for checked in checks:
                if isinstance(checked, IngestResult):
                    yield self._outcome(upload, checked)
                elif isinstance(checked, CheckedFile):
                    upload.files.append(checked)
                report("reading", 0, 0)
        upload.passages = sum(checked.passages for checked in upload.files)
        upload.characters = sum(checked.characters for checked in upload.files)

    def store(self, upload: Upload, report: ReportProgress) -> Iterator[Outcome]:
        """Add what was checked of a file to the library, and yield its outcome, or one for each member of an archive.

        Raises:
            UploadCancelled: by `report`.
            RapporteurError: the library cannot be written; the files whose outcomes were yielded are in it.
        """
        ingester = self._opened.get(_owner(upload))
        if ingester is None:
            raise ValueError("nothing was checked")
        order = StorageOrder()
        count = PassageCount(len(upload.files))
        for checked in upload.files:
            order.push(checked)
            count.checked(checked)
        report("encoding", 0, upload.passages)
        while order:
            checked = order.pop()
            progress = count.report(checked, lambda _, done, of: report("encoding", done, of))
            yield self._outcome(upload, ingester.store(checked, progress))
            count.stored(checked)

    def close(self) -> None:
        """End the reading process; the next file starts a new one."""
        opened, self._opened = self._opened, {}
        worker, self._worker = self._worker, None
        if worker:
            worker.close()
        for ingester in opened.values():
            ingester.__exit__()

    def _outcome(self, upload: Upload, result: IngestResult) -> Outcome:
        with acting_as(upload.user):  # of the evidence list, and in the audit log
            if result.document:
                subject = NOT_NAMED if upload.is_private else result.document
                audit(self._library, "add", (subject,), result.outcome)
            return self._outcome_values(upload, result)

    def _outcome_values(self, upload: Upload, result: IngestResult) -> Outcome:
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


def _owner(upload: Upload) -> str:
    """Return the id of the user to whom what is added is private; empty for the common documents."""
    return upload.user.id if upload.is_private else ""
