"""Find the names in records in Latin letters that a Japanese name may be: 武田 "Takeda", トリエステ "Trieste".

A name in kanji matches a romanization of one of its readings alone. A name in katakana matches the names that sound
most alike, within `LIMITS`. Where several fit, all are meant.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.speakers.matching import name_titles
from assistant.understanding.spelling import by_first_letter
from corpus.document import Document
from corpus.kept import text_without_case
from corpus.language.countries import is_country
from corpus.language.english import english_words
from corpus.language.japanese.alike import distance
from corpus.language.japanese.kana import kana_sounds
from corpus.language.japanese.latin import first_letters, long_vowels_short, name_sounds, roman_sounds
from index.search.filters import places_of
from index.snapshot import Snapshot

# Most sounds of a name in katakana with the limit of its distance. Of 74 well-known names that 269 records have, 59 are
# found with it, 5 are taken for another and 10 for none; of 30 that no record has, 5 are taken for another.
LIMITS = ((4, 0.03), (6, 0.045), (100, 0.09))
# Names of nearly the same distance as the nearest are meant as well: "Johnson" and "Jonson".
_NEARLY = 0.005
# A name up to as many limits from one of the records may be that in a spelling that the rules do not know.
_MAYBE = 1.5
# Limit of a name that stands beside another one of the same person.
_BESIDE = 0.25
# Least letters of a name of the records; shorter ones are too often others.
_SHORTEST = 3
_TWO_WORDS = re.compile(r"(?=\b([A-Z][a-z]+\s[A-Z][a-z]+)\b)")
_PLACE_BEFORE = frozenset(("in", "at", "to"))
# Characters around a word that show what stands beside it.
_AROUND = 40


@dataclass(frozen=True, slots=True)
class RecordNames:
    """The names of the records that a name may be.

    Attributes:
        names: as the records write them.
        is_maybe: True if none is near enough, but one sounds so much alike that it may be the name.
    """

    names: tuple[str, ...] = ()
    is_maybe: bool = False


def names_read(readings: Iterable[str], snapshot: Snapshot, documents: Sequence[Document]) -> RecordNames:
    """Return the names that romanize one of some readings in katakana, short or long vowels alike."""
    sounds = [kana_sounds(reading) for reading in readings]
    exact = {long_vowels_short(sound) for sound in sounds}
    words = _words_for({sound[:1] for sound in sounds}, snapshot.words)
    found = sorted(word for word in words if roman_sounds(word) in exact)
    return RecordNames(_as_written([(0.0, word) for word in found], {}, documents))


def names_alike(kana: str, snapshot: Snapshot, documents: Sequence[Document]) -> RecordNames:
    """Return the names that sound most like a name in katakana."""
    sounds, pairs = kana_sounds(kana), _pairs(documents)
    return _nearest(sounds, (*pairs, *_words_for({sounds[:1]}, snapshot.words)), pairs, documents)


def names_beside(kana: str, known: str, documents: Sequence[Document]) -> RecordNames:
    """Return the names that stand beside a known one in the records and sound like a name in katakana: given names."""
    pattern = re.compile(rf"\b([A-Z]\w+)\s+{re.escape(known)}\b|\b{re.escape(known)}\s+([A-Z]\w+)\b", re.IGNORECASE)
    having = [document for document in documents if known.casefold() in text_without_case(document)]
    words = {match[1] or match[2] for d in having for match in pattern.finditer(f"{d.title}\n{d.text}")}
    far = sorted((distance(kana_sounds(kana), name_sounds(word), _BESIDE), word) for word in words)
    return RecordNames(tuple(word for distance_, word in far[:1] if distance_ <= _BESIDE))


def pairs_alike(kana: str, documents: Sequence[Document]) -> RecordNames:
    """Return the names of two words in titles and places of records that sound most like katakana: "Camp David"."""
    pairs = _pairs(documents)
    return _nearest(kana_sounds(kana), pairs, pairs, documents)


def _nearest(sounds: str, words: Iterable[str], pairs: dict[str, str], documents: Sequence[Document]) -> RecordNames:
    limit = next(limit for most, limit in LIMITS if len(sounds.replace("-", "")) <= most)
    reach = _MAYBE * limit
    near = sorted((far, word) for word in words if (far := distance(sounds, name_sounds(word), reach)) <= reach)
    found = _as_written([(far, word) for far, word in near if far <= limit], pairs, documents)
    return RecordNames(found, not found and bool(_as_written(near, pairs, documents)))


def _words_for(sounds: Iterable[str], words: frozenset[str]) -> Iterator[str]:
    """Yield the words of the records that begin with a letter for one of some sounds."""
    for letter in sorted({letter for sound in sounds for letter in first_letters(sound)}):
        yield from (w for w in by_first_letter(words).get(letter, ()) if len(w) >= _SHORTEST and w.isalpha())


def _pairs(documents: Sequence[Document]) -> dict[str, str]:
    """Return the names of two words in titles and places of records, by their letters without the space."""
    return _two_words(frozenset(text for document in documents for text in (document.title, *places_of(document))))


@lru_cache(maxsize=4)
def _two_words(texts: frozenset[str]) -> dict[str, str]:
    pairs = (" ".join(match[1].split()) for text in texts for match in _TWO_WORDS.finditer(text))
    return {pair.replace(" ", "").lower(): pair for pair in pairs}


def _as_written(
    found: Sequence[tuple[float, str]], pairs: dict[str, str], documents: Sequence[Document]
) -> tuple[str, ...]:
    """Return the nearest of some words that are names, as the records write them.

    Args:
        found: distances with their words, the nearest first.
        pairs: the names of two words, by their letters without the space.
        documents: the records.
    """
    names: list[str] = []
    nearest: float | None = None
    for far, word in found:
        if nearest is not None and far > nearest + _NEARLY:
            break
        if written := pairs.get(word) or _as_name(word, documents):
            nearest = far if nearest is None else nearest
            names.append(written)
    return tuple(dict.fromkeys(names))


def _as_name(word: str, documents: Sequence[Document]) -> str | None:
    """Return a word as the records write it if it is a name in them, else None.

    One that they also write with a small letter is a name only behind a title, and an English word besides in the place
    of a meeting, behind "in", "at" or "to", or behind another name and before none.
    """
    if is_country(word):
        return None  # its Japanese name is known
    having = [document for document in documents if word in text_without_case(document)]
    uses = [use for document in having for use in _uses(word, document)]
    forms = Counter(use.form for use in uses)
    written = [form for form, _ in forms.most_common() if _is_capitalized(form)]
    if not written:
        return None
    if any(form[0].islower() for form in forms):
        is_name = any(use.is_titled for use in uses)
    elif word in english_words():
        is_name = any(use.is_titled or use.is_alone for use in uses)
        is_name |= any(word in place.casefold() for document in having for place in places_of(document))
    else:
        is_name = True
    shown = written[0].capitalize() if written[0].isupper() else written[0]
    return shown if is_name else None


@dataclass(frozen=True, slots=True)
class _Use:
    """A word in a record.

    Attributes:
        form: the word as written.
        is_titled: True with a capital behind a title or an office.
        is_alone: True with a capital behind "in", "at" or "to", or behind another name and before none.
    """

    form: str
    is_titled: bool
    is_alone: bool


def _uses(word: str, document: Document) -> Iterator[_Use]:
    """Yield the uses of a word in a record, without those in web addresses."""
    text = f"{document.title}\n{document.text}"
    for match in re.finditer(rf"(?<![-/.@_])\b{re.escape(word)}\b(?![-/@_])", text, re.IGNORECASE):
        is_large = match[0][0].isupper()
        before = text[max(0, match.start() - _AROUND) : match.start()].split()[-1:]
        previous = "".join(before)
        follows = previous[:1].isupper() and (previous[-1:].isalpha() or previous[1:] == ".")
        is_last = not re.match(r"[ \t]+[A-Z]", text[match.end() : match.end() + _AROUND])
        plain = previous.rstrip(".").casefold()
        is_titled = is_large and plain in name_titles()
        yield _Use(match[0], is_titled, is_large and is_last and (follows or plain in _PLACE_BEFORE))


def _is_capitalized(form: str) -> bool:
    """Return True for "Takeda", "McCoy" and "TAKEDA", not for the short capitals of an abbreviation."""
    small = sum(map(str.islower, form))
    return form[0].isupper() and (2 * small >= len(form) or (not small and len(form) > _SHORTEST))
