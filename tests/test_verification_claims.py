"""Figures, dates and names outside quotation marks are looked up in the record's sentence that says the same."""

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Findings, Verdict
from assistant.verification.readers.report import Paragraph, ReportText
from assistant.verification.render import findings_lines, findings_object
from corpus.reading import read_bytes
from support.generated_texts import document

LEAGUE = read_bytes(
    b"""Harbour League
Notes of the assembly, 5 March 2031

The assembly was opened in Arnwick on 5 March 2031 by the president, Ewa Sand. It welcomed the budget of the harbour
fund and its nineteen projects.

The League granted 2,400,000 marks to the dredging of the canal, of which 600,000 marks are for the southern lock.
Delegates from Brunmark attended as observers.

Governor Tom Delacroix warned that ports with fewer than 40 berths would close by 2035. Unemployment in the docks fell
by 3.5 per cent.

The next assembly takes place in Zelden on 9 September 2032. The doors of the harbour hall open at 17:30.
""",
    "league.txt",
)
CHECKER = Checker((LEAGUE,))


def findings(*texts: str) -> Findings:
    return CHECKER.check(ReportText("r.md", tuple(Paragraph(text, "paragraph 1") for text in texts)))


@pytest.mark.parametrize(
    ("sentence", "value", "recorded"),
    [
        ("The League granted 4,200,000 marks to the dredging of the canal.", "4,200,000", "2,400,000"),
        ("The assembly was opened in Arnwick on 6 March 2031.", "6 March 2031", "5 March 2031"),
        ("The assembly was opened in Brunwick on 5 March 2031.", "Brunwick", "Arnwick"),
        ("President Eva Sand opened the assembly in Arnwick.", "Eva Sand", "Ewa Sand"),
        ("Governor Tom Delacroy warned that ports would close.", "Tom Delacroy", "Tom Delacroix"),
        ("Ports with fewer than 50 berths would close by 2035, the governor warned.", "50", "40"),
        ("Ports with fewer than forty berths would close by 2036, the governor warned.", "2036", "2035"),
        ("Unemployment in the docks fell by 5.3 per cent.", "5.3", "3.5"),
        ("The next assembly takes place in Zelden on 9 October 2032.", "9 October 2032", "9 September 2032"),
        ("The next assembly takes place in Arnwick on 9 September 2032.", "Arnwick", "Zelden"),
        ("The doors of the harbour hall open at 18:30.", "18:30", "17:30"),
        ("The assembly welcomed the budget of the harbour fund and its ninety projects.", "ninety", "nineteen"),
    ],
)
def test_a_value_in_the_place_of_the_records_is_contradicted(sentence: str, value: str, recorded: str) -> None:
    found = findings(sentence)
    assert [(c.value, c.recorded) for c in found.contradicted] == [(value, recorded)]
    assert (found.is_wrong, found.is_ok) == (True, False)
    assert f"“{value}”, paragraph 1: league.txt has “{recorded}” there" in " ".join(findings_lines(found, 1))


@pytest.mark.parametrize(
    "sentence",
    [
        "The League granted 2 400 000 marks to the dredging of the canal.",
        "The League granted 2.4 million marks to the dredging of the canal.",
        "The League granted about 2.5 million marks to the dredging of the canal.",
        "The League granted 2,400,000 marks [4] to the dredging of the canal.²",
        "According to Table 3 the League granted 2,400,000 marks to the dredging of the canal.",
        "On 5 March 2031, 600,000 marks were granted for the southern lock.",
        "Ports with fewer than forty berths would close by 2035, as Tom Delacroix warned.",
        "The next assembly takes place in Zelden in September 2032.",
    ],
)
def test_what_the_record_has_is_found_in_any_form(sentence: str) -> None:
    found = findings(sentence)
    assert found.flagged == ()
    assert found.claims != ()
    assert (found.is_ok, found.is_wrong) == (True, False)


@pytest.mark.parametrize(
    ("sentences", "value"),
    [
        (("Delegates from Brunmark and Ostland attended as observers.",), "Ostland"),
        (("The League also paid 75,000 marks for a lighthouse in Zelden.",), "75,000"),
        (("The assembly was opened in Arnwick on 5 March 2031. The budget of 1,300 marks was old.",), "1,300"),
        (
            ("On 7 March 2031 Mr Delacroix warned that ports with fewer than 40 berths would close.",),
            "7 March 2031",
        ),
    ],
)
def test_what_the_record_does_not_have_is_missing_and_no_contradiction(sentences: tuple[str, ...], value: str) -> None:
    found = findings(*sentences)
    assert [(c.value, c.state) for c in found.flagged] == [(value, "missing")]
    assert not found.is_wrong
    assert findings_object(found)["claims"][-1]["recorded"] is None


def test_a_quotation_cited_for_another_day_than_its_records_is_misattributed() -> None:
    found = findings("On 7 March 2031 Mr Delacroix warned that “ports with fewer than 40 berths would close”.")
    assert [finding.verdict for finding in found.quotations] == [Verdict.MISATTRIBUTED]
    assert "the citation names the date 2031-03-07" in (found.quotations[0].because or "")
    assert found.is_wrong


@pytest.mark.parametrize(
    "sentence",
    [
        "In 1999 Tanaka met 12 people.",
        "The weather in Paris was bad on 3 May 2020 and 40 trains were late.",
        "See section 3.",
        "Our office counted 17 letters.",
    ],
)
def test_a_sentence_about_no_record_claims_nothing(sentence: str) -> None:
    assert findings(sentence).claims == ()


def test_numbers_are_told_in_one_line_and_nothing_checked_is_said() -> None:
    told = list(findings_lines(findings("The assembly was opened in Arnwick on 6 March 2031."), 1))
    assert told[0] == "r.md: no quotation was found."
    assert "2 figures, dates and names outside quotation marks: 1 found, 1 contradicted." in told
    nothing = findings("Nothing here.")
    assert (nothing.is_checked, nothing.is_ok, nothing.is_wrong) == (False, False, False)


ISLE = Checker(
    (
        read_bytes(
            b"""Isle Ferries Board
Statement of the board, 12 June 2025

The board allocated 1,250,000 crowns to the northern pier and 400,000 crowns to the lighthouse. The new ferry will enter
service at Easter 2026. The contract with the yard ends on 31 May 2027. Passenger numbers fell by 12 per cent in the
winter, while freight rose by 8 per cent. The fleet has seven ferries and 140 sailors.
""",
            "isle.txt",
        ),
        read_bytes(
            """Commission des litiges de Valmont
Compte rendu du 3 mars 2026

La commission a examiné douze réclamations et en a rejeté cinq. M. Eckdahl a présenté le rapport annuel. Le conseil
compte 21 membres. Die Schiedsstelle prüfte zwölf Anträge und lehnte fünf ab.
""".encode(),
            "valmont.txt",
        ),
    )
)


def isle_claims(text: str, context: str = "") -> dict[str, str]:
    found = ISLE.check(ReportText("r.md", (Paragraph(text, "paragraph 1", context=context),)))
    return {claim.value: claim.state.value for claim in found.claims}


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The new ferry will enter service at Easter 2025.", "Easter 2025"),
        ("The new ferry enters service at Easter 2027.", "Easter 2027"),
        ("The new ferry enters service in autumn 2026.", "autumn 2026"),
        ("The contract with the yard ends on 31 March 2027.", "31 March 2027"),
        ("The contract with the yard ends on 31/03/2027.", "31/03/2027"),
        ("The fleet has 140 ferries.", "140"),
        ("Freight rose by 12 per cent while passenger numbers fell by 8 per cent in the winter.", "12"),
        ("Passenger numbers fell by 8 per cent in the winter.", "8"),
        ("The board allocated 400,000 crowns to the northern pier.", "400,000"),
        ("The board allocated 1,250,000 crowns to the lighthouse.", "1,250,000"),
        ("La commission a examiné 21 réclamations.", "21"),
        ("La commission a examiné vingt et une réclamations.", "vingt et une"),
        ("Die Schiedsstelle prüfte einundzwanzig Anträge.", "einundzwanzig"),
    ],
)
def test_a_figure_or_date_of_another_noun_is_contradicted(sentence: str, value: str) -> None:
    assert isle_claims(sentence)[value] == "contradicted"


@pytest.mark.parametrize(
    "sentence",
    [
        "The new ferry will enter service at Easter 2026.",
        "The contract with the yard ends in May 2027.",
        "The fleet has 7 ferries and 140 sailors.",
        "While freight rose by 8 per cent, passenger numbers fell by 12 per cent.",
        "The lighthouse got 400,000 crowns from the board and the northern pier 1,250,000 crowns.",
        "The northern pier got 1,250,000 crowns and the lighthouse 400,000 crowns.",
        "La commission a examiné 12 réclamations et en a rejeté 5.",
        "Die Schiedsstelle prüfte 12 Anträge und lehnte 5 ab.",
    ],
)
def test_figures_with_their_own_nouns_are_found(sentence: str) -> None:
    assert set(isle_claims(sentence).values()) == {"found"}


def test_a_figure_counts_only_with_a_word_of_its_sentence() -> None:
    assert isle_claims("The board of Isle Ferries hired 21 people.")["21"] != "found"


def test_a_cell_of_a_table_is_read_with_its_row_and_column() -> None:
    assert isle_claims("1,250,000", "Crowns; Northern pier") == {"1,250,000": "found"}
    assert isle_claims("1,350,000", "Crowns; Northern pier") == {"1,350,000": "missing"}
    assert isle_claims("1,350,000") == {}


HARBOUR = Checker(
    (
        document(
            "Minutes of the Harbour Board of Tarnsea, 12 March 2031\n\nThe mole cost 4.5 million crowns and 1,250 "
            "million crowns are owed. The shed holds 1,875 tonnes. Rents rose by 5 percentage points. "
            "TERADA Minoru chaired.\n",
            "harbour.txt",
        ),
        document(
            "Minutes of the Forest Board, 3 April 2032\n\nThe board planted 40 oaks. It has 4.375 shares.\n", "f.txt"
        ),
    )
)


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("According to the minutes of 12 March 2031, the mole cost 4.5 million crowns.", "found"),
        ("According to the minutes of 12 March 2031, the mole cost 4.5 million euros.", "contradicted"),
        ("According to the minutes of 12 March 2031, 1,250,000,000 crowns are owed.", "found"),
        ("The Harbour Board's minutes say that 1.25 million crowns are owed.", "missing"),
        ("The minutes of the Harbour Board say that rents rose by 5 per cent.", "contradicted"),
        ("The minutes of the Harbour Board say that the shed holds 1,875 kilograms.", "contradicted"),
        ("The minutes of the Harbour Board say that the shed holds 1,875 t.", "found"),
        ("According to the minutes of the Forest Board, it has 4.375 shares.", "found"),
        ("According to the minutes of the Forest Board, it has 4375 shares.", "missing"),
    ],
)
def test_a_sentence_that_names_its_record_has_its_figures_and_units_looked_up(sentence: str, state: str) -> None:
    found = HARBOUR.check(ReportText("r.md", (Paragraph(sentence, "paragraph 1"),)))
    assert [claim.state.value for claim in found.claims if claim.kind == "figure"] == [state]


def test_a_day_in_digits_is_no_three_figures() -> None:
    found = HARBOUR.check(
        ReportText("r.md", (Paragraph("The minutes of the Harbour Board of 24/03/2031 say so.", "p"),))
    )
    assert [(claim.kind, claim.state.value) for claim in found.claims if claim.kind != "name"] == [("date", "missing")]


def test_a_name_is_held_against_its_other_order() -> None:
    text = "According to the minutes of the Harbour Board, Minoru Tereda chaired."
    found = HARBOUR.check(ReportText("r.md", (Paragraph(text, "p"),)))
    assert [claim.recorded for claim in found.contradicted] == ["TERADA Minoru"]
