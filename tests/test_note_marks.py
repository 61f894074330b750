"""Note marks of report and record are left aside; exponents, formulas and figures are not."""

import pytest

from assistant.verification.note_marks import glued_marks, note_marks, noted
from assistant.verification.record_matcher import RecordMatcher, ReportForm
from corpus.reading import document_from
from support.generated_texts import document

PLAIN = RecordMatcher(
    (
        document(
            "Delegates of Brunmark, an observer, spoke about the harbour. The dam needs 10 units and 5 km of pipe."
            " The factory emits CO and no dust. Members attended by train. They paid 4,500 marks in the year 2031 and"
            " the G20 agreed. Under Article 7 the council votes, and the chair asked members to vote.\n",
            "plain.txt",
        ),
    )
)
MARKED = RecordMatcher(
    (
        document(
            "The flood warning came too late.¹ It closed the locks² of the river,³ and the fund stood at 412 000⁴ marks"
            " on 31 December 2031⁵ and grew. The hall has 10² seats on 30 m². They need 2,000² cells. Roads[6] are"
            " open, [7] the ports are shut.\n\n⁴ Provisional figures.\n",
            "marked.txt",
        ),
        document("The **canal**[^1] opens<sup>2</sup> in May, with 10<sup>2</sup> boats^3^ afloat.\n", "marked.md"),
    )
)


@pytest.mark.parametrize(
    ("quote", "marks"),
    [
        ("Brunmark,³ an observer", ["³ of the report"]),
        ("Brunmark³, an observer", ["³ of the report"]),
        ("Brunmark,[³] an observer", ["[³] of the report"]),
        ("Brunmark,[3] an observer", ["[3] of the report"]),
        ("Brunmark, [3] an observer", ["[3] of the report"]),
        ("Brunmark, (3) an observer", ["(3) of the report"]),
        ("Brunmark,<sup>3</sup> an observer", ["<sup>3</sup> of the report"]),
        ("Brunmark,^3^ an observer", ["^3^ of the report"]),
        ("Brunmark,³,⁴ an observer", ["³,⁴ of the report"]),
        ("Brunmark,3 an observer", ["3 of the report"]),
        ("about the harbour.3 The dam needs", ["3 of the report"]),
        ("about the harbour3. The dam", ["3 of the report"]),
        ("spoke about the harbour.[12]", ["[12] of the report"]),
        ("spoke[3] about the harbour", ["[3] of the report"]),
        ("in the year 2031² and", ["² of the report"]),
        ("the G20¹ agreed", ["¹ of the report"]),
    ],
)
def test_a_note_mark_of_the_report_is_left_aside(quote: str, marks: list[str]) -> None:
    (match,) = PLAIN.matches(quote)
    assert (match.is_exact, list(match.note_marks)) == (False, marks)


@pytest.mark.parametrize(
    ("quote", "marks"),
    [
        ("came too late. It closed the locks of", ["¹ of the record", "² of the record"]),
        ("the locks of the river, and the fund", ["² of the record", "³ of the record"]),
        ("stood at 412 000 marks on 31 December 2031 and grew", ["⁴ of the record", "⁵ of the record"]),
        ("stood at 412,000 marks on", ["⁴ of the record"]),
        ("Roads are open, the ports", ["[6] of the record", "[7] of the record"]),
        ("The canal opens in May", ["[^1] of the record", "<sup>2</sup> of the record"]),
        ("boats afloat", ["^3^ of the record"]),
        ("the locks⁷ of the river", ["⁷ of the report", "² of the record"]),
    ],
)
def test_a_note_mark_of_the_record_is_left_aside(quote: str, marks: list[str]) -> None:
    (match,) = MARKED.matches(quote)
    assert (match.is_exact, list(match.note_marks)) == (False, marks)
    assert match.document.name.startswith("marked")
    assert "\u2060" not in match.document.text


def test_a_quotation_with_the_records_own_marks_is_exact() -> None:
    (match,) = MARKED.matches("came too late.¹ It closed the locks² of")
    assert (match.is_exact, match.note_marks) == (True, ())


@pytest.mark.parametrize(
    "quote",
    [
        "needs 10² units", "needs 102 units", "5 km² of pipe", "emits CO² and no", "emits CO2 and no", "5 km2 of pipe",
        "[3] Members attended by train", "attended by [3] train", "to [3] vote",
        "asked members, 3 to vote", "Brunmark,3 observer", "Brunmark, [3] observers", "Brunmark3 an observer",
        "by 3 train", "paid 4,500² marks", "Article 7[2] the council", "Article 72 the council", "Article[7] the",
        "Delegates of Brunmark, (3) observer", "about the harbour: (1) an observer", "Brunmark,0 an observer",
        "needs³ 12 units", "needs [3] 10 units",
    ],
)  # fmt: skip
def test_a_figure_is_no_note_mark(quote: str) -> None:
    assert PLAIN.matches(quote) == []


@pytest.mark.parametrize(
    "quote",
    ["has 10 seats", "has 102 seats", "on 30 m.", "need 2,000 cells", "10 boats", "412 000 seats", "stood at 412"],
)
def test_an_exponent_of_the_record_is_no_note_mark(quote: str) -> None:
    assert MARKED.matches(quote) == []


def test_marks_are_found_only_where_nothing_else_can_be_meant() -> None:
    text = "Water¹ is H₂O and h² (see (1) and (2) there); see para (3), the end.³ ² x"
    assert [mark.of(text) for mark in note_marks(text)] == ["¹", "³"]
    assert [mark.of("It ended.4 The") for mark in glued_marks("It ended.4 The")] == ["4"]
    assert glued_marks("approx.5 ships, No.5 The, v2.5 The, covid19 the, phase3 the, 5 the") == []


TEXT = RecordMatcher(
    (
        document_from(PLAIN.records.documents[0].text, "plain.txt", "text/plain"),
        document_from(
            "Visitors* pay by card,† children pay nothing.\n\n* Since May.\n† Under six.\n", "signs.txt", "text/plain"
        ),
    )
)


@pytest.mark.parametrize(
    ("quote", "marks"),
    [
        ("Brunmark*, an observer", ["* of the report"]),
        ("Brunmark,* an observer", ["* of the report"]),
        ("about the harbour.** The dam", ["** of the report"]),
        ("about the harbour.* The dam", ["* of the report"]),
        ("spoke† about the harbour‡.", ["† of the report", "‡ of the report"]),
        ("about the harbour.§ The dam", ["§ of the report"]),
        ("an observer(*), spoke", ["(*) of the report"]),
        ("about the harbour.⁽⁴⁾ The dam", ["⁽⁴⁾ of the report"]),
        ("spoke⁽⁴⁾ about the harbour", ["⁽⁴⁾ of the report"]),
        ("in the year 2031* and the G20*", ["* of the report", "* of the report"]),
        ("paid 4,500† marks", ["† of the report"]),
        ("Visitors pay by card, children pay nothing", ["* of the record", "† of the record"]),
        ("Visitors* pay by card, children pay nothing", ["* of the report", "* of the record", "† of the record"]),
    ],
)
def test_a_sign_behind_a_word_is_a_note_mark(quote: str, marks: list[str]) -> None:
    (match,) = TEXT.matches(quote)
    assert (match.is_exact, list(match.note_marks)) == (False, marks)


def test_a_quotation_with_the_records_own_signs_is_exact() -> None:
    (match,) = TEXT.matches("Visitors* pay by card,† children")
    assert (match.is_exact, match.note_marks) == (True, ())


@pytest.mark.parametrize(
    "quote",
    [
        "paid 4,500* marks", "needs* 10 units", "needs 10* units", "needs 1*0 units", "Article* 7 the",
        "Article§ 7 the", "Article 7§ the council", "the * council", "emits CO* and", "needs 10⁽²⁾ units",
        "needs 10† 5 km", "Brunmark*, the observer", "sp*ke about", "spoke† at the harbour", "Brunmark*, two observer",
    ],
)  # fmt: skip
def test_a_sign_of_a_product_a_section_or_another_word_is_no_note_mark(quote: str) -> None:
    assert TEXT.matches(quote) == []


def test_a_product_is_no_emphasis_in_a_markdown_record() -> None:
    assert PLAIN.matches("needs 1*0 units") == []
    assert PLAIN.matches("paid 4,5**00 marks") == []
    assert len(PLAIN.matches("needs **10** units")) == 1


GRAIN = RecordMatcher(
    (
        document(
            "The board stored 2,480 tonnes and took 102 samples, 12.5 per cent wet, on 44 m of track.\n", "grain.txt"
        ),
        document(
            "The mill ground 1,930² tonnes, 17.5³ per cent wet, and sold 5,210[iii] sacks to 640¹ farmers on 10² plots"
            " of 30 m².\n\n¹ Provisional.\n² Revised.\n³ Estimate.\n[iii] Net.\n",
            "mill.txt",
        ),
    )
)
NOTES = noted(["A report.", "² Provisional.", "ᵃ Revised.", "[iii] Net.", "[7] Gross.", "[^x]: Linked."])


def test_the_notes_of_a_text_are_those_of_its_lines_that_begin_with_a_mark() -> None:
    assert {"2", "a", "iii", "7", "x"} == NOTES
    assert noted(["1 Opening", "We met.", "<sup>b</sup> Provisional.", "3 Estimate."]) == {"b", "3"}


@pytest.mark.parametrize("mark", ["²", "²,⁷", "ᵃ", "[iii]", "[7]", " [7]", "<sup>2</sup>", "<sup>a</sup>"])
def test_a_mark_behind_a_figure_is_left_aside_where_a_note_begins_with_it(mark: str) -> None:
    (match,) = GRAIN.matches(f"stored 2,480{mark} tonnes", ReportForm(NOTES))
    assert match.note_marks == (f"{mark.strip()} of the report",)
    assert GRAIN.matches(f"stored 2,480{mark} tonnes", ReportForm(noted(["⁵ Other."]))) == []


@pytest.mark.parametrize(
    "quote",
    ["ground 1,930 tonnes, 17.5 per cent wet", "sold 5,210 sacks to 640 farmers", "ground 1 930 tonnes"],
)
def test_a_mark_behind_a_figure_of_the_record_is_left_aside_where_its_note_is_listed(quote: str) -> None:
    (match,) = GRAIN.matches(quote)
    assert match.note_marks


@pytest.mark.parametrize(
    "quote",
    [
        "took 10² samples",
        "took 10ᵇ samples",
        "on 44 m² of track",
        "stored 2,481² tonnes",
        "stored 2,480⁵ tonnes",
        "stored 2,480[b] tonnes",
        "12.5⁵ per cent",
        "on 10 plots",
        "on 102 plots",
        "of 30 m",
        "sold 52,10 sacks",
    ],
)
def test_an_exponent_or_a_mark_of_no_note_stays_a_change(quote: str) -> None:
    assert GRAIN.matches(quote, ReportForm(NOTES)) == []


def test_a_tag_with_many_spaces_is_no_mark_and_is_read_in_a_moment() -> None:
    assert note_marks(f"The harbour<sup>{' ' * 100_000}opens") == []
    assert len(note_marks("The harbour<sup> 3 </sup> opens")) == 1
