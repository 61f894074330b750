"""Ask questions of minutes by their structure alone, without a library or an encoder."""

from types import SimpleNamespace
from typing import cast

from assistant.answer import Abstention, Answer
from assistant.conversation import Conversation
from assistant.minutes.reply import reply_from_minutes
from assistant.understanding.language import foreign_language
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import understand
from corpus.document import Document
from corpus.reading import document_from
from index.search.filters import Filters
from index.snapshot import Snapshot


def minutes(title: str, text: str) -> Document:
    """Return a Markdown record whose file has the first word of its title as name."""
    return document_from(f"# {title}\n\n{text}\n", f"{title.split()[0].lower()}.md", "text/markdown")


def reply(question: str, *documents: Document) -> Answer | Abstention | None:
    """Return the reply to a question as typed; None where the search would answer."""
    asked = SubQuestion(question, language=foreign_language(question))
    query = understand(asked, Conversation(), documents, Filters())
    found = reply_from_minutes(query, cast(Snapshot, SimpleNamespace(documents=list(documents))))
    return found[1] if found else None


def quotes(question: str, *documents: Document) -> list[str]:
    """Return what a reply quotes, in order; nothing where the search would answer."""
    found = reply(question, *documents)
    return [" ".join(c.quote.split()) for c in found.in_order] if isinstance(found, Answer) else []


def first_line(question: str, *documents: Document) -> str:
    """Return the first line of an answer without its markers; "" where the search would answer."""
    found = reply(question, *documents)
    return found.text.partition("\n")[0].partition(" [")[0] if isinstance(found, Answer) else ""
