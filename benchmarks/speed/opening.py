"""Measure a page in Chromium: its weight, the time until it can be used, and from Enter to the first words."""

import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.figures import markdown_table
from benchmarks.speed import texts
from benchmarks.speed.results import Part
from benchmarks.speed.sites import PINS, Site, document_chat, rapporteur, served
from benchmarks.speed.stores import fill_stores
from benchmarks.speed.systems import Rapporteur

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_LATER_QUESTIONS = 5
_TIMEOUT = 120_000
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
# Takes the time of Enter, or of the click, and that of the first reply with words behind those there are.
_WATCH = """([reply, word]) => {
  const has = (text) => text.trim() && text.includes(word);
  const told = () => [...document.querySelectorAll(reply)].filter((element) => has(element.innerText));
  const before = told().length;
  window.asked = window.first = 0;
  const noteAsked = () => (window.asked ||= performance.now());
  addEventListener("keydown", (event) => event.key === "Enter" && noteAsked(), { capture: true, once: true });
  addEventListener("mousedown", noteAsked, { capture: true, once: true });
  const observer = new MutationObserver(() => {
    if (told().length <= before) return;
    window.first = performance.now();
    observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that was opened: megabytes over the line and unpacked, requests, and seconds until its box can be used."""

    moved: float
    unpacked: float
    requests: int
    usable: float


@dataclass(frozen=True, slots=True)
class Opened:
    """One run of a page: seconds to its start, a visit with an empty cache and the next, seconds to first words."""

    start: float
    first: Visit
    second: Visit
    first_words: float
    later_words: float


def report(rounds: int) -> Part:
    """Open each page some times, each time from a new server and a new browser, and return the section."""
    (store,) = fill_stores([Rapporteur()], size=1)  # the founding records
    sites = [site for site in (rapporteur(store.place), document_chat()) if site]
    runs: dict[str, list[Opened]] = {site.name: [] for site in sites}
    for _ in range(rounds):
        for site in sites:
            runs[site.name].append(_open(site))
            print(f"  {site.name}: {runs[site.name][-1]}", file=sys.stderr, flush=True)
    chat = PINS[0].replace("[gradio]==", " ")
    section = "\n\n".join(
        [
            "## The page in a browser",
            f"Chromium opens each page {rounds} times, each time from a server that was started anew; cold is an empty"
            " cache, warm the second visit; medians. The founding records are asked the first question as soon as the"
            f" box can be used, then {_LATER_QUESTIONS} more. {chat} is a document chat in Gradio that the package"
            " index has; kotaemon is not in it. It has no document, and its language model is replaced by one that"
            " answers at once with one word, so its time to the first words is that of its page alone.",
            markdown_table(["", *runs], _rows(list(runs.values()))),
        ]
    )
    return Part(section)


def _rows(runs: Sequence[Sequence[Opened]]) -> list[list[str]]:
    def row(name: str, form: str, value: Any) -> list[str]:
        return [name, *(form.format(median(map(value, opened))) for opened in runs)]

    return [
        row("start of the server to its first reply", "{:.1f} s", lambda o: o.start),
        row("page weight, cold: over the line", "{:.2f} MB", lambda o: o.first.moved),
        row("page weight, cold: unpacked", "{:.2f} MB", lambda o: o.first.unpacked),
        row("requests, cold", "{:.0f}", lambda o: o.first.requests),
        row("opened to usable, cold", "{:.2f} s", lambda o: o.first.usable),
        row("page weight, warm: over the line", "{:.2f} MB", lambda o: o.second.moved),
        row("requests, warm", "{:.0f}", lambda o: o.second.requests),
        row("opened to usable, warm", "{:.2f} s", lambda o: o.second.usable),
        row("Enter to first words, first question of the server", "{:.2f} s", lambda o: o.first_words),
        row("Enter to first words, later ones", "{:.2f} s", lambda o: o.later_words),
    ]


def _open(site: Site) -> Opened:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("the page is opened by chromium, which is not installed; make tools installs it")
    with served(site) as (address, start), sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        page, usable = _opened(browser.new_context(), site, address)
        words = [_ask(page, site, question) for question in texts.questions(_LATER_QUESTIONS + 1)]
        page.close()
        context = browser.new_context()
        first, second = _visit(context, site, address), _visit(context, site, address)
        browser.close()
    return Opened(start, replace(first, usable=usable), second, words[0], median(words[1:]))


def _opened(
    context: "BrowserContext", site: Site, address: str, watch: Callable[["Page"], None] = lambda page: None
) -> tuple["Page", float]:
    """Open a page and return it with the seconds until its box can be used."""
    page = context.new_page()
    page.set_default_timeout(_TIMEOUT)
    watch(page)
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(f"{site.box}:enabled").first.wait_for()
    return page, time.perf_counter() - start


def _visit(context: "BrowserContext", site: Site, address: str) -> Visit:
    """Open a page, count what comes until nothing more does, and close it."""
    counted: Counter[str] = Counter()

    def watch(page: "Page") -> None:
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.responseReceived", lambda event: counted.update(requests=_is_from_server(event["response"])))
        line.on("Network.dataReceived", lambda event: counted.update(unpacked=int(event["dataLength"])))
        line.on("Network.loadingFinished", lambda event: counted.update(moved=int(event["encodedDataLength"])))

    page, usable = _opened(context, site, address, watch)
    _wait_for_the_rest(page, counted)
    page.close()
    return Visit(counted["moved"] / 1e6, counted["unpacked"] / 1e6, counted["requests"], usable)


def _is_from_server(response: dict[str, Any]) -> bool:
    """Return False for what the browser had."""
    return response["url"].startswith("http") and not response.get("fromDiskCache")


def _wait_for_the_rest(page: "Page", counted: Counter[str]) -> None:
    """Wait until for a second nothing more has come; Gradio keeps a connection open, so the network is never idle."""
    former: Counter[str] = Counter()
    while former != counted:
        former = counted.copy()
        page.wait_for_timeout(1000)


def _ask(page: "Page", site: Site, question: str) -> float:
    """Ask a question and return the seconds to the first words of the reply."""
    box = page.locator(site.box).first
    box.fill(question)
    page.evaluate(_WATCH, [site.reply, site.word])
    if site.button:
        page.locator(site.button).first.click()
    else:
        box.press("Enter")
    page.wait_for_function("window.first")
    seconds = page.evaluate("(window.first - window.asked) / 1000")
    page.wait_for_timeout(1500)  # the reply ends, and the page takes another question
    return float(seconds)
