"""Select the cited sentences: those near the best, each side of a comparison, or a whole list."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.query import Intent, Query
from assistant.reading.lists.announced import with_announced_lists
from assistant.reading.select import select_evidence
from assistant.reading.selection_limits import SelectionLimits
from assistant.retrieval.evidence import Evidence
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import understand
from corpus.reading import document_from
from index.library import Library, open_library
from index.search.filters import Filters
from support.word_counts import WordCounts

POINTS = "The points are:\n\n- Ports are safe.\n- Rails are new.\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("select") / "library", encoder=WordCounts(), founding=False)
    for name, words in (("a.md", "Ada"), ("b.md", "Bo")):
        text = f"# {words}\n\n{words} came. {words} spoke. {words} left.\n\n{POINTS}"
        library.add(document_from(text, name, "text/markdown"))
    return library


def evidence(library: Library, *scores: tuple[str, float]) -> list[Evidence]:
    """Return the sentences that begin with some words, with these scores."""
    with library.snapshot() as view:
        sentences = [
            Evidence(passage, span, 0.0, 0.0, 0.0, 0.0)
            for document in view.documents
            for _, passage in view.passages_of(document)
            for span in passage.sentences()
        ]
    return [
        Evidence(e.passage, e.span, score, 0.0, 0.0, 0.0)
        for words, score in scores
        for e in sentences
        if e.quote.startswith(words)
    ]


def selected(library: Library, query: Query, scored: Sequence[Evidence], **limits: float) -> list[str]:
    with library.snapshot() as view:
        chosen = select_evidence(query, scored, view, SelectionLimits(**limits))  # type: ignore[arg-type]
    return [e.quote for e in chosen.cited]


def test_a_sentence_that_the_ranker_finds_much_less_likely_than_the_best_is_not_cited(library: Library) -> None:
    scored = evidence(library, ("Ada came.", 0.9), ("Ada spoke.", 0.88), ("Ada left.", 0.87))
    likely = [replace(e, ranker_probability=p) for e, p in zip(scored, (0.5, 0.05, 0.2), strict=True)]
    assert selected(library, Query("Who came?"), likely) == ["Ada came.", "Ada left."]
    assert selected(library, Query("Who came?"), scored) == ["Ada came.", "Ada spoke.", "Ada left."]


TALKS = """# Harbour talks

## Meeting with Ms Roe, envoy of Ostland

Mr Ito met Ms Roe and thanked her. They spoke of cranes. They set a day for the next visit.

## Meeting with Mr Lund

Mr Ito met Mr Lund. {}

## Ferries

- New boats

Mr Ito asked for new boats and ferries.
"""


@pytest.mark.parametrize(
    ("question", "last", "is_cited"),
    [
        ("What did Ito and Roe discuss?", "They set a day", True),
        ("What did Ito and Lund discuss?", "They had point 5", False),  # a long section
        ("What was said about ferries?", "New boats", False),  # a section with a list
        ("Did Roe speak?", "They set a day", False),
    ],
)
def test_a_topic_gets_the_whole_of_a_short_section_that_its_heading_names(
    tmp_path: Path, question: str, last: str, is_cited: bool
) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    text = TALKS.format(" ".join(f"They had point {n} on their list." for n in range(6)))
    library.add(document_from(text, "talks.md", "text/markdown"))
    reply = Assistant(library).ask(question).reply
    assert isinstance(reply, Answer)
    assert any(c.quote.startswith(last) for c in reply.citations) is is_cited


@pytest.mark.parametrize("asked", ["besides cranes", "apart from cranes", "other than cranes", "except for cranes"])
def test_a_subject_that_a_question_leaves_out_is_not_cited(tmp_path: Path, asked: str) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(TALKS, "talks.md", "text/markdown"))
    replies = [Assistant(library).ask(f"What did Ito and Roe discuss {words}?").reply for words in ("", asked)]
    quotes = [[c.quote for c in reply.citations] for reply in replies if isinstance(reply, Answer)]
    assert "They spoke of cranes." in quotes[0]
    assert quotes[1] == [quote for quote in quotes[0] if quote != "They spoke of cranes."]


def test_without_evidence_nothing_is_selected(library: Library) -> None:
    assert selected(library, Query("Who?"), []) == []


def test_only_sentences_near_the_best_are_selected(library: Library) -> None:
    scored = evidence(library, ("Ada came", 0.9), ("Ada spoke", 0.8), ("Ada left", 0.7))
    assert selected(library, Query("Who?"), scored) == ["Ada came.", "Ada spoke."]


def test_no_more_than_the_limit_are_selected(library: Library) -> None:
    scored = evidence(library, ("Ada came", 0.9), ("Ada spoke", 0.9), ("Ada left", 0.9))
    assert selected(library, Query("Who?"), scored, citations=1) == ["Ada came."]


def test_a_sentence_that_announces_a_list_is_quoted_with_it(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    text = "# Plan\n\nThe towns met.\n\nTo get there, they plan to:\n\n- Plant hedges.\n- Rest.\n"
    library.add(document_from(text, "plan.md", "text/markdown"))
    lead, other = evidence(library, ("To get there", 0.9), ("The towns", 0.85))

    def quoted(intent: Intent, *cited: Evidence) -> list[str]:
        with library.snapshot() as view:
            return [e.quote for e in with_announced_lists(Query("?", intent=intent), cited, view, 60)]

    whole = ["To get there, they plan to:", "Plant hedges.", "Rest."]
    assert quoted(Intent.TOPIC, lead, other) == [*whole, "The towns met."]
    assert quoted(Intent.TOPIC, other, lead) == ["The towns met."]
    assert quoted(Intent.FACT, lead, other) == [whole[0], "The towns met."]
    (item,) = evidence(library, ("Plant", 0.88))
    assert set(quoted(Intent.TOPIC, lead, item)) == set(whole)


def test_a_comparison_adds_the_best_of_another_record(library: Library) -> None:
    scored = evidence(library, ("Ada came", 0.9), ("Ada spoke", 0.6), ("Bo came", 0.72), ("Bo left", 0.71))
    assert selected(library, Query("Who?", intent=Intent.COMPARISON), scored) == ["Ada came.", "Bo came."]
    assert selected(library, Query("Who?", intent=Intent.FACT), scored) == ["Ada came."]


def test_each_named_side_keeps_its_own_however_low(library: Library) -> None:
    sides = tuple(Filters(names=frozenset({name})) for name in ("a.md", "b.md"))
    scored = evidence(library, ("Ada came", 0.9), ("Bo came", 0.1))
    assert selected(library, Query("Who?", intent=Intent.COMPARISON, sides=sides), scored) == ["Ada came.", "Bo came."]


def test_a_question_for_a_list_gets_all_items(library: Library) -> None:
    scored = evidence(library, ("The points are", 0.9))[:1]
    items = selected(library, Query("List the points", intent=Intent.LIST), scored)
    assert [item.lstrip("- ") for item in items] == ["Ports are safe.", "Rails are new."]


MINUTES = """# Harbour board

Orlund, 3 May 2024

**Present:** Ms. Ada Bo, Mr. Cy Day

**Apologies:** Dr. Eve Fox

## Remarks

Ms. Bo made the following remarks:

- The quay is too short for the new ferry.
- Tickets cost more than last year.
- The island needs a doctor.

## Health

Dr. Fox reported that the water is clean. She advised to test it again in June. The board agreed.

## Decisions

The board took the following two decisions:

1. The quay is extended.
2. The bakery gets a new oven.

## Tasks

| Task | Owner | Due |
|---|---|---|
| Plan of the quay | Cy Day | 1 June |
| Letter to the baker | Ada Bo | 1 June |
| Offer for paint | Eve Fox | 9 July |
"""


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("select") / "minutes", encoder=WordCounts(), founding=False)
    library.add(document_from(MINUTES, "minutes.md", "text/markdown"))
    return library


REMARKS = ["The quay is too", "Tickets cost more", "The island needs"]
DECISIONS = ["The quay is extended", "The bakery gets a"]


@pytest.mark.parametrize(
    ("question", "best", "expected"),
    [
        ("What did Ms. Bo say?", "Ms. Bo made", REMARKS),
        ("What did Ms. Bo say about tickets?", "Ms. Bo made", REMARKS[1:2]),
        ("What did Dr. Fox say?", "Dr. Fox reported", ["Dr. Fox reported", "She advised"]),
        ("What did Dr. Fox say about the water?", "Dr. Fox reported", ["Dr. Fox reported"]),
        ("What were the remarks of Ms. Bo?", "Ms. Bo made", REMARKS),
        ("What did the board decide?", "The board took", DECISIONS),
        ("Which two decisions were there?", "Ms. Bo made", DECISIONS),
        ("Who attended the harbour board?", "Ms. Bo made", ["**Present:** Ms. Ada Bo"]),
        ("Which persons were present at the board?", "Ms. Bo made", ["**Present:** Ms. Ada Bo"]),
        ("Did Cy Day attend?", "Ms. Bo made", ["**Present:** Ms. Ada Bo"]),
        ("Which tasks are due on 1 June?", "| Plan of the quay", ["| Plan of the", "| Letter to the"]),
        ("Who is the owner of the offer for paint?", "The quay is extended", ["| Offer for paint"]),
        ("When did the board take decisions?", "The board took", ["The board took"]),
    ],
)
def test_the_list_that_is_asked_for_is_cited(minutes: Library, question: str, best: str, expected: list[str]) -> None:
    found = selected(minutes, understood(question, minutes), evidence(minutes, (best, 0.9)))
    assert [" ".join(quote.split())[: len(words)] for quote, words in zip(found, expected, strict=True)] == expected


def test_items_beyond_the_limit_are_counted(minutes: Library) -> None:
    with minutes.snapshot() as view:
        scored = evidence(minutes, ("Ms. Bo made", 0.9))
        chosen = select_evidence(
            understood("What did Ms. Bo say?", minutes), scored, view, SelectionLimits(citations_list=2)
        )
    assert len(chosen.cited) == 2
    assert chosen.notes == ("2 of 3 items are quoted; 1 more follows in the record.",)


def understood(question: str, library: Library) -> Query:
    return understand(SubQuestion(question), Conversation(), library.documents(), Filters())


def test_passages_that_fit_a_topic_and_are_not_cited_are_counted(library: Library) -> None:
    scored = evidence(library, ("Ada came", 0.9), ("Ada spoke", 0.9), ("Ada left", 0.5), ("Bo left", 0.4))
    scored = [replace(e, term_overlap=1.0) for e in scored[:3]] + scored[3:]
    with library.snapshot() as view:
        chosen = select_evidence(Query("Tell me about Ada", intent=Intent.TOPIC), scored[:2], view, unread=scored[2:])
    assert [e.quote for e in chosen.cited] == ["Ada came.", "Ada spoke."]
    assert [e.quote for e in chosen.more] == ["Ada left."]
    assert chosen.notes == ("2 of 3 passages that fit are quoted.",)


def attendance(month: str, names: str, remark: str = "") -> str:
    return (
        f"# Talks of {month}\n\n## Participants\n\nMembers: {names}\n\n{remark}\n\n## Outcome\n\nWords were agreed.\n"
    )


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("select") / "talks", encoder=WordCounts(), founding=False)
    texts = {
        "may.md": attendance("May", "Japan, Italy, Brazil, India and Spain", "Chile and Norway were absent."),
        "june.md": attendance("June", "Japan, Italy, Brazil, India, Spain and Norway"),
    }
    for name, text in texts.items():
        library.add(document_from(text, name, "text/markdown"))
    return library


SIDES = tuple(Filters(names=frozenset({name})) for name in ("may.md", "june.md"))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who attended in June but not in May?", ["Chile and Norway were absent."]),
        (
            "Who attended in May and in June?",
            [
                "Members: Japan, Italy, Brazil, India and Spain",
                "Members: Japan, Italy, Brazil, India, Spain and Norway",
            ],
        ),
        ("Did Norway attend in May and in June?", ["Members: Japan, Italy, Brazil, India, Spain and Norway"]),
    ],
)
def test_participants_of_two_meetings_are_compared(talks: Library, question: str, expected: list[str]) -> None:
    scored = evidence(talks, ("Words were agreed", 0.9))
    keywords = question.replace("June", "").replace("May", "")
    query = Query(question, intent=Intent.COMPARISON, sides=SIDES, keywords=keywords)
    assert sorted(selected(talks, query, scored)) == sorted(expected)


def test_a_side_of_which_nothing_was_found_is_named(library: Library) -> None:
    sides = tuple(Filters(names=frozenset({name})) for name in ("a.md", "b.md"))
    scored = [
        replace(e, term_overlap=float(e.quote == "Ada came.")) for e in evidence(library, ("Ada", 0.9), ("Bo", 0.5))
    ]
    with library.snapshot() as view:
        chosen = select_evidence(Query("Who came?", intent=Intent.COMPARISON, sides=sides), scored, view)
    assert {e.document.name for e in chosen.cited} == {"a.md"}
    assert chosen.notes == ("No passage was found for b.md.",)


def test_a_question_for_the_person_of_a_country_is_not_answered_with_all_participants(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts())
    reply = Assistant(library).ask("Which Japanese official attended the meeting of July 2020?").reply
    assert isinstance(reply, Answer)
    assert not any(citation.quote.startswith("Countries invited") for citation in reply.citations)
