"""Join the words that line ends of a PDF divide, and keep the hyphens that belong to them."""

import re
from collections.abc import Iterable
from itertools import pairwise

from corpus.language.english import english_words
from corpus.readers.pdf.lines import PrintedLine, joint

_HYPHENS = "-\u00ad\u2010"
# Hyphens that nobody types: a typesetter inserted them if a file has them at line ends only.
_TYPESETTERS = "\u00ad\u2010"
_BROKEN = re.compile(rf"([^\W\d_]+(?:[-’'\u2010\u00ad][^\W\d_]+)*)([{_HYPHENS}])$")
_FIRST = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# Characters that the longest word before a line end may have.
_LONGEST = 60
# A document is hyphenated if its words show at least this share of the hyphens at line ends to be hyphenations.
_HYPHENATED = 0.25
# A compound is at a line end about once in ten times: with more of the hyphens there, words are divided.
_COMPOUNDS_AT_ENDS = 1 / 3
# The share of a text's words that are English ones; of a French or German text it is half at most.
_ENGLISH = 0.7
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u00ad][^\W\d_]+)*")
_PART = re.compile(r"[-\u2010\u00ad’']")
# A hyphen before one of these stands for the end of a later word: "short- and long-term", "Ein- und Ausfuhr".
_CONJUNCTIONS = frozenset("and or to und oder bzw sowie bis et ou".split())
# Marks without spaces around them, at a line end too: "goods/services", "AI—and", "https://".
_CLOSE_BEFORE = re.compile(r"[^\W_][—/]$|(?:https?|ftp):[^\s]*[/._?=&#-]$|[^\W_][-\u2010]$")
_CLOSE_AFTER = re.compile(r"—[^\W_]")


class Hyphens:
    """Decide whether a hyphen at a line end is hyphenation: by the document's other words, and by English ones."""

    def __init__(self, lines: Iterable[PrintedLine]) -> None:
        texts = [line.text for line in lines]
        self._words: set[str] = set()
        inside = {c for c in _TYPESETTERS if any(c in text[:-1] for text in texts)}
        ends: list[tuple[re.Match[str], str]] = []
        compounds = 0
        start = 0  # of the whole words of a line
        for text, following in pairwise([*texts, ""]):
            broken, first = _BROKEN.search(text[-_LONGEST:]), _FIRST.match(following)
            if broken and first and first.group() not in _CONJUNCTIONS:
                ends.append((broken, first.group()))
            seen = text[start : -len(broken.group()) if broken else None]
            start = first.end() if broken and first else 0
            words = [word.casefold() for word in _WORD.findall(seen)]
            self._words.update(words)
            compounds += sum("-" in word for word in words)
        self._breaking = {broken.group(2) for broken, _ in ends} & set(_TYPESETTERS) - inside
        known = [part in english_words() for word in self._words for part in _PART.split(word)]
        self._is_english = sum(known) >= _ENGLISH * len(known)
        if self._is_english:
            # A document without hyphenation may have a compound at a line end, and its parts as one word elsewhere.
            divided = [end for end in ends if self._is_one_word(*end)]
            is_sure = any(not self._are_words(*end) or self._whole(*end) in self._words for end in divided)
            self._is_hyphenated = is_sure and len(divided) >= _HYPHENATED * len(ends)
        else:
            self._is_hyphenated = len(ends) > _COMPOUNDS_AT_ENDS * compounds

    def joint_after(self, before: str, after: str) -> tuple[str, str]:
        """Return the text without a hyphenation at its end, and the separator between it and the next line.

        Args:
            before: the text up to a line end.
            after: the next line.
        """
        end = before[-_LONGEST:]
        broken, first = _BROKEN.search(end), _FIRST.match(after)
        if broken and first:
            if self._is_hyphenation(broken, first.group()):
                return before[:-1], ""
            return before, " " if first.group() in _CONJUNCTIONS else ""
        if _CLOSE_BEFORE.search(end) and after[:1].isalnum():
            return before, ""
        if before[-1:].isalnum() and _CLOSE_AFTER.match(after):
            return before, ""
        return before, joint(before, after)

    def _is_hyphenation(self, broken: re.Match[str], after: str) -> bool:
        """Return True if a hyphen at a line end is hyphenation."""
        if self._breaking:  # the typesetter's hyphens differ from typed ones
            return broken.group(2) in self._breaking and not self._is_compound(broken, after)
        return self._is_hyphenated and self._is_one_word(broken, after)

    def _is_one_word(self, broken: re.Match[str], after: str) -> bool:
        """Return True if a word and the word on the next line are the halves of one word."""
        head = _PART.split(broken.group(1))[-1]
        of_one_case = after.isupper() if head.isupper() and len(head) > 1 else after[0].islower()
        if not of_one_case or self._is_compound(broken, after):
            return False
        if f"{broken.group(1)}{after}".casefold() in self._words or self._whole(broken, after) in self._words:
            return True
        if self._is_english and self._whole(broken, after) in english_words():
            return True
        # No compound ends in half a word.
        halves = _halves(broken, after)
        return after not in _CONJUNCTIONS and not all(map(self._is_word, halves[1:] if self._is_english else halves))

    def _is_compound(self, broken: re.Match[str], after: str) -> bool:
        """Return True if the document has the word with the hyphen inside a line."""
        return f"{broken.group(1)}-{after}".casefold() in self._words

    def _whole(self, broken: re.Match[str], after: str) -> str:
        return "".join(_halves(broken, after))

    def _are_words(self, broken: re.Match[str], after: str) -> bool:
        return all(map(self._is_word, _halves(broken, after)))

    def _is_word(self, half: str) -> bool:
        return half in self._words or (self._is_english and half in english_words())


def _halves(broken: re.Match[str], after: str) -> tuple[str, str]:
    """Return the letters beside the hyphen, in lower case: "opera" and "tion" of "co-opera-tion"."""
    return _PART.split(broken.group(1))[-1].casefold(), _PART.split(after)[0].casefold()
