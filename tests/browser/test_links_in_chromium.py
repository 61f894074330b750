"""Follow a citation's link in Chromium; its text fragment marks exactly the quotation."""

import html
import http.server
import io
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from assistant.citations.text_fragment import directive
from corpus.document import Document
from corpus.language.sentences import sentences
from corpus.reading import founding_records
from corpus.span import Span

pytestmark = pytest.mark.browser

STYLE = (
    "<meta charset=utf-8><style>::target-text {background: #f00; color: #f00} body {width: 900px;"
    "font: 16px/24px monospace; color: #000; background: #fff} p {margin: 12px 0} div {height: 1200px}</style>"
)
# Where the characters of a span stand in the window; each paragraph knows its place in the text.
RECTANGLES = """([start, end]) => {
  const range = document.createRange(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const units = (characters, count) => characters.slice(0, count).join("").length;
  let begun = false;
  while (walker.nextNode()) {
    const text = walker.currentNode, place = +text.parentNode.dataset.place, characters = [...text.data];
    if (!begun && start >= place && start < place + characters.length) {
      range.setStart(text, units(characters, start - place));
      begun = true;
    }
    if (end > place && end <= place + characters.length) range.setEnd(text, units(characters, end - place));
  }
  return [...range.getClientRects()].map((box) => [box.left, box.top, box.right, box.bottom]);
}"""


def as_page(document: Document) -> bytes:
    """The record as a web page might show it: a paragraph for each line."""
    parts, place = [STYLE], 0
    for line in document.text.split("\n"):
        if line.strip():
            parts.append(f'<p data-place="{place}">{html.escape(line)}</p>')
        place += len(line) + 1
    return "".join([*parts, "<div></div>"]).encode()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the founding records as pages, by their names, and yield the address."""
    pages = {f"/{record.name}": as_page(record) for record in founding_records()}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def marked(page: Page, span: Span) -> tuple[float, int]:
    """The share of a span's place that is marked, and how many marked pixels lie outside of it."""
    boxes = page.evaluate(RECTANGLES, [span.start, span.end])
    shown = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    red = (shown[..., 0] > 200) & (shown[..., 1] < 60) & (shown[..., 2] < 60)
    wanted = np.zeros_like(red)
    for left, top, right, bottom in boxes:
        wanted[max(0, round(top)) : max(0, round(bottom)), round(left) : round(right)] = True
    return float((red & wanted).sum() / max(1, wanted.sum())), int((red & ~wanted).sum())


@pytest.mark.parametrize("number", range(5))
def test_chromium_marks_the_quote_and_nothing_else(chromium: Browser, site: str, number: int) -> None:
    record = founding_records()[number]
    spans = [span for block in record.outline for span in sentences(record.text, block.words)]
    for span in spans[number::30]:
        page = chromium.new_page(viewport={"width": 950, "height": 900})
        page.goto(f"{site}/{record.name}#:~:{directive(record.text, span)}")
        page.wait_for_timeout(60)
        share, outside = marked(page, span)
        page.close()
        assert share > 0.9, span.of(record.text)
        assert outside < 200, span.of(record.text)  # the edges of the boxes
