"""Skip a test without a program or file that it needs, and name how to get it."""

import os

import pytest


def require(condition: object, what: str, how_to_get_it: str) -> None:
    """Skip the test unless the condition holds; fail it with CI=true, where nothing may be missing."""
    if condition:
        return
    message = f"{what} is missing: {how_to_get_it}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(f"SKIPPED: {message}")
