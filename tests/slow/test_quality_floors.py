"""Hold the answers of the real model, through `rapporteur ask --batch`, above fixed figures."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.commands import main
from benchmarks.datasets import read_jsonl, score_answers, write_jsonl

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def ranked() -> Iterator[None]:
    """With the ranker, as users have it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAPPORTEUR_RANKER", "true")
        yield


# On the dev questions as score.py counts; what is reached stands in docs/quality.md.
FLOORS = {
    "quote_exact": 1.0,
    "recall": 0.85,
    "precision": 0.58,
    "char_precision": 0.58,
    "abstain_f1": 0.85,
}
MOST_OVER_ABSTENTION = 0.03


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with the founding records; the first command that is given it makes it."""
    return tmp_path_factory.mktemp("founding") / "library"


@pytest.fixture(scope="module")
def scored(shared_folder: Path, library: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    questions = shared_folder / "evaluation" / "dev" / "questions.jsonl"
    out = tmp_path_factory.mktemp("dev") / "replies.jsonl"
    _answer(questions, out, library)
    total: dict[str, Any] = score_answers(questions, out)["total"]
    return total


@pytest.mark.parametrize("figure", FLOORS)
def test_the_dev_questions_stay_above_the_floor(scored: dict[str, Any], figure: str) -> None:
    assert scored["missing"] == 0
    assert scored[figure] >= FLOORS[figure]


def test_hardly_an_answerable_dev_question_is_refused(scored: dict[str, Any]) -> None:
    assert scored["over_abstention"] <= MOST_OVER_ABSTENTION


@pytest.fixture(scope="module")
def shown(library: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Replies to the four questions that a newcomer asks first."""
    folder = tmp_path_factory.mktemp("shown")
    questions = {
        "indonesia": "Who was absent from the G20 meeting of April 2020?",
        "sato": "Who represented METI in August 2021?",
        "cities": "What did the ministers say about smart cities?",
        "bali": "What was decided in Bali in 2022?",
    }
    write_jsonl(folder / "in.jsonl", [{"id": name, "question": text} for name, text in questions.items()])
    replies = _answer(folder / "in.jsonl", folder / "out.jsonl", library)
    return {reply["id"]: reply for reply in replies}


def test_the_absent_member_is_told_by_the_sentence_on_indonesia(shown: dict[str, dict[str, Any]]) -> None:
    best = shown["indonesia"]["citations"][0]
    assert best["document"] == "2020-04-30-g20-extraordinary-mic.txt"
    assert "Indonesia" in best["quote"]


def test_meti_was_represented_by_sato_kei(shown: dict[str, dict[str, Any]]) -> None:
    cited = shown["sato"]["citations"]
    assert "Mr. Sato Kei" in cited[0]["quote"]
    assert {c["document"] for c in cited} == {"2021-08-05-g20-trieste-meti.txt"}
    assert any("Sato Kei" in c["quote"] for c in cited)


def test_smart_cities_are_quoted_from_2020_and_2021_each_with_its_marker(shown: dict[str, dict[str, Any]]) -> None:
    reply = shown["cities"]
    assert {c["meeting_date"][:4] for c in reply["citations"]} >= {"2020", "2021"}
    assert sorted(c["marker"] for c in reply["citations"]) == list(range(1, len(reply["citations"]) + 1))
    assert all(f"[{c['marker']}]" in reply["answer"] for c in reply["citations"])


def test_what_was_decided_in_bali_is_not_in_the_records(shown: dict[str, dict[str, Any]]) -> None:
    reply = shown["bali"]
    assert (reply["answered"], reply["reason"], reply["citations"]) == (False, "not_in_records", [])
    assert reply["nearest"]


def test_asked_twice_the_bytes_are_the_same_but_for_the_time(
    shown: dict[str, dict[str, Any]], library: Path, tmp_path: Path
) -> None:
    write_jsonl(tmp_path / "in.jsonl", [{"id": name, "question": r["question"]} for name, r in shown.items()])
    again = _answer(tmp_path / "in.jsonl", tmp_path / "out.jsonl", library)
    assert _without_time(again) == _without_time(list(shown.values()))


def _answer(questions: Path, out: Path, library: Path) -> list[dict[str, Any]]:
    assert main(["ask", "--batch", str(questions), "--out", str(out), "--library", str(library)]) == 0
    return read_jsonl(out)


def _without_time(replies: Sequence[dict[str, Any]]) -> list[str]:
    return [json.dumps({**reply, "latency_ms": None}, ensure_ascii=False) for reply in replies]


SUBJECTS = (
    *("nuclear weapons", "fisheries", "malaria vaccines", "football", "farm subsidies", "migration", "polio"),
    *("coral reefs", "drug trafficking", "earthquake relief", "extradition", "tuberculosis"),
)


def test_what_is_asked_about_a_subject_that_no_record_mentions_is_refused(library: Path, tmp_path: Path) -> None:
    asked = [
        {"id": f"{subject} {form}", "question": form.format(subject)}
        for subject in SUBJECTS
        for form in ("What was said about {}?", "What did the ministers agree on {}?")
    ]
    write_jsonl(tmp_path / "asked.jsonl", asked)
    _answer(tmp_path / "asked.jsonl", tmp_path / "replies.jsonl", library)
    answered = [reply["id"] for reply in read_jsonl(tmp_path / "replies.jsonl") if reply["reason"] is None]
    assert len(answered) <= 8, answered  # of 24; without the rule for them 19
