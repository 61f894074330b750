"""Refuse a command for which the process may not use enough address space, and recognise errors for want of memory."""

import errno
import os

from index.errors import RapporteurError

# The peak of virtual memory (VmPeak) with two processors, 2026-11-29: `list` 0.18 GB, `add` 1.76 GB, `ask` 2.10 GB,
# `serve` 2.56 GB after one question. With less, libraries in C end the process themselves.
LIBRARY_BYTES = 250_000_000
MODELS_BYTES = 2_200_000_000
PAGE_BYTES = 3_000_000_000
# What each further thread reserves: an arena of 64 MB and a stack of 8 MB.
_THREAD_BYTES = 72_000_000
_THREADS = 2
MORE_MEMORY = f"close other programs, or raise the limit with: ulimit -v {-(-PAGE_BYTES // 1024)}"
_SIGNS = ("failed to map segment", "cannot allocate memory", "bad_alloc", "could not allocate", "out of memory")


class TooLittleMemory(RapporteurError):
    """The process may not use as much address space as the command needs; the message says how much that is."""


def check_address_space(needed: int) -> None:
    """Check that the process may use this many bytes of address space, and those of the threads of each processor.

    Raises:
        TooLittleMemory: the limit of the system (`ulimit -v`) is lower.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    needed += _THREAD_BYTES * max(0, (os.cpu_count() or 1) - _THREADS)
    if limit != resource.RLIM_INFINITY and limit < needed:
        raise TooLittleMemory(
            f"this command needs {needed / 1e9:.1f} GB of address space, and the limit is {limit / 1e9:.1f} GB;"
            f" raise it with: ulimit -v {-(-needed // 1024)}"
        )


def is_for_want_of_memory(error: BaseException) -> bool:
    """Return True if an error says that memory or address space did not suffice."""
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return True
    return any(sign in str(error).lower() for sign in _SIGNS)
