"""Cut texts into tokens with the file formats of two libraries."""

from pathlib import Path

import pytest

from index.models.tokenizer import SENTENCEPIECE_FILE, TOKENIZER_FILE, Tokens, load_tokenizer, sentencepiece_model

PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0), ("▁they", -1.0), ("▁met", -1.0)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / SENTENCEPIECE_FILE).write_bytes(sentencepiece_model(PIECES))
    return tmp_path


def test_word_pieces_stand_between_the_special_tokens_with_their_places(folder: Path) -> None:
    assert load_tokenizer(folder, 9).encode(["they met", ""]) == [
        Tokens([0, 5, 6, 2], [0, 0, 0, 0], [(0, 0), (0, 4), (4, 8), (0, 0)]),
        Tokens([0, 2], [0, 0], [(0, 0), (0, 0)]),
    ]


def test_an_unknown_word_and_wide_letters_are_tokens_as_well(folder: Path) -> None:
    (tokens,) = load_tokenizer(folder, 9).encode(["ｔｈｅｙ 会"])
    assert (tokens.ids, tokens.offsets) == ([0, 5, 4, 3, 2], [(0, 0), (0, 4), (4, 5), (5, 6), (0, 0)])


def test_a_long_text_is_cut_at_the_limit_with_its_last_token(folder: Path) -> None:
    (tokens,) = load_tokenizer(folder, 5).encode(["they met " * 9])
    assert tokens.ids == [0, 5, 6, 5, 2]


def test_a_pair_has_the_type_of_each_text(tmp_path: Path) -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing

    made = Tokenizer(WordLevel({"[SEP]": 0, "they": 1, "met": 2}, unk_token="[SEP]"))
    made.pre_tokenizer = Whitespace()
    made.post_processor = TemplateProcessing(pair="$A [SEP] $B:1", special_tokens=[("[SEP]", 0)])
    made.save(str(tmp_path / TOKENIZER_FILE))
    pair = Tokens([1, 0, 1, 2], [0, 0, 1, 1], [(0, 4), (0, 0), (0, 4), (5, 8)])
    assert load_tokenizer(tmp_path, 9).encode([("they", "they met")]) == [pair]
