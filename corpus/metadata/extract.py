"""Make a document of a file's text and its facts: those that it states, its first lines, language and file name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.content import Content
from corpus.document import Block, Document, Kind, Source
from corpus.errors import CorpusError
from corpus.facts import DAYS, LONGEST, Fact, choose_facts, facts_of_meeting_days, is_made_up, replace_facts
from corpus.language.dates import find_date_ranges
from corpus.language.identify import language_of
from corpus.language.organizations import forum_in, is_organization
from corpus.metadata.first_lines import facts_in_first_lines, title_of
from corpus.metadata.head_facts import facts_of_head
from corpus.metadata.meeting_days import meeting_days, name_for_days
from corpus.metadata.record_kind import RECORDINGS, words_of
from corpus.outline.outline import outline
from corpus.outline.plain_words import fold, plain
from corpus.span import trim

_TITLE_CHARACTERS = 200
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
_MODES = {
    "virtual": "online",
    "virtually": "online",
    "video conference": "online",
    "videoconference": "online",
    "in-person": "in person",
    "face to face": "in person",
    "face-to-face": "in person",
    "オンライン": "online",
    "対面": "in person",
    "ハイブリッド": "hybrid",
}
_HEAD = 3_000
_AUTHORED = frozenset(
    {"PDF information", "Word properties", "Excel properties", "PowerPoint properties", "OpenDocument properties"}
)
_SITE_MARK = re.compile(r"\s+(?:[|\-–—·•:»>]|::)\s+|\s*[|｜：]\s*")
_ORIGIN = "file name"
# A day in a name may be the meeting's or the release's; these words decide.
_RELEASE = re.compile(
    r"\b(?:press|news|release|statement|communiqu[eé]|declaration|fact ?sheet|readout|remarks|announcement|briefing)\b"
    r"|報道|共同声明|声明|宣言|プレスリリース|発表",
    re.IGNORECASE,
)


def make_document(content: Content, name: str, source: Source, trusted_facts: Iterable[Fact] = ()) -> Document:
    """Make a document of a file's content and extract its facts.

    Args:
        content: the text, its structure, and the facts that the file states.
        name: of the document.
        source: of the text; its address is replaced by the one among the facts.
        trusted_facts: more trustworthy facts than the file's own, such as those of `records.toml`.

    Raises:
        CorpusError: there is no text behind the front matter.
    """
    text = content.text
    if trim(text, content.start, len(text)) is None:
        raise CorpusError(f"{name}: the file has only front matter")
    stated = _stated(content, trusted_facts)
    blocks = _outline(content, stated)
    title = next((str(f.value) for f in stated if f.name == "title" and f.value), None)
    published = next((f.value for f in stated if f.name == "published" and isinstance(f.value, date)), None)
    language = list(language_of(text, content.start))
    own_title = title or title_of(text, blocks) or ""
    days = meeting_days(text, blocks, own_title, name, published, "".join(str(fact.value) for fact in language))
    facts = (
        *stated,
        *language,
        *days.facts,
        *facts_in_first_lines(text, blocks, title, published, days.is_of_meeting),
        *facts_in_name(name),
        Fact("title", name, _ORIGIN),
    )
    facts = (*facts, *facts_of_head(Document(name, name, text, blocks, source), days.is_of_meeting, facts))
    is_told = any(fact.name == "meeting_date" for fact in stated)
    warnings = content.warnings if is_told else (*content.warnings, *days.warnings)
    return document_with_facts(replace(content, blocks=blocks, warnings=warnings), name, source, facts)


def _stated(content: Content, trusted_facts: Iterable[Fact]) -> list[Fact]:
    """Return the trusted facts and those that the file states, in the form that is stored."""
    # An empty value of a user means that there is no such fact; an empty value of a file means nothing.
    ordered = (*trusted_facts, *(fact for fact in content.facts if fact.value))
    stated = [clean for fact in ordered if (clean := _clean(fact))]
    stated = [fact for fact in stated if not _is_creation_day(fact, content.text, content.start)]
    return list(_without_site(stated, content.blocks, content.text))


def document_with_facts(content: Content, name: str, source: Source, facts: Sequence[Fact]) -> Document:
    """Make a document of a text with these facts and no others.

    Args:
        content: the text and its structure; its own facts are ignored.
        name: of the document, and its title where no fact states one.
        source: of the text.
        facts: the more trustworthy first.
    """
    best = choose_facts(facts)
    if "meeting_date" in best:  # a meeting without a last day has one day
        best.setdefault("meeting_end", replace(best["meeting_date"], name="meeting_end"))
    bare = Document(
        name, name, content.text, _outline(content, facts), source, pages=content.pages, warnings=content.warnings
    )
    values = {fact.name: fact.value for fact in best.values()}
    return replace_facts(bare, values, {fact.name: fact.origin for fact in best.values()})


def _outline(content: Content, facts: Sequence[Fact]) -> tuple[Block, ...]:
    """Return the outline that the file's format states, else the one derived from the text and the stated title."""
    if content.blocks is not None:
        return content.blocks
    title = next((str(fact.value) for fact in facts if fact.name == "title" and fact.value), None)
    return outline(content.text, title, content.start)


def _clean(fact: Fact) -> Fact | None:
    """Return a fact of a file in the form that is stored; None for an invalid one."""
    if isinstance(fact.value, date) or fact.name in DAYS:
        fits = (fact.name in DAYS) and (isinstance(fact.value, date) or fact.value == "")
        return fact if fits else None
    if not fact.value:
        return fact
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in fact.value)
    words = " ".join("".join(c for c in shown if unicodedata.category(c) not in ("Cf", "Cs")).split())
    words = words[: _TITLE_CHARACTERS if fact.name == "title" else LONGEST]
    return replace(fact, value=words) if (words := _normalize(fact, words)) else None


def _normalize(fact: Fact, words: str) -> str:
    """Return the words of a fact in the form that is stored; "" for invalid ones."""
    if fact.name == "title":
        return "" if fact.origin != "front matter" and is_made_up(words) else words
    if fact.name == "publisher" and fact.origin in _AUTHORED:
        return words if is_organization(words) else ""
    if fact.name == "publisher" and words.startswith(("http://", "https://", "@")):
        return ""
    if fact.name == "address":
        return words if _ADDRESS.fullmatch(words) else ""
    if fact.name == "language":
        match = _LANGUAGE.fullmatch(words)
        return match.group(1).lower() if match else ""
    if fact.name == "mode":
        return _MODES.get(words.lower(), words.lower() if words.lower() in _MODES.values() else words)
    return (forum_in(words) or words) if fact.name == "forum" else words


def _is_creation_day(fact: Fact, text: str, start: int) -> bool:
    """Return True for the creation day of a PDF or Word file that the first lines do not repeat."""
    if fact.name != "published" or fact.origin not in _AUTHORED:
        return False
    head = unicodedata.normalize("NFKC", text[start : start + _HEAD])
    return not any(days.resolve() == (fact.value, fact.value) for days in find_date_ranges(head))


def _without_site(facts: list[Fact], blocks: tuple[Block, ...] | None, text: str) -> Iterator[Fact]:
    """Yield the facts, a web page's title without the name of the site behind it."""
    publisher = next((str(f.value) for f in facts if f.name == "publisher" and f.value), None)
    names = {fold(n) for n in _names(publisher)} if publisher else set()
    heads = {fold(b.words.of(text)) for b in blocks or () if b.kind in (Kind.TITLE, Kind.HEADING)}
    for fact in facts:
        if fact.name == "title" and fact.origin == "HTML metadata" and isinstance(fact.value, str):
            yield replace(fact, value=_shorten_title(fact.value, names, heads))
        else:
            yield fact


def _names(publisher: str) -> Iterator[str]:
    """Yield the names of a publisher: for "Ministry of X (MX), Japan" also "Ministry of X" and "MX"."""
    yield publisher
    inside = publisher.partition("(")[2].partition(")")[0]
    before = publisher.partition("(")[0].partition(",")[0].strip()
    yield from (name for name in (inside, before, publisher.partition(",")[0]) if name)


def _shorten_title(title: str, names: set[str], heads: set[str]) -> str:
    marks = list(_SITE_MARK.finditer(title))
    for mark in marks:  # the page's own heading precedes the mark
        if fold(title[: mark.start()]) in heads:
            return plain(title[: mark.start()])
    while marks and fold(title[marks[-1].end() :]) in names:
        title = title[: marks.pop().start()]
    if marks and fold(title[: marks[0].start()]) in names:
        title = title[marks[0].end() :]
    return title


def facts_in_name(name: str) -> Iterator[Fact]:
    """Yield the forum of a file's name; and its day, if the name says that it is a release or minutes.

    Args:
        name: of the file, with its suffix.
    """
    words = name_for_days(name)
    # Names are mostly in lower case; "itu" alone is a word of Indonesian.
    forum = forum_in(words.upper())
    if forum and (forum != "ITU" or "ITU" in words):
        yield Fact("forum", forum, _ORIGIN)
    days = [period for mention in find_date_ranges(words) if (period := mention.resolve())]
    if len(days) != 1:
        return
    if words_of("minutes").search(words) or name.lower().endswith(RECORDINGS):
        yield from facts_of_meeting_days(days[0], _ORIGIN)
    elif _RELEASE.search(words) and days[0][0] == days[0][1]:
        yield Fact("published", days[0][0], _ORIGIN)
