"""Test the page without a browser: escaping, places, the panel's endpoints, security, handlers, the port."""

import html
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.answer import Answer, ShortAnswer
from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.understanding.validate import QuestionRefused
from assistant.web.application import application
from assistant.web.chat import sources
from assistant.web.chat.messages import render_answer, render_chat
from assistant.web.chat.session import Ask, Chat, Exchange, RunningQuestion, answer_question
from assistant.web.chat.source_links import SourceLink, resolve_link
from assistant.web.chat.sources import render_list, render_source
from assistant.web.escaping import escape, escape_input, escape_line, source_offset
from assistant.web.gradio_start import import_gradio
from assistant.web.hosts import served_names
from assistant.web.language import text
from assistant.web.security import HEADERS
from assistant.web.server import listening, serve
from benchmarks.speed import users
from corpus.document import Document, Meeting, Source, sha256_of
from corpus.outline.outline import outline
from corpus.span import Span
from index.errors import LibraryError, RapporteurError
from index.library import open_library
from index.models.encoder import Vectors
from index.search.filters import Filters
from support.word_counts import WordCounts

ABSENT = "Who was absent from the G20 meeting of April 2020?"
BALI = "What was decided in Bali in 2022?"
SCRIPT = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $x$ **b** `c` \u202eevil\u202c"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("page") / "library"
    return Assistant(open_library(folder, encoder=WordCounts()))


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> TestClient:
    return TestClient(application(assistant), base_url="http://127.0.0.1:7860")


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def document(text: str, **facts: Any) -> Document:
    address = facts.pop("address", None)
    stated = {"name": "record.txt", "title": "Title", **facts}
    return Document(text=text, outline=outline(text), source=Source(sha256_of(text), "text/plain", address), **stated)


def test_the_benchmark_of_many_users_fills_each_field_that_the_page_sends(client: TestClient) -> None:
    event = client.get("/config").json()["dependencies"][users.ASK]
    assert len(event["inputs"]) == len(users.FIELDS_BESIDE_QUESTION) + 2


def place_of(assistant: Assistant, words: str) -> SourceLink:
    found = next(d for d in assistant.library.documents() if words in d.text)
    start = found.text.index(words)
    return SourceLink(found, Span(start, start + len(words)))


# Escaping


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_what_is_shown_reads_as_what_was_written(text: str) -> None:
    assert html.unescape(escape(text)) == text


@given(st.text())
def test_what_is_shown_holds_no_character_that_means_anything(text: str) -> None:
    assert not set(re.sub(r"&#\d+;", "", escape(text))) & set("<>&\"'`$*_[]()\\#!|~{}=+-.:/\n\r\t\0\u202e\u200b\u2066")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("bell\x07", "bell\\x07"),
        ("lone \ud800", "lone \\ud800"),
        ("tag \U000e0041", "tag \\U000e0041"),
        ("日本語 é 😀", "日本語 é 😀"),
    ],
)
def test_characters_that_cannot_be_seen_are_written_out(written: str, read: str) -> None:
    assert html.unescape(escape(written)) == read


def test_one_line_holds_no_line_break() -> None:
    assert escape_line("a\n\n b\tc") == "a b c"


def test_what_was_typed_is_typed_on_exactly() -> None:
    assert html.unescape(escape_input("“a\u00adb” <c>\n\t\u200b👩‍👩‍👧")) == "“a\u00adb” <c>\n\t\u200b👩‍👩‍👧"


@given(st.text(), st.integers(min_value=0, max_value=200))
def test_a_place_on_the_page_is_one_in_the_text(text: str, place: int) -> None:
    found = source_offset(text, place)
    before = html.unescape(escape(text[:found]))
    assert len(before) >= place or found == len(text)
    assert found == 0 or len(html.unescape(escape(text[: found - 1]))) < place


# Places


def test_a_place_is_found_again_by_its_name(assistant: Assistant) -> None:
    place = place_of(assistant, "Indonesia was absent")
    assert resolve_link(assistant.library, place.name) == place


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "0" * 16,
        "../etc",
        "0123456789abcdef-1-2",
        "{id}-5-5",
        "{id}-9-5",
        "{id}-0-99999999",
        "{id}-1",
        "{id}-1-2-3",
        "{id}--1-5",
        "{id}-1e3-2e3",
        "{id}-" + "9" * 5000 + "-1",
        "{id}-١-٢",
    ],
)
def test_a_name_of_no_place_gets_one_clear_line(assistant: Assistant, name: str) -> None:
    identity = assistant.library.documents()[0].id[:16]
    with pytest.raises(LibraryError, match=r"^(This link|This record|The record) [^\n]+\.$"):
        resolve_link(assistant.library, name.replace("{id}", identity))


# The panel


def test_the_source_shows_facts_headings_and_the_highlighted_words(client: TestClient, assistant: Assistant) -> None:
    reply = client.get(f"/source/{place_of(assistant, 'Indonesia was absent').name}")
    read = html.unescape(reply.text)
    assert reply.status_code == 200
    assert "<mark>Indonesia was absent</mark>" in read
    for fact in (
        "Results of Extraordinary G20 Digital Economy Ministerial Meeting (Virtual Meeting)",
        "Ministry of Internal Affairs and Communications (MIC), Japan",
        "<dt>Held</dt><dd>30 April 2020",
        "<dt>Mode</dt><dd>online",
        "<dt>Published</dt><dd>1 May 2020",
        "2020-04-30-g20-extraordinary-mic.txt",
        "Participating countries, regions, and international organizations</p>",
        'href="https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2020/5/01_1.html#:~:text=Indonesia',
    ):
        assert fact in read


def test_a_long_record_is_shown_around_the_cited_words(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    place = place_of(assistant, "Indonesia was absent")
    assert "Contact" in render_source(place, assistant.settings)
    assert "data-whole" not in render_source(place, assistant.settings)
    monkeypatch.setattr(sources, "_SHOWN_WHOLE", 100)
    around = render_source(place, assistant.settings)
    assert "<mark>Indonesia was absent</mark>" in around
    assert "Contact" not in around
    assert f'data-whole="{place.name}"' in around


def test_the_whole_record_loses_no_word(assistant: Assistant) -> None:
    place = place_of(assistant, "Indonesia was absent")
    read = html.unescape(re.sub(r"<[^>]+>", " ", render_source(place, assistant.settings, whole=True)))
    written = place.document.text[place.document.outline[0].span.start :]
    assert "".join(written.split()) in "".join(read.split())


def test_words_across_two_pieces_are_highlighted_in_both(assistant: Assistant) -> None:
    text = "First sentence here.\n\nSecond sentence here."
    shown_source = render_source(SourceLink(document(text), Span(6, 28)), assistant.settings)
    assert re.findall(r"<mark>(.*?)</mark>", shown_source) == ["sentence here&#46;", "Second"]


def test_a_record_that_is_written_to_attack_is_shown_as_text(assistant: Assistant) -> None:
    hostile = document(
        f"{SCRIPT} first.\n\n<script>alert(2)</script> second.",
        name="<b>\u202etxt.exe",
        title='"><script>',
        publisher="<i>P</i>",
        address='https://a.example/"onmouseover="alert(1)',
        meeting=Meeting(name="<u>"),
    )
    for page in (
        render_source(SourceLink(hostile, Span(0, 4)), assistant.settings),
        render_source(SourceLink(hostile), assistant.settings),
        render_list([hostile]),
    ):
        tags = set(re.findall(r"<(\w+)", page))
        assert tags <= {
            "article",
            "details",
            "summary",
            "h2",
            "dl",
            "dt",
            "dd",
            "div",
            "p",
            "a",
            "button",
            "input",
            "mark",
            "b",
            "ol",
            "li",
            "span",
            "h3",
            "nav",
        }
        assert "onmouseover=" not in page
        assert "\u202e" not in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd"])
def test_an_address_that_is_none_of_the_web_is_no_link(assistant: Assistant, address: str) -> None:
    hostile = document("Some words here.", address=address)
    page = render_source(SourceLink(hostile, Span(0, 4)), assistant.settings) + render_list([hostile])
    assert "href" not in re.sub(r'href="#cite-[0-9a-f-]+"', "", page)


@pytest.mark.parametrize("query", ["page=x", "p%61ge=x&tab=library", "page", "page=%ff&page=", "conversation=x"])
def test_any_query_of_the_address_opens_the_page(client: TestClient, query: str) -> None:
    reply = client.get(f"/?{query}")
    assert (reply.status_code, "Rapporteur" in reply.text) == (200, True)


@pytest.mark.parametrize("name", ["x", "%3Cscript%3Ex%3C%2Fscript%3E", "..%2Fevidence", "a/b"])
def test_a_name_of_no_record_is_refused_in_words(client: TestClient, name: str) -> None:
    reply = client.get(f"/source/{name}")
    assert reply.status_code == 404
    assert reply.text == f'<p class="empty">{escape_line("This link names no place in a record.")}</p>'


def test_unknown_places_are_not_found(client: TestClient) -> None:
    reply = client.get("/source/0123456789abcdef-1-2")
    assert reply.status_code == 404
    assert '<h2 tabindex="-1">No longer in the library</h2>' in reply.text
    assert f'<p class="empty">{escape_line(NO_LONGER)}</p>' in reply.text


NO_LONGER = "This record was removed from the library, or replaced by a new version. Ask again."


def test_a_name_with_characters_that_cannot_be_seen_is_ticked_encoded() -> None:
    listed = render_list([replace(document("The board met."), name='a\u202e"b.md')])
    assert 'data-ask="a%E2%80%AE%22b.md"' in listed
    assert "\u202e" not in listed


def test_the_list_names_every_record_with_its_address(client: TestClient, assistant: Assistant) -> None:
    read = html.unescape(client.get("/records").text)
    for kept in assistant.library.documents():
        assert kept.title in read
        assert f'href="{kept.source.address}"' in read


def test_an_empty_library_says_how_to_fill_it() -> None:
    assert "rapporteur add" in html.unescape(render_list([]))


@pytest.mark.parametrize("path", ["/page.js", "/page.css", "/icon.svg"])
def test_a_file_that_the_browser_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"if-none-match": '"other"'}).content == first.content


# The guard


@pytest.mark.parametrize("path", ["/", "/records", "/source/x", "/page.js", "/nothing", "/gradio_api/info"])
def test_every_reply_carries_the_strict_headers(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert {name: reply.headers.get_list(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200),
        ("localhost:7860", 200),
        ("[::1]:7860", 200),
        ("LOCALHOST", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
        ("[", 421),
    ],
)
def test_only_requests_by_a_name_of_this_machine_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/records", headers={"host": host}).status_code == status


def test_the_given_host_is_answered_too(assistant: Assistant) -> None:
    client = TestClient(application(assistant, served_names("192.0.2.7")), base_url="http://192.0.2.7:80")
    assert client.get("/records").status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://127.0.0.1:7860", 200), ("http://127.0.0.1:9999", 403), ("https://evil.example", 403), ("null", 403)],
)
def test_pages_of_other_origins_may_not_ask(client: TestClient, origin: str, status: int) -> None:
    assert client.get("/records", headers={"origin": origin}).status_code == status


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/proxy=https://example.com", "/docs", "/openapi.json"]
)
def test_what_the_page_does_not_need_is_closed(client: TestClient, path: str) -> None:
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


def test_a_request_beyond_a_million_bytes_is_refused(client: TestClient) -> None:
    assert client.post("/gradio_api/queue/join", content=b"x" * 1_000_001).status_code == 413


# The handlers


def test_no_handler_is_offered_to_programs(client: TestClient) -> None:
    assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_no_handler_takes_the_messages_from_the_browser(assistant: Assistant) -> None:
    from assistant.web.layout import build_page
    from assistant.web.reports.export import PendingExports

    handlers = build_page(
        assistant, PendingExports(), None, "Rapporteur", {"account": "", "notebooks": ""}
    ).fns.values()
    assert {type(taken).__name__ for handler in handlers for taken in handler.inputs} == {
        "State",
        "Textbox",
        "Dropdown",
    }
    assert {handler.api_visibility for handler in handlers} == {"private"}


def test_only_the_sessions_used_last_are_kept(assistant: Assistant) -> None:
    from gradio.state_holder import StateHolder

    from assistant.web.layout import build_page
    from assistant.web.reports.export import PendingExports

    sessions = StateHolder()  # type: ignore[no-untyped-call]
    sessions.set_blocks(build_page(assistant, PendingExports(), None, "Rapporteur", {"account": "", "notebooks": ""}))
    for number in range(300):
        assert sessions[str(number)]
    assert list(sessions.session_data) == [str(number) for number in range(44, 300)]


def answering(assistant: Assistant) -> Ask:
    return lambda question, before, filters, running: assistant.ask(question, before, filters, running.report)


def asked(assistant: Assistant, workers: ThreadPoolExecutor, question: str, chat: Chat = Chat()) -> list[Chat]:  # noqa: B008
    return list(answer_question(answering(assistant), workers, chat, question, Filters()))


def said(chat: Chat) -> str:
    return html.unescape(render_chat(chat)[-1]["content"])


class Slow(WordCounts):
    """An encoder that takes longer than a stage that is not shown."""

    def encode_query(self, text: str) -> Vectors:
        time.sleep(0.3)
        return super().encode_query(text)


def test_stages_come_first_and_then_the_answer_at_once(assistant: Assistant, workers: ThreadPoolExecutor) -> None:
    slow = Assistant(open_library(assistant.library.location, encoder=Slow()))
    *working, last = asked(slow, workers, ABSENT)
    assert [chat.exchanges[-1].turn for chat in working] == [None] * len(working)
    assert said(working[-1]).startswith('<div class="stages">')
    assert "of 5 records" in said(working[-1])
    assert "Indonesia was absent from this meeting." in said(last)


def test_a_stage_that_passes_at_once_is_not_shown() -> None:
    running = RunningQuestion()
    for stage in ("Reading the question", "Searching 5 of 5 records", None):
        running.report(stage)
    assert running.next_stages() is None
    running.report("Choosing the evidence")
    assert running.next_stages() == ("Choosing the evidence",)


def test_each_quotation_links_to_its_words(assistant: Assistant, workers: ThreadPoolExecutor) -> None:
    said_last = said(asked(assistant, workers, ABSENT)[-1])
    quotations = re.findall(
        r'<blockquote>(.*?) <a class="marker" href="#cite-([^"]+)">\[(\d+)\]</a> <a class="add" href="#add-\2">',
        said_last,
    )
    assert [int(number) for _, _, number in quotations] == list(range(1, len(quotations) + 1))
    for quotation, name, _ in quotations:
        place = resolve_link(assistant.library, name)
        assert place.span is not None
        assert " ".join(place.span.of(place.document.text).split()) == quotation


def test_what_was_asked_stands_first_with_the_marker_of_its_quotation(
    assistant: Assistant, workers: ThreadPoolExecutor
) -> None:
    said_last = said(asked(assistant, workers, ABSENT)[-1])
    line = re.match(
        r'<div class="answer"><p class="lead"><strong>Indonesia</strong> '
        r'<a class="marker" href="#(cite-[^"]+)">\[(\d+)\]</a></p>',
        said_last,
    )
    assert line
    assert f'Indonesia was absent from this meeting. <a class="marker" href="#{line[1]}">[{line[2]}]</a>' in said_last


def test_a_first_line_with_markup_is_shown_as_text() -> None:
    hostile = document(f"{SCRIPT} came.")
    cited = Citation(hostile, Span(0, len(hostile.text)))
    shown_answer = render_answer(Answer((cited,), short_answer=ShortAnswer(cited, Span(0, len(SCRIPT)))))
    assert set(re.findall(r"<(\w+)", shown_answer)) == {"div", "p", "strong", "a", "blockquote"}
    assert html.unescape(shown_answer).count("<img src=x onerror=alert(1)>") == 2


def test_further_passages_are_behind_a_line_that_opens_them() -> None:
    record = document("Ada came. Bo came.")
    cited, further = Citation(record, Span(0, 9)), Citation(record, Span(10, 18))
    shown_answer = render_answer(Answer((cited,), more=(further,)))
    assert "<summary>More passages (1)</summary>" in shown_answer
    assert shown_answer.index("<details") < shown_answer.index("Bo came")
    assert "<details" not in render_answer(Answer((cited,)))


def test_an_abstention_says_what_was_searched_and_links_the_nearest(
    assistant: Assistant, workers: ThreadPoolExecutor
) -> None:
    read = said(asked(assistant, workers, BALI)[-1])
    assert read.startswith('<div class="abstention">')
    assert "Searched:</strong> 5 records" in read
    assert re.search(r"Words not found:</strong> bali\b", read, re.IGNORECASE)
    assert read.index(text("answer.nearest")) < read.index('<a class="open" href="#cite-')
    assert "<blockquote>" not in read


def test_a_follow_up_gets_the_turns_before_it(assistant: Assistant, workers: ThreadPoolExecutor) -> None:
    first = asked(assistant, workers, ABSENT)[-1]
    second = asked(assistant, workers, "And who attended it?", first)[-1]
    assert [turn.question for turn in second.conversation.turns] == [ABSENT, "And who attended it?"]


def test_the_query_made_of_a_follow_up_is_shown(assistant: Assistant, workers: ThreadPoolExecutor) -> None:
    first = asked(assistant, workers, "What was said about <b>smart cities</b>?")[-1]
    assert "Searched for" not in said(first)
    second = asked(assistant, workers, "And what about telework?", first)[-1]
    assert "Searched for: What was said about <b>smart cities</b> - And what about telework?" in said(second)


def test_a_follow_up_can_be_asked_without_the_turns_before_it(
    assistant: Assistant, workers: ThreadPoolExecutor
) -> None:
    from assistant.web.chat.handlers import Handlers
    from assistant.web.reports.export import PendingExports

    first = asked(assistant, workers, "What was said about smart cities?")[-1]
    second = asked(assistant, workers, "And what about telework?", first)[-1]
    assert 'href="#ask-alone"' in said(second)
    *_, before_last, _ = Handlers(assistant, PendingExports()).ask_alone(second, [], [], [])
    alone = before_last[1]
    assert [exchange.question for exchange in alone.exchanges] == [
        first.exchanges[0].question,
        "And what about telework?",
    ]
    assert alone.exchanges[-1].turn.query.text == "And what about telework?"
    assert "#ask-alone" not in said(alone)


def test_a_question_with_markup_is_shown_as_text() -> None:
    content = render_chat(Chat((Exchange(SCRIPT),)))[0]["content"]
    assert re.findall(r"<[^>]+>", content) == ['<div class="question">', "</div>"]
    assert "$" not in content
    assert "\\u202eevil" in html.unescape(content)


def test_a_question_of_several_paragraphs_stays_one_block() -> None:
    assert "\n" not in render_chat(Chat((Exchange("one\n\ntwo"),)))[0]["content"]


@pytest.mark.parametrize(("question", "line"), [("  \n", "empty"), ("x" * 20_000, "20,000 characters")])
def test_a_question_that_cannot_be_asked_goes_back_into_the_box(assistant: Assistant, question: str, line: str) -> None:
    from assistant.web.chat.handlers import Handlers
    from assistant.web.reports.export import PendingExports

    *_, last = Handlers(assistant, PendingExports()).ask(question, Chat(), [], [], [])
    shown_messages, chat, box, status, _ = last
    assert (shown_messages, chat, box["value"]) == ([], Chat(), question)
    assert line in html.unescape(status)


def test_a_new_page_leaves_what_was_asked_before_it_was_complete(
    assistant: Assistant, workers: ThreadPoolExecutor
) -> None:
    from assistant.web.chat.handlers import Handlers
    from assistant.web.reports.export import PendingExports

    chat = replace(asked(assistant, workers, "Who attended?")[-1], id="kept")
    handlers = Handlers(assistant, PendingExports())
    [left] = handlers.load("", chat)
    assert all(value == {"__type__": "update"} for value in left)
    [shown] = handlers.open("", chat)
    assert shown[0] == []


def test_a_refusal_leaves_the_chat_as_it_was(assistant: Assistant, workers: ThreadPoolExecutor) -> None:
    with pytest.raises(QuestionRefused):
        asked(assistant, workers, "  ")


class Failing(WordCounts):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error: Exception | None = None
        self.later = error

    def encode_query(self, text: str) -> Vectors:
        if self.error:
            raise self.error
        return super().encode_query(text)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            LibraryError("the library is locked; close the other program"),
            "the library is locked; close the other program",
        ),
        (KeyError("x"), text("chat.broken")),
    ],
)
def test_what_goes_wrong_is_one_line_in_the_chat(
    tmp_path: Path, workers: ThreadPoolExecutor, error: Exception, line: str
) -> None:
    encoder = Failing(error)
    failing = Assistant(open_library(tmp_path / "library", encoder=encoder))
    encoder.error = error
    chat = asked(failing, workers, ABSENT)[-1]
    assert said(chat) == f'<div class="trouble"><p>{line}</p></div>'
    assert chat.conversation.turns == ()


def test_stopping_gives_up_only_what_is_at_work(assistant: Assistant, workers: ThreadPoolExecutor) -> None:
    answered = asked(assistant, workers, ABSENT)[-1]
    assert answered.stopped() == answered
    assert Chat().stopped() == Chat()


def test_what_is_given_up_is_not_shown_any_more(tmp_path: Path, workers: ThreadPoolExecutor) -> None:
    free = threading.Event()

    class Held(WordCounts):
        def encode_query(self, text: str) -> Vectors:
            assert free.wait(30)
            return super().encode_query(text)

    free.set()
    held = Assistant(open_library(tmp_path / "library", encoder=Held()))
    free.clear()
    exchanges = answer_question(answering(held), workers, Chat(), ABSENT, Filters())
    at_work = next(exchanges)
    with ThreadPoolExecutor(1) as page:
        rest = page.submit(list, exchanges)
        stopped = at_work.stopped()
        assert [chat for chat in rest.result(10) if chat.conversation.turns] == []
    free.set()
    assert said(stopped) == f'<div class="trouble"><p>{text("chat.stopped")}</p></div>'
    assert stopped.stopped() == stopped


def test_retry_asks_the_last_question_in_its_place(assistant: Assistant, workers: ThreadPoolExecutor) -> None:
    from assistant.web.chat.handlers import Handlers
    from assistant.web.reports.export import PendingExports

    chat = Chat((Exchange(ABSENT, error=text("chat.stopped")),))
    *_, before_last, _ = Handlers(assistant, PendingExports()).retry(chat, [], [], [])
    assert [e.question for e in before_last[1].exchanges] == [ABSENT]
    assert before_last[1].exchanges[0].turn is not None


def test_the_page_says_that_the_models_load_until_they_are_loaded(assistant: Assistant) -> None:
    from assistant.web.chat.handlers import Handlers
    from assistant.web.reports.export import PendingExports

    loaded = threading.Event()
    loading = threading.Thread(target=loaded.wait, args=(30,), daemon=True)
    loading.start()
    shown = Handlers(assistant, PendingExports(), loading).watch_loading()
    assert text("chat.loading") in next(shown)
    loaded.set()
    assert list(shown) == [""]
    assert list(Handlers(assistant, PendingExports(), loading).watch_loading()) == [""]
    assert list(Handlers(assistant, PendingExports()).watch_loading()) == [""]


_NO_STUBS = """
import ast, inspect, sys
parse, callers = ast.parse, []
def noted(*arguments, **options):
    callers.append(sys._getframe(1).f_globals["__name__"])
    return parse(*arguments, **options)
ast.parse = noted
from assistant.web.gradio_start import import_gradio
import_gradio()
import gradio
its_file = sys.modules["gradio.components.chatbot"].__file__
print("gradio.component_meta" in callers, inspect.getfile(gradio.Chatbot) == its_file)
"""


def test_importing_gradio_parses_and_writes_nothing_for_editors() -> None:
    done = subprocess.run([sys.executable, "-c", _NO_STUBS], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("False True\n", "")


def test_gradio_describes_no_component_for_a_session() -> None:
    import_gradio()
    import gradio as gr
    from gradio.state_holder import SessionState

    with gr.Blocks() as page:
        chatbot = gr.Chatbot()
    session = SessionState(page)
    session[chatbot._id] = gr.Chatbot(render=False)
    session._update_config(chatbot._id)
    session._update_value_in_config(chatbot._id, [])
    assert session.config_values == {chatbot._id: {}}
    assert page.config["components"][0]["props"]


def test_the_page_is_built_with_one_application_of_gradio(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gradio.routes import App

    made: list[object] = []
    create = App.create_app

    def noted(*arguments: Any, **options: Any) -> App:
        made.append(arguments)
        return create(*arguments, **options)

    monkeypatch.setattr(App, "create_app", noted)
    application(assistant)
    assert len(made) == 1
    assert App.create_app is noted


def test_the_models_load_once_the_page_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import uvicorn

    used = threading.Event()

    class Noted(WordCounts):
        def encode_query(self, text: str) -> Vectors:
            used.set()
            return super().encode_query(text)

    def run(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        assert used.wait(10)

    monkeypatch.setattr(uvicorn.Server, "run", run)
    assistant = Assistant(open_library(tmp_path / "library", encoder=Noted()))
    monkeypatch.setattr("assistant.web.server.application", lambda *_: used.clear())
    serve(assistant, port=0)
    assert "Rapporteur is at http://127.0.0.1:" in capsys.readouterr().out


# The port


def test_a_port_in_use_is_one_line_with_the_next_step() -> None:
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RapporteurError, match=rf"^port {port} of 127\.0\.0\.1 is in use: .*--port 0[^\n]*$"):
            listening("127.0.0.1", port)


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with listening("127.0.0.1", None) as first, listening("127.0.0.1", None) as second:
        assert first.getsockname()[1] != second.getsockname()[1]


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 70_000), ("127.0.0.1", -1), ("192.0.2.1", 0), ("no such host", 0)]
)
def test_an_address_that_cannot_be_listened_on_is_one_line(host: str, port: int) -> None:
    with pytest.raises(RapporteurError, match=r"^[^\n]+: (give|use) [^\n]+$"):
        listening(host, port)


def test_only_this_machine_is_listened_on_by_default() -> None:
    with listening("127.0.0.1", 0) as listener:
        assert listener.family == socket.AF_INET
        assert listener.getsockname()[0] == "127.0.0.1"
