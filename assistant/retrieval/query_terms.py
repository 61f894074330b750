"""Weight the words of a query by their rarity in the records (IDF), and add other names of countries and bodies."""

import math
import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from assistant.understanding.transliteration.loanwords import loanwords
from corpus.language.abbreviations import initials, phrase_of, short_forms
from corpus.language.countries import also_called
from corpus.language.english import english_words, translations, whole_word
from corpus.language.figures import NUMBERS
from corpus.language.repetition import RARE, repetition
from corpus.language.scripts import KANJI, KATAKANA, is_cjk
from corpus.language.tokens import STOP_WORDS, content_words, fold_text, stem, stems
from corpus.language.word_lists import word_sets
from index.snapshot import Snapshot


class QueryTerms:
    """The words of a query with their IDF weights and synonyms.

    The synonyms are all names of a country, the long form of an abbreviation, and the abbreviation of a long form: as a
    record introduces them, or by the initials of a phrase. Abbreviations are words, "WHO" too.
    """

    def __init__(
        self, text: str, snapshot: Snapshot, latest: str = "", earlier_weight: float = 1.0, language: str = "en"
    ) -> None:
        """Split a query into its words.

        Args:
            text: the query.
            snapshot: the records; their passages determine the weights.
            latest: a follow-up as typed; empty for a question that is complete by itself.
            earlier_weight: factor for the weight of a word that only the turns before have.
            language: the code of the language of the words, one of `STEMMERS`.
        """
        self.language = language
        self._text = text
        self._snapshot = snapshot
        self._latest = set(content_words(latest, language))
        self._earlier_weight = earlier_weight
        self.abbreviations = short_forms(text)
        self.words = list(dict.fromkeys([*content_words(text, language), *self.abbreviations]))

    @cached_property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        """Other names of each word."""
        short = self._short()
        return {
            word: (
                *also_called(self.as_typed(word)),
                *self._long(word),
                *short.get(word, ()),
                *self._other_forms(word),
                *(self._translated(word) if is_cjk(word) else translations(word)),
            )
            for word in self.words
        }

    def _translated(self, word: str) -> tuple[str, ...]:
        """Return the English words for a Japanese one: those of the glossary; for a loanword those of the records."""
        words = translations(whole_word(word, self._text))
        is_loanword = not words and _KATAKANA_ALONE.fullmatch(word) and not self._snapshot.frequency(word)
        return loanwords(word, self._snapshot.words) if is_loanword else words

    @cached_property
    def frequency(self) -> dict[str, int]:
        """Number of passages with each word, under its most frequent name."""
        return {word: max(map(self._count, (word, *self.synonyms[word]))) for word in self.words}

    @cached_property
    def weights(self) -> dict[str, float]:
        """Weight of each word: r * log(1 + N / n) for one in n of N passages, which a share r of answers repeats."""
        size = self._snapshot.passage_count
        return {
            word: self._factor(word) * self._repetition(word) * math.log(1 + size / (self.frequency[word] + 0.5))
            for word in self.words
        }

    @property
    def expanded(self) -> str:
        """The query with the synonyms of its words, for the search by words."""
        text = self._text if self.language == "en" else " ".join(self.words)
        return " ".join((text, *(other for names in self.synonyms.values() for other in names)))

    def spelled_out(self, text: str) -> str:
        """Return a text of the query with the words that its abbreviations stand for, as models need them."""
        for word, typed in self.abbreviations.items():
            if self._snapshot.long_form(word) is None and (long := self._long(word)):
                text = re.sub(rf"\b{typed}\b", f"{long[0]} ({typed})", text, count=1)
        return text

    def share(self, *texts: str) -> float:
        """Return the share of the query's weighted words that the texts contain together, in [0, 1]."""
        return self.share_of(self.covered(*texts))

    def share_of(self, words: Iterable[str]) -> float:
        """Return the share of the weight of all words that some of them have, in [0, 1]."""
        return sum(self.weights[word] for word in words) / self._total if self._total else 0.0

    def covered(self, *texts: str) -> list[str]:
        """Return the words that the texts contain together, in any inflection and under any of their names."""
        present = frozenset().union(*(_stems(text, self.language) for text in texts))
        japanese = fold_text(" ".join(texts)) if self._has_japanese else ""
        return [
            word
            for word, single, several, parts in self._matchers
            if not single.isdisjoint(present)
            or any(form <= present for form in several)
            or (parts and all(part in japanese for part in parts))
        ]

    @cached_property
    def _has_japanese(self) -> bool:
        return any(map(is_cjk, self.words))

    @cached_property
    def _matchers(self) -> list[tuple[str, frozenset[str], list[set[str]], tuple[str, ...]]]:
        """Each word with the stems that match it, the sets of stems that match together, and its Japanese parts."""
        return [
            (
                word,
                frozenset(one for form in forms if len(form) == 1 for one in form),
                [form for form in forms if len(form) != 1],
                _parts(word) if is_cjk(word) else (),
            )
            for word, forms in self.forms.items()
        ]

    @cached_property
    def importance(self) -> dict[str, float]:
        """Importance of each word: -log(1 - r) for a word that a share r of answering passages repeats.

        A number in words has none: "the ten areas" are counted, not named, by most passages.
        """
        return {w: 0.0 if w in NUMBERS else -self._factor(w) * math.log(1 - self._repetition(w)) for w in self.words}

    @property
    def is_gibberish(self) -> bool:
        """True if no word occurs in the records or in English."""
        known = (word in english_words() or not word.isascii() or self.frequency[word] for word in self.words)
        return bool(self.words) and not any(known)

    @property
    def missing(self) -> tuple[str, ...]:
        """The words in no passage, as typed."""
        return tuple(self.as_typed(word) for word in self.words if not self.frequency[word])

    @property
    def known(self) -> tuple[str, ...]:
        """The words in at least one passage, as typed."""
        return tuple(self.as_typed(word) for word in self.words if self.frequency[word])

    @cached_property
    def _total(self) -> float:
        return sum(self.weights.values())

    @cached_property
    def forms(self) -> dict[str, list[set[str]]]:
        """The sets of stems that match each word: its own stem, or all stems of a synonym."""
        return {
            w: [
                set(stems(name, self.language)) or {stem(w, self.language)}
                for name in (*self._inflected(w), *self.synonyms[w])
            ]
            for w in self.words
        }

    def _inflected(self, word: str) -> tuple[str, ...]:
        """Return a word, of a German participle its verb, too: "stimmt" of "gestimmt", which its stem keeps apart."""
        match = _PARTICIPLE.fullmatch(word) if self.language == "de" else None
        return (word, match[1]) if match else (word,)

    def _other_forms(self, word: str) -> tuple[str, ...]:
        """Return the other inflections in the records of a word of a foreign language, which English ones lack."""
        if self.language == "en" or not word.isalpha():
            return ()
        stemmed, start = stem(word, self.language), word[:_SAME_START]
        near = sorted(w for w in self._snapshot.words if w != word and w.startswith(start))
        irregular = sorted(w for forms in _irregular_forms().get(word, ()) for w in forms if w != word)
        found = [w for w in near if stem(w, self.language) == stemmed]
        return tuple(dict.fromkeys((*found, *(w for w in irregular if w in self._snapshot.words))))

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The irregular verbs of a foreign question: "enthalten" of "wer hat sich enthalten"."""
        return frozenset(self.words) & _irregular_forms().keys() if self.language != "en" else frozenset()

    def _repetition(self, word: str) -> float:
        return repetition(word) if self.language == "en" else RARE

    def _factor(self, word: str) -> float:
        return 1.0 if not self._latest or word in self._latest else self._earlier_weight

    def _long(self, word: str) -> tuple[str, ...]:
        long = self._snapshot.long_form(word)
        if not long and word in self.abbreviations:
            long = phrase_of(self.abbreviations[word], [document.text for document in self._snapshot.documents])
        return (long,) if long else ()

    def _short(self) -> dict[str, tuple[str, ...]]:
        """Return the abbreviations of phrases of the query, for each word of such a phrase."""
        found: dict[str, tuple[str, ...]] = {}
        for letters, run in initials(self._text):
            short = self._snapshot.short_form(" ".join(run))
            if short is None and letters in self._snapshot.words and self._snapshot.long_form(letters) is None:
                short = letters if self._count(letters, letters.upper()) else None
            if short is not None and short not in self.words:
                found.update({word: (*found.get(word, ()), short) for word in run})
        return found

    def _count(self, word: str, typed: str = "") -> int:
        """Return the number of passages with a word; for an abbreviation that is also a word, of records with it."""
        if word in STOP_WORDS or typed:
            pattern = re.compile(rf"\b{typed or word.upper()}\b")
            return sum(pattern.search(document.text) is not None for document in self._snapshot.documents)
        count = self._snapshot.frequency(word)
        parts = _parts(word) if is_cjk(word) else ()
        return count if count or len(parts) < 2 else min(map(self._snapshot.frequency, parts))

    @property
    def unknown_abbreviations(self) -> tuple[str, ...]:
        """The abbreviations that no record has, nor words that they stand for, as typed."""
        unknown = (word for word in self.abbreviations if not self.frequency[word])
        return tuple(self.abbreviations[word] for word in unknown if word in STOP_WORDS or word not in english_words())

    def as_typed(self, word: str) -> str:
        """Return a word as the question writes it."""
        if word in self.abbreviations:
            return self.abbreviations[word]
        typed = re.search(re.escape(word), self._text, re.IGNORECASE)
        return typed.group(0) if typed else word


def _parts(word: str) -> tuple[str, ...]:
    """Return the pairs of a Japanese compound, which a record may write apart: those of "建設費用", "建設の費用"."""
    is_compound = len(word) % 2 == 0 and _KANJI_ALONE.fullmatch(word)
    return tuple(word[at : at + 2] for at in range(0, len(word), 2)) if is_compound else (word,)


@cache
def _irregular_forms() -> dict[str, list[list[str]]]:
    """Return the lines of forms of irregular verbs by each of their forms."""
    found: dict[str, list[list[str]]] = {}
    for forms in word_sets("verb_forms.txt"):
        for form in forms:
            found.setdefault(form, []).append(forms)
    return found


# First letters that all inflections of a word share.
_SAME_START = 3
_KATAKANA_ALONE = re.compile(f"[{KATAKANA}]+")
_KANJI_ALONE = re.compile(f"[{KANJI}]{{4,}}")
_PARTICIPLE = re.compile(r"ge(\w{3,}(?:t|en))")


# Sentences and headings are read again for the next questions; a text and its stems take about 1.5 kB.
@lru_cache(maxsize=8192)
def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stems(text, language)) | {word for word in short_forms(text) if word in STOP_WORDS}
