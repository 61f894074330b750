"""The library and the assistant, opened as a command's options say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.output import InputRefused, complain, progress

if TYPE_CHECKING:  # numpy, faiss and pydantic are loaded by the commands that need them, not by --help
    from index.library import Library
    from index.models.encoder import Encoder, Vectors
    from index.settings import Settings

OpenEncoder = Callable[["Settings"], "Encoder"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Which library a command works on, and with which encoder.

    Attributes:
        open_encoder: gives the encoder that the settings name.
        folder: the library's folder; that of the settings when None.
        no_records: whether a new library stays without the founding records.
    """

    open_encoder: OpenEncoder
    folder: str | None
    no_records: bool

    def settings(self) -> "Settings":
        """The settings, with the folder that was named.

        Raises:
            InputRefused: the environment holds a setting that cannot be.
        """
        from pydantic import ValidationError

        from index.settings import Settings

        try:
            return Settings() if self.folder is None else Settings(library=Path(self.folder).expanduser())
        except ValidationError as error:
            wrong = error.errors()[0]
            name = f"RAPPORTEUR_{'_'.join(map(str, wrong['loc']))}".upper()
            raise InputRefused(f"{name}={wrong['input']}: {wrong['msg']}; correct it or unset it") from error

    def library(self) -> "Library":
        """Open the library; a new one takes the founding records in, and says on stderr how far it is.

        Raises:
            RapporteurError: the library or the model cannot be used.
        """
        from index.library import library_exists, open_library

        settings = self.settings()
        encoder = self.open_encoder(settings)
        try:
            if settings.model is None and not library_exists(self.folder or settings.library):
                _tell_of_the_model(encoder.name)
            with progress("Indexing the founding records") as told:
                return open_library(self.folder, settings, encoder, founding=not self.no_records, progress=told)
        except OSError as error:
            why = error.strerror or str(error)
            raise InputRefused(
                f"{settings.library}: cannot be used ({why}); mend it or give another folder with --library"
            ) from error


def _tell_of_the_model(name: str) -> None:
    """Say at the first start when this platform has no package of the better model."""
    from index.models.minilm import NAME as MINILM

    if name == MINILM:
        complain(f"multilingual-e5-small has no package for this platform; {MINILM} is used, which knows English best")


def installed_encoder(settings: "Settings") -> "Encoder":
    """The encoder on this machine that the settings name; one that is missing is reported when it is needed."""
    from index.errors import ModelMissing
    from index.models.sentence_transformer import load_encoder

    try:
        return load_encoder(settings)
    except ModelMissing as missing:
        return _NoEncoder(settings.model or "a packaged model", missing)


class _NoEncoder:
    """Stands for a model that is not installed: what needs none still works."""

    def __init__(self, name: str, missing: Exception) -> None:
        self.name = name
        self._missing = missing

    def encode_passages(self, texts: object, progress: object = None) -> "Vectors":
        raise self._missing

    def encode_query(self, text: str) -> "Vectors":
        raise self._missing
