"""Build answers with numbered citations, and abstentions with the text of their reason."""

import pytest

from assistant.answer import (
    Answer,
    Reason,
    ReplyKind,
    SearchSummary,
    ShortAnswer,
    Statement,
    abstain,
)
from assistant.citations.citation import Citation
from assistant.heading import source_heading
from corpus.facts import correct_facts
from corpus.reading import document_from, founding_records
from corpus.span import Span
from index.search.filters import Filters

APRIL, JULY, METI, MIC, TAKASAKI = founding_records()
HEADING = "Extraordinary G20 Digital Economy Ministerial Meeting, online, 30 April 2020 (MIC)"


def cite(document: object, words: str) -> Citation:
    start = document.text.index(words)  # type: ignore[attr-defined]
    return Citation(document, Span(start, start + len(words)))  # type: ignore[arg-type]


def test_an_answer_without_a_citation_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="at least one citation"):
        Answer(())


@pytest.mark.parametrize("kind", [ReplyKind.QUOTES, ReplyKind.OUTLINE, ReplyKind.ABSTENTION])
def test_only_a_reply_about_the_library_stands_without_a_citation(kind: ReplyKind) -> None:
    with pytest.raises(ValueError, match=r"at least one citation|no abstention"):
        Answer((), kind=kind, statements=(Statement("5 records"),))


def test_a_statement_stands_above_the_words_that_state_it() -> None:
    cited = cite(MIC, "Thursday, August 5, 2021")
    answer = Answer((cited,), kind=ReplyKind.LIBRARY, statements=(Statement("5 August 2021", (cited,)),))
    assert answer.text.startswith("5 August 2021 [1]\n\n")
    assert answer.text.endswith("(MIC):\nThursday, August 5, 2021 [1]")


def test_a_list_of_statements_has_markers_and_repeats_no_quotation() -> None:
    july, trieste = cite(JULY, "July 22, 2020"), cite(MIC, "Thursday, August 5, 2021")
    statements = (Statement("2 meetings"), Statement("July", (july,)), Statement("August", (trieste,)))
    answer = Answer((july, trieste), kind=ReplyKind.LIBRARY, statements=statements)
    assert answer.text == "2 meetings\nJuly [1]\nAugust [2]"


def test_a_statement_cites_what_the_answer_cites() -> None:
    with pytest.raises(ValueError, match="cites what the answer does not"):
        Answer((cite(APRIL, "1. Date"),), statements=(Statement("July", (cite(JULY, "July 22, 2020"),)),))


def test_the_text_stands_in_order_of_date_and_the_citations_best_first() -> None:
    best, second, third = cite(TAKASAKI, "Bilateral Meetings"), cite(APRIL, "1. Date"), cite(APRIL, "3. Overview")
    answer = Answer((best, third, second))
    assert answer.text == (
        f"{HEADING}:\n1. Date [1]\n3. Overview [2]\n\n"
        "G7 Digital and Tech Ministers' Meeting, Takasaki, Japan, 29-30 April 2023 (Digital Agency):\n"
        "Bilateral Meetings [3]"
    )
    assert [answer.marker(c) for c in answer.citations] == [3, 2, 1]


def test_two_records_of_one_meeting_stand_under_their_own_publisher() -> None:
    text = Answer((cite(METI, "August 6, 2021"), cite(MIC, "Agile Regulation"))).text
    assert text.count("G20 Digital Ministers' Meeting, Trieste, Italy, 5 August 2021 (METI):") == 1
    assert text.count("G20 Digital Ministers' Meeting, Trieste, Italy, 5 August 2021 (MIC):") == 1


def test_line_breaks_in_a_quotation_are_shown_as_spaces_and_cited_as_they_are() -> None:
    broken = cite(JULY, "*\n    In the form of a video conference")
    answer = Answer((broken,))
    assert "* In the form of a video conference [1]" in answer.text
    assert answer.citations[0].quote == "*\n    In the form of a video conference"


def lead(citation: Citation, words: str) -> ShortAnswer:
    start = citation.document.text.index(words, citation.span.start)
    return ShortAnswer(citation, Span(start, start + len(words)))


def test_the_text_begins_with_what_was_asked_under_the_marker_of_its_citation() -> None:
    april, takasaki = cite(APRIL, "1. Date"), cite(TAKASAKI, "Bilateral Meetings")
    answer = Answer((takasaki, april), short_answer=lead(takasaki, "Meetings"))
    assert answer.text.startswith(f"Meetings [2]\n\n{HEADING}:\n1. Date [1]\n\nG7")


def test_a_first_line_is_shown_on_one_line() -> None:
    broken = cite(JULY, "*\n    In the form of a video conference")
    assert Answer((broken,), short_answer=ShortAnswer(broken, broken.span)).text.startswith(
        "* In the form of a video conference [1]\n\n"
    )


@pytest.mark.parametrize("beyond", [(-1, 0), (0, 1), (-1, 1)])
def test_a_first_line_outside_its_citation_cannot_be_built(beyond: tuple[int, int]) -> None:
    cited = cite(APRIL, "Indonesia was absent")
    with pytest.raises(ValueError, match="outside the citation"):
        ShortAnswer(cited, Span(cited.span.start + beyond[0], cited.span.end + beyond[1]))


def test_a_first_line_from_no_citation_of_the_answer_cannot_be_built() -> None:
    april, july = cite(APRIL, "1. Date"), cite(JULY, "3. Overview")
    with pytest.raises(ValueError, match="from no citation of the answer"):
        Answer((april,), short_answer=ShortAnswer(july, july.span))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_text(reason: Reason) -> None:
    assert abstain(reason, SearchSummary("Who?", 5)).text


def test_an_abstention_names_filters_and_words_without_a_record() -> None:
    search = SearchSummary(
        "Who?", 1, Filters(forums=frozenset({"G7"})), missing=("Bali", "Lima", "2022"), unmet=("2022",)
    )
    assert abstain(Reason.NOT_IN_RECORDS, search).text == (
        "I found no passage that answers this in the record I searched (G7). No record mentions “Bali” or “Lima”."
        " No record is from 2022."
    )


def test_a_japanese_question_is_refused_in_japanese() -> None:
    search = SearchSummary("2022年の予算は?", 5, missing=("予算", "2022"), unmet=("2022",), language="ja")
    assert abstain(Reason.NOT_IN_RECORDS, search).text == (
        "検索した5件の記録には、答えとなる箇所が見つかりませんでした。「予算」はどの記録にもありません。"
        "2022の記録はありません。"
    )


def test_a_message_that_is_no_question_has_no_search() -> None:
    reply = abstain(Reason.SMALL_TALK)
    assert (reply.search, reply.nearest) == (None, ())
    assert reply.text.startswith("Hello.")


@pytest.mark.parametrize(
    ("name", "media_type", "text", "shown"),
    [
        ("a.md", "text/markdown", "See the [annex](https://a.example/b) of **May**.", "See the annex of May."),
        ("a.txt", "text/plain", "See the [annex](https://a.example/b) of *May.", "See the annex of *May."),
    ],
)
def test_a_link_in_a_quotation_is_shown_as_its_text(name: str, media_type: str, text: str, shown: str) -> None:
    document = document_from(text, name, media_type)
    cited = Citation(document, Span(0, len(document.text.rstrip())))
    assert cited.shown == shown
    assert f"{shown} [1]" in Answer((cited,)).text
    assert cited.quote == text


@pytest.mark.parametrize(
    ("facts", "heading"),
    [
        ({"title": "Results of the Ports Meeting", "meeting": "Ports Meeting", "forum": "G20"}, "G20, Ports Meeting"),
        ({"title": "Statement on Cables", "published": "2023-06-01"}, "Statement on Cables, published 1 June 2023"),
        (
            {"title": "Talks in Oslo", "place": "Oslo, Norway", "meeting_date": "2022-03-01"},
            "Talks in Oslo, 1 March 2022",
        ),
        ({"title": "Word " * 60}, f"{'Word ' * 24}…"),
    ],
)
def test_a_group_of_quotations_names_its_meeting_or_record(facts: dict[str, str], heading: str) -> None:
    document = correct_facts(document_from("Words.", "a.txt", "text/plain"), facts)
    assert source_heading(document) == heading
