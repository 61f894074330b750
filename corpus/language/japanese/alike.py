"""Measure how far a name in katakana sounds from one in Latin letters: 0 is the same, 1 has nothing in common.

The measure is a weighted edit distance between sounds, divided by the number of sounds of the longer name. Katakana
add a vowel behind most consonants and write "l" like "r" and "v" like "b", so such differences cost little.
"""

_VOWELS = frozenset("aiueo")
# The sounds of kana that a sound of Latin letters may be; other sounds are only themselves.
_MAY_BE = {
    "X": "XkCSh",
    "J": "gjz",
    "T": "stz",
    "Z": "zcsjt",
    "V": "bf",
    "W": "wbuv",
    "Q": "jyhi",
    "G": "gh",
    "f": "fh",
    "t": "tCc",
    "I": "sSzj",
    "s": "sz",
    "d": "dj",
    "z": "zj",
    "m": "mn",
    "i": "iy",
    "u": "uwy",
    "w": "wu",
    "y": "yi",
}
_KIN = tuple(map(frozenset, ("sSzcCjt", "bpfhw", "kgh", "tdcCj", "mn")))
_NEAR_VOWELS = tuple(map(frozenset, ("ei", "ae", "ao", "au", "ou", "eo", "eu")))
# The vowel that katakana add behind a consonant; behind others it is "u".
_ADDED = {"t": "o", "d": "o", "S": "iu", "C": "i", "j": "i", "k": "ui"}

_SLIGHT, _LITTLE, _SOME, _HALF, _WHOLE = 0.05, 0.15, 0.35, 0.6, 1.0


def distance(kana: str, name: str, limit: float = _WHOLE) -> float:
    """Return the distance of two names; 1 for one over the limit.

    Args:
        kana: the sounds of the name in katakana, see `kana.kana_sounds`.
        name: those of the name in Latin letters, see `latin.name_sounds`.
        limit: the largest distance that is wanted.
    """
    length = max(len(kana.replace("-", "")), len(name))
    if not kana or not name or _changed(kana[0], name[0]) > (_LITTLE if kana[0] in _VOWELS else _SLIGHT):
        return _WHOLE  # other names begin otherwise
    added = [_added(kana, at) for at in range(len(kana))]
    left_out = [_left_out(name, at) for at in range(len(name))]
    row = [0.0]
    for cost in left_out:
        row.append(row[-1] + cost)
    for sound, cost in zip(kana, added, strict=True):
        above, row = row, [row[0] + cost]
        for at, letter in enumerate(name):
            row.append(min(above[at] + _changed(sound, letter), above[at + 1] + cost, row[at] + left_out[at]))
        if min(row) > limit * length:
            return _WHOLE
    return min(_WHOLE, row[-1] / length)


def _changed(sound: str, letter: str) -> float:
    """Return the cost of a sound of kana for one of Latin letters."""
    if sound == letter or (sound, letter) == ("-", "r"):
        return 0.0
    if sound in _MAY_BE.get(letter, ""):
        return _SLIGHT
    pair = {sound, letter}
    if pair <= _VOWELS:
        return _LITTLE if pair in _NEAR_VOWELS else _SOME
    if pair == {"s", "S"}:
        return _LITTLE
    return _HALF if any(pair <= kin for kin in _KIN) else _WHOLE


def _added(kana: str, at: int) -> float:
    """Return the cost of a sound of kana that has no letter."""
    sound, before = kana[at], kana[at - 1] if at else ""
    if sound == "-":
        return _SLIGHT
    if sound in _VOWELS:
        if sound == "a" and kana[at + 1 : at + 2] == "i":
            return _LITTLE  # the "i" of "Biden"
        if before in _VOWELS or before in ("", "-"):
            return _SOME
        return _SLIGHT if sound in _ADDED.get(before, "u") else _SOME
    return _LITTLE if sound in "yw" else _HALF if sound == "n" else _WHOLE


def _left_out(name: str, at: int) -> float:
    """Return the cost of a sound of Latin letters that has no kana."""
    sound, before, behind = name[at], name[at - 1] if at else "", name[at + 1] if at + 1 < len(name) else ""
    if sound in _VOWELS:
        is_silent = before in _VOWELS or (sound == "e" and not behind)
        return _SLIGHT if is_silent and at else _SOME
    if sound in "hG" or (sound in "rW" and behind not in _VOWELS and at):
        return _SLIGHT
    if sound == "g" and before == "n":
        return _LITTLE
    if sound == "J" or (sound == "s" and not behind):
        return _SOME
    return _HALF if not behind or sound in "ngdt" else _WHOLE
