"""Find the senders of the mails in a thread."""

import pytest

from assistant.retrieval.labels import is_signature
from corpus.mail_thread import sender_of
from corpus.reading import document_from, read_bytes
from corpus.span import Span
from corpus.speech import speech_at

MAIL = (
    b"From: Ada Bo <ada@example.org>\nTo: board@example.org\nDate: Tue, 4 Mar 2025 10:00:00 +0100\nSubject: Berths\n\n"
    b"We agree.\n\nOn 3 March 2025 Tove Lind wrote:\n> The quay is full.\n"
)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("From: Ada Bo, Date: Tue, 4 Mar 2025 10:00:00 +0100", "Ada Bo"),
        ("From: Lind, Tove <t@example.org>, Sent: Monday, 3 March 2025 09:12", "Tove Lind"),
        ("Von: Tove Lind, Gesendet: Montag, 3. März 2025 09:12", "Tove Lind"),
        ("From: t@example.org, Sent: 3 March 2025", "t@example.org"),
        ("On 19 Sep 2025 T. Lind wrote:", "T. Lind"),
        ("On Mon, 3 Mar 2025 at 09:12, Tove Lind <t@example.org> wrote:", "Tove Lind"),
        ("On Monday, 3 March 2025 at 9:12 AM, Tove Lind, Harbour Board <t@example.org> wrote:", "Tove Lind"),
        ("Am 03.03.2025 um 09:12 schrieb Tove van der Lind:", "Tove van der Lind"),
        ("Le lun. 3 mars 2025 à 09:12, Tove Lind <t@example.org> a écrit :", "Tove Lind"),
        ("El lunes, 3 de marzo de 2025, Tove Lind escribió:", "Tove Lind"),
        ("2025年3月3日(月) 9:12 佐藤花子 <h@example.org>:", "佐藤花子"),
        ("Tove Lind <t@example.org> wrote:", "Tove Lind"),
        ("Tove Lind wrote on 3 March 2025:", "Tove Lind"),
        ("Quoted mail", ""),
    ],
)
def test_the_line_before_a_mail_names_its_sender(heading: str, name: str) -> None:
    assert sender_of(heading) == name


def test_each_mail_of_a_thread_has_its_sender_as_its_speaker() -> None:
    made = read_bytes(MAIL, "x.eml")

    def speaker(words: str) -> str | None:
        start = made.text.index(words)
        speech = speech_at(made, Span(start, start + len(words)))
        return speech.speaker if speech else None

    assert [speaker(words) for words in ("We agree", "The quay is full", "To: board")] == ["Ada Bo", "Tove Lind", None]


def test_the_words_of_a_mail_are_told_with_its_day() -> None:
    made = read_bytes(MAIL, "x.eml")
    said = [speech_at(made, Span(made.text.index(words), len(made.text))) for words in ("We agree", "The quay is full")]
    assert [speech.about for speech in said if speech] == ["Ada Bo, 4 March 2025", "Tove Lind, 3 March 2025"]


def test_another_record_has_no_senders() -> None:
    made = document_from("# Talks\n\nFrom: Ada Bo, Date: 3 March 2025\n\nWe agree.\n", "a.md", "text/markdown")
    assert speech_at(made, Span(0, 5)) is None


def test_the_name_below_a_mail_is_its_signature() -> None:
    made = read_bytes(MAIL.replace(b"We agree.", b"Who drives?\n\nAda\n\nTove drives."), "x.eml")
    start = made.text.index("Ada\n\nTove")
    assert is_signature(made, Span(start, start + len("Ada")))
    assert not is_signature(made, Span(start + len("Ada\n\n"), start + len("Ada\n\nTove")))
