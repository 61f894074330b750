"""Flip random bytes of a library ten thousand times; see `tests/test_flipped_bytes.py`."""

from pathlib import Path

import pytest

from support.flipped_bytes import try_flips

pytestmark = pytest.mark.slow

_IN_A_TEST = 500


@pytest.mark.parametrize("first", range(0, 10_000, _IN_A_TEST))
def test_any_flipped_bytes_end_in_a_line(tmp_path: Path, first: int) -> None:
    ends = try_flips(tmp_path, range(first, first + _IN_A_TEST))
    print(f"{ends['told']} told, {ends['harmless']} harmless")
    assert min(ends["told"], ends["harmless"]) > 0
