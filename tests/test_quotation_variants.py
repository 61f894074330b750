"""Of 500 generated false quotations none is accepted, and of 300 harmless ones all are."""

from collections import Counter

from assistant.verification.checker import Checker
from assistant.verification.readers.report import Paragraph, ReportText
from support.quotation_variants import variants

_ACCEPTED = ("exact", "typographic")


def test_no_false_variant_is_accepted_and_every_harmless_one_is() -> None:
    wrong: Counter[str] = Counter()
    checkers: dict[str, Checker] = {}
    for variant in variants(seed=14, false=500, harmless=300):
        checker = checkers.setdefault(variant.record.id, Checker((variant.record,)))
        paragraphs = tuple(Paragraph(words, "paragraph") for words in variant.text.split("\n\n"))
        verdicts = [finding.verdict.value for finding in checker.check(ReportText("r.md", paragraphs)).quotations]
        is_accepted = bool(verdicts) and all(verdict in _ACCEPTED for verdict in verdicts)
        if is_accepted == variant.kind.startswith("false"):
            wrong[variant.kind] += 1
    assert wrong == {}
