"""Run the command line on the whole pipeline, with an encoder that counts words."""

import io
import json
import os
import pty
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant.answer import Answer
from assistant.citations.citation import Citation
from assistant.commands import main
from assistant.commands.answer import answer_lines
from assistant.commands.output import as_json, columns, shown
from assistant.conversation import Turn
from assistant.query import Query
from corpus.reading import document_from, founding_records
from corpus.span import Span
from support.word_counts import WordCounts

REPOSITORY = Path(__file__).resolve().parents[1]
INDONESIA = "Who was absent from the G20 meeting of April 2020?"
HEAVY = ("torch", "transformers", "sentence_transformers", "gradio")
TURN_KEYS = ["id", "question", "query", "answered", "kind", "answer", "reason", "citations", "nearest", "latency_ms"]


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Rapporteur = Callable[..., Said]


@pytest.fixture
def rapporteur(capsys: pytest.CaptureFixture[str]) -> Rapporteur:
    """Runs a command in this process."""

    def run(*words: object, model: str = "word counts") -> Said:
        code = main([str(word) for word in words], lambda settings: WordCounts(model))
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "library"
    assert main(["status", "--library", str(folder)], lambda settings: WordCounts()) == 0
    return folder


@pytest.fixture
def library(founded: Path, library_of_its_own: Path) -> Path:
    """The folder of a library with the founding records, which the commands of this test use."""
    shutil.copytree(founded, library_of_its_own)
    return library_of_its_own


@pytest.fixture
def lines_of(tmp_path: Path) -> Callable[..., Path]:
    """Writes a batch: texts and bytes as they are, everything else as JSON."""

    def write(*lines: object) -> Path:
        raw = [
            x if isinstance(x, bytes) else x.encode() if isinstance(x, str) else json.dumps(x).encode() for x in lines
        ]
        (tmp_path / "in.jsonl").write_bytes(b"\n".join(raw) + b"\n")
        return tmp_path / "in.jsonl"

    return write


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def started(*words: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs the true command in a process of its own."""
    command = [sys.executable, "-m", "assistant.commands", *words]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, timeout=120, **options)


@contextmanager
def without_roots_rights() -> Iterator[None]:
    """Permission bits do not bind root, so root becomes nobody meanwhile."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


# Help and usage.


@pytest.mark.parametrize("words", [["--help"], ["ask", "--help"], ["list", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = "import sys; from assistant.commands import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=REPOSITORY, capture_output=True, timeout=60)
    assert b"Usage: rapporteur" in done.stdout
    assert {b"numpy", b"faiss", b"rich", *(name.encode() for name in HEAVY)}.isdisjoint(done.stderr.split())


@pytest.mark.parametrize("words", [["list"], ["show", "2020-07-22-g20-mic"], ["status"]])
def test_reading_the_library_loads_no_model(words: list[str], library: Path) -> None:
    code = "import sys; from assistant.commands import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=REPOSITORY, capture_output=True, timeout=60)
    assert done.stdout
    assert {name.encode() for name in HEAVY}.isdisjoint(done.stderr.split())


@pytest.mark.parametrize(
    "words",
    [
        ["ask"],
        ["ask", "two", "questions"],
        ["ask", "question", "--batch", "in.jsonl"],
        ["ask", "question", "--out", "out.jsonl"],
        ["ask", "question", "--nonsense"],
        ["ask", "question", "--year", "soon"],
        ["ask", "question", "--library", ""],
        ["search", "query", "--k", "0"],
        ["search", "query", "--k", "ten"],
        ["add"],
        ["remove"],
        ["show"],
        ["serve", "--port", "70000"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_2(words: list[str], rapporteur: Rapporteur, library_of_its_own: Path) -> None:
    said = rapporteur(*words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("rapporteur: ")
    assert " --help" in said.err
    assert not library_of_its_own.exists()


def test_no_words_at_all_show_the_help_and_2(rapporteur: Rapporteur) -> None:
    said = rapporteur()
    assert (said.code, "Commands:" in said.out) == (2, True)


def test_the_first_start_says_which_model_stands_in_for_the_better_one(rapporteur: Rapporteur) -> None:
    first = rapporteur("status", model="all-MiniLM-L6-v2").err
    assert "multilingual-e5-small has no package for this platform; all-MiniLM-L6-v2 is used" in first
    assert "multilingual-e5-small" not in rapporteur("status", model="all-MiniLM-L6-v2").err


# ask


def test_ask_prints_the_answer_and_its_sources(library: Path, rapporteur: Rapporteur) -> None:
    said = rapporteur("ask", INDONESIA)
    answer, _, sources = said.out.partition("\n\nSources\n")
    assert (said.code, said.err) == (0, "")
    assert "Of the G20 members, Indonesia was absent from this meeting. [1]" in answer
    assert sources.startswith(
        "[1] Ministry of Internal Affairs and Communications (MIC), Japan, Results of Extraordinary"
    )
    assert (
        "meeting of 30 April 2020\n    Participating countries, regions, and international organizations\n" in sources
    )
    assert "    https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2020/5/01_1.html\n" in sources


def test_explain_shows_the_way_from_the_question_to_the_verdict(library: Path, rapporteur: Rapporteur) -> None:
    said = rapporteur("ask", INDONESIA, "--explain")
    assert said.code == 0
    stages = ["Query    ", "Filters  ", "Hits (", "Evidence (", "  cited  ", "Verdict  ", ", online, 30 April 2020"]
    places = [said.out.index(stage) for stage in stages]
    assert places == sorted(places)


def test_explain_names_what_stopped_an_answer(library: Path, rapporteur: Rapporteur) -> None:
    said = rapporteur("ask", "What was decided in Bali?", "--explain").out
    assert "Verdict  log-odds that the evidence answers: -" in said
    assert "missing_names 1.00" in said
    assert "this is small_talk, not a question" in rapporteur("ask", "Good evening!", "--explain").out


def test_sources_are_numbered_as_the_markers_in_the_text() -> None:
    late = document_from("---\ntitle: Late\nmeeting_date: 2021-08-05\n---\nLater.", "late.md", "text/markdown")
    early = document_from("---\ntitle: Early\nmeeting_date: 2020-04-30\n---\nEarlier.", "early.md", "text/markdown")
    best_first = (Citation(late, Span(45, 51), ("Day 2", "Trade")), Citation(early, Span(46, 54)))
    assert [citation.quote for citation in best_first] == ["Later.", "Earlier."]
    told = "\n".join(answer_lines(Turn("When?", Query("When?"), Answer(best_first, ("All records were searched.",)))))
    text, _, rest = told.partition("\n\nNote: All records were searched.\n\nSources\n")
    assert text.index("Earlier. [1]") < text.index("Later. [2]")
    assert rest == (
        "[1] Early, meeting of 30 April 2020\n    early.md\n"
        "[2] Late, meeting of 5 August 2021\n    Day 2 > Trade\n    late.md"
    )


def test_a_source_that_several_quotations_share_is_printed_once() -> None:
    text = "# Talks\n\n## Ports\n\nPorts are safe. Ports are old.\n\n## Rails\n\nRails are new. Ports pay.\n"
    talks = document_from(text, "talks.md", "text/markdown")
    sections = {"Ports are safe.": "Ports", "Ports are old.": "Ports", "Rails are new.": "Rails"}
    cited = tuple(
        Citation(talks, Span(text.index(words), text.index(words) + len(words)), (section,))
        for words, section in sections.items()
    )
    told = "\n".join(answer_lines(Turn("What?", Query("What?"), Answer(cited))))
    assert told.partition("\n\nSources\n")[2] == (
        "[1] [2] Talks\n    Ports\n    talks.md\n[3] Talks\n    Rails\n    talks.md"
    )


def test_further_passages_are_counted_and_shown_on_request(library: Path, rapporteur: Rapporteur) -> None:
    said = rapporteur("ask", "Tell me about data")
    assert re.search(r"Note: \d+ of \d+ passages that fit are quoted\.\n", said.out)
    assert "Note: --more shows" in said.out
    more = rapporteur("ask", "Tell me about data", "--more")
    assert "\nFurther passages that fit\n- " in more.out
    assert "--more shows" not in more.out


def test_an_abstention_is_done_and_marks_the_nearest_passages_as_no_answer(
    library: Path, rapporteur: Rapporteur
) -> None:
    said = rapporteur("ask", "What was decided in Bali in 2022?")
    assert said.code == 0
    assert "5 records" in said.out
    assert "The nearest passages, none of which is an answer:\n- " in said.out
    assert "Sources" not in said.out


def test_ask_json_is_the_contracts_object(library: Path, rapporteur: Rapporteur) -> None:
    found = rapporteur("ask", INDONESIA, "--json").json
    assert list(found) == TURN_KEYS
    assert (found["id"], found["question"], found["answered"], found["reason"]) == (None, INDONESIA, True, None)
    text = {record.name: record.text for record in founding_records()}
    assert [text[c["document"]][c["start"] : c["end"]] for c in found["citations"]] == [
        c["quote"] for c in found["citations"]
    ]
    assert found["latency_ms"] == round(found["latency_ms"], 1) > 0


def test_asking_twice_gives_the_same_bytes_but_for_the_time(library: Path, rapporteur: Rapporteur) -> None:
    def asked() -> str:
        said = rapporteur("ask", "What did the ministers say about smart cities?", "--json")
        time_taken = f'"latency_ms": {said.json["latency_ms"]}'
        assert time_taken in said.out
        return said.out.replace(time_taken, "")

    assert asked() == asked()


@pytest.mark.parametrize(
    ("option", "documents"),
    [
        (("--forum", "g7"), {"2023-04-29-g7-takasaki-digital-agency.txt"}),
        (("--year", "2020"), {"2020-04-30-g20-extraordinary-mic.txt", "2020-07-22-g20-mic.txt"}),
        (("--publisher", "meti"), {"2021-08-05-g20-trieste-meti.txt"}),
        (("--publisher", "MIC", "--year", "2021"), {"2021-08-05-g20-trieste-mic.txt"}),
        (("--speaker", "takeda"), {"2021-08-05-g20-trieste-mic.txt"}),
        (("--place", "trieste"), {"2021-08-05-g20-trieste-meti.txt", "2021-08-05-g20-trieste-mic.txt"}),
        (("--place", "Trieste, Italy", "--publisher", "MIC"), {"2021-08-05-g20-trieste-mic.txt"}),
        (("--place", "Italy", "--place", "Japan", "--forum", "G7"), {"2023-04-29-g7-takasaki-digital-agency.txt"}),
        (("--record", "2020-07-22-G20-mic.txt"), {"2020-07-22-g20-mic.txt"}),
        (
            ("--record", "results of the g7 digital and tech ministers' meeting in takasaki, gumma"),
            {"2023-04-29-g7-takasaki-digital-agency.txt"},
        ),
        (("--speaker", "Kei Sato", "--year", "2021"), {"2021-08-05-g20-trieste-meti.txt"}),
        (
            ("--year", "2021", "--year", "2023", "--forum", "G7", "--forum", "G20"),
            {
                "2021-08-05-g20-trieste-meti.txt",
                "2021-08-05-g20-trieste-mic.txt",
                "2023-04-29-g7-takasaki-digital-agency.txt",
            },
        ),
    ],
)
def test_options_narrow_the_search(
    option: tuple[str, ...], documents: set[str], library: Path, rapporteur: Rapporteur
) -> None:
    found = rapporteur("search", "digital ministers meeting", "--json", "--k", "300", *option).json
    assert {hit["document"] for hit in found["hits"]} == documents
    asked = rapporteur("ask", "What did the ministers say about digital trade?", "--json", *option).json
    assert {c["document"] for c in asked["citations"] + asked["nearest"]} <= documents


def test_what_no_record_meets_is_said(rapporteur: Rapporteur) -> None:
    said = rapporteur("ask", "What about AI?", "--speaker", "takeda", "--year", "2020")
    start = "I found no passage that answers this in the 0 records I searched (2020, said by TAKEDA Ryota)."
    assert said.out.startswith(f"{start} No record meets these conditions.\n")


@pytest.mark.parametrize(
    ("option", "line"),
    [
        (("--forum", "G9"), "no record has the forum G9; the library has: G20; G7"),
        (("--year", "1999"), "no record has the year 1999; the library has: 2020; 2021; 2023"),
        (
            ("--publisher", "\x1b[2JBBC"),
            "no record has the publisher \\u001b[2JBBC; the library has: Digital Agency, Japan; ",
        ),
        (("--place", "Bali"), "no record has the place Bali; the library has: Italy; "),
        (("--set", "Talks"), "there is no set Talks; there are: none yet, add one with rapporteur set add NAME RECORD"),
        (("--record", "gone.txt"), "no record has the name or title gone.txt; the library has: 2020-04-30-g20-"),
        (("--speaker", "Ada Bo"), "no record has words of Ada Bo; the library has words of: Kono; Minoru Terada; "),
    ],
)
def test_an_unknown_condition_lists_the_known_ones(
    option: tuple[str, ...], line: str, library: Path, rapporteur: Rapporteur
) -> None:
    before = contents(library)
    said = rapporteur("ask", "smart cities", *option)
    assert (said.code, said.out, said.err.count("\n"), contents(library)) == (1, "", 1, before)
    assert said.err.startswith(f"rapporteur: {line}")


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("", "the question is empty: type what"),
        (" \t\u3000 ?!", "the question is empty: type what"),
        ("why " * 5000, "the question has 20,000 characters; the limit is 19,999: shorten it"),
        ("why \udcff", "character 5 of the question is broken; give it as UTF-8 text"),
    ],
    ids=["empty", "blank", "long", "broken"],
)
def test_a_question_that_is_none_is_refused_before_anything_is_made(
    command: str, question: str, line: str, rapporteur: Rapporteur, library_of_its_own: Path
) -> None:
    said = rapporteur(command, question)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert said.err.startswith(f"rapporteur: {line}")
    assert not library_of_its_own.exists()


def test_a_question_is_shown_as_text_and_never_obeyed(library: Path, rapporteur: Rapporteur) -> None:
    question = "What of [bold]Bali[/bold] <script>alert(1)</script> \x1b[31m\u202e\r\x07 in 2022?"
    said = rapporteur("ask", question)
    assert said.code == 0
    assert "[bold]Bali[/bold] <script>alert(1)</script>" in said.out
    assert not {"\x1b", "\u202e", "\r", "\x07"} & set(said.out + said.err)
    as_object = rapporteur("ask", question, "--json")
    assert as_object.json["question"] == question
    assert not {"\x1b", "\u202e", "\r", "\x07"} & set(as_object.out)


# Batches


def test_a_batch_answers_line_by_line_in_order(
    library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path], tmp_path: Path
) -> None:
    source = lines_of(
        {"id": "q1", "question": INDONESIA},
        "",
        " \r",
        {"question": "What was decided in Bali?"},
        {"id": 9, "question": "hello"},
    )
    out = tmp_path / "out.jsonl"
    said = rapporteur("ask", "--batch", source, "--out", out)
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert said == (0, "", "")
    assert [list(turn) for turn in found] == [TURN_KEYS] * 3
    assert [(t["id"], t["reason"]) for t in found] == [("q1", None), (4, "not_in_records"), (9, "small_talk")]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.jsonl", "library", "out.jsonl"]


def test_a_batch_says_what_ask_says(library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path]) -> None:
    one = rapporteur("ask", INDONESIA, "--json").json
    (many,) = rapporteur("ask", "--batch", lines_of({"question": INDONESIA}), "--json").lines
    assert {**many, "id": None, "latency_ms": 0} == {**one, "latency_ms": 0}


@pytest.mark.parametrize("words", [["--json", INDONESIA], ["--batch", "-"]], ids=["one", "batch"])
def test_loading_the_model_is_not_in_the_first_questions_time(
    words: list[str], library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class SlowToLoad(WordCounts):
        loaded = False

        def encode_query(self, text: str) -> Any:
            time.sleep(0 if self.loaded else 2)
            self.loaded = True
            return super().encode_query(text)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps({"question": INDONESIA}).encode())))
    assert main(["ask", *words], lambda settings: SlowToLoad()) == 0
    assert 0 < json.loads(capsys.readouterr().out)["latency_ms"] < 2000


def test_history_is_what_the_user_asked_before(
    library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path]
) -> None:
    asked = {"question": "Who attended it?", "history": ["What did the G7 say in Takasaki about data flows?"]}
    alone, after = rapporteur("ask", "--batch", lines_of({**asked, "history": []}, asked)).lines
    assert alone["query"] == "Who attended it?"
    assert after["question"] == "Who attended it?"
    assert "Takasaki" in after["query"]


def test_a_batch_reads_nothing_but_id_question_and_history(
    library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path]
) -> None:
    told = {"answer": "Atlantis", "gold": [{"doc": "x"}], "answerable": False, "type": "trap", "year": 1999, "k": 0}
    plain, with_more = rapporteur(
        "ask", "--batch", lines_of({"id": 1, "question": INDONESIA}, {**told, "id": 1, "question": INDONESIA})
    ).lines
    assert {**plain, "latency_ms": 0} == {**with_more, "latency_ms": 0}


@pytest.mark.parametrize(
    ("line", "identity", "error"),
    [
        ("{not json", None, "not JSON at character 2 (Expecting property name enclosed in double quotes)"),
        ('{"id": "a", "question": "x"} trailing', None, "not JSON at character 30 (Extra data)"),
        ('["a question"]', None, "not a JSON object"),
        ('{"id": NaN, "question": "smart cities"}', None, "not JSON (NaN is no JSON number)"),
        ("[" * 100_000, None, "not JSON ("),
        (b'{"question": "caf\xe9"}', None, "not UTF-8 text at byte 18"),
        ({"id": "a"}, "a", 'the line lacks "question"'),
        ({"id": "a", "question": None}, "a", 'the line lacks "question"'),
        ({"id": "a", "question": 5}, "a", '"question" must be a JSON string'),
        ({"id": "a", "question": "  "}, "a", "the question is empty"),
        ({"id": "a", "question": "w" * 20_000}, "a", "the question has 20,000 characters; the limit is 19,999"),
        ({"id": "a", "question": "why \ud800"}, "a", "character 5 of the question is broken"),
        ({"id": ["a"], "question": "smart cities"}, None, '"id" must be a JSON string or number'),
        ({"id": True, "question": "smart cities"}, None, '"id" must be a JSON string or number'),
        ('{"id": 1e999, "question": "smart cities"}', None, '"id" must be a JSON string or number'),
        ({"id": 3, "question": "smart cities", "history": "smart"}, 3, '"history" must be a list of JSON strings'),
        ({"id": 3, "question": "smart cities", "history": [1]}, 3, '"history" must be a list of JSON strings'),
        ({"id": 3, "question": "smart cities", "history": ["AI", ""]}, 3, "history, question 2: the question is empty"),
    ],
)
def test_a_bad_line_gives_an_error_in_its_place_and_1_at_the_end(
    line: object, identity: object, error: str, library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path]
) -> None:
    said = rapporteur("ask", "--batch", lines_of("", line, {"id": "after", "question": "smart cities"}))
    refused, after = said.lines
    assert (said.code, said.err, after["id"]) == (1, "", "after")
    assert list(refused) == ["id", "line", "error"]
    assert (refused["id"], refused["line"]) == (identity, 2)
    assert refused["error"].startswith(error)
    assert "\n" not in refused["error"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(
    library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path]
) -> None:
    said = rapporteur("ask", "--batch", lines_of(b'\xef\xbb\xbf{"id": "q1", "question": "smart cities"}\r'))
    assert (said.code, said.json["id"]) == (0, "q1")


def test_an_empty_batch_gives_an_empty_file(
    library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path], tmp_path: Path
) -> None:
    assert rapporteur("ask", "--batch", lines_of(""), "--out", tmp_path / "out.jsonl").code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_a_batch_comes_from_standard_input(
    library: Path, rapporteur: Rapporteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "q1", "query": "smart cities"}')))
    assert rapporteur("search", "--batch", "-", "--k", "1").json["id"] == "q1"


def test_what_cannot_be_read_or_written_is_refused_before_any_work(
    rapporteur: Rapporteur, lines_of: Callable[..., Path], tmp_path: Path, library_of_its_own: Path
) -> None:
    source, nowhere = lines_of({"question": "smart cities"}), tmp_path / "nowhere" / "file"
    missing = rapporteur("ask", "--batch", nowhere)
    assert missing == (1, "", f"rapporteur: {nowhere}: cannot be read (No such file or directory)\n")
    unwritable = rapporteur("ask", "--batch", source, "--out", nowhere)
    assert unwritable == (1, "", f"rapporteur: {nowhere}: cannot be written (No such file or directory)\n")
    folder = rapporteur("ask", "--batch", source, "--out", tmp_path)
    assert folder == (1, "", f"rapporteur: {tmp_path}: cannot be written (Is a directory)\n")
    assert not library_of_its_own.exists()


def test_a_batch_that_breaks_off_leaves_the_former_answers(
    library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "out.jsonl").write_text("former")
    said = rapporteur("ask", "--batch", lines_of({"question": "AI"}), "--out", tmp_path / "out.jsonl", model="another")
    assert (said.code, (tmp_path / "out.jsonl").read_text()) == (1, "former")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.jsonl", "library", "out.jsonl"]


def test_a_batch_that_is_killed_leaves_the_former_answers(library: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("former")
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from support.word_counts import WordCounts; from assistant.commands import main\n"
        f"main(['ask', '--batch', '-', '--out', {str(tmp_path / 'out.jsonl')!r}], lambda settings: WordCounts())"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=REPOSITORY, stdin=subprocess.PIPE) as running:
        assert running.stdin
        running.stdin.write(b'{"question": "smart cities"}\n' * 20)
        running.stdin.flush()
        beside = tmp_path / f".out.jsonl.{running.pid}.part"
        while not (beside.exists() and beside.stat().st_size):
            assert running.poll() is None
            time.sleep(0.05)
            running.stdin.write(b'{"question": "smart cities"}\n' * 20)
            running.stdin.flush()
        running.send_signal(signal.SIGKILL)
    assert (tmp_path / "out.jsonl").read_text() == "former"


def test_out_follows_a_link_and_writes_into_a_device(
    library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "answers")
    source = lines_of({"query": "smart cities"})
    assert rapporteur("search", "--batch", source, "--out", tmp_path / "link").code == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "answers").is_file()
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        assert rapporteur("search", "--batch", source, "--out", tmp_path / "pipe").code == 0
        assert reader.communicate()[0] == (tmp_path / "answers").read_bytes()
    assert (tmp_path / "pipe").is_fifo()


# search


def test_search_gives_ranked_passages(library: Path, rapporteur: Rapporteur) -> None:
    found = rapporteur("search", "smart mobility", "--k", "3", "--json").json
    text = {record.name: record.text for record in founding_records()}
    assert list(found) == ["id", "hits"]
    assert [list(hit) for hit in found["hits"]] == [["document", "start", "end", "score", "text"]] * 3
    assert [text[hit["document"]][hit["start"] : hit["end"]] for hit in found["hits"]] == [
        h["text"] for h in found["hits"]
    ]
    assert "smart mobility" in found["hits"][0]["text"]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_search_for_a_person_names_places(library: Path, rapporteur: Rapporteur) -> None:
    said = rapporteur("search", "smart mobility", "--k", "1")
    assert said.out.startswith("1. 2020-07-22-g20-mic.txt [")


def test_a_search_batch_takes_queries_and_questions(
    library: Path, rapporteur: Rapporteur, lines_of: Callable[..., Path]
) -> None:
    source = lines_of({"id": "a", "query": "smart mobility"}, {"id": "b", "question": "smart mobility"}, {"id": "c"})
    said = rapporteur("search", "--batch", source, "--k", "2")
    first, second, third = said.lines
    assert (said.code, first["id"], first["hits"], len(first["hits"])) == (1, "a", second["hits"], 2)
    assert third == {"id": "c", "line": 3, "error": 'the line lacks "query"; give it as a JSON string'}


def test_k_beyond_the_library_gives_what_there_is(rapporteur: Rapporteur, tmp_path: Path) -> None:
    assert rapporteur("search", "anything", "--no-records", "--k", 10**30, "--json").json == {"id": None, "hits": []}
    (tmp_path / "a.txt").write_text("Anything goes.")
    rapporteur("add", tmp_path / "a.txt")
    assert [hit["text"] for hit in rapporteur("search", "anything", "--k", 10**30, "--json").json["hits"]] == [
        "Anything goes."
    ]


# remove, list, show


def test_removed_is_no_longer_found(library: Path, rapporteur: Rapporteur) -> None:
    said = rapporteur("remove", "2020-04-30-g20-extraordinary-mic", "2020-04-30-g20-extraordinary-mic.txt")
    assert said == (0, "removed: 2020-04-30-g20-extraordinary-mic.txt\n", "")
    assert len(rapporteur("list", "--json").json) == 4
    found = rapporteur("search", INDONESIA, "--json", "--k", "300").json
    assert "2020-04-30-g20-extraordinary-mic.txt" not in {hit["document"] for hit in found["hits"]}


@pytest.mark.parametrize(
    ("name", "as_shown"), [("nope", "nope"), ("\x1b[31m", "\\x1b[31m"), ("caf\udce9", "caf\\udce9")], ids=ascii
)
@pytest.mark.parametrize("words", [["show"], ["remove", "2020-07-22-g20-mic.txt"]], ids=" ".join)
def test_an_unknown_document_is_one_line_and_nothing_changes(
    words: list[str], name: str, as_shown: str, library: Path, rapporteur: Rapporteur
) -> None:
    before = contents(library)
    said = rapporteur(*words, name)
    assert (said.code, said.out, said.err.count("\n"), contents(library)) == (1, "", 1, before)
    assert said.err.startswith(f"rapporteur: {as_shown}: no such document")
    assert "rapporteur list" in said.err


def test_list_shows_the_records_in_order_of_their_days(library: Path, rapporteur: Rapporteur) -> None:
    title, *rows = rapporteur("list").out.splitlines()
    assert title.split() == ["DOCUMENT", "DAY", "FORUM", "PUBLISHER", "TITLE"]
    assert [row.split()[:3] for row in rows] == [
        ["2020-04-30-g20-extraordinary-mic.txt", "2020-04-30", "G20"],
        ["2020-07-22-g20-mic.txt", "2020-07-22", "G20"],
        ["2021-08-05-g20-trieste-meti.txt", "2021-08-05", "G20"],
        ["2021-08-05-g20-trieste-mic.txt", "2021-08-05", "G20"],
        ["2023-04-29-g7-takasaki-digital-agency.txt", "2023-04-29", "G7"],
    ]
    assert [found["document"] for found in rapporteur("list", "--json").json] == [row.split()[0] for row in rows]


def test_an_empty_library_says_what_to_do(rapporteur: Rapporteur) -> None:
    assert rapporteur("list", "--no-records").out == "The library is empty; add records with: rapporteur add PATH\n"
    assert rapporteur("list", "--json").json == []
    assert rapporteur("ask", "Who came?", "--json").json["answered"] is False


@pytest.mark.parametrize("name", [record.name for record in founding_records()])
def test_show_gives_each_founding_record_byte_for_byte(name: str, library: Path) -> None:
    assert started("show", name, check=True).stdout == (REPOSITORY / "corpus" / "records" / name).read_bytes()


def test_show_keeps_line_ends_and_drops_only_the_byte_order_mark(
    library: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffOne.\r\nTwo.\rThree\u2028é\x1b[0m 😀".encode())
    main(["add", str(tmp_path / "a.txt")], lambda settings: WordCounts())
    capfdbinary.readouterr()
    main(["show", "a.txt"], lambda settings: WordCounts())
    assert capfdbinary.readouterr().out == "One.\r\nTwo.\rThree\u2028é\x1b[0m 😀".encode()


def test_show_json_has_facts_outline_and_text(library: Path, rapporteur: Rapporteur) -> None:
    found = rapporteur("show", "2020-07-22-g20-mic", "--json").json
    (record,) = (r for r in founding_records() if r.name == "2020-07-22-g20-mic.txt")
    assert (found["text"], len(found["outline"])) == (record.text, len(record.outline))
    assert (found["document"], found["meeting"]["forum"]) == ("2020-07-22-g20-mic.txt", "G20")


def test_show_on_a_terminal_puts_facts_first_and_escapes_what_steers_it(
    library: Path, rapporteur: Rapporteur, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"Red \x1b[31m words.\r\nNext.")
    rapporteur("add", tmp_path / "a.txt")
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "assistant.commands", "show", "a.txt"],
        cwd=REPOSITORY,
        stdout=theirs,
        timeout=60,
        check=True,
    )
    os.close(theirs)
    told = os.read(ours, 10_000).decode().replace("\r\n", "\n")
    os.close(ours)
    assert told.startswith("document     a.txt\ntitle        a.txt  [file name]\n")
    assert told.endswith("\n\nRed \\u001b[31m words.\nNext.\n")


def test_a_result_does_not_continue_the_line_of_the_progress_bar() -> None:
    script = "from assistant.commands.output import progress, say\nwith progress('Adding', 'passages') as show:\n"
    script += " show(1, 4)\n say('added: a.md')\n show(2, 4)\n say('added: b.md')\n"
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env={**os.environ, "TERM": "xterm"},
        stdout=theirs,
        stderr=theirs,
        timeout=60,
        check=True,
    )
    os.close(theirs)
    printed = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "1 of 4 passages" in printed
    for line in re.findall("[^\r\n]*added: ..md", printed):
        assert re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", line) in ("added: a.md", "added: b.md")


# status, reindex, and libraries that cannot be used


def test_status_tells_where_and_what(library: Path, rapporteur: Rapporteur) -> None:
    found = rapporteur("status", "--json").json
    assert (found["library"], found["model"], found["stale"], found["documents"]) == (
        str(library),
        "word counts",
        False,
        5,
    )
    assert found["bytes"] == sum(map(len, contents(library).values()))
    assert list(found) == ["library", "model", "stamp", "stale", "documents", "passages", "sentences", "bytes"]
    said = rapporteur("status").out
    assert f"library    {library}\nmodel      word counts\n" in said


def test_a_library_of_another_model_says_so_and_reindex_mends_it(library: Path, rapporteur: Rapporteur) -> None:
    before = contents(library)
    for words in (["ask", INDONESIA], ["search", "AI"], ["ask", INDONESIA, "--json"]):
        said = rapporteur(*words, model="new model")
        assert (said.code, said.out, said.err.count("\n"), contents(library)) == (1, "", 1, before)
        assert "word counts" in said.err
        assert "new model" in said.err
        assert said.err.endswith("rapporteur reindex\n")
    assert rapporteur("status", "--json", model="new model").json["stale"] is True
    assert "rapporteur reindex" in rapporteur("status", model="new model").out
    assert rapporteur("reindex", model="new model").code == 0
    assert "Indonesia" in rapporteur("ask", INDONESIA, model="new model").out


def test_library_names_another_folder(library: Path, rapporteur: Rapporteur, tmp_path: Path) -> None:
    other = tmp_path / "another one"
    assert rapporteur("list", "--json", "--library", other, "--no-records").json == []
    assert len(rapporteur("list", "--json").json) == 5
    assert rapporteur("status", "--json", "--library", other).json["library"] == str(other)


def test_a_library_that_cannot_be_made_is_one_line(rapporteur: Rapporteur, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for place in (file, file / "library"):
        said = rapporteur("ask", "AI?", "--library", place)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert said.err.startswith(f"rapporteur: {place}: ")
        assert "--library" in said.err
    assert file.read_text() == "mine"


COMMANDS = [["ask", "AI?"], ["search", "AI"], ["list"], ["show", "a"], ["status"], ["remove", "a"], ["reindex"]]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_foreign_truncated_or_newer_file_is_one_line_and_stays(
    words: list[str], founded: Path, rapporteur: Rapporteur, tmp_path: Path
) -> None:
    whole = (founded / "library.sqlite3").read_bytes()
    foreign = sqlite3.connect(tmp_path / "foreign")
    foreign.execute("CREATE TABLE mine (a)")
    foreign.commit()
    foreign.close()
    newer = bytearray(whole)
    newer[60:64] = (99).to_bytes(4, "big")
    broken = {
        "foreign": (tmp_path / "foreign").read_bytes(),
        "no database": b"Dear diary, " * 100,
        "truncated": whole[: len(whole) // 2],
        "beheaded": whole[:50],
        "newer": bytes(newer),
    }
    for name, raw in broken.items():
        folder = tmp_path / name
        folder.mkdir(exist_ok=False) if name != "foreign" else (folder := tmp_path / "of another").mkdir()
        (folder / "library.sqlite3").write_bytes(raw)
        said = rapporteur(*words, "--library", folder)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1), name
        assert said.err.startswith(f"rapporteur: {folder}"), name
        assert contents(folder) == {"library.sqlite3": raw}, name


@pytest.mark.parametrize("words", [["ask", "AI?"], ["list"], ["reindex"], ["add", "README.md"]], ids=" ".join)
@pytest.mark.parametrize("mode", [0o555, 0o000], ids=["read-only", "unreadable"])
def test_a_folder_without_permission_is_one_line_and_nothing_changes(
    words: list[str], mode: int, founded: Path, rapporteur: Rapporteur
) -> None:
    with tempfile.TemporaryDirectory() as above:
        os.chmod(above, 0o755)
        folder = Path(above) / "library"
        shutil.copytree(founded, folder)
        before = contents(folder)
        os.chmod(folder / "library.sqlite3", 0o444)
        os.chmod(folder, mode)
        with without_roots_rights():
            said = rapporteur(*words, "--library", folder)
        os.chmod(folder, 0o755)
        assert contents(folder) == before
    if mode == 0o555 and words[0] in ("ask", "list"):  # what only reads needs no right to write
        assert (said.code, said.err) == (0, "")
        assert "2020" in said.out
        return
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    # `add` reads a file first, for which nobody may have no right to start this Python.
    if words[0] != "add" or mode == 0o000:
        assert said.err.startswith(f"rapporteur: {folder}")
        assert "--library" in said.err


def test_a_setting_that_cannot_be_is_one_line(rapporteur: Rapporteur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_PASSAGE_CHARACTERS", "few")
    said = rapporteur("list")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert said.err.startswith("rapporteur: RAPPORTEUR_PASSAGE_CHARACTERS=few: ")


def test_a_missing_model_is_one_line_and_what_needs_none_still_works(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_MODEL", "nowhere/no-such-model")
    asked = started("reindex")
    assert (asked.returncode, asked.stdout, asked.stderr.count(b"\n")) == (1, b"", 1)
    assert asked.stderr.startswith(b"rapporteur: no model 'nowhere/no-such-model' on this machine")
    assert b"stale, rebuild it with: rapporteur reindex" in started("status", check=True).stdout


def test_a_port_in_use_is_one_line(library: Path, rapporteur: Rapporteur) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = rapporteur("serve", "--port", taken.getsockname()[1])
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "port" in said.err


def test_a_reader_who_leaves_is_no_error(library: Path) -> None:
    command = [sys.executable, "-m", "assistant.commands", "show", "2020-07-22-g20-mic", "--json"]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_an_interrupt_is_quiet_and_130(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Interrupted(WordCounts):
        def encode_query(self, text: str) -> Any:
            raise KeyboardInterrupt

    assert main(["search", "AI"], lambda settings: Interrupted()) == 130
    assert capsys.readouterr() == ("", "")


# What is printed


def test_what_steers_a_terminal_is_escaped_and_other_letters_stay() -> None:
    assert shown("日本 é 😀 \u3000 क्‍ष") == "日本 é 😀 \u3000 क्‍ष"
    assert shown("a\x1b\x9b\x7f\n\u2066\u2028\udcff") == "a\\u001b\\u009b\\u007f\\n\\u2066\\u2028\\udcff"


def test_json_stays_one_line_of_utf_8_and_the_same_value() -> None:
    value = {"a": 'é\x7f\x9b\u202e\u2028\ud800\n"\\', "b": [1, None, True]}
    line = as_json(value)
    assert json.loads(line.encode()) == value
    assert len(line.splitlines()) == 1
    assert "é" in line


def test_wide_characters_keep_the_columns() -> None:
    assert columns([("日本", "x"), ("abc", "y")]) == ["日本  x", "abc   y"]


@pytest.mark.parametrize("words", [["reindex"], ["ask", INDONESIA]], ids=" ".join)
def test_a_person_sees_on_stderr_what_is_being_done(words: list[str], library: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from support.word_counts import WordCounts; from assistant.commands import main\n"
        "sys.exit(main(sys.argv[1:], lambda settings: WordCounts()))"
    )
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=theirs, timeout=60
    )
    os.close(theirs)
    told = os.read(ours, 100_000)
    os.close(ours)
    assert done.returncode == 0
    assert (b"passages of 5 documents encoded" if words == ["reindex"] else b"Indonesia") in done.stdout
    # Which of the stages is painted before the next one comes is a matter of milliseconds.
    doing = [b"Encoding"] if words == ["reindex"] else [b"Reading", b"Searching", b"Choosing"]
    assert any(line in told for line in doing)
    assert b"\x1b" not in done.stdout
