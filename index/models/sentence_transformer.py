"""Encoder that runs any model of the library sentence-transformers, from a folder and never from the network."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.span import Span
from index.models.compiled import AT_ONCE, RuntimeUnavailable
from index.models.encoder import Progress, Vectors, encode_sentences_apart, unit
from index.models.runtime import ModelFacts, Runtime, open_runtime
from index.models.tokenizer import Tokens

# Tokens of a batch, padding included: more are no faster, and a question asked meanwhile waits for one batch.
_BATCH_TOKENS = 1024
# Texts that are cut into tokens at once.
_TOKENIZED = 256
# The least cosine of a vector of the exported model and that of torch; in bf16 it is 0.9999.
_LEAST_COSINE = 0.999
_LOG = logging.getLogger(__name__)


class SentenceModel:
    """A sentence-transformers model, loaded at its first use.

    Where the vector of a text is the mean of its tokens' vectors, those of its sentences are means of their tokens in
    the same pass: late chunking (Günther et al., "Late Chunking: Contextual Chunk Embeddings Using Long-Context
    Embedding Models", 2024).

    Args:
        name: the name that libraries are stamped with.
        folder: the folder of the model, or a function that returns it and is called when the model runs in torch.
        sources: the files or folders whose change makes an export stale; the folder when empty.
        export: writes the model for `Runtime` into an empty folder; torch makes it when None.
    """

    def __init__(
        self,
        name: str,
        folder: Path | Callable[[], Path],
        sources: Sequence[Path] = (),
        export: Callable[[Path], None] | None = None,
    ) -> None:
        self.name = name
        self._folder = folder
        self._sources = sources
        self._export = export or self._export_from_torch
        self._loading = threading.Lock()
        self._loaded: _LoadedModel | _TorchEncoder | None = None

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        if isinstance(model := self._model, _TorchEncoder):
            return model.encode_passages(texts, progress)
        return self._encode(model, texts, "document", [()] * len(texts), progress)[0]

    def encode_sentences(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], progress: Progress | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """See `SentenceEncoder`. A sentence behind the last token that the model reads is encoded apart."""
        if isinstance(model := self._model, _TorchEncoder) or not model.facts.returns_tokens:
            return encode_sentences_apart(self, texts, sentences, progress)
        vectors, of_sentences = self._encode(model, texts, "document", sentences, progress)
        unread = [(i, row) for i, rows in enumerate(of_sentences) for row in np.flatnonzero(~rows.any(axis=1)).tolist()]
        apart = self.encode_passages(
            [texts[i][: sentences[i][0].start] + sentences[i][row].of(texts[i]) for i, row in unread]
        )
        for (i, row), vector in zip(unread, apart, strict=True):
            of_sentences[i][row] = vector
        return vectors, of_sentences

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`. Queries of several threads are encoded together."""
        if isinstance(model := self._model, _TorchEncoder):
            return model.encode_query(text)
        (tokens,) = model.tokenize([model.facts.prompts["query"] + text])
        (output,) = model.run_together([tokens])
        return unit(output[: len(tokens.ids)].mean(axis=0) if model.facts.returns_tokens else output)

    def _encode(
        self,
        model: "_LoadedModel",
        texts: Sequence[str],
        role: str,
        sentences: Sequence[Sequence[Span]],
        progress: Progress | None = None,
    ) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of texts and of their sentences; zeros for a sentence without a token."""
        prompt = model.facts.prompts[role]
        shape = len(texts), model.facts.dimensions
        vectors = np.zeros(shape, dtype=np.float32)
        of_sentences = [np.zeros((len(spans), shape[1]), dtype=np.float32) for spans in sentences]
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        done = 0
        for start in range(0, len(order), _TOKENIZED):
            numbers = order[start : start + _TOKENIZED]
            tokens = dict(zip(numbers, model.tokenize([prompt + texts[i] for i in numbers]), strict=True))
            for batch, outputs in self._outputs(model, tokens):
                for i, output in zip(batch, outputs, strict=True):
                    if model.facts.returns_tokens:
                        states = output[: len(tokens[i].ids)]
                        vectors[i] = states.mean(axis=0)
                        of_sentences[i][:] = _sentence_means(states, tokens[i], sentences[i], len(prompt))
                    else:
                        vectors[i] = output
                done += len(batch)
                if progress:
                    progress(done, len(order))
        return unit(vectors), [unit(rows) for rows in of_sentences]

    def _outputs(
        self, model: "_LoadedModel", tokens: Mapping[int, Tokens]
    ) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Yield the numbers of the texts of each batch and the model's output for it, several batches at a time."""
        batches = list(_batches(tokens))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            outputs = pool.map(lambda batch: model.run([tokens[i] for i in batch]), batches)
            yield from zip(batches, outputs, strict=True)

    @property
    def _model(self) -> "_LoadedModel | _TorchEncoder":
        with self._loading:  # the first of several threads loads the model
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> "_LoadedModel | _TorchEncoder":
        """Return the model exported to OpenVINO, or the model itself in torch where that is not possible."""
        try:
            return open_runtime(self.name, self._sources or (self._model_folder(),), self._export)
        except RuntimeUnavailable as error:
            _LOG.warning("The model %s runs in torch, which is slower: %s", self.name, error)
            from index.models.export import TorchRuntime, load_torch

            model = load_torch(self._model_folder())
            with suppress(RuntimeUnavailable):  # it is encoded by its own library then
                runtime = TorchRuntime(model)
                return runtime if runtime.facts.returns_tokens else _TorchEncoder(model)
            return _TorchEncoder(model)

    def _export_from_torch(self, target: Path) -> None:
        """Export the model, and check that the exported one gives the vectors of sentence-transformers."""
        from index.models.export import SAMPLES, export_encoder, load_torch

        model = load_torch(self._model_folder())
        export_encoder(model, target)
        exported = SentenceModel(self.name, self._folder)
        exported._loaded = Runtime(target)
        _require_alike(
            exported.encode_passages(SAMPLES),
            model.encode_document(list(SAMPLES), show_progress_bar=False, convert_to_numpy=True),
        )
        queries = np.array([exported.encode_query(text) for text in SAMPLES])
        _require_alike(queries, model.encode_query(list(SAMPLES), show_progress_bar=False, convert_to_numpy=True))

    def _model_folder(self) -> Path:
        return self._folder if isinstance(self._folder, Path) else self._folder()


class _TorchEncoder:
    """A model in torch of any kind, encoded by sentence-transformers itself."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode_passages(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        """See `Encoder`."""
        if not texts:
            return np.zeros((0, int(self._model.get_embedding_dimension() or 0)), dtype=np.float32)
        vectors = self._model.encode_document(list(texts), show_progress_bar=False, convert_to_numpy=True)
        if progress:
            progress(len(texts), len(texts))
        return unit(vectors)

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`."""
        return unit(self._model.encode_query(text, show_progress_bar=False, convert_to_numpy=True))


class _LoadedModel(Protocol):
    """A model in memory, in OpenVINO or in torch; see `Runtime`."""

    facts: ModelFacts

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of texts."""
        ...

    def run(self, tokens: Sequence[Tokens]) -> NDArray[np.float32]:
        """Return the model's output for texts in one batch."""
        ...

    def run_together(self, tokens: Sequence[Tokens]) -> Sequence[NDArray[np.float32]]:
        """Return the model's output for each text, computed in batches with those of other threads."""
        ...


def _batches(tokens: Mapping[int, Tokens]) -> Iterator[list[int]]:
    """Yield the numbers of texts in batches of similar length, which need little padding."""
    batch: list[int] = []
    for number in sorted(tokens, key=lambda i: len(tokens[i].ids)):
        if batch and len(tokens[number].ids) * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _sentence_means(states: Vectors, tokens: Tokens, sentences: Sequence[Span], before: int) -> Vectors:
    """Return the vectors of sentences, float32 of shape (sentences, d); zeros for a sentence without a token.

    The vector of a sentence is the mean of the states of its own tokens, of those before the first sentence, which are
    the prompt and the headings, and of the special tokens.

    Args:
        states: the state of each token, float32 of shape (tokens, d).
        tokens: the tokens of the text behind its prompt.
        sentences: the positions of the sentences in the text.
        before: number of characters of the prompt.
    """
    starts, ends = np.array(tokens.offsets).T
    shared = ends <= before + (sentences[0].start if sentences else 0)
    means = np.zeros((len(sentences), states.shape[1]), dtype=np.float32)
    for row, span in enumerate(sentences):
        own = (ends > before + span.start) & (starts < before + span.end)
        if own.any():
            means[row] = states[own | shared].mean(axis=0)
    return means


def _require_alike(vectors: Vectors, expected: Vectors) -> None:
    """Check the vectors of an exported model against those of sentence-transformers.

    Raises:
        RuntimeUnavailable: their shapes differ, or a cosine is too small.
    """
    if vectors.shape != expected.shape:
        raise RuntimeUnavailable(f"the exported model returns {vectors.shape} where torch returns {expected.shape}")
    least = float((vectors * unit(expected)).sum(axis=1).min())
    if not least >= _LEAST_COSINE:  # a value that is no number fails, too
        raise RuntimeUnavailable(f"the exported model differs from torch: a cosine of {least:.4f}")
