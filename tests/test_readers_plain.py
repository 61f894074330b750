from datetime import date

import pytest

from corpus.facts import Fact
from corpus.readers.plain import front_matter, front_matter_facts, mail_header
from corpus.reading import read_bytes


def facts(lines: str) -> dict[str, object]:
    return dict(front_matter(f"---\n{lines}\n---\nBody.")[0])


def test_the_facts_and_the_place_behind_them_are_found() -> None:
    text = "---\ntitle: Joint Statement\ndate: '2021-03-12'\nurl: https://example.org/a\n---\nBody."
    known = {"title": "Joint Statement", "published": date(2021, 3, 12), "address": "https://example.org/a"}
    assert front_matter(text) == (known, text.index("Body."))


def test_the_facts_are_handed_on_with_their_origin() -> None:
    text = "---\ntitle: Talks\nlang: en\ndate: 2021-08-05\n---\nBody."
    found = (
        Fact("title", "Talks", "front matter"),
        Fact("published", date(2021, 8, 5), "front matter"),
        Fact("language", "en", "front matter"),
    )
    assert front_matter_facts(text) == (found, text.index("Body."))
    assert front_matter_facts("Body.") == ((), 0)


def test_every_fact_of_a_record_can_be_stated() -> None:
    stated = (
        "Title: Talks\nPublisher: MIC\npublished: 2021-08-06\naddress: https://example.org/b\nforum: G20\n"
        "meeting: Ministers' Talks\nmeeting_date: 2021-08-04\nmeeting_end: 2021-08-05\nplace: Trieste\n"
        "presidency: Italy\nmode: hybrid"
    )
    assert facts(stated) == {
        "title": "Talks",
        "publisher": "MIC",
        "published": date(2021, 8, 6),
        "address": "https://example.org/b",
        "forum": "G20",
        "meeting": "Ministers' Talks",
        "meeting_date": date(2021, 8, 4),
        "meeting_end": date(2021, 8, 5),
        "place": "Trieste",
        "presidency": "Italy",
        "mode": "hybrid",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Body.",
        "---\nno end",
        "---\n- a\n- b\n---\nBody.",
        "---\nonly words\n---\n",
        "---\n---\n",
        "--- a\ntitle: b\n---\n",
    ],
)
def test_a_text_without_a_mapping_between_dashes_has_no_front_matter(text: str) -> None:
    assert front_matter(text) == ({}, 0)


def test_front_matter_with_carriage_returns_is_read() -> None:
    assert front_matter("---\r\ntitle: Talks\r\n---\r\nBody.") == ({"title": "Talks"}, 24)


def test_front_matter_may_end_the_text() -> None:
    assert front_matter("---\ntitle: Talks\n...") == ({"title": "Talks"}, 20)


@pytest.mark.parametrize("nothing", ["", "~", "null", "[a, b]", "{a: b}", "''"])
def test_a_title_that_is_no_words_is_no_title(nothing: str) -> None:
    assert facts(f"title: {nothing}") == {}


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2021-08-05", date(2021, 8, 5)),
        ("'2021-08-05'", date(2021, 8, 5)),
        ("2021-8-5", date(2021, 8, 5)),
        ("2021-03-01 18:59:26-05:00", date(2021, 3, 1)),
        ("2021-03-01T23:59:59Z", date(2021, 3, 1)),
    ],
)
def test_a_day_is_read_as_it_is_written(stated: str, day: date) -> None:
    assert facts(f"date: {stated}") == {"published": day}


@pytest.mark.parametrize("wrong", ["2021-02-31", "0000-01-01", "yesterday", "[2021-08-05]", "20210805", "2021-08-055"])
def test_a_wrong_day_costs_only_itself(wrong: str) -> None:
    assert facts(f"title: Talks\ndate: {wrong}") == {"title": "Talks"}


def test_the_first_key_with_a_value_counts() -> None:
    assert facts("date: soon\npublished_time: 2021-03-01 18:59:26-05:00") == {"published": date(2021, 3, 1)}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.example.org", "file:///etc/passwd", "12"])
def test_only_a_web_address_is_an_address(address: str) -> None:
    assert facts(f"url: {address}") == {}


def test_a_title_on_several_lines_is_one_line() -> None:
    assert facts("title: >\n  Results of\n  the Talks") == {"title": "Results of the Talks"}


def test_a_number_or_a_truth_value_stays_the_words_that_stand_there() -> None:
    assert facts("title: 2021\nplace: 1_000\nmode: yes\nforum: 0x1F") == {
        "title": "2021",
        "place": "1_000",
        "mode": "yes",
        "forum": "0x1F",
    }


@pytest.mark.parametrize("number", ["1:" * 6000 + "1", "0x" + "f" * 18_000, "9" * 19_000])
def test_an_endless_number_is_harmless(number: str) -> None:
    assert facts(f"place: Trieste\ntitle: {number}")["place"] == "Trieste"


@pytest.mark.parametrize("level", ["[{}]", "{{<<: [{}]}}"])
def test_references_that_multiply_are_harmless(level: str) -> None:
    lines = ["a: &a {x: 1}"]
    for new, old in zip("bcdefghij", "abcdefghi", strict=True):
        lines.append(f"{new}: &{new} " + level.format(",".join([f"*{old}"] * 9)))
    assert facts("\n".join([*lines, "date: *j", "title: Talks"])) == {"title": "Talks"}


def test_a_tag_runs_nothing() -> None:
    assert facts("title: !!python/object/apply:os.getcwd []") == {}


def test_yaml_that_is_wrong_stays_in_the_text() -> None:
    assert front_matter("---\ntitle: [a\n---\nBody.") == ({}, 0)


def test_front_matter_beyond_any_honest_length_stays_in_the_text() -> None:
    assert front_matter("---\n" + "a: b\n" * 5000 + "---\nBody.") == ({}, 0)


def test_a_colon_in_a_title_costs_no_fact() -> None:
    text = (
        "---\ntitle: Talks: the first day\ntags: [a, b]\ndate: 2021-08-05\nnested:\n  a: 1\nforum: 'G7'\n---\nThey met."
    )
    found, start = front_matter(text)
    assert found == {"title": "Talks: the first day", "published": date(2021, 8, 5), "forum": "G7"}
    assert text[start:] == "They met."


@pytest.mark.parametrize(
    "lines",
    ["title: a: b\nand parted.", "Note: see: below", "title: a: b\ntags: [c", "title: a: b\ntags: " + "[" * 9000],
)
def test_what_has_another_fault_stays_in_the_text(lines: str) -> None:
    assert front_matter(f"---\n{lines}\n---\nThey met.") == ({}, 0)


MAIL = "From: The office <a@example>\nTo: all\n{day}\nSubject: Re: FW: Outcome of the\n talks\n\nAll,\n\nThey met.\n"


@pytest.mark.parametrize("day", ["Date: Mon, 4 Mar 2024 10:15:00 +0100", "Sent: Monday, March 4, 2024 10:15 AM"])
def test_a_mail_has_its_subject_as_title_and_the_day_it_was_sent(day: str) -> None:
    assert list(mail_header(MAIL.format(day=day))) == [
        Fact("title", "Outcome of the talks", "first lines"),
        Fact("published", date(2024, 3, 4), "first lines"),
    ]


def test_a_mail_saved_as_text_is_known_by_its_subject() -> None:
    document = read_bytes(MAIL.format(day="Date: 4 March 2024").replace("\n", "\r\n").encode(), "mail.txt")
    assert (document.title, document.published) == ("Outcome of the talks", date(2024, 3, 4))


@pytest.mark.parametrize(
    "text", ["Subject: Talks\n\nThey met.", "They met.\nFrom: a\nSubject: b\n", "From: Bari\n", ""]
)
def test_a_text_that_is_no_mail_has_no_head(text: str) -> None:
    assert list(mail_header(text)) == []
