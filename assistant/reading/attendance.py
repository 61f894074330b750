"""Find the lists in a record that name the participants of a meeting."""

import re
from collections.abc import Sequence

from assistant.reading.lists.find import ItemList, ListItem
from assistant.understanding.attendance import says_attendance
from corpus.document import Kind
from corpus.language.english import HONORIFIC
from corpus.language.scripts import is_cjk
from corpus.outline.plain_words import plain
from corpus.passages import Passage

# "Present: Ada Bo, Cy Day", "**Apologies:** Ada Bo".
_LABEL = re.compile(r"^[*_]*(?P<label>[^\W\d_][^:：.]{2,60})[:：][*_]*\s*\S")
_SEPARATOR = re.compile(r"\s*[,;、，；]\s*(?:and\s+)?|\s+and\s+(?:the\s+)?(?=[A-Z])")
_LEAST_NAMES = 2
_NAME_SHARE = 0.6
_NAME_WORDS = 9
# A longer item of a list is no name with an office.
_NAMES_WORDS = 25
_SENTENCE = re.compile(r"\b[a-z]{2,}[.!?。]\s*$")
# "The participants agreed to:" announces what they will do.
_BEFORE_VERBS = re.compile(r"\b(?:to|by|will|shall)\s*[:：]?[*_]*\s*$")
_TITLE_DOT = re.compile(rf"\b({HONORIFIC})\.\s")


def attendance_lists(passages: Sequence[Passage], lists: Sequence[ItemList]) -> list[ItemList]:
    """Return the lists of participants of a document.

    Args:
        passages: all passages of the document, in order.
        lists: the lists of the document by `assistant.reading.lists.find`.
    """
    announced = [one for one in lists if says_attendance(one.announcement) and not one.columns and _names_most(one)]
    return [*announced, *_paragraph_lists(passages)]


def _names_most(found: ItemList) -> bool:
    """Return True if most items of a list are names and no sentences."""
    if _BEFORE_VERBS.search(found.announcement):
        return False
    sentences = [item for item in found.items if len(item.text.split()) > _NAMES_WORDS or _SENTENCE.search(item.text)]
    return 3 * len(sentences) <= len(found.items)


def _paragraph_lists(passages: Sequence[Passage]) -> list[ItemList]:
    """Return the lists whose groups are paragraphs: below a heading, or labels such as "Present:" in a row."""
    found: list[ItemList] = []
    for at, passage in enumerate(passages):
        if passage.kind is Kind.HEADING and says_attendance(passage.text):
            groups = [p for p in _bodies(passages, at + 1) if is_enumeration(p)]
            pointers: tuple[Passage, ...] = (passage,)
        elif passage.kind is Kind.BODY and says_attendance(label(passage)):
            before = passages[at - 1] if at else None
            if before and before.kind is Kind.BODY and says_attendance(label(before)):
                continue
            groups = [p for p in _bodies(passages, at) if says_attendance(label(p))]
            pointers = (passage,)
        else:
            continue
        if groups:
            items = tuple(ListItem(p, p.words) for p in groups)
            found.append(ItemList(items, passage.text, pointers))
    return found


def _bodies(passages: Sequence[Passage], first: int) -> list[Passage]:
    """Return the paragraphs from a position up to the next passage of another kind."""
    end = next((at for at in range(first, len(passages)) if passages[at].kind is not Kind.BODY), len(passages))
    return list(passages[first:end])


def label(passage: Passage) -> str:
    """Return the words before the colon with which a passage begins; an empty string without them."""
    match = _LABEL.match(plain(passage.words_text))
    return match["label"] if match else ""


def is_enumeration(passage: Passage) -> bool:
    """Return True if a passage names at least two persons, bodies or countries, and hardly anything else."""
    return len(names_in(passage.words_text)) >= _LEAST_NAMES


def names_in(text: str) -> list[str]:
    """Return the names that a text enumerates, the first with what introduces it; none for text that says more."""
    words = _TITLE_DOT.sub(r"\1 ", plain(text))
    match = _LABEL.match(words)
    listed = words[match.end() - 1 :] if match else words
    if not match and _SENTENCE.search(words):
        return []
    parts = [part for part in _SEPARATOR.split(re.sub(r"\([^()]*\)", "", listed)) if part.strip()]
    named = [part for part in parts if (part[:1].isupper() or is_cjk(part)) and len(part.split()) <= _NAME_WORDS]
    return parts if len(named) >= _NAME_SHARE * len(parts) and not re.search(r"[.。]\s+\S", listed) else []
