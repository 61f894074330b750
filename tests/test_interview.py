"""Interviews with bold questions, and mails saved as text with labels in other languages."""

from datetime import date

import pytest

from corpus.document import Document
from corpus.reading import document_from
from corpus.speech import speeches

QUESTIONS = (
    "**How did it begin?**\n\nWith a boat.\n\n**What does it cost?**\n\nTwo euros.\n\n**And now?**\n\nWe sail.\n"
)


def said(title: str, above: str = "", questions: str = QUESTIONS) -> list[tuple[str, str]]:
    """Return speaker and words of what a record with bold questions has as said."""
    document = document_from(f"# {title}\n\n{above}\n\n{questions}", "a.md", "text/markdown")
    return [(s.speaker, s.span.of(document.text)) for s in speeches(document)]


@pytest.mark.parametrize(
    ("title", "above"),
    [
        ("\u201cWe sail\u201d: a talk with Henrike Vaalund", "Sand Island has a ferry."),
        ("Five questions", "Henrike Vaalund runs the ferry."),
    ],
)
def test_the_answers_of_an_interview_are_those_of_the_person_named_above(title: str, above: str) -> None:
    expected = [("Henrike Vaalund", words) for words in ("With a boat.", "Two euros.", "We sail.")]
    assert said(title, above) == expected


@pytest.mark.parametrize(
    ("title", "questions"),
    [
        ("Questions on the ferry fund", QUESTIONS),
        ("Henrike Vaalund and Jonas Eklundh on the ferry", QUESTIONS),
        ("A talk with Henrike Vaalund", QUESTIONS.replace("?", ".")),
        ("A talk with Henrike Vaalund", QUESTIONS.partition("**And")[0]),
    ],
)
def test_without_one_person_or_questions_there_is_no_interview(title: str, questions: str) -> None:
    assert not said(title, questions=questions)


def mail(head: str) -> Document:
    return document_from(f"{head}\n\nIl comitato compra due barche.\n", "mail.txt", "text/plain")


@pytest.mark.parametrize(
    "head",
    [
        "Da: Lucia Ferri\nA: Gruppo\nData: 14 maggio 2026\nOggetto: Verbale",
        "Von: Jana Roth\nAn: Gruppe\nGesendet: 14. Mai 2026 09:12\nBetreff: AW: Verbale",
        "De : Luc Roux\nEnvoy\u00e9 : 14 mai 2026\nObjet : Verbale",
    ],
)
def test_a_mail_with_foreign_labels_has_its_subject_and_day(head: str) -> None:
    found = mail(head)
    assert (found.title, found.published, found.meeting.first_day) == ("Verbale", date(2026, 5, 14), None)
