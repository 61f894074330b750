"""A ranker reads question and sentence together and says how well the one answers the other."""

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
    """A model that weighs sentences for a question."""

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """The log-odds that each text answers the question: float32 of shape (n,), above 0 where it is likely."""
        ...

    def knows(self, question: str) -> bool:
        """Whether the question is in a language that the ranker was trained on."""
        ...


class CrossEncoder:
    """The ranker that comes with Rapporteur: MiniLM's layers trained by `benchmarks.ranker_training.train`.

    Its word vectors are those of the packaged encoder, so only the layers are stored with the project (fp16).
    """

    def __init__(self, weights: Path) -> None:
        self._weights = weights
        self._loading = threading.Lock()

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """See `Ranker`."""
        import torch

        with self._loading:
            model, tokenizer = self._loaded
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
        """See `Ranker`. Trained on English; other Latin scripts share its word pieces, Japanese and Chinese do not."""
        return not any(is_cjk(character) for character in question)

    @cached_property
    def _loaded(self) -> "tuple[Any, PreTrainedTokenizerBase]":
        from safetensors.torch import load_file
        from transformers import AutoConfig, AutoTokenizer, BertForSequenceClassification

        folder = minilm.folder()
        model = BertForSequenceClassification(AutoConfig.from_pretrained(folder, num_labels=1))
        words = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
        own = {name: weight.float() for name, weight in load_file(self._weights).items()}
        model.load_state_dict({**own, "bert.embeddings.word_embeddings.weight": words})
        model.eval()  # type: ignore[no-untyped-call]
        return model, AutoTokenizer.from_pretrained(folder)


def load_ranker(settings: Settings) -> Ranker | None:
    """The ranker, loaded at its first use; None when the settings switch it off."""
    return (
        CrossEncoder(Path(str(files("index.models") / "ranker_weights" / "weights.safetensors")))
        if settings.ranker
        else None
    )
