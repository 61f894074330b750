"""The README of the word lists names every file of them."""

from corpus.language.word_lists import DATA


def test_the_readme_names_every_word_list() -> None:
    readme = (DATA / "README.md").read_text("utf-8")
    assert [file.name for file in DATA.iterdir() if f"`{file.name}`" not in readme and file.name != "README.md"] == []
