"""Warnings are errors in our own modules, and nowhere else."""

import tomllib
from pathlib import Path

from support.own_runs import ROOT, run_of

_WARNS = """
import warnings

import pytest


@pytest.mark.parametrize("name", {0})
def test_a_warning(name: str) -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn_explicit("old", DeprecationWarning, "a.py", 1, module=name)


def test_a_warning_of_another() -> None:
    warnings.warn_explicit("old", DeprecationWarning, "a.py", 1, module="weasyprint.text.ffi")
"""


def _packages() -> list[str]:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]["find"]
    return [name for name in found["include"] if "*" not in name]


def test_warnings_are_errors_in_our_own_modules_only(tmp_path: Path) -> None:
    ours = [*_packages(), f"{_packages()[0]}.a.b", "app", "benchmarks.quality", __name__]
    done = run_of(tmp_path, _WARNS.format(ours))
    assert done.returncode == 0, done.stdout
