"""Read the facts that a records.toml states."""

from datetime import date

import pytest

from corpus.facts import Fact
from corpus.metadata.records_file import NAME, records_file

RECORD = """
[[record]]
file = "talks.txt"
title = "Results of Talks"
publisher = "Ministry of X"
published = 2021-08-06
address = "https://example.org/a"
language = "en"

[record.meeting]
forum = "G20"
name = "Ministers' Talks"
first_day = 2021-08-04
last_day = "2021-08-05"
place = ""
presidency = "Italy"
mode = "hybrid"
"""


def problems(text: str) -> list[str]:
    return list(records_file(text.encode(), "records.toml").problems)


def test_every_fact_of_a_record_can_be_given() -> None:
    given = records_file(RECORD.encode(), "records.toml", ["talks.txt", "other.txt"])
    assert given.problems == ()
    assert given.facts == {
        "talks.txt": (
            Fact("title", "Results of Talks", NAME),
            Fact("publisher", "Ministry of X", NAME),
            Fact("published", date(2021, 8, 6), NAME),
            Fact("address", "https://example.org/a", NAME),
            Fact("language", "en", NAME),
            Fact("forum", "G20", NAME),
            Fact("meeting", "Ministers' Talks", NAME),
            Fact("meeting_date", date(2021, 8, 4), NAME),
            Fact("meeting_end", date(2021, 8, 5), NAME),
            Fact("place", "", NAME),
            Fact("presidency", "Italy", NAME),
            Fact("mode", "hybrid", NAME),
        )
    }


@pytest.mark.parametrize(
    ("field", "complaint"),
    [
        (
            "published = 'soon'",
            "published is wrong: published = 'soon': give one day of the calendar, such as 2021-08-05, 5 August 2021"
            " or 令和3年8月5日",
        ),
        ("published = 2021", "published is wrong: published = 2021: give a day such as 2021-08-05"),
        ("publisher = ['A']", "publisher is wrong: publisher = ['A']: give words between quotation marks"),
        (
            "address = 'www.example.org'",
            "address is wrong: address = 'www.example.org': give a web address that begins",
        ),
        ("titel = 'A'", "'titel' is no field; known are file, title, publisher, published, address, language, meeting"),
        ("meeting = 0x" + "f" * 5000, "meeting = a number of thousands of digits: give a table [record.meeting]"),
        ("language = 0x" + "f" * 5000, "language is wrong: language = a number of thousands of digits: give words"),
        ("meeting = 'Talks'", "meeting = 'Talks': give a table [record.meeting]"),
        ("meeting.town = 'Rome'", "'meeting.town' is no field; known are forum, name, first_day, last_day, place, "),
        ("meeting.mode = 'by post'", "meeting.mode is wrong: mode = 'by post': give in person, online or hybrid"),
        (
            "meeting.last_day = 2021-08-05",
            "meeting.last_day = 2021-08-05 does not follow first_day = nothing; give both",
        ),
        ('place = "a\\u001bb"', "'place' is no field"),
        ('meeting.place = "a\\u001bb"', r"meeting.place is wrong: place = 'a\x1bb': give plain words in one line"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_counts(field: str, complaint: str) -> None:
    given = records_file(f"[[record]]\nfile = 'a.txt'\ntitle = 'A'\n{field}".encode(), "in/records.toml")
    assert given.facts == {"a.txt": (Fact("title", "A", NAME),)}
    assert len(given.problems) == 1
    assert given.problems[0].startswith(f"in/records.toml: record 1 ('a.txt'): {complaint}")


def test_a_last_day_before_the_first_is_left_out() -> None:
    text = "[[record]]\nfile = 'a.txt'\nmeeting.first_day = 2021-08-05\nmeeting.last_day = 2021-08-04"
    given = records_file(text.encode(), NAME)
    assert given.facts == {"a.txt": (Fact("meeting_date", date(2021, 8, 5), NAME),)}
    assert given.problems == (
        "records.toml: record 1 ('a.txt'): "
        "meeting.last_day = 2021-08-04 does not follow first_day = 2021-08-05; give both",
    )


def test_an_entry_without_a_file_and_one_for_an_unknown_or_a_second_time_are_named() -> None:
    text = "[[record]]\ntitle = 'A'\n" + "".join(f"[[record]]\nfile = '{n}'\n" for n in ("b.txt", "c.txt", "c.txt"))
    given = records_file(text.encode(), NAME, ["c.txt"])
    assert given.facts == {"c.txt": ()}
    assert given.problems == (
        "records.toml: record 1: the field 'file' is missing; name the file that it is about",
        "records.toml: record 2: no file 'b.txt' in this folder",
        "records.toml: record 4: 'c.txt' has an entry before it; keep one of them",
    )


def test_a_name_without_end_makes_no_line_without_end() -> None:
    long = "n" * 5000
    for text in (
        f"[[{long}]]",
        f"[[record]]\nfile = '{long}'",
        f"[[record]]\nfile = 'c.txt'\n{long} = 1",
        f"[[record]]\nfile = 'c.txt'\ntitle = ['{long}']",
    ):
        (problem,) = records_file(text.encode(), NAME, ["c.txt"]).problems
        assert "nnn" in problem
        assert len(problem) < 400


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"[[record]", "records.toml: Expected ']]' at the end of an array declaration"),
        (b"[record]\nfile = 'a.txt'", "records.toml: the records must be tables, each under a line [[record]]"),
        (b"record = ['a.txt']", "records.toml: the records must be tables"),
        (b"[[records]]\nfile = 'a.txt'", "records.toml: 'records' is no table of records; write [[record]]"),
        (b"a = '\xff'", "records.toml: not UTF-8 text at byte 5; save it as UTF-8"),
        (b"a = " + b"[" * 5000, "records.toml: "),
        (b"a = " + b"9" * 5000, "records.toml: Exceeds the limit (4300 digits)"),
        (
            b"#" * (4 * 1024 * 1024 + 1),
            "records.toml: 4,194,305 bytes are over the limit of 4,194,304; split the folder",
        ),
    ],
)
def test_a_file_that_gives_no_records_says_why_in_one_line(raw: bytes, complaint: str) -> None:
    given = records_file(raw, "records.toml")
    assert given.facts == {}
    assert len(given.problems) == 1
    assert given.problems[0].startswith(complaint)
    assert "\n" not in given.problems[0]


def test_a_byte_order_mark_and_an_empty_file_are_no_problem() -> None:
    assert problems("\ufeff" + RECORD) == problems("") == []
