"""Ranker: a model that reads a question and a sentence together and scores how well the sentence answers it."""

import logging
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.language.scripts import is_cjk
from index.models import minilm
from index.models.bert import INPUTS, bert_graph
from index.models.compiled import RuntimeUnavailable
from index.models.runtime import ModelFacts, Runtime, input_arrays, open_runtime, save_export
from index.models.tokenizer import Tokens, load_tokenizer
from index.settings import Settings

Scores = NDArray[np.float32]
Pairs = Sequence[tuple[str, str]]
_FACTS = ModelFacts(INPUTS, max_tokens=128, pad_id=0, prompts={}, dimensions=1)
_LOG = logging.getLogger(__name__)


class Ranker(Protocol):
    """A model that scores sentences for a question."""

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """Return the log-odds that each text is an answer: float32 of shape (n,), above 0 where it is likely."""
        ...

    def knows(self, question: str) -> bool:
        """Return True if the question is in a language that the ranker can read."""
        ...


class CrossEncoder:
    """The ranker that comes with Rapporteur: MiniLM with layers trained by `benchmarks.ranker_training`.

    Its word vectors are those of the package of all-MiniLM-L6-v2; only the layers are stored with the project, in fp16.

    Args:
        weights: the file of the layers.
    """

    def __init__(self, weights: Path) -> None:
        self._weights = weights
        self._loading = threading.Lock()

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """See `Ranker`."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        with self._loading:
            runtime = self._runtime
        outputs = runtime.run_together(runtime.tokenize([(question, text) for text in texts]))
        return np.array(outputs, dtype=np.float32).reshape(len(texts))

    def knows(self, question: str) -> bool:
        """See `Ranker`. It was trained on English; Latin scripts share its word pieces, Japanese and Chinese do not."""
        return not any(is_cjk(character) for character in question)

    @cached_property
    def _runtime(self) -> "Runtime | _TorchRanker":
        try:
            return open_runtime("ranker", (self._weights, minilm.folder()), self._export)
        except RuntimeUnavailable as error:
            _LOG.warning("The ranker runs in torch, which is slower: %s", error)
            return _TorchRanker(self._weights)

    def _export(self, target: Path) -> None:
        from safetensors.numpy import load_file

        words = minilm.read_weights()[minilm.WORDS]
        layers = {name.removeprefix("bert."): weight for name, weight in load_file(self._weights).items()}
        graph = bert_graph(layers, words, minilm.HEADS, minilm.EPSILON, logits=True)
        save_export(graph, minilm.copy_tokenizer, _FACTS, target)


class _TorchRanker:
    """The ranker in torch, with the interface of `Runtime`."""

    def __init__(self, weights: Path) -> None:
        from safetensors.torch import load_file
        from transformers import AutoConfig, BertForSequenceClassification
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        folder = minilm.checked_folder()
        self._model = BertForSequenceClassification(AutoConfig.from_pretrained(folder, num_labels=1))
        words = load_file(folder / "model.safetensors")[minilm.WORDS]
        layers = {name: weight.float() for name, weight in load_file(weights).items()}
        self._model.load_state_dict({**layers, f"bert.{minilm.WORDS}": words})
        self._model.eval()  # type: ignore[no-untyped-call]
        self._tokenizer = load_tokenizer(folder, _FACTS.max_tokens)

    def tokenize(self, texts: Pairs) -> list[Tokens]:
        """See `Runtime`."""
        return self._tokenizer.encode(texts)

    def run_together(self, tokens: Sequence[Tokens]) -> Scores:
        """See `Runtime`; the texts are one batch."""
        import torch

        tensors = map(torch.from_numpy, input_arrays(tokens, _FACTS))
        with torch.inference_mode():
            logits: Scores = self._model(**dict(zip(_FACTS.inputs, tensors, strict=True))).logits.numpy()
        return logits


def load_ranker(settings: Settings) -> Ranker | None:
    """Return the ranker, which loads its weights at the first use; None when the settings switch it off."""
    return CrossEncoder(weights_file()) if settings.ranker else None


def weights_file() -> Path:
    """Return the file of the ranker's layers."""
    return Path(str(files("index.models") / "ranker_weights" / "weights.safetensors"))
