"""Flip random bytes of a library: each use of it ends in an answer or in a line, never in another error."""

from pathlib import Path

from support.flipped_bytes import try_flips


def test_a_sample_of_flipped_bytes_ends_in_a_line(tmp_path: Path) -> None:
    ends = try_flips(tmp_path, range(40))
    assert min(ends["told"], ends["harmless"]) > 0
