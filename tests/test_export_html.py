"""Read the HTML export with an independent parser."""

import re

import pytest
from lxml import html as reader

from assistant.export.bibliography.style import Style
from assistant.export.html import html
from assistant.export.text import line
from support.sample_reports import (
    ABSENT,
    ADOPTED,
    DISCUSSED,
    HOSTILE_TITLE,
    HOSTILE_WORDS,
    hostile_report,
    report,
    unanswered,
)

APA = Style.of("apa")
OURS = (
    "html head meta title style body main section article h1 h2 h3 p blockquote br sup a ol li i b mark dl dt dd code"
).split()


@pytest.fixture(scope="module")
def page() -> reader.HtmlElement:
    return reader.document_fromstring(html(report(), APA).decode())


def test_quotations_are_block_quotes_that_lead_to_their_notes_and_back(page: reader.HtmlElement) -> None:
    quotes = page.xpath("//blockquote")
    assert [q.xpath("string(p/text()[1])") for q in quotes][:2] == [ABSENT, ADOPTED]
    assert quotes[3].get("lang") == "ja"
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        assert len(page.xpath(f"//*[@id='{link.get('href')[1:]}']")) == 1
    notes = page.xpath("//section[@class='notes']//li")
    assert len(notes) == 4
    assert all(":~:text=" in note.xpath(".//a[text()='Quoted passage']/@href")[0] for note in notes)


def test_the_quotation_is_marked_in_its_surroundings(page: reader.HtmlElement) -> None:
    assert [m.text for m in page.xpath("//mark")][:2] == [ABSENT, ADOPTED]
    assert page.xpath("//mark")[-1].text == DISCUSSED


def test_it_has_no_script_and_asks_for_nothing(page: reader.HtmlElement) -> None:
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@onclick | //@style") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    style = page.xpath("string(//style)")
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style


def test_hostile_words_are_text() -> None:
    written = html(hostile_report(), APA).decode()
    page = reader.document_fromstring(written)
    assert {element.tag for element in page.iter()} <= set(OURS)
    assert not {name for element in page.iter() for name in element.attrib if name.startswith("on")}
    assert page.xpath("string(//h1)") == line(HOSTILE_TITLE)
    assert line(HOSTILE_WORDS) in page.xpath("string(//blockquote[1]/p)")
    assert all(re.match(r"https?://[!-~]+$|#", link) for link in page.xpath("//a/@href"))
    assert written.lower().count("<script") == 0


def test_an_abstention_says_so() -> None:
    page = reader.document_fromstring(html(unanswered(), APA).decode())
    assert page.xpath("string(//p[@class='remark'])") == "This is not in the 5 records I searched."
    assert page.xpath("//blockquote") == []
