"""Facts of an open record, each with its origin and a link to the words of the text that state it."""

from collections.abc import Iterator, Sequence

from assistant.citations.citation import Citation
from assistant.replies.fact_spans import find_fact
from assistant.web.chat.source_links import SourceLink
from assistant.web.escaping import escape_line
from assistant.web.markup import address_link, open_link
from corpus.document import Document, Kind
from corpus.facts import Fact, facts_of
from corpus.language.months import spell_day
from corpus.passages import Passage

LABELS = {
    "title": "Title",
    "publisher": "Publisher",
    "published": "Published",
    "forum": "Forum",
    "meeting": "Meeting",
    "meeting_date": "Held",
    "place": "Place",
    "presidency": "Presidency",
    "mode": "Mode",
    "language": "Language",
    "address": "Official page",
}
# Passages at the beginning of a record in which a fact's words are looked for.
_MOST_PASSAGES = 80
_FILE = "File"
_BY_HAND = "you"


def render_facts(document: Document, passages: Sequence[Passage]) -> str:
    """Render the facts with their origins below the title, behind a line that says the most important ones.

    Args:
        document: the record.
        passages: its passages, in order.
    """
    facts = {fact.name: fact for fact in facts_of(document)}
    rows = [_row(document, passages, facts[name]) for name in LABELS if name in facts]
    rows.append(f"<dt>{_FILE}</dt><dd>{escape_line(document.name)}</dd>")
    meeting = document.meeting
    in_short = " · ".join(filter(None, (meeting.days, meeting.place or meeting.mode, document.short_publisher)))
    return (
        f'<h2 tabindex="-1">{escape_line(document.title)}</h2><details class="about-record">'
        f'<summary>{escape_line(in_short or document.name)}</summary><dl class="facts">{"".join(rows)}</dl></details>'
    )


def spell_origin(origin: str) -> str:
    """Return where a fact comes from, in words: "from the first lines", "entered by hand"; empty where not known."""
    if origin == _BY_HAND:
        return "entered by hand"
    known = origin.replace("first lines", "the first lines").replace("file name", "the file name")
    return f"from {known}" if known else ""


def _row(document: Document, passages: Sequence[Passage], fact: Fact) -> str:
    origin = " · ".join(_origin(document, passages, fact))
    behind = f' <span class="origin">{origin}</span>' if origin else ""
    return f"<dt>{LABELS[fact.name]}</dt><dd>{_value(document, fact)}{behind}</dd>"


def _value(document: Document, fact: Fact) -> str:
    if fact.name == "address":
        return address_link(str(fact.value))
    if fact.name == "meeting_date":
        return escape_line(document.meeting.days)
    return escape_line(
        spell_day(document.published) if fact.name == "published" and document.published else str(fact.value)
    )


def _origin(document: Document, passages: Sequence[Passage], fact: Fact) -> Iterator[str]:
    """Yield where a fact comes from, and the link to the words that state it."""
    spelt = spell_origin(fact.origin)
    if spelt:
        yield escape_line(spelt)
    if stated := _stated(document, passages[:_MOST_PASSAGES], fact):
        yield open_link(SourceLink(document, stated.span), "Show in the text")


def _stated(document: Document, passages: Sequence[Passage], fact: Fact) -> Citation | None:
    if fact.name == "title":
        title = next((block for block in document.outline[:_MOST_PASSAGES] if block.kind is Kind.TITLE), None)
        return Citation(document, title.words) if title else None
    return find_fact(document, passages, fact.name)
