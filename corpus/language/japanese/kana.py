"""Spell katakana as sounds, one character a sound, so that a name can be compared with one in Latin letters.

A capital is one sound that Latin letters write with two: S "sh", C "ch"; "c" is "ts". Behind a long vowel stands "-".
"""

import unicodedata
from itertools import chain

_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "s": "サ　スセソ",
    "t": "タ　　テト",
    "n": "ナニヌネノ",
    "h": "ハヒ　ヘホ",
    "m": "マミムメモ",
    "y": "ヤ　ユ　ヨ",
    "r": "ラリルレロ",
    "w": "ワヰ　ヱヲ",
    "g": "ガギグゲゴ",
    "z": "ザ　ズゼゾ",
    "d": "ダ　　デド",
    "b": "バビブベボ",
    "p": "パピプペポ",
}
_OTHERS = {
    "シ": "Si",
    "チ": "Ci",
    "ツ": "cu",
    "フ": "fu",
    "ジ": "ji",
    "ヂ": "ji",
    "ヅ": "zu",
    "ヴ": "bu",
    "ン": "n",
    "ー": "-",
}
_SOUNDS = _OTHERS | dict(
    chain.from_iterable(
        ((kana, consonant + vowel) for kana, vowel in zip(row, "aiueo", strict=True) if kana != "　")
        for consonant, row in _ROWS.items()
    )
)
# A small kana replaces the vowel of the kana before: キャ is "kya", ファ "fa", ティ "ti".
_SMALL = {"ャ": "a", "ュ": "u", "ョ": "o", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ヮ": "a"}
_PALATAL = frozenset("ャュョ")
# Consonants that a small kana of ャ, ュ, ョ makes no softer.
_SOFT = frozenset("SCj")
_GLIDES = {"u": "w", "i": "y"}


def kana_sounds(kana: str) -> str:
    """Return the sounds of katakana; a double consonant is one sound, and what is no katakana none."""
    sounds: list[str] = []
    for letter in unicodedata.normalize("NFKC", kana):
        if letter in _SMALL and sounds and sounds[-1][-1:] in ("a", "i", "u", "e", "o"):
            sounds[-1] = _with_small(sounds[-1], letter)
        else:
            sounds.append(_SOUNDS.get(letter, ""))
    return "".join(sounds)


def _with_small(sound: str, small: str) -> str:
    """Return the sounds of a kana with the small one behind it."""
    consonant, vowel = sound[:-1], sound[-1]
    if not consonant:
        return _GLIDES.get(vowel, "") + _SMALL[small]
    glide = "y" if small in _PALATAL and consonant not in _SOFT else "w" if consonant in "kg" else ""
    return consonant + glide + _SMALL[small]
