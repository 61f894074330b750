"""Ask in Chromium while as many questions wait as may: the page says so in words and keeps the question."""

import http.client
import json
import time

import pytest
from playwright.sync_api import Browser, expect

from assistant.web import layout
from index.library import Library

from .conftest import Held, serving

pytestmark = pytest.mark.browser


def test_a_question_for_which_there_is_no_place_is_told_in_words_and_kept(
    chromium: Browser, library: Library, encoder: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "_MOST_WAITING", 1)
    with serving(library) as address:
        page = chromium.new_page()
        page.goto(address)
        box = page.locator("#question textarea")
        box.wait_for()
        encoder.free.clear()
        port = int(address.rpartition(":")[2])
        # Four are answered at once, one waits, and there is no place for one more.
        assert [_join(port, number) for number in range(6)] == [200] * 5 + [503]
        box.fill("Who was absent?")
        box.press("Enter")
        expect(page.get_by_text("This application is currently busy. Please try again.")).to_be_visible()
        expect(box).to_have_value("Who was absent?")
        encoder.free.set()
        page.close()


def _join(port: int, number: int) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    event = {"data": ["", "Who met?", None, [], [], [], [], [], ""], "fn_index": 0, "session_hash": str(number)}
    link.request("POST", "/gradio_api/queue/join", json.dumps(event), {"content-type": "application/json"})
    status = link.getresponse().status
    link.close()
    time.sleep(0.5)  # until it is taken from the queue
    return status
