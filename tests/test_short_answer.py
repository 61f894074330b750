"""The short answer consists of words of a cited sentence and is left out in any doubt."""

from dataclasses import replace

import pytest

from assistant.citations.citation import Citation
from assistant.query import Intent, Query
from assistant.reading.short_answer import short_answer
from assistant.understanding.understand import plain_query
from corpus.document import Document, Meeting, Source, sha256_of
from corpus.span import Span

OSLO = Meeting(forum="G9", place="Oslo")


def cited(*sentences: str, section: str = "Overview") -> list[Citation]:
    """A record whose only text is the sentences, each a citation."""
    text = "\n\n".join(sentences)
    document = Document(
        "m.txt", "Results of the G9 Ports Meeting", text, (), Source(sha256_of(text), "text/plain"), meeting=OSLO
    )
    return [Citation(document, Span(s := text.index(each), s + len(each)), (section,)) for each in sentences]


def first_line(question: str, *sentences: str, section: str = "Overview") -> str | None:
    found = short_answer(plain_query(question), cited(*sentences, section=section))
    return found.words if found else None


HELD = "On 3 May 2022, the G9 Ports Meeting was held in Bergen, Norway."
SENT = "The Ministry of Ports sent Ms. Ada Berg, State Minister for Ports and Rivers, to the meeting."
ATTENDED = "Mr. Ole Lund, Minister of Trade, attended the meeting online and praised six new harbours."


@pytest.mark.parametrize(
    ("question", "sentence", "line"),
    [
        ("Who attended the meeting online?", ATTENDED, "Mr. Ole Lund, Minister of Trade"),
        ("Which minister attended the meeting?", ATTENDED, "Mr. Ole Lund, Minister of Trade"),
        ("How many new harbours were praised?", ATTENDED, "six new harbours"),
        ("How many harbours were praised?", "The guild praised 6 of the 85 harbours.", "6 of the 85 harbours"),
        ("Who did the Ministry of Ports send?", SENT, "Ms. Ada Berg, State Minister for Ports and Rivers"),
        ("Who sent Ms. Ada Berg to the meeting?", SENT, "Ministry of Ports"),
        ("When was the Ports Meeting held?", HELD, "3 May 2022"),
        ("In which year did the Ports Meeting take place?", HELD, "2022"),
        ("Where was the Ports Meeting held?", HELD, "Bergen, Norway"),
        ("In which country was the Ports Meeting held?", HELD, "Norway"),
        ("Which country was absent from the meeting?", "Spain was absent from this meeting.", "Spain"),
        (
            "Who proposed the ports meeting?",
            "The meeting was proposed by the Swedish Presidency.",
            "Swedish Presidency",
        ),
        ("When will the ports be rebuilt?", "All ports will be rebuilt by 2030.", "by 2030"),
        ("How much will Japan give for ports?", "Japan will give about $1.5 billion for ports.", "about $1.5 billion"),
        ("In which form was the meeting held?", "The meeting was held as a video conference.", "video conference"),
    ],
)
def test_the_line_is_what_was_asked(question: str, sentence: str, line: str) -> None:
    assert first_line(question, sentence) == line


def test_a_line_is_a_slice_of_the_citation_that_holds_it() -> None:
    citations = cited("Nothing was said of ports.", HELD)
    found = short_answer(plain_query("When was the Ports Meeting held?"), citations)
    assert found
    assert found.citation == citations[1]
    assert found.span.of(found.citation.document.text) == "3 May 2022"
    assert found.citation.span.overlaps(found.span)


@pytest.mark.parametrize(
    ("section", "line"), [("1. Date", "3 May 2022"), ("Time and date", "3 May 2022"), ("Remarks", None)]
)
def test_a_day_alone_answers_under_a_heading_that_says_so(section: str, line: str | None) -> None:
    assert first_line("When was the G9 meeting held?", "3 May 2022", section=section) == line


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # Two of a kind.
        ("Who attended the meeting?", "Mr. Ole Lund and Ms. Ada Berg attended the meeting."),
        ("Who attended the meeting?", "Mr. Ole Lund, Ms. Ada Berg, and Mr. Per Dahl attended the meeting."),
        ("When was the meeting held?", "The meeting was held on 3 May 2022 and on 9 June 2022."),
        ("Who hosted the meeting?", "The meeting was hosted by Norway together with Sweden."),
        # Another role: who did it, and to whom it was done.
        ("Who met Ms. Ada Berg?", "Ms. Ada Berg met Mr. Ole Lund."),
        ("Who was met by Mr. Ole Lund?", "Ms. Ada Berg met with officials, and Mr. Ole Lund left."),
        ("Who hosted the meeting?", "Mr. Ole Lund attended the meeting."),
        ("Who adopted the policy?", "They followed NATO’s adoption of the policy."),
        # Another clause, another event.
        ("When was the plan endorsed?", "The plan was proposed at the forum in 2019 and endorsed by each country."),
        ("When is the meeting to be held?", "The meeting prepares the Bergen Summit to be held from May 19 to 21."),
        (
            "Who took part physically?",
            "It was held physically, and Mr. Ole Lund, Minister of Trade, took part online.",
        ),
        # A time that only another time gives.
        ("When will the agency be founded?", "The agency will be founded in September of this year."),
        ("When was the disaster declared?", "Today, a disaster was declared that began on 26 August 2021."),
        (
            "Which country chaired the meeting in 2020?",
            "At last year’s meeting, which Japan chaired in 2020, it began.",
        ),
        ("Who hosted the meeting in 2020?", "In 2019, Japan hosted the meeting."),
        # What the question says and the sentence does not, or denies.
        ("Who attended the opening ceremony?", ATTENDED),
        ("Who attended the meeting?", "Mr. Ole Lund attended the meeting, which Ms. Ada Berg could not."),
        ("How many old harbours were praised?", ATTENDED),
        # Asked for something else, or for two things.
        ("Why did Mr. Ole Lund attend the meeting?", ATTENDED),
        ("When was the meeting held, and who attended?", HELD),
        ("How many ports were there?", "The ports were praised in 2022."),
        ("誰が会合に出席しましたか", ATTENDED),
        ("Who will ring the harbour?", "I'll ring the harbour tomorrow."),
    ],
)
def test_in_doubt_there_is_no_line(question: str, sentence: str) -> None:
    assert first_line(question, sentence) is None


def test_citations_that_disagree_give_no_line() -> None:
    assert first_line("Where was the Ports Meeting held?", HELD, HELD.replace("Bergen", "Narvik")) is None
    assert first_line("Where was the Ports Meeting held?", HELD, ATTENDED) == "Bergen, Norway"


def test_the_name_before_a_sentence_that_points_back_to_it_gives_no_line() -> None:
    sent, author = "Ms. Ada Berg sent the map to the Ports Meeting.", "Its author is Ole Lund."
    assert first_line("Who sent the map to the Ports Meeting?", sent) == "Ms. Ada Berg"
    assert first_line("Who sent the map to the Ports Meeting?", author, sent) is None


@pytest.mark.parametrize(
    "query",
    [
        replace(plain_query("When was the Ports Meeting held?"), intent=Intent.LIST),
        replace(plain_query("When was the Ports Meeting held?"), intent=Intent.COMPARISON),
        replace(plain_query("When was the Ports Meeting held?"), latest="When was it held?"),
    ],
)
def test_lists_comparisons_and_follow_ups_get_no_line(query: Query) -> None:
    assert short_answer(query, cited(HELD)) is None
