"""Ranker: a model that reads a question and a sentence together and scores how well the sentence answers it."""

import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.language.scripts import is_cjk
from index.models import minilm
from index.settings import Settings

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

Scores = NDArray[np.float32]
_TOKENS = 128
_BATCH = 16


class Ranker(Protocol):
    """A model that scores sentences for a question."""

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """Return the log-odds that each text is an answer: float32 of shape (n,), above 0 where it is likely."""
        ...

    def knows(self, question: str) -> bool:
        """Return True if the question is in a language that the ranker can read."""
        ...


class CrossEncoder:
    """The ranker that comes with Rapporteur: MiniLM with layers trained by `benchmarks.ranker_training.train`.

    Its word vectors are those of the package of all-MiniLM-L6-v2; only the layers are stored with the project, in fp16.

    Args:
        weights: the file of the layers.
    """

    def __init__(self, weights: Path) -> None:
        self._weights = weights
        self._loading = threading.Lock()

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """See `Ranker`."""
        import torch

        with self._loading:
            model, tokenizer = self._model_and_tokenizer
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        scores = np.zeros(len(texts), dtype=np.float32)
        with torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                encoded = tokenizer(
                    [question] * len(batch),
                    [texts[i] for i in batch],
                    truncation="longest_first",
                    max_length=_TOKENS,
                    padding=True,
                    return_tensors="pt",
                )
                scores[batch] = model(**encoded).logits[:, 0].numpy()
        return scores

    def knows(self, question: str) -> bool:
        """See `Ranker`. It was trained on English; Latin scripts share its word pieces, Japanese and Chinese do not."""
        return not any(is_cjk(character) for character in question)

    @cached_property
    def _model_and_tokenizer(self) -> "tuple[Any, PreTrainedTokenizerBase]":
        from safetensors.torch import load_file
        from transformers import AutoConfig, AutoTokenizer, BertForSequenceClassification

        folder = minilm.folder()
        model = BertForSequenceClassification(AutoConfig.from_pretrained(folder, num_labels=1))
        words = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
        layers = {name: weight.float() for name, weight in load_file(self._weights).items()}
        model.load_state_dict({**layers, "bert.embeddings.word_embeddings.weight": words})
        model.eval()  # type: ignore[no-untyped-call]
        return model, AutoTokenizer.from_pretrained(folder)


def load_ranker(settings: Settings) -> Ranker | None:
    """Return the ranker, which loads its weights at the first use; None when the settings switch it off."""
    weights = Path(str(files("index.models") / "ranker_weights" / "weights.safetensors"))
    return CrossEncoder(weights) if settings.ranker else None
