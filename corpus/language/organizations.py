"""Names of organisations: the forums that meetings belong to, and the publishers of records."""

import re
from functools import cache

from corpus.language.word_lists import word_table

# Longer names first: "ASEAN Regional Forum" is not ASEAN. Short names count only as they are written, since "itu" and
# "un" are words of other languages.
_G = r"(?<![A-Za-z0-9])G ?{}(?![A-Za-z0-9])"
_FORUMS = (
    ("G7", _G.format(7) + r"|\bGroup of Seven\b|(?:主要|先進)7[かカヵケヶ]国", re.IGNORECASE),
    ("G8", _G.format(8) + r"|\bGroup of Eight\b", re.IGNORECASE),
    ("G20", _G.format(20) + r"|\bGroup of Twenty\b", re.IGNORECASE),
    ("G77", _G.format(77), re.IGNORECASE),
    ("Quad", r"\bQuad\b", re.IGNORECASE),
    ("OECD", r"\bOECD\b|\bOrgani[sz]ation for Economic Co-?operation and Development\b", 0),
    ("APEC", r"\bAPEC\b|\bAsia-Pacific Economic Cooperation\b", 0),
    ("ASEAN", r"\bASEAN\b|\bAssociation of Southeast Asian Nations\b", 0),
    ("BRICS", r"\bBRICS\b", 0),
    ("ITU", r"\bITU\b|\bInternational Telecommunication Union\b", 0),
    ("UNESCO", r"\bUNESCO\b", 0),
    ("NATO", r"\bNATO\b|\bNorth Atlantic Treaty Organization\b", 0),
)
_PATTERNS = tuple((name, re.compile(pattern, flags)) for name, pattern, flags in _FORUMS)
_SHORT = r"(?<![A-Za-z0-9])(G7|G8|G20|G77|OECD|APEC|ASEAN|BRICS|Quad)(?![A-Za-z0-9])"
# A meeting on the margins of another is not the other's.
_BESIDE = re.compile(
    r"(?:margins?|sidelines?|ahead|advance|eve|response|address(?:es|ed)?|preparations?)\s+(?:of|to|for)\s+(?:the\s+)?"
    r"(?:\d{4}\s+)?$|\b(?:before|after|towards?|trends in)\s+(?:the\s+)?(?:\d{4}\s+)?$",
    re.IGNORECASE,
)
# Nouns of offices in English, French, German, Spanish, Italian and Japanese, and bodies with an abbreviation.
_ORGANIZATION = re.compile(
    r"\b(?:ministr(?:y|ies)|ministère|ministerio|ministero|ministerium|agency|department|office|government|parliament|"
    r"council|commission|cabinet|secretariat|bureau|committee|authority|union|organi[sz]ation|association|institute|"
    r"university|centre|center|bank|foundation|house|OECD|OCDE|ITU|UNESCO|NATO|WTO|WHO|IMF|G7|G20|"
    r"European|United Nations)\b|[省庁府局会院室課]$|委員会|政府|機構",
    re.IGNORECASE,
)
# Authors that programs write into the properties of a file.
_PROGRAM = re.compile(r"\b(?:microsoft|libreoffice|openoffice|office user|windows user)\b", re.IGNORECASE)


def is_organization(author: str) -> bool:
    """Return True if the author of a file is an organisation, and neither a person nor the name of a program."""
    return bool(_ORGANIZATION.search(author)) and not _PROGRAM.search(author)


def forum_in(words: str) -> str | None:
    """Return the forum that a title names first; None for a title without one, or with one that the meeting is beside.

    Args:
        words: a title or the name of a meeting, in compatibility form (NFKC).
    """
    found = []
    for name, pattern in _PATTERNS:
        if match := next((m for m in pattern.finditer(words) if not _BESIDE.search(words[: m.start()])), None):
            found.append((match.start(), name))
    return min(found)[1] if found else None


def find_forums(text: str, flags: int = 0) -> list[tuple[str, int]]:
    """Return the forums that a text names by their short names, each with its start.

    Args:
        text: a question or a citation.
        flags: `re.IGNORECASE` to find "g20" too.
    """
    names = {name.upper(): name for name, _ in _PATTERNS}
    # Without ASCII "BRİCS" would be taken for "brics".
    return [(names[match.group().upper()], match.start()) for match in re.finditer(_SHORT, text, flags | re.ASCII)]


def other_publisher_names(short: str) -> tuple[str, ...]:
    """Return the other names, in English and Japanese, of the publisher with a short name; empty for an unknown one."""
    return tuple(_publishers().get(short, ()))


@cache
def _publishers() -> dict[str, list[str]]:
    return word_table("publishers.toml")
