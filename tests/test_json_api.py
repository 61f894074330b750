"""Write turns, hits and documents as JSON objects with a fixed form."""

from dataclasses import replace
from datetime import date

from assistant.answer import Abstention, Answer, Reason, ReplyKind, Statement
from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.conversation import Turn
from assistant.json_api import (
    citation_object,
    document_object,
    error_object,
    hits_object,
    turn_object,
    whole_document_object,
)
from assistant.query import Query
from corpus.document import Document, Meeting
from corpus.passages import split
from corpus.reading import document_from
from corpus.span import Span
from index.search.hybrid import Hit

CITATION_KEYS = [
    "marker",
    "document",
    "title",
    "publisher",
    "published",
    "meeting_date",
    "url",
    "link",
    "section",
    "start",
    "end",
    "quote",
    "anchor",
]


def record(text: str, name: str = "trieste.txt", day: date | None = date(2021, 8, 5)) -> Document:
    meeting = Meeting("G20", "Digital Ministers", day, day, "Trieste", "Italy", "hybrid")
    plain = document_from(text, name, "text/plain")
    source = replace(plain.source, address="https://example.org/a", path="/home/me/trieste.txt")
    return replace(plain, title="Trieste", publisher="METI", published=date(2021, 8, 6), meeting=meeting, source=source)


def test_a_citation_has_the_keys_of_the_contract_in_their_order() -> None:
    document = record("😀 é\nTariffs fell by 3%, he said.\n")
    assert citation_object(2, Citation(document, Span(4, 33), ("3. Overview",))) == {
        "marker": 2,
        "document": "trieste.txt",
        "title": "Trieste",
        "publisher": "METI",
        "published": "2021-08-06",
        "meeting_date": "2021-08-05",
        "url": "https://example.org/a",
        "link": "https://example.org/a#:~:text=Tariffs%20fell%20by%203%25%2C%20he%20said.",
        "section": ["3. Overview"],
        "start": 4,
        "end": 33,
        "quote": "Tariffs fell by 3%, he said.\n",
        "anchor": Anchor.of(document, Span(4, 33)).compact,
    }
    assert list(citation_object(2, Citation(document, Span(4, 33)))) == CITATION_KEYS


def test_what_is_not_known_of_a_document_is_null() -> None:
    found = citation_object(1, Citation(document_from("Words only.", "a.txt", "text/plain"), Span(0, 5)))
    assert [key for key, value in found.items() if value is None] == [
        "publisher",
        "published",
        "meeting_date",
        "url",
        "link",
    ]
    assert found["section"] == []


def test_citations_are_best_first_and_their_markers_count_in_order_of_date() -> None:
    later, earlier = record("Later words."), record("Earlier words.", "online.txt", date(2020, 4, 30))
    answer = Answer((Citation(later, Span(0, 12)), Citation(earlier, Span(0, 14))))
    found = turn_object("q1", Turn("Which?", Query("Which words?"), answer), 41.26)
    assert [(c["marker"], c["quote"]) for c in found["citations"]] == [(2, "Later words."), (1, "Earlier words.")]
    assert found["answer"].index("Earlier words. [1]") < found["answer"].index("Later words. [2]")


def test_a_turn_with_an_answer_has_the_keys_of_the_contract() -> None:
    answer = Answer((Citation(record("Later words."), Span(0, 12)),))
    found = turn_object("q1", Turn("Which?", Query("Which words?"), answer), 41.26)
    citations = found.pop("citations")
    assert found == {
        "id": "q1",
        "question": "Which?",
        "query": "Which words?",
        "answered": True,
        "kind": "quotes",
        "answer": answer.text,
        "reason": None,
        "nearest": [],
        "latency_ms": 41.3,
    }
    assert [list(c) for c in citations] == [CITATION_KEYS]


def test_a_reply_about_the_library_is_answered_and_may_cite_nothing() -> None:
    reply = Answer((), kind=ReplyKind.LIBRARY, statements=(Statement("5 records of 4 meetings"),))
    found = turn_object("q1", Turn("How many?", Query("How many?"), reply), 1)
    assert (found["answered"], found["kind"], found["reason"], found["citations"]) == (True, "library", None, [])
    assert found["answer"] == "5 records of 4 meetings"


def test_an_abstention_has_a_reason_no_citations_and_the_nearest_in_the_same_form() -> None:
    document = record("First words.\n\nSecond words.")
    nearest = tuple(Hit(i, passage, 1.0) for i, passage in enumerate(split(document, 1000)))
    reply = Abstention(Reason.FACT_NOT_IN_RECORDS, "Not in them.", None, nearest)
    found = turn_object(None, Turn("Which?", Query("Which?"), reply), 1)
    assert (found["answered"], found["reason"], found["citations"]) == (False, "fact_not_in_records", [])
    assert found["kind"] == "abstention"
    assert [(n["marker"], n["quote"]) for n in found["nearest"]] == [(1, "First words."), (2, "Second words.")]
    assert [list(n) for n in found["nearest"]] == [CITATION_KEYS, CITATION_KEYS]
    assert list(found) == list(turn_object(1, Turn("a", Query("a"), reply), 2))


def test_hits_carry_the_passage_as_it_stands() -> None:
    (passage,) = split(record("- é words"), 1000)
    assert hits_object("q1", [Hit(7, passage, 0.25, 0.5, 3.0)]) == {
        "id": "q1",
        "hits": [{"document": "trieste.txt", "start": 0, "end": 9, "score": 0.25, "text": "- é words"}],
    }


def test_an_error_names_the_line() -> None:
    assert error_object(None, 7, "not JSON") == {"id": None, "line": 7, "error": "not JSON"}


def test_a_documents_facts_keep_its_three_kinds_of_dates_apart() -> None:
    found = document_object(record("On 1 May 2019 nothing was said."))
    assert (found["published"], found["meeting_date"], found["meeting"]["last_day"]) == (
        "2021-08-06",
        "2021-08-05",
        "2021-08-05",
    )
    assert (found["characters"], found["path"], found["url"]) == (31, "/home/me/trieste.txt", "https://example.org/a")


def test_a_whole_document_has_its_outline_and_its_text() -> None:
    found = whole_document_object(record("# Top\n\nWords."))
    assert found["text"] == "# Top\n\nWords."
    assert [(block["words"], block["start"], block["end"]) for block in found["outline"]][-1] == ("Words.", 7, 13)
