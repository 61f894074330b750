"""Show lines that other parts of the program write in English in the language of the page."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from assistant.web.language import LANGUAGES, current_language

# Of a longer line no form is looked for: it holds somebody's text.
_LONGEST = 2_000
_MOST_KEPT = 2_000  # lines; most are shown again and again
_FIELD = re.compile(r"\\\{(\w+)\\\}")


def translated(line: str) -> str:
    """Return a line in the language of the request; as it is where the data has no form of it.

    A stop at the end of the line, and what its fields hold, are looked for apart from it.
    """
    language = current_language()
    return line if language == LANGUAGES[0] or len(line) > _LONGEST else _translated(line, language)


@lru_cache(_MOST_KEPT)
def _translated(line: str, language: str) -> str:
    bare = line.removesuffix(".")
    for wanted, stop in ((line, ""), (bare, "。" if bare != line else "")):
        for form, other in forms(language):
            if match := form.fullmatch(wanted):
                return other.format(**{name: translated(words) for name, words in match.groupdict().items()}) + stop
    return line


@cache
def forms(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Return the forms of English lines, each with the line in a language."""
    data = tomllib.loads((files("assistant.web") / "texts" / f"lines_{language}.toml").read_text("utf-8"))
    return [(re.compile(_pattern(english), re.IGNORECASE), other) for english, other in data["lines"]]


def _pattern(english: str) -> str:
    return _FIELD.sub(r"(?P<\1>.+?)", re.escape(english))
