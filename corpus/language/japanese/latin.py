"""Spell a name in Latin letters as sounds: as romanized Japanese, or as any European name, of which a letter may sound
in several ways.

The sounds are those of `kana`. Other capitals than S and C stand for what sounds in several ways: X "ch", J "g" before
"e", I "s" before "i", T "th", Z "z", V, W, Q "j", and G "gh".
"""

import re
from functools import lru_cache

from corpus.language.persons import without_accents

_VOWEL = "aiueo"
# How romanizations write one sound: Hepburn, Kunrei and what passports write.
_ROMAN = (
    (r"(.)\1+", r"\1"),
    (r"ou|oh(?![aiueo])", "o"),
    (r"tch|ch|[tc]y|t(?=i)", "C"),
    (r"ts|t(?=u)", "c"),
    (r"sh|sy|s(?=i)", "S"),
    (r"dj|jy|zy|[zd](?=i)", "j"),
    (r"dz|d(?=u)", "z"),
    (r"h(?=u)", "f"),
    (r"m(?=[bpm])", "n"),
    (r"l", "r"),
    (r"[^a-zCS]", ""),
    (r"(.)\1+", r"\1"),
)
# Spellings of European languages with their sounds; the longest goes first at each place.
_SPELLINGS = {
    "tsch": "C",
    "sch": "S",
    "tch": "C",
    "chr": "kr",
    "ch": "X",
    "ck": "k",
    "cz": "C",
    "cs": "C",
    "ce": "se",
    "ci": "si",
    "cy": "si",
    "c": "k",
    "dge": "je",
    "eau": "o",
    "ee": "i",
    "oo": "u",
    "ge": "Je",
    "gi": "Ji",
    "gy": "Ji",
    "gh": "G",
    "gu": "gu",
    "l": "r",
    "ph": "f",
    "qu": "kw",
    "q": "k",
    "rh": "r",
    "sh": "S",
    "sz": "S",
    "th": "T",
    "tz": "Z",
    "ts": "Z",
    "v": "V",
    "wh": "W",
    "wr": "r",
    "w": "W",
    "x": "ks",
    "j": "Q",
    "z": "Z",
    "ye": "ye",
    "ya": "ya",
    "yo": "yo",
    "yu": "yu",
    "y": "i",
}
_SPELLING = re.compile("|".join(sorted(_SPELLINGS, key=len, reverse=True)))
_BEFORE = ((r"^kn", "n"), (r"^ng", "g"), (r"^ps", "s"), (r"^mc", "mak"), (r"^x", "z"), (r"(?<=[ei])r(?![aeiouy])", "-"))
# Letters that `without_accents` keeps.
_LETTERS = str.maketrans({"ø": "o", "ß": "ss", "ł": "w", "đ": "d", "ð": "d", "þ": "th", "æ": "e", "œ": "e", "ı": "i"})


# The letters with which a name may begin whose first sound in kana is this one.
_FIRST_LETTERS = {
    "a": "aeiou",
    "i": "iyej",
    "u": "uwovy",
    "e": "eaijy",
    "o": "oauw",
    "k": "kcqxg",
    "s": "scztpx",
    "S": "scj",
    "t": "tz",
    "C": "ctzx",
    "c": "tzc",
    "n": "nkmgp",
    "h": "hfxjwg",
    "f": "fphvw",
    "m": "mn",
    "y": "yji",
    "r": "rlwh",
    "w": "wvuoh",
    "g": "gk",
    "z": "zsxdtj",
    "j": "jgzdx",
    "d": "d",
    "b": "bvw",
    "p": "p",
}


def first_letters(sound: str) -> str:
    """Return the letters with which a name may begin whose first sound is one of kana."""
    return _FIRST_LETTERS.get(sound, "")


def long_vowels_short(sounds: str) -> str:
    """Return the sounds of a reading in kana with long vowels short, as romanizations often write them."""
    short = re.sub("ou", "o", re.sub(r"(.)\1+", r"\1", sounds.replace("-", "")))
    return re.sub(r"(.)\1+", r"\1", short)


@lru_cache(maxsize=65536)
def roman_sounds(word: str) -> str:
    """Return the sounds of a word as a romanization of Japanese, in which long vowels are short."""
    sounds = _plain(word)
    for pattern, sound in _ROMAN:
        sounds = re.sub(pattern, sound, sounds)
    return sounds


@lru_cache(maxsize=65536)
def name_sounds(word: str) -> str:
    """Return the sounds of a word in Latin letters as a name of some European language."""
    plain = re.sub(r"([^aiueo])\1+", r"\1", re.sub("[^a-z]", "", _plain(word)))
    for pattern, sound in _BEFORE:
        plain = re.sub(pattern, sound, plain)
    sounds = _SPELLING.sub(lambda spelling: _SPELLINGS[spelling[0]], plain)
    return re.sub("s(?=[ei])", "I", re.sub("[ei]-", "ar", sounds))


def _plain(word: str) -> str:
    return without_accents(word.lower().translate(_LETTERS))
