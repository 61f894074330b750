"""The encoders that come with Rapporteur, one row each, and `load_encoder`, which opens the one that the settings name.

CONTRIBUTING.md describes how to add one.
"""

import os
from pathlib import Path
from typing import Protocol

from index.errors import ModelMissing
from index.models import e5, minilm
from index.models.encoder import Encoder
from index.models.ensemble import Ensemble
from index.models.sentence_transformer import SentenceModel
from index.settings import Settings


class PackagedEncoder(Protocol):
    """An encoder whose weights are in a Python package; a module with these names is one.

    Attributes:
        NAME: the value of `RAPPORTEUR_MODEL` that names it.
        ENGLISH_ONLY: True if it was trained on English alone; the reply to a question in another language says so.
    """

    NAME: str
    ENGLISH_ONLY: bool

    def is_installed(self) -> bool:
        """Return True if the package with the weights is on this machine."""
        ...

    def load(self) -> Encoder:
        """Return the encoder; its weights are loaded at the first use.

        Raises:
            ModelMissing: its package is not installed.
        """
        ...


PACKAGED: dict[str, PackagedEncoder] = {e5.NAME: e5, minilm.NAME: minilm}


def load_encoder(settings: Settings) -> Encoder:
    """Return the encoder that the settings name, or the default; its weights are loaded at the first use.

    Raises:
        ModelMissing: the model is not on this machine.
    """
    if settings.model is None:
        return _default(settings.second_encoder_weight)
    if settings.model in PACKAGED:
        return PACKAGED[settings.model].load()
    folder = Path(os.path.expanduser(settings.model))
    if os.path.isdir(folder):  # unlike Path.is_dir, it accepts a name that is too long for a file
        return SentenceModel(str(folder.resolve()), folder)
    return SentenceModel(settings.model, _cached_folder(settings.model))


def _default(second_weight: float) -> Encoder:
    """Return multilingual-e5-small together with all-MiniLM-L6-v2, or the one of them that is installed."""
    if not e5.is_installed():
        return minilm.load()
    return Ensemble(e5.load(), minilm.load(), second_weight) if second_weight else e5.load()


def _cached_folder(name: str) -> Path:
    """Return the folder of a model that a hub client has downloaded to this machine before."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError):
            continue
    raise ModelMissing(
        f"no model {name!r} on this machine: give a folder, download it with a hub client first,"
        " or leave RAPPORTEUR_MODEL unset for the packaged one"
    )
