"""Outline a record in its own words: its key points, the sentence that carries each section, or a spread."""

from pathlib import Path

import pytest

from assistant.answer import Answer, ReplyKind
from assistant.assistant import Assistant
from assistant.replies.minutes_outline import outline_minutes
from assistant.replies.sections import read_sections
from corpus.passages import split
from corpus.reading import document_from
from index.library import open_library
from index.settings import Settings
from support.word_counts import WordCounts

MINUTES = """\
# Minutes of the Reef Committee

Suva, 3 May 2024, 10:00

**Present:** Ana Tui, Ben Rowe, Cara Lin

## Moorings

Ms. Tui reported that four moorings were lost in the storm. The committee closed the north bay until June.

## Visitors

- Guides must carry a licence from July on.
- The fee for boats is raised by two dollars.

## Costs

| Item | Cost |
|---|---|
| Chain | 200 |

## Decisions

The committee took the following decisions:

- Two rangers are hired for the summer.
- The survey of the reef is repeated every year.

## Contact

https://reef.example/contact
"""
TALK = "\n\n".join(
    (
        "Hearing on the pier",
        "CHAIR: Good evening.",
        "MR. OKU: The pier of the harbour was built in 1931 and carries forty boats on an ordinary summer day.",
        "Q Will the pier be closed for the whole of next winter?",
        "MR. OKU: The pier will be closed from November, and the boats will land at the fish market instead.",
        "MS. REY: The fish market has no lamps and no railing, and the children land there after dark.",
        "MR. OKU: The town will put up lamps and a railing at the fish market before November.",
    )
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = Settings(library=tmp_path_factory.mktemp("outlines") / "library")
    library = open_library(settings=settings, encoder=WordCounts())
    library.add(document_from(MINUTES, "reef.md", "text/markdown"))
    library.add(document_from(TALK, "pier.txt", "text/plain"))
    return Assistant(library)


def outline(assistant: Assistant, question: str) -> Answer:
    reply = assistant.ask(question).reply
    assert isinstance(reply, Answer), reply
    assert reply.kind is ReplyKind.OUTLINE
    return reply


def quotes(answer: Answer) -> list[str]:
    return [" ".join(citation.quote.split()) for citation in answer.in_order]


def test_key_points_are_the_list_that_the_record_calls_so(assistant: Assistant) -> None:
    found = outline(assistant, "What were the key points of the extraordinary meeting?")
    assert [words[:34] for words in quotes(found)] == [
        "Connections to the Internet have b",
        "It is essential to recognize the n",
        "It is essential to share best prac",
        "It is essential to share the digit",
    ]


def test_key_points_under_headings_of_their_own_are_quoted_with_them(assistant: Assistant) -> None:
    found = outline(assistant, "What were the main points of the July 2020 statement?")
    assert [citation.section[-1] for citation in found.in_order] == [
        "Trustworthy Artificial Intelligence",
        "Data Free Flow with Trust and Cross-border Data Flows",
        "Smart Cities",
        "Measurement of the Digital Economy",
        "Security in the Digital Economy",
    ]
    assert "\nSmart Cities\nThe G20 countries " in found.text


def test_points_that_a_sentence_announces_end_where_a_section_states_nothing(assistant: Assistant) -> None:
    found = outline(assistant, "What were the main results of the Takasaki meeting?")
    sections = [citation.section[-1] for citation in found.in_order]
    assert sections[1] == "Facilitation of Cross-Border Data Flows and Data Free Flow with Trust"
    assert sections[-1] == "Competition Policy on Digital Market"


def test_a_summary_says_that_it_quotes_and_is_in_the_order_of_the_record(assistant: Assistant) -> None:
    found = outline(assistant, "Summarise the reef committee minutes")
    assert found.text.startswith("Quoted and not summarised")
    assert [citation.span.start for citation in found.in_order] == sorted(c.span.start for c in found.in_order)


def test_dates_participants_tables_and_contacts_are_no_points(assistant: Assistant) -> None:
    found = quotes(outline(assistant, "Give me an overview of the reef committee"))
    assert not [words for words in found if "Suva" in words or "Present" in words or "|" in words or "http" in words]
    assert "Two rangers are hired for the summer." in found


def test_a_record_without_headings_is_quoted_from_each_part_without_its_questions(assistant: Assistant) -> None:
    found = quotes(outline(assistant, "Summarise the hearing on the pier"))
    assert 3 <= len(found) <= 8
    assert not [words for words in found if words.endswith("?") or "Good evening" in words]


def test_the_records_of_a_meeting_stand_one_after_the_other(assistant: Assistant) -> None:
    names = [c.document.name for c in outline(assistant, "Summarise the Trieste meeting").in_order]
    assert names == sorted(names, key=names.index)
    assert len(set(names)) == 2


def test_a_japanese_question_has_a_japanese_line_above(assistant: Assistant) -> None:
    assert outline(assistant, "2020年7月の会合の概要を教えてください").text.startswith("要約ではなく")


def test_sections_that_state_nothing_are_left_out() -> None:
    document = document_from(MINUTES, "reef.md", "text/markdown")
    sections = read_sections(split(document, 1000))
    assert [section.heading.words.of(document.text) if section.heading else "" for section in sections] == [
        "Moorings",
        "Visitors",
        "Decisions",
    ]
    assert [section.is_key for section in sections] == [False, False, True]


def test_a_list_before_the_first_heading_is_a_summary_by_the_record_itself() -> None:
    items = "".join(f"- We agree to plant {number} thousand trees\n" for number in ("two", "four", "six"))
    text = f"# Communique\n\nWe met and agree:\n\n{items}\n## Trees\n\nWe plant the trees in the spring of the year.\n"
    document = document_from(text, "trees.md", "text/markdown")
    opening, trees = read_sections(split(document, 1000))
    assert (opening.is_key, len(opening.points), trees.is_key) == (True, 3, False)


@pytest.mark.parametrize("heading", ["Key takeaways", "Main points", "Conclusions"])
def test_a_section_that_the_record_calls_its_points_is_key(heading: str) -> None:
    text = f"# Talk\n\n## {heading}\n\n- The town plants many trees.\n\n## Water\n\nThe town saves water in summer.\n"
    document = document_from(text, "talk.md", "text/markdown")
    assert [section.is_key for section in read_sections(split(document, 1000))] == [True, False]


@pytest.mark.parametrize("text", ["", "One word", "https://a.example/b", "- a\n- b"])
def test_a_record_that_states_nothing_has_no_outline(text: str, tmp_path: Path) -> None:
    document = document_from(text or "x", "a.txt", "text/plain")
    assert read_sections(split(document, 1000)) == []


ITEMS = """Weir Trust

Minutes of the meeting held on 4 June 2025

Present: Ida Moll

1. Fish pass

The count was presented by Mr Dahl. After discussion, the trust agreed to close the fish pass in May.

2. Roof

Two offers were compared at length. The trust rejected both offers.

3. Swans

Mr Dahl reported that eleven swans had hatched. They stay on the island.
"""


def test_an_outline_of_minutes_has_the_outcome_of_each_item() -> None:
    document = document_from(ITEMS, "weir.txt", "text/plain")
    assert [c.quote for c in outline_minutes(document, 12)] == [
        "After discussion, the trust agreed to close the fish pass in May.",
        "The trust rejected both offers.",
        "Mr Dahl reported that eleven swans had hatched.",
    ]
    assert [c.quote[:5] for c in outline_minutes(document, 2)] == ["After", "The t"]


def test_an_outline_of_items_without_decisions_is_none_of_outcomes() -> None:
    text = "\n\n".join(line for line in ITEMS.split("\n\n") if "trust" not in line)
    assert not outline_minutes(document_from(text, "weir.txt", "text/plain"), 12)
