"""Of 2,000 generated false reports none is accepted without a word, and of 1,000 harmless ones 99 % are."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.readers.report import report_of
from support.quotation_variants import variants

pytestmark = pytest.mark.slow

_ACCEPTED = ("exact", "typographic")


def test_no_false_variant_is_accepted_and_nearly_every_harmless_one_is() -> None:
    wrong: Counter[str] = Counter()
    checkers: dict[str, Checker] = {}
    for variant in variants(seed=24, false=2000, harmless=1000):
        checker = checkers.setdefault(variant.record.id, Checker((variant.record,)))
        found = checker.check(report_of(variant.report, Path(f"report{variant.suffix}")))
        verdicts = [finding.verdict.value for finding in found.quotations]
        is_accepted = found.is_ok and not found.flagged and all(verdict in _ACCEPTED for verdict in verdicts)
        if is_accepted == variant.kind.startswith("false"):
            wrong[variant.kind] += 1
    print(dict(wrong))
    assert {kind: count for kind, count in wrong.items() if kind.startswith("false")} == {}
    assert sum(wrong.values()) <= 10
