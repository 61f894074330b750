"""Find the days of the meeting that a record is of, and tell of days that are open."""

import pytest

from corpus.document import Document
from corpus.facts import correct_facts
from corpus.reading import document_from

AGREED = "The Committee agreed to plant forty trees along the canal before the end of the year."


def record(*lines: str, name: str = "a.txt") -> Document:
    """A record with these lines above a paragraph."""
    return document_from("\n\n".join([*lines, AGREED]) + "\n", name, "text/plain")


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("Canal Trust", "Minutes of the 7th meeting, held on 3 February 2025 in Porto"), "3 February 2025"),
        (("Canal Trust", "Minutes of the meeting held on Monday, February 3, 2025"), "3 February 2025"),
        (("CANAL TRUST - MINUTES - 3 FEBRUARY 2025",), "3 February 2025"),
        (("Canal Trust", "Meeting date: 03.02.2025"), "3 February 2025"),
        (("Minutes", "Date of Meeting: 03.02.25"), "3 February 2025"),
        (("Canal Trust", "Date: 2025-02-03"), "3 February 2025"),
        (("Canal Trust", "Date: 25/02/2025"), "25 February 2025"),
        (("Canal Trust", "Monday 3rd February 2025, 10:00-12:00"), "3 February 2025"),
        (("Canal Trust", "3-4 February 2025, Porto"), "3-4 February 2025"),
        (("Canal Trust", "Session of 30 January - 1 February 2025"), "30 January 2025 - 1 February 2025"),
        (("REGULAR MEETING OF THE CITY COUNCIL", "February 3, 2025 – 7:00 PM", "Chamber"), "3 February 2025"),
        (("Weekly sync 2025-02-03", "Attendees: Ann, Bob"), "3 February 2025"),
        (("Canal squad, stand-up – Mon 3 Feb 2025", "There: Ann, Bob", "Not there: Cy"), "3 February 2025"),
        (("BOARD OF EDUCATION", "A meeting was called to order on the 3rd day of February, 2025."), "3 February 2025"),
        (("Canal Trust", "Minutes of the meeting held on this third day of February, 2025"), "3 February 2025"),
        (("Canal Trust", "Meeting held on the twenty-first of February A.D. 2025"), "21 February 2025"),
        (("Canal Trust minutes, 3rd February, ordinary meeting (2025)",), "3 February 2025"),
        (("Canal Trust", "Annual Meeting 2025", "Minutes", "3 February"), "3 February 2025"),
        (("Harbour board, 3 February 2025",), "3 February 2025"),
        (("Minutes of the 2025 AGM", "Monday 3 February"), "3 February 2025"),
        (("Canal Trust", "Minutes of 3 February 2025. Next meeting: 3 March 2025."), "3 February 2025"),
        (("Canal Boatmen of Porto", "Date: 25/02/2025"), "25 February 2025"),
        (("Syndicat du canal", "Compte rendu de la séance ordinaire, 3 février (2025)"), "3 February 2025"),
        (("Syndicat du canal", "Compte rendu de la séance du lundi 3 février 2025"), "3 February 2025"),
        (("Kanalausschuss", "Niederschrift über die Sitzung am Montag, 3. Februar 2025, 19:00 Uhr"), "3 February 2025"),
        (("Junta del canal", "Fecha: 3 de febrero de 2025"), "3 February 2025"),
        (("Consorzio del canale", "Verbale della seduta del 3 febbraio 2025, Porto"), "3 February 2025"),
        (("Kanaalraad", "Notulen van de vergadering van 3 februari 2025"), "3 February 2025"),
        (("Associação do canal", "Ata da reunião de 3 de fevereiro de 2025"), "3 February 2025"),
        (("第3回運河委員会 議事録", "日時:令和7年2月3日(月)10:00~12:00"), "3 February 2025"),
        (("定例会 議事メモ", "2025年2月3日（月）19時～"), "3 February 2025"),
        (("定例会 議事録", "2025年2月3日（月）13時30分～15:00"), "3 February 2025"),
        (("运河委员会会议纪要", "时间：2025年2月3日"), "3 February 2025"),
    ],
)
def test_the_day_of_a_record_of_a_meeting_is_the_meeting_s(lines: tuple[str, ...], days: str) -> None:
    made = record(*lines)
    assert (made.meeting.days, made.published, made.warnings) == (days, None, ())


@pytest.mark.parametrize(
    "lines",
    [
        ("Syndicat du canal", "Compte rendu", "Le syndicat met en place un nouveau tarif le 1er avril 2025."),
        ("Syndicat du canal", "Compte rendu sur les tarifs à compter du 1er avril 2025"),
        ("Syndicat du canal", "Compte rendu", "Le syndicat s'est réuni jeudi. Le pont ouvre le 1er avril 2025."),
        ("Kanalausschuss", "Niederschrift über die Sitzung zu den Gebühren ab dem 1. April 2025"),
        ("Junta del canal", "Acta de la sesión sobre las tarifas a partir del 1 de abril de 2025"),
        ("Canal Trust", "Minutes of the meeting on the fares effective 1 April 2025"),
        ("Canal Trust", "Minutes", "Monday 3 February - Budget 2026"),
        ("Canal Trust", "Minutes of the fares group, 3 February, on the Fares Order 2026"),
        ("Kanalausschuss", "Protokoll der Sitzung vom 3. Februar – Haushalt 2026"),
        ("Canal Trust", "Minutes of the meeting of Tuesday 3 February (2025)"),
    ],
)
def test_the_day_from_which_something_holds_is_not_the_meeting_s(lines: tuple[str, ...]) -> None:
    assert not record(*lines).meeting.days


@pytest.mark.parametrize(
    "name",
    [
        "2025-02-03 minutes.txt",
        "20250203_minutes.txt",
        "Minutes 3 February 2025.txt",
        "Minutes_03.02.2025.txt",
        "minutes 2025_02_03.txt",
        "3Feb2025-minutes.txt",
        "GMT20250203-140000_Recording.txt",
        "3rd February canal minutes (2025).txt",
        "Canal 3 février compte rendu (2025).txt",
    ],
)
def test_the_day_of_the_name_is_the_meeting_s(name: str) -> None:
    assert record("Canal Trust", "Minutes", name=name).meeting.days == "3 February 2025"


@pytest.mark.parametrize(
    "lines",
    [
        ("Canal Trust", "The next meeting will be on 10 June 2025"),
        (
            "Canal Trust",
            "Minutes of the 12th meeting",
            "1. Minutes of the meeting of 3 June 2024",
            "They were approved.",
        ),
        ("Canal Trust", "Minutes", "Approved on 8 April 2025"),
        ("Annual report of the Canal Trust", "1 January 2025"),
    ],
)
def test_the_day_of_another_meeting_or_of_the_text_is_not_the_meeting_s(lines: tuple[str, ...]) -> None:
    assert record(*lines).meeting.days == ""


def test_the_heading_leads_before_the_day_of_the_letter() -> None:
    made = record(
        "Canal Trust", "14 March 2025", "Minutes of the meeting held on 3 February 2025", "Approved 8 April 2025"
    )
    assert made.meeting.days == "3 February 2025"


def test_a_dateline_is_of_a_release_or_of_the_meeting() -> None:
    release = record("Lisbon, 12 June 2024", "Ministers agree on rivers")
    minutes = record("Rivers Committee", "Minutes", "Lisbon, 12 June 2024")
    assert (str(release.published), release.meeting.days) == ("2024-06-12", "")
    assert (minutes.published, minutes.meeting.days) == (None, "12 June 2024")


def test_the_day_of_a_notice_is_not_the_meeting_s() -> None:
    title, issued = "Extraordinary session of the Rivers Pact", "Lisbon, 12 June 2024"
    later = f"The Rivers Pact will hold an extraordinary session in Porto on 24 June 2024. {AGREED}"
    notice = record(title, issued, later, name="session_agenda.txt")
    assert (str(notice.published), notice.meeting.days, notice.meeting.place) == ("2024-06-12", "24 June 2024", "Porto")
    same = record("Agenda of the session", issued, f"The Rivers Pact will meet on 12 June 2024 in Lisbon. {AGREED}")
    assert (same.published, same.meeting.days) == (None, "12 June 2024")
    next_one = f"The next session of the Rivers Pact will be held on 24 June 2024 in Porto. {AGREED}"
    assert record("Agenda of the session", issued, next_one).meeting.days == "12 June 2024"


def test_a_day_with_two_readings_stays_open_and_is_told() -> None:
    made = record("Minutes", "Date: 11/03/2025")
    assert made.meeting.days == ""
    [warning] = made.warnings
    assert "11/03/2025 may be 11 March 2025 or 3 November 2025" in warning
    assert "rapporteur facts 'a.txt' meeting_date=2025-03-11" in warning
    assert correct_facts(made, {"meeting_date": "2025-03-11"}).warnings == ()


@pytest.mark.parametrize(
    ("lines", "name", "days"),
    [
        (("Minutes", "Tuesday 11/03/2025"), "a.txt", "11 March 2025"),
        (("Minutes", "Monday 11/03/2025"), "a.txt", "3 November 2025"),
        (("Minutes", "Date: 11/03/2025"), "minutes 2025-03-11.txt", "11 March 2025"),
        (("Minutes", "Date: 11/03/2025", "The offer ends on 25/04/2025"), "a.txt", "11 March 2025"),
        (("Minutes", "Date: 11/03/2025", "The offer ends on 04/25/2025"), "a.txt", "3 November 2025"),
    ],
)
def test_weekday_name_and_other_days_leave_one_reading(lines: tuple[str, ...], name: str, days: str) -> None:
    made = record(*lines, name=name)
    assert (made.meeting.days, made.warnings) == (days, ())


def test_the_text_leads_where_the_name_disagrees() -> None:
    made = record("Minutes", "Date: 11 March 2025", name="minutes 2025-04-08.txt")
    assert made.meeting.days == "11 March 2025"
    [warning] = made.warnings
    assert warning.startswith("meeting_date: the text says 11 March 2025, the file's name 8 April 2025;")
