"""Build the graph of a BERT encoder for OpenVINO from its weights, without torch."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.models.compiled import import_openvino

Weights = Mapping[str, NDArray[Any]]
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_LARGE_NEGATIVE = -1e9  # added to the score of a token that is padding, so that no attention goes to it


@dataclass(frozen=True, slots=True)
class WordVectors:
    """The word vectors of a model as small integers with scales, which stay small in memory.

    Attributes:
        values: int8 of shape (words, d).
        scales: float32 of shape (words, d / n): the scale of each run of n values.
    """

    values: NDArray[np.int8]
    scales: NDArray[np.float32]

    def floats(self) -> NDArray[np.float32]:
        """Return the vectors as float32 of shape (words, d)."""
        runs = self.values.shape[1] // self.scales.shape[1]
        return self.values.astype(np.float32) * np.repeat(self.scales, runs, axis=1)


def bert_graph(
    weights: Weights, words: WordVectors | NDArray[np.float32], heads: int, epsilon: float, logits: bool = False
) -> Any:
    """Return the model of OpenVINO of a BERT encoder (Devlin et al., NAACL 2019).

    Its inputs are "input_ids", "attention_mask" and "token_type_ids", int64 of shape (n, tokens). It returns the states
    of the tokens, float32 of shape (n, tokens, d), or with `logits` the classifier's values, float32 of shape
    (n, classes).

    Args:
        weights: the weights by the names of the library transformers, without the prefix "bert.".
        words: the word vectors.
        heads: number of attention heads.
        epsilon: added to the variance in layer normalisation.
        logits: return the values of the classifier instead of the states.
    """
    openvino = import_openvino()
    graph = _Graph(weights, heads, epsilon)
    ops = graph.ops
    inputs = {name: ops.parameter([-1, -1], np.int64, name=name) for name in INPUTS}
    states = graph.embed(words, inputs["input_ids"], inputs["token_type_ids"])
    mask = graph.attention_mask(inputs["attention_mask"])
    layers = itertools.takewhile(lambda n: f"encoder.layer.{n}.output.dense.weight" in weights, itertools.count())
    *before, last = (f"encoder.layer.{number}." for number in layers)
    for name in before:
        states = graph.layer(name, states, states, mask)
    # The classifier reads the first token alone, so the last layer need not compute the others.
    states = graph.layer(last, graph.first_token(states) if logits else states, states, mask)
    if logits:
        states = graph.classify(states)
    return openvino.Model([states], list(inputs.values()))


class _Graph:
    """Makes the operations of a BERT encoder; each method returns an operation."""

    def __init__(self, weights: Weights, heads: int, epsilon: float) -> None:
        from openvino import opset13

        self.ops: Any = opset13
        self._weights = weights
        self._heads = heads
        self._epsilon = epsilon

    def embed(self, words: WordVectors | NDArray[np.float32], ids: Any, types: Any) -> Any:
        """Return the sum of the vectors of words, positions and types, normalised."""
        ops = self.ops
        length = ops.gather(ops.shape_of(ids), ops.constant(1), ops.constant(0))
        positions = ops.range(ops.constant(0, np.int64), length, ops.constant(1, np.int64), "i64")
        total = ops.add(
            ops.add(self._word_vectors(words, ids), self._rows("embeddings.token_type_embeddings.weight", types)),
            self._rows("embeddings.position_embeddings.weight", positions),
        )
        return self._normalise(total, "embeddings.LayerNorm")

    def attention_mask(self, mask: Any) -> Any:
        """Return what is added to the scores of attention: 0 for a token, a large negative number for padding."""
        ops = self.ops
        padding = ops.subtract(ops.constant(np.float32(1)), ops.convert(mask, "f32"))
        return ops.unsqueeze(ops.multiply(padding, ops.constant(np.float32(_LARGE_NEGATIVE))), ops.constant([1, 2]))

    def first_token(self, states: Any) -> Any:
        """Return the states of the first token of each text, shape (n, 1, d)."""
        return self.ops.gather(states, self.ops.constant([0]), self.ops.constant(1))

    def layer(self, name: str, states: Any, attended: Any, mask: Any) -> Any:
        """Return the states behind one layer; each attends to all `attended` states."""
        ops = self.ops
        parts = (("query", states), ("key", attended), ("value", attended))
        query, key, value = (self._split_heads(self._dense(of, f"{name}attention.self.{part}")) for part, of in parts)
        heads = ops.scaled_dot_product_attention(query, key, value, mask)
        joined = ops.reshape(ops.transpose(heads, ops.constant([0, 2, 1, 3])), ops.constant([0, 0, -1]), True)
        states = self._normalise(
            ops.add(states, self._dense(joined, f"{name}attention.output.dense")), f"{name}attention.output.LayerNorm"
        )
        inner = ops.gelu(self._dense(states, f"{name}intermediate.dense"), "erf")
        return self._normalise(ops.add(states, self._dense(inner, f"{name}output.dense")), f"{name}output.LayerNorm")

    def classify(self, states: Any) -> Any:
        """Return the classifier's values for the states of the first token, behind the pooler."""
        ops = self.ops
        first = ops.squeeze(states, ops.constant(1))
        return self._dense(ops.tanh(self._dense(first, "pooler.dense")), "classifier")

    def _word_vectors(self, words: WordVectors | NDArray[np.float32], ids: Any) -> Any:
        ops, rows = self.ops, self.ops.constant(0)
        if not isinstance(words, WordVectors):
            return ops.gather(ops.constant(words), ids, rows)
        values = ops.convert(ops.gather(ops.constant(words.values), ids, rows), "f32")
        scales = ops.gather(ops.constant(words.scales), ids, rows)
        runs = words.scales.shape[1]
        parts = ops.reshape(values, ops.constant([0, 0, runs, words.values.shape[1] // runs]), True)
        scaled = ops.multiply(parts, ops.unsqueeze(scales, ops.constant(3)))
        return ops.reshape(scaled, ops.constant([0, 0, words.values.shape[1]]), True)

    def _rows(self, name: str, ids: Any) -> Any:
        return self.ops.gather(self._constant(name), ids, self.ops.constant(0))

    def _dense(self, states: Any, name: str) -> Any:
        product = self.ops.matmul(states, self._constant(f"{name}.weight"), False, True)
        return self.ops.add(product, self._constant(f"{name}.bias"))

    def _normalise(self, states: Any, name: str) -> Any:
        ops = self.ops
        normal = ops.mvn(states, ops.constant([-1]), True, self._epsilon, "inside_sqrt")
        return ops.add(ops.multiply(normal, self._constant(f"{name}.weight")), self._constant(f"{name}.bias"))

    def _split_heads(self, states: Any) -> Any:
        ops = self.ops
        parts = ops.reshape(states, ops.constant([0, 0, self._heads, -1]), True)
        return ops.transpose(parts, ops.constant([0, 2, 1, 3]))

    def _constant(self, name: str) -> Any:
        return self.ops.constant(np.ascontiguousarray(self._weights[name], dtype=np.float32))
