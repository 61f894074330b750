"""The encoder from sentence-transformers: a packaged model, or any other by folder or name."""

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelMissing
from index.models import e5, minilm
from index.models.encoder import Encoder, Progress, Vectors, unit
from index.models.ensemble import Ensemble
from index.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32


class SentenceModel:
    """A sentence-transformers model, loaded at its first use and never from the network.

    Args:
        name: how the library is stamped.
        folder: where the model lies, or what puts it there at the first use.
        sha256: what its weights must hash to; unchecked when None.
    """

    def __init__(self, name: str, folder: Path | Callable[[], Path], sha256: str | None = None) -> None:
        self.name = name
        self._where = folder
        self._sha256 = sha256
        self._loading = threading.Lock()
        self._loaded: SentenceTransformer | None = None

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`. Texts are encoded in batches of like length, so that little is padded."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: list[Vectors] = []
        for start in range(0, len(order), _BATCH):
            rows.append(self._encode([texts[i] for i in order[start : start + _BATCH]], "document"))
            if progress:
                progress(min(start + _BATCH, len(order)), len(order))
        if not rows:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        vectors = np.concatenate(rows)
        back = np.empty_like(vectors)
        back[order] = vectors
        return back

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`."""
        vector: Vectors = self._encode([text], "query")[0]
        return vector

    @property
    def _dimensions(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def _encode(self, texts: list[str], role: str) -> Vectors:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        return unit(np.asarray(encode(texts, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)))

    @property
    def _model(self) -> "SentenceTransformer":
        with self._loading:  # several threads may ask at once; the model is loaded by the first
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> "SentenceTransformer":
        folder = self._where if isinstance(self._where, Path) else self._where()
        self._check_weights(folder)
        # A hub is never asked: the weights lie on this machine or the model is missing.
        os.environ.update(
            HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", TOKENIZERS_PARALLELISM="false"
        )
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": "float32"}
            )
        except Exception as error:  # the library raises many kinds for a folder that holds no model
            reason = " ".join(str(error).split())[:200]
            raise ModelMissing(
                f"{folder}: this is no sentence-transformers model ({reason}); name another with RAPPORTEUR_MODEL"
            ) from error

    def _check_weights(self, folder: Path) -> None:
        if self._sha256 is None:
            return
        weights = folder / "model.safetensors"
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != self._sha256:
            raise ModelMissing(
                f"{weights}: sha256 {found[:12]}... is not {self._sha256[:12]}...;"
                f" install the model again: {minilm.INSTALL}"
            )


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name, or the best that is packaged; nothing is loaded before its first use.

    Raises:
        ModelMissing: there is no such model on this machine.
    """
    if settings.model is None and settings.second_encoder_weight and e5.is_installed():
        packaged = (e5.NAME, minilm.NAME)
        first, second = (load_encoder(settings.model_copy(update={"model": name})) for name in packaged)
        return Ensemble(first, second, settings.second_encoder_weight)
    name = settings.model or (e5.NAME if e5.is_installed() else minilm.NAME)
    if name == minilm.NAME:
        return SentenceModel(minilm.NAME, minilm.folder(), minilm.SHA256)
    if name == e5.NAME and e5.is_installed():
        return SentenceModel(e5.NAME, e5.folder)
    folder = Path(os.path.expanduser(name))
    if os.path.isdir(folder):  # unlike Path.is_dir, it takes a name too long for a file as well
        return SentenceModel(str(folder.resolve()), folder)
    return SentenceModel(name, _from_cache(name))


def _from_cache(name: str) -> Path:
    """The folder of a model that a hub client has already put on this machine."""
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
