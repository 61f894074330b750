"""Find abbreviations that a text introduces, "Data Free Flow with Trust (DFFT)", and phrases with their initials."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.language.english import english_words

_INTRODUCED = re.compile(r"\(\s*([A-Z][A-Za-z0-9&/-]{1,11})s?\s*\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MOST_WORDS = 10
# "MoU", "EIA"; in capitals the three others are also words of many questions.
_SHORT = re.compile(r"\b[A-Z](?:[a-z]?[A-Z]){1,6}\b")
_ALSO_WORDS = frozenset({"who", "it", "us"})
_SMALL_WORDS = "of for on in the and with to against de des du la le les et sur y für und der die".split()
_SMALL = rf"(?:(?:{'|'.join(_SMALL_WORDS)})\s+){{0,2}}"
# The initials of two words fit too many phrases; a word in small letters has at least so many.
_FEWEST = 3
_LEAST_LETTERS = 4
_MOST_RUN = 7
# A word with a capital that is no article, before a phrase in the same sentence.
_CAPITAL_BEFORE = re.compile(r"(?<!\w)(?!(?:The|An?|Our|Their|Its|His|Her)\s)[A-Z][\w'’-]*\s+$")
_LETTERS = re.compile(r"[^\W\d_]+")


def abbreviations(text: str) -> dict[str, str]:
    """Return the abbreviations that a text has in brackets behind their long form, each with that form.

    A long form is the shortest run of words before the bracket that begins with the first letter and yields the others
    in order. After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions" (PSB 2003), whose
    rule for letters is applied to the first letters of words here.
    """
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        short = match.group(1)
        if sum(c.isupper() for c in short) < 2:
            continue
        before = text[max(0, match.start() - 160) : match.start()]
        words = list(_WORD.finditer(before))[-_MOST_WORDS:]
        for first in range(len(words) - 1, -1, -1):
            if _yields([w.group(0) for w in words[first:]], short):
                long = " ".join(before[words[first].start() :].split())
                found.setdefault(short, re.sub(r"['’]s$", "", long))
                break
    return found


def _yields(words: list[str], short: str) -> bool:
    """Return True if the first letters of the words give the abbreviation; small words may be skipped."""
    letters = [c for c in short.casefold() if c.isalnum()]
    initials = [w[0].casefold() for w in words]
    if not initials or initials[0] != letters[0] or len(words) < 2:
        return False
    at = 0
    for initial in initials:
        if at < len(letters) and initial == letters[at]:
            at += 1
    capitals = [w[0].casefold() for w in words if w[0].isupper()]
    return at == len(letters) and len(capitals) <= len(letters) + 1


def short_forms(text: str) -> dict[str, str]:
    """Return the abbreviations in a question, folded, each as typed; a question in capitals has none.

    "WHO" is one in "What did the WHO say?", not in "WHO chaired the meeting?".
    """
    if text.isupper():
        return {}
    found = {match.group().casefold(): match.group() for match in _SHORT.finditer(text)}
    return {
        folded: typed
        for folded, typed in found.items()
        if folded not in _ALSO_WORDS or not re.match(rf"\W*{typed}\b", text)
    }


def phrase_of(short: str, texts: Sequence[str]) -> str | None:
    """Return the phrase whose initials an abbreviation is, in lower case; None where none or several fit best.

    Phrases with capitals come before others, and frequent ones before rare ones.

    Args:
        short: the abbreviation as typed; its small letters are those of small words, as in "MoU".
        texts: those that may have the phrase.
    """
    if len(short) < _FEWEST:
        return _only_pair(short, texts)
    for capitals in (True, False):
        words = rf"[\s-]+{_SMALL}".join(_word_with(letter, capitals) for letter in short)
        pattern = re.compile(rf"\b{words}\b")
        counts = Counter(" ".join(m.group().casefold().split()) for text in texts for m in pattern.finditer(text))
        best = counts.most_common(2)
        if len(best) == 1 or (best and best[0][1] > best[1][1]):
            return best[0][0]
    return None


def _only_pair(short: str, texts: Sequence[str]) -> str | None:
    """Return the only two English words with capitals and these initials that stand alone; None for several or a name.

    "Information Technology department" has one, "United Nurses' Association" has a longer name.
    """
    one, other = (rf"{letter}[a-z]{{{_LEAST_LETTERS - 1},}}" for letter in short.upper())
    pattern = re.compile(
        rf"(?<![A-Z]\w)(?<![\w'’-])(?P<one>{one})\s+(?P<other>{other})\b(?!['’]|\s+(?:of\s+)?[A-Z]|-\w)"
    )
    found = {
        f"{match['one']} {match['other']}".casefold()
        for text in texts
        for match in pattern.finditer(text)
        if not _CAPITAL_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
    }
    pair = found.pop() if len(found) == 1 else ""
    if not pair or not english_words().issuperset(pair.split()):
        return None
    # A person's name has no article and is no plural.
    is_thing = re.compile(rf"\b(?:the|an?|our|its|their|this|each)\s+{pair}\b", re.IGNORECASE)
    return pair if pair.endswith("s") or any(map(is_thing.search, texts)) else None


def _word_with(initial: str, capitals: bool) -> str:
    if initial.islower():
        return rf"{initial}\w*"
    word = rf"{initial}[\w’'-]+" if capitals else rf"{initial.lower()}[\w’'-]{{{_LEAST_LETTERS - 1},}}"
    return "|".join((f"(?:{word}", *(small for small in _SMALL_WORDS if small[0] == initial.lower()))) + ")"


def initials(text: str) -> Iterable[tuple[str, list[str]]]:
    """Yield the initials of each run of words in a text, folded, with the run: "eia", ["environmental", ...].

    Small words give a letter or none; a run neither begins nor ends with one.
    """
    words = [word.casefold() for word in _LETTERS.findall(text)]
    for start, first in enumerate(words):
        if first in _SMALL_WORDS:
            continue
        for end in range(start + 2, min(len(words), start + _MOST_RUN) + 1):
            run = words[start:end]
            if run[-1] in _SMALL_WORDS:
                continue
            large = "".join(word[0] for word in run if word not in _SMALL_WORDS)
            for letters in {large, "".join(word[0] for word in run)}:
                if len(letters) >= _FEWEST:
                    yield letters, run
