"""Test that the page passes values on as Gradio's own blocks would, without what these do beside it."""

import asyncio
from copy import deepcopy
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.web.chat.messages import render_chat
from assistant.web.chat.session import Chat, Exchange
from assistant.web.gradio_start import import_gradio
from index.library import open_library
from support.word_counts import WordCounts

CHAT = Chat((Exchange("Who <b>spoke</b>?", stages=("Searching",)), Exchange("  And then?", error="No.")), "name")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Any:
    import_gradio()
    from assistant.web.layout import build_page
    from assistant.web.reports.export import PendingExports

    library = open_library(tmp_path_factory.mktemp("page") / "library", encoder=WordCounts())
    return build_page(Assistant(library), PendingExports(), None, "Rapporteur", {"account": "", "notebooks": ""})


def event(page: Any, name: str) -> Any:
    return next(handled for handled in page.fns.values() if handled.targets[0][1] == name)


def session(page: Any) -> Any:
    from gradio.state_holder import SessionState

    return SessionState(page)


@pytest.mark.parametrize("is_running", [True, False])
def test_a_browser_gets_what_gradio_would_send(page: Any, is_running: bool) -> None:
    import gradio as gr

    asked = event(page, "submit")
    box = gr.update(value="", submit_btn=False, stop_btn="Stop") if is_running else gr.skip()
    values = [render_chat(CHAT), CHAT, box, "<p>Said</p>", CHAT.id]
    own, theirs = session(page), session(page)
    sent = asyncio.run(page.postprocess_data(asked, deepcopy(values), own))
    expected = asyncio.run(gr.Blocks.postprocess_data(page, asked, deepcopy(values), theirs))
    assert sent == expected
    chat = next(block._id for block in asked.outputs if block.stateful)
    assert own[chat] is theirs[chat] or own[chat] == theirs[chat] == CHAT


def test_what_stays_makes_no_component_anew(page: Any) -> None:
    import gradio as gr

    asked = event(page, "submit")
    own = session(page)
    own[asked.outputs[1]._id] = CHAT
    before = dict(own.blocks_config.blocks)
    sent = asyncio.run(page.postprocess_data(asked, [gr.skip()] * 5, own))
    assert sent == [None if block.stateful else gr.skip() for block in asked.outputs]
    assert own[asked.outputs[1]._id] is CHAT
    assert all(own.blocks_config.blocks[name] is block for name, block in before.items())


def test_the_choices_of_a_field_are_sent_as_gradio_sends_them(page: Any) -> None:
    import gradio as gr

    refreshed = next(f for f in page.fns.values() if len(f.outputs) == 6 and isinstance(f.outputs[0], gr.Dropdown))
    fields = [gr.update(choices=["Rome", ("Turin, Italy", "turin")]) for _ in refreshed.outputs[:5]]
    sent = asyncio.run(page.postprocess_data(refreshed, [*fields, "all"], session(page)))
    assert list(map(tuple, sent[0]["choices"])) == [("Rome", "Rome"), ("Turin, Italy", "turin")]


def test_a_handler_gets_its_state_and_the_values_as_they_were_sent(page: Any) -> None:
    asked = event(page, "submit")
    own = session(page)
    own[asked.inputs[2]._id] = CHAT
    sent = ["talk", {"path": "/etc/passwd"}, "not the state", ["Nowhere"], None, 7, [], [], "x"]
    got = asyncio.run(page.preprocess_data(asked, sent, own))
    assert got == [*sent[:2], CHAT, *sent[3:]]


def test_an_event_with_too_few_values_is_refused_without_a_traceback(page: Any) -> None:
    import gradio as gr

    with pytest.raises(gr.Error) as refused:
        asyncio.run(page.preprocess_data(event(page, "submit"), ["Who?"], session(page)))
    assert not refused.value.print_exception


def test_the_queue_looks_for_questions_a_hundred_times_a_second(page: Any) -> None:
    assert vars(page._queue)["sleep_when_free"] == 0.01
    assert vars(page._queue)["progress_update_sleep_when_free"] == 1.0
