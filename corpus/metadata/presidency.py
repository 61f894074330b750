"""The country that presides over the meeting, where a record says so of this very meeting."""

import re
from functools import cache

from corpus.language.countries import country_named, country_pattern

_FORUM = r"(?:G ?\d{1,2}\s+)?"
_OFFICE = r"(?:presidency|chair(?:manship|ship)?)"
_MEETING = re.compile(r"\b(?:meeting|summit|conference)\b|\bmet\b|会合|会議|サミット", re.IGNORECASE)
# "agreed upon at the 2019 G20, under Japan's Presidency" is another meeting's.
_OTHER = re.compile(
    r"\bin (?:19|20)\d\d\b|\bthe (?:19|20)\d\d\b|\b(?:last|next|previous|upcoming|former)\b", re.IGNORECASE
)


def presidency_in(sentences: list[str], lines: list[str]) -> str | None:
    """Return the presiding country by its English name; None where the record does not say, or names several.

    Args:
        sentences: of the record's first paragraphs.
        lines: its first blocks.
    """
    under, listed, japanese = _patterns()
    own = [s for s in sentences if _MEETING.search(s) and not _OTHER.search(s)]
    texts = ((under, own), (listed, lines), (japanese, sentences))
    named = {_country(match) for pattern, parts in texts for part in parts for match in pattern.finditer(part)}
    return named.pop() if len(named) == 1 else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The phrases that name a presidency in English, those that list it, and those in Japanese."""
    any_country, in_japanese = country_pattern("English"), country_pattern("Japanese")
    # "under Italian presidency", "under the Presidency of Italy", "at the invitation of the German G7 Presidency".
    under = re.compile(
        rf"\bunder\s+(?:the\s+)?(?P<a>{any_country})(?:['’]s?)?\s+{_FORUM}{_OFFICE}\b"
        rf"|\bunder\s+(?:the\s+)?{_FORUM}{_OFFICE}\s+of\s+(?:the\s+)?(?P<b>{any_country})\b"
        rf"|\binvitation\s+of\s+the\s+(?P<c>{any_country})\s+{_FORUM}{_OFFICE}\b"
        rf"|\b(?:proposed|hosted|convened|organi[sz]ed|held|chaired)\s+by\s+the\s+{_FORUM}(?P<d>{any_country})\s+{_FORUM}{_OFFICE}\b",
        re.IGNORECASE,
    )
    # A list of who took part: "Japan, Saudi Arabia (Presidency), Argentina".
    listed = re.compile(rf"(?:^|[,;:\s])(?P<a>{any_country})\s*\((?:presidency|chair|host)\)", re.IGNORECASE)
    japanese = re.compile(
        rf"(?P<a>{in_japanese})(?:が|の)?議長国(?:の下|を務め|として)|議長国[はの::]?(?P<b>{in_japanese})"
    )
    return under, listed, japanese


def _country(match: re.Match[str]) -> str | None:
    return country_named(next(name for name in match.groupdict().values() if name))
