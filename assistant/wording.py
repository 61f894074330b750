"""Put counts and lists into words, and choose the language of a reply."""

from collections.abc import Sequence

from corpus.language.scripts import count_kana


def count(number: int, noun: str) -> str:
    """Return a number with its noun, such as "1 record" or "1,200 records"."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def join_words(words: Sequence[str], last: str = "or") -> str:
    """Join words for a sentence: "a", "a or b", "a, b or c", with another word before the last one if it is given."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def reply_language(question: str) -> str:
    """Return the language of the reply to a question: "ja" for one in Japanese, else "en"."""
    return "ja" if count_kana(question) else "en"
