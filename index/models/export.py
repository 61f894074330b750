"""Export models of torch to OpenVINO, and prove that the exported model returns the same values."""

import errno
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.models.runtime import MODEL, TOKENIZER, ModelFacts, Runtime, RuntimeUnavailable, import_openvino, write_facts

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# Texts of different lengths, one longer than a model reads, in one batch and alone: each shape of input is compared.
SAMPLES = (
    "The ministers met.",
    "They agreed on a plan, " * 20,
    "They agreed on another plan, " * 120,
    "",
    "大臣会合はオンラインで開催された。",
)
# The largest difference between a value of the exported model and that of torch.
_TOLERANCE = 1e-3
# For a tokenizer that states no limit, which is a number too large for its library.
_MOST_TOKENS = 2**20


def export_encoder(model: "SentenceTransformer", folder: Path) -> None:
    """Export a sentence-transformers model whole, from the tokens of a text to its vector.

    Args:
        model: the model.
        folder: an empty folder, where model, tokenizer and facts are written.

    Raises:
        RuntimeUnavailable: the model cannot be exported, or the exported one returns other vectors.
    """
    import torch

    features = model.preprocess(list(SAMPLES))
    inputs = tuple(name for name in INPUTS if name in features)
    others = {name: value for name, value in features.items() if name not in inputs}

    class VectorGraph(torch.nn.Module):
        """The model as a function of its tensors alone."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> Any:
            return self.model({**dict(zip(inputs, tensors, strict=True)), **others})["sentence_embedding"]

    facts = ModelFacts(
        inputs=inputs,
        max_tokens=min(int(model.max_seq_length or model.tokenizer.model_max_length), _MOST_TOKENS),
        pad_id=int(model.tokenizer.pad_token_id or 0),
        prompts={"query": _prompt(model, "query"), "document": _prompt(model, "document", "passage", "corpus")},
        dimensions=int(model.get_embedding_dimension() or 0),
    )
    write_export(VectorGraph(), [features[name] for name in inputs], model.tokenizer, facts, folder)
    runtime = Runtime(folder)
    for role, encode in (("query", model.encode_query), ("document", model.encode_document)):
        texts = [facts.prompts[role] + text for text in SAMPLES]
        expected = encode(list(SAMPLES), show_progress_bar=False, convert_to_numpy=True)
        require_equal(runtime.run(texts), expected)
        require_equal(runtime.run(texts[:1]), expected[:1])


def write_export(
    module: "torch.nn.Module", example: Sequence["torch.Tensor"], tokenizer: Any, facts: ModelFacts, folder: Path
) -> None:
    """Write a module of torch, its tokenizer and its facts into a folder.

    Args:
        module: called with the tensors of `facts.inputs`; returns one tensor of shape (n, dimensions).
        example: these tensors for a batch of several texts.
        tokenizer: the fast tokenizer of the library transformers.
        facts: the facts about the model for its runtime.
        folder: an empty folder.

    Raises:
        RuntimeUnavailable: OpenVINO cannot convert the module, or the tokenizer has no file of its own.
    """
    import torch

    openvino = import_openvino()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    if not getattr(tokenizer, "is_fast", False):
        raise RuntimeUnavailable("its tokenizer cannot be saved as one file")
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
    try:
        openvino.save_model(converted, os.fspath(folder / MODEL), compress_to_fp16=False)
        tokenizer.backend_tokenizer.save(os.fspath(folder / TOKENIZER))
    except Exception as error:  # both libraries raise no OSError for a full disk
        raise OSError(errno.EIO, f"the model cannot be written: {error}") from error
    write_facts(folder, facts)


def require_equal(values: Any, expected: Any) -> None:
    """Check the values of an exported model against those of torch.

    Raises:
        RuntimeUnavailable: they differ in shape or by more than the tolerance.
    """
    if values.shape != expected.shape:
        raise RuntimeUnavailable(f"the exported model returns {values.shape} where torch returns {expected.shape}")
    if not (worst := float(np.abs(values - expected).max())) <= _TOLERANCE:  # a value that is no number differs, too
        raise RuntimeUnavailable(f"the exported model differs from torch by {worst:.3g}")


def _prompt(model: "SentenceTransformer", *names: str) -> str:
    """Return the prompt that the model has for the first of some names, or its default prompt."""
    chosen = next((name for name in names if model.prompts.get(name)), model.default_prompt_name)
    return (model.prompts.get(chosen) or "") if chosen else ""
