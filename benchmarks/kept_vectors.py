"""Vectors kept between runs: encoding a whole set takes minutes, reading its vectors seconds."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from index.models.encoder import Encoder, Progress, Vectors

PIECES = 256
# Short, long beyond what any encoder reads at once, and in another script.
_PROBES = ("Who took part?", "The ministers agreed to meet again. " * 100, "デジタル大臣会合が開催された。")
_NEAR = 0.001


class KeptVectors:
    """An encoder that encodes each text once and remembers it on disk. It is of no use to measure time with.

    Only vectors are kept, never passages or terms: what a run measures is made by the code as it is. What is kept is
    dropped when the encoder no longer gives the kept vectors for a few texts.

    Args:
        inner: the encoder that does the work; its name names the file that vectors are kept in.
        folder: where that file lies; the user's cache folder when None.
    """

    def __init__(self, inner: Encoder, folder: Path | None = None) -> None:
        self.name = inner.name
        self._inner = inner
        folder = folder or user_cache_path("rapporteur", appauthor=False) / "benchmarks"
        folder.mkdir(parents=True, exist_ok=True)
        own = hashlib.sha256(inner.name.encode()).hexdigest()[:8]
        self._path = folder / f"{re.sub(r'[^A-Za-z0-9]+', '-', inner.name)[-40:]}-{own}.sqlite3"
        self._drop_what_is_stale()

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        if not texts:
            return self._inner.encode_passages(texts, progress)
        keys = [_key("passage", text) for text in texts]
        with self._connection() as connection:
            kept = _kept(connection, keys)
            missing = {key: i for i, key in enumerate(keys) if key not in kept}
            wanted = sorted(missing.values(), key=lambda i: len(texts[i]))  # of like length, little is padded
            for start in range(0, len(wanted), PIECES):
                piece = wanted[start : start + PIECES]
                vectors = self._inner.encode_passages([texts[i] for i in piece])
                kept |= _keep(connection, [keys[i] for i in piece], vectors)
                if progress:
                    progress(start + len(piece), len(wanted))
        return np.stack([kept[key] for key in keys])

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`."""
        key = _key("query", text)
        with self._connection() as connection:
            kept = _kept(connection, [key]) or _keep(connection, [key], self._inner.encode_query(text)[None, :])
        return kept[key]

    def _drop_what_is_stale(self) -> None:
        passages = self._inner.encode_passages(_PROBES)
        queries = np.stack([self._inner.encode_query(text) for text in _PROBES])
        keys = [_key(role, text) for role in ("passage", "query") for text in _PROBES]
        now = np.concatenate([passages, queries])
        with self._connection() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB) STRICT")
            kept = _kept(connection, keys)
            then = [kept.get(key) for key in keys]
            if not all(v is not None and _near(v, w) for v, w in zip(then, now, strict=True)):
                connection.execute("DELETE FROM vectors")
                _keep(connection, keys, now)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=60)
        try:
            with connection:
                yield connection
        finally:
            connection.close()


def _key(role: str, text: str) -> bytes:
    return hashlib.sha256(f"{role}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _near(kept: Vectors, fresh: Vectors) -> bool:
    return kept.shape == fresh.shape and float(np.abs(kept - fresh).max()) < _NEAR


def _kept(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    for start in range(0, len(keys), PIECES):
        piece = keys[start : start + PIECES]
        marks = ",".join("?" * len(piece))
        rows = connection.execute(f"SELECT text, vector FROM vectors WHERE text IN ({marks})", piece)
        found |= {key: np.frombuffer(vector, dtype=np.float32) for key, vector in rows}
    return found


def _keep(connection: sqlite3.Connection, keys: Sequence[bytes], vectors: Vectors) -> dict[bytes, Vectors]:
    rows = [(key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)]
    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
    connection.commit()
    return dict(zip(keys, vectors, strict=True))
