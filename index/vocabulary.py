"""The words and abbreviations of the documents, each document's kept apart so that one may come and go."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.language.abbreviations import abbreviations
from corpus.language.tokens import folded_words


@dataclass(frozen=True, slots=True)
class Words:
    """What one document says, as its row holds it; a thousand documents take little room this way.

    Attributes:
        name: the document's.
        abbreviations: a JSON object: each abbreviation that it introduces, in lower case, with its long form.
        words: a JSON list: each of its words once, in lower case.
    """

    name: str
    abbreviations: str
    words: str

    @classmethod
    def of(cls, name: str, text: str) -> "Words":
        """What a text says."""
        introduced: dict[str, str] = {}
        for short, long in abbreviations(text).items():
            introduced.setdefault(short.casefold(), long.casefold())
        return cls(name, _json(introduced), _json(sorted(set(folded_words(text)))))


class Vocabulary:
    """The words and abbreviations of many documents together. It stays as it is; another is made of it."""

    def __init__(self, held: Mapping[int, Words], counts: Counter[str], long_forms: Mapping[str, dict[str, str]]):
        self._held = held
        self._counts = counts
        self._long_forms = long_forms

    @classmethod
    def of(cls, documents: Mapping[int, Words]) -> "Vocabulary":
        """The vocabulary of these documents, by their ids."""
        return cls({}, Counter(), {}).changed((), documents)

    def changed(self, gone: Iterable[int], come: Mapping[int, Words]) -> "Vocabulary":
        """The vocabulary without some documents and with others, by their ids; ids that it does not hold go as well."""
        held, counts, long_forms = dict(self._held), self._counts.copy(), dict(self._long_forms)
        for identity in gone:
            if identity in held:
                _forget(held.pop(identity), counts, long_forms)
        for identity, said in come.items():
            held[identity] = said
            counts.update(json.loads(said.words))
            for short, long in json.loads(said.abbreviations).items():
                long_forms[short] = {**long_forms.get(short, {}), said.name: long}
        return Vocabulary(held, counts, long_forms)

    @property
    def words(self) -> frozenset[str]:
        """Every word, in lower case."""
        return frozenset(self._counts)

    def long_form(self, short: str) -> str | None:
        """What an abbreviation stands for, in lower case, as the first document by name has it; None for no one's."""
        meant = self._long_forms.get(short)
        return meant[min(meant)] if meant else None


def _forget(said: Words, counts: Counter[str], long_forms: dict[str, dict[str, str]]) -> None:
    for word in json.loads(said.words):
        counts[word] -= 1
        if not counts[word]:
            del counts[word]
    for short in json.loads(said.abbreviations):
        long_forms[short] = {name: long for name, long in long_forms[short].items() if name != said.name}
        if not long_forms[short]:
            del long_forms[short]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
