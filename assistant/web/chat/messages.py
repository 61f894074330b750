"""Render the chat's questions, answers, abstentions and errors as HTML that Gradio's Markdown leaves unchanged.

Each message is one HTML block without a blank line, so that Markdown never parses it; all text in it is escaped.
"""

from collections.abc import Sequence
from itertools import groupby

from assistant.answer import Abstention, Answer, Reason, Reply, ReplyKind, SearchSummary, ShortAnswer, Statement
from assistant.citations.citation import Citation
from assistant.heading import source_heading
from assistant.web.chat.reply_tools import render_tools
from assistant.web.chat.session import Chat, Exchange
from assistant.web.chat.source_links import SourceLink
from assistant.web.escaping import escape, escape_line
from assistant.web.language import day_text, text
from assistant.web.markup import add_link, excerpt, open_link
from assistant.web.translated import translated
from assistant.wording import say, shorten
from corpus.speech import question_before
from index.search.hybrid import Hit

_NEAREST_CHARACTERS = 220
# The page's own script clicks a hidden button for it.
_ASK_ALONE = ' <a class="alone" role="button" href="#ask-alone">{}</a>'
# Quotations or lines of an answer that are shown at once.
_MOST_SHOWN = 10


def render_chat(chat: Chat) -> list[dict[str, str]]:
    """Render a chat as Gradio's messages: for each exchange one of the user and one of the assistant."""
    messages: list[dict[str, str]] = []
    for place, exchange in enumerate(chat.exchanges):
        is_last = exchange is chat.exchanges[-1]
        tools = render_tools(chat.id, place, exchange.turn) if chat.id and exchange.turn else ""
        question = f'<div class="question">{escape(exchange.question.strip())}</div>'
        messages.append({"role": "user", "content": question})
        messages.append({"role": "assistant", "content": _exchange(exchange, is_last, tools)})
    return messages


def render_answer(answer: Answer, searched_for: str = "", is_last: bool = False, tools: str = "") -> str:
    """Render the short answer and the statements, if any, then the quotations with their markers, under their record.

    Args:
        answer: the answer.
        searched_for: the query made of a follow-up question; empty for a question that stands alone.
        is_last: True for the last reply, whose question can be asked again without the turns before.
        tools: HTML that ends the reply; see `render_tools`.
    """
    parts = [_short_answer(answer, answer.short_answer)] if answer.short_answer else []
    parts += _statements(answer)
    quotations: list[str] = []
    for _, group in groupby(answer.quotations, key=lambda citation: citation.document.name):
        citations = list(group)
        above = _meeting(citations[0], answer)
        for citation in citations:
            heading = _heading(answer.above(citation))
            quotations.append(above + heading + _quotation(citation, answer))
            above = ""
    parts += _folded(quotations)
    more = [_more(answer.more)] if answer.more else []
    return _block("answer", *parts, *_notes(answer, searched_for, is_last), *more, tools)


def render_abstention(abstention: Abstention, searched_for: str = "", is_last: bool = False, tools: str = "") -> str:
    """Render why there is no answer, what was searched, and the nearest passages; see `render_answer`."""
    message = f'<p class="told">{escape_line(abstention.text)}</p>'
    searched = _searched(abstention.search) if abstention.search else ""
    nearest = _nearest(abstention.nearest) if abstention.nearest else ""
    kind = "abstention chat-talk" if abstention.reason is Reason.SMALL_TALK else "abstention"
    return _block(kind, message, *_notes(abstention, searched_for, is_last), searched, nearest, tools)


def _exchange(exchange: Exchange, is_last: bool, tools: str) -> str:
    if exchange.error:
        return _block("trouble", f"<p>{escape_line(translated(exchange.error))}</p>")
    if not exchange.turn:
        stages = exchange.stages or (text("answer.reading"),)
        return _block("stages", *(f"<p>{escape_line(translated(stage))}</p>" for stage in stages))
    query, reply = exchange.turn.query, exchange.turn.reply
    searched_for = query.completed_text
    if isinstance(reply, Answer):
        return render_answer(reply, searched_for, is_last, tools)
    return render_abstention(reply, searched_for, is_last, tools)


def _notes(reply: Reply, searched_for: str, is_last: bool) -> list[str]:
    notes = [escape_line(note) for note in reply.notes]
    if searched_for and reply.kind is not ReplyKind.LIBRARY:
        alone = _ASK_ALONE.format(text("answer.ask_only_this")) if is_last else ""
        notes.append(f"{escape_line(text('answer.searched_for', query=searched_for))}{alone}")
    return [f'<p class="note"><small>{note}</small></p>' for note in notes]


def _block(css_class: str, *parts: str) -> str:
    return f'<div class="{css_class}">{"".join(parts)}</div>'


def _short_answer(answer: Answer, short: ShortAnswer) -> str:
    marker = _marker(short.citation, answer.marker(short.citation))
    return f'<p class="lead"><strong>{escape_line(short.words)}</strong> {marker}</p>'


def _statements(answer: Answer) -> list[str]:
    """Return the statements: above an outline in small, else a first line like a short answer, then the others."""
    lines = [escape_line(statement.text) + _markers(answer, statement) for statement in answer.statements]
    if answer.kind is ReplyKind.OUTLINE:
        return [f'<p class="note"><small>{line}</small></p>' for line in lines]
    has_head = len(lines) == 1 or (lines and answer.statements[0].text.endswith((":", "：")))
    head = [f'<p class="lead"><strong>{lines.pop(0)}</strong></p>'] if has_head else []
    return [*head, *_folded([f'<p class="statement">{line}</p>' for line in lines])]


def _markers(answer: Answer, statement: Statement) -> str:
    return "".join(f" {_marker(c, answer.marker(c))}" for c in answer.in_order if c in statement.citations)


def _folded(items: Sequence[str]) -> list[str]:
    """Return items with those after the tenth behind "Show all N"."""
    if len(items) <= _MOST_SHOWN:
        return list(items)
    rest = "".join(items[_MOST_SHOWN:])
    return [*items[:_MOST_SHOWN], f"<details><summary>{text('answer.show_all', len(items))}</summary>{rest}</details>"]


def _meeting(citation: Citation, answer: Answer) -> str:
    """Render the heading of a record's quotations; printed, its publisher, title, day and address stand below it."""
    document = citation.document
    published = day_text(document.published)
    parts = (document.publisher, f"“{document.title}”", published, document.source.address)
    source = escape_line(", ".join(filter(None, parts)))
    heading = escape_line(answer.headings[document.name])
    return f'<p class="meeting" title="{source}"><strong>{heading}</strong></p>'


def _heading(words: str) -> str:
    return f'<p class="section">{escape_line(words.strip())}</p>' if words else ""


def _quotation(citation: Citation, answer: Answer) -> str:
    link = add_link(SourceLink(citation.document, citation.span))
    after = f"{_marker(citation, answer.marker(citation))}{_pages(citation)} {link}"
    return f"<blockquote>{_speaker(citation, answer.language)}{escape_line(citation.shown)} {after}</blockquote>"


def _speaker(citation: Citation, language: str = "en") -> str:
    asked = question_before(citation.document, citation.span)
    words = citation.said_by + (say(language, "asked", question=asked) if asked else "")
    return f'<small class="speaker">{escape_line(words)}</small> ' if words else ""


def _marker(citation: Citation, number: int) -> str:
    link = SourceLink(citation.document, citation.span)
    return f'<a class="marker" href="#cite-{link.name}">&#91;{number}&#93;</a>'


def _pages(citation: Citation) -> str:
    return f' <small class="pages">{escape_line(str(citation.pages))}</small>' if citation.pages else ""


def _searched(searched: SearchSummary) -> str:
    narrowed = text("answer.narrowed", filters=searched.filters) if searched.filters else ""
    rows = [
        (text("answer.searched"), text("answer.records", searched.records) + narrowed),
        (text("answer.words_found"), ", ".join(map(shorten, searched.known))),
        (text("answer.words_missing"), ", ".join(map(shorten, searched.missing))),
    ]
    colon = text("answer.colon")
    return _block(
        "searched", *(f"<p><strong>{name}{colon}</strong> {escape_line(value)}</p>" for name, value in rows if value)
    )


def _more(citations: tuple[Citation, ...]) -> str:
    """Render the further passages that fit, behind a line that opens them."""
    items = "".join(f"<li>{_passage(citation)}</li>" for citation in citations)
    return (
        f'<details class="nearest"><summary>{text("answer.more", len(citations))}</summary><ul>{items}</ul></details>'
    )


def _nearest(hits: tuple[Hit, ...]) -> str:
    items = "".join(f"<li>{_near(hit)}</li>" for hit in hits)
    return _block("nearest", f"<p><strong>{text('answer.nearest')}</strong></p><ul>{items}</ul>")


def _near(hit: Hit) -> str:
    passage = hit.passage
    return _passage(Citation(passage.document, passage.words, passage.headings))


def _passage(citation: Citation) -> str:
    """Render a passage outside the answer: a link that opens it, and its words, a long one shortened."""
    link = SourceLink(citation.document, citation.span)
    words = escape_line(excerpt(citation.shown, _NEAREST_CHARACTERS))
    opened = f"{open_link(link, source_heading(citation.document))}{_pages(citation)}"
    return f"{opened}<br>{_speaker(citation)}{words} {add_link(link)}"
