"""Compile a model with OpenVINO for this processor, and keep it compiled beside its files."""

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

MODEL, WEIGHTS, COMPILED = "model.xml", "model.bin", "compiled.blob"
# Batches of a model that are computed at the same time: each on a core of its own takes less than all cores on one.
AT_ONCE = min(4, os.cpu_count() or 1)
# A compiled model refers to the weights in their file instead of a copy of them.
_WITHOUT_WEIGHTS = {"CACHE_MODE": "OPTIMIZE_SIZE"}
_IMPORTING = threading.Lock()


class RuntimeUnavailable(Exception):
    """OpenVINO cannot run a model on this machine; the message says why."""


def import_openvino() -> Any:
    """Return the module openvino, imported without its telemetry, which reports each import to a server.

    Raises:
        RuntimeUnavailable: it cannot be loaded.
    """
    with _IMPORTING:
        is_first = "openvino" not in sys.modules
        if is_first:
            sys.modules["openvino_telemetry"] = None  # type: ignore[assignment] # an import of it fails; a stub is used
        try:
            import openvino
        except (ImportError, OSError, RuntimeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise RuntimeUnavailable(f"the package openvino cannot be loaded ({reason})") from error
        if is_first:
            # Its first look at an array prepares its use of numpy. Two threads that do so at the same time wait for
            # each other for ever: one has the interpreter's lock, the other that of the preparation.
            _ = openvino.Tensor(np.zeros(1, dtype=np.float32)).data
    return openvino


def save_compiled(folder: Path) -> str:
    """Compile the model in a folder and write it there, compiled.

    Returns:
        The processor that it was compiled for, as `compile_model` wants it; "" where it cannot be compiled.

    Raises:
        OSError: it cannot be written.
    """
    core = import_openvino().Core()
    try:
        model = core.compile_model(str(folder / MODEL), "CPU", {**_settings(core), **_WITHOUT_WEIGHTS})
        (folder / COMPILED).write_bytes(model.export_model().getvalue())
        return _processor(core)
    except RuntimeError:
        return ""


def compile_model(folder: Path, compiled_for: str) -> Any:
    """Return the model in a folder, compiled for this processor.

    Args:
        folder: holds the model, and perhaps the file that `save_compiled` wrote.
        compiled_for: the processor that this file was made for, as `save_compiled` returned it.

    Raises:
        RuntimeUnavailable: it cannot be compiled.
    """
    core = import_openvino().Core()
    try:
        settings = _settings(core)
        if compiled_for == _processor(core):
            with suppress(RuntimeError, OSError):  # it is compiled anew then
                weights = {**_WITHOUT_WEIGHTS, "WEIGHTS_PATH": str(folder / WEIGHTS)}
                return core.import_model((folder / COMPILED).read_bytes(), "CPU", {**settings, **weights})
        return core.compile_model(str(folder / MODEL), "CPU", settings)
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:200]
        raise RuntimeUnavailable(f"OpenVINO cannot run it on this processor ({reason})") from error


def _settings(core: Any) -> dict[str, str]:
    # bf16 halves the time where the processor computes with it; the cosine with a vector in float32 is 0.9999.
    precision = "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"
    return {"INFERENCE_PRECISION_HINT": precision, "NUM_STREAMS": str(AT_ONCE), "ENABLE_CPU_PINNING": "NO"}


def _processor(core: Any) -> str:
    """Return the name of this processor and what it can compute with."""
    name, abilities = (core.get_property("CPU", key) for key in ("FULL_DEVICE_NAME", "OPTIMIZATION_CAPABILITIES"))
    return f"{name}: {' '.join(sorted(abilities))}"
