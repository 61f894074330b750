"""The five founding records, which come with the program."""

import tomllib
from functools import cache
from importlib.resources import files

from corpus.document import Document, Meeting, Source, sha256_of
from corpus.outline import outline


@cache
def founding_records() -> tuple[Document, ...]:
    """The founding records in the order of their meetings, with the facts of `records.toml`."""
    folder = files("corpus") / "records"
    listed = tomllib.loads((folder / "records.toml").read_text(encoding="utf-8"))["record"]
    return tuple(_record(facts, (folder / facts["file"]).read_bytes().decode("utf-8")) for facts in listed)


def _record(facts: dict, text: str) -> Document:  # type: ignore[type-arg]
    return Document(
        name=facts["file"],
        title=facts["title"],
        text=text,
        outline=outline(text, facts["title"]),
        source=Source(sha256_of(text), "text/plain", facts["address"]),
        publisher=facts["publisher"],
        published=facts["published"],
        meeting=Meeting(**facts["meeting"]),
    )
