"""Show a quotation in its context, and link only safe addresses."""

import pytest

from assistant.citations.citation import Citation
from assistant.export.passage import LinePart, quoted_lines, surroundings, web_address
from corpus.span import Span
from support.generated_texts import document
from support.sample_reports import DISCUSSED, JAPANESE, MENU, TAKASAKI, citation

TEXT = "# Talks\n\nThe ministers met in Oslo. They agreed  on trade. They left.\n\n- one\n- two\n\nThe end came."


def test_the_quotation_stands_in_its_paragraph_between_its_neighbours() -> None:
    assert surroundings(citation(document(TEXT), "They agreed  on trade.")) == (
        (LinePart("# Talks", False),),
        (
            LinePart("The ministers met in Oslo. ", False),
            LinePart("They agreed on trade.", True),
            LinePart(" They left.", False),
        ),
        (LinePart("- one", False),),
    )


def test_a_quotation_of_several_items_keeps_them_apart() -> None:
    assert quoted_lines(citation(document(TEXT), "one\n- two")) == ("one", "- two")
    assert quoted_lines(citation(TAKASAKI, MENU))[1] == "- Bilateral Meetings"


def test_japanese_gets_no_space_at_the_seams() -> None:
    pieces = [p for line in surroundings(citation(JAPANESE, DISCUSSED)) for p in line if "大臣" in p.text]
    assert [(p.text[-3:], p.quoted) for p in pieces] == [("れた。", False), ("した。", True)]


def test_long_surroundings_are_cut_between_words_and_say_so() -> None:
    text = "word " * 400 + "They agreed. " + "tail " * 400
    (pieces,) = surroundings(citation(document(text), "They agreed."))
    before, quote, after = "".join(p.text for p in pieces).partition("They agreed.")
    assert quote
    assert before.startswith("[…] word word")
    assert after.endswith("tail tail […]")
    assert 500 < len(before) < 620
    assert 500 < len(after) < 620


@pytest.mark.parametrize("words", ["word", "会"])
def test_every_quotation_is_whole_in_its_surroundings(words: str) -> None:
    whole = document(f"# Title\n\n{words * 900}\n\n- {words}\n")
    for start in range(len(whole.text) - 700, len(whole.text) - 1, 37):
        for length in (1, 5, 650):
            span = Span(start, min(start + length, len(whole.text)))
            if not span.of(whole.text).strip():
                continue
            cited = Citation(whole, span)
            marked = [p.text.strip() for line in surroundings(cited) for p in line if p.quoted]
            assert " ".join(filter(None, marked)) == " ".join(quoted_lines(cited))


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x?y=1&z=%E4#:~:text=a%2C", "https://a.example/x?y=1&z=%E4#:~:text=a%2C"),
        ('https://a.example/例 "<>{}|\\^`\n', "https://a.example/%E4%BE%8B%20%22%3C%3E%7B%7D%7C%5C%5E%60%0A"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("//a.example", None),
        ("https://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_only_the_web_is_linked(address: str | None, link: str | None) -> None:
    assert web_address(address) == link
