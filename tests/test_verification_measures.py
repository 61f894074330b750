"""Units, bounds, order and Japanese forms of figures outside quotation marks, and the record that a sentence names."""

import pytest

from assistant.verification.checker import Checker
from assistant.verification.facts.bounds import bound_of
from assistant.verification.facts.directions import direction_of
from assistant.verification.facts.japanese_numbers import japanese_numbers
from assistant.verification.facts.units import unit_at
from assistant.verification.findings import Findings
from assistant.verification.readers.report import Paragraph, ReportText
from corpus.reading import read_bytes
from corpus.span import Span

CANAL = read_bytes(
    b"""---
title: Minutes of the Canal Trust
date: '2031-05-06'
---
# Minutes of the Canal Trust

Place: Arnwick

Income fell from 4.2 million to 3.6 million euros. At most 35 per cent of the locks can be mended before winter.
The towpath is 14.5 metres wide at the basin. The motion was carried by nine votes to three.
The trust keeps 48,000 euros for the ferry. Nora Quill leads the works, and Edda Brandt keeps the accounts.
The dredger comes back on 9 June 2031. The bridge is closed until 30 September 2032.
""",
    "canal.md",
)
RIVER = read_bytes(
    b"""---
title: Statement of the River Cities, Zelden
date: '2030-02-01'
---
# Statement of the River Cities

Place: Zelden

The fund of the cities holds 75 million crowns. About 2,300,000 people live on the river.
""",
    "river.md",
)
GIJIROKU = read_bytes(
    "# 港湾審議会 議事録\n\n令和8年2月3日\n\n事務局から、改修の予算は3億2千万円であり、"
    "前年度比で4.5%増加したとの説明があった。"
    "見学者は約450名であった。\n".encode(),
    "gijiroku.md",
)
CHECKER = Checker((CANAL, RIVER, GIJIROKU))


def findings(text: str) -> Findings:
    return CHECKER.check(ReportText("r.md", (Paragraph(text, "paragraph 1"),)))


@pytest.mark.parametrize(
    ("sentence", "value", "recorded"),
    [
        ("The trust keeps 48,000 dollars for the ferry.", "48,000", "48,000 euros"),
        ("The trust keeps $48,000 for the ferry.", "48,000", "48,000 euros"),
        ("The towpath is 14.5 feet wide at the basin.", "14.5", "14.5 metres"),
        ("At least 35 per cent of the locks can be mended before winter.", "35", "At most 35"),
        ("Income fell from 3.6 million to 4.2 million euros.", "4.2 million", "4.2 million to 3.6 million"),
        ("The motion was carried by three votes to nine.", "nine", "nine votes to three"),
        ("The bridge is closed until 9 June 2031.", "9 June 2031", "30 September 2032"),
        ("Ms. Nora Brandt keeps the accounts of the trust.", "Nora Brandt", "Edda Brandt"),
        (
            "According to the minutes of 6 May 2031, the dredger comes back on 9 July 2031.",
            "9 July 2031",
            "9 June 2031",
        ),
        ("According to the Zelden statement, the fund holds 75 billion crowns.", "75 billion", "75 million"),
        ("According to the Zelden statement, about 230,000 people live on the river.", "230,000", "2,300,000"),
        ("改修の予算は2億3千万円であった。", "2億3千万", "3億2千万"),
        ("改修の予算は前年度比で5.4%増加した。", "5.4", "4.5"),
    ],
)
def test_another_measure_order_or_figure_is_contradicted(sentence: str, value: str, recorded: str) -> None:
    found = findings(sentence).contradicted
    assert [c.value for c in found] == [value]
    assert recorded in (found[0].recorded or "")


@pytest.mark.parametrize(
    "sentence",
    [
        "The trust keeps EUR 48,000 for the ferry.",
        "The trust keeps €48,000 for the ferry.",
        "The towpath is 14.5 m wide at the basin.",
        "Up to 35 % of the locks can be mended before winter.",
        "Income fell from 4.2 to 3.6 million euros.",
        "The motion was carried 9-3 in Arnwick.",
        "Ms. Edda Brandt keeps the accounts of the trust.",
        "According to the minutes of 6 May 2031, the bridge is closed until 30 September 2032.",
        "According to the Zelden statement, the fund holds 75 million crowns.",
        "改修の予算は3億2,000万円であった。",
    ],
)
def test_the_same_in_other_forms_is_found(sentence: str) -> None:
    found = findings(sentence)
    assert [(c.value, c.recorded) for c in found.claims if c.state.value != "found"] == []
    assert found.claims


def test_a_record_that_a_sentence_names_lacks_the_figure() -> None:
    found = findings("According to the minutes of 6 May 2031, visitors paid 12 marks.")
    assert [(c.value, c.state.value) for c in found.claims if c.state.value != "found"] == [("12", "missing")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12億5千万円", "1250000000"),
        ("予算は3億2,000万円", "320000000"),
        ("前年比8.5%増", "8.5"),
        ("百三十名", "130"),
        ("一万二千人", "12000"),
        ("二〇二四年", "2024"),
    ],
)
def test_japanese_numbers_are_read(text: str, value: str) -> None:
    assert [number for number, _ in japanese_numbers(text)] == [value]


@pytest.mark.parametrize("text", ["12 million euros in 2024", "一部の委員", "十分な説明", "Section 3"])
def test_what_is_no_japanese_number_is_left(text: str) -> None:
    assert list(japanese_numbers(text)) == []


@pytest.mark.parametrize(
    ("text", "unit", "bound"),
    [
        ("more than 12 metres", "metre", "least"),
        ("up to €12", "euro", "most"),
        ("12 percentage points", "percentage points", None),
        ("12-day visit", "day", None),
        ("the 12 members", None, None),
        ("höchstens 12 Prozent", "per cent", "most"),
    ],
)
def test_units_and_bounds_are_read(text: str, unit: str | None, bound: str | None) -> None:
    at = text.index("12")
    found = unit_at(text, Span(at, at + 2))
    assert (found and found[1], bound_of(text, Span(at, at + 2))) == (unit, bound)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The lower house has 40 seats.", None),
        ("It raised 40 questions.", None),
        ("The number of seats rose to 40.", True),
        ("Prices fell 40 per cent.", False),
        ("There were 40 fewer.", False),
    ],
)
def test_a_figure_of_a_rise_or_fall_is_joined_to_its_word(text: str, direction: bool | None) -> None:
    at = text.index("40")
    assert direction_of(text, Span(at, at + 2)) is direction
