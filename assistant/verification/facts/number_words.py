"""Find the numbers from 3 to 99 that a text writes in French, German or Spanish words."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.language.word_lists import word_list

_FRENCH = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
    " dix-neuf"
).split()
_FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
_GERMAN = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
).split()
_GERMAN_TENS = {
    10 * tens: name
    for tens, name in enumerate("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(), start=2)
}
_SPANISH = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete"
    " veintiocho veintinueve"
).split()
_SPANISH_TENS = {
    30: "treinta",
    40: "cuarenta",
    50: "cincuenta",
    60: "sesenta",
    70: "setenta",
    80: "ochenta",
    90: "noventa",
}
_LEAST = 3
# Words that are also English ones: they count where the text has more small words of their language than English ones.
_AMBIGUOUS = {"six": "", "elf": "de", "once": "es", "quince": "fr es", "seize": "fr", "vier": "de", "tres": "es"}
_ONE_AND_TWO = {
    "de": {"1": "ein eine einer einem einen eines eins".split(), "2": "zwei zweier zweien".split()},
    "fr": {"1": ["un", "une"], "2": ["deux"]},
    "es": {"1": ["un", "una", "uno"], "2": ["dos"]},
}
_WORD = re.compile(r"[^\W\d_]+")


def number_words(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the numbers in words of a text, each in digits with its range; English ones are not looked for."""
    at, language = 0, None
    for first in _WORD.finditer(text):
        m = _pattern().match(text, first.start()) if first.group().casefold() in _first_words() else None
        if m is None or first.start() < at:
            continue
        at, language = m.end(), _language(text) if language is None else language
        word = re.sub(r"[-\s]+", "-", m.group().casefold())
        if word not in _AMBIGUOUS or language in _AMBIGUOUS[word].split():
            yield _values()[word], m.span()


def says_one_or_two(figure: str, text: str, language: str | None) -> bool:
    """Return True if a French, German or Spanish text has the word of 1 or 2, which is an article, too."""
    words = _ONE_AND_TWO.get(language or "", {}).get(figure)
    return words is not None and any(m.group().casefold() in words for m in _WORD.finditer(text))


@cache
def _values() -> dict[str, str]:
    """Return the numbers by their words, with a hyphen between parts."""
    values = {word: n for names in (_FRENCH, _GERMAN, _SPANISH) for n, word in enumerate(names) if n >= _LEAST}
    for tens, name in _FRENCH_TENS.items():
        plain = f"{name}s" if tens == 80 else name
        values[plain] = tens
        last = 19 if tens in (60, 80) else 9
        for unit in range(1, last + 1):
            joined = f"{name}-et-{_FRENCH[unit]}" if unit in (1, 11) and tens != 80 else f"{name}-{_FRENCH[unit]}"
            values[joined] = tens + unit
            values[f"{joined}e"] = tens + unit  # "vingt et une"
    for tens, name in _GERMAN_TENS.items():
        values[name] = tens
        values |= {f"{_GERMAN[unit]}und{name}": tens + unit for unit in range(1, 10)}
    for tens, name in _SPANISH_TENS.items():
        values[name] = tens
        values |= {f"{name}-y-{_SPANISH[unit]}": tens + unit for unit in range(1, 10)}
    return {word: str(value) for word, value in values.items()}


@cache
def _pattern() -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\-", r"[-\s]") for word in sorted(_values(), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.partition("-")[0] for word in _values())


def _language(text: str) -> str:
    """Return "fr", "de" or "es" where a text has more small words of that language than English ones; "" else."""
    words = [word.casefold() for word in _WORD.findall(text)]
    counts = {code: sum(word in _small_words(code) for word in words) for code in ("fr", "de", "es")}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > sum(word in word_list("stop_words.txt") for word in words) else ""


@cache
def _small_words(code: str) -> frozenset[str]:
    return word_list(f"stop_words_{code}.txt")
