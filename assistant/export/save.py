"""The file of an export: written beside its place and put there when it is whole."""

import os
from pathlib import Path

from assistant.export.errors import ExportRefused, TargetExists


def check_target(target: str, force: bool) -> None:
    """Refuse a file that could not be saved later, before any work is done.

    Raises:
        TargetExists: a file is there, and is not to be replaced.
        ExportRefused: it is a folder, or lies in none that can be written to.
    """
    path = Path(target).expanduser()
    if os.path.isdir(path):
        raise ExportRefused(f"{target}: a folder; name a file in it")
    if not os.path.isdir(path.parent):
        raise ExportRefused(f"{target}: the folder {path.parent} does not exist; make it or name another")
    if not os.access(path.parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise ExportRefused(f"{target}: nothing can be written into the folder {path.parent}; name another")
    if os.path.lexists(path) and not force:
        raise TargetExists(f"{target}: exists already; name another file, or replace it with --force")


def save(content: bytes, target: str, force: bool) -> None:
    """Write a file whole or not at all; a link keeps pointing where it points.

    Raises:
        TargetExists: a file is there, and is not to be replaced.
        ExportRefused: it cannot be written.
    """
    check_target(target, force)
    place = Path(os.path.realpath(Path(target).expanduser()))
    # What is no ordinary file (a pipe, a device) is written to, never replaced.
    beside = (
        place
        if os.path.exists(place) and not os.path.isfile(place)
        else place.with_name(f".rapporteur.{os.getpid()}.part")
    )
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            if beside != place:
                os.fsync(file.fileno())
        if beside != place:
            os.replace(beside, place)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ExportRefused(f"{target}: cannot be written ({why}); name another file or folder") from error
    finally:
        if beside != place:
            beside.unlink(missing_ok=True)
