"""Make texts, names and files of payloads of scripts, which a page must show and never run."""

import html
import io
import re
import unicodedata
from typing import NamedTuple

from docx import Document
from playwright.sync_api import FilePayload

# Each sets `ran` in the page once it runs, or makes the page send a request or break its policy.
PAYLOADS = (
    "<script>ran=1</script>",
    "<img src=x onerror=ran=1>",
    "<svg onload=ran=1>",
    "<svg><script>ran=1</script></svg>",
    '"><img src=x onerror=ran=1>',
    "' onmouseover='ran=1' autofocus onfocus='ran=1",
    "</textarea></title><script>ran=1</script>",
    "<a href=javascript:ran=1>x</a>",
    "[x](javascript:ran=1)",
    '![x](x" onerror="ran=1)',
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<details open ontoggle=ran=1>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=ran=1>'>",
    "{{masthead.ask}}${ran=1}`${ran=1}`",
    "<style>@import 'http://evil.example/x';</style><base href=//evil.example><body onload=ran=1>",
    "&lt;img src=x onerror=ran=1&gt;\u202e<b onclick=ran=1>",
)


class Field(NamedTuple):
    """A payload with its place among the others."""

    number: int
    payload: str

    @property
    def tag(self) -> str:
        """A word of its own, by which its records and questions are found."""
        return f"p{self.number:02}"

    @property
    def start(self) -> str:
        """The letters that the page shows of it in any form."""
        return re.split(r"[\u202e ]", self.payload)[0]

    @property
    def visible(self) -> str:
        """The payload without characters that cannot be seen, which facts, users and Word refuse."""
        return "".join(filter(str.isprintable, self.payload))

    @property
    def user(self) -> str:
        """The user's name that is nearest to the payload: in HTML a slash parts attributes as a space does."""
        return unicodedata.normalize("NFKC", self.visible.replace(" ", "/")).casefold()[:60] + f"#{self.tag}"[:4]


FIELDS = [Field(number, payload) for number, payload in enumerate(PAYLOADS)]


def records(field: Field) -> list[tuple[str, bytes]]:
    """Return files with the payload as title, heading, text, speaker, author, site and file name, and two damaged."""
    entity = html.escape(field.payload, quote=True)
    decision = f"The board agreed on matter {field.tag} {field.payload}."
    page = (
        f'<html lang="en"><head><title>{entity}</title><meta name="author" content="{entity}">'
        f'<meta property="og:site_name" content="{entity}"></head><body><h1>{entity}</h1>'
        f"<p>{entity} stands in the text of {field.tag}, in which the board agreed.</p></body></html>"
    )
    contents = {
        "md": f"# {field.payload}\n\n## {field.payload}\n\n{decision}\n\n## 2 {field.payload}\n\n- {field.payload}\n",
        "html": page,
        "vtt": f"WEBVTT\n\n00:02.000 --> 00:06.000\n<v {entity}>The board met on {field.tag} {entity}.\n",
        "docx": "PK\x03\x04 cut off",
        "exe": "MZ",
    }
    return [(f"{_file_name(field)}.{suffix}", content.encode()) for suffix, content in contents.items()]


def reports(field: Field) -> list[tuple[str, bytes]]:
    """Return a Markdown and a Word report that quote the payload, and a file that is no PDF."""
    quoting = f"They said “The board agreed on matter {field.tag} {field.payload} yesterday” here."
    word, out = Document(), io.BytesIO()
    word.core_properties.title = word.core_properties.author = field.visible
    word.add_heading(field.payload, 1)
    word.add_paragraph(quoting)
    word.save(out)
    markdown = f"# {field.payload}\n\n{quoting}\n".encode()
    contents = {"md": markdown, "docx": out.getvalue(), "pdf": b"no PDF"}
    return [(f"{_file_name(field)}.{suffix}", content) for suffix, content in contents.items()]


def made(name: str, content: bytes) -> FilePayload:
    """Return a file as a browser gives it to a page."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _file_name(field: Field) -> str:
    return f"{field.tag} {field.payload.replace('/', '|')}"
