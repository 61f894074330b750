"""Where on a page the record stands, and where only the site speaks."""

import copy
import logging
import re
from typing import Any

from corpus.document import Kind
from corpus.readers.blocks import Part

# Places that pages name as the ones of their text, the surest first.
_NAMED = (
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
# Larger pages are taken whole: the search for their main text costs more than a menu in front of so much text.
_MOST_ELEMENTS = 20_000
_WORD = re.compile(r"[^\W_]+")
_KNOWN_BY = 60
_LEAST_KNOWN = 15
_PROSE = 120
_SENTENCE = re.compile(r"[.!?。！？]['\"”’」）)]*$")
_NOTICE = re.compile(r"cookie|クッキー|javascript|copyright|©|all rights reserved|著作権", re.IGNORECASE)


def main_element(root: Any) -> Any | None:
    """The one element that the page names as its main text; None where it names none, or several alike."""
    whole = _length(root)
    for path in _NAMED:
        found = root.xpath(path)
        # Of one inside another the outer holds the title.
        outer = [element for element in found if not any(parent in found for parent in element.iterancestors())]
        if len(outer) == 1 and _length(outer[0]) >= min(_LEAST_CHARACTERS, _LEAST_SHARE * whole):
            return outer[0]
    return None


def without_surroundings(parts: list[Part], root: Any) -> list[Part]:
    """The parts from the first to the last that belong to the main text, by trafilatura's judgement.

    It judges well where an article begins and ends, but leaves out repeated lines, short ones and rows of tables:
    so it only sets the two ends, and nothing between them is lost. What follows them without a link or notice between
    is kept too (a date, whom to contact), and so is any other paragraph of sentences.

    Source: Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction",
    ACL 2021.
    """
    extracted = _key(_extracted(root))
    chosen = [i for i, part in enumerate(parts) if _known(part, extracted) or _is_prose(part)]
    if not chosen:
        return parts
    first, last = chosen[0], chosen[-1]
    while first and not _leads_away(parts[first - 1]):
        first -= 1
    while last + 1 < len(parts) and not _leads_away(parts[last + 1]):
        last += 1
    while last > first and parts[last].level and last not in chosen:
        last -= 1  # over what only leads away
    heading = next((i for i in range(first) if parts[i].level == 1), first)
    return parts[heading : last + 1]


def _leads_away(part: Part) -> bool:
    return part.linked or bool(_NOTICE.search(part.words))


def _extracted(root: Any) -> str:
    import trafilatura

    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return ""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = copy.deepcopy(root)
    found = trafilatura.extract(
        page, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False, output_format="txt"
    )
    return found or ""


def _known(part: Part, extracted: str) -> bool:
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
