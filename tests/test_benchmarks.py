"""Test the figures, data sets, pipeline and clocks of the benchmarks."""

# mypy: disable-error-code="arg-type"

import json
import sqlite3
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen
from xml.etree import ElementTree

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.grounding import answerability
from assistant.grounding.answerability import AnswerabilityThresholds
from assistant.grounding.features import AnswerFeatures
from benchmarks import calibrate
from benchmarks.baseline import Baseline, DocumentLine, document_lines
from benchmarks.calibrate import fit, threshold, write
from benchmarks.datasets import evenly_spaced
from benchmarks.figures import (
    AbstentionScores,
    Outcome,
    auroc,
    bootstrap_interval,
    compared_row,
    format_cell,
    format_difference,
    format_with_interval,
    markdown_table,
    mean,
    score_abstentions,
)
from benchmarks.libraries import CachedEncoder, CachedRanker, text_id
from benchmarks.minutes import verdict
from benchmarks.natural import verdict_table
from benchmarks.pipeline import (
    Conversations,
    Question,
    answer_questions,
    retrieve_passages,
    retrieve_places,
    score_answerability,
    understand_question,
)
from benchmarks.quality import main
from benchmarks.speed import adding, asking, instant_model, opening, page
from benchmarks.speed.__main__ import main as measure_speed
from benchmarks.speed.processes import CommandFailed, Usage, measure
from benchmarks.speed.results import Part, load_all, save, stamp
from benchmarks.speed.stages import STAGES, StageClock, percentile, stage_table, time_questions
from benchmarks.speed.stores import Store
from benchmarks.speed.systems import MINILM, Peer, Rapporteur
from benchmarks.speed.texts import TextFile, files_up_to
from corpus.span import Span
from index.library import Library, open_library
from index.models.encoder import Progress, Vectors
from index.models.ranker import Scores
from support.generated_texts import document
from support.word_counts import WordCounts

# A sample.


def test_a_sample_is_evenly_spaced_and_in_order() -> None:
    assert evenly_spaced("abcdefghij", 4) == ["a", "c", "f", "h"]


@pytest.mark.parametrize("most", [None, 3, 4])
def test_a_sample_of_all_is_all(most: int | None) -> None:
    assert evenly_spaced([1, 2, 3], most) == [1, 2, 3]


def test_a_sample_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one item, not 0"):
        evenly_spaced([1, 2], 0)


# Figures.


def test_auroc_counts_the_pairs_in_order_and_ties_as_half() -> None:
    # Of the six pairs, 3 > 1, 3 > 2, 2 > 1 are in order, 2 and 2 tie, 0 < 1 and 0 < 2 are not: 3.5 of 6.
    assert auroc([3, 2, 0], [1, 2]) == pytest.approx(3.5 / 6)


@pytest.mark.parametrize(("yes", "no", "expected"), [([2, 3], [0, 1], 1.0), ([0], [1, 2], 0.0), ([5], [5], 0.5)])
def test_auroc_of_the_extremes(yes: Sequence[float], no: Sequence[float], expected: float) -> None:
    assert auroc(yes, no) == expected


def test_auroc_of_one_kind_alone_is_not_a_figure() -> None:
    assert auroc([1.0], []) is None


def test_abstentions_are_scored_by_what_had_an_answer() -> None:
    rows = [Outcome(True, True)] * 6 + [Outcome(True, False)] * 2 + [Outcome(False, False)] * 3 + [Outcome(False, True)]
    # Five silences, three of them right; three of the four questions without an answer; 2 * 3 / (5 + 4).
    assert score_abstentions(rows) == AbstentionScores(
        precision=3 / 5, recall=3 / 4, f1=pytest.approx(6 / 9), over=2 / 8
    )


def test_one_who_is_never_silent_has_no_precision_and_f1_of_zero() -> None:
    assert score_abstentions([Outcome(True, True), Outcome(False, True)]) == AbstentionScores(
        precision=None, recall=0.0, f1=0.0, over=0.0
    )


def test_an_interval_holds_the_figure_and_comes_out_the_same_again() -> None:
    rows = [0.0] * 50 + [1.0] * 50
    low, high = bootstrap_interval(rows, mean) or (0, 0)
    assert low < 0.5 < high
    assert high - low == pytest.approx(4 * 0.05, abs=0.03)  # twice two standard errors of a fair coin's mean
    assert bootstrap_interval(rows, mean) == (low, high)


def test_of_nothing_there_is_no_interval() -> None:
    assert bootstrap_interval([], mean) is None


def test_a_compared_row_pairs_two_systems_on_the_same_questions() -> None:
    row = compared_row("recall", [1.0, 1.0], [0.0, 0.0])
    assert row == ["recall", "1.000 [1.000, 1.000]", "0.000 [0.000, 0.000]", "+1.000 [+1.000, +1.000]"]


# Tables.


def test_a_table_aligns_text_left_and_figures_right() -> None:
    assert markdown_table(["figure", "n"], [["recall", 0.5], ["questions", 82], ["F1", None]]) == (
        "| figure    |     n |\n"
        "| --------- | ----: |\n"
        "| recall    | 0.500 |\n"
        "| questions |    82 |\n"
        "| F1        |     - |"
    )


def test_a_figure_is_shown_with_its_interval_and_a_difference_with_its_sign() -> None:
    assert format_with_interval(0.61234, [0.5, 0.7]) == "0.612 [0.500, 0.700]"
    assert format_with_interval(0.5, None) == format_cell(0.5) == "0.500"
    assert format_with_interval(None, None) == format_difference(None, None) == "-"
    assert format_difference(0.1, (-0.02, 0.22)) == "+0.100 [-0.020, +0.220]"


# The baseline.

TALKS = document(
    "# Talks\r\n\r\n  Ministers met in Trieste. \nIndonesia was absent.\n\nThe next host is India.", "talks.md"
)


def test_the_baselines_paragraphs_are_the_lines_that_say_something() -> None:
    found = document_lines(TALKS)
    assert [p.text for p in found] == [
        "# Talks",
        "Ministers met in Trieste.",
        "Indonesia was absent.",
        "The next host is India.",
    ]
    assert all(TALKS.text[p.start : p.start + len(p.text)] == p.text for p in found)


def test_the_baseline_cites_three_paragraphs_the_best_first_and_never_says_no() -> None:
    plain = Baseline([TALKS], WordCounts())
    assert plain.cite("Was Indonesia absent?")[0] == DocumentLine("talks.md", 40, "Indonesia was absent.")
    (reply,) = plain.replies([Question("q1", "Who won the football?", ("What is this?",))])
    assert (reply["id"], reply["answered"], len(reply["citations"])) == ("q1", True, 3)
    assert all(TALKS.text[c["start"] : c["end"]] == c["quote"] for c in reply["citations"])


# Answering as `ask --batch` does.


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(TALKS)
    library.add(document("The roadmap names twelve smart cities.", "roadmap.md"))
    return library


def test_of_a_line_only_id_question_and_history_are_read() -> None:
    line = {"id": "q1", "question": "Why?", "history": ["Who?"], "answerable": False, "answer": "-", "gold": []}
    assert Question.of(line) == Question("q1", "Why?", ("Who?",))


def test_a_conversation_is_rebuilt_by_asking_and_begun_only_once(library: Library) -> None:
    conversations = Conversations(Assistant(library))
    longer = conversations.after(("Was Indonesia absent?", "...", "Who is the next host?"))
    assert [turn.question for turn in longer.turns] == ["Was Indonesia absent?", "Who is the next host?"]
    assert conversations.after(("Was Indonesia absent?",)).turns[0] is longer.turns[0]


def test_replies_come_in_the_contracts_form_and_in_order(library: Library) -> None:
    questions = [Question("b", "Was Indonesia absent?"), Question("a", "Good evening!")]
    replies = answer_questions(Assistant(library), questions, label=None)
    assert [(reply["id"], reply["reason"]) for reply in replies] == [("b", None), ("a", "small_talk")]
    assert replies[0]["citations"][0]["quote"] == "Indonesia was absent."
    assert all(reply["latency_ms"] > 0 for reply in replies)


def test_another_threshold_leaves_the_library_as_it_is(library: Library) -> None:
    silent = Assistant(library, thresholds=AnswerabilityThresholds(least_odds=99.0))
    (reply,) = answer_questions(silent, [Question("q", "Was Indonesia absent?")], label=None)
    assert not reply["answered"]
    assert answer_questions(Assistant(library), [Question("q", "Was Indonesia absent?")], label=None)[0]["answered"]


# The assistant's stages.


def test_a_document_that_answers_earns_more_confidence_than_one_that_does_not(library: Library) -> None:
    assistant = Assistant(library)
    with library.snapshot() as view:
        talks, roadmap = (
            score_answerability(assistant, view, "Was Indonesia absent?", n) for n in ("talks.md", "roadmap.md")
        )
    assert talks.own > roadmap.own
    assert talks.cosine > roadmap.cosine


def test_passages_are_found_for_a_query(library: Library) -> None:
    assistant = Assistant(library)
    with library.snapshot() as view:
        query = understand_question(view, "How many smart cities?")
        (hit,) = retrieve_passages(assistant, view, query, 1)
        (place,) = retrieve_places(assistant, view, query, 1)
    assert (hit.passage.document.name, place) == ("roadmap.md", ("roadmap.md", 0, len(hit.passage.text)))
    assert text_id("sq-10-3.txt") == "sq-10-3"


# Vectors cached between runs.


class Counted(WordCounts):
    """Counts the texts that it encodes."""

    def __init__(self, turned: bool = False) -> None:
        super().__init__("counted")
        self.texts: list[str] = []
        self._turned = turned

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.texts += texts
        return super().encode_passages(texts, progress)

    def encode_query(self, text: str) -> Vectors:
        vector = super().encode_query(text)
        return np.roll(vector, 1) if self._turned else vector


def test_a_text_is_encoded_once_and_cached_for_the_next_run(tmp_path: Path) -> None:
    texts = ["one two", "three", "one two"]
    first = CachedEncoder(Counted(), tmp_path).encode_passages(texts)
    again = Counted()
    cached = CachedEncoder(again, tmp_path)
    again.texts.clear()
    assert np.array_equal(cached.encode_passages(texts), first)
    assert np.array_equal(first, WordCounts().encode_passages(texts))
    assert again.texts == []


def test_sentences_are_cached_as_their_encoder_gives_them_with_their_text(tmp_path: Path) -> None:
    class InContext(Counted):
        def encode_sentences(
            self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], progress: Progress | None = None
        ) -> tuple[Vectors, list[Vectors]]:
            vectors = self.encode_passages(texts)
            return vectors, [
                vector[None].repeat(len(spans), 0) for vector, spans in zip(vectors, sentences, strict=True)
            ]

    spans = [[Span(0, 3), Span(4, 7)], []]
    expected, (rows, none) = InContext().encode_sentences(["one two", "three"], spans)
    for _ in range(2):
        inner = InContext()
        cached = CachedEncoder(inner, tmp_path)
        inner.texts.clear()
        vectors, (found, empty) = cached.encode_sentences(["one two", "three"], spans)
        assert np.array_equal(vectors, expected)
        assert np.array_equal(found, rows)
        assert empty.shape == none.shape == (0, expected.shape[1])
    assert inner.texts == []


def test_cached_vectors_of_a_model_that_changed_are_dropped(tmp_path: Path) -> None:
    CachedEncoder(Counted(), tmp_path).encode_query("one two")
    changed = Counted(turned=True)
    assert np.array_equal(CachedEncoder(changed, tmp_path).encode_query("one two"), changed.encode_query("one two"))


def test_a_pair_is_ranked_once_and_scored_the_same_again() -> None:
    seen: list[str] = []

    class Lengths:
        def score(self, question: str, texts: Sequence[str]) -> Scores:
            seen.extend(texts)
            return np.array([len(text) for text in texts], dtype=np.float32)

        def knows(self, question: str) -> bool:
            return question == "Why?"

    ranker = CachedRanker(Lengths())
    assert ranker.score("Why?", ["one", "three", "one"]).tolist() == [3, 5, 3]
    assert ranker.score("Why?", ["three", "seven"]).tolist() == [5, 5]
    assert seen == ["one", "three", "seven"]
    assert [ranker.knows("Why?"), ranker.knows("なぜ")] == [True, False]


# Natural questions.


def test_verdicts_are_counted_by_library_and_kind() -> None:
    records = [{"library": "founding", "expect": "quotes", "kind": kind} for kind in ("list", "list", "terse")]
    rows = [line.split("|")[1:7] for line in verdict_table(records, ["right", "wrong", "partly"]).splitlines()[2:]]
    cells = {row[0].strip(): [cell.strip() for cell in row[1:5]] for row in rows}
    assert cells["all"] == ["3", "1", "1", "1"]
    assert cells["kind list"] == ["2", "1", "0", "1"]


# Time, and the command.


def test_a_clock_adds_up_the_calls_of_a_stage_and_begins_anew_when_read() -> None:
    clock = StageClock()
    with clock.watch({"connecting": (sqlite3, "connect")}):
        for _ in range(2):
            sqlite3.connect(":memory:").close()
    assert clock.read()["connecting"] > 0
    assert clock.read() == {}
    assert percentile([1.0, 2.0, 9.0], 50) == 2.0


def test_every_timed_stage_is_a_function_that_ask_calls(library: Library) -> None:
    clock = StageClock()
    with clock.watch(STAGES):
        Assistant(library).ask("Was Indonesia absent?")
    assert set(clock.read()) == set(STAGES)


def test_warm_questions_are_timed_with_their_stages_and_the_bare_search(library: Library) -> None:
    (timing,) = time_questions(library, ["Was Indonesia absent?"])
    assert timing.ask > timing.bare > 0
    assert set(timing.stages) >= set(STAGES)
    assert stage_table([timing]).count("\n") == len(timing.stages) + 2


def test_a_process_is_measured_as_a_whole() -> None:
    usage = measure([sys.executable, "-c", "print(sum(range(10**6)))"])
    assert usage.output == "499999500000\n"
    assert usage.wall >= usage.cpu / 2 > 0
    assert usage.peak > 1


def test_a_process_that_fails_is_reported_with_its_last_words() -> None:
    with pytest.raises(CommandFailed, match="exit code 3: no model here"):
        measure([sys.executable, "-c", "import sys; print('no model here', file=sys.stderr); sys.exit(3)"])


def test_results_of_parts_are_kept_and_make_the_page(tmp_path: Path) -> None:
    row = ("answers a second", "20.0", "-", "-", "-")
    part = Part("## Asking\n\nText.", (row,), {"Rapporteur": [(100, 50.0), (10_000, 60.0)]})
    users = Part("## Users\n\nText.", (row,))
    for name, each in (("asking", users), ("users", users), ("asking", part)):
        save(name, stamp(each, "make bench", 0.5), tmp_path / "results.json")
    kept = load_all(tmp_path / "results.json")
    assert {name: each.part for name, each in kept.items()} == {"asking": part, "users": users}
    page.write(kept, tmp_path)
    written = (tmp_path / "performance.md").read_text("utf-8")
    assert page.main_table(kept) in written
    assert "`make bench` at" in written
    picture = ElementTree.fromstring((tmp_path / "images" / "growth.svg").read_text("utf-8"))
    assert len(picture.findall("{*}circle")) == 2


def test_a_page_keeps_the_sections_and_figures_that_no_result_replaces(tmp_path: Path) -> None:
    rows = [(name, "20.0", "-", "-", "-") for name in ("answers a second", "reports a second")]
    asking_part = Part("## Asking\n\nText.", (rows[0],), {"Rapporteur": [(100, 50.0), (10_000, 60.0)]})
    checks = {"one paragraph": [(10, 5.0), (100, 50.0)]}
    page.write({"asking": stamp(asking_part, "make bench", 0.5)}, tmp_path)
    page.write({"checking": stamp(Part("## Checking\n\nOld.", (rows[1],), None, checks), "make bench", 0.5)}, tmp_path)
    page.write({"checking": stamp(Part("## Checking\n\nNew."), "make bench", 0.5)}, tmp_path)
    written = (tmp_path / "performance.md").read_text("utf-8")
    assert [line for line in written.split("\n") if line.startswith("#")] == [
        "# How fast it is",
        "## Asking",
        "## Checking",
    ]
    assert "New." in written
    assert "Old." not in written
    assert "](images/growth.svg)" in written
    assert [written.count(row[0]) for row in rows] == [1, 1]


def test_a_sample_of_files_has_about_the_wanted_passages(tmp_path: Path) -> None:
    files = files_up_to(60, tmp_path)
    passages = [len(file.passages) for file in files]
    assert files == [] or sum(passages[:-1]) < 60 <= sum(passages)  # none where ../shared is missing


def usage_of(command: Sequence[str | Path]) -> Usage:
    """Return a cost in place of running the command: 10 s for the whole sample, 2 s for a tiny file or a question."""
    words = [str(word) for word in command]
    seconds = 10.0 if words[-3].endswith("files") else 2.0
    timing = {"ask": 60.0, "bare": 20.0, "stages": {"ranking": 40.0}}
    output = [timing] * 3 if "benchmarks.speed.stages" in words else {"ms": [50.0] * 8, "wall": 4.0, "cpu": 8.0}
    return Usage(seconds, 2 * seconds, 500.0, 0.5, json.dumps(output))


PEERS = [Peer(f"{name} hybrid", name.lower(), MINILM, Path("python")) for name in ("Haystack", "txtai")]


def test_programs_that_add_are_compared_without_their_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "release.md"
    path.write_text("Text.", "utf-8")
    monkeypatch.setattr(adding, "releases", lambda number: [TextFile(path, ("Text.",) * 80)])
    monkeypatch.setattr(adding, "peers", lambda encoders: PEERS)
    monkeypatch.setattr(Peer, "command", lambda *words: [str(word) for word in words])
    monkeypatch.setattr(Rapporteur, "command", add_command)
    monkeypatch.setattr(adding, "measure", lambda command, env=None: usage_of(command))
    part = adding.report(MINILM, 1, 2, None)
    # 80 passages in 10 - 2 seconds, and in the 4 seconds that a peer names.
    assert part.main == ((f"passages added a second, {MINILM}", "10.0", "20.0", "20.0", "20.0"),)
    assert "0.50" in part.markdown.splitlines()[-1]


def add_command(system: Rapporteur, *words: str | Path) -> list[str | Path]:
    """Return the words of a command, after making the library that it would make."""
    if words[0] == "list":
        Path(words[2]).mkdir()
    return list(words[:-1])


def test_programs_that_answer_are_compared_from_cold_and_warm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"0" * 1_500_000)
    monkeypatch.setattr(asking, "peers", lambda encoders: PEERS)
    monkeypatch.setattr(asking, "fill_stores", lambda systems, size: [Store(s, tmp_path, size) for s in systems])
    monkeypatch.setattr(Peer, "command", lambda *words: [str(word) for word in words])
    monkeypatch.setattr(asking, "measure", lambda command, env=None: usage_of(command))
    part = asking.report(100, True, 1, 3, None)
    assert part.main[2] == (
        "warm question, p50 / p95, 100 passages",
        "60 / 60 ms",
        "20 / 20 ms",
        "50 / 50 ms",
        "50 / 50 ms",
    )
    assert part.main[3][1:] == ("1.5 MB", "-", "1.5 MB", "1.5 MB")
    assert part.points is not None
    assert part.points["Rapporteur"] == [(100, 60.0)]
    assert "ranking" in part.markdown


@pytest.mark.parametrize("words", [["--only", "everything"], ["--sizes", "0"], ["--users", "many"]])
def test_wrong_usage_of_the_speed_benchmark_ends_with_exit_code_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        measure_speed(words)
    assert ended.value.code == 2
    assert words[1] in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--only", "nothing"], ["--limit", "0"], ["--limit", "many"]])
def test_wrong_usage_ends_with_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert words[1] in capsys.readouterr().err


# How a library grows.


def test_the_growth_of_a_library_is_timed_at_two_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.library_growth import main as grow

    assert grow(["--sizes", "200", "225"]) == 0
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert head.split(" | ")[1:3] == ["200 passages", "225 passages"]
    assert len(rows) == 6
    assert all(float(row.split("|")[4]) > 0 for row in rows)


# Calibrating an encoder.


def test_the_threshold_refuses_two_of_a_hundred_answerable_questions() -> None:
    odds = [(float(number), True) for number in range(101)] + [(-50.0, False)]
    assert threshold(odds) == 2.0


def test_the_fitted_weights_tell_the_examples_apart() -> None:
    blank = AnswerFeatures(**dict.fromkeys(AnswerFeatures.__dataclass_fields__, 0.0))
    examples = [(replace(blank, score=float(score)), score > 5) for score in range(11)]
    weights = fit(examples, without=("ranker",))
    assert weights["score"] > 0
    assert "ranker" not in weights
    odds = [weights["constant"] + weights["score"] * score for score in range(11)]
    assert [value > 0 for value in odds[:4] + odds[-4:]] == [False] * 4 + [True] * 4


def test_a_threshold_is_written_under_the_name_of_its_encoder(tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    file.write_text('{"one": {"least_odds": 0.4}}')
    write(file, "another", 0.5)
    write(file, "one", 0.6)
    assert json.loads(file.read_text()) == {"another": {"least_odds": 0.5}, "one": {"least_odds": 0.6}}


@pytest.mark.parametrize(
    ("options", "model", "written"),
    [
        ([], None, []),
        (["--write"], None, ["calibration.json", "judge.json"]),
        ([], "another model", ["calibration.json"]),
    ],
)
def test_only_an_option_replaces_the_judge_of_the_packaged_encoders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], model: str | None, written: list[str]
) -> None:
    files = {name: tmp_path / name for name in ("calibration.json", "judge.json")}
    for file in files.values():
        file.write_text("{}")
    blank = AnswerFeatures(**dict.fromkeys(AnswerFeatures.__dataclass_fields__, 0.0))
    examples = [(replace(blank, score=float(score)), score > 5) for score in range(11)]
    monkeypatch.setattr(calibrate, "THRESHOLDS", files["calibration.json"])
    monkeypatch.setattr(calibrate, "JUDGE", files["judge.json"])
    monkeypatch.setattr(calibrate, "_examples", lambda: (examples, examples, "the encoder"))
    monkeypatch.setattr(answerability, "WEIGHTS", dict(answerability.WEIGHTS))
    monkeypatch.setattr(sys, "argv", ["calibrate", *options])
    if model:
        monkeypatch.setenv("RAPPORTEUR_MODEL", model)
    assert calibrate.main() == 0
    assert [name for name, file in files.items() if file.read_text() != "{}"] == written


def test_the_instant_model_answers_a_chat_as_ollama_does() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), instant_model.Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        with urlopen(f"{address}/api/chat", data=b"{}", timeout=10) as reply:
            parts = [json.loads(line) for line in reply]
        with urlopen(f"{address}/api/tags", timeout=10) as reply:
            models = json.load(reply)["models"]
        server.shutdown()
        thread.join()
    assert "".join(part["message"]["content"] for part in parts) == instant_model.WORD
    assert [part["done"] for part in parts] == [False, True]
    assert [model["name"] for model in models] == [instant_model.MODEL]


def test_the_section_on_the_page_has_the_median_of_each_figure() -> None:
    visit = opening.Visit(0.63, 1.08, 40, 2.0)
    runs = [opening.Opened(start, visit, visit, 1.0, 0.5) for start in (9.0, 7.0, 8.0)]
    rows = {row[0]: row[1] for row in opening._rows([runs])}
    assert rows["start of the server to its first reply"] == "8.0 s"
    assert rows["page weight, cold: over the line"] == "0.63 MB"
    assert rows["requests, cold"] == "40"


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        (["The *pier* is closed.", "It opens in May."], "right"),
        (["The pier is closed."], "partly"),
        (["The pier is closed.", "It opens in May.", "Ice is dear.", "Fish, too.", "And eels."], "partly"),
        (["The pier is closed.", "It opens in May, unless the ice stays."], "partly"),
        (["Ice is dear."], "wrong"),
        ([], "wrong"),
    ],
)
def test_an_answer_about_minutes_is_right_with_all_its_gold(quotes: list[str], expected: str) -> None:
    gold = [
        {"quote": text, "must": True, "group": n} for n, text in enumerate(("The pier is closed.", "It opens in May"))
    ]
    record = {"expect": "quotes", "gold": gold, "must_not": ["the ice stays"]}
    reply = {"answered": bool(quotes), "citations": [{"quote": quote} for quote in quotes]}
    assert verdict(record, reply) == expected
    refused = {"expect": "refuse", "gold": []}
    assert verdict(refused, reply) == ("wrong" if quotes else "right")


def test_a_row_is_quoted_by_its_cells() -> None:
    gold = [{"quote": "Repair the net", "cells": ["Repair the net", "Ada Bo", "May"], "must": True, "group": 1}]
    record = {"expect": "quotes", "gold": gold}
    for quote, expected in (
        ("| 7 | Repair the net | Ada Bo | May |", "right"),
        ("| 8 | Repair the boat | Cy |", "wrong"),
    ):
        assert verdict(record, {"answered": True, "citations": [{"quote": quote}]}) == expected
