"""Find whom an office, a title with a name, or initials mean in a record, and only where it says so."""

import pytest

from corpus.metadata.people.names import NamedPerson
from corpus.metadata.people.people import People
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
        ("Apologies: Cy Day\n\nAda Bo, Chair", "THE CHAIR", "Ada Bo"),
        ("Apologies: Cy Day. Present: Ada Bo (Chair)", "THE CHAIR", "Ada Bo"),
        ("Chair: Acting Ada Bo", "THE CHAIR", None),
        ("Present: Ada Bo, Chair; Ivo Grey, Chair", "THE CHAIR", "Ada Bo"),
        ("Present: Dr. Cy Bo, Dr. Ivo Bo", "C. BO", "Cy Bo"),
        ("Minister Bo Meets Fishers", "MR. BO", None),
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


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("Present: Cy Day (Vice Chair), Bob Grey\nApologies: Ada Bo (Chair)", "THE CHAIR"),
        ("Present: Cy Day\nApologies: Ada Bo, Chair", "THE CHAIR"),
        ("Chair: Ada Bo\nPresent: Cy Day\nApologies: Ada Bo", "THE CHAIR"),
        ("Present\nCy Day\n\nApologies for absence\n\nAda Bo (Chair)\nEve Fox", "THE CHAIR"),
        ("- Cy Day\n- Ada Bo, Chair (apologies)", "THE CHAIR"),
        ("Not in attendance: Mayor Ada Bo", "THE MAYOR"),
        ("Entschuldigt: Ada Bo (Vorsitzende)", "DIE VORSITZENDE"),
        ("Present: Cy Day, Chair of the Finance Committee", "THE CHAIR"),
        ("Present: Cy Day (Chair, Finance Committee)", "THE CHAIR"),
        ("Mayor Rita Stone of Oslo", "THE MAYOR"),
        ("Present: Finance Committee Chair Cy Day", "THE CHAIR"),
        ("Present: Chair Emeritus Cy Day", "THE CHAIR"),
        ("Present: Cy Day (Chair-elect)", "THE CHAIR"),
        ("Present: Cy Day, Chair (acting)", "THE CHAIR"),
        ("Present: former Chair Cy Day", "THE CHAIR"),
        ("Present: Mr. Cy Day, Ms. Ada Bo", "MS. DAY"),
        ("Présents : M. Cy Day, Mme Ada Bo", "M. BO"),
    ],
)
def test_a_doubtful_place_links_nobody(head: str, label: str) -> None:
    text = f"Quay club\n\n{head}\n\n{label}: The pier is wet.\n\nMR. GREY: It is.\n\n{label}: Then we wait.\n"
    assert meant(text, label) is None


@pytest.mark.parametrize(
    ("label", "words", "name"),
    [
        ("THE PRESIDENT", "I now give the floor to President Vera Quill.", None),
        ("THE COURT", "The order of Judge Rita Stone is appealed.", None),
        ("THE MAYOR", "Mayor Rita Stone of Oslo wrote to us.", None),
        ("THE CHAIR", "And this is Cy Day, our new clerk.", None),
        ("THE CHAIR", "This is Cy Day, our new clerk.", None),
        ("THE CHAIR", "He said: “I am Cy Day.” We laughed.", None),
        ("THE CHAIR", "This is Ada Bo. The pier is wet.", "Ada Bo"),
        ("THE MAYOR", "I am Rita Stone, the mayor.", "Rita Stone"),
    ],
)
def test_in_talk_only_the_own_name_counts(label: str, words: str, name: str | None) -> None:
    text = f"Quay club\n\n{label}: {words}\n\nMR. GREY: It is.\n\n{label}: Then we wait.\n\nMR. GREY: Yes.\n"
    found = meant(text, label)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    "text",
    [
        "Present: Cy Day (Vice Chair), Bob Grey\n\nApologies: Ada Bo (Chair)\n\nThe chair said that the pier is wet.\n",
        "Present: Bob Grey\n\nAnn Lee, chair of the fishers, asked for ice. The chair said that the pier is wet.\n",
    ],
)
def test_minutes_link_no_chair_who_is_absent_or_of_another_body(text: str) -> None:
    document = document_from(f"# Minutes of the board\n\n{text}", "a.md", "text/markdown")
    assert not any(speech.stated for speech in speeches(document))


def test_minutes_link_the_chair_beside_a_list_of_the_absent() -> None:
    text = "Present: Ada Bo (Chair). Apologies: Cy Day.\n\nThe Chair said that the pier is wet.\n"
    assert meant(f"# Minutes\n\n{text}", "the Chair") == NamedPerson("Ada Bo", "Ada Bo (Chair)")


@pytest.mark.parametrize(
    ("office", "shown"), [("Norway", "Norway"), ("Harbour Board", "Harbour Board"), ("Chair", "Chair (Ada Bo)")]
)
def test_of_brackets_behind_a_name_only_an_office_is_the_person(office: str, shown: str) -> None:
    talk = f"{office}: We wait.\n\nCy Day: Yes.\n\n"
    text = f"Quay talks\n\nAda Bo ({office}): The pier is wet.\n\nCy Day: It is.\n\n{talk}{talk}"
    found = speeches(document_from(text, "a.txt", "text/plain"))
    assert [speech.shown for speech in found if speech.speaker == office] == [shown, shown]
    assert all(speech.stated in text for speech in found)
