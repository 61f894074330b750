"""A citation is a slice of its document, and its link and reference say where it stands."""

import pytest

from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.citations.resolve import Resolution, State, resolve
from corpus.reading import document_from, founding_records
from corpus.span import Span

APRIL = founding_records()[0]
ABSENT = "(*) Of the G20 members, Indonesia was absent from this meeting."


def citation_of(words: str) -> Citation:
    start = APRIL.text.index(words)
    return Citation(APRIL, Span(start, start + len(words)), ("2. Participating countries",))


def test_the_quote_is_the_slice() -> None:
    assert citation_of(ABSENT).quote == ABSENT


def test_a_span_beyond_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lies outside 2020-04-30-g20-extraordinary-mic\.txt \(4280 characters\)"):
        Citation(APRIL, Span(4279, 4281))


def test_the_link_finds_the_quote_on_the_page() -> None:
    found = citation_of("telework and remote education. (3) Effective").link
    assert found == f"{APRIL.source.address}#:~:text=telework%20and%20remote%20education.%20%283%29%20Effective"


def test_the_anchor_is_the_compact_form_and_leads_back_to_the_quote() -> None:
    anchor = Anchor.parse(citation_of(ABSENT).anchor)
    assert resolve(anchor, APRIL) == Resolution(State.SAME, citation_of(ABSENT).span)


def test_without_an_address_there_is_no_link() -> None:
    assert Citation(document_from("A day.", "a.txt", "text/plain"), Span(0, 6)).link is None


def test_the_reference_keeps_publication_and_meeting_apart() -> None:
    assert citation_of(ABSENT).reference == (
        "Ministry of Internal Affairs and Communications (MIC), Japan, “Results of Extraordinary G20 Digital Economy"
        " Ministerial Meeting (Virtual Meeting)”, 1 May 2020, meeting: G20, 30 April 2020,"
        " https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2020/5/01_1.html."
    )
