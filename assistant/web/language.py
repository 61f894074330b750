"""The language of the page: chosen in the page or by the browser, and the texts in `assistant/web/texts`."""

import json
import re
import tomllib
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from datetime import date
from functools import cache
from http.cookies import CookieError, SimpleCookie
from importlib.resources import files
from typing import Any, TypeVar

from corpus.document import Meeting
from corpus.language.months import spell_days

LANGUAGES = ("en", "ja")
# Set by the page's own script.
COOKIE = "rapporteur_language"
_SCRIPT = "script."
_CURRENT: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])
_MARK = re.compile(r"\{\{([a-z_0-9.]+)\}\}")

Message = MutableMapping[str, Any]
Steps = TypeVar("Steps")


def text(key: str, number: int = 1, /, **values: object) -> str:
    """Return a text of the page in the language of the request.

    Args:
        key: the name of the text, such as "history.title".
        number: the number `{n}`, by which one of two forms is chosen.
        values: what else stands in the text.
    """
    forms = texts(current_language())[key]
    form = forms if isinstance(forms, str) else forms[number != 1]
    return form.format(**{"n": f"{number:,}", **values})


def day_text(day: date | None) -> str:
    """Return a day as the language of the request writes it; an empty text for none."""
    return spell_days(day, day, current_language()) if day else ""


def days_text(meeting: Meeting) -> str:
    """Return the days of a meeting as the language of the request writes them; an empty text where unknown."""
    return spell_days(*meeting.period, current_language()) if meeting.period else ""


def mode_text(meeting: Meeting) -> str:
    """Return the way in which a meeting was held, in the language of the request; an empty text where unknown."""
    return text(f"mode.{meeting.mode.replace(' ', '_')}") if meeting.mode else ""


@cache
def texts(language: str) -> dict[str, str | list[str]]:
    """Return all texts in a language, by their keys with the names of their tables."""
    return dict(_flat(tomllib.loads((files("assistant.web") / "texts" / f"{language}.toml").read_text("utf-8"))))


def _flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def current_language() -> str:
    """Return the code of the language of the request; "en" outside of one."""
    return _CURRENT.get()


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Let texts be in a language while the block runs."""
    token = _CURRENT.set(language)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def each_in_language(language: str, steps: Iterator[Steps], context: Context | None = None) -> Iterator[Steps]:
    """Yield what an iterator yields, each step in a language, in whatever thread it is asked for.

    Args:
        language: the language.
        steps: the iterator.
        context: what else holds in each step, such as the user who acts; a copy of the present one when None.
    """
    context = context or copy_context()
    context.run(_CURRENT.set, language)
    done = object()
    try:
        while (step := context.run(next, steps, done)) is not done:
            yield step  # type: ignore[misc]
    finally:
        close = getattr(steps, "close", None)
        if close:
            close()


def fill(value: Any) -> Any:
    """Return a value, such as a list or a dictionary, with each "{{key}}" in its texts replaced by the text."""
    if isinstance(value, str):
        return _MARK.sub(lambda mark: text(mark[1]), value) if "{{" in value else value
    if isinstance(value, dict):
        return {name: fill(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(fill, value))
    return value


def script_texts() -> str:
    """Return the script that gives the texts to the other scripts, and their language to the page and to Gradio."""
    language = current_language()
    words = {key.removeprefix(_SCRIPT): form for key, form in texts(language).items() if key.startswith(_SCRIPT)}
    code = json.dumps(language)
    return (
        f"document.documentElement.lang = {code};\n"
        f'Object.defineProperty(navigator, "language", {{ value: {code}, configurable: true }});\n'
        f"window.pageTexts = {json.dumps(words, ensure_ascii=False)};\n"
    )


def language_of(scope: MutableMapping[str, Any]) -> str:
    """Return the language of a request: that of its cookie, else the one that the browser wants most."""
    cookies = SimpleCookie()
    with_cookies = "; ".join(_header(scope, "cookie"))
    try:
        cookies.load(with_cookies)
    except CookieError:
        cookies = SimpleCookie()
    chosen = cookies[COOKIE].value if COOKIE in cookies else ""
    return chosen if chosen in LANGUAGES else _wanted(",".join(_header(scope, "accept-language")))


def _wanted(header: str) -> str:
    """Return the language of ours that an Accept-Language header prefers; the first of ours where it names none."""
    weights: dict[str, float] = {}
    for part in header[:1_000].split(","):
        name, _, weight = part.partition(";q=")
        code = name.strip().partition("-")[0].lower()
        if code in LANGUAGES:
            weights[code] = max(weights.get(code, 0.0), _weight(weight))
    best = max(weights, key=lambda code: weights[code], default=LANGUAGES[0])
    return best if weights.get(best) else LANGUAGES[0]


def _weight(words: str) -> float:
    try:
        return float(words.strip() or 1)
    except ValueError:
        return 0.0


def _header(scope: MutableMapping[str, Any], name: str) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.decode("latin-1").lower() == name]


class InLanguage:
    """Answers each request in its language; pure ASGI.

    Args:
        inner: answers it.
    """

    def __init__(self, inner: Callable[..., Awaitable[None]]) -> None:
        self._inner = inner

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return await self._inner(scope, receive, send)
        with in_language(language_of(scope)):
            return await self._inner(scope, receive, send)
