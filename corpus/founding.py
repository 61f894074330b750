"""The five founding records, which come with the program."""

from functools import cache
from importlib.resources import files

from corpus.content import Content
from corpus.document import Document, Source, sha256_of
from corpus.facts import Fact
from corpus.language.identify import language_of
from corpus.metadata.extract import documented
from corpus.metadata.records_file import NAME, records_file


@cache
def founding_records() -> tuple[Document, ...]:
    """The founding records in the order of their meetings, with the facts of `records.toml` and no others."""
    folder = files("corpus") / "records"
    listed = records_file((folder / NAME).read_bytes(), NAME)
    if listed.problems:
        raise ValueError("; ".join(listed.problems))
    return tuple(
        _record(name, facts, (folder / name).read_bytes().decode("utf-8")) for name, facts in listed.facts.items()
    )


def _record(name: str, facts: tuple[Fact, ...], text: str) -> Document:
    source = Source(sha256_of(text), "text/plain")
    return documented(Content(text), name, source, (*facts, *language_of(text)))
