"""Take the pictures of the page in docs/images: each view in light, dark, on a phone and in Japanese.

    PYTHONPATH=.:tests .venv/bin/python scripts/take_pictures.py        all of them
    PYTHONPATH=.:tests .venv/bin/python scripts/take_pictures.py check  those whose name has this word

It serves a library of its own in Chromium, which `make tools` installs. docs/images/export-word.png is a page of an
exported file, taken by hand.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from docx import Document
from playwright.sync_api import Browser, Page, sync_playwright

from support.chat_page import ask
from support.report_files import pdf

IMAGES = Path("docs/images")
CHROMIUM = "/usr/bin/chromium"
SMART = "What did the ministers say about smart cities?"
ABSENT = "Who was absent from the G20 meeting of April 2020?"
TRIESTE = "Who hosted the Trieste meeting?"
REPAIR = "What did Paul Hask say about the repair?"
ENTRANCE = "Which entrance does the harbour board close?"
JAPANESE = "プライバシーについて何が合意されましたか"

_CAPTIONS = """WEBVTT

00:00:02.000 --> 00:00:06.000
<v Lena Brook>Good morning. This is the orchard board, twelfth of March.

00:00:07.000 --> 00:00:16.000
<v Paul Hask>The cold store compressor failed twice in February, and the repair costs 14,600 pounds with the valve.

00:00:17.000 --> 00:00:19.000
<v Lena Brook>When can the repair be done?

00:00:20.000 --> 00:00:24.000
<v Paul Hask>In the second week of April, before the blossom.

00:00:25.000 --> 00:00:33.000
<v Mira Okon>I am against paying it from the reserve. The insurance should pay for the second failure.
"""
_PAGES = (
    ("Minutes of the harbour board, 4 June 2025", "", "The board met in the customs house and approved the minutes."),
    (
        "Safety of the basin",
        "",
        "The harbour board closes the eastern entrance to sailing boats from October to March.",
    ),
)

_PASSWORD = "seven green harbours"

Scene = Callable[[Page, Path], None]


def main(words: Sequence[str]) -> int:
    """Take the pictures whose names have one of the words, all without words, and that of files being added."""
    with tempfile.TemporaryDirectory() as made, _served(Path(made) / "library") as address, sync_playwright() as driver:
        files = _files(Path(made))
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        wanted = {name: of for name, of in PICTURES.items() if not words or any(word in name for word in words)}
        for name in [name for name in wanted if name.startswith("start")]:  # of the records that it comes with
            _take(browser, address, name, *wanted.pop(name), files)
        _add(browser, address, files)
        for name, (scene, options) in wanted.items():
            _take(browser, address, name, scene, options, files)
        for name, take in (("notebooks", _take_notebooks), ("private", _take_private)):
            if not words or any(word in name for word in words):
                take(browser, Path(made), files)
    return 0


def _take_notebooks(browser: Browser, folder: Path, files: Sequence[Path]) -> None:
    """Take the picture of the list of notebooks."""
    others = [word for name in ("harbour", "orchard") for word in ("--notebook", f"{name}={folder / name}")]
    with _served(folder / "library", *others) as address:
        _take(browser, address, "notebooks", _notebooks, LIGHT, files)


def _take_private(browser: Browser, folder: Path, files: Sequence[Path]) -> None:
    """Take the picture of a private document in its owner's library."""
    command = [sys.executable, "-m", "assistant.commands", "user", "add", "ada", "--role", "editor", "--library"]
    subprocess.run([*command, str(folder / "shared")], input=f"{_PASSWORD}\n", text=True, check=True)
    with _served(folder / "shared", "--auth") as address:
        page = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme="light").new_page()
        page.goto(f"{address}/?tab=library")
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill(_PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_label("Only I see this").check()
        page.locator("#library input[type=file]").first.set_input_files(files[0])
        page.locator("tr.private").wait_for(timeout=120_000)
        page.get_by_role("button", name="Close this list").click()
        page.locator(":focus").blur()
        page.mouse.move(0, 0)
        page.screenshot(path=IMAGES / "private.png")
        page.context.close()


@contextmanager
def _served(library: Path, *words: str) -> Iterator[str]:
    command = [sys.executable, "-m", "assistant.commands", "serve", "--port", "0", "--library", str(library), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        found = re.search(r"http://\S+?:\d+", server.stdout.readline())
        if found is None:
            raise SystemExit("rapporteur serve printed no address")
        try:
            yield found.group()
        finally:
            server.terminate()


def _files(folder: Path) -> list[Path]:
    """Write a caption file, a PDF file and a damaged one, and return their paths."""
    contents = {
        "orchard-board-2026-03-12.vtt": _CAPTIONS.encode(),
        "harbour-board-2025-06-04.pdf": pdf(*_PAGES),
        "agenda.docx": b"PK\x03\x04 cut off",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def _add(browser: Browser, address: str, files: Sequence[Path]) -> None:
    page = _opened(browser, address, {})
    _library(page)
    page.locator("#library input[type=file]").first.set_input_files(files)
    page.get_by_text("3 files: 2 added, 1 refused").first.wait_for(timeout=120_000)
    page.mouse.move(0, 0)
    page.screenshot(path=IMAGES / "library.png")
    page.context.close()


def _take(
    browser: Browser, address: str, name: str, scene: Scene, options: dict[str, object], files: Sequence[Path]
) -> None:
    page = _opened(browser, address, options)
    scene(page, files[0].parent)
    page.mouse.move(0, 0)
    page.wait_for_timeout(700)  # what slides or fades in has come to rest
    page.locator("#chat .bubble-wrap").evaluate("chat => chat.scrollTop = 0")  # to the question
    page.screenshot(path=IMAGES / f"{name}.png")
    page.context.close()
    sys.stderr.write(f"{name}\n")


def _opened(browser: Browser, address: str, options: dict[str, object]) -> Page:
    width, height = (390, 844) if options.get("is_phone") else (1366, 768)
    given = {key: value for key, value in options.items() if key != "is_phone"}
    page = browser.new_context(viewport={"width": width, "height": height}, **given).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator("#question textarea").wait_for()
    page.locator(".panel .records li").last.wait_for(state="attached")
    return page


def _start(page: Page, _: Path) -> None:
    page.locator("#chat .example").first.wait_for()


def _answer(page: Page, _: Path) -> None:
    ask(page, SMART).locator("a.marker").nth(1).click()
    page.locator(".panel mark").first.wait_for()


def _answer_in_japanese(page: Page, _: Path) -> None:
    ask(page, JAPANESE).locator("a.marker").first.click()
    page.locator(".panel mark").first.wait_for()


def _notebooks(page: Page, _: Path) -> None:
    page.get_by_role("button", name="Notebook").click()
    page.locator("#notebooks").get_by_role("link", name="harbour").wait_for()


def _evidence_on_a_phone(page: Page, _: Path) -> None:
    page.locator(".masthead [data-evidence]").click()
    page.locator(".panel .items > li").nth(1).wait_for()


def _phone(page: Page, _: Path) -> None:
    ask(page, TRIESTE)


def _speaker(page: Page, _: Path) -> None:
    ask(page, REPAIR).locator("a.marker").first.click()
    page.locator(".panel mark").first.wait_for()


def _page_number(page: Page, _: Path) -> None:
    ask(page, ENTRANCE).locator("a.marker").first.click()
    page.locator(".panel mark").first.wait_for()


def _history(page: Page, _: Path) -> None:
    for question in (ABSENT, TRIESTE, SMART):
        if page.locator("#chat .question").count():
            page.get_by_role("button", name="New conversation").click()
            page.locator("#chat .question").wait_for(state="detached")
        ask(page, question)
    page.locator(".panel [data-history]").click()
    page.locator(".panel [data-resume]").first.wait_for()


def _evidence(page: Page, _: Path) -> None:
    reply = ask(page, SMART)
    if page.locator(".evidence-count").first.inner_text() == "0":
        for number in range(2):
            reply.locator("a.add").nth(number).click()
            page.locator(".evidence-count", has_text=str(number + 1)).first.wait_for(state="attached")
    page.locator(".panel [data-evidence]").click()
    page.locator(".panel .items > li").nth(1).wait_for()


def _export(page: Page, folder: Path) -> None:
    _evidence(page, folder)
    page.locator(".panel [data-export]").first.click()
    page.locator("#export[open]").wait_for()


def _check(page: Page, folder: Path) -> None:
    report = folder / "report.docx"
    if not report.exists():
        _export(page, folder)
        page.locator("[name=format]").select_option("word")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download", exact=True).click()
        download.value.save_as(report)
        _change_a_word(report)
        page.keyboard.press("Escape")
    page.locator("#view-check").click()
    page.locator(".check input[type=file]").first.set_input_files(report)
    page.locator(".check .summary").wait_for()


def _change_a_word(report: Path) -> None:
    document = Document(str(report))
    runs = (run for p in document.paragraphs if p.style and p.style.name == "Quote" for run in p.runs)
    run = next(run for run in runs if "G20" in run.text)
    run.text = run.text.replace("G20", "G21", 1)
    document.save(str(report))


def _library(page: Page, _: Path | None = None) -> None:
    page.locator("#view-library").click()
    page.locator("#library tbody tr").first.wait_for()


LIGHT: dict[str, object] = {"color_scheme": "light"}
DARK: dict[str, object] = {"color_scheme": "dark"}
PHONE: dict[str, object] = {"is_phone": True, "color_scheme": "light", "has_touch": True}
IN_JAPANESE: dict[str, object] = {"color_scheme": "light", "locale": "ja-JP"}

PICTURES: dict[str, tuple[Scene, dict[str, object]]] = {
    "start-light": (_start, LIGHT),
    "library-dark": (_library, DARK),
    "library-ja": (_library, IN_JAPANESE),
    "library-phone": (_library, PHONE),
    "answer-light": (_answer, LIGHT),
    "ask-dark": (_answer, DARK),
    "answer-ja": (_answer_in_japanese, IN_JAPANESE),
    "phone-answer": (_phone, PHONE),
    "speaker": (_speaker, LIGHT),
    "page-number": (_page_number, LIGHT),
    "history": (_history, LIGHT),
    "evidence": (_evidence, LIGHT),
    "evidence-dark": (_evidence, DARK),
    "evidence-ja": (_evidence, IN_JAPANESE),
    "evidence-phone": (_evidence_on_a_phone, PHONE),
    "export-dialog": (_export, LIGHT),
    "check": (_check, LIGHT),
    "check-dark": (_check, DARK),
    "check-ja": (_check, IN_JAPANESE),
    "check-phone": (_check, PHONE),
}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
