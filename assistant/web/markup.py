"""HTML building blocks that the views of the web page share; they escape all text in them."""

from importlib.resources import files

from assistant.citations.citation import Citation
from assistant.web.chat.source_links import SourceLink
from assistant.web.escaping import escape, escape_line
from assistant.web.language import text
from assistant.web.translated import translated

STATIC = files("assistant.web") / "static"
# Names of formats, the same in every language.
_COPY_LABELS = {"text": "", "markdown": "Markdown", "bibtex": "BibTeX"}
_EXTERNAL = 'target="_blank" rel="noopener noreferrer"'


def read_static(name: str) -> str:
    """Return the text of a script, style sheet or piece of HTML of the page."""
    return STATIC.joinpath(name).read_text("utf-8")


def excerpt(text: str, longest: int) -> str:
    """Return text as one line, cut after a word where it has more characters than this."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def alert(message: str) -> str:
    """Return a refusal in one line, which screen readers announce at once."""
    return f'<p class="refused" role="alert">{escape_line(translated(message))}</p>' if message else ""


def action_row(*buttons: str) -> str:
    """Return buttons side by side; nothing where there are none."""
    return f'<div class="actions">{"".join(buttons)}</div>' if any(buttons) else ""


def open_link(link: SourceLink, text: str) -> str:
    """Return the link that opens a record, or words of it, in the source panel."""
    return f'<a class="open" href="#cite-{link.name}">{escape_line(text)}</a>'


def add_link(link: SourceLink) -> str:
    """Return the link that adds a quotation to the evidence list, for the chat, whose messages may hold no buttons."""
    return f'<a class="add" href="#add-{link.name}">{text("quotation.add")}</a>'


def add_button(link: SourceLink, css_class: str = "") -> str:
    """Return the button that adds a quotation to the evidence list."""
    look = f' class="{css_class}"' if css_class else ""
    return f'<button type="button"{look} data-add="{link.name}">{text("quotation.add")}</button>'


def copy_buttons(link: SourceLink) -> str:
    """Return the buttons that copy a citation: as formatted text, Markdown and BibTeX."""
    buttons = []
    for form, label in _COPY_LABELS.items():
        spoken = f' aria-label="{text("quotation.copy_as", form=label)}"' if label else ""
        shown = label or text("quotation.copy")
        buttons.append(f'<button type="button" data-copy="{link.name}" data-form="{form}"{spoken}>{shown}</button>')
    return f'<span class="copies">{"".join(buttons)}</span>'


def online_link(citation: Citation) -> str:
    """Return the link to the quoted words on the official page; nothing where there is none."""
    if not citation.link or not is_web_address(citation.link):
        return ""
    return f'<a class="leaves" href="{escape(citation.link)}" {_EXTERNAL}>{text("quotation.online")}</a>'


def address_link(address: str) -> str:
    """Return a record's address, as a link where it is one of the web."""
    if not is_web_address(address):
        return f'<span class="address">{escape_line(address)}</span>' if address else ""
    return f'<a class="address leaves" href="{escape(address)}" {_EXTERNAL}>{escape_line(address)}</a>'


def is_web_address(address: str) -> bool:
    """Return True if an address may become a link.

    Front matter names it, and whoever wrote the file wrote that: no javascript: or data: becomes a link.
    """
    return address.lower().startswith(("https://", "http://"))
