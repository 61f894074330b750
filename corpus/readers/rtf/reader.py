"""Read RTF files (.rtf): headings, paragraphs, items, tables and notes; deleted and hidden words are left out."""

from collections.abc import Iterable, Iterator

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.blocks import Part, collapse_space, compose
from corpus.readers.rtf.control_words import INFO
from corpus.readers.rtf.walk import RtfWalk
from corpus.readers.table import table_parts

_ORIGIN = "Word properties"


def read_rtf(raw: bytes, file: str, limits: Limits) -> Content:
    """Read an RTF file into text with its outline and the facts of its properties.

    Raises:
        CorpusError: it is no RTF, has too many rows of a table, or holds no text.
    """
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise CorpusError(f"{file}: no RTF; save it again as .rtf or .docx")
    walk = RtfWalk()
    walk.through(raw)
    parts = list(_with_tables(walk.parts, file, limits))
    title = next((collapse_space(part.words) for part in parts if part.kind is Kind.TITLE), None)
    info = {name: " ".join(words.split()) for name, words in walk.info.items()}
    facts = [Fact("title", title, "first lines")] if title else []
    facts += [Fact(fact, info[name], _ORIGIN) for name, fact in INFO.items() if info.get(name)]
    text, blocks = compose(parts, next((str(fact.value) for fact in facts if fact.name == "title"), None))
    if not blocks:
        raise CorpusError(f"{file}: the RTF file holds no text; where it shows pictures, give their text")
    return Content(text, blocks, facts=tuple(facts))


def _with_tables(parts: Iterable[Part | list[str]], file: str, limits: Limits) -> Iterator[Part]:
    """Yield the parts with rows of cells that follow each other joined to tables."""
    rows: list[dict[int, str]] = []
    for part in parts:
        if isinstance(part, list):
            rows.append(dict(enumerate(part)))
            continue
        yield from table_parts(rows, file, limits)
        rows = []
        yield part
    yield from table_parts(rows, file, limits)
