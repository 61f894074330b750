"""Select the cited sentences: those near the best, each side of a comparison, or a whole list."""

from collections.abc import Sequence

import pytest

from assistant.query import Intent, Query
from assistant.reading.select import SelectionLimits, introduces_list, items_of, select_evidence
from assistant.retrieval.score_sentences import Evidence
from corpus.passages import split
from corpus.reading import document_from, founding_records
from index.library import Library, open_library
from index.search.filters import Filters
from support.word_counts import WordCounts

APRIL, _, METI, MIC, _ = (split(record, 1000) for record in founding_records())


def at(passages: list, words: str) -> int:  # type: ignore[type-arg]
    return next(i for i, p in enumerate(passages) if words in p.text)


@pytest.mark.parametrize(
    "words", ["They have agreed on the following key points", "Connections to the Internet", "This is useful not only"]
)
def test_the_key_points_are_found_from_their_lead_in_and_from_any_of_them(words: str) -> None:
    found = [p.text.split()[1:3] for p in items_of(APRIL, at(APRIL, words))]
    assert found == [["Connections", "to"], ["It", "is"], ["It", "is"], ["It", "is"]]


def test_a_heading_over_a_list_leads_to_its_items_and_no_further() -> None:
    items = items_of(MIC, at(MIC, "2. Digital government"))
    assert [p.text for p in items] == [
        "• Digital Tools for Public Services and Their Continuity",
        "• Digital Identity",
        "• Agile Regulation",
    ]


def test_lists_under_different_headings_stay_apart() -> None:
    assert len(items_of(METI, at(METI, "iii. Measurement"))) == 8
    assert len(items_of(METI, at(METI, "x. Digital identity"))) == 3


def test_a_paragraph_that_announces_nothing_has_no_list() -> None:
    assert items_of(APRIL, at(APRIL, "In response to the global spread")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We agreed on these points:", True),
        ("They are as follows.", True),
        ("The following day they met in Rome again.", False),
    ],
)
def test_a_lead_in_is_told_by_its_end(text: str, expected: bool) -> None:
    passages = split(document_from(f"Talks\n\n{text}\n\n- one\n- two", "a.txt", "text/plain"), 1000)
    assert introduces_list(passages[1]) is expected


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
    return [e.quote for e in chosen]


def test_without_evidence_nothing_is_selected(library: Library) -> None:
    assert selected(library, Query("Who?"), []) == []


def test_only_sentences_near_the_best_are_selected(library: Library) -> None:
    scored = evidence(library, ("Ada came", 0.9), ("Ada spoke", 0.8), ("Ada left", 0.7))
    assert selected(library, Query("Who?"), scored) == ["Ada came.", "Ada spoke."]


def test_no_more_than_the_limit_are_selected(library: Library) -> None:
    scored = evidence(library, ("Ada came", 0.9), ("Ada spoke", 0.9), ("Ada left", 0.9))
    assert selected(library, Query("Who?"), scored, citations=1) == ["Ada came."]


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
