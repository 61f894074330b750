"""Read word lists: each word once, without the lines that name its source."""

from pathlib import Path

import pytest

from corpus.language import word_lists


def test_a_list_has_the_words_of_all_lines_but_those_that_begin_with_a_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_lists, "DATA", tmp_path)
    (tmp_path / "birds.txt").write_text("# Source: ours\nowl owls\n\nC# hawk\n#end\n", "utf-8")
    assert word_lists.word_list("birds.txt") == {"owl", "owls", "C#", "hawk"}
    assert word_lists.word_sets("birds.txt") == [["owl", "owls"], [], ["C#", "hawk"]]


def test_every_list_has_the_words_of_its_lines() -> None:
    for path in word_lists.DATA.glob("*.txt*"):
        lines = word_lists.word_sets(path.name)
        assert word_lists.word_list(path.name) == {word for words in lines for word in words}
