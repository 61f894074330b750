"""Judge the words that a report inserts in brackets: they may say what is meant, never who else, how much, whether."""

import re

from assistant.verification.sense.omissions import NEGATION
from corpus.document import Document
from corpus.language.english import english_words
from corpus.language.figures import has_figure
from corpus.language.persons import is_title, persons
from corpus.language.scripts import count_cjk
from corpus.language.sentences import sentences
from corpus.language.tokens import STOP_WORDS, folded_words, stem
from corpus.language.word_lists import word_list, word_sets
from corpus.span import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LIMITING = word_list("limiting_words.txt")
_LIMITING_CJK = re.compile(
    r"約|ほぼ|一部|全て|すべて|全員|以上|以下|未満|かもしれ|だろう|多く|大半|ほとんど|可能性|予定"
)
# Words with which an insertion tells about what, where or with whom; those for "by", "to" or "for" would add somebody.
_ABOUT = frozenset("on about regarding concerning über zu sur concernant sobre".split())
_PLACE = frozenset("in at near im à au en".split())
_WITH = frozenset("with mit avec con".split())
_OF = frozenset("of von de du del".split())
_JOINING = re.compile(r"[,;&/+]|\b(?:and|or|und|oder|et|ou|y|o)\b", re.IGNORECASE)
# Nouns of what is done with others, behind which "with" adds nobody who acts.
_EVENT = re.compile(r"(?:ing|ings|ion|ions|ment|ments|ence|ences|talks?|calls?|letters?|work)$", re.IGNORECASE)
_DETERMINER = re.compile(r"\b(?:the|our|their|its|all|these|those)\s+(?:\w+\s+)?$", re.IGNORECASE)
_VERB = re.compile(r"[^\W\d_]+ed\b|(?:is|are|was|were|has|have|had|will|would|shall|should|may|can)\b")
# Adverbs of manner in English, Spanish and German; nouns such as "supply" are refused, too.
_ADVERB = re.compile(r"[^\W\d_]{2}(?:ly|mente|lich|weise)$")
_DETERMINERS = frozenset("the a an our their its his her this that these those".split())
_MOST_WORDS = 3
_REPLACEABLE = word_list("replaceable_words.txt") | STOP_WORDS
_TENSES = tuple(map(frozenset, word_sets("past_tenses.txt")))
_LOOKED_AT = 60


def limits(inside: str) -> bool:
    """Return True if inserted words deny, limit or count."""
    words = {word.casefold() for word in _WORD.findall(inside)}
    return bool(
        has_figure(inside)
        or any(c == "%" or c.isdigit() for c in inside)  # "³" is a digit and no figure
        or NEGATION.search(inside)
        or not words.isdisjoint(_LIMITING)
        or any(part in _LIMITING for word in words for part in word.split("-"))
        or _LIMITING_CJK.search(inside)
    )


def may_replace(inserted: str, replaced: str) -> bool:
    """Return True if inserted words may stand for a record's: for small ones or forms of themselves, or as a name."""
    if count_cjk(replaced):
        return True
    content = {word.casefold() for word in _WORD.findall(replaced)} - _REPLACEABLE
    mine = _WORD.findall(inserted)
    if not content or any(word[0].isupper() for word in mine):
        return True
    own = {word.casefold() for word in mine}
    return all(any(_is_form(one, other) for one in own) for other in content)


def _is_form(one: str, other: str) -> bool:
    return stem(one) == stem(other) or any({one, other} <= line for line in _TENSES)


def is_adverb(inside: str) -> bool:
    """Return True if inserted words are an adverb of manner, or begin or end with one: "secretly"."""
    words = _WORD.findall(inside.replace("’", "'"))
    if not 0 < len(words) <= _MOST_WORDS or not _DETERMINERS.isdisjoint(word.casefold() for word in words):
        return False
    return any(map(_is_adverb, (words[0], words[-1])))


def _is_adverb(word: str) -> bool:
    if word.endswith("ment"):  # an adverb in French, a noun in English
        return word.islower() and word not in english_words()
    # "Kelly" is a name, "Secretly" an adverb.
    return _ADVERB.search(word) is not None and (word[0].islower() or word[:-2].casefold() in english_words())


def is_added_phrase(inside: str) -> bool:
    """Return True if inserted words are one phrase with a name that begins with a preposition: "on Schools"."""
    words = _WORD.findall(inside)
    known = _ABOUT | _PLACE | _WITH | _OF
    return len(words) > 1 and words[0] in known and _JOINING.search(inside) is None


def addition_fits(inside: str, document: Document, at: int) -> bool:
    """Return True if a phrase with a name, inserted at a place of a record, says what the record itself says elsewhere.

    The record must have the name; and what it names there in the same way last, or in the same paragraph, must be no
    other. An adverb must stand in the sentence itself.

    Args:
        inside: the phrase or the adverb, as `is_added_phrase` and `is_adverb` know it.
        document: the record.
        at: the place.
    """
    if is_adverb(inside):
        paragraph = Span(document.text.rfind("\n\n", 0, at) + 1, (document.text + "\n\n").find("\n\n", at))
        own = next((s.of(document.text) for s in sentences(document.text, paragraph) if s.start <= at <= s.end), "")
        return set(folded_words(inside)) <= set(folded_words(own))
    preposition, *rest = _WORD.findall(inside)
    name = [word for word in rest if word[0].isupper() and not is_title(word)]
    if not name or not {word.casefold() for word in name} <= set(folded_words(f"{document.title}\n{document.text}")):
        return False
    text = document.text
    before = text[max(0, at - _LOOKED_AT) : at]
    head = re.search(r"([^\W\d_]+)\W*$", before)
    if head is None or head[1][0].isupper():
        return False
    if preposition in _WITH:
        return _may_be_with(head[1], before[: head.start(1)], text[at : at + _LOOKED_AT]) and _is_alone(
            inside, document, at
        )
    noun = "" if preposition in _PLACE else re.escape(head[1])
    named = re.compile(rf"(?i:\b{noun}\s*\b{preposition}\s+(?:the\s+)?)([^\W\d_a-z][\w’'-]*)")
    others = [m[1] for m in named.finditer(text)]
    earlier = [m[1] for m in named.finditer(text, 0, at)]
    last = (earlier or others)[-1:]
    return last[0] in name if last else preposition in _ABOUT


def _may_be_with(head: str, before: str, behind: str) -> bool:
    """Return True if "with ..." behind a word says with whom something is done, not who else does it."""
    if _EVENT.search(head):
        return True
    return _DETERMINER.search(before) is None and _VERB.match(behind.lstrip()) is None


def _is_alone(inside: str, document: Document, at: int) -> bool:
    """Return True if the paragraph of a place names no person but the inserted one and, before a colon, who speaks."""
    inserted = list(persons(inside))
    block = next((b.words for b in document.outline if b.span.start <= at < b.span.end), Span(at, at + 1))
    label = re.match(r"[^:\n]{1,80}:\s", block.of(document.text))
    named = persons(document.text, block.start + (label.end() if label else 0), block.end)
    words = {word for person in inserted for word in person.words}
    return bool(words) and all(words & set(person.words) for person in named if person.is_titled)
