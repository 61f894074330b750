"""Find whom an office, a title with a name, or initials mean in a record, and only where it says so."""

import pytest

from corpus.metadata.people import NamedPerson, People
from corpus.reading import document_from
from corpus.speech import speakers, speeches

BRIEFING = """Briefing by Press Secretary Una Lark and Vice President Mira Stone

MS. LARK: Good morning. The former Vice President, Tom Hale, sends his regards.

THE VICE PRESIDENT: We open the fund in May.

MS. LARK: Thank you.

THE VICE PRESIDENT: Thank you all.
"""


def meant(text: str, label: str, name: str = "a.txt") -> NamedPerson | None:
    return People(document_from(text, name, "text/plain")).meant_by(label)


def test_an_office_alone_is_the_person_whom_the_title_names() -> None:
    assert meant(BRIEFING, "THE VICE PRESIDENT") == NamedPerson("Mira Stone", "Vice President Mira Stone")
    document = document_from(BRIEFING, "a.txt", "text/plain")
    assert speakers(document) == ("Una Lark", "Mira Stone")
    assert [speech.about for speech in speeches(document)][:2] == ["MS. LARK", "THE VICE PRESIDENT (Mira Stone)"]


@pytest.mark.parametrize(
    ("head", "label", "name"),
    [
        ("Present: Dr. Ada Bo (Chair), Cy Day", "CHAIR", "Ada Bo"),
        ("Present: Dr. Ada Bo, Cy Day, Vice Chair", "CHAIR", None),
        ("Chair: Dr. Ada Bo", "The CHAIRMAN", "Ada Bo"),
        ("Present: Cy Day; Eve Fox, Town Clerk", "TOWN CLERK", "Eve Fox"),
        ("Present: Cy Day, Chair; Eve Fox, Chair", "CHAIR", None),
        ("Witness: Minister for Ports Ada Bo; Minister for Rail Cy Day", "The MINISTER FOR RAIL", "Cy Day"),
        ("Witness: Minister for Ports Ada Bo; Minister for Rail Cy Day", "The MINISTER", None),
        ("Présidente : Mme Ada Bo", "LA PRÉSIDENTE", "Ada Bo"),
        ("Vorsitz: Bürgermeisterin Ada Bo", "DIE VORSITZENDE", "Ada Bo"),
        ("Present: Ada Bo, Cy Day", "AB", "Ada Bo"),
        ("Present: Ada Bo, Al Bell", "AB", None),
        ("Ada Bo - Chief Executive Officer; Cy Day - Chief Finance Officer", "CEO", "Ada Bo"),
        ("Before the Honorable Ada Bo, Judge", "THE COURT", "Ada Bo"),
        ("Chairperson: Ms. BO (Norway)", "The CHAIRPERSON", "BO"),
        ("Present: Cllr. Ada Bo, Dr. Ivo Bo", "CLLR BO", "Ada Bo"),
        ("Present: Ada Bo, Ivo Bo", "MS. BO", None),
        ("Guests came from the Port of Bo", "MR. BO", None),
        ("Present: Cy Day", "THE MAYOR", None),
        ("“Ada Bo” opened the quay", "MS. BO", None),
    ],
)
def test_a_label_means_one_person_or_nobody(head: str, label: str, name: str | None) -> None:
    text = f"Quay club\n\n{head}\n\n{label}: The pier is wet.\n\nMR. GREY: It is.\n\n{label}: Then we wait.\n"
    found = meant(text, label)
    assert (found.name if found else None) == name


def test_a_speaker_who_says_the_own_name_is_known_by_it() -> None:
    text = """HOST: Welcome. I'm Ada Bo, and I lead the talk.

CY DAY: The pier is wet.

HOST: Thank you, Cy.

CY DAY: It needs a lamp.
"""
    assert meant(text, "HOST") == NamedPerson("Ada Bo", "I'm Ada Bo")


def test_minutes_name_the_person_behind_an_office() -> None:
    text = "# Minutes of the board\n\nPresent: Ms. Ada Bo (Chair), Mr. Cy Day\n\nThe Chair said that the pier is wet.\n"
    document = document_from(text, "a.md", "text/markdown")
    assert [(s.speaker, s.person, s.about) for s in speeches(document)] == [
        ("Chair", "Ada Bo", "Chair (Ada Bo), reported")
    ]
