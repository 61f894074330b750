"""Skip a test without a program or file that it needs, and name how to get it."""

import os
import shutil

import pytest

TOOLS = "make tools"  # installs every program, library and font that the tests use


def require(condition: object, what: str, how_to_get_it: str) -> None:
    """Skip the test unless the condition holds; fail it with CI=true, where nothing may be missing."""
    if condition:
        return
    message = f"{what} is missing: {how_to_get_it}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(f"SKIPPED: {message}")


def require_program(name: str) -> str:
    """The path of a program that `make tools` installs; skip the test where it is not on the PATH."""
    path = shutil.which(name)
    require(path, name, TOOLS)
    return str(path)
