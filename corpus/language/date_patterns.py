"""Regular expressions for days and runs of days: y, m, d is a day, and y1, m1 or y2, m2, d2 the other of a run."""

import re

from corpus.language.months import ANY_MONTH, FOREIGN_LONG_MONTH, FOREIGN_MONTH, FOREIGN_PLAIN_MONTH, ORDINALS
from corpus.language.word_lists import word_list

YEAR = r"(?:19|20)\d\d"

MONTH_FORM = rf"{ANY_MONTH}\b\.?"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9]|[:h][0-9]|\s?[ap]\.?m\b)"  # not an hour
# "Twenty-first" and "twenty first".
ORDINAL = f"(?:{'|'.join(sorted((word.replace('-', '[- ]') for word in ORDINALS), key=len, reverse=True))})"
_TO = r"\s*(?:-|–|—|‐|‑|~|〜|/|\bto\b|\band\b|&)\s*"
_WEEKDAY = r"(?:\s*\((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\))?"
# "May" alone is a month only where a day stands beside it, as it does in all of these.
ENGLISH = (
    re.compile(
        rf"\b(?P<m>{MONTH_FORM})\s+(?P<d>{_DAY}){_WEEKDAY}"
        rf"(?:(?:,?\s+(?P<y1>[0-9]{{4}}))?{_TO}(?:(?P<m2>{MONTH_FORM})\s+)?(?P<d2>{_DAY}){_WEEKDAY})?(?:,?\s+(?P<y>[0-9]{{4}})(?![0-9]))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.:/-])(?P<d>{_DAY})(?:\s+(?P<m1>{MONTH_FORM}))?(?:,?\s+(?P<y1>[0-9]{{4}}))?"
        rf"(?:(?:,\s*{_DAY}){{0,5}}{_TO}(?P<d2>{_DAY}))?\s+(?:of\s+)?(?P<m>{MONTH_FORM})"
        r"(?:,?\s+(?P<y>[0-9]{4})(?![0-9]))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.:/-])(?P<d>{_DAY})\s+(?P<m>{MONTH_FORM})(?:,?\s+(?P<y>[0-9]{{4}})(?![0-9]))?",
        re.IGNORECASE,
    ),
    re.compile(  # "11-Mar-2025", "11. March 2025", "the 11th day of March, 2025"
        rf"(?<![\w.:/-])(?P<d>{_DAY})(?:-|\.?\s*|\s+day\s+of\s+)(?P<m>{MONTH_FORM})(?:-|,?\s*)(?P<y>{YEAR})(?![0-9])",
        re.IGNORECASE,
    ),
    re.compile(  # "the fourteenth day of May, 2026"
        rf"\b(?P<d>{ORDINAL})\s+(?:day\s+)?of\s+(?P<m>{MONTH_FORM}),?\s+"
        rf"(?:(?:in\s+the\s+year|a\.?d\.?),?\s+)?(?P<y>{YEAR})(?![0-9])",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\w.:/-])(?P<y>{YEAR})[\s-]+(?P<m>{MONTH_FORM})[\s-]+(?P<d>{_DAY})", re.IGNORECASE),
)
# "2 et 3 avril 2025", "11./12. März 2025", "30. März bis 1. April 2025", "del 4 al 6 de abril de 2025", "1er mai 2025".
_NUMBER = r"[0-9]{1,2}(?:er|\.?\s?[ºª°]|\.)?"
_UNTIL = r"\s*(?:-|–|—|/|&|bis(?:\s+zum)?\b|und\b|et\b|aux?\b|y\b|al?\b)\s*"
FOREIGN = re.compile(
    rf"(?<![\w.:/-])(?P<d>{_NUMBER})(?:\s*(?:de\s+)?(?P<m1>{FOREIGN_MONTH})\b\.?(?:\s+(?:de\s+)?(?P<y1>{YEAR}))?)?"
    rf"(?:{_UNTIL}(?P<d2>{_NUMBER}))?\s*(?:de\s+)?(?P<m>{FOREIGN_MONTH})\b\.?,?\s+(?:del?\s+)?(?P<y>{YEAR})(?![0-9])",
    re.IGNORECASE,
)
# A month alone: "im Juni", "en mai", "juillet 2026". "Mai" and "Julio" need one of these words or a year beside them.
_BEFORE_MONTH = r"(?:im|vom|seit|bis|ab|ende|anfang|mitte|en|de|du|del|depuis|fin|début|desde|hasta|mi)"
FOREIGN_MENTION = re.compile(
    rf"\b(?:(?P<alone>{FOREIGN_PLAIN_MONTH})|(?:{_BEFORE_MONTH})[\s-]+(?P<behind>{FOREIGN_LONG_MONTH})"
    rf"|(?P<dated>{FOREIGN_LONG_MONTH})(?=\s+(?:del?\s+)?{YEAR}))\b",
    re.IGNORECASE,
)
NUMERIC = re.compile(
    r"(?<![0-9./-])(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9./-]*[0-9])"
    r"(?:(?:\s*(?:~|〜|–|—|\bto\b)\s*|\s+-\s+|/)(?P<y2>[0-9]{4})(?P=s)(?P<m2>[0-9]{1,2})(?P=s)(?P<d2>[0-9]{1,2}))?"
)
NUMERIC_RANGE = re.compile(
    r"(?<![0-9./-])(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})/(?P<y2>[0-9]{4})-(?P<m2>[0-9]{2})-(?P<d2>[0-9]{2})"
    r"(?![0-9])"
)
# The day in front: with dots in all of Europe, "11.03.2025", "11./12.03.2025", "30.03. - 01.04.2025".
DOTTED = re.compile(
    r"(?<![\w./-])(?P<d>[0-9]{1,2})\."
    r"(?:(?:\s?(?P<m1>[0-9]{1,2})\.(?:\s?(?P<y1>[0-9]{4}))?)?\s*(?:-|–|—|/|bis|und|et|au|y|al?|to|and)\s*"
    r"(?P<d2>[0-9]{1,2})\.)?"
    rf"\s?(?P<m>[0-9]{{1,2}})\.\s?(?P<y>{YEAR})(?!\w|\.[0-9])"
)
# With slashes or hyphens day or month is in front.
SLASHED = re.compile(rf"(?<![\w./-])([0-9]{{1,2}})([/-])([0-9]{{1,2}})\2({YEAR})(?![\w/-])")
_YOUBI = r"(?:\s*[(（][月火水木金土日](?:曜日?)?(?:・?祝)?[)）])?"
JAPANESE = re.compile(
    r"(?:(?P<era>令和|平成|昭和)\s*(?P<n>元|\d{1,2})\s*年|(?P<y>\d{4})\s*年(?:\s*[(（](?:令和|平成|昭和)\w{1,2}年?[)）])?)?"
    rf"\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日{_YOUBI}"
    rf"(?:\s*(?:-|–|~|〜|から|及び|および|と|、|・|,)\s*(?:(?P<m2>\d{{1,2}})\s*月\s*)?(?P<d2>\d{{1,2}})\s*日{_YOUBI})?"
)
# A word in front of its number, as in "day 2"; none of a meeting, as "Session 3 - 4 May" may be of two days.
_NUMBERED_WORDS = word_list("numbered_words.txt") - word_list("meeting_words.txt")
NUMBERED = re.compile(rf"\b(?:{'|'.join(sorted(_NUMBERED_WORDS))})\s+$", re.IGNORECASE)
