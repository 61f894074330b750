"""The prompt of `rapporteur ask` without a question holds a conversation."""

from collections.abc import Callable, Iterator

import pytest

from assistant.assistant import Assistant
from assistant.commands.terminal.prompt import Prompt
from index.library import open_library
from index.search.filters import Filters
from index.settings import Settings
from support.word_counts import WordCounts

Talk = Callable[..., tuple[Prompt, str, str]]
ABSENT = "Who was absent from the G20 meeting of April 2020?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("prompt") / "library"
    settings = Settings(library=folder, ranker=False)
    return Assistant.open(open_library(None, settings, WordCounts()))


@pytest.fixture
def talk(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> Talk:
    """Holds a conversation of these lines; an exception among them is raised where its line would be typed."""

    def hold(*lines: str | type[BaseException]) -> tuple[Prompt, str, str]:
        typed: Iterator[str | type[BaseException]] = iter(lines)

        def read_line(_: str) -> str:
            line = next(typed, EOFError)
            if isinstance(line, str):
                return line
            raise line

        prompt = Prompt(assistant, Filters(), 0)
        prompt.hold(read_line)
        return prompt, *capsys.readouterr()

    return hold


def test_questions_follow_up_each_other_until_a_new_conversation(talk: Talk) -> None:
    prompt, out, err = talk(ABSENT, "And in July?")
    assert [turn.question for turn in prompt.conversation.turns] == [ABSENT, "And in July?"]
    assert "Indonesia" in out
    assert err == ""
    prompt, _, _ = talk(ABSENT, "/new")
    assert prompt.conversation.turns == ()


def test_sources_show_where_a_quotation_stands(talk: Talk) -> None:
    _, out, _ = talk(ABSENT, "/sources 1")
    assert out.count("[1] Ministry of Internal Affairs") == 2
    assert "\nrapporteur show 2020-04-30-g20-extraordinary-mic" in out
    assert "\nrap1:2020-04-30-g20-extraordinary-mic" in out


def test_a_number_that_no_quotation_has_is_refused(talk: Talk) -> None:
    for number in ("0", "99", "x", "²"):
        _, _, err = talk(ABSENT, f"/sources {number}")
        assert err.startswith(f"rapporteur: /sources {number}: give a number from 1 to ")


@pytest.mark.parametrize("command", ["/sources", "/more"])
def test_nothing_is_shown_before_a_question(talk: Talk, command: str) -> None:
    assert talk(command)[2] == "rapporteur: nothing was asked yet; type a question first\n"


def test_more_shows_the_further_passages_or_says_that_there_are_none(talk: Talk) -> None:
    prompt, out, _ = talk("What was said about smart cities?", "/more")
    reply = prompt.conversation.turns[0].reply
    more = getattr(reply, "more", ())
    assert ("There are no further passages." in out) == (not more)


def test_wrong_lines_are_one_line_each_and_end_nothing(talk: Talk) -> None:
    prompt, _, err = talk("/nope", "x" * 100_000, "", KeyboardInterrupt, ABSENT)
    assert err.count("\n") == 2
    assert "/nope: no such command; give one of /new, /sources, /more, /help, /quit" in err
    assert len(prompt.conversation.turns) == 1


def test_quit_ends_and_help_lists_the_commands(talk: Talk) -> None:
    prompt, out, _ = talk("/help", "/quit", ABSENT)
    assert prompt.conversation.turns == ()
    assert "/sources N" in out
