"""Prompt of `rapporteur ask` without a question: hold a conversation on the terminal."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.assistant import nearest_citations
from assistant.commands.answer import answer_lines, further_lines, source_lines
from assistant.commands.output import complain, say, stages
from assistant.conversation import Conversation, Turn
from assistant.understanding.validate import QuestionRefused
from index.errors import RapporteurError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.citations.citation import Citation
    from index.search.filters import Filters

_GREETING = "Ask a question; /help lists the commands, Ctrl-D ends."
_HELP = (
    "/sources    the source of each quotation of the last answer",
    "/sources N  quotation N with the text around it",
    "/more       further passages that fit the last question",
    "/new        begin a new conversation: the next question follows up nothing",
    "/quit       end, like Ctrl-D; Ctrl-C drops a line or stops an answer",
)
_NOTHING_ASKED = "nothing was asked yet; type a question first"


class Prompt:
    """A conversation with the assistant, one line of the user after the other.

    Attributes:
        conversation: its turns.
    """

    def __init__(self, assistant: "Assistant", conditions: "Filters", more: int) -> None:
        self.conversation = Conversation()
        self._assistant = assistant
        self._conditions = conditions
        self._more = more
        self._commands: dict[str, Callable[[str], bool]] = {
            "/new": self._begin,
            "/sources": self._show_sources,
            "/more": self._show_more,
            "/help": _show_help,
            "/quit": lambda _: False,
        }

    def hold(self, read_line: Callable[[str], str] = input) -> None:
        """Answer lines until the user ends the conversation.

        Args:
            read_line: returns the next line after showing a prompt; raises EOFError at the end.
        """
        with suppress(ImportError):
            import readline  # noqa: F401  # lines can be edited and called back
        say(_GREETING)
        goes_on = True
        while goes_on:
            try:
                goes_on = self._answer_line(read_line("\n> ").strip())
            except EOFError:
                say("")
                return
            except KeyboardInterrupt:
                say("\nStopped; Ctrl-D ends.")

    def _answer_line(self, line: str) -> bool:
        """Answer one line; return False when the user wants to end."""
        word, _, rest = line.partition(" ")
        if not line.startswith("/"):
            return self._ask(line) if line else True
        if word not in self._commands:
            complain(f"{word}: no such command; give one of {', '.join(self._commands)}")
            return True
        return self._commands[word](rest.strip())

    def _ask(self, question: str) -> bool:
        try:
            with stages("Reading the question") as show:
                turn = self._assistant.ask(question, self.conversation, self._conditions, show)
        except (QuestionRefused, RapporteurError) as error:
            complain(str(error))
            return True
        self.conversation = self.conversation.plus(turn)
        say(*answer_lines(turn, self._more))
        return True

    def _begin(self, _: str) -> bool:
        self.conversation = Conversation()
        say("A new conversation begins.")
        return True

    def _show_sources(self, number: str) -> bool:
        if turn := self._last_turn():
            _say_sources(_quoted(turn), turn.reply.language, number)
        return True

    def _show_more(self, _: str) -> bool:
        if turn := self._last_turn():
            say(*(further_lines(turn.reply) or ["There are no further passages."]))
        return True

    def _last_turn(self) -> Turn | None:
        if not self.conversation.turns:
            complain(_NOTHING_ASKED)
            return None
        return self.conversation.turns[-1]


def _show_help(_: str) -> bool:
    say(*_HELP)
    return True


def _quoted(turn: Turn) -> "list[Citation]":
    reply = turn.reply
    return list(reply.in_order) if isinstance(reply, Answer) else nearest_citations(reply)


def _say_sources(citations: "list[Citation]", language: str, number: str) -> None:
    if not citations:
        complain("the last reply quotes nothing")
    elif not number:
        say(*(line for n, c in enumerate(citations, start=1) for line in source_lines(n, c, language)))
    elif number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= len(citations):
        citation = citations[int(number) - 1]
        say(*source_lines(int(number), citation, language), *_surroundings(citation))
    else:
        complain(f"/sources {number}: give a number from 1 to {len(citations)}")


def _surroundings(citation: "Citation") -> Iterator[str]:
    """Yield the paragraph of a quotation, then its anchor."""
    document, span = citation.document, citation.span
    start = document.text.rfind("\n\n", 0, span.start) + 2 if "\n\n" in document.text[: span.start] else 0
    end = document.text.find("\n\n", span.end)
    yield ""
    yield document.text[start : end if end >= 0 else len(document.text)].strip()
    yield ""
    yield f"rapporteur show {document.name}"
    yield citation.anchor
