"""Open the library and the encoder that a command's options name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.memory import LIBRARY_BYTES, MODELS_BYTES, check_address_space
from assistant.commands.output import InputRefused, complain, progress
from assistant.commands.removal.kept import KeptRemovals

if TYPE_CHECKING:  # numpy, faiss and pydantic are loaded by the commands that need them, not by --help
    from assistant.assistant import Assistant
    from index.library import Library
    from index.models.encoder import Encoder, Vectors
    from index.settings import Settings

OpenEncoder = Callable[["Settings"], "Encoder"]


@dataclass(frozen=True, slots=True)
class LibraryOptions:
    """Options that name the library of a command, and the function that opens its encoder.

    Attributes:
        open_encoder: returns the encoder that the settings name.
        folder: the library's folder; that of the settings when None.
        no_records: True to create a new library without the founding records.
        user: the name of the user of the library who acts; None for nobody.
    """

    open_encoder: OpenEncoder
    folder: str | None
    no_records: bool
    user: str | None = None

    def read_settings(self) -> "Settings":
        """Return the settings, with the folder of the options.

        Raises:
            InputRefused: the environment holds an invalid setting.
        """
        from pydantic import ValidationError

        from assistant.commands.terminal.usage import wanted
        from index.settings import Settings

        try:
            return Settings() if self.folder is None else Settings(library=Path(self.folder).expanduser())
        except ValidationError as error:
            wrong = error.errors()[0]
            name = f"RAPPORTEUR_{'_'.join(map(str, wrong['loc']))}".upper()
            raise InputRefused(f"{name}={wrong['input']}: {wanted(wrong)}, or unset it") from error

    def open_library(self, needed_bytes: int = LIBRARY_BYTES) -> "Library":
        """Open the library; a new one indexes the founding records and shows its progress on stderr.

        Args:
            needed_bytes: the address space that the command needs.

        Raises:
            RapporteurError: the library or the model cannot be used.
        """
        settings = self.read_settings()
        self._check_memory(needed_bytes)
        from assistant.users.private_documents import for_users
        from index.library import library_exists, open_library

        encoder = self.open_encoder(settings)
        try:
            if not library_exists(self.folder or settings.library):
                if not self.no_records:
                    self._check_memory(MODELS_BYTES)
                if settings.model is None:
                    _report_weaker_model(encoder.name)
            with progress("Indexing the founding records", "passages") as show:
                library = open_library(self.folder, settings, encoder, founding=not self.no_records, progress=show)
        except OSError as error:
            why = error.strerror or str(error)
            raise InputRefused(
                f"{settings.library}: cannot be used ({why}); repair it or give another folder with --library"
            ) from error
        KeptRemovals(library.location).drop_old()
        return self._with_user(for_users(library))

    def _with_user(self, library: "Library") -> "Library":
        """Return a library for which the user of the options acts from now on.

        Raises:
            AccountRefused: there is no such user.
        """
        if self.user is not None:
            from assistant.users.accounts import found, user_of
            from assistant.users.current import act_as

            act_as(user_of(found(library.user_rows(), self.user)))
        return library

    def open_assistant(self) -> "Assistant":
        """Open the library like `open_library`, with what answers questions from it."""
        library = self.open_library(MODELS_BYTES)
        from assistant.assistant import Assistant

        return Assistant.open(library)

    def _check_memory(self, needed_bytes: int) -> None:
        if self.open_encoder is installed_encoder:  # another one states no need
            check_address_space(needed_bytes)


def _report_weaker_model(name: str) -> None:
    """Print on stderr that this platform has no package of the better model."""
    from index.models.minilm import NAME as MINILM

    if name == MINILM:
        complain(f"multilingual-e5-small has no package for this platform; {MINILM} is used, which knows English best")


def installed_encoder(settings: "Settings") -> "Encoder":
    """Return the installed encoder that the settings name; a missing one raises when it is used."""
    from index.errors import ModelMissing
    from index.models.registry import load_encoder

    try:
        return load_encoder(settings)
    except ModelMissing as missing:
        return _MissingEncoder(settings.model or "a packaged model", missing)


class _MissingEncoder:
    """Encoder of a model that is not installed: raises when it encodes, so that other commands still work."""

    def __init__(self, name: str, missing: Exception) -> None:
        self.name = name
        self._missing = missing

    def encode_passages(self, texts: object, progress: object = None) -> "Vectors":
        raise self._missing

    def encode_query(self, text: str) -> "Vectors":
        raise self._missing
