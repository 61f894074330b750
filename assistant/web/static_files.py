"""Scripts, style sheets and icon of the web page: their names in the page's head, and the endpoints that send them."""

from hashlib import sha256
from typing import TYPE_CHECKING

from assistant.web.endpoints import NO_STORE
from assistant.web.language import script_texts
from assistant.web.markup import read_static

if TYPE_CHECKING:
    from fastapi import FastAPI

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f4a73"/>'
    '<path d="M9 10h14M9 16h14M9 22h8" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>'
)
# In this order: a later rule of the same weight replaces an earlier one.
STYLES = (
    "theme.css",
    "page.css",
    "chat.css",
    "source_panel.css",
    "record.css",
    "narrow.css",
    "reports.css",
    "history.css",
    "replies.css",
    "library.css",
    "keyboard.css",
    "sizes.css",
)
SCRIPTS = (
    "page.js",
    "account.js",
    "address.js",
    "source_panel.js",
    "chosen/choose_records.js",
    "chosen/record_sets.js",
    "tabs.js",
    "texts.js",
    "evidence.js",
    "export.js",
    "history.js",
    "name_field.js",
    "draft.js",
    "edit_last.js",
    "ask_later.js",
    "elements.js",
    "events.js",
    "report_check.js",
    "library/library.js",
    "library/upload.js",
    "library/private.js",
    "library/remove.js",
    "library/facts_dialog.js",
    "shortcuts.js",
    "print.js",
    "replies/copy_answer.js",
    "replies/feedback.js",
    "replies/keep_in_view.js",
    "replies/next_questions.js",
    "replies/said.js",
    "record/cited.js",
    "record/outline.js",
    "record/pictures.js",
    "record/place_line.js",
    "record/places.js",
    "record/search.js",
)
# Relative: each notebook has the page at an address of its own.
HEAD = (
    '<meta name="color-scheme" content="light dark"><link rel="icon" href="./icon.svg" type="image/svg+xml">'
    + "".join(f'<link rel="stylesheet" href="./{name}">' for name in STYLES)
    # Without these the browser requests a module only after it has read the one that imports it.
    + "".join(f'<link rel="modulepreload" href="./{name}">' for name in SCRIPTS)
    + '<script src="./page-texts.js"></script><script type="module" src="./page.js"></script>'
)


def add_static_files(app: "FastAPI") -> None:
    """Let browsers load the scripts, the style sheets, the texts of the scripts and the icon."""
    from fastapi import Request
    from fastapi.responses import Response

    def serve(path: str, body: str, media_type: str) -> None:
        # The browser asks each time whether it has the file as it is now.
        tag = f'"{sha256(body.encode()).hexdigest()[:16]}"'
        headers = {"cache-control": "no-cache", "etag": tag}

        def reply(request: Request) -> Response:
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            return Response(body, media_type=media_type, headers=headers)

        # FastAPI looks names up in the module, where Request is not.
        reply.__annotations__ = {"request": Request, "return": Response}
        app.get(path)(reply)

    for name in STYLES:
        serve(f"/{name}", read_static(f"styles/{name}"), "text/css")
    for name in SCRIPTS:
        serve(f"/{name}", read_static(f"scripts/{name}"), "text/javascript")
    app.get("/page-texts.js")(lambda: Response(script_texts(), media_type="text/javascript", headers=NO_STORE))
    for path in ("/icon.svg", "/favicon.ico"):
        serve(path, ICON, "image/svg+xml")
