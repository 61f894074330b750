"""Find the publishers that a question names: those whose records it asks for, and those that it only mentions."""

import re
from collections.abc import Sequence

from assistant.understanding.filters.exclusions import NOT
from corpus.document import Document
from corpus.language.organizations import other_publisher_names

# Phrases that ask for the records of a publisher: "according to METI", "METI's release", "do METI and MIC agree".
_RECORDS = "(?:press )?(?:release|report|record|account|text|statement|article|page|version|document)s?"
_SOURCE_BEFORE = re.compile(
    rf"\b(?:according to|as told by|(?:reported|published|issued|written|described) by|{_RECORDS} (?:by|of|from)"
    r"|do|does)\s+(?:the\s+)?(?:\w+\s+and\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_SOURCE_AFTER = re.compile(
    rf"(?:['’]s)?\s+(?:and\s+(?:the\s+)?[\w ]{{2,30}}?\s+)?(?:{_RECORDS}|(?:say|report|mention|write|tell|put|name)s?"
    r"|said|reported|mentioned|describes?|described|wrote|told|agree|disagree|differ)\b"
    r"|(?:の(?:記録|資料|発表|報告|文書|声明|リリース|説明)|によ|は(?=.*(?:述べ|言|発表|報告|説明|書)))",
    re.IGNORECASE,
)


def publishers_in(question: str, documents: Sequence[Document]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the publishers whose records a question asks for ("not METI": all others), and those it only mentions."""
    requested: set[str] = set()
    excluded: set[str] = set()
    mentioned: set[str] = set()
    known = {d.publisher: d.short_publisher or d.publisher for d in documents if d.publisher}
    for publisher, short in known.items():
        places = [m.span() for name in publisher_names(publisher, short) for m in name_pattern(name).finditer(question)]
        if any(NOT.search(question[:start]) for start, _ in places):
            excluded.add(publisher)
        elif any(_SOURCE_BEFORE.search(question[:s]) or _SOURCE_AFTER.match(question[e:]) for s, e in places):
            requested.add(publisher)
        elif places:
            mentioned.add(publisher)
    if excluded and not requested:
        requested = mentioned or set(known) - excluded
    return frozenset(requested), frozenset(mentioned - requested)


def publisher_names(publisher: str, short: str) -> tuple[str, ...]:
    """Return the names of a publisher: whole, without its country, short, and in other languages."""
    return (publisher, publisher.partition(",")[0], short, *other_publisher_names(short))


def name_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of a name as a whole word; an abbreviation matches in capitals alone."""
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", 0 if name.isupper() else re.IGNORECASE)
