"""Remove the marks of Markdown and HTML from words, for comparison and display, never for quotations."""

import re

from corpus.language.tokens import fold_text
from corpus.lines import is_rule

_MENU_LINE = re.compile(
    r"(?:home|top(?: page)?|back(?: to top)?|news releases?|back issues?|site ?map|menu|search|share|print|links?|"
    r"related (?:links?|websites?|pages?|information|documents?)|official web ?site|skip to .*|"
    r"table of contents|contents|"
    r"日本語|english|français|español|deutsch|中文|ホーム|トップページ|関連リンク|目次)$",
    re.IGNORECASE,
)
_ONLY_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)$")
ONLY_ADDRESS = re.compile(r"<?(?:https?|ftp)://\S+>?(?:\s*\(?PDF\)?)?$", re.IGNORECASE)
# Each ends at the next bracket or after 80 characters, so that a long line of "[" takes no more time than another.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,80}>")
_MARK = re.compile(r"\\([^\w\s])|\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^#+\s+")


def is_navigation(words: str) -> bool:
    """Return True if words are only a menu entry, an address, an image or a rule."""
    entry = plain(words)
    patterns = (ONLY_ADDRESS, _ONLY_IMAGE)
    return not entry or is_rule(words) or any(p.match(words) for p in patterns) or bool(_MENU_LINE.match(entry))


def plain(words: str) -> str:
    """Return words without Markdown marks in one line, for comparison and display, never for quotations."""
    return " ".join(_MARK.sub(r"\1", _TAG.sub("", _LINK.sub(r"\1", words))).split())


def without_links(words: str) -> str:
    """Return words with the text of a Markdown link in place of the link."""
    return _LINK.sub(r"\1", words)


def fold(words: str) -> str:
    """Return words with compatibility forms, case, quotation marks and white space made equal, for comparison."""
    words = fold_text(plain(words))
    return " ".join(re.sub(r"[’‘`]", "'", words).translate(str.maketrans("“”", '""')).split())
