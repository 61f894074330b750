import gc
import json
import os
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.models.compiled import COMPILED, MODEL, WEIGHTS, RuntimeUnavailable, import_openvino
from index.models.runtime import ModelFacts, Runtime, open_runtime, save_export
from index.models.tokenizer import TOKENIZER_FILE

FACTS = ModelFacts(("input_ids", "attention_mask"), 4, 0, {"query": "", "document": ""}, 1)


def write_sum(folder: Path) -> None:
    """Export a model that adds the numbers of a text's tokens: the word "w7" is token 7."""
    openvino = import_openvino()
    from openvino import opset13
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    ids, mask = (opset13.parameter([-1, -1], np.int64) for _ in range(2))
    numbers = opset13.convert(opset13.multiply(ids, mask), "f32")
    weighted = opset13.multiply(numbers, opset13.constant(np.ones((1, 1), np.float32)))
    total = opset13.reduce_sum(weighted, opset13.constant(1), True)
    tokenizer = Tokenizer(WordLevel({f"w{number}": number for number in range(9)}, unk_token="w0"))
    tokenizer.pre_tokenizer = Whitespace()
    model = openvino.Model([total], [ids, mask])
    save_export(model, lambda target: tokenizer.save(str(target / TOKENIZER_FILE)), FACTS, folder)


def output(runtime: Runtime, *texts: str) -> list[list[float]]:
    rows: list[list[float]] = runtime.run(runtime.tokenize(texts)).tolist()
    return rows


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rapporteur" / "models"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "weights").write_text("first")
    return tmp_path / "source"


def refuse(folder: Path) -> None:
    raise AssertionError("exported again")


def exported(cache: Path) -> Path:
    (folder,) = cache.iterdir()
    return folder


def test_texts_of_different_lengths_are_one_batch(cache: Path, source: Path) -> None:
    runtime = open_runtime("sum", (source,), write_sum)
    assert output(runtime, "w1 w2", "w7", "w1 w1 w1 w1 w8") == [[3], [7], [4]]


def test_an_export_is_made_once(cache: Path, source: Path) -> None:
    open_runtime("sum", (source,), write_sum)
    assert output(open_runtime("sum", (source,), refuse), "w5") == [[5]]


def test_another_source_is_exported_anew(cache: Path, source: Path) -> None:
    open_runtime("sum", (source,), write_sum)
    (source / "weights").write_text("other weights")
    with pytest.raises(AssertionError, match="exported again"):
        open_runtime("sum", (source,), refuse)


def damage_weights(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes(bytes(len((folder / WEIGHTS).read_bytes())))


def cut_model(folder: Path) -> None:
    (folder / MODEL).write_text((folder / MODEL).read_text("utf-8")[:200], "utf-8")


def remove_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def forget_a_fact(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["facts"]["pad_id"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def damage_compiled(folder: Path) -> None:
    (folder / COMPILED).write_bytes(b"x" * len((folder / COMPILED).read_bytes()))


def name_another_processor(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "compiled_for": "another"}), "utf-8")


def test_a_model_is_not_compiled_a_second_time(tmp_path: Path) -> None:
    write_sum(tmp_path)
    cut_model(tmp_path)
    assert output(Runtime(tmp_path), "w5") == [[5]]


@pytest.mark.parametrize(
    "change", [damage_compiled, name_another_processor, lambda folder: (folder / COMPILED).unlink()]
)
def test_a_model_is_compiled_where_its_compiled_form_does_not_fit(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    write_sum(tmp_path)
    change(tmp_path)
    assert output(Runtime(tmp_path), "w5") == [[5]]
    cut_model(tmp_path)
    with pytest.raises(RuntimeUnavailable, match="cannot run it on this processor"):
        Runtime(tmp_path)


@pytest.mark.parametrize("damage", [damage_weights, cut_model, damage_compiled, remove_manifest, forget_a_fact])
def test_a_damaged_export_is_made_anew_with_one_line(
    damage: Callable[[Path], None], cache: Path, source: Path, caplog: pytest.LogCaptureFixture
) -> None:
    open_runtime("sum", (source,), write_sum)
    damage(exported(cache))
    caplog.clear()
    assert output(open_runtime("sum", (source,), write_sum), "w5") == [[5]]
    assert caplog.messages == ["Preparing the model sum for this machine, again, for its files are damaged"]


def test_a_cache_that_cannot_be_written_is_named(cache: Path, source: Path) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("a file")
    with pytest.raises(RuntimeUnavailable, match=r"cannot be written .*; make room or set XDG_CACHE_HOME"):
        open_runtime("sum", (source,), write_sum)


def test_an_export_that_ends_early_leaves_nothing(cache: Path, source: Path) -> None:
    def full_disk(folder: Path) -> None:
        (folder / MODEL).write_text("<net>")
        raise OSError(28, "No space left on device")

    with pytest.raises(RuntimeUnavailable, match="No space left on device"):
        open_runtime("sum", (source,), full_disk)
    assert list(cache.iterdir()) == []


def test_exports_that_nobody_opens_are_deleted(cache: Path, source: Path) -> None:
    open_runtime("sum", (source,), write_sum)
    (cache / ".export-killed").mkdir()
    (cache / "others").mkdir()
    for folder in cache.iterdir():
        os.utime(folder, (0, 0))
    open_runtime("sum", (source,), refuse)
    (source / "weights").write_text("other weights")
    open_runtime("sum", (source,), write_sum)
    assert len(list(cache.glob("sum-openvino-*"))) == 2  # the first one was opened again
    assert {folder.name for folder in cache.iterdir() if "openvino" not in folder.name} == {"others"}


def test_a_model_that_cannot_be_exported_is_tried_once(cache: Path, source: Path) -> None:
    def unknown_operation(folder: Path) -> None:
        raise RuntimeUnavailable("an unknown operation")

    for export in (unknown_operation, refuse):
        with pytest.raises(RuntimeUnavailable, match="an unknown operation"):
            open_runtime("sum", (source,), export)


def test_an_export_that_failed_a_day_ago_is_tried_again(cache: Path, source: Path) -> None:
    def too_little_memory(folder: Path) -> None:
        raise RuntimeUnavailable("too little memory")

    with pytest.raises(RuntimeUnavailable):
        open_runtime("sum", (source,), too_little_memory)
    os.utime(exported(cache) / "unavailable.txt", (0, 0))
    assert output(open_runtime("sum", (source,), write_sum), "w5") == [[5]]


def test_the_export_of_a_faster_process_is_kept(cache: Path, source: Path) -> None:
    inodes: list[int] = []

    def slower(folder: Path) -> None:
        open_runtime("sum", (source,), write_sum)
        inodes.append(next(cache.glob("sum-*")).stat().st_ino)
        write_sum(folder)

    assert output(open_runtime("sum", (source,), slower), "w5") == [[5]]
    assert exported(cache).stat().st_ino == inodes[0]


def test_openvino_loads_without_its_telemetry() -> None:
    code = """
import sys
import weakref
from index.models.compiled import import_openvino
import_openvino()
print([name for name in sys.modules if name.startswith("openvino_telemetry.")])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


def test_the_first_outputs_of_two_threads_do_not_wait_for_each_other(tmp_path: Path) -> None:
    write_sum(tmp_path)
    code = f"""
import sys, threading
from pathlib import Path
sys.setswitchinterval(1e-6)
from index.models.runtime import Runtime
runtime = Runtime(Path({str(tmp_path)!r}))
tokens = runtime.tokenize(["w1 w2"])
together = threading.Barrier(4)
def run():
    together.wait()
    runtime.run(tokens)
threads = [threading.Thread(target=run) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""
    for _ in range(5):  # without the care of import_openvino one process in three waits for ever
        subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_runtime_is_freed_with_its_last_reference(tmp_path: Path) -> None:
    write_sum(tmp_path)
    runtime = Runtime(tmp_path)
    assert runtime.run_together(runtime.tokenize(["w1 w2"]))[0].tolist() == [3]
    gone = weakref.ref(runtime)
    gc.disable()
    try:
        del runtime
        assert gone() is None
    finally:
        gc.enable()
