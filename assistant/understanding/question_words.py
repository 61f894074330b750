"""Sort the words of a question about meetings, records and the library into the classes of their word list."""

import re
from collections.abc import Iterable
from functools import cache

from corpus.language.english import OFFICES
from corpus.language.figures import NUMBERS
from corpus.language.scripts import is_cjk
from corpus.language.tokens import STOP_WORDS, cjk_words
from corpus.language.word_lists import word_table

_TOKEN = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?\b")
_TAKE_PLACE = re.compile(r"\b(?:take|takes|took|taken|taking)\s+place\b")
_ONLINE, _HYBRID, _IN_PERSON = (
    re.compile(r"online|virtual|remote|video|オンライン|テレビ"),
    re.compile(r"hybrid|ハイブリッド"),
    re.compile(r"in.person|physical|face|対面"),
)


class QuestionWords:
    """The words of a question by their classes, and the names that are left.

    Attributes:
        text: folded, without what became filters.
        names: words of no class: they must name a record.
        kinds: the words for a kind of meeting or record, which narrow the records where they can.
        adopted: the words for a text that a meeting adopts: only an outline of the record may stand for it.
    """

    def __init__(self, text: str) -> None:
        self.text = _TAKE_PLACE.sub("held", _POSSESSIVE.sub(" ", text))
        self._found = {name: p.findall(self.text) for name, p in class_patterns().items()}
        rest = _any_word().sub(" ", self.text)
        # "The three advisors" are named by their office.
        self.names = [w for w in tokens_of(rest) if w not in STOP_WORDS and w not in NUMBERS[2:]]
        if self.has("duration"):
            self.names = [name for name in self.names if name not in ("last", "lasted", "long")]
        without_mode = class_patterns()["mode"].sub(" ", self.text)  # "video conference" names no conference
        self.kinds = [
            w for n in ("kind_of_meeting", "kind_of_record") for w in class_patterns()[n].findall(without_mode)
        ]
        self.adopted = self._found["adopted"]

    def has(self, name: str) -> bool:
        """Return True if the question has a word of a class."""
        return bool(self._found[name])

    def modes(self) -> set[str]:
        """Return the modes that the question names, as the facts of a record have them."""
        found = " ".join(self._found["mode"])
        pairs = ((_ONLINE, "online"), (_HYBRID, "hybrid"), (_IN_PERSON, "in person"))
        return {mode for pattern, mode in pairs if pattern.search(found)}

    @property
    def asks_for_person(self) -> bool:
        """Return True if the question has an office in the singular: "the minister who chaired"."""
        return not OFFICES.isdisjoint(self.names)

    @property
    def names_meeting(self) -> bool:
        """Return True if the question names a meeting as such, or that it was held."""
        return any(map(self.has, ("meeting", "kind_of_meeting", "record", "kind_of_record", "held", "presidency")))

    @property
    def has_subject(self) -> bool:
        """Return True if the question names a meeting or a record, as such or by its name."""
        return bool(self.names) or any(map(self.has, ("meeting", "kind_of_meeting", "record", "kind_of_record")))


def tokens_of(text: str) -> list[str]:
    """Return the words of a folded text, of Japanese and Chinese the runs of kanji and of katakana."""
    found: list[str] = []
    for word in _TOKEN.findall(text):
        found += cjk_words(word) if is_cjk(word) else [word]
    return found


@cache
def _word_lists() -> dict[str, list[str]]:
    table = word_table("library_questions.toml")
    lists: dict[str, list[str]] = {}
    for name, value in table.items():
        lists.update(value if isinstance(value, dict) else {name: value})
    return lists


@cache
def class_patterns() -> dict[str, re.Pattern[str]]:
    """Return a pattern for each class of words of `data/library_questions.toml`."""
    return {name: _pattern(words) for name, words in _word_lists().items()}


@cache
def _any_word() -> re.Pattern[str]:
    return _pattern(word for words in _word_lists().values() for word in words)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of words and phrases, the longer ones first; Japanese ones need no bounds."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(w) if is_cjk(w) else rf"(?<!\w){re.escape(w)}(?!\w)" for w in ordered))
