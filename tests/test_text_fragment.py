"""A link's text fragment is the shortest that occurs once on the page and marks exactly the quotation."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.fragment_matcher import TextDirective, find, find_range, page_text
from assistant.citations.text_fragment import directive, link
from corpus.document import Document
from corpus.language.sentences import sentences
from corpus.reading import founding_records, read
from corpus.span import Span
from support import generated_texts as texts

TEXT = """Results of the talks

Ministers met in Trieste. They agreed on 12 actions, among them e-commerce & trade.
1. Trade
2. Schools
Details of the first
Trade
The ministers agreed that rules of trade are needed, that schools are to be open, and that both will be seen again.
参加国は12か国であった。次回は東京で開催する。参加国は12か国であった。
Details of the second
Trade
FlowsSecure networks
The end"""


def spans(document: Document) -> Iterator[Span]:
    for block in document.outline:
        yield from sentences(document.text, block.words)


def written(words: str, nth: int = 0) -> str:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    made = directive(TEXT, Span(start, start + len(words)))
    assert made is not None
    assert find(made, TEXT) == Span(start, start + len(words))
    return str(made)


def test_short_words_that_are_met_once_stand_whole() -> None:
    assert written("Ministers met in Trieste.") == "text=Ministers%20met%20in%20Trieste."


def test_long_words_are_named_by_their_beginning_and_their_end() -> None:
    quote = TEXT[TEXT.index("The ministers agreed") : TEXT.index("\n参加国")]
    assert written(quote) == "text=The%20ministers%20agreed,seen%20again."


def test_the_words_of_the_directives_own_language_are_escaped() -> None:
    assert written("12 actions, among") == "text=12%20actions%2C%20among"
    assert written("e-commerce & trade.") == "text=e%2Dcommerce%20%26%20trade."


def test_words_around_decide_where_the_words_repeat() -> None:
    assert written("Trade", 0) == "text=1.-,Trade"
    assert written("Trade", 1) == "text=first-,Trade"
    assert written("Trade", 2) == "text=second-,Trade"
    assert written("Details of the") == "text=Schools-,Details%20of%20the"


def test_japanese_terms_end_where_every_browser_ends_a_word() -> None:
    assert TextDirective.parse("#:~:" + written("次回は東京で開催する。")) == TextDirective("次回は東京で開催する。")
    repeated = TextDirective.parse("#:~:" + written("参加国は12か国であった。", 1))
    assert repeated == TextDirective("参加国は12か国であった。", prefix="次回は東京で開催する。")


def test_words_that_are_cut_get_the_rest_of_their_word_as_neighbour() -> None:
    assert written("Secure networks") == "text=Flows-,Secure%20networks"
    assert written("Flows") == "text=Flows,-Secure"


def test_the_same_lines_with_the_same_neighbours_cannot_be_told_apart() -> None:
    text = "One.\n\nTwo.\n\n" * 4
    assert directive(text, Span(24, 28)) is None
    assert link(at("https://a.org/b", text), Span(24, 28)) == "https://a.org/b"


def at(address: str | None, text: str = "Words of the day.") -> Document:
    plain = texts.document(text)
    return replace(plain, source=replace(plain.source, address=address))


def test_a_link_keeps_the_fragment_that_the_address_has() -> None:
    addresses = ("https://a.org/b", "https://a.org/b#c", "https://a.org/#:~:text=x")
    assert [link(at(address), Span(0, 5)) for address in addresses] == [
        "https://a.org/b#:~:text=Words",
        "https://a.org/b#c:~:text=Words",
        "https://a.org/#:~:text=Words",
    ]


def test_without_an_address_there_is_no_link() -> None:
    assert link(at(None), Span(0, 5)) is None


def test_every_sentence_of_every_founding_record_resolves_to_itself() -> None:
    lengths = []
    for record in founding_records():
        for span in spans(record):
            address = link(record, span)
            parsed = TextDirective.parse(address or "")
            assert parsed is not None, span.of(record.text)
            assert find(parsed, record.text) == span
            lengths.append(len(str(parsed)))
    assert (len(lengths) > 200, median(lengths) < 60, max(lengths) < 130) == (True, True, True)


def test_every_sentence_of_twenty_other_records_resolves_to_itself(shared_folder: Path) -> None:
    folder = shared_folder / "documents" / "whitehouse"
    wrapped = 0
    for path in sorted(folder.iterdir())[:20]:
        record = read(path)
        for span in spans(record):
            made = directive(record.text, span)
            assert made is not None, span.of(record.text)
            if find(made, record.text) != span:
                assert find(made, record.text, wrapped=True) == span
                wrapped += 1
    assert wrapped <= 3


@given(texts.texts, st.data())
def test_what_a_directive_finds_is_what_it_was_made_for(text: str, drawn: st.DataObject) -> None:
    start = drawn.draw(st.integers(0, len(text) - 1))
    span = Span(start, drawn.draw(st.integers(start + 1, len(text))))
    made = directive(text, span)
    if made:
        parsed = TextDirective.parse(f"#:~:{made}")
        assert parsed is not None
        page = page_text(text)
        assert page.range_of(span) in (find_range(parsed, page), find_range(parsed, page.in_paragraphs))


def test_a_link_into_a_long_text_takes_a_moment() -> None:
    record = founding_records()[4]
    text = "\n".join(f"{number} {record.text}" for number in range(9))
    place = len(text) - 200
    directive(text, Span(0, 50))
    start = process_time()
    for offset in range(20):
        directive(text, Span(place - offset, place + 100))
    assert (process_time() - start) / 20 < 0.05
