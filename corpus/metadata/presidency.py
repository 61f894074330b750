"""Who presides over the meeting, where a record says so of this very meeting."""

import re

# Members of the forums and guests that preside; the adjective as presidencies are named.
_COUNTRIES = {
    "Argentina": "Argentine|Argentinian", "Australia": "Australian", "Brazil": "Brazilian", "Canada": "Canadian",
    "China": "Chinese", "France": "French", "Germany": "German", "India": "Indian", "Indonesia": "Indonesian",
    "Italy": "Italian", "Japan": "Japanese", "Mexico": "Mexican", "Russia": "Russian",
    "Saudi Arabia": "Saudi(?: Arabian)?",
    "South Africa": "South African", "South Korea": "South Korean|Korean", "Turkey": "Turkish",
    "United Kingdom": "UK|U\\.K\\.|British", "United States": "US|U\\.S\\.|American", "Spain": "Spanish",
    "Sweden": "Swedish", "Belgium": "Belgian", "Poland": "Polish", "Denmark": "Danish",
    "Laos": "Lao", "Peru": "Peruvian",
    "Thailand": "Thai", "Singapore": "Singaporean", "Malaysia": "Malaysian", "Vietnam": "Vietnamese",
    "Philippines": "Philippine", "Brunei": "Bruneian", "Cambodia": "Cambodian", "New Zealand": "New Zealand",
}  # fmt: skip
_ANY = "|".join(f"{name}|{adjective}" for name, adjective in _COUNTRIES.items())
_FORUM = r"(?:G ?\d{1,2}\s+)?"
_OFFICE = r"(?:presidency|chair(?:manship|ship)?)"
# "(held under Italian presidency)", "under the Presidency of Italy", "at the invitation of the German G7 Presidency".
_UNDER = re.compile(
    rf"\bunder\s+(?:the\s+)?(?P<a>{_ANY})(?:['’]s?)?\s+{_FORUM}{_OFFICE}\b"
    rf"|\bunder\s+(?:the\s+)?{_FORUM}{_OFFICE}\s+of\s+(?:the\s+)?(?P<b>{_ANY})\b"
    rf"|\binvitation\s+of\s+the\s+(?P<c>{_ANY})\s+{_FORUM}{_OFFICE}\b"
    rf"|\b(?:proposed|hosted|convened|organi[sz]ed|held|chaired)\s+by\s+the\s+{_FORUM}(?P<d>{_ANY})\s+{_FORUM}{_OFFICE}\b",
    re.IGNORECASE,
)
# A list of who took part: "Japan, Saudi Arabia (Presidency), Argentina".
_LISTED = re.compile(rf"(?:^|[,;:\s])(?P<a>{'|'.join(_COUNTRIES)})\s*\((?:presidency|chair|host)\)", re.IGNORECASE)
_IN_JAPANESE = {
    "日本": "Japan",
    "イタリア": "Italy",
    "サウジアラビア": "Saudi Arabia",
    "ドイツ": "Germany",
    "フランス": "France",
    "英国": "United Kingdom",
    "米国": "United States",
    "カナダ": "Canada",
    "インドネシア": "Indonesia",
    "インド": "India",
    "ブラジル": "Brazil",
}
_NAMES = "|".join(_IN_JAPANESE)
_JAPANESE = re.compile(rf"(?P<a>{_NAMES})(?:が|の)?議長国(?:の下|を務め|として)|議長国[はの::]?(?P<b>{_NAMES})")
_MEETING = re.compile(r"\b(?:meeting|summit|conference)\b|\bmet\b|会合|会議|サミット", re.IGNORECASE)
# "agreed upon at the 2019 G20, under Japan's Presidency" is another meeting's.
_OTHER = re.compile(
    r"\bin (?:19|20)\d\d\b|\bthe (?:19|20)\d\d\b|\b(?:last|next|previous|upcoming|former)\b", re.IGNORECASE
)


def presidency_in(sentences: list[str], lines: list[str]) -> str | None:
    """The presiding country by its English name; None where the record does not say, or names several.

    Args:
        sentences: of the record's first paragraphs.
        lines: its first blocks.
    """
    told = {_country(m) for s in sentences if _MEETING.search(s) and not _OTHER.search(s) for m in _UNDER.finditer(s)}
    told |= {_country(m) for line in lines for m in _LISTED.finditer(line)}
    told |= {_IN_JAPANESE[m["a"] or m["b"]] for s in sentences for m in _JAPANESE.finditer(s)}
    return told.pop() if len(told) == 1 else None


def _country(found: re.Match[str]) -> str:
    said = next(value for value in found.groupdict().values() if value)
    return next(
        name for name, adjective in _COUNTRIES.items() if re.fullmatch(f"{name}|{adjective}", said, re.IGNORECASE)
    )
