"""Ranker: a model that reads a question and a sentence together and scores how well the sentence answers it."""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.language.scripts import is_cjk
from index.models import minilm
from index.models.runtime import ModelFacts, Runtime, RuntimeUnavailable, open_runtime
from index.settings import Settings

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

Scores = NDArray[np.float32]
Pairs = Sequence[tuple[str, str]]
_TOKENS = 128
_BATCH = 16
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
        with self._loading:
            logits = self._logits
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        scores = np.zeros(len(texts), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            scores[batch] = logits([(question, texts[i]) for i in batch])
        return scores

    def knows(self, question: str) -> bool:
        """See `Ranker`. It was trained on English; Latin scripts share its word pieces, Japanese and Chinese do not."""
        return not any(is_cjk(character) for character in question)

    @cached_property
    def _logits(self) -> Callable[[Pairs], Scores]:
        """Return the function that scores pairs: exported to OpenVINO, or in torch where that is not possible."""
        try:
            runtime = open_runtime("ranker", (self._weights, minilm.folder()), self._export)
        except RuntimeUnavailable as error:
            _LOG.warning("The ranker runs in torch, which is slower: %s", error)
            return partial(_torch_logits, *self._load_torch())
        return lambda pairs: runtime.run(pairs)[:, 0]

    def _export(self, target: Path) -> None:
        import torch

        from index.models.export import INPUTS, SAMPLES, require_equal, write_export

        model, tokenizer = self._load_torch()

        class LogitGraph(torch.nn.Module):
            """The model as a function of its tensors alone."""

            def __init__(self) -> None:
                super().__init__()
                self.model = model

            def forward(self, *tensors: torch.Tensor) -> Any:
                return self.model(**dict(zip(INPUTS, tensors, strict=True))).logits

        pairs = [("Where did they meet?", text) for text in SAMPLES]
        encoded = _encoded(tokenizer, pairs)
        facts = ModelFacts(INPUTS, _TOKENS, int(tokenizer.pad_token_id or 0), {}, 1)
        write_export(LogitGraph(), [encoded[name] for name in INPUTS], tokenizer, facts, target)
        runtime = Runtime(target)
        require_equal(runtime.run(pairs)[:, 0], _torch_logits(model, tokenizer, pairs))
        require_equal(runtime.run(pairs[:1])[:, 0], _torch_logits(model, tokenizer, pairs[:1]))

    def _load_torch(self) -> "tuple[Any, PreTrainedTokenizerBase]":
        from safetensors.torch import load_file
        from transformers import AutoConfig, AutoTokenizer, BertForSequenceClassification
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        folder = minilm.folder()
        model = BertForSequenceClassification(AutoConfig.from_pretrained(folder, num_labels=1))
        words = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
        layers = {name: weight.float() for name, weight in load_file(self._weights).items()}
        model.load_state_dict({**layers, "bert.embeddings.word_embeddings.weight": words})
        model.eval()  # type: ignore[no-untyped-call]
        return model, AutoTokenizer.from_pretrained(folder)


def _torch_logits(model: Any, tokenizer: "PreTrainedTokenizerBase", pairs: Pairs) -> Scores:
    import torch

    with torch.inference_mode():
        logits: Scores = model(**_encoded(tokenizer, pairs)).logits[:, 0].numpy()
    return logits


def _encoded(tokenizer: "PreTrainedTokenizerBase", pairs: Pairs) -> Any:
    questions, texts = zip(*pairs, strict=True)
    return tokenizer(
        list(questions),
        list(texts),
        truncation="longest_first",
        max_length=_TOKENS,
        padding=True,
        return_tensors="pt",
    )


def load_ranker(settings: Settings) -> Ranker | None:
    """Return the ranker, which loads its weights at the first use; None when the settings switch it off."""
    weights = Path(str(files("index.models") / "ranker_weights" / "weights.safetensors"))
    return CrossEncoder(weights) if settings.ranker else None
