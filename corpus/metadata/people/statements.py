"""Read who is quoted in a collection of statements: "**Ada Bo, President, Weir Works:** “We applaud ...”"."""

import re

from corpus.language.persons import TITLES

# Name and office before a colon and a quotation, in bold or not.
_STATEMENT = re.compile(
    r"[*_]{0,3}(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,5})(?:, (?P<behind>[^:：\n“\"]{2,160}))?"
    r"[*_]{0,3}[:：][*_]{0,3}\s*[“\"«]"
)


def quoted_statement(text: str) -> tuple[str, str] | None:
    """Return the name and the office of the person whose statement a paragraph quotes.

    Args:
        text: the paragraph.

    Returns:
        None for any other paragraph, and where neither a title nor an office says that the words before the colon name
        a person.
    """
    match = _STATEMENT.match(text)
    if not match:
        return None
    who, behind = match["who"], " ".join((match["behind"] or "").split()).rstrip("*_")
    for part in (who, behind.partition(", ")[0]):
        title, name = _behind_title(part)
        if " " in name:  # "Ohio Senator Ada Bo", "Majority Leader, Ohio Senator Ada Bo"
            return name, title if part == who else f"{who}, {title}"
    return (who, behind) if behind and not _behind_title(who)[0] else None


def _behind_title(words: str) -> tuple[str, str]:
    """Return the words up to the last title, and the name behind it; two empty texts without a title."""
    tokens = words.split()
    at = max((n for n, token in enumerate(tokens, 1) if token.casefold() in TITLES), default=0)
    return " ".join(tokens[:at]), " ".join(tokens[at:]) if at else ""
