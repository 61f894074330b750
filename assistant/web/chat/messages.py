"""The chat's messages: questions, answers, abstentions and troubles as HTML that Gradio's Markdown leaves alone.

Each message is one HTML block without a blank line, so that Markdown never looks inside; what stands in it has passed
`shown`, so that it would find nothing there.
"""

from assistant.answer import Abstention, Answer, Reply, SearchSummary, ShortAnswer, source_heading
from assistant.citations.citation import Citation
from assistant.web.chat.session import Chat, Exchange
from assistant.web.chat.source_links import Place
from assistant.web.escaping import one_line, shown
from index.search.hybrid import Hit

NOT_AN_ANSWER = "Nearest passages (not an answer)"
_NEAREST_CHARACTERS = 220


def messages(chat: Chat) -> list[dict[str, str]]:
    """The chat as Gradio takes it: for each exchange what the user said and what the assistant says."""
    said: list[dict[str, str]] = []
    for exchange in chat.exchanges:
        said.append({"role": "user", "content": f'<div class="question">{shown(exchange.question.strip())}</div>'})
        said.append({"role": "assistant", "content": _reply(exchange)})
    return said


def answer(reply: Answer, searched_for: str = "") -> str:
    """What was asked, where it is known; then the quotations, each with its marker, under their meetings.

    Args:
        reply: the answer.
        searched_for: what was made of a follow-up and searched; empty for a question that stands alone.
    """
    parts = [_lead(reply, reply.lead)] if reply.lead else []
    for i, citation in enumerate(reply.in_order):
        if i == 0 or reply.in_order[i - 1].document != citation.document:
            parts.append(f'<p class="meeting"><strong>{one_line(source_heading(citation))}</strong></p>')
        adding = add_link(Place(citation.document, citation.span))
        marked = f"{_marker(citation, i + 1)}{_pages(citation)} {adding}"
        parts.append(f"<blockquote>{one_line(citation.quote)} {marked}</blockquote>")
    return _block("answer", *parts, *_notes(reply), *_searched_for(searched_for))


def abstention(reply: Abstention, searched_for: str = "") -> str:
    """Why there is no answer, what was searched, and the nearest passages as what they are; see `answer`."""
    told = f'<p class="told">{one_line(reply.text)}</p>'
    searched = _searched(reply.searched) if reply.searched else ""
    nearest = _nearest(reply.nearest) if reply.nearest else ""
    return _block("abstention", told, *_notes(reply), *_searched_for(searched_for), searched, nearest)


def add_link(place: Place) -> str:
    """What puts a quotation into the evidence list; the page's script makes a button of it."""
    return f'<a class="add" href="#add-{place.name}">Add to evidence</a>'


def _reply(exchange: Exchange) -> str:
    if exchange.trouble:
        return _block("trouble", f"<p>{one_line(exchange.trouble)}</p>")
    if exchange.turn:
        query = exchange.turn.query
        return _of(exchange.turn.reply, query.text if query.latest else "")
    stages = exchange.stages or ("Reading the question",)
    return _block("stages", *(f"<p>{one_line(stage)}</p>" for stage in stages))


def _of(reply: Reply, searched_for: str) -> str:
    return answer(reply, searched_for) if isinstance(reply, Answer) else abstention(reply, searched_for)


def _notes(reply: Reply) -> list[str]:
    return [f'<p class="note"><small>{one_line(note)}</small></p>' for note in reply.notes]


def _searched_for(query: str) -> list[str]:
    return [f'<p class="note"><small>Searched for: {one_line(query)}</small></p>'] if query else []


def _block(name: str, *parts: str) -> str:
    return f'<div class="{name}">{"".join(parts)}</div>'


def _lead(reply: Answer, lead: ShortAnswer) -> str:
    marker = _marker(lead.citation, reply.marker(lead.citation))
    return f'<p class="lead"><strong>{one_line(lead.words)}</strong> {marker}</p>'


def _marker(citation: Citation, number: int) -> str:
    place = Place(citation.document, citation.span)
    return f'<a class="marker" href="#cite-{place.name}">&#91;{number}&#93;</a>'


def _pages(citation: Citation) -> str:
    return f' <small class="pages">{one_line(str(citation.pages))}</small>' if citation.pages else ""


def _searched(searched: SearchSummary) -> str:
    records = "1 record" if searched.records == 1 else f"{searched.records} records"
    rows = [("Searched", records + (f", narrowed to {searched.filters}" if searched.filters else ""))]
    if searched.known:
        rows.append(("Words found", ", ".join(searched.known)))
    if searched.missing:
        rows.append(("Words not found", ", ".join(searched.missing)))
    return _block("searched", *(f"<p><strong>{name}:</strong> {one_line(value)}</p>" for name, value in rows))


def _nearest(hits: tuple[Hit, ...]) -> str:
    items = "".join(f"<li>{_near(hit)}</li>" for hit in hits)
    return _block("nearest", f"<p><strong>{NOT_AN_ANSWER}</strong></p><ul>{items}</ul>")


def _near(hit: Hit) -> str:
    passage = hit.passage
    citation = Citation(passage.document, passage.words, passage.headings)
    words = " ".join(citation.quote.split())
    cut = words if len(words) <= _NEAREST_CHARACTERS else words[:_NEAREST_CHARACTERS].rsplit(" ", 1)[0] + " …"
    place = Place(passage.document, passage.words)
    link = f'<a class="open" href="#cite-{place.name}">{one_line(source_heading(citation))}</a>'
    return f"{link}{_pages(citation)}<br>{one_line(cut)} {add_link(place)}"
