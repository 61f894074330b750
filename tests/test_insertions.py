"""Words in brackets may say what is meant, with names that the record has; never who else, how much or whether."""

import pytest

from assistant.verification.checker import Checker
from assistant.verification.exact_match import matches
from assistant.verification.insertions import limits, may_replace
from assistant.verification.readers.report import Paragraph, ReportText
from assistant.verification.record_index import RecordIndex
from assistant.verification.render import accepted_lines, findings_object
from support.generated_texts import document

RECORDS = RecordIndex(
    [
        document(
            "Interview with Professor Ngozi Adeyemi, 4 May 2031\n\nMr Brandt: I worked for nine years on the map of the"
            " valley. We spoke often, and the talks went well. My grandmother used words that nobody understands.\n\n"
            "The Committee on Schools met in June. Earlier, the Panel on Roads had met. The panel refused the plan. The"
            " committee wants smaller classes.\n",
            "talk.txt",
        ),
        document(
            "Norway voted for the plan and the members agreed. Ms Roe sat with the board. The plan cost 4,000 crowns."
            " It shall be paid in June. The pier opened quietly and closed."
            "\n\nDie Sprache der Leute ist alt. Elle sera ouverte en juin.\n",
            "board.txt",
        ),
    ]
)


@pytest.mark.parametrize(
    "quote",
    [
        "I worked [with Professor Adeyemi] for nine years",
        "I worked for nine years [with Ngozi Adeyemi] on the map",
        "the talks [with Adeyemi] went well",
        "The committee [on Schools] wants smaller classes",
        "The panel [on Roads] refused the plan",
        "My grandmother used [dialect] words",
        "used words [= dialect] that nobody understands",
        "used words that nobody understands [dialect]",
        "It shall be paid [by the board] in June",
        "Elle [la jetée] sera ouverte en juin",
        "Ms Roe sat with the board [emphasis added]",
        "We [the government] spoke often",
        "The pier opened quietly and [quietly] closed",
    ],
)
def test_what_says_what_is_meant_is_an_insertion(quote: str) -> None:
    (match,) = matches(quote, RECORDS)
    assert (match.is_exact, match.inserted) == (False, (quote[quote.index("[") : quote.index("]") + 1],))


@pytest.mark.parametrize(
    "quote",
    [
        "I worked [with Professor Lindgren] for nine years",
        "the map [with Adeyemi] of the valley",
        "Norway [with Chad] voted for the plan",
        "the members [with Norway] agreed",
        "the members [of Norway] agreed",
        "The committee [on Roads] wants smaller classes",
        "The panel [on Schools] refused the plan",
        "The committee [on Harbours] wants smaller classes",
        "Ms Roe [with Mr Brandt] sat with the board",
        "the members [almost] agreed",
        "[some] members agreed",
        "The plan cost [nearly] 4,000 crowns",
        "The plan cost 4,000 [million] crowns",
        "The plan cost 4,000 [per cent] crowns",
        "the members [would have] agreed",
        "Norway [perhaps] voted for the plan",
        "Die Sprache der Leute ist [nicht] alt",
        "Elle sera [peut-être] ouverte en juin",
        "the members [secretly] agreed",
        "the members [illegally] agreed",
        "the members [quite illegally] agreed",
        "It shall be paid [secretly] in June",
        "Elle sera [secrètement] ouverte en juin",
    ],
)
def test_what_changes_who_how_much_or_whether_is_a_change(quote: str) -> None:
    assert list(matches(quote, RECORDS)) == []


@pytest.mark.parametrize(
    "inside", ["not", "kein", "sans", "at most", "two", "peut-être", "50%", "ほぼ", "might", "half"]
)
def test_a_limit_is_a_negation_a_figure_or_a_word_of_amount_or_doubt(inside: str) -> None:
    assert limits(inside)
    assert not limits("dialect")


@pytest.mark.parametrize(
    ("inserted", "replaced", "may"),
    [
        ("the clerk", "him", True),
        ("agreed", "agree", True),
        ("held", "hold", True),
        ("reject", "approve the", False),
        ("suppress", "support", False),
        ("supported the fence", "support the plan", False),
    ],
)
def test_each_word_of_content_that_is_replaced_keeps_its_sense(inserted: str, replaced: str, may: bool) -> None:
    assert may_replace(inserted, replaced) is may


def test_an_insertion_is_told_with_the_words_that_it_replaces() -> None:
    text = "The minutes say “the chair told [the clerk] to go [sic] at once” there."
    record = document("On Monday the chair told him to go at once, and all left.", "board.txt")
    found = Checker((record,)).check(ReportText("r.md", (Paragraph(text, "p"),)))
    quotation = findings_object(found)["quotations"][0]
    assert quotation["verdict"] == "typographic"
    assert (quotation["inserted"], quotation["replaced"]) == (["[the clerk]", "[sic]"], ["him", ""])
    assert "inserted by the report: [the clerk], in the place of “him”" in list(accepted_lines(found.quotations[0]))
