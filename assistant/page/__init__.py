"""The page: a chat whose every marker opens its source. Gradio is imported when a page is built, not before."""

from assistant.page.application import application
from assistant.page.serving import serve

__all__ = ["application", "serve"]
