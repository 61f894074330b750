"""Hold the replies to the cases of faults in ../shared/evaluation/bugs, with the real models."""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.commands import main
from benchmarks.datasets import read_jsonl

pytestmark = pytest.mark.slow

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "bug_cases.toml").read_text("utf-8"))
# Cases that fail, each with the reason.
FAILING: dict[str, str] = {}


@pytest.fixture(scope="module", autouse=True)
def ranked() -> Iterator[None]:
    """With the ranker, as users have it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAPPORTEUR_RANKER", "true")
        yield


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[Path, str]]:
    """The libraries made so far, by their files: the folder, and the lines of `add`."""
    return {}


def spaced(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def output(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    capsys.readouterr()
    main([str(word) for word in words])
    return capsys.readouterr().out


def files_of(case: dict[str, Any], expected: dict[str, Any]) -> tuple[str, ...]:
    """Return the files of the library: those of the case without the reports that are verified."""
    verified = re.findall(r"verify ([^\s;]+)", case.get("command", ""))
    return tuple(expected.get("library", [name for name in case["files"] if name not in verified]))


@pytest.mark.parametrize(
    "identity", [pytest.param(n, marks=pytest.mark.xfail(reason=FAILING[n])) if n in FAILING else n for n in EXPECTED]
)
def test_the_reply_is_as_expected(
    identity: str,
    shared_folder: Path,
    libraries: dict[tuple[str, ...], tuple[Path, str]],
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = shared_folder / "evaluation" / "bugs"
    case = next(record for record in read_jsonl(folder / "cases.jsonl") if record["id"] == identity)
    expected = EXPECTED[identity]
    names = files_of(case, expected)
    if names not in libraries:
        library = tmp_path_factory.mktemp("library") / "library"
        lines = output(capsys, "add", "--library", library, "--no-records", *(folder / name for name in names))
        libraries[names] = library, lines
    library, lines = libraries[names]
    at = ("--library", library)
    if "question" in case:
        reply = json.loads(output(capsys, "ask", *at, "--json", case["question"]))
        assert_reply(reply, expected)
    elif "verify" in case["command"]:
        for report in re.findall(r"verify ([^\s;]+)", case["command"]):
            assert_verified(json.loads(output(capsys, "verify", *at, "--json", folder / report)), expected)
    else:
        listed = json.loads(output(capsys, "list", *at, "--json"))
        texts = "\n".join(output(capsys, "show", *at, document["document"]) for document in listed)
        assert_added(lines, listed, spaced(texts), expected)


def assert_reply(reply: dict[str, Any], expected: dict[str, Any]) -> None:
    quotes = [spaced(citation["quote"]) for citation in reply["citations"]]
    assert reply["answered"] != expected.get("refused", False), reply["answer"]
    for words in expected.get("cites", ()):
        assert any(words in quote for quote in quotes), (words, quotes)
    for words in expected.get("absent", ()):
        assert not any(words in quote for quote in quotes), (words, quotes)
    for words in expected.get("says", ()):
        assert words in json.dumps(reply, ensure_ascii=False)
    if "first" in expected:
        assert expected["first"] in quotes[0]


def assert_verified(report: dict[str, Any], expected: dict[str, Any]) -> None:
    verdicts = {number: quotation["verdict"] for number, quotation in enumerate(report["quotations"], start=1)}
    right = {number for number, verdict in verdicts.items() if verdict in ("exact", "typographic")}
    assert set(expected.get("right", ())) - right == set(), verdicts
    assert set(expected.get("wrong", ())) - (verdicts.keys() - right) == set(), verdicts
    for words in expected.get("says", ()):
        assert words in json.dumps(report, ensure_ascii=False)


def assert_added(lines: str, documents: Sequence[dict[str, Any]], texts: str, expected: dict[str, Any]) -> None:
    assert len(documents) >= expected.get("added", 0), lines
    for words in expected.get("shows", ()):
        assert words in texts
    for words in expected.get("without", ()):
        assert words not in texts
    days = [document["meeting"]["first_day"] or "" for document in documents]
    assert set(expected.get("days", ())) <= set(days)
    for month, least in expected.get("months", {}).items():
        assert sum(day.startswith(month) for day in days) >= least, days
