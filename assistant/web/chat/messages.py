"""Render the chat's questions, answers, abstentions and errors as HTML that Gradio's Markdown leaves unchanged.

Each message is one HTML block without a blank line, so that Markdown never parses it; all text in it is escaped.
"""

from itertools import groupby

from assistant.answer import Abstention, Answer, Reply, SearchSummary, ShortAnswer, Statement, source_heading
from assistant.citations.citation import Citation
from assistant.web.chat.session import Chat, Exchange
from assistant.web.chat.source_links import SourceLink
from assistant.web.escaping import escape, escape_line
from assistant.web.markup import add_link, count, excerpt, open_link
from index.search.hybrid import Hit

NOT_AN_ANSWER = "Nearest passages (not an answer)"
_NEAREST_CHARACTERS = 220


def render_chat(chat: Chat) -> list[dict[str, str]]:
    """Render a chat as Gradio's messages: for each exchange one of the user and one of the assistant."""
    messages: list[dict[str, str]] = []
    for exchange in chat.exchanges:
        question = f'<div class="question">{escape(exchange.question.strip())}</div>'
        messages.append({"role": "user", "content": question})
        messages.append({"role": "assistant", "content": _exchange(exchange)})
    return messages


def render_answer(answer: Answer, searched_for: str = "") -> str:
    """Render the short answer and the statements, if any, then the quotations with their markers, under their record.

    `searched_for` is the query made of a follow-up question; empty for a question that stands alone.
    """
    parts = [_short_answer(answer, answer.short_answer)] if answer.short_answer else []
    parts += [_statement(answer, statement) for statement in answer.statements]
    for _, group in groupby(answer.quotations, key=lambda citation: citation.document.name):
        citations = list(group)
        parts.append(f'<p class="meeting"><strong>{escape_line(source_heading(citations[0]))}</strong></p>')
        parts += [_heading(answer.above(c)) + _quotation(c, answer.marker(c)) for c in citations]
    return _block("answer", *parts, *_notes(answer, searched_for))


def render_abstention(abstention: Abstention, searched_for: str = "") -> str:
    """Render why there is no answer, what was searched, and the nearest passages; see `render_answer`."""
    message = f'<p class="told">{escape_line(abstention.text)}</p>'
    searched = _searched(abstention.search) if abstention.search else ""
    nearest = _nearest(abstention.nearest) if abstention.nearest else ""
    return _block("abstention", message, *_notes(abstention, searched_for), searched, nearest)


def _exchange(exchange: Exchange) -> str:
    if exchange.error:
        return _block("trouble", f"<p>{escape_line(exchange.error)}</p>")
    if not exchange.turn:
        stages = exchange.stages or ("Reading the question",)
        return _block("stages", *(f"<p>{escape_line(stage)}</p>" for stage in stages))
    query, reply = exchange.turn.query, exchange.turn.reply
    searched_for = query.text if query.latest else ""
    return render_answer(reply, searched_for) if isinstance(reply, Answer) else render_abstention(reply, searched_for)


def _notes(reply: Reply, searched_for: str) -> list[str]:
    notes = [*reply.notes, *([f"Searched for: {searched_for}"] if searched_for else [])]
    return [f'<p class="note"><small>{escape_line(note)}</small></p>' for note in notes]


def _block(css_class: str, *parts: str) -> str:
    return f'<div class="{css_class}">{"".join(parts)}</div>'


def _short_answer(answer: Answer, short: ShortAnswer) -> str:
    marker = _marker(short.citation, answer.marker(short.citation))
    return f'<p class="lead"><strong>{escape_line(short.words)}</strong> {marker}</p>'


def _statement(answer: Answer, statement: Statement) -> str:
    markers = (
        _marker(citation, answer.marker(citation)) for citation in answer.in_order if citation in statement.citations
    )
    return f'<p class="statement">{" ".join((escape_line(statement.text), *markers))}</p>'


def _heading(words: str) -> str:
    return f'<p class="section">{escape_line(words.strip())}</p>' if words else ""


def _quotation(citation: Citation, number: int) -> str:
    after = f"{_marker(citation, number)}{_pages(citation)} {add_link(SourceLink(citation.document, citation.span))}"
    return f"<blockquote>{escape_line(citation.shown)} {after}</blockquote>"


def _marker(citation: Citation, number: int) -> str:
    link = SourceLink(citation.document, citation.span)
    return f'<a class="marker" href="#cite-{link.name}">&#91;{number}&#93;</a>'


def _pages(citation: Citation) -> str:
    return f' <small class="pages">{escape_line(str(citation.pages))}</small>' if citation.pages else ""


def _searched(searched: SearchSummary) -> str:
    narrowed = f", narrowed to {searched.filters}" if searched.filters else ""
    rows = [
        ("Searched", count(searched.records, "record") + narrowed),
        ("Words found", ", ".join(searched.known)),
        ("Words not found", ", ".join(searched.missing)),
    ]
    return _block(
        "searched", *(f"<p><strong>{name}:</strong> {escape_line(value)}</p>" for name, value in rows if value)
    )


def _nearest(hits: tuple[Hit, ...]) -> str:
    items = "".join(f"<li>{_near(hit)}</li>" for hit in hits)
    return _block("nearest", f"<p><strong>{NOT_AN_ANSWER}</strong></p><ul>{items}</ul>")


def _near(hit: Hit) -> str:
    passage = hit.passage
    citation = Citation(passage.document, passage.words, passage.headings)
    link = SourceLink(passage.document, passage.words)
    words = escape_line(excerpt(citation.shown, _NEAREST_CHARACTERS))
    return f"{open_link(link, source_heading(citation))}{_pages(citation)}<br>{words} {add_link(link)}"
