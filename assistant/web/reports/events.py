"""The line that ends a check of a report in an error."""

from typing import Any

from assistant.web.markup import alert

Event = dict[str, Any]


def error_event(message: str) -> Event:
    """Return the last line of a check that came to no end: `error` is HTML for the page, `line` the same as text."""
    return {"error": alert(message), "line": message}
