"""Tokenizers: cut a text into the tokens that a model reads, each with its place in the text."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

TOKENIZER_FILE, SENTENCEPIECE_FILE = "tokenizer.json", "sentencepiece.model"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, or of a pair of texts.

    Attributes:
        ids: the number of each token in the vocabulary.
        types: 1 for the tokens of the second text of a pair, otherwise 0.
        offsets: the positions in the text of each token's first character and behind its last; the white space before a
            word may be part of its token; (0, 0) for a token that stands for no character.
    """

    ids: list[int]
    types: list[int]
    offsets: list[tuple[int, int]]


class Tokenizer(Protocol):
    """Cuts texts into tokens; longer texts are cut at the model's limit."""

    def encode(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Tokens]:
        """Return the tokens of each text or pair of texts."""
        ...


def load_tokenizer(folder: Path, max_tokens: int) -> Tokenizer:
    """Return the tokenizer of a model's folder.

    Args:
        folder: holds "sentencepiece.model", or else "tokenizer.json" of the library tokenizers.
        max_tokens: the most tokens of a text.

    Raises:
        Exception: the file cannot be read; both libraries raise nothing narrower.
    """
    path = folder / SENTENCEPIECE_FILE
    if path.is_file():
        return SentencePiece(path, max_tokens)
    return HuggingFace((folder / TOKENIZER_FILE).read_text("utf-8"), max_tokens)


class HuggingFace:
    """A tokenizer in the form of the library tokenizers.

    Args:
        source: the tokenizer as JSON.
        max_tokens: the most tokens of a text.
    """

    def __init__(self, source: str, max_tokens: int) -> None:
        from tokenizers import Tokenizer as FastTokenizer

        self._tokenizer = FastTokenizer.from_str(source)
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Tokens]:
        """See `Tokenizer`."""
        encodings = self._tokenizer.encode_batch(list(texts))
        return [Tokens(e.ids, e.type_ids, e.offsets) for e in encodings]


class SentencePiece:
    """A tokenizer in the form of the library sentencepiece, with the special tokens of XLM-RoBERTa.

    Args:
        path: the model's file.
        max_tokens: the most tokens of a text.
    """

    def __init__(self, path: Path, max_tokens: int) -> None:
        import sentencepiece

        self._processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(path))
        self._most = max_tokens - 2

    def encode(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Tokens]:
        """See `Tokenizer`. Pairs are not supported."""
        first, last = self._processor.bos_id(), self._processor.eos_id()
        encoded = []
        for mapping in self._processor.encode(list(texts), return_type="offset_mapping"):
            ids = [first, *mapping["ids"][: self._most], last]
            offsets = [(0, 0), *mapping["offsets"][: self._most], (0, 0)]
            encoded.append(Tokens(ids, [0] * len(ids), offsets))
        return encoded


def sentencepiece_model(pieces: Sequence[tuple[str, float]]) -> bytes:
    """Return the file of a unigram model for `SentencePiece`, with the normalisation of XLM-RoBERTa.

    The file is a message ModelProto of Protocol Buffers (sentencepiece_model.proto), of which several serialised ones
    behind each other are merged by every reader.

    Args:
        pieces: the word pieces with their scores; the first four are <s>, <pad>, </s> and <unk>.
    """
    from sentencepiece import SentencePieceNormalizer

    normalizer = SentencePieceNormalizer(
        rule_name="nmt_nfkc", add_dummy_prefix=True, remove_extra_whitespaces=True, escape_whitespaces=True
    )
    kinds = {0: 3, 1: 3, 2: 3, 3: 2}  # 3: a control token, 2: the unknown token, 1: a word piece
    rows = (
        _field(1, _field(1, piece.encode()) + _key(2, 5) + struct.pack("<f", score) + _number(3, kinds.get(i, 1)))
        for i, (piece, score) in enumerate(pieces)
    )
    unigram, unknown, first, last, padding = (_number(*pair) for pair in ((3, 1), (40, 3), (41, 0), (42, 2), (43, 1)))
    trainer = _field(2, unigram + unknown + first + last + padding)
    serialized: bytes = normalizer.serialized_model_proto()
    return b"".join([*rows, trainer, serialized])


def _field(number: int, value: bytes) -> bytes:
    return _key(number, 2) + _varint(len(value)) + value


def _number(number: int, value: int) -> bytes:
    return _key(number, 0) + _varint(value)


def _key(number: int, wire_type: int) -> bytes:
    return _varint(number << 3 | wire_type)


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])
