from datetime import date

import pytest

from corpus.facts import Fact
from corpus.readers.mail_header import facts_in_mail_head
from corpus.reading import read_bytes

MAIL = "From: The office <a@example>\nTo: all\n{day}\nSubject: Re: FW: Outcome of the\n talks\n\nAll,\n\nThey met.\n"


@pytest.mark.parametrize("day", ["Date: Mon, 4 Mar 2024 10:15:00 +0100", "Sent: Monday, March 4, 2024 10:15 AM"])
def test_a_mail_has_its_subject_as_title_and_the_day_it_was_sent(day: str) -> None:
    assert list(facts_in_mail_head(MAIL.format(day=day))) == [
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
    assert list(facts_in_mail_head(text)) == []
