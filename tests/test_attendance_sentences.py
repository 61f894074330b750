"""Who a sentence or a label says was in the chair, took the minutes, was present."""

import pytest

from assistant.minutes.people.attendance import attendance_of
from assistant.minutes.record import MinutesRecord
from corpus.reading import document_from


def named(sentence: str) -> list[tuple[str, list[str]]]:
    """Return role and names of each entry of minutes with a sentence."""
    document = document_from(
        f"# Minutes of the quay panel\n\n{sentence}\n\n## 1. Cranes\n\nIt rained.", "a.md", "text/markdown"
    )
    return [(e.role, [n.of(document.text) for n in e.names]) for e in attendance_of(MinutesRecord(document))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The meeting was chaired by Ms Ada Bo, Minister of Port Affairs of Orlund.", [("chair", ["Ms Ada Bo"])]),
        ("It was opened by the Mayor of Orlund, Mr Cy Day, and chaired by Ms Ada Bo.", [("chair", ["Ms Ada Bo"])]),
        ("It was chaired by the Prime Minister of Orlund, the Honourable Ada Bo.", [("chair", ["Honourable Ada Bo"])]),
        (
            "The panel was co-chaired by Mr Cy Day, State Secretary for Ports, and Ms Ada Bo, Commissioner.",
            [("chair", ["Mr Cy Day", "Ms Ada Bo"])],
        ),
        ("President Eli Fox was ill, so vice-president Cy Day took the chair.", [("chair", ["Cy Day"])]),
        ("Ms Ada Bo of North Hill presided.", [("chair", ["Ms Ada Bo"])]),
        ("The Speaker took the chair.", [("chair", ["The Speaker"])]),
        ("The panel met under the chairmanship of Hon. Ada Bo of Orlund.", [("chair", ["Ada Bo"])]),
        ("Mr Cy Day acted as chairman.", [("chair", ["Mr Cy Day"])]),
        (
            "Ada Bo was chosen to preside over the meeting and Cy Day to keep the minutes.",
            [("chair", ["Ada Bo"]), ("secretary", ["Cy Day"])],
        ),
        ("The Ministry of Ports, which did not attend, sent a letter.", []),
    ],
)
def test_a_sentence_names_who_was_in_an_office(sentence: str, expected: list[tuple[str, list[str]]]) -> None:
    assert named(sentence) == expected


PREDICATES = [("present", ["Trustees Bo", "Day"]), ("absent", ["Trustee Fox"])]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Chair: Ms Ada Bo (Orlund). All members were there.", [("chair", ["Ms Ada Bo"])]),
        ("In the chair: the Mayor, Ms Ada Bo. Nine members came.", [("chair", ["Ms Ada Bo"])]),
        ("Chaired by: Ada Bo (Port Office).", [("chair", ["Ada Bo"])]),
        ("Chair: Ada Bo · Notes: Cy Day", [("chair", ["Ada Bo"]), ("secretary", ["Cy Day"])]),
        (
            "Present: Cllrs A. Bo (Town Mayor, in the chair), C. Day.",
            [("chair", ["Cllrs A. Bo"]), ("present", ["Cllrs A. Bo", "C. Day"])],
        ),
        (
            "Present: 14 members; for the port Mr Cy Day; for the fleet Ms Ada Bo; guests.",
            [("present", ["Mr Cy Day", "Ms Ada Bo"])],
        ),
        (
            "Roll call: Messrs. Alder, Birch and Ms. Cole, present; Mr. Day absent with apologies.",
            [("present", ["Messrs. Alder", "Birch", "Ms. Cole"]), ("excused", ["Mr. Day"])],
        ),
        ("Trustees Bo and Day were present. Trustee Fox was absent without notice.", PREDICATES),
        ("All members were present.", []),
        ("There: Ada Bo, Cy Day", [("present", ["Ada Bo", "Cy Day"])]),
        ("Not there: Cy Day", [("absent", ["Cy Day"])]),
    ],
)
def test_a_label_names_who_was_there(line: str, expected: list[tuple[str, list[str]]]) -> None:
    assert sorted(named(line)) == sorted(expected)


def test_an_office_stands_before_the_name_that_it_belongs_to() -> None:
    found = named("Present were chairman Eli Fox, treasurer Cy Day, secretary Ada Bo and inspector Gus Hay.")
    assert sorted(found) == [
        ("chair", ["Eli Fox"]),
        ("present", ["Eli Fox", "Cy Day", "Ada Bo", "Gus Hay"]),
        ("secretary", ["Ada Bo"]),
    ]
