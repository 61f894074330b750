"""Lists of English words: the dictionary, forms of address, offices, question words, verbs, translations."""

from functools import cache
from itertools import islice, product

from corpus.language.word_lists import word_list, word_sets, word_table

# Alternatives of a regular expression, without the dot behind them.
HONORIFIC = "Mr|Mrs|Ms|Dr"
HONORIFICS = frozenset((*HONORIFIC.lower().split("|"), *"prof sir dame hon honorable honourable h.e".split()))
OFFICES = word_list("offices.txt")
QUESTION_WORDS = word_list("question_words.txt")
AUXILIARY = r"(?:(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|shall|should|may|might)(?:n['’]t)?)"
# Alternatives of a regular expression.
PAST_TENSE = "|".join(sorted(forms[1] for forms in word_sets("past_tenses.txt")))
# Translations of a compound, at most.
_MOST = 6


@cache
def english_words() -> frozenset[str]:
    """Return 74,466 English words, inflections and well-known names, American and British, in lower case."""
    return word_list("english.txt.gz")


@cache
def _glossary() -> dict[str, list[str]]:
    return word_table("glossary_ja.toml")


def whole_word(word: str, text: str) -> str:
    """Return the longest word of the glossary in a text that begins with a word: デジタル庁 for デジタル."""
    longer = (entry for entry in _glossary() if entry.startswith(word) and entry in text)
    return max(longer, key=len, default=word)


@cache
def translations(word: str) -> tuple[str, ...]:
    """Return English words for a run of kanji or katakana, of a compound by its parts; none if one has none."""
    if word in _glossary():
        return tuple(_glossary()[word])
    parts = [_glossary()[part] for part in _parts(word)]
    return tuple(" ".join(words) for words in islice(product(*parts), _MOST)) if parts else ()


def _parts(word: str) -> list[str]:
    """Return the longest words of the glossary in a row that make up a word; none if they do not."""
    parts: list[str] = []
    while word:
        part = next((word[:end] for end in range(len(word), 1, -1) if word[:end] in _glossary()), "")
        if not part:
            return []
        parts.append(part)
        word = word[len(part) :]
    return parts
