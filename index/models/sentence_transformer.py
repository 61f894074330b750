"""Encoder that runs any model of the library sentence-transformers, from a folder and never from the network."""

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.errors import ModelMissing
from index.models.encoder import Progress, Vectors, unit
from index.models.runtime import Runtime, RuntimeUnavailable, open_runtime

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
_LOG = logging.getLogger(__name__)


class SentenceModel:
    """A sentence-transformers model, loaded at its first use.

    Args:
        name: the name that libraries are stamped with.
        folder: the folder of the model, or a function that returns it and is called at the first use.
        sha256: the SHA-256 of its weights; not checked when None.
        install: the command that installs the model, for the message about other weights.
    """

    def __init__(
        self, name: str, folder: Path | Callable[[], Path], sha256: str | None = None, install: str = ""
    ) -> None:
        self.name = name
        self._folder = folder
        self._sha256 = sha256
        self._install = install
        self._loading = threading.Lock()
        self._loaded: _LoadedModel | None = None

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`. Texts are encoded in batches of similar length, which need little padding."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: list[Vectors] = []
        for start in range(0, len(order), _BATCH):
            rows.append(self._encode([texts[i] for i in order[start : start + _BATCH]], "document"))
            if progress:
                progress(min(start + _BATCH, len(order)), len(order))
        if not rows:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        vectors = np.empty((len(order), rows[0].shape[1]), dtype=np.float32)
        vectors[order] = np.concatenate(rows)
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`."""
        vector: Vectors = self._encode([text], "query")[0]
        return vector

    @property
    def _dimensions(self) -> int:
        return self._model.dimensions

    def _encode(self, texts: list[str], role: str) -> Vectors:
        return unit(self._model.encode(texts, role))

    @property
    def _model(self) -> "_LoadedModel":
        with self._loading:  # the first of several threads loads the model
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> "_LoadedModel":
        """Return the model exported to OpenVINO, or the model itself in torch where that is not possible."""
        folder = self._folder if isinstance(self._folder, Path) else self._folder()
        try:
            return _ExportedModel(open_runtime(self.name, (folder,), lambda target: self._export(folder, target)))
        except RuntimeUnavailable as error:
            _LOG.warning("The model %s runs in torch, which is slower: %s", self.name, error)
            return _TorchModel(self._load_torch(folder))

    def _export(self, folder: Path, target: Path) -> None:
        from index.models.export import export_encoder

        export_encoder(self._load_torch(folder), target)

    def _load_torch(self, folder: Path) -> "SentenceTransformer":
        self._check_weights(folder)
        # The libraries must not look for the model, or for a newer one, on the network.
        os.environ.update(
            HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", TOKENIZERS_PARALLELISM="false"
        )
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        try:
            return SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": "float32"}
            )
        except Exception as error:  # the library raises many types for a folder without a model
            reason = " ".join(str(error).split())[:200]
            raise ModelMissing(
                f"{folder}: this is no sentence-transformers model ({reason}); name another with RAPPORTEUR_MODEL"
            ) from error

    def _check_weights(self, folder: Path) -> None:
        if self._sha256 is None:
            return
        weights = folder / "model.safetensors"
        with weights.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if sha256 != self._sha256:
            raise ModelMissing(
                f"{weights}: sha256 {sha256[:12]}... is not {self._sha256[:12]}...;"
                f" install the model again: {self._install}"
            )


class _LoadedModel(Protocol):
    """A model in memory."""

    @property
    def dimensions(self) -> int:
        """The number of values of a vector."""
        ...

    def encode(self, texts: list[str], role: str) -> Any:
        """Return the vectors of texts of a role, "query" or "document", as one batch."""
        ...


class _ExportedModel:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.dimensions = runtime.facts.dimensions

    def encode(self, texts: list[str], role: str) -> Any:
        prompt = self._runtime.facts.prompts[role]
        return self._runtime.run([prompt + text for text in texts])


class _TorchModel:
    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model
        self.dimensions = int(model.get_embedding_dimension() or 0)

    def encode(self, texts: list[str], role: str) -> Any:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        return np.asarray(encode(texts, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True))
