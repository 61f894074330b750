"""Find proper names in a sentence."""

from corpus.language.names import proper_names


def test_a_word_that_begins_sentences_does_not_belong_to_the_name_behind_it() -> None:
    text = "Since Japan proposed it, talks went on."
    assert [text[name.start : name.end] for name in proper_names(text)] == ["Japan"]
