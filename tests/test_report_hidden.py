"""Words that a reader does not see are none of a quotation, raised and lowered digits are none of a figure."""

import io
from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Findings
from assistant.verification.readers.report import report_of
from corpus.reading import read_bytes

RECORD = (
    "Minutes of the pier board\n\nThe fee is due not only in June but in May. Of the boats, 102 are wet. The yard has "
    "10² plots. The sum is 3*4 = 12. No vote was taken.\n"
)
CHECKER = Checker((read_bytes(RECORD.encode(), "pier.txt"),))
BEFORE, BEHIND = "It says “The fee is due ", " in June but in May.”"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def check(text: str | bytes, suffix: str) -> Findings:
    raw = text.encode() if isinstance(text, str) else text
    return CHECKER.check(report_of(raw, Path(f"r{suffix}")))


def verdicts(text: str | bytes, suffix: str) -> list[str]:
    return [finding.verdict.value for finding in check(text, suffix).quotations]


def word(*runs: tuple[str, str], styles: str = "") -> bytes:
    """A Word file of one paragraph with these runs: their words and their properties in XML."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    inner = "".join(
        f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>' for words, properties in runs
    )
    document.element.body.insert(0, parse_xml(f"<w:p {_W}>{inner}</w:p>"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


HIDING = [
    "<s>not only</s>",
    "<del>not only</del>",
    "<strike>not only</strike>",
    "<span hidden>not only</span>",
    "<span style='display : none !important'>not only</span>",
    "<span style=visibility:hidden>not only</span>",
    "<span style='font-size:1px'>not only</span>",
    "<span style='opacity:0'>not only</span>",
    "<span style='color:transparent'>not only</span>",
    "<span style='color: #fff'>not only</span>",
    "<span style='text-decoration:underline line-through'>not only</span>",
    "<span style='position:absolute;left:-9999px'>not only</span>",
    "<span style='transform:scale(0)'>not only</span>",
]


@pytest.mark.parametrize("hidden", [*HIDING, "~~not only~~"])
def test_what_markdown_hides_or_strikes_is_not_read(hidden: str) -> None:
    assert verdicts(f"{BEFORE}{hidden}{BEHIND}", ".md") == ["altered"]


@pytest.mark.parametrize(
    "hidden", [*HIDING, "<font color=white>not only</font>", "<dialog>not only</dialog>", "<rt>not only</rt>"]
)
def test_what_a_page_hides_or_strikes_is_not_read(hidden: str) -> None:
    assert verdicts(f"<p>{BEFORE}{hidden}{BEHIND}</p>", ".html") == ["altered"]


@pytest.mark.parametrize(
    "rule",
    [
        ".x{display:none}",
        "p .x , i {display:none}",
        "span{visibility:hidden}",
        "span.x{text-decoration:line-through}",
        "[data-y]{display:none}",
        "@media screen{.x{display:none}}",
        "/* a */ #z{display:none}",
    ],
)
def test_what_a_style_sheet_hides_is_not_read(rule: str) -> None:
    page = f"<style>{rule}</style><p>{BEFORE}<span class=x id=z data-y=1>not only</span>{BEHIND}</p>"
    assert verdicts(page, ".html") == ["altered"]


@pytest.mark.parametrize("rule", ["@media print{.x{display:none}}", ".x:hover{display:none}", "div .x{display:none}"])
def test_a_rule_for_paper_or_another_place_hides_nothing(rule: str) -> None:
    page = f"<style>{rule}</style><p>{BEFORE}<span class=x>not only</span>{BEHIND}</p>"
    assert verdicts(page, ".html") == ["exact"]


def test_white_words_on_a_ground_of_their_own_are_read() -> None:
    page = f"<p style='background:#000'>{BEFORE}<span style='color:#fff'>not only</span>{BEHIND}</p>"
    assert verdicts(page, ".html") == ["exact"]


@pytest.mark.parametrize(
    "page",
    [
        "<div style='background:#103050'><p>{}</p></div>",
        "<style>section{{background:navy}}</style><body><section><p>{}</p></section>",
        "<style>.dark{{background:navy}}</style><p class=dark>{}</p>",
        "<link rel=stylesheet href=other.css><p class=dark>{}</p>",
    ],
)
def test_words_with_a_white_style_on_the_ground_of_what_is_around_are_read(page: str) -> None:
    white = page.format(f"{BEFORE}<span style='color:#fff'>not only</span>{BEHIND}")
    assert verdicts(white, ".html") == ["exact"]


@pytest.mark.parametrize("ground", ["white", " white", "#fff", "#FEFEFE", "rgb(250, 250, 250)", " none ", ""])
def test_white_words_on_a_white_ground_are_hidden(ground: str) -> None:
    style = f"color:#fff;background:{ground}" if ground else "color:#fff"
    for page in (
        f"<p>{BEFORE}<span style='{style}'>not only</span>{BEHIND}</p>",
        f"<style>.x{{{style}}}</style><p>{BEFORE}<span class=x>not only</span>{BEHIND}</p>",
        f"<style>.y{{color:black}}</style><p class=y>{BEFORE}<span style='{style}'>not only</span>{BEHIND}</p>",
    ):
        assert verdicts(page, ".html") == ["altered"]
    assert verdicts(f"{BEFORE}<span style='{style}'>not only</span>{BEHIND}", ".md") == ["altered"]


@pytest.mark.parametrize(
    "properties", ["<w:strike/>", "<w:dstrike/>", "<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>']
)
def test_what_word_hides_or_strikes_is_not_read(properties: str) -> None:
    assert verdicts(word((BEFORE, ""), ("not only", properties), (BEHIND, "")), ".docx") == ["altered"]


def test_properties_that_are_off_or_shaded_hide_nothing() -> None:
    for properties in ('<w:strike w:val="0"/>', '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>'):
        assert verdicts(word((BEFORE, ""), ("not only", properties), (BEHIND, "")), ".docx") == ["exact"]


def test_quotations_in_hidden_words_are_checked_and_all_is_counted() -> None:
    page = "<p>It says “No vote was taken”.</p><p hidden>It says “A vote was taken twice”.</p><p><s>Old</s> <img></p>"
    found = check(page, ".html")
    assert [f.verdict.value for f in found.quotations] == ["exact", "altered"]
    assert found.unread == (("hidden words", 1), ("picture", 1), ("struck words", 1))
    text = "It says “No vote was taken”.\n\n```\n“A vote was taken”\n```\n\n![a](b.png) ~~Old~~\n"
    assert check(text, ".md").unread == (("block of code", 1), ("picture", 1), ("struck words", 1))


@pytest.mark.parametrize(
    "figure",
    [
        "10<sup>2</sup>",
        "10<sub>2</sub>",
        "10<sup><b>2</b></sup>",
        "10<span style='vertical-align:super'>2</span>",
        "10<span style='vertical-align:sub'>2</span>",
        "10<span style='vertical-align:4px'>2</span>",
        "10<span style='position:relative;top:-4px'>2</span>",
    ],
)
def test_a_raised_or_lowered_digit_is_none_of_the_figure(figure: str) -> None:
    assert verdicts(f"<p>It says “Of the boats, {figure} are wet.”</p>", ".html") == ["altered"]


def test_raised_digits_stay_exponents_in_every_format() -> None:
    for figure in ("10<sup>2</sup>", "10²"):
        assert verdicts(f"It says “The yard has {figure} plots”.", ".md") != ["altered"]
        assert verdicts(f"<p>It says “The yard has {figure} plots”.</p>", ".html") != ["altered"]
    for place in ("superscript", "subscript"):
        runs = ("It says “Of the boats, 10", ""), ("2", f'<w:vertAlign w:val="{place}"/>'), (" are wet.”", "")
        assert verdicts(word(*runs), ".docx") == ["altered"]
    assert verdicts("It says “Of the boats, 10<sub>2</sub> are wet.”", ".md") == ["altered"]


@pytest.mark.parametrize("product", ["34", "3 4", "3_4", "3·4"])
def test_a_product_is_no_number(product: str) -> None:
    assert verdicts(f"It says “The sum is {product} = 12”.", ".md") == ["altered"]


def test_a_symbol_of_a_font_is_no_white_space() -> None:
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    runs = '<w:r><w:t>It says “No vote</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FB"/></w:r>'
    behind = '<w:r><w:t xml:space="preserve"> was taken”.</w:t></w:r>'
    document.element.body.insert(0, parse_xml(f"<w:p {_W}>{runs}{behind}</w:p>"))
    written = io.BytesIO()
    document.save(written)
    assert verdicts(written.getvalue(), ".docx") == ["altered"]


def test_the_source_of_a_block_quotation_is_no_quotation() -> None:
    text = "> No vote was taken.\n>\n> — Pier board, 3 May 2031\n"
    assert verdicts(text, ".md")[:1] != ["absent"]
    assert len(verdicts(text, ".md")) == 1
    assert len(verdicts("> No vote was taken.\n>\n> — and Bo refused it\n", ".md")) == 2
