"""Flip random bytes of a library: each use of it ends in an answer or in a line, never in another error."""

from pathlib import Path

from support.flipped_bytes import try_flips


def test_a_sample_of_flipped_bytes_ends_in_a_line(tmp_path: Path) -> None:
    ends = try_flips(tmp_path, range(40))
    assert min(ends["told"], ends["harmless"]) > 0


def test_flips_that_once_ended_in_a_traceback_end_in_a_line_or_do_no_harm(tmp_path: Path) -> None:
    for seed in (1193, 2819, 3399, 4258, 5144, 5745, 6441, 7626, 8975):
        assert sum(try_flips(tmp_path / str(seed), range(seed, seed + 1)).values()) == 1
