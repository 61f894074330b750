"""Open temporary libraries for a benchmark, with text vectors cached on disk between runs."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from platformdirs import user_cache_path

from assistant.assistant import Assistant
from benchmarks.figures import report_progress
from corpus.reading import document_from
from corpus.span import Span
from index.library import Library, open_library
from index.models.encoder import Encoder, Progress, Vectors, encode_sentences
from index.models.ensemble import Ensemble
from index.models.ranker import Ranker, Scores
from index.models.registry import load_encoder
from index.settings import Settings

_SUFFIX = ".txt"
_BATCH = 256
# Short, long beyond what any encoder reads at once, and in another script.
_PROBES = ("Who took part?", "The ministers agreed to meet again. " * 100, "デジタル大臣会合が開催された。")
_PROBE_SENTENCES = ((), (Span(0, 33), Span(34, 67)), ())
_TOLERANCE = 0.001


@contextmanager
def founding_library() -> Iterator[Library]:
    """Open a library of the founding records, with the users' settings and model."""
    with _temporary_settings() as settings:
        yield open_library(settings=settings, encoder=cached_encoder(settings), progress=_report_encoding)


@contextmanager
def library_of_texts(texts: Mapping[str, str]) -> Iterator[Library]:
    """Open a library of plain texts, read as .txt files are.

    Args:
        texts: by an id, which `text_id` recovers from a document's name; no two are equal.
    """
    with _temporary_settings() as settings:
        encoder = cached_encoder(settings)
        empty = open_library(settings=settings, encoder=_ConstantEncoder(encoder.name), founding=False)
        for done, (identity, text) in enumerate(texts.items(), start=1):
            empty.add(document_from(text, identity + _SUFFIX, "text/plain"))
            report_progress("texts read", done, len(texts))
        library = open_library(settings=settings, encoder=encoder, founding=False)
        library.reindex(_report_encoding)
        yield library


def text_id(document_name: str) -> str:
    """Return the id under which a text was given to `library_of_texts`."""
    return document_name.removesuffix(_SUFFIX)


def cached_encoder(settings: Settings) -> Encoder:
    """Load the encoder that the settings name, with its vectors cached on disk."""
    encoder = load_encoder(settings)
    return encoder.map(CachedEncoder) if isinstance(encoder, Ensemble) else CachedEncoder(encoder)


class _ConstantEncoder:
    """An encoder that gives every text the same vector, so that documents are added first and encoded all together."""

    def __init__(self, name: str) -> None:
        self.name = name

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        return np.ones(1, dtype=np.float32)


class CachedEncoder:
    """An encoder that encodes each text once and stores its vector on disk; do not measure time with it.

    Encoding a whole set takes minutes, reading its vectors seconds. Passages and terms are never cached, so a run
    measures the present code. The cache is emptied when the encoder gives other vectors for a few probe texts.

    Args:
        inner: the encoder to call; its name names the cache file.
        folder: the folder of the cache file; the user's cache folder for None.
    """

    def __init__(self, inner: Encoder, folder: Path | None = None) -> None:
        self.name = inner.name
        self._inner = inner
        folder = folder or user_cache_path("rapporteur", appauthor=False) / "benchmarks"
        folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(inner.name.encode()).hexdigest()[:8]
        self._path = folder / f"{re.sub(r'[^A-Za-z0-9]+', '-', inner.name)[-40:]}-{digest}.sqlite3"
        self._empty_stale_cache()

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        return self.encode_sentences(texts, [()] * len(texts), progress)[0]

    def encode_sentences(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], progress: Progress | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """See `SentenceEncoder`; the row of a text and those of its sentences are kept together."""
        if not texts:
            return encode_sentences(self._inner, texts, sentences, progress)
        keys = [_key("passage", text, spans) for text, spans in zip(texts, sentences, strict=True)]
        with self._connection() as connection:
            cached = _read(connection, keys)
            missing = {key: i for i, key in enumerate(keys) if key not in cached}
            order = sorted(missing.values(), key=lambda i: len(texts[i]))  # texts of like length need little padding
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                rows = _encode(self._inner, [texts[i] for i in batch], [sentences[i] for i in batch])
                cached |= _write(connection, [keys[i] for i in batch], rows)
                if progress:
                    progress(start + len(batch), len(order))
        both = [cached[key].reshape(1 + len(spans), -1) for key, spans in zip(keys, sentences, strict=True)]
        return np.stack([rows[0] for rows in both]), [rows[1:] for rows in both]

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`."""
        key = _key("query", text)
        with self._connection() as connection:
            cached = _read(connection, [key]) or _write(connection, [key], [self._inner.encode_query(text)])
        return cached[key]

    def _empty_stale_cache(self) -> None:
        queries = [self._inner.encode_query(text) for text in _PROBES]
        fresh = [*_encode(self._inner, _PROBES, _PROBE_SENTENCES), *queries]
        keys = [_key("passage", text, spans) for text, spans in zip(_PROBES, _PROBE_SENTENCES, strict=True)]
        keys += [_key("query", text) for text in _PROBES]
        with self._connection() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB) STRICT")
            cached = _read(connection, keys)
            if not all(key in cached and _is_near(cached[key], v) for key, v in zip(keys, fresh, strict=True)):
                connection.execute("DELETE FROM vectors")
                _write(connection, keys, fresh)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=60)
        try:
            with connection:
                yield connection
        finally:
            connection.close()


class CachedRanker:
    """A ranker that scores each pair of question and sentence once in a process; do not measure time with it."""

    def __init__(self, inner: Ranker) -> None:
        self._inner = inner
        self._scores: dict[tuple[str, str], float] = {}

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """See `Ranker`."""
        missing = [text for text in dict.fromkeys(texts) if (question, text) not in self._scores]
        scores = self._inner.score(question, missing) if missing else ()
        self._scores |= {(question, text): float(score) for text, score in zip(missing, scores, strict=True)}
        return np.array([self._scores[question, text] for text in texts], dtype=np.float32)

    def knows(self, question: str) -> bool:
        """See `Ranker`."""
        return self._inner.knows(question)


def cached_assistant(library: Library) -> Assistant:
    """Open an assistant whose ranker keeps its scores."""
    assistant = Assistant.open(library)
    ranker = CachedRanker(assistant.ranker) if assistant.ranker else None
    return Assistant(library, ranker, assistant.thresholds)


@contextmanager
def _temporary_settings() -> Iterator[Settings]:
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as folder:
        yield Settings(library=Path(folder) / "library")


def _report_encoding(done: int, total: int) -> None:
    report_progress("texts encoded", done, total, _BATCH)


def _encode(encoder: Encoder, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]:
    """Return for each text its vector with those of its sentences behind it, one after the other."""
    vectors, of_sentences = encode_sentences(encoder, texts, sentences)
    return [np.concatenate([vector, rows.ravel()]) for vector, rows in zip(vectors, of_sentences, strict=True)]


def _key(role: str, text: str, sentences: Sequence[Span] = ()) -> bytes:
    places = "".join(f"\0{span.start}-{span.end}" for span in sentences)
    return hashlib.sha256(f"{role}\0{text}{places}".encode("utf-8", "surrogatepass")).digest()


def _is_near(cached: Vectors, fresh: Vectors) -> bool:
    return cached.shape == fresh.shape and float(np.abs(cached - fresh).max()) < _TOLERANCE


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    cached: dict[bytes, Vectors] = {}
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        marks = ",".join("?" * len(batch))
        rows = connection.execute(f"SELECT text, vector FROM vectors WHERE text IN ({marks})", batch)
        cached |= {key: np.frombuffer(vector, dtype=np.float32) for key, vector in rows}
    return cached


def _write(connection: sqlite3.Connection, keys: Sequence[bytes], vectors: Sequence[Vectors]) -> dict[bytes, Vectors]:
    rows = [(key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)]
    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
    connection.commit()
    return dict(zip(keys, vectors, strict=True))
