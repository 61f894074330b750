"""The page: a chat whose every marker opens its source. Gradio is imported when a page is built, not before."""

from assistant.web.application import application
from assistant.web.server import serve

__all__ = ["application", "serve"]
