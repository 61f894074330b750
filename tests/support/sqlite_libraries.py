"""Open a library as the SQLite library that it is, for tests that look at its files and tables."""

from pathlib import Path

from index.library import open_library
from index.models.encoder import Encoder, Progress
from index.settings import Settings
from index.store.library import SqliteLibrary


def open_sqlite_library(
    folder: Path,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    *,
    founding: bool = True,
    progress: Progress | None = None,
) -> SqliteLibrary:
    """Open a library in a folder; see `index.library.open_library`."""
    library = open_library(folder, settings, encoder, founding=founding, progress=progress)
    assert isinstance(library, SqliteLibrary)
    return library
