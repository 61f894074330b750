"""Find the names of people that a line of minutes lists, and tell if a question names one of them."""

import re

from corpus.language.english import HONORIFIC, HONORIFICS, OFFICES
from corpus.language.minutes_words import phrases
from corpus.language.persons import without_accents
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text, folded_words
from corpus.language.word_lists import word_list, word_sets
from corpus.span import Span, trim

# Words of a name with its office, and characters of a Japanese one.
_MOST_WORDS, _MOST_CHARACTERS = 10, 20
# Parts between two semicolons that are one name and its office.
NAME_AND_OFFICE = 2
# Share of the parts of a line that must look like names; of a line with fewer none is one.
_LEAST_SHARE = 0.6
_AROUND = "*_:–—-• @"
# Characters of an initial with its dot.
_INITIAL = 2
# Letters of a short form of a first name, at least.
_SHORT_FORM = 3
_SEPARATOR = re.compile(r"[,、，·・]|\s+(?:and|et|und|y|sowie)\s+|\n")
_STRONG_SEPARATOR = re.compile(r"[;；]|\n")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
# "Rev.", "Cllr.", "Capt.": their dot ends no sentence.
_SHORT_TITLES = "|".join(sorted(word.capitalize() for word in word_list("person_titles.txt") if len(word) < 5))
_SHORT_FORMS = "|".join(sorted((word for words in word_sets("dotted_words.txt")[:-1] for word in words), key=len)[::-1])
_DOTTED = re.compile(rf"\b(?:{HONORIFIC}|{_SHORT_TITLES}|{_SHORT_FORMS}|Hr|Fr|Sr|Sra|Dña|M|Mme|Mlle|Me|St|[^\W\d_])\.")
# A pair of brackets is spaces here.
_SENTENCE = re.compile(r"(?:[^\W\d_]{3,}|\s{3,})[.。]\s+\S")
# What stands before the names: "were received from", "von".
_PREFIX = re.compile(r"^\W*(?:(?:were |was |had been )?received )?(?:from|by|von|de|par)\s+", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+")
_CAPITALIZED_WORDS = re.compile(
    rf"(?:(?:{HONORIFIC}|Prof|Herr|Frau|Sr|Sra|Mme|M|Hr|Fr)\.?\s+)?(?:[A-ZÀ-Þ]\.\s?)*"
    r"[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)*"
)
_ARTICLE = re.compile(r"The\s+")
_ADDRESS = re.compile(rf"\b{HONORIFIC}\.?\s+(?=[A-ZÀ-Þ])")
_QUOTES = tuple("\"'“‘«„")
_KANJI_NAME = re.compile(
    r"[\u4e00-\u9fff]{1,4}\s?[\u4e00-\u9fff]{0,4}(?=(?:委員|氏|さん|様|議員|部長|課長)?[はがも、])"
)
# Words before a family name in a question that are no first name.
_NO_FIRST_NAMES = HONORIFICS | frozenset(
    "was did is has were when where who are does had do and or will would can minister secretary director".split()
)


def listed_names(text: str, span: Span) -> list[Span]:
    """Return where the names that a line enumerates stand; none for a line that says something else.

    Args:
        text: the text of the record.
        span: the line without its label.
    """
    line = _BRACKETS.sub(lambda m: " " * len(m.group()), span.of(text))
    dotless = _DOTTED.sub(lambda m: m.group()[:-1] + " ", line)
    if _SENTENCE.search(dotless):
        return []
    prefix = _PREFIX.match(dotless)
    behind = Span(prefix.end() if prefix else 0, len(line))
    if _STRONG_SEPARATOR.search(dotless.rstrip(" ;；\n")):
        parts = [name for group in _parts(line, behind, _STRONG_SEPARATOR) for name in _names_of_group(line, group)]
    else:
        parts = _parts(line, behind, _SEPARATOR)
    parts = [_without_marks(line, part) for part in parts]
    names = [part for part in parts if _is_name(part.of(line))]
    if len(names) < _LEAST_SHARE * len(parts):
        return []
    return [Span(span.start + name.start, span.start + name.end) for name in names]


def _parts(text: str, span: Span, separator: re.Pattern[str]) -> list[Span]:
    """Return the parts of a text between separators that have a letter or a digit."""
    marks = [at for match in separator.finditer(text, span.start, span.end) for at in match.span()]
    bounds = [span.start, *marks, span.end]
    parts = [trim(text, a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
    return [part for part in parts if part and any(map(str.isalnum, part.of(text)))]


def _names_of_group(text: str, part: Span) -> list[Span]:
    """Return the names between two semicolons: one with its office, or several behind each other."""
    names = _parts(text, part, _SEPARATOR)
    return names if len(names) > NAME_AND_OFFICE else names[:1]


def _without_marks(text: str, part: Span) -> Span:
    """Return a name without marks around it, and without a full stop that ends no initial."""
    start, end = part.start, part.end
    while end > start + 1 and (text[end - 1] in _AROUND or _ends_line(text[start:end])):
        end -= 1
    while start < end - 1 and text[start] in _AROUND:
        start += 1
    return Span(start, end)


def _ends_line(words: str) -> bool:
    return words.endswith(".") and (words[-2:-1].isspace() or len(words.split()[-1]) > _INITIAL)


def _is_name(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    if not letters or len(words.split()) > _MOST_WORDS:
        return False
    if is_cjk(letters[0]):
        return len(words) <= _MOST_CHARACTERS and not words.endswith(("。", "た", "ます", "する"))
    capitals = sum(w[0].isupper() for w in words.split() if w[0].isalpha())
    return letters[0].isupper() and 2 * capitals >= len(words.split())


def names_in_sentence(text: str, sentence: Span) -> list[Span]:
    """Return where the names in a sentence stand: those behind "from", else words in a row with capitals."""
    words = sentence.of(text)
    behind = _FROM.search(words)
    if behind and behind.end() < len(words):
        listed = listed_names(text, Span(sentence.start + behind.end(), sentence.end))
        if listed:
            return listed
    return capitalized_names(text, sentence)


def capitalized_names(text: str, span: Span) -> list[Span]:
    """Return where the names in a part of a text stand: words in a row with capitals that are no office alone.

    "The" and the name of a body before a form of address belong to no name, words in quotation marks are none.
    """
    words = span.of(text)
    runs = [(_name_start(m.group()) + m.start(), m.end()) for m in _CAPITALIZED_WORDS.finditer(words)]
    spans = [(a, b) for a, b in runs if (" " in words[a:b] or "." in words[a:b]) and words[a - 1 : a] not in _QUOTES]
    spans = spans or [m.span() for m in _KANJI_NAME.finditer(words)]
    names = [(a, b) for a, b in spans if words[a:b].split()[-1].casefold() not in OFFICES]
    return [Span(span.start + a, span.start + b) for a, b in names or spans]


def _name_start(run: str) -> int:
    """Return where the name in words with capitals begins: "The Ada Bo", "Skyhaul Mr Ian Bo"."""
    inner = [match.start() for match in _ADDRESS.finditer(run)]
    article = _ARTICLE.match(run)
    return inner[-1] if inner else article.end() if article else 0


def is_named(name: str, question: str) -> bool:
    """Return True if a question names a person by the family name, and gives no other first name.

    First names fit if they are equal, if one begins with the other, of three letters or more, or is its initial.

    Args:
        name: as the record writes it.
        question: the question as typed.
    """
    if is_cjk(name):
        return _is_named_in_japanese(name, question)
    words = [w for w in folded_words(name.replace(".", ". ")) if w not in HONORIFICS]
    while len(words) > 1 and words[0] in phrases("person", "address") and len(words[0]) > 1:
        words.pop(0)
    family = _family_name(name, words)
    typed = folded_words(question.replace(".", ". "))
    if len(family) < 2 or family not in typed:
        return False
    given = [word for word in words if word != family]
    before = typed[typed.index(family) - 1] if typed.index(family) else ""
    return not (given and _is_first_name(before, family, question)) or any(_fits(before, word) for word in given)


def _fits(typed: str, given: str) -> bool:
    """Return True if two folded first names may be one: "rob" and "robert", "a." and "ada", but not "al" and "alex"."""
    short, long = sorted((without_accents(name).strip(".") for name in (typed, given)), key=len)
    return long == short or (long.startswith(short) and (len(short) == 1 or len(short) >= _SHORT_FORM))


def _is_named_in_japanese(name: str, question: str) -> bool:
    """Return True if a question has family or first name, or the first characters of a name before a title."""
    folded = fold_text(question)
    runs = [run for run in re.split(r"[\s　]+", fold_text(name)) if len(run) > 1]
    starts = "|".join(re.escape(name[:n]) for n in (3, 2) if len(name) > n) or re.escape(name)
    titles = "|".join(phrases("person", "title"))
    # "渡辺さん": a title or no kanji follows.
    family = re.compile(rf"(?:{starts})(?={titles}|[^\u4e00-\u9fff]|$)")
    return any(run in folded for run in runs) or bool(family.search(question))


def _family_name(name: str, words: list[str]) -> str:
    """Return the family name: the one word in capitals, else the last; "" for a name of forms of address alone."""
    capitals: list[str] = [word.casefold() for word in re.findall(r"\b[A-Z]{3,}\b", name)]
    if len(capitals) == 1 and len(words) > 1:
        return capitals[0]
    return max(words[-1:] if words and len(words[-1]) > 1 else words, key=len, default="")


def _is_first_name(before: str, family: str, question: str) -> bool:
    """Return True if the word before a family name in a question has a capital and is no form of address."""
    typed = re.search(rf"\b([A-Z][\w'’-]*\.?)\s+{re.escape(family)}\b", question, re.IGNORECASE)
    is_capitalized = typed is not None and typed[1][0].isupper()
    return is_capitalized and before not in _NO_FIRST_NAMES and before not in phrases("person", "address")
