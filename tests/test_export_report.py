"""A reply becomes the sections and items of a report."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from assistant.answer import Abstention, Answer, Reason, ReplyKind, SearchSummary, ShortAnswer, Statement
from assistant.conversation import Conversation, Turn
from assistant.export.bibliography.style import Style
from assistant.export.docx.write import word
from assistant.export.html import html
from assistant.export.markdown import markdown
from assistant.export.report import LeadLine, report_of, report_of_conversation
from assistant.query import Query
from corpus.span import Span
from support.sample_reports import ABSENT, ADOPTED, APRIL, DAY, METI, citation

APA = Style.of("apa")
SECOND = "On August 5 (Thu.), a G20 Digital Ministers' Meeting was held both physically and virtually"
ANSWERED = Turn(
    "Who was absent?",
    Query("Who was absent?"),
    Answer((citation(METI, ADOPTED), citation(APRIL, ABSENT), citation(METI, SECOND)), ("No record is from 2022.",)),
)
SILENT = Turn(
    "Who sang?",
    Query("Who sang?"),
    Abstention(Reason.NOT_IN_RECORDS, "This is not in the records.", SearchSummary("Who sang?", 5)),
)


def test_an_answers_quotations_stand_in_its_order_under_their_meetings() -> None:
    (section,) = report_of(ANSWERED, DAY).sections
    assert [(i.heading, i.citation.quote) for i in section.items] == [
        ("Extraordinary G20 Digital Economy Ministerial Meeting, online, 30 April 2020 (MIC)", ABSENT),
        ("G20 Digital Ministers' Meeting, Trieste, Italy, 5 August 2021 (METI)", SECOND),
        ("", ADOPTED),
    ]
    assert section.remarks == ("No record is from 2022.",)


def test_a_single_question_is_the_title() -> None:
    assert report_of_conversation(Conversation((ANSWERED,)), DAY) == report_of(ANSWERED, DAY)
    assert report_of(ANSWERED, DAY).title == "Who was absent?"


def test_each_question_of_a_conversation_is_a_heading() -> None:
    report = report_of_conversation(Conversation((ANSWERED, SILENT)), DAY)
    assert report.title == "Questions and answers"
    assert [(s.heading, s.answered, len(s.items)) for s in report.sections] == [
        ("Who was absent?", True, 3),
        ("Who sang?", False, 0),
    ]


def test_an_abstention_says_so_and_quotes_nothing() -> None:
    (section,) = report_of(SILENT, DAY).sections
    assert section.items == ()
    assert section.remarks == ("This is not in the records.", "Searched for: Who sang?")


def test_numbers_run_through_the_sections_and_a_record_counts_once() -> None:
    report = report_of_conversation(Conversation((ANSWERED, SILENT, ANSWERED)), DAY)
    assert [[number for number, _ in items] for _, items in report.numbered()] == [[1, 2, 3], [], [4, 5, 6]]
    assert report.documents == (APRIL, METI)


def test_an_empty_conversation_is_refused() -> None:
    with pytest.raises(ValueError, match="without a turn"):
        report_of_conversation(Conversation(), DAY)


def test_a_fact_that_no_text_states_answers_its_question_by_a_first_line() -> None:
    fact = Answer((), kind=ReplyKind.LIBRARY, statements=(Statement("In person (from records.toml)"),))
    (section,) = report_of(Turn("Was it online?", Query("Was it online?"), fact), DAY).sections
    assert (section.answered, section.items, section.remarks) == (True, (), ())
    assert section.first_lines == (LeadLine("In person (from records.toml)"),)


def test_the_short_answer_is_the_first_line_above_its_quotation() -> None:
    cited = citation(APRIL, ABSENT)
    start = APRIL.text.index("Indonesia", cited.span.start)
    short = ShortAnswer(cited, Span(start, start + len("Indonesia")))
    report = report_of(replace(ANSWERED, reply=Answer((cited,), short_answer=short)), DAY)
    assert report.sections[0].first_lines == (LeadLine("Indonesia", (cited,)),)
    shown = [content.decode() for content in (markdown(report, APA), html(report, APA))]
    shown.append("\n".join(p.text for p in Document(BytesIO(word(report, APA))).paragraphs))
    assert all(text.index("Indonesia") < text.index("Of the G20 members, Indonesia") for text in shown)
