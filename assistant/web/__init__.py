"""Web page of Rapporteur: a chat whose citations open their source. Importing it does not import Gradio."""

from assistant.web.application import application
from assistant.web.server import serve

__all__ = ["application", "serve"]
