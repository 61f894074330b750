"""Of 370 generated false reports none is accepted without a word, and of 270 harmless ones all are."""

from collections import Counter
from pathlib import Path

from assistant.verification.checker import Checker
from assistant.verification.readers.report import report_of
from support.quotation_variants import variants

_ACCEPTED = ("exact", "typographic")


def test_no_false_variant_is_accepted_and_every_harmless_one_is() -> None:
    wrong: Counter[str] = Counter()
    checkers: dict[str, Checker] = {}
    for variant in variants(seed=14, false=370, harmless=270):
        checker = checkers.setdefault(variant.record.id, Checker((variant.record,)))
        found = checker.check(report_of(variant.report, Path(f"report{variant.suffix}")))
        verdicts = [finding.verdict.value for finding in found.quotations]
        is_accepted = found.is_ok and not found.flagged and all(verdict in _ACCEPTED for verdict in verdicts)
        if is_accepted == variant.kind.startswith("false"):
            wrong[variant.kind] += 1
    assert wrong == {}
