"""Libraries made for a run, in a folder that goes with it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.kept_vectors import PIECES, KeptVectors
from benchmarks.telling import tell
from corpus.reading import document_from
from index.models.encoder import Encoder, Progress, Vectors
from index.models.ensemble import Ensemble
from index.models.sentence_transformer import load_encoder
from index.settings import Settings
from index.store.library import Library

_SUFFIX = ".txt"


@contextmanager
def founding_library() -> Iterator[Library]:
    """A library of the founding records, with the settings and the model that users have."""
    with _folder() as settings:
        yield Library.open(settings, kept_encoder(settings), progress=_encoding)


@contextmanager
def library_of(texts: Mapping[str, str]) -> Iterator[Library]:
    """A library of texts, each as if its file had been added: no title or date but what the text itself shows.

    Args:
        texts: by the identity that `identity_of` gives back; no two are the same.
    """
    with _folder() as settings:
        encoder = kept_encoder(settings)
        empty = Library.open(settings, _Later(encoder.name), records=False)
        for done, (identity, text) in enumerate(texts.items(), start=1):
            empty.add(document_from(text, identity + _SUFFIX, "text/plain"))
            tell("texts read", done, len(texts))
        library = Library.open(settings, encoder, records=False)
        library.reindex(_encoding)
        yield library


class _Later:
    """Stands for an encoder while documents are added, so that they are encoded all together afterwards."""

    def __init__(self, name: str) -> None:
        self.name = name

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        return np.ones(1, dtype=np.float32)


def with_setting(library: Library, name: str, value: float) -> Library:
    """The same library, asked with another value of one setting.

    Raises:
        AttributeError: there is no such setting.
    """
    getattr(library.settings, name)
    return Library.open(library.settings.model_copy(update={name: value}), library.encoder)


def identity_of(document_name: str) -> str:
    """The identity under which a text was given to `library_of`."""
    return document_name.removesuffix(_SUFFIX)


@contextmanager
def _folder() -> Iterator[Settings]:
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as folder:
        yield Settings(library=Path(folder) / "library")


def kept_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name, its vectors kept between runs."""
    encoder = load_encoder(settings)
    return encoder.with_parts(KeptVectors) if isinstance(encoder, Ensemble) else KeptVectors(encoder)


def _encoding(done: int, total: int) -> None:
    tell("pieces encoded", done, total, PIECES)
