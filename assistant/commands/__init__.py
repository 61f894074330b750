"""Command line of Rapporteur: run `rapporteur ask`, `search`, `add`, `list`, `show`, `serve` and the others."""

import atexit
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from assistant.commands.memory import LIBRARY_BYTES, MORE_MEMORY, check_address_space, is_for_want_of_memory
from assistant.commands.output import OutputClosed, complain
from assistant.commands.session import OpenEncoder, installed_encoder
from assistant.commands.terminal.interrupts import interruptible
from corpus.errors import CorpusError
from index.errors import RapporteurError

_REFUSED = 1
_WRONG_USAGE = 2
# As shells report a program ended by SIGINT or SIGPIPE.
_INTERRUPTED = 130
_OUTPUT_CLOSED = 141


def main(arguments: Sequence[str] | None = None, open_encoder: OpenEncoder = installed_encoder) -> int:
    """Run one command and return its exit code: 0 done, 1 an input was refused, 2 wrong usage.

    Args:
        arguments: the words after `rapporteur`; those of this process when None.
        open_encoder: returns the encoder that the settings name.
    """
    try:
        return _exit_code(sys.argv[1:] if arguments is None else arguments, open_encoder)
    except KeyboardInterrupt:  # also while the commands are loaded
        return _INTERRUPTED


def _exit_code(arguments: Sequence[str], open_encoder: OpenEncoder) -> int:
    # The search for plugins reads the description of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with interruptible():
        import typer

        from assistant.commands.app import run
        from assistant.commands.terminal.usage import usage

    try:
        check_address_space(LIBRARY_BYTES)
        return run(arguments, open_encoder)
    except typer.TyperException as error:
        complain(usage(error))
        return _WRONG_USAGE
    except (RapporteurError, CorpusError) as error:
        complain(str(error))
        return _REFUSED
    except typer.Abort:
        return _INTERRUPTED
    except OutputClosed:
        return _OUTPUT_CLOSED
    except (MemoryError, ImportError, OSError, RuntimeError) as error:
        if is_for_want_of_memory(error):
            complain(f"there is not enough memory for this command ({error or 'MemoryError'}); {MORE_MEMORY}")
            return _REFUSED
        if not isinstance(error, OSError):
            raise
        complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        return _REFUSED


def entry_point() -> None:
    """Run the installed `rapporteur` command and end the process."""
    end_process(main())


def end_process(code: int) -> None:
    """End the process at once: the system frees its memory, which Python would do model by model, in 0.4 s.

    Nor does a thread that still loads a model meet an interpreter that is half gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # another Ctrl-C ends it without a word
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # its reader is gone
            stream.flush()
    os._exit(code)
