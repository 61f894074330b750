"""SHA-256 of the files of a model, by which a changed weight or tokenizer is noticed when it is loaded."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_hashes(folder: Path, but: str) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder and below it, by its path there, but for the one of this name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in files if path.name != but}


def changed_file(folder: Path, hashes: Mapping[str, str]) -> str | None:
    """Return the name of the first file that is missing or has another SHA-256 than this; None where all are right."""
    for name, sha256 in hashes.items():
        try:
            if file_sha256(folder / name) != sha256:
                return name
        except OSError:
            return name
    return None


def write_manifest(folder: Path, name: str) -> None:
    """Write the SHA-256 of each file in a folder into a file of this name beside them.

    Raises:
        OSError: it cannot be written.
    """
    (folder / name).write_text(json.dumps(folder_hashes(folder, name), indent=1), "utf-8")


def fits_manifest(folder: Path, name: str) -> bool:
    """Return True if a folder has just the files that `write_manifest` found there."""
    try:
        return bool(json.loads((folder / name).read_text("utf-8")) == folder_hashes(folder, name))
    except (OSError, ValueError):
        return False
