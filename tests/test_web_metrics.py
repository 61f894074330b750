"""Read the numbers for Prometheus, before and after a question."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.web.application import application
from assistant.web.metrics import QuestionCounts
from index.store.library import SqliteLibrary
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

QUESTION = "Who was absent from the G20 meeting of April 2020?"
_LINE = re.compile(r'(rapporteur_\w+(?:\{(?:kind|le)="[\w.+]+"\})?) ([\d.]+)')


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> SqliteLibrary:
    return open_sqlite_library(tmp_path_factory.mktemp("metrics") / "library", encoder=WordCounts())


@pytest.fixture
def client(library: SqliteLibrary) -> Iterator[TestClient]:
    with TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860") as client:
        yield client


def numbers(text: str) -> dict[str, float]:
    """Return the values by name; every line is one or a comment on one."""
    found = [_LINE.fullmatch(line) for line in text.splitlines() if not line.startswith(("# HELP ", "# TYPE "))]
    assert all(found)
    return {match[1]: float(match[2]) for match in found if match}


def test_a_question_is_counted_by_its_kind_and_its_words_are_not_told(
    client: TestClient, library: SqliteLibrary
) -> None:
    before = numbers(client.get("/metrics").text)
    assert client.post("/api/ask", json={"question": QUESTION}).json()["kind"] == "quotes"
    reply = client.get("/metrics")
    after = numbers(reply.text)
    assert reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert 'rapporteur_questions_total{kind="quotes"}' not in before
    assert after['rapporteur_questions_total{kind="quotes"}'] == after["rapporteur_question_seconds_count"] == 1
    assert after["rapporteur_question_seconds_sum"] > 0
    assert after["rapporteur_documents"] == len(library.documents())
    assert after["rapporteur_passages"] > after["rapporteur_documents"]
    assert [after[f"rapporteur_{name}"] for name in ("uploads_waiting", "checks_running", "api_questions_waiting")] == [
        0,
        0,
        0,
    ]
    assert "absent" not in reply.text


def test_each_bucket_has_the_questions_of_those_below_it(library: SqliteLibrary) -> None:
    counts, turn = QuestionCounts(), Assistant(library).ask(QUESTION)
    for seconds in (0.07, 0.3, 60.0):
        counts.count(turn, seconds)
    values = numbers("\n".join(counts.lines()))
    buckets = [
        values[f'rapporteur_question_seconds_bucket{{le="{le}"}}'] for le in ("0.05", "0.1", "0.5", "30", "+Inf")
    ]
    assert buckets == [0, 1, 2, 2, 3]
    assert values["rapporteur_question_seconds_sum"] == pytest.approx(60.37)


def test_the_page_of_another_site_may_not_read_the_numbers(client: TestClient) -> None:
    assert client.get("/metrics", headers={"origin": "http://evil.example"}).status_code == 403
