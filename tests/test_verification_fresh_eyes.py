"""Kinds of false reports that fresh eyes found to pass, each beside a harmless one of the same form."""

import io
import zipfile
from html import escape
from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Findings
from assistant.verification.readers.report import report_of
from corpus.reading import document_from
from support.report_files import with_part, word

MINUTES = document_from(
    "# Minutes of the Harbour Council\n\nDate: 12 March 2031\nPresent: Ms. Jane Doyle, Mr. Luis Prado\n\n"
    "The fee rose from 4.50 euros to 5.20 euros. No member of staff was dismissed. The council hardly ever meets in"
    " August. Mr. Prado said: “If the state pays half, we will rebuild the pier by 2034.” Ms. Doyle replied: “We have"
    " never refused a boat.”\n",
    "minutes.md",
    "text/markdown",
)
CHECKER = Checker([MINUTES])
TRUE, FALSE = "No member of staff was dismissed.", "Every member of staff was dismissed in one night."
BOAT = "We have never refused a boat."
PIER = "we will rebuild the pier by 2034"


def _check(raw: bytes, suffix: str) -> Findings:
    return CHECKER.check(report_of(raw, Path(f"report{suffix}")))


def _is_told(report: str, suffix: str = ".md") -> bool:
    found = _check(report.encode(), suffix)
    return not found.is_ok or bool(found.flagged)


@pytest.mark.parametrize(
    ("false", "harmless"),
    [
        (f"Mr. Prado said: “{PIER}”", f"If the state pays half, Mr. Prado said, “{PIER}”"),
        ("It “meets in August”, says the council.", "It hardly ever “meets in August”."),
        (f"- Prado\n  “{BOAT}”", f"- Doyle\n  “{BOAT}”"),
        (f"**Prado**\n\n“{BOAT}”", f"**Doyle**\n\n“{BOAT}”"),
        (f"John Doyle replied: “{BOAT}”", f"J. Doyle replied: “{BOAT}”"),
        (f"- > {FALSE}", f"- > {TRUE}"),
        (f"It says 🙶{FALSE}🙷", f"It says 🙶{TRUE}🙷"),
        (f"It says “\n\n{FALSE}”", f"It says “\n\n{TRUE}”"),
        (f'“{TRUE}” [a](#b "It says “{FALSE}”")', f'“{TRUE}” [a](#b "It says “{TRUE}”")'),
        ("The fee rose by 0.80 euros to 5.20 euros.", "The fee rose by 0.70 euros to 5.20 euros."),
    ],
)
def test_a_false_report_is_told_and_its_harmless_form_is_not(false: str, harmless: str) -> None:
    assert _is_told(false)
    assert not _is_told(harmless)


@pytest.mark.parametrize(
    "page",
    [
        "<noscript>{0}</noscript>",
        "<input value='{0}'>",
        "<input placeholder='{0}'>",
        "<p title='{0}'>Notes</p>",
        "<p aria-label='{0}'>Notes</p>",
    ],
)
def test_words_of_a_page_beside_its_text_are_checked(page: str) -> None:
    for words, is_told in ((FALSE, True), (TRUE, False)):
        assert _is_told(f"<p>“{TRUE}”</p>{page.format(escape(f'It says “{words}”', quote=True))}", ".html") is is_told


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("<style>.h{color:white}</style>", "<b class=h>No</b>"),
        ("<style>.h{color:rgba(0,0,0,0)}</style>", "<b class=h>No</b>"),
        ("", "<b style='color:transparent'>No</b>"),
        ("", "<bdo dir=rtl>No</bdo>"),
    ],
)
def test_words_of_a_page_that_nobody_sees_so_are_none_of_a_quotation(style: str, words: str) -> None:
    assert _is_told(f"{style}<p>It says “{words} member of staff was dismissed.”</p>", ".html")


@pytest.mark.parametrize(
    "page",
    [
        "<style>.d{background:#222}.w{color:#fff}</style>"
        "<div class=d><p>“No member of staff was <b class=w>dismissed.</b>”</p></div>",
        "<p>“No member of staff was <b style='color:rgb(10,20,0)'>dismissed.</b>”</p>",
        "<p>“No member of staff was <bdo dir=ltr>dismissed.</bdo>”</p>",
    ],
)
def test_words_of_a_page_that_are_seen_are_read(page: str) -> None:
    assert not _is_told(page, ".html")


def test_scripts_of_a_page_are_counted() -> None:
    page = (
        "<p>“No member of staff was dismissed.”</p><script>f()</script><script type='application/ld+json'>{}</script>"
    )
    assert _check(page.encode(), ".html").unread == (("script", 1),)


@pytest.mark.parametrize(
    ("properties", "is_seen"),
    [
        ('<w:color w:val="FEFDFE"/>', False),
        ('<w:color w:val="FFFFFF" w:themeColor="background1"/>', False),
        ('<w:highlight w:val="black"/>', False),
        ('<w:color w:val="112233"/><w:shd w:val="clear" w:fill="112233"/>', False),
        ('<w:w w:val="1"/>', False),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', True),
        ('<w:shd w:val="clear" w:fill="000000"/>', True),
        ('<w:color w:val="000000" w:themeColor="text1"/><w:w w:val="90"/>', True),
    ],
)
def test_words_of_a_word_file_are_read_if_they_are_seen(properties: str, is_seen: bool) -> None:
    file = word((None, ("It says “", "@@", " member of staff was dismissed.”")))
    document = zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    changed = document.replace("<w:r><w:t>@@", f"<w:r><w:rPr>{properties}</w:rPr><w:t>No")
    found = _check(with_part(file, "word/document.xml", changed.encode()), ".docx")
    assert found.is_ok is is_seen
