"""Write values of facts and counts in English or in Japanese, in the language of the question."""

from assistant.wording import count
from corpus.document import Document
from corpus.language.countries import countries
from corpus.language.dates import states_days
from corpus.language.months import WEEKDAYS, spell_days
from corpus.language.scripts import is_cjk

_MODES = {
    "en": {"online": "Online", "hybrid": "Hybrid (in person and online)", "in person": "In person"},
    "ja": {"online": "オンライン", "hybrid": "ハイブリッド（対面とオンライン）", "in person": "対面"},
}
_WEEKDAYS_JA = "月火水木金土日"


def spell_fact(document: Document, fact: str, language: str) -> str:
    """Return the value of a fact in words; "" where it is not known.

    Args:
        document: the record.
        fact: a name of `corpus.facts`, "weekday" or "duration".
        language: "en" or "ja".
    """
    meeting, period = document.meeting, document.meeting.period
    days = spell_days(*period, language) if period else ""
    match fact:
        case "meeting_date":
            return days
        case "weekday" if period and language == "ja":
            return f"{days}（{_WEEKDAYS_JA[period[0].weekday()]}曜日）"
        case "weekday" if period:
            return f"{' to '.join(WEEKDAYS[day.weekday()] for day in sorted(set(period)))}, {days}"
        case "duration" if period:
            number = (period[1] - period[0]).days + 1
            return f"{number}日間（{days}）" if language == "ja" else f"{count(number, 'day')} ({days})"
        case "place":
            return meeting.place or (_MODES[language]["online"] if meeting.mode == "online" else "")
        case "presidency" if meeting.presidency:
            return _country(meeting.presidency, language)
        case "mode" if meeting.mode:
            return _MODES[language][meeting.mode]
        case "published" if document.published:
            return spell_days(document.published, document.published, language)
        case "publisher":
            return document.publisher or ""
        case "address":
            return document.source.address or ""
    return ""


def meeting_label(document: Document, language: str) -> str:
    """Return a meeting's name with its place and days, or the record's title and day where no meeting is known."""
    meeting = document.meeting
    name = meeting.name or document.title
    place = meeting.place or (_MODES[language]["online"].lower() if meeting.mode == "online" else "")
    town = "" if place and place.partition(",")[0] in name else place
    published = document.published
    period = meeting.period or (published and (published, published))
    day = "" if period and states_days(name, period) else spell_day_of(document, language)
    return ", ".join(filter(None, (name, town, day)))


def spell_day_of(document: Document, language: str) -> str:
    """Return the days of a record's meeting, else "published 6 August 2021"; "" for a record without a day."""
    if document.meeting.period:
        return spell_days(*document.meeting.period, language)
    published = document.published
    if not published:
        return ""
    day = spell_days(published, published, language)
    return f"{day}公表" if language == "ja" else f"published {day}"


def _country(name: str, language: str) -> str:
    if language == "en":
        return name
    return next((other for other in countries().get(name, ()) if is_cjk(other) and len(other) > 1), name)
