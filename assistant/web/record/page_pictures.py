"""Pages of PDF records as pictures: drawn one at a time in a confined process, kept in the folder of the page."""

import base64
import hashlib
import json
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.web.chat.source_links import SourceLink, resolve_link
from assistant.web.endpoints import json_reply
from assistant.web.escaping import escape, visible_line
from assistant.web.language import text
from assistant.web.temporary import PageFolder
from assistant.web.translated import translated
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.sandbox.child import ReaderFunction
from corpus.sandbox.worker import ReadingWorker
from index.errors import LibraryError, RapporteurError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

_PAINTER = ReaderFunction("corpus.readers.pdf.picture:draw_page", ("corpus",))
# Of one page; a page is drawn within a fraction of a second.
_SECONDS = 20.0
_MEMORY_BYTES = 1024 * 1024 * 1024
_MOST_KEPT = 60  # pictures, of about 200 kB each
_PDF = "application/pdf"
_Key = tuple[str, int, str]  # the hash of the file, the page, the words that are marked


class PagePictures:
    """Draws pages for all visitors, and keeps the pictures that were asked for last."""

    def __init__(self, library: Library, limits: Limits, folder: PageFolder) -> None:
        self._library = library
        self._folder = folder
        self._worker = ReadingWorker(replace(limits, seconds=_SECONDS, memory_bytes=_MEMORY_BYTES), _PAINTER)
        self._kept: OrderedDict[_Key, Path] = OrderedDict()
        self._lock = threading.Lock()

    def picture(self, link: SourceLink, number: int) -> dict[str, Any]:
        """Return a page as a picture, with the boxes of the link's words on it.

        Raises:
            LibraryError: the record has no such page, or its file was not kept.
            CorpusError: the page cannot be drawn.
        """
        document = link.document
        if not is_paged_pdf(document) or not 1 <= number <= len(document.pages):
            raise LibraryError("This record has no such page to show as a picture.")
        words = words_on_page(link, number)
        key = (document.source.file_sha256 or "", number, words)
        kept = self._kept_picture(key)
        if kept is None:
            kept = self._draw(document, number, words)
            self._keep(key, kept)
        return kept

    def close(self) -> None:
        """End the process that draws."""
        self._worker.close()

    def _kept_picture(self, key: _Key) -> dict[str, Any] | None:
        with self._lock, suppress(KeyError, OSError, ValueError):
            self._kept.move_to_end(key)
            kept: dict[str, Any] = json.loads(self._kept[key].read_bytes())
            return kept
        return None

    def _keep(self, key: _Key, drawn: dict[str, Any]) -> None:
        with self._lock:
            if former := self._kept.pop(key, None):
                former.unlink(missing_ok=True)
            with suppress(OSError):  # without room on the disk it is drawn again the next time
                path = self._folder.new_path(".json")
                path.write_bytes(json.dumps(drawn).encode())
                self._kept[key] = path
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)[1].unlink(missing_ok=True)

    def _draw(self, document: Document, number: int, words: str) -> dict[str, Any]:
        original = self._library.original(document.name)
        if original is None:
            raise LibraryError("The file of this record was not kept, so its pages cannot be shown.")
        if hashlib.sha256(original[0]).hexdigest() != document.source.file_sha256:
            raise LibraryError("This record was replaced meanwhile; open it again.")
        about = {"name": document.name, "page": number, "words": words}
        reply, picture = self._worker.request(about, original[0], document.name)
        source = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
        return {"picture": source, "boxes": reply["boxes"], "width": reply["width"], "height": reply["height"]}


def add_page_pictures(app: "FastAPI", library: Library, pictures: PagePictures) -> None:
    """Add the endpoint that gives one page of a record as a picture."""

    def page(name: str, number: int) -> Any:
        try:
            return json_reply(pictures.picture(resolve_link(library, name), number))
        except (RapporteurError, CorpusError) as error:
            return json_reply({"error": visible_line(translated(str(error)))})

    app.get("/source/{name}/page/{number}")(page)


def is_paged_pdf(document: Document) -> bool:
    """Return True for a record that was read from the pages of a PDF file which the library keeps."""
    return bool(document.pages and document.source.file_sha256 and document.source.media_type == _PDF)


def words_on_page(link: SourceLink, number: int) -> str:
    """Return the part of the link's words that stands on a page; empty without words there."""
    document, span = link.document, link.span
    if span is None:
        return ""
    begin = document.pages[number - 1]
    end = document.pages[number] if number < len(document.pages) else len(document.text)
    return document.text[max(span.start, begin) : min(span.end, end)]


def render_page_button(link: SourceLink) -> str:
    """Render the button that shows the page as a picture; nothing for a record without pages."""
    document = link.document
    if not is_paged_pdf(document):
        return ""
    page = document.page_at(link.span.start) if link.span else ""
    return (
        f'<button type="button" data-picture aria-pressed="false" data-page-of-words="{page}"'
        f' data-most-pages="{len(document.pages)}">{escape(text("printed.button"))}</button>'
    )
