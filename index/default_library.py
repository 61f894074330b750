"""The folder of the library where none is named: the user's data folder."""

from pathlib import Path

from platformdirs import user_data_path


def default_library() -> Path:
    """Return the folder of the library where neither --library nor RAPPORTEUR_LIBRARY names one."""
    return user_data_path("rapporteur", appauthor=False)
