"""What the head of a mail saved as text says: its subject is the title, the day it was sent its publication."""

import re
from collections.abc import Iterator

from corpus.facts import Fact
from corpus.language.dates import find_date_ranges

ORIGIN = "first lines"
_LONGEST = 10_000
_LINE = re.compile(r"(?P<name>[A-Z][A-Za-z-]{1,30}):[ \t]+(?P<words>[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)(?:\r?\n|$)")
_FORWARDED = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)


def facts_in_mail_head(text: str) -> Iterator[Fact]:
    """The facts in lines such as "Subject: ..." and "Date: ..." at the top of a text; none where it is no mail."""
    head: dict[str, str] = {}
    top, at = text[:_LONGEST].lstrip(), 0
    while found := _LINE.match(top, at):
        head.setdefault(found["name"].lower(), " ".join(found["words"].split()))
        at = found.end()
    if "subject" not in head or "from" not in head:
        return
    if subject := _FORWARDED.sub("", head["subject"]).strip():
        yield Fact("title", subject, ORIGIN)
    dated = [days.resolve() for days in find_date_ranges(head.get("date") or head.get("sent") or "")]
    if len(dated) == 1 and dated[0]:
        yield Fact("published", dated[0][0], ORIGIN)
