"""Put replies into words in the language of the question: lines from `assistant/replies/texts`, counts, lists, days."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from corpus.errors import printable
from corpus.language.months import spell_month_name
from corpus.language.scripts import count_kana
from index.search.filters import Filters

# The languages of replies by the names that `corpus.language.identify` gives those of questions.
_CODES = {"German": "de", "French": "fr", "Spanish": "es"}
# Most records that a note names.
_MOST_NAMES = 3
# Characters of a word of the question that a reply repeats.
_LONGEST_WORD = 60


def count(number: int, noun: str) -> str:
    """Return a number with its noun, such as "1 record" or "1,200 records"."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def join_words(words: Sequence[str], last: str = "or", language: str = "en") -> str:
    """Join words for a sentence: "a", "a or b", "a, b or c".

    Args:
        words: the words.
        last: "or" or "and".
        language: of the sentence.
    """
    front, back = words[:-1], words[-1:]
    return say(language, last).join(filter(None, (say(language, "between").join(front), *back)))


def quote_words(words: Iterable[str], language: str) -> str:
    """Return words in quotation marks, joined by "or"."""
    return join_words([say(language, "quoted", word=shorten(word)) for word in words], language=language)


def shorten(word: str) -> str:
    """Return a word for display: of a very long one, such as a pasted code, the beginning."""
    return word if len(word) <= _LONGEST_WORD else f"{word[:_LONGEST_WORD]}…"


def reply_language(question: str, language: str | None = None) -> str:
    """Return the code of the language of a reply: that of its question if there are texts in it, else "en".

    Args:
        question: as typed.
        language: of a question in neither English nor Japanese, by its English name.
    """
    return _CODES.get(language or "") or ("ja" if count_kana(question) else "en")


def say(language: str, key: str, number: int = 1, /, **values: object) -> str:
    """Return a line of a reply.

    Args:
        language: its code, one of those that `reply_language` returns.
        key: the name of the line in `assistant/replies/texts`.
        number: the number `{n}`, by which one of two forms is chosen.
        values: what else stands in the line.
    """
    forms = _texts(language)[key]
    form = forms if isinstance(forms, str) else forms[number != 1]
    return form.format(n=f"{number:,}", **values)


@cache
def _texts(language: str) -> dict[str, str | list[str]]:
    return tomllib.loads((files("assistant.replies") / "texts" / f"{language}.toml").read_text(encoding="utf-8"))


def spell_filters(filters: Filters, language: str) -> str:
    """Return filters in words, with the names of months in a language."""
    if language == "en":
        return str(filters)
    others = str(Filters(filters.forums, places=filters.places))
    parts = [others] if filters.forums or filters.places else []
    parts += [spell_month_name(month, language) for month in sorted(filters.months)]
    parts += [*map(str, sorted(filters.years)), *sorted(filters.publishers), *sorted(filters.names)]
    parts += [say(language, "said_by", speaker=name) for name in sorted(filters.speakers)]
    parts += [say(language, "chosen_records")] if filters.asked else []
    return say(language, "between").join(parts) or str(filters)


def undated_notes(names: Sequence[str], language: str) -> list[str]:
    """Return a note that names the records whose day is unknown; nothing where there are none.

    Args:
        names: of the records.
        language: of the reply.
    """
    if not names:
        return []
    return [say(language, "undated_names", len(names), names=name_some(names, language))]


def name_some(names: Sequence[str], language: str) -> str:
    """Return the first of some names, joined by "and", and the number of the others."""
    listed = [printable(name) for name in names[:_MOST_NAMES]]
    rest = len(names) - len(listed)
    return join_words([*listed, say(language, "more", rest)] if rest else listed, "and", language)
