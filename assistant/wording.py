"""Put counts and lists into words, and choose the language of a reply."""

from collections.abc import Sequence

from corpus.errors import printable
from corpus.language.scripts import count_kana

# Most records that a note names.
_MOST_NAMES = 3


def count(number: int, noun: str) -> str:
    """Return a number with its noun, such as "1 record" or "1,200 records"."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def join_words(words: Sequence[str], last: str = "or") -> str:
    """Join words for a sentence: "a", "a or b", "a, b or c", with another word before the last one if it is given."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def reply_language(question: str) -> str:
    """Return the language of the reply to a question: "ja" for one in Japanese, else "en"."""
    return "ja" if count_kana(question) else "en"


def undated_notes(names: Sequence[str], language: str) -> list[str]:
    """Return a note that names the records whose day is unknown; nothing where there are none.

    Args:
        names: of the records.
        language: of the reply, "en" or "ja".
    """
    listed = [printable(name) for name in names[:_MOST_NAMES]]
    rest = len(names) - len(listed)
    if not names:
        return []
    if language == "ja":
        return [f"{'、'.join(listed)}{f'ほか{rest}件' if rest else ''}の日付は不明です。"]
    named = join_words([*listed, f"{rest} more"] if rest else listed, "and")
    return [f"The day of {named} is unknown; {'it' if len(names) == 1 else 'they'} may be of any time."]
