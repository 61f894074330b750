"""Check reports against the founding records: every verdict, the names of sources, and claims."""

import pytest

from assistant.citations.citation import Citation
from assistant.verification.checker import Checker
from assistant.verification.findings import Finding, Findings
from assistant.verification.readers.report import Link, Paragraph, Pointer, ReportText
from assistant.verification.render import findings_lines
from corpus.reading import founding_records
from corpus.span import Span
from support.generated_texts import document

APRIL, JULY, METI, MIC, TAKASAKI = founding_records()
CHECKER = Checker(founding_records())
ABSENT = "Of the G20 members, Indonesia was absent from this meeting."
START = APRIL.text.index(ABSENT)
CITATION = Citation(APRIL, Span(START, START + len(ABSENT)))


def findings(*texts: str, notes: tuple[str, ...] = (), block: bool = False) -> Findings:
    """Of paragraphs in which `^1` stands for the mark of the first note."""
    paragraphs = []
    for text in texts:
        pieces = text.split("^")
        words, pointers = pieces[0], []
        for piece in pieces[1:]:
            pointers.append(Pointer(len(words), piece[0]))
            words += piece[1:]
        paragraphs.append(Paragraph(words, "paragraph", block, tuple(pointers)))
    read = [Paragraph(note, f"footnote {n}", note=str(n)) for n, note in enumerate(notes, start=1)]
    return CHECKER.check(ReportText("report.md", (*paragraphs, *read)))


def only(*texts: str, notes: tuple[str, ...] = (), block: bool = False) -> Finding:
    (checked,) = findings(*texts, notes=notes, block=block).quotations
    return checked


def test_the_very_words_are_exact_with_source_reference_and_link() -> None:
    checked = only(f"They say “{ABSENT}”^1 now.", notes=(CITATION.reference,))
    assert (checked.verdict, checked.source, checked.named) == ("exact", CITATION, APRIL.name)
    assert checked.source is not None
    assert checked.source.reference == CITATION.reference
    assert checked.source.link is not None


def test_other_marks_and_spaces_are_typographic() -> None:
    assert only("“of the G20 members,\nIndonesia was absent […] this meeting”").verdict == "typographic"


@pytest.mark.parametrize(
    ("quote", "changes"),
    [
        (ABSENT.replace("Indonesia", "India"), [("India", "Indonesia")]),
        (ABSENT.replace("G20", "G7"), [("G7", "G20")]),
        (ABSENT.replace("was", "was not"), [("not", "")]),
        (ABSENT.replace("members, Indonesia", "members Indonesia"), [("", ",")]),
        ("Thursday, April 29, 2020", [("29", "30")]),
    ],
)
def test_a_changed_word_is_altered_and_marked(quote: str, changes: list[tuple[str, str]]) -> None:
    checked = only(f"They say “{quote}”.")
    assert (checked.verdict, [(c.report, c.record) for c in checked.changes]) == ("altered", changes)
    assert checked.source is not None
    assert checked.source.document is APRIL


MINUTES = document(
    "The members met. After a long debate on the budget, the members of the council agreed that the plan, which the"
    " secretariat had drawn up together with the national offices and the banks during the spring, will not be put off"
    " until 2031.\n\n大臣会合は令和３年８月５日に開催され、提案は承認されなかったと述べ、次回に議論すると説明した。"
    "参加者は４５名であった。\n",
    "minutes.md",
)


@pytest.mark.parametrize(
    ("quote", "changes"),
    [
        ("the ministers of the council agreed that the plan, which the", [("ministers", "members")]),
        ("the members of the council agreed that the plan, which the secretariat had drafted", [("drafted", "drawn")]),
        ("agreed that the plan, which the offices had drawn up", [("offices", "secretariat")]),
        ("The members of the council agreed to the plan", [("The", "the"), ("to", "that")]),
        ("After a very brief debate on the budget", [("very brief", "long")]),
        ("After a long debate, the members of the council agreed", [("", "on the budget")]),
        ("大臣会合は令和３年８月６日に開催され", [("６", "５")]),
        ("提案は承認されたと述べ、次回に議論すると説明した", [("", "なかっ")]),
        ("参加者は54名であった", [("54", "４５")]),
    ],
)  # fmt: skip
def test_the_differences_are_those_of_the_place_itself(quote: str, changes: list[tuple[str, str]]) -> None:
    (checked,) = Checker((MINUTES,)).check(ReportText("r", (Paragraph(f"They say “{quote}”.", "p"),))).quotations
    assert (checked.verdict, [(c.report, c.record) for c in checked.changes]) == ("altered", changes)


def test_one_changed_word_in_a_long_quotation_is_marked() -> None:
    long = " ".join(APRIL.text[APRIL.text.index("In response to the global") :][:1700].split()[:-1])
    assert only(f"They say “{long.replace(chr(34), chr(39))}”").verdict == "typographic"
    changed = long.replace(" digital ", " analogue ", 1)
    checked = only(f"They say “{changed}”")
    assert (checked.verdict, [(c.report, c.record) for c in checked.changes]) == ("altered", [("analogue", "digital")])


def test_an_ellipsis_over_a_negation_is_altered() -> None:
    text = "The plan will not be supported by the members."
    found = Checker((document(text, "plan.md"),)).check(ReportText("r", (Paragraph("“will […] be supported”", "p"),)))
    assert [(c.verdict, c.because) for c in found.quotations] == [
        ("altered", "the ellipsis leaves out “not” within a sentence")
    ]


def test_what_an_accepted_quotation_leaves_out_and_puts_in_is_told() -> None:
    told = " ".join(findings_lines(findings("“Of the … members, Indonesia [however] was absent from”"), 5))
    assert "the ellipsis leaves out: “G20”" in told
    assert "inserted by the report: [however]" in told


def test_pieces_joined_without_an_ellipsis_are_stitched() -> None:
    checked = only("“Of the G20 members, Indonesia was absent the ministers discussed the following eleven areas”")
    assert (checked.verdict, [p.document for p in checked.pieces]) == ("stitched", [APRIL, METI])


def test_pieces_in_another_order_are_not_said_to_lack_an_ellipsis() -> None:
    text = "“the spring, will not be put off … The members met. After a long debate”"
    (checked,) = Checker((MINUTES,)).check(ReportText("r", (Paragraph(text, "p"),))).quotations
    assert checked.verdict == "stitched"
    assert checked.because == "the pieces stand in another order, or too far apart, in the record"


def test_words_of_no_record_are_absent() -> None:
    assert only("He said “quite another thing about fishing boats”.").verdict == "absent"


def test_one_word_is_too_short() -> None:
    assert only("So-called “openness” helps.").verdict == "too_short"


@pytest.mark.parametrize(
    ("note", "verdict"),
    [
        (CITATION.reference, "exact"),
        (CITATION.reference + " Accessed 3 June 2024.", "exact"),
        (APRIL.name, "exact"),
        (f"MIC, 1 May 2020, {APRIL.source.address}", "exact"),
        (CITATION.anchor, "exact"),
        ("Ibid.", "exact"),
        (CITATION.reference.replace("1 May 2020", "2 May 2020"), "misattributed"),
        (CITATION.reference.replace("30 April", "29 April"), "misattributed"),
        (Citation(METI, Span(500, 520)).reference, "misattributed"),
        (JULY.name, "misattributed"),
        (str(JULY.source.address), "misattributed"),
        (Citation(JULY, Span(500, 520)).anchor, "misattributed"),
        ("METI, August 2021", "misattributed"),
        ("MIC, 2021", "misattributed"),
    ],
)
def test_a_footnote_has_to_name_the_record(note: str, verdict: str) -> None:
    assert only(f"They say “{ABSENT}”^1 now.", notes=(note,)).verdict == verdict


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("On 30 April 2020 they said “Q”.", "exact"),
        ("On 5 August 2021 they said “Q”.", "misattributed"),
        ("According to METI, “Q”.", "misattributed"),
        ("In Trieste they heard that “Q”.", "misattributed"),  # a place of another meeting, not of this record
        ("Unlike in Trieste, they heard that “Q”.", "exact"),
        ("The G7 knows that “Q”.", "misattributed"),
        ("Since 2017 they say “Q”.", "exact"),
    ],
)
def test_without_a_footnote_the_sentence_names_the_source(sentence: str, verdict: str) -> None:
    assert only(sentence.replace("Q", ABSENT)).verdict == verdict


def test_each_quotation_of_a_sentence_has_its_own_footnote() -> None:
    found = findings(f"They say “{ABSENT}”^1 and “the overarching theme”^2.", notes=(APRIL.name, METI.name)).quotations
    assert [c.verdict for c in found] == ["exact", "exact"]
    swapped = findings(
        f"They say “{ABSENT}”^1 and “the overarching theme”^2.", notes=(METI.name, APRIL.name)
    ).quotations
    assert [c.verdict for c in swapped] == ["misattributed", "misattributed"]


def test_a_link_names_the_source() -> None:
    text = "They say “Indonesia was absent” there."
    for record, verdict in ((APRIL, "exact"), (JULY, "misattributed")):
        links = (Link(Span(10, 30), f"{record.source.address}#:~:text=x"),)
        (checked,) = CHECKER.check(ReportText("r", (Paragraph(text, "p", links=links),))).quotations
        assert checked.verdict == verdict


def test_a_block_quotation_is_checked_whole() -> None:
    assert only(ABSENT + "^1", notes=(APRIL.name,), block=True).verdict == "exact"
    assert only(ABSENT + " (MIC 2020)", block=True).verdict == "exact"
    assert only(ABSENT.replace("absent", "present"), block=True).verdict == "altered"


def test_titles_of_works_are_no_quotations() -> None:
    found = findings("Text.^1", notes=(CITATION.reference, "A. Author, “The Great Book of Other Meetings”, 2020."))
    assert (found.quotations, found.titles) == ((), 2)


def test_an_anchor_alone_is_checked() -> None:
    assert only(f"See {CITATION.anchor} there.").verdict == "exact"


def test_claims_are_looked_up_in_what_their_sentence_cites() -> None:
    text = "On 30 April 2020 Japan and 19 members met; TERADA Minoru and Tanaka spoke with Spanish guests.^1"
    found = findings(text, notes=(APRIL.name,))
    assert [(c.kind, c.value, c.is_found) for c in found.claims] == [
        ("date", "30 April 2020", True), ("figure", "19", False), ("name", "Japan", True), ("name", "TERADA", True),
        ("name", "Minoru", True), ("name", "Tanaka", False), ("name", "Spanish", True),
    ]  # fmt: skip


def test_a_claim_outside_the_cited_passage_is_flagged() -> None:
    (claim,) = findings("Spain was there.^1", notes=(CITATION.anchor,)).claims
    assert (claim.value, claim.is_found, claim.is_elsewhere) == ("Spain", False, True)


def test_a_reference_in_the_text_claims_nothing_wrong() -> None:
    found = findings(f"{CITATION.reference} (accessed 3 June 2024)")
    assert (found.quotations, found.flagged) == ((), ())
    assert found.claims != ()


def test_a_sentence_that_cites_nothing_claims_nothing() -> None:
    assert findings("In 1999 Tanaka met 12 people.").claims == ()


def test_a_report_without_quotations_is_said_to_be_unchecked() -> None:
    found = findings("Nothing here.")
    assert (found.is_ok, found.is_wrong) == (False, False)
    told = " ".join(findings_lines(found, 5))
    assert "no quotation was found, so nothing was verified" in told
    assert "%" not in told


def test_a_record_sentence_with_many_capitals_in_a_note_is_no_title() -> None:
    record = document("The Ministers met in Brunmark on 12 June 2031.\n", "notes.txt")
    note = Paragraph("It says: “The Ministers met in Brunmark on 12 July 2031.”", "endnote 1", note="endnote 1")
    (checked,) = Checker((record,)).check(ReportText("r.docx", (note,))).quotations
    assert (checked.verdict, [(c.report, c.record) for c in checked.changes]) == ("altered", [("July", "June")])


def test_another_spelling_of_a_figure_and_a_note_mark_are_told_apart_from_what_is_altered() -> None:
    record = document(
        "The port paid 1,250,000 marks for the buoys² and the nets, of which 400,000 came late.\n", "p.txt"
    )
    text = "“paid 1 250 000 marks for the buoys and the nets” and “paid 1.250.000 marks for the boats and the nets”"
    found = Checker((record,)).check(ReportText("r.md", (Paragraph(text, "p"),)))
    assert [checked.verdict for checked in found.quotations] == ["typographic", "altered"]
    assert [(c.report, c.record) for c in found.quotations[1].changes] == [("boats", "buoys²")]
    told = " ".join(findings_lines(found, 1))
    assert "the same figure in another spelling: the report has “1 250 000”, the record “1,250,000”" in told
    assert "the same figure in another spelling: the report has “1.250.000”, the record “1,250,000”" in told
    assert "left aside as a note mark: ² of the record" in told
