"""Judge replies: what the page may say of which reply, changed and taken back, of each user, and as test cases."""

import json
import re
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer, Reason, Reply, ReplyKind, SearchSummary, Statement, abstain
from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.commands import main
from assistant.conversation import Turn
from assistant.history.feedback import Feedback, ReplyVerdict
from assistant.history.feedback_cases import feedback_case, needs_gold
from assistant.history.history import History
from assistant.query import Query
from assistant.users.current import User, acting_as
from assistant.users.private_documents import for_users
from assistant.web.application import application
from assistant.web.chat.reply_tools import render_tools
from benchmarks.datasets import load_scorer
from corpus.document import Document, Kind
from corpus.passages import Passage
from corpus.reading import document_from
from corpus.span import Span
from index.library import Library, open_library
from index.private.additions import PrivateAdditions
from index.private.library import UserLibrary
from index.search.filters import Filters
from index.search.hybrid import Hit
from index.users import UserRole
from support.word_counts import WordCounts

RECORD = document_from("# Talks\n\nThe harbour costs nine euros.\n\nAda Bo was away.", "talks.md", "text/markdown")
AWAY = "Ada Bo was away."
ANSWER = Answer((Citation(RECORD, Span(RECORD.text.index(AWAY), RECORD.text.index(AWAY) + len(AWAY))),))
REFUSAL = abstain(Reason.NOT_IN_RECORDS, SearchSummary("Why?", 1))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(RECORD)
    return library


@pytest.fixture
def client(library: Library) -> TestClient:
    return TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860")


def kept(library: Library, *replies: Reply, owner: str = "") -> str:
    """Keep a conversation with these replies, and return its id."""
    history, name = History(library, owner), ""
    for place, reply in enumerate(replies):
        question = f"Who was away {place}?"
        name = history.ask(name, place, question, Filters(years=frozenset({2020})))
        history.answer(name, place, Turn(question, Query(question), reply))
    return name


def test_a_judgement_is_kept_changed_and_taken_back(client: TestClient, library: Library) -> None:
    name = kept(library, ANSWER, REFUSAL)

    def judge(place: int, verdict: str | None) -> Any:
        return client.post(f"/replies/{name}/{place}/feedback", json={"verdict": verdict}).json()

    def verdicts() -> Any:
        return client.get(f"/replies/{name}/feedback").json()["verdicts"]

    assert verdicts() == {}
    assert judge(0, "helpful") == {"verdict": "helpful"}
    assert judge(1, "should have answered") == {"verdict": "should have answered"}
    assert verdicts() == {"0": "helpful", "1": "should have answered"}
    judge(0, "wrong evidence")
    assert verdicts()["0"] == "wrong evidence"
    judge(0, None)
    judge(0, None)
    assert verdicts() == {"1": "should have answered"}
    assert "does not fit a refusal" in judge(1, "wrong evidence")["error"]
    assert "does not fit an answer" in judge(0, "should have answered")["error"]
    assert "no longer" in judge(9, "helpful")["error"]


@pytest.mark.parametrize("body", [{}, {"verdict": "great"}, {"verdict": 1}, {"verdict": "helpful", "owner": "ada"}, []])
def test_what_the_page_never_sends_is_refused(client: TestClient, library: Library, body: object) -> None:
    name = kept(library, ANSWER)
    assert client.post(f"/replies/{name}/0/feedback", json=body).status_code == 422
    assert library.feedback_rows() == []


def test_nobody_judges_the_replies_of_another_user(client: TestClient, library: Library) -> None:
    name = kept(library, ANSWER, owner="ada")
    Feedback(library, "ada").judge(name, 0, ReplyVerdict.HELPFUL)
    assert (
        "no longer in the library" in client.post(f"/replies/{name}/0/feedback", json={"verdict": None}).json()["error"]
    )
    assert client.get(f"/replies/{name}/feedback").json() == {"verdicts": {}}
    assert Feedback(library, "ada").verdicts(name) == {0: ReplyVerdict.HELPFUL}


def test_a_question_that_was_edited_is_not_judged(library: Library) -> None:
    name = kept(library, ANSWER)
    feedback = Feedback(library, "")
    feedback.judge(name, 0, ReplyVerdict.HELPFUL)
    History(library, "").ask(name, 0, "Another question?", Filters())
    assert feedback.verdicts(name) == {}
    assert [row.question for row in library.feedback_rows("")] == ["Who was away 0?"]


def test_another_reply_to_the_same_question_is_not_judged(library: Library) -> None:
    name = kept(library, ANSWER)
    feedback, history = Feedback(library, ""), History(library, "")
    feedback.judge(name, 0, ReplyVerdict.HELPFUL)
    question = "Who was away 0?"

    def retry(reply: Reply) -> dict[int, ReplyVerdict]:
        history.ask(name, 0, question, Filters())
        assert feedback.verdicts(name) == {}  # not answered yet
        history.answer(name, 0, Turn(question, Query(question), reply))
        return feedback.verdicts(name)

    costs = "The harbour costs nine euros."
    start = RECORD.text.index(costs)
    assert retry(Answer((Citation(RECORD, Span(start, start + len(costs))),))) == {}
    assert retry(REFUSAL) == {}
    assert retry(ANSWER) == {0: ReplyVerdict.HELPFUL}
    library.correct("talks.md", {"title": "Harbours"})
    assert feedback.verdicts(name) == {0: ReplyVerdict.HELPFUL}  # the heading has changed, not the reply


def test_the_links_of_another_reply_in_its_place_have_another_mark() -> None:
    turns = [Turn(q, Query(q), reply) for q in ("Why?", "How?") for reply in (ANSWER, REFUSAL)]
    marks = [re.findall(r"/helpful/(\w+)\"", render_tools("abc", 2, turn)) for turn in (*turns, turns[0])]
    assert all(len(found) == 1 for found in marks)
    assert marks[0] == marks[4]
    assert len({found[0] for found in marks}) == 4


def test_replies_offer_what_can_be_said_of_them() -> None:
    def tools(reply: Reply) -> str:
        return render_tools("abc", 2, Turn("Why?", Query("Why?"), reply))

    answered, refused = tools(ANSWER), tools(REFUSAL)
    for verdict in ("helpful", "not-helpful", "wrong-evidence", "should-not-have-answered"):
        assert f'href="#feedback/abc/2/{verdict}/' in answered
    assert ("should-have-answered" in answered, "should-have-answered" in refused) == (False, True)
    assert "wrong-evidence" not in refused
    assert tools(abstain(Reason.SMALL_TALK)) == ""


def test_judgements_become_test_cases_that_a_scorer_takes(
    library: Library,
    shared_folder: Path,
) -> None:
    listed = Answer((), kind=ReplyKind.LIBRARY, statements=(Statement("1 record:"), Statement("Talks")))
    name = kept(library, ANSWER, REFUSAL, listed, ANSWER, ANSWER)
    feedback = Feedback(library, "")
    said = [ReplyVerdict.HELPFUL] * 3 + [ReplyVerdict.SHOULD_NOT_HAVE_ANSWERED] + [ReplyVerdict.WRONG_EVIDENCE]
    for place, verdict in enumerate(said):
        feedback.judge(name, place, verdict)
    cases = [feedback_case(row) for row in library.feedback_rows()]
    assert [case["expect"] for case in cases] == ["quotes", "refuse", "library", "refuse", "quotes"]
    assert [needs_gold(case) for case in cases] == [False, False, False, False, True]
    assert cases[0]["gold"] == [{"doc": "talks.md", "quote": AWAY, "must": True, "group": None}]
    assert cases[2]["history"] == ["Who was away 0?", "Who was away 1?"]
    assert cases[4]["cited"][0]["anchor"].startswith("rap1:")
    assert cases[0]["filters"] == {"years": [2020]}
    assert len({case["id"] for case in cases}) == 5
    scorer = load_scorer("natural/score_natural.py")
    texts = scorer.Docs(texts={"talks.md": RECORD.text})
    scorer.check(cases[:4], texts)  # ends the process at a fault
    right = {"answered": True, "answer": AWAY, "citations": [{"document": "talks.md", "quote": AWAY}]}
    verdicts = [scorer.verdict(case, {"id": case["id"], **right}, texts)[0] for case in cases]
    assert verdicts == ["right", "wrong", "wrong", "wrong", "wrong"]


def test_the_command_lists_and_exports_judgements(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--library", library.location]

    def run(*words: str) -> int:
        return main([*words], lambda settings: WordCounts())

    assert run("feedback", *at) == 0
    assert "Nothing is judged yet" in capsys.readouterr().out
    name = kept(library, ANSWER, ANSWER)
    for place, verdict in enumerate((ReplyVerdict.HELPFUL, ReplyVerdict.NOT_HELPFUL)):
        Feedback(library, "").judge(name, place, verdict)
    assert run("feedback", "list", *at) == 0
    assert "helpful: Who was away 0?" in capsys.readouterr().out
    file = tmp_path / "cases.jsonl"
    assert run("feedback", "export", str(file), *at) == 0
    assert "test cases: 2; without gold quotations, to be added by hand: 1" in capsys.readouterr().out
    assert [json.loads(line)["kind"] for line in file.read_text("utf-8").splitlines()] == ["helpful", "not helpful"]
    assert run("feedback", "export", str(file), *at) == 1
    assert "exists already" in capsys.readouterr().err
    assert run("feedback", "export", *at) == 2


SECRET = document_from("# Zebra fund\n\nThe zebra fund is frozen.", "zebra.md", "text/markdown")
SAYS_FROZEN = Answer((Citation(SECRET, Span(SECRET.text.index("The zebra"), len(SECRET.text))),))
COUNTED = Answer((), kind=ReplyKind.LIBRARY, statements=(Statement("1 record:"), Statement("Zebra fund")))


def near(document: Document) -> Reply:
    passage = Passage(document, Span(0, 4), Span(0, 4), Kind.BODY, (), 0)
    return abstain(Reason.NOT_IN_RECORDS, SearchSummary("Why?", 1), (Hit(0, passage, 0.5),))


@pytest.mark.parametrize(
    ("question", "filters", "reply"),
    [
        ("Who was away?", Filters(), SAYS_FROZEN),
        ("Who was away?", Filters(), COUNTED),
        ("Who was away?", Filters(), near(SECRET)),
        ("Who was away?", Filters(asked=frozenset({"zebra.md"})), ANSWER),
        ("Who was away by zebra.md?", Filters(), ANSWER),
    ],
)
def test_of_a_reply_about_private_documents_the_judgement_alone_is_kept(
    library: Library,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    question: str,
    filters: Filters,
    reply: Reply,
) -> None:
    PrivateAdditions(cast(UserLibrary, for_users(library)), "ada").add(SECRET)
    with acting_as(User("ada", "ada", UserRole.READER)):
        seen = for_users(library)
        history, feedback = History(seen), Feedback(seen)
        name = history.ask("", 0, question, filters)
        history.answer(name, 0, Turn(question, Query(question), reply))
        history.ask(name, 1, "And then?", Filters())
        history.answer(name, 1, Turn("And then?", Query("And then?"), ANSWER))
        for place in (0, 1):  # a follow-up of such a reply is one, too
            feedback.judge(name, place, ReplyVerdict.NOT_HELPFUL)
            feedback.judge(name, place, ReplyVerdict.HELPFUL)
        assert feedback.verdicts(name) == {0: ReplyVerdict.HELPFUL, 1: ReplyVerdict.HELPFUL}
    at, file = ["--library", library.location], tmp_path / "cases.jsonl"
    for words in (["list"], ["list", "--json"], ["export", str(file)]):
        assert main(["feedback", *words, *at], lambda settings: WordCounts()) == 0
    told = capsys.readouterr().out
    assert told.count("helpful: (a reply about private documents, of which no word is kept)") == 2
    assert "test cases: 0; left out, on replies about private documents: 2" in told
    assert not file.read_text("utf-8")
    kept_words = f"{library.feedback_rows()}{told}".casefold()
    assert not any(word in kept_words for word in ("zebra", "away", "and then"))
    with acting_as(User("ada", "ada", UserRole.READER)):
        feedback.judge(name, 0, None)
        assert feedback.verdicts(name) == {1: ReplyVerdict.HELPFUL}


def test_a_reply_about_common_documents_is_kept_whole_for_who_has_private_ones(library: Library) -> None:
    PrivateAdditions(cast(UserLibrary, for_users(library)), "ada").add(SECRET)
    with acting_as(User("ada", "ada", UserRole.READER)):
        name = kept(for_users(library), ANSWER, near(RECORD), owner="ada")
        for place in (0, 1):
            Feedback(for_users(library)).judge(name, place, ReplyVerdict.HELPFUL)
    assert [row.question for row in library.feedback_rows()] == ["Who was away 0?", "Who was away 1?"]
