"""Say which cited records are versions of one record, and which of them is the newer one."""

from collections.abc import Iterable, Sequence

from assistant.wording import join_words, say
from corpus.document import Document
from corpus.errors import printable
from index.versions import are_versions, version_of


def version_notes(cited: Iterable[Document], documents: Sequence[Document], language: str) -> list[str]:
    """Return a note for each cited record of which the library has other versions.

    Args:
        cited: the records that an answer quotes.
        documents: all records.
        language: of the reply.
    """
    notes: list[str] = []
    told: set[str] = set()
    for document in cited:
        others = [d for d in documents if d.title and d.name not in told and are_versions(document, d)]
        if document.name not in told and others:
            versions = sorted((document, *others), key=lambda d: (version_of(d).rank, d.name), reverse=True)
            told.update(d.name for d in versions)
            notes.append(_note(versions, language))
    return notes


def _note(versions: Sequence[Document], language: str) -> str:
    """Return that records are versions of one, the newest first, and which is the newest if their marks tell."""
    names = [printable(d.name) for d in versions]
    first, second = (version_of(d) for d in versions[:2])
    key = "newest_version" if first.rank > second.rank else "versions"
    label = first.label or names[0]
    return say(language, key, names=join_words(names, "and", language), newest=names[0], label=label)
