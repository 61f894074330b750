"""A test run counts the tests that it left out, and fails for them where nothing may be missing."""

import re
from pathlib import Path

from support import left_out
from support.own_runs import ROOT, run_of

_SKIPS = """
import warnings

import pytest

from support.requirements import require, require_program


@pytest.mark.parametrize("number", range(3))
def test_of_a_program(number: int) -> None:
    require_program("no-such-program")


def test_of_a_folder() -> None:
    require(False, "../shared", "put it beside the checkout")


def test_that_passes() -> None:
    warnings.warn("of another's module", DeprecationWarning, stacklevel=1)
"""


def test_the_last_line_counts_what_was_left_out(tmp_path: Path) -> None:
    done = run_of(tmp_path, _SKIPS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == (
        "left out: 4 tests for want of ../shared, no-such-program; `make tools` brings the programs"
    )


def test_in_ci_what_is_required_fails(tmp_path: Path) -> None:
    done = run_of(tmp_path, _SKIPS, CI="true")
    assert done.returncode == 1
    assert "no-such-program is missing: make tools" in done.stdout
    assert "4 failed, 1 passed" in done.stdout


def test_in_ci_a_skip_of_any_other_kind_fails_the_run(tmp_path: Path) -> None:
    skips = 'import pytest\n\n\ndef test_it() -> None:\n    pytest.skip("no reason")\n'
    assert run_of(tmp_path, skips).returncode == 0
    done = run_of(tmp_path, skips, CI="true")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [
        "left out: 1 test for want of no reason; `make tools` brings the programs",
        "failed: with CI=true at most 0 tests may be left out",
    ]


def test_a_run_without_skips_left_nothing_out() -> None:
    assert left_out.line([]) == "left out: nothing"
    assert left_out.line(["../shared is missing: put it there"]) == "left out: 1 test for want of ../shared"


def test_no_test_finds_the_shared_folder_without_the_fixture_that_skips_it() -> None:
    paths = re.compile(r"""/ ["']shared\b|["']\.\./shared/""")
    found = [path.name for path in sorted((ROOT / "tests").rglob("*.py")) if paths.search(path.read_text("utf-8"))]
    assert found == ["conftest.py"]
