"""Find the names in a Japanese text, with all their readings in katakana.

The dictionary of Sudachi says which words are names and how their kanji may be read. It is loaded for the first text
with kanji or katakana. A word in katakana that it does not have may be a name, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.language.scripts import KANJI, KATAKANA
from corpus.language.word_lists import word_sets

_JAPANESE = re.compile(f"[{KANJI}{KATAKANA}]")
_IN_KATAKANA = re.compile(f"[{KATAKANA}]+")
_IN_KANJI = re.compile(f"[{KANJI}]+")
# Parts of speech of the dictionary.
_NAME, _PERSON = "固有名詞", "人名"


@dataclass(frozen=True, slots=True)
class JapaneseName:
    """A name in a Japanese text, or a word in katakana that may be one.

    Attributes:
        start: the position of its first character.
        end: the position behind its last.
        readings: its readings in katakana; of a name in katakana that itself.
        is_certain: True if the dictionary has it as a name of a person or a place, or a title stands behind it.
    """

    start: int
    end: int
    readings: tuple[str, ...]
    is_certain: bool

    def is_kana(self, text: str) -> bool:
        """Return True if the name is written in katakana, as foreign names are."""
        return _IN_KATAKANA.fullmatch(text, self.start, self.end) is not None


def japanese_names(text: str) -> list[JapaneseName]:
    """Return the names of persons, places and bodies in a Japanese text, in order; family and given name are two."""
    if not _JAPANESE.search(text):
        return []
    words = list(_dictionary().tokenizer().tokenize(text))
    found: list[JapaneseName] = []
    for run in _runs(words):
        start, end = run[0].begin(), run[-1].end()
        if _IN_KATAKANA.fullmatch(text, start, end):
            found.extend(_in_katakana(run, text))
        elif _IN_KANJI.fullmatch(text, start, end) and (name := _in_kanji(run[0], text)):
            found.append(name)
    return found


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="small")


def _runs(words: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the words of a text one by one, those of a run of katakana together."""
    run: list[Any] = []
    for word in words:
        is_kana = _IN_KATAKANA.fullmatch(word.surface()) is not None
        if run and not (is_kana and _IN_KATAKANA.fullmatch(run[-1].surface())):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _in_katakana(run: list[Any], text: str) -> Iterator[JapaneseName]:
    """Yield the names in a run of katakana: the whole where a word is unknown, or each name among common words."""
    common = [word for word in run if not (word.is_oov() or _is_name(word))]
    is_titled = _has_title(text, run[-1].end())
    parts = [[word] for word in run if word not in common] if common and not is_titled else [run]
    for part in parts:
        start, end = part[0].begin(), part[-1].end()
        is_certain = is_titled or (len(part) == 1 and _is_name(part[0]) and not part[0].is_oov())
        yield JapaneseName(start, end, (text[start:end],), is_certain)


def _in_kanji(word: Any, text: str) -> JapaneseName | None:
    """Return a word in kanji that is a name, with the readings of all names that are written so."""
    is_titled = _has_title(text, word.end())
    entries = [entry for entry in _dictionary().lookup(word.surface()) if _is_name(entry)]
    if not entries or not (_is_name(word) or is_titled):
        return None
    readings = tuple(dict.fromkeys((word.reading_form(), *(entry.reading_form() for entry in entries))))
    is_certain = is_titled and any(entry.part_of_speech()[2] == _PERSON for entry in entries)
    return JapaneseName(word.begin(), word.end(), readings, is_certain)


def _is_name(word: Any) -> bool:
    return bool(word.part_of_speech()[1] == _NAME)


def _has_title(text: str, end: int) -> bool:
    """Return True if a form of address or an office stands at a position."""
    return text.startswith(japanese_titles(), end)


@cache
def japanese_titles() -> tuple[str, ...]:
    """Return what stands behind a person's name: forms of address and offices, the longer before the shorter."""
    return tuple(sorted((title for line in word_sets("titles_ja.txt") for title in line), key=len, reverse=True))
