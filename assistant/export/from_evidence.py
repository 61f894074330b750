"""The evidence list as a report: what can still be cited as quotations, the rest as remarks that say why not."""

from collections.abc import Sequence
from datetime import date

from assistant.evidence.evidence_list import EvidenceItem
from assistant.export.errors import ExportRefused
from assistant.export.report import Item, Report, Section

TITLE = "Evidence"


def report_of_list(items: Sequence[EvidenceItem], accessed: date) -> Report:
    """A report of the evidence list in its order, with its notes and headings.

    A quotation whose words no longer stand in the library's records is not exported as one: a remark tells it.

    Raises:
        ExportRefused: the list is empty.
    """
    if not items:
        raise ExportRefused("the evidence list is empty; add quotations to it in the page (rapporteur serve)")
    cited: list[Item] = []
    remarks: list[str] = []
    heading = ""
    for item in items:
        heading = item.heading or heading
        if item.citation is None:
            remarks.append(_left_out(item))
            continue
        cited.append(Item(item.citation, item.note, heading))
        heading = ""
    return Report(TITLE, accessed, (Section("", tuple(cited), tuple(remarks)),))


def _left_out(item: EvidenceItem) -> str:
    note = f" Note: {' '.join(item.note.split())}" if item.note else ""
    return f"Not cited: “{' '.join(item.quote.split())}” {item.reference} {item.trouble}{note}"
