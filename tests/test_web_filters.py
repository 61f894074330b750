"""Choose what is searched on the page: what is offered and counted, what a browser sends, what a conversation keeps."""

import html
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.history.history import History
from assistant.users.current import User
from assistant.web.chat.facets import FACETS, counted_values
from assistant.web.chat.filters import filter_choices, known_filters, parse_filters, render_filters, sent_names
from assistant.web.chat.handlers import Handlers
from assistant.web.chat.session import Chat
from assistant.web.reports.export import PendingExports
from index.library import open_library
from index.search.filters import Filters
from index.users import UserRole
from support.generated_texts import document
from support.word_counts import WordCounts

NONE: tuple[list[str], ...] = tuple([] for _ in FACETS)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(open_library(tmp_path_factory.mktemp("filters") / "library", encoder=WordCounts()))


def counted(assistant: Assistant, facet: str, **chosen: Any) -> dict[str, int]:
    filters = Filters(**{name: frozenset(values) for name, values in chosen.items()})
    return counted_values(assistant.library.documents(), filters)[FACETS.index(facet)]


def test_each_value_of_the_records_is_offered_with_its_number(assistant: Assistant) -> None:
    documents = assistant.library.documents()
    assert counted(assistant, "forums") == {"G20": 4, "G7": 1}
    assert counted(assistant, "years") == {"2020": 2, "2021": 2, "2023": 1}
    publishers = counted(assistant, "publishers")
    assert list(publishers) == sorted({d.publisher or "" for d in documents})
    assert sum(publishers.values()) == len(documents)
    assert counted(assistant, "places")["Trieste"] == 2
    assert filter_choices(documents, Filters())[0] == [("G20 (4)", "G20"), ("G7 (1)", "G7")]


def test_the_numbers_follow_the_other_filters_and_not_their_own(assistant: Assistant) -> None:
    assert counted(assistant, "years", forums={"G20"}) == {"2020": 2, "2021": 2}
    assert counted(assistant, "forums", forums={"G20"}) == {"G20": 4, "G7": 1}
    assert counted(assistant, "forums", years={2023}) == {"G7": 1}
    assert counted(assistant, "forums", years={2023}, forums={"G20"}) == {"G20": 0, "G7": 1}
    one = assistant.library.documents()[0]
    assert counted(assistant, "forums", asked={one.name}) == {one.meeting.forum: 1}


def test_the_speakers_of_the_chosen_records_are_offered(assistant: Assistant) -> None:
    documents = assistant.library.documents()
    assert counted(assistant, "speakers", forums={"G20"}, years={2021}) == {"Sato Kei": 1, "TAKEDA Ryota": 1}
    assert counted(assistant, "speakers", years={2020}, speakers={"Sato Kei"})["Sato Kei"] == 0
    assert parse_filters(documents, [], [], [], [], ["Sato Kei", "Ada Bo", 7]) == Filters(
        speakers=frozenset({"Sato Kei"})
    )


def test_more_and_longer_values_than_anybody_chooses_are_not_looked_for(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = assistant.library.documents()
    looked_for: list[str] = []
    monkeypatch.setattr("assistant.web.chat.filters._speaks", lambda name, _: looked_for.append(name))
    parse_filters(documents, [], [], [], [], ["x" * 100_000, *(f"Person {number}" for number in range(20_000))])
    assert looked_for == [f"Person {number}" for number in range(199)]


def test_values_that_no_record_has_are_left_out(assistant: Assistant) -> None:
    documents = assistant.library.documents()
    assert parse_filters(documents, ["G20", "<b>", 7], ["Trieste", "Oslo"], ["2020", None, ["2021"]], "MIC") == Filters(
        forums=frozenset({"G20"}), places=frozenset({"Trieste"}), years=frozenset({2020})
    )
    assert parse_filters(documents, None, 5, {}) == Filters()
    gone = Filters(forums=frozenset({"G20", "G77"}), asked=frozenset({"gone.txt"}))
    assert known_filters(documents, gone) == Filters(forums=frozenset({"G20"}), asked=frozenset({"gone.txt"}))


def test_the_line_says_what_is_searched(assistant: Assistant) -> None:
    documents = assistant.library.documents()
    assert html.unescape(render_filters(documents, Filters())) == '<p class="narrowed">Searches all 5 records.</p>'
    narrowed = render_filters(documents, Filters(forums=frozenset({"G20"}), years=frozenset({2021})))
    assert "Narrowed to G20, 2021: searches 2 of 5 records." in html.unescape(narrowed)


def test_the_records_that_a_browser_names_are_asked(assistant: Assistant) -> None:
    documents = assistant.library.documents()
    first, second = documents[0].name, documents[1].name
    asked = parse_filters(documents, *NONE, f'["{first}", 7, "{second}", "a\\u0000"]')
    assert asked == Filters(asked=frozenset({first, second}))
    assert parse_filters(documents, *NONE, sent_names(asked)) == asked
    unseen = replace(documents[0], name="a\u202eb.md")
    both = parse_filters([unseen], *NONE, json.dumps([unseen.name, "other\u202e.md"]))
    assert both == Filters(asked=frozenset({unseen.name}))
    line = html.unescape(render_filters(documents, asked))
    assert "Narrowed to the chosen records: searches 2 of 5 records." in line
    gone = render_filters(documents, Filters(asked=frozenset({first, "gone.txt"})))
    assert "searches 1 of 5 records (1 chosen record no longer in the library)." in html.unescape(gone)


@pytest.mark.parametrize("sent", ["[]", "{", "[" * 5000, '{"a": 1}', "7", ["a.txt"], 7, {}])
def test_a_choice_of_no_records_asks_none(assistant: Assistant, sent: object) -> None:
    documents = assistant.library.documents()
    filters = parse_filters(documents, *NONE, sent)
    assert "searches 0 of 5 records." in html.unescape(render_filters(documents, filters))
    assert sent_names(filters) == "[]"


# With a conversation


def handlers_of(assistant: Assistant, user: str = "") -> Handlers:
    return Handlers(assistant, PendingExports()).of(User(user, user, UserRole.READER))


def values(updates: list[Any]) -> list[Any]:
    return [update.get("value") for update in updates[: len(FACETS)]]


def test_an_empty_chat_becomes_the_conversation_that_the_page_shows(tmp_path: Path) -> None:
    assistant = Assistant(open_library(tmp_path / "library", encoder=WordCounts(), founding=False))
    talk = History(assistant.library, "ada").ask("", 0, "Who was absent?", Filters())
    question, chat, rest = handlers_of(assistant, "ada").resumed(talk, "And who met?", Chat(), [])
    assert (question, rest) == ("And who met?", [])
    assert (chat.id, [exchange.question for exchange in chat.exchanges]) == (talk, ["Who was absent?"])
    other = Chat(id="another")
    assert handlers_of(assistant, "ada").resumed(talk, other) == [other]
    for user, sent in (("bo", talk), ("ada", "nothing"), ("ada", ""), ("ada", None), ("ada", ["x"]), ("", talk)):
        assert handlers_of(assistant, user).resumed(sent, Chat()) == [Chat()]


def test_the_choice_of_a_conversation_is_put_back_when_it_is_opened(tmp_path: Path) -> None:
    assistant = Assistant(open_library(tmp_path / "library", encoder=WordCounts()))
    name = assistant.library.documents()[0].name
    asked = Filters(years=frozenset({2020}), asked=frozenset({name}))
    talk = History(assistant.library).ask("", 0, "Who was absent?", asked)
    handlers = handlers_of(assistant)
    *fields, line, names = handlers.put_back(talk, *NONE, "")
    assert values(fields) == [[], [], ["2020"], [], []]
    assert json.loads(names) == [name]
    assert "searches 1 of 5 records" in line
    handlers.narrow(talk, ["G20"], [], [], [], [], "")
    reopened = Assistant(open_library(tmp_path / "library", encoder=WordCounts()))
    *fields, line, names = handlers_of(reopened).put_back(talk, *NONE, "")
    assert (values(fields), names) == ([["G20"], [], [], [], []], "")
    *fields, line, names = handlers.search_all(talk)
    assert (values(fields), names, "Searches all 5 records." in line) == ([[]] * len(FACETS), "", True)
    assert History(assistant.library).choice(talk) == Filters()


def test_what_is_chosen_stays_where_no_other_conversation_is_opened(assistant: Assistant) -> None:
    handlers = handlers_of(assistant)
    for conversation in ("", "unknown", 7, None, ["x"]):
        *fields, _, names = handlers.put_back(conversation, ["G7"], [], [], [], [], "")
        assert values(fields) == [["G7"], [], [], [], []]
        assert "value" not in names


def test_the_choice_of_another_users_conversation_is_neither_shown_nor_changed(assistant: Assistant) -> None:
    talk = History(assistant.library, "ada").ask("", 0, "Secret?", Filters(years=frozenset({2020})))
    bo = handlers_of(assistant, "bo")
    *fields, _, _ = bo.put_back(talk, *NONE, "")
    assert values(fields) == [[]] * len(FACETS)
    bo.narrow(talk, ["G7"], [], [], [], [], "")
    bo.search_all(talk)
    assert History(assistant.library, "ada").choice(talk) == Filters(years=frozenset({2020}))


def test_a_chosen_record_that_was_removed_is_said_when_the_conversation_is_opened(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    for name in ("a.md", "b.md"):
        library.add(document(f"The board of {name} met.", name, f"/x/{name}"))
    talk = History(library).ask("", 0, "Who met?", Filters(asked=frozenset({"a.md", "b.md"})))
    library.remove("a.md")
    *_, line, names = handlers_of(Assistant(library)).put_back(talk, *NONE, "")
    assert "(1 chosen record no longer in the library)" in html.unescape(line)
    assert json.loads(names) == ["a.md", "b.md"]
