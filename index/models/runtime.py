"""Run transformer models with OpenVINO: exported once to the user's cache, loaded from there without torch."""

import errno
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from index.models.batching import Batcher
from index.models.compiled import AT_ONCE, MODEL, RuntimeUnavailable, compile_model, import_openvino, save_compiled
from index.models.file_hashes import folder_hashes
from index.models.tokenizer import Tokens, load_tokenizer

_MANIFEST = "manifest.json"
# In the folder of a model that could not be exported: the reason, so that it is not tried at each start.
_REASON = "unavailable.txt"
# Increase it when an export is made differently: the folders of earlier ones are then not used any more.
_EXPORT_VERSION = 4
TEMPORARY = ".export-"
# A model that could not be exported is tried again after a day: the cause may be gone, such as too little memory.
_REASON_SECONDS = 24 * 3600
# Texts of a batch that several threads share: more are no faster.
_MOST_TOGETHER = 4
_UNUSED_SECONDS = 30 * 24 * 3600
_HALF_WRITTEN_SECONDS = 24 * 3600
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """Facts about a model that its runtime needs beside the files.

    Attributes:
        inputs: the inputs of the model in their order: "input_ids", "attention_mask" and perhaps "token_type_ids".
        max_tokens: the most tokens of a text, or of a pair of texts; longer ones are cut.
        pad_id: the token that fills the shorter texts of a batch.
        prompts: the words before each text, by the role of the text.
        dimensions: the number of values that the model returns for a text or a token.
        returns_tokens: True if the model returns a vector for each token, whose mean is the vector of the text; False
            if it returns one vector for each text.
    """

    inputs: tuple[str, ...]
    max_tokens: int
    pad_id: int
    prompts: dict[str, str]
    dimensions: int
    returns_tokens: bool = False


class Runtime:
    """A model in the form of OpenVINO, with its tokenizer; safe to use from several threads.

    Args:
        folder: the folder of an export.

    Raises:
        RuntimeUnavailable: OpenVINO cannot load the model.
    """

    def __init__(self, folder: Path) -> None:
        try:
            manifest = _manifest(folder)
            self.facts = _facts(manifest)
            self._tokenizer = load_tokenizer(folder, self.facts.max_tokens)
        except Exception as error:  # the libraries of tokenizers raise nothing narrower
            raise RuntimeUnavailable(f"{folder}: it cannot be opened ({error})") from error
        self._requests = _Requests(compile_model(folder, manifest.get("compiled_for", "")), self.facts)
        # The batcher must not hold this object: it would be freed in a later collection, in any thread.
        self._batcher = Batcher(self._requests.run, AT_ONCE, _MOST_TOGETHER, self.facts.max_tokens)

    def tokenize(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Tokens]:
        """Return the tokens of texts or pairs of texts."""
        return self._tokenizer.encode(texts)

    def run_together(self, tokens: Sequence[Tokens]) -> list[NDArray[np.float32]]:
        """Return the output of each text, computed in batches with those of other threads."""
        return self._batcher.outputs(tokens)

    def run(self, tokens: Sequence[Tokens]) -> NDArray[np.float32]:
        """Return the model's output for texts in one batch.

        Args:
            tokens: the texts.

        Returns:
            float32 of shape (n, tokens of the longest text, dimensions) if the model returns a vector for each token,
            otherwise of shape (n, dimensions).
        """
        return self._requests.run(tokens)


class _Requests:
    """The requests of a compiled model that compute batches at the same time."""

    def __init__(self, model: Any, facts: ModelFacts) -> None:
        self._facts = facts
        self._free: SimpleQueue[Any] = SimpleQueue()
        for _ in range(AT_ONCE):
            self._free.put(model.create_infer_request())

    def run(self, tokens: Sequence[Tokens], length: int = 0) -> NDArray[np.float32]:
        """Return the output for texts, all padded to `length` tokens; to the longest when that is more."""
        request = self._free.get()
        try:
            output: NDArray[np.float32] = np.array(
                request.infer(input_arrays(tokens, self._facts, length))[0], dtype=np.float32
            )
        finally:
            self._free.put(request)
        return output


def input_arrays(tokens: Sequence[Tokens], facts: ModelFacts, length: int = 0) -> list[NDArray[np.int64]]:
    """Return the inputs of a model for one batch, each int64 of shape (n, tokens); see `Runtime.run`."""
    shape = len(tokens), max(length, *(len(text.ids) for text in tokens))
    arrays = {name: np.zeros(shape, dtype=np.int64) for name in ("input_ids", "attention_mask", "token_type_ids")}
    arrays["input_ids"].fill(facts.pad_id)
    for row, text in enumerate(tokens):
        length = len(text.ids)
        arrays["input_ids"][row, :length] = text.ids
        arrays["attention_mask"][row, :length] = 1
        arrays["token_type_ids"][row, :length] = text.types
    return [arrays[name] for name in facts.inputs]


def open_runtime(name: str, sources: Sequence[Path], export: Callable[[Path], None]) -> Runtime:
    """Open a model from the user's cache; export it there when it is missing, damaged or of another version.

    Args:
        name: the name of the model, for the folder and for messages.
        sources: the files and folders that the model comes from; an export is used only while they are unchanged.
        export: writes model, tokenizer and facts into an empty folder; a `RuntimeUnavailable` that it raises is kept
            and raised again without a second try.

    Raises:
        RuntimeUnavailable: OpenVINO is not installed or cannot run the model, or the cache cannot be written.
    """
    try:
        installed = version("openvino")
    except PackageNotFoundError as error:
        raise RuntimeUnavailable("the package openvino is not installed") from error
    slug = "".join(c if c.isalnum() or c in "-." else "-" for c in name)[-60:]
    cache = user_cache_path("rapporteur", appauthor=False) / "models"
    folder = cache / f"{slug}-openvino-{_fingerprint(sources, installed)}"
    reason = folder / _REASON
    if reason.is_file() and time.time() - reason.stat().st_mtime < _REASON_SECONDS:
        raise RuntimeUnavailable(reason.read_text("utf-8", "replace"))
    state = _state(folder)
    if state != "whole":
        cause = "again, for its files are damaged" if state == "damaged" else "for the first use"
        _LOG.warning("Preparing the model %s for this machine, %s", name, cause)
        try:
            _write(folder, export)
        except OSError as error:
            raise RuntimeUnavailable(
                f"{folder}: cannot be written ({error.strerror or error}); make room or set XDG_CACHE_HOME"
            ) from error
    with suppress(OSError):
        os.utime(folder)  # the time of its last use
    return Runtime(folder)


def save_export(model: Any, save_tokenizer: Callable[[Path], object], facts: ModelFacts, folder: Path) -> None:
    """Write a model of OpenVINO, its tokenizer and its facts into an empty folder, with the SHA-256 of each file.

    Args:
        model: the model.
        save_tokenizer: writes the tokenizer into the folder, see `index.models.tokenizer`.
        facts: the facts about the model.
        folder: the folder.

    Raises:
        OSError: the files cannot be written.
    """
    try:
        import_openvino().save_model(model, os.fspath(folder / MODEL), compress_to_fp16=False)
        compiled_for = save_compiled(folder)
        save_tokenizer(folder)
    except Exception as error:  # the libraries raise no OSError for a full disk
        raise OSError(errno.EIO, f"the model cannot be written: {error}") from error
    manifest = {
        "facts": asdict(facts),
        "compiled_for": compiled_for,
        "sha256": folder_hashes(folder, _MANIFEST),
    }
    (folder / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")


def _fingerprint(sources: Sequence[Path], installed: str) -> str:
    inside = (path for source in sources for pattern in ("*", "*/*") for path in source.glob(pattern))
    files = sorted(path.resolve() for path in (*sources, *inside) if path.is_file())
    stats = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    stamp = json.dumps([_EXPORT_VERSION, installed, stats])
    return hashlib.sha256(stamp.encode()).hexdigest()[:16]


def _state(folder: Path) -> str:
    """Return "whole", "damaged" or "missing" for the folder of an export."""
    if not folder.is_dir() or (folder / _REASON).is_file():
        return "missing"
    try:
        manifest = _manifest(folder)
        return "whole" if manifest["sha256"] == folder_hashes(folder, _MANIFEST) and _facts(manifest) else "damaged"
    except (OSError, ValueError, KeyError, TypeError):
        return "damaged"


def _manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text("utf-8"))
    return manifest


def _facts(manifest: Mapping[str, Any]) -> ModelFacts:
    facts = manifest["facts"]
    return ModelFacts(**{**facts, "inputs": tuple(facts["inputs"])})


def _write(folder: Path, export: Callable[[Path], None]) -> None:
    """Export into a temporary folder and rename it, so that the folder of an export is always whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _delete_unused(folder.parent)
    temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=folder.parent))
    try:
        try:
            export(temporary)
        except RuntimeUnavailable as error:
            _keep_reason(folder, str(error))
            raise
        if _state(folder) != "whole":  # otherwise another process was faster, and has it open
            shutil.rmtree(folder, ignore_errors=True)
            os.replace(temporary, folder)
    except OSError:
        if _state(folder) != "whole":
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _delete_unused(cache: Path) -> None:
    """Delete the exports that nobody has opened for a month, and what a killed process left half written."""
    seconds = dict.fromkeys(cache.glob("*-openvino-*"), _UNUSED_SECONDS)
    seconds |= dict.fromkeys(cache.glob(f"{TEMPORARY}*"), _HALF_WRITTEN_SECONDS)
    for folder, kept in seconds.items():
        with suppress(OSError):  # another process may delete it at the same time
            if folder.stat().st_mtime < time.time() - kept:
                shutil.rmtree(folder, ignore_errors=True)


def _keep_reason(folder: Path, reason: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / _REASON).write_text(reason, "utf-8")
