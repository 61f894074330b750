"""The facts that a file's name states, such as 2020-07-22-g20-mic.txt or 20230430_G7_communique.pdf."""

import re
import unicodedata
from collections.abc import Iterator

from corpus.facts import Fact
from corpus.language.dates import find_date_ranges
from corpus.language.forums import forum_in

_ORIGIN = "file name"
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")
_SEPARATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[_.-]([01]?[0-9])[_.-]([0-3]?[0-9])(?![0-9])")
# A day in a name may be the meeting's or the release's: only the name can say which.
_RELEASE = re.compile(
    r"\b(?:press|news|release|statement|communiqu[eé]|declaration|fact ?sheet|readout|remarks|announcement|briefing)\b"
    r"|報道|共同声明|声明|宣言|プレスリリース|発表",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(?:minutes|proceedings)\b|議事録|議事要旨|議事概要|会議録", re.IGNORECASE)


def facts_in_name(name: str) -> Iterator[Fact]:
    """The forum that a file's name states; and its day, where the name says whether it is a release or minutes.

    Args:
        name: of the file, with its suffix.
    """
    stem = unicodedata.normalize("NFKC", name.rpartition(".")[0] or name)
    dashed = _COMPACT.sub(r" \1-\2-\3 ", _SEPARATED.sub(r" \1-\2-\3 ", stem))
    words = " ".join(re.sub(r"[_\s+]|(?<![0-9])-|-(?![0-9])", " ", dashed).split())
    # Names are mostly written small; "itu" alone is a word of Indonesian.
    forum = forum_in(words.upper())
    if forum and (forum != "ITU" or "ITU" in words):
        yield Fact("forum", forum, _ORIGIN)
    days = [dated for found in find_date_ranges(words) if (dated := found.resolve())]
    if len(days) != 1:
        return
    first, last = days[0]
    if _MINUTES.search(words):
        yield Fact("meeting_date", first, _ORIGIN)
        yield Fact("meeting_end", last, _ORIGIN)
    elif _RELEASE.search(words) and first == last:
        yield Fact("published", first, _ORIGIN)
