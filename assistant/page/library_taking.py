"""One file that was sent, taken into the library."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from assistant.page.escaping import plain
from assistant.page.library_line import Outcome, Sent, Take, Tell, refused
from assistant.page.library_records import UPLOADED
from corpus.errors import CorpusError
from corpus.reading import MEDIA_TYPES, decoded, document_from
from index.library import Library


def taker(library: Library) -> Take:
    """What takes a file that was sent into this library, for an `AddingLine`."""

    def take(sent: Sent, tell: Tell) -> Iterator[Outcome]:
        tell("reading", 0, 0)
        name = PurePosixPath(sent.name).name
        try:
            media_type = MEDIA_TYPES.get(PurePosixPath(name).suffix.lower())
            if media_type is None:
                raise CorpusError(f"{name}: this kind of file is not read yet")
            document = document_from(decoded(sent.path), name, media_type, UPLOADED + sent.name)
        except CorpusError as error:
            yield refused(plain(name), plain(str(error).replace(str(sent.path), name)))
            return
        added = library.add(document, sent.path.read_bytes(), lambda done, of: tell("encoding", done, of))
        yield {"name": plain(added.name), "outcome": added.outcome, "reason": "", "warnings": []}

    return take
