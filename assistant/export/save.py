"""Write an exported file whole or not at all; check in advance that its path can be written."""

import os
from pathlib import Path

from assistant.export import ExportRefused, TargetExists


def check_target(target: str, force: bool) -> None:
    """Refuse a file that `save` could not write, before any work is done.

    Raises:
        TargetExists: the file exists and `force` is not set.
        ExportRefused: it is a folder, or its folder is missing or cannot be written to.
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
    """Write a file whole or not at all; a symbolic link stays and its target is written.

    Raises:
        TargetExists: the file exists and `force` is not set.
        ExportRefused: it cannot be written.
    """
    check_target(target, force)
    path = Path(os.path.realpath(Path(target).expanduser()))
    # A pipe or a device is written to directly, never replaced.
    is_special = os.path.exists(path) and not os.path.isfile(path)
    part = path if is_special else path.with_name(f".rapporteur.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            if not is_special:
                os.fsync(file.fileno())
        if not is_special:
            os.replace(part, path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ExportRefused(f"{target}: cannot be written ({why}); name another file or folder") from error
    finally:
        if not is_special:
            part.unlink(missing_ok=True)
