"""Run models of sentence-transformers in torch, and export them to OpenVINO."""

import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing
from index.models.compiled import RuntimeUnavailable, import_openvino
from index.models.runtime import ModelFacts, input_arrays, save_export
from index.models.tokenizer import TOKENIZER_FILE, HuggingFace, Tokens

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# Texts of different lengths, one longer than a model reads: an export is compared with torch on them.
SAMPLES = (
    "The ministers met.",
    "They agreed on a plan, " * 20,
    "They agreed on another plan, " * 120,
    "",
    "大臣会合はオンラインで開催された。",
)
# For a tokenizer that states no limit, which is a number too large for its library.
_MOST_TOKENS = 2**20


def load_torch(folder: Path) -> "SentenceTransformer":
    """Return the model of a folder in torch.

    Raises:
        ModelMissing: the folder holds no such model.
    """
    # The libraries must not look for the model, or for a newer one, on the network.
    os.environ.update(
        HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", TOKENIZERS_PARALLELISM="false"
    )
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": "float32"})
    except Exception as error:  # the library raises many types for a folder without a model
        reason = " ".join(str(error).split())[:200]
        raise ModelMissing(
            f"{folder}: this is no sentence-transformers model ({reason}); name another with RAPPORTEUR_MODEL"
        ) from error


class TorchRuntime:
    """A sentence-transformers model in torch, with the interface of `Runtime`.

    Raises:
        RuntimeUnavailable: the model is not made of a transformer with a fast tokenizer.
    """

    def __init__(self, model: "SentenceTransformer") -> None:
        try:
            self._read(model)
        except Exception as error:  # the parts of a model are classes of any kind
            reason = " ".join(str(error).split())[:200]
            raise RuntimeUnavailable(f"it is not made of a transformer with a fast tokenizer ({reason})") from error

    def _read(self, model: "SentenceTransformer") -> None:
        features = model.preprocess(list(SAMPLES))
        names = [type(module).__name__ for module in model]
        pooling = model[1] if names in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) else None
        self.facts = ModelFacts(
            inputs=tuple(name for name in _INPUTS if name in features),
            max_tokens=min(int(model.max_seq_length or model.tokenizer.model_max_length), _MOST_TOKENS),
            pad_id=int(model.tokenizer.pad_token_id or 0),
            prompts={"query": _prompt(model, "query"), "document": _prompt(model, "document", "passage", "corpus")},
            dimensions=int(model.get_embedding_dimension() or 0),
            returns_tokens=bool(pooling and pooling.pooling_mode == "mean" and pooling.include_prompt),
        )
        self.graph = _graph(model, self.facts, {k: v for k, v in features.items() if k not in self.facts.inputs})
        self._tokenizer = HuggingFace(model.tokenizer.backend_tokenizer.to_str(), self.facts.max_tokens)

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """See `Runtime`."""
        return self._tokenizer.encode(texts)

    def run(self, tokens: Sequence[Tokens]) -> NDArray[np.float32]:
        """See `Runtime`."""
        import torch

        with torch.inference_mode():
            output = self.graph(*map(torch.from_numpy, input_arrays(tokens, self.facts)))
        values: NDArray[np.float32] = output.float().numpy()
        return values

    def run_together(self, tokens: Sequence[Tokens]) -> list[NDArray[np.float32]]:
        """See `Runtime`; the texts are one batch."""
        return list(self.run(tokens))


def export_encoder(model: "SentenceTransformer", folder: Path) -> None:
    """Export a sentence-transformers model, from the tokens of a text to its vector or to the vectors of the tokens.

    Args:
        model: the model.
        folder: an empty folder, where model, tokenizer and facts are written.

    Raises:
        RuntimeUnavailable: the model cannot be exported.
    """
    import torch

    in_torch = TorchRuntime(model)
    example = [torch.from_numpy(array) for array in input_arrays(in_torch.tokenize(SAMPLES), in_torch.facts)]
    tokenizer = model.tokenizer.backend_tokenizer
    save_export(
        _convert(in_torch.graph, example),
        lambda target: tokenizer.save(os.fspath(target / TOKENIZER_FILE)),
        in_torch.facts,
        folder,
    )


def _convert(module: "torch.nn.Module", example: Sequence["torch.Tensor"]) -> Any:
    """Return a module of torch as a model of OpenVINO.

    Raises:
        RuntimeUnavailable: OpenVINO cannot convert it.
    """
    import torch

    openvino = import_openvino()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    try:
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # tracing warns of each condition on a shape; the samples are compared
            traced = torch.jit.trace(module.eval(), tuple(example), check_trace=False)  # type: ignore[no-untyped-call]
            # The decoder is named because OpenVINO reads it later and does not keep it alive.
            decoder = TorchScriptPythonDecoder(traced, example_input=tuple(example))
            frontend = FrontEndManager().load_by_framework("pytorch")
            converted = frontend.convert(frontend.load(decoder))
        converted.reshape({node: openvino.PartialShape([-1, -1]) for node in converted.inputs})
    except Exception as error:  # tracing runs the code of any model
        reason = " ".join(str(error).split())[:200]
        raise RuntimeUnavailable(f"OpenVINO cannot convert it ({reason})") from error
    return converted


def _graph(model: "SentenceTransformer", facts: ModelFacts, others: Mapping[str, Any]) -> "torch.nn.Module":
    """Return the model as a function of its tensors alone."""
    import torch

    class TensorGraph(torch.nn.Module):
        """A model as a function of its tensors alone."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> Any:
            features = {**dict(zip(facts.inputs, tensors, strict=True)), **others}
            return self.model(features)["token_embeddings" if facts.returns_tokens else "sentence_embedding"]

    return TensorGraph()


def _prompt(model: "SentenceTransformer", *names: str) -> str:
    """Return the prompt that the model has for the first of some names, or its default prompt."""
    chosen = next((name for name in names if model.prompts.get(name)), model.default_prompt_name)
    return (model.prompts.get(chosen) or "") if chosen else ""
