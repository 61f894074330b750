"""Find the main text of a web page: the element that the page names, or by trafilatura."""

import copy
import logging
import re
from typing import Any

from corpus.document import Kind
from corpus.readers.blocks import Part

# Elements that pages use for their main text, the surest first.
_MAIN_PATHS = (
    ".//main",
    ".//*[@role='main']",
    ".//article",
    ".//*[@itemprop='articleBody']",
    ".//*[@id='main-content' or @id='maincontent' or @id='main_content' or @id='mainContent']",
    ".//*[contains(concat(' ', @class, ' '), ' entry-content ')]",
    ".//*[contains(concat(' ', @class, ' '), ' post-content ')]",
    ".//*[@id='contents' or @id='content' or @id='main' or @id='tmp_contents' or @id='contentsBody']",
)
_LEAST_CHARACTERS = 200
_LEAST_SHARE = 0.4
# Larger pages are kept whole: the search for their main text takes too long.
_MOST_ELEMENTS = 20_000
_WORD = re.compile(r"[^\W_]+")
_KNOWN_BY = 60
_LEAST_KNOWN = 15
_PROSE = 120
_SENTENCE = re.compile(r"[.!?。！？]['\"”’」）)]*$")
_NOTICE = re.compile(r"cookie|クッキー|javascript|copyright|©|all rights reserved|著作権", re.IGNORECASE)


def main_element(root: Any) -> Any | None:
    """Return the element that the page names as its main text; None for none, or for several of one kind."""
    whole = _length(root)
    for path in _MAIN_PATHS:
        matches = root.xpath(path)
        # Of nested elements the outer one has the title.
        outer = [element for element in matches if not any(parent in matches for parent in element.iterancestors())]
        if len(outer) == 1 and _length(outer[0]) >= min(_LEAST_CHARACTERS, _LEAST_SHARE * whole):
            return outer[0]
    return None


def trim_to_main_text(parts: list[Part], root: Any) -> list[Part]:
    """Return the parts from the first to the last that trafilatura extracts as main text.

    Trafilatura finds well where an article begins and ends, but drops repeated lines, short ones and rows of tables:
    so it only sets the two ends, and nothing between them is lost. Neighbours up to the next link or notice are kept
    (a date, a contact), and every other paragraph of sentences.

    Source: Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction",
    ACL 2021.
    """
    extracted = _key(_extract(root))
    main = [i for i, part in enumerate(parts) if _is_extracted(part, extracted) or _is_prose(part)]
    if not main:
        return parts
    first, last = main[0], main[-1]
    while first and not _is_link_or_notice(parts[first - 1]):
        first -= 1
    while last + 1 < len(parts) and not _is_link_or_notice(parts[last + 1]):
        last += 1
    while last > first and parts[last].level and last not in main:
        last -= 1  # a heading over links
    heading = next((i for i in range(first) if parts[i].level == 1), first)
    return parts[heading : last + 1]


def _is_link_or_notice(part: Part) -> bool:
    return part.linked or bool(_NOTICE.search(part.words))


def _extract(root: Any) -> str:
    import trafilatura

    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return ""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = copy.deepcopy(root)
    text = trafilatura.extract(
        page, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False, output_format="txt"
    )
    return text or ""


def _is_extracted(part: Part, extracted: str) -> bool:
    key = _key(part.words)
    return len(key) >= _LEAST_KNOWN and key[:_KNOWN_BY] in extracted


def _is_prose(part: Part) -> bool:
    return (
        part.kind is Kind.BODY
        and len(part.words) >= _PROSE
        and bool(_SENTENCE.search(part.words))
        and not _NOTICE.search(part.words)
    )


def _key(words: str) -> str:
    return "".join(_WORD.findall(words.casefold()))


def _length(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())
