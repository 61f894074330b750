"""Facts of an open record, each with its origin and a link to the words of the text that state it."""

from collections.abc import Iterator, Sequence

from assistant.citations.citation import Citation
from assistant.replies.fact_spans import find_fact
from assistant.web.chat.source_links import SourceLink
from assistant.web.escaping import escape_line
from assistant.web.language import current_language, day_text, days_text, mode_text, text, texts
from assistant.web.markup import address_link, open_link
from corpus.document import Document, Kind
from corpus.facts import Fact, facts_of
from corpus.passages import Passage

# Keys of texts.
LABELS = {
    "title": "facts.title",
    "publisher": "facts.publisher",
    "published": "facts.published",
    "forum": "facts.forum",
    "meeting": "facts.meeting",
    "meeting_date": "record.held",
    "place": "facts.place",
    "presidency": "facts.presidency",
    "mode": "facts.mode",
    "language": "facts.language",
    "address": "record.official",
}
# Passages at the beginning of a record in which a fact's words are looked for.
_MOST_PASSAGES = 80
_BY_HAND = "you"


def render_facts(document: Document, passages: Sequence[Passage]) -> str:
    """Render the facts with their origins below the title, behind a line that says the most important ones.

    Args:
        document: the record.
        passages: its passages, in order.
    """
    facts = {fact.name: fact for fact in facts_of(document)}
    rows = [_row(document, passages, facts[name]) for name in LABELS if name in facts]
    rows.append(f"<dt>{text('record.file')}</dt><dd>{escape_line(document.name)}</dd>")
    meeting = document.meeting
    in_short = " · ".join(
        filter(None, (days_text(meeting), meeting.place or mode_text(meeting), document.short_publisher))
    )
    return (
        f'<h2 tabindex="-1">{escape_line(document.title)}</h2><details class="about-record">'
        f'<summary>{escape_line(in_short or document.name)}</summary><dl class="facts">{"".join(rows)}</dl></details>'
    )


def spell_origin(origin: str) -> str:
    """Return where a fact comes from, in words: "from the first lines", "entered by hand"; empty where not known."""
    if origin == _BY_HAND:
        return text("record.by_hand")
    key = f"facts.from_{origin.replace(' ', '_')}"
    if key in texts(current_language()):
        return text(key)
    return text("facts.from_other", origin=origin) if origin else ""


def _row(document: Document, passages: Sequence[Passage], fact: Fact) -> str:
    origin = " · ".join(_origin(document, passages, fact))
    behind = f' <span class="origin">{origin}</span>' if origin else ""
    return f"<dt>{text(LABELS[fact.name])}</dt><dd>{_value(document, fact)}{behind}</dd>"


def _value(document: Document, fact: Fact) -> str:
    if fact.name == "address":
        return address_link(str(fact.value))
    if fact.name == "meeting_date":
        return escape_line(days_text(document.meeting))
    if fact.name == "mode":
        return escape_line(mode_text(document.meeting))
    return escape_line(day_text(document.published) if fact.name == "published" else str(fact.value))


def _origin(document: Document, passages: Sequence[Passage], fact: Fact) -> Iterator[str]:
    """Yield where a fact comes from, and the link to the words that state it."""
    spelt = spell_origin(fact.origin)
    if spelt:
        yield escape_line(spelt)
    if stated := _stated(document, passages[:_MOST_PASSAGES], fact):
        yield open_link(SourceLink(document, stated.span), text("record.show"))


def _stated(document: Document, passages: Sequence[Passage], fact: Fact) -> Citation | None:
    if fact.name == "title":
        title = next((block for block in document.outline[:_MOST_PASSAGES] if block.kind is Kind.TITLE), None)
        return Citation(document, title.words) if title else None
    return find_fact(document, passages, fact.name)
