"""A report that names who chaired, attended or missed a meeting is compared with its record."""

from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.facts.people import attendance
from assistant.verification.facts.people.stated_roles import is_to_come, stated_roles
from assistant.verification.readers.report import report_of
from corpus.language.persons import Person, is_same_person
from corpus.reading import document_from, founding_records

LISTED = document_from(
    "# Minutes of the Harbour Council of Arnwick\n\nDate: 12 March 2031\nPlace: Town Hall, Arnwick\n\n"
    "Chair: Ms. Ada Okafor\nPresent: Ms. Ada Okafor, Mr. Karl Weiss, Dr. Inés Prado\nApologies: Ms. Ruth Lind\n"
    "Secretary: Mr. Jan Cole\n\nMs. Mary Bell wrote to the council about the lamp.\n",
    "march.md",
    "text/markdown",
)
TOLD = document_from(
    "# Minutes of the Harbour Council of Arnwick\n\nDate: 9 April 2031\nPlace: School, Kelso\n\n"
    "Mr. Tom Haddad chaired the meeting. Ms. Ada Okafor and Dr. Inés Prado attended. Mr. Karl Weiss was absent.\n\n"
    "The lamp failed. Mr. Haddad will chair the next meeting. A panel chaired by Mr. Ito had studied it.\n",
    "april.md",
    "text/markdown",
)
CHECKER = Checker([*founding_records(), LISTED, TOLD])
ON = "On 12 March 2031 the Harbour Council met. "
CHAIR = "Chair: Ms. Ada Okafor"
PRESENT = "Present: Ms. Ada Okafor, Mr. Karl Weiss, Dr. Inés Prado"


def _states(report: str) -> list[tuple[str, str, str | None]]:
    found = CHECKER.check(report_of(report.encode(), Path("r.md")))
    return [(claim.value, claim.state.value, claim.recorded) for claim in found.claims]


@pytest.mark.parametrize(
    ("report", "name", "recorded"),
    [
        ("The meeting was chaired by Mr. Weiss.", "Mr. Weiss", CHAIR),
        ("The meeting was chaired by Mr. Zorn.", "Mr. Zorn", CHAIR),
        ("Mr. Weiss took the chair.", "Mr. Weiss", CHAIR),
        ("Weiss was in the chair.", "Weiss", CHAIR),
        ("Ms. Okafor, Mr. Weiss (the treasurer) and Ms. Lind attended.", "Ms. Lind", "Apologies: Ms. Ruth Lind"),
        ("The meeting was attended by Ms. Lind.", "Ms. Lind", "Apologies: Ms. Ruth Lind"),
        ("Mr. Weiss was absent.", "Mr. Weiss", PRESENT),
        ("Apologies were received from Mr. Weiss.", "Mr. Weiss", PRESENT),
    ],
)
def test_another_role_than_the_record_lists_is_contradicted(report: str, name: str, recorded: str) -> None:
    assert (name, "contradicted", recorded) in _states(ON + report)


@pytest.mark.parametrize(
    ("report", "name", "recorded"),
    [
        (
            "The meeting of 9 April 2031 was chaired by Ms. Okafor.",
            "Ms. Okafor",
            "Mr. Tom Haddad chaired the meeting.",
        ),
        ("## Meeting of 9 April 2031\n\nIt was attended by Mr. Weiss.", "Mr. Weiss", "Mr. Karl Weiss was absent."),
        (
            "Indonesia attended the G20 meeting of 30 April 2020.",
            "Indonesia",
            "(*) Of the G20 members, Indonesia was absent from this meeting.",
        ),
        ("The G20 meeting of 30 April 2020 was chaired by Japan.", "Japan", "the presidency of Saudi Arabia"),
    ],
)
def test_another_role_than_a_sentence_or_a_fact_of_the_record_states_is_contradicted(
    report: str, name: str, recorded: str
) -> None:
    assert (name, "contradicted", recorded) in _states(report)


@pytest.mark.parametrize(
    "report",
    [
        "The session was presided over by Ms. Ada Okafor.",
        "Present were Ms. Okafor, Mr. Weiss and Dr. Prado.",
        "Mr. Cole, the secretary, attended.",
        "Ms. Lind was unable to attend.",
    ],
)
def test_the_role_that_the_record_gives_is_found(report: str) -> None:
    found = _states(ON + report)
    assert len(found) > 3
    assert {state for _, state, _ in found} == {"found"}


@pytest.mark.parametrize("name", ["Ms. Bell", "Mr. Zorn"])
def test_who_stands_in_no_list_of_those_present_is_missing(name: str) -> None:
    assert (name, "missing", None) in _states(f"{ON}{name} attended the meeting.")


@pytest.mark.parametrize(
    "report",
    [
        "Mr. Weiss will chair the next meeting.",
        "A panel chaired by Mr. Weiss had studied it.",
        "Ms. Lind attended a school in Kelso.",
        "Neither Ms. Lind nor Mr. Zorn attended.",
        "Ms. Lind attended the budget meeting.",
        "The Mayor attended.",
    ],
)
def test_nothing_is_said_of_another_meeting_and_of_what_is_denied(report: str) -> None:
    assert all(state == "found" for _, state, _ in _states(ON + report))


def test_the_persons_directly_beside_the_words_have_the_role() -> None:
    sentence = "Ms. Bo, Minister for Home Affairs and Ports, and Mr. Ek attended; Mr. Day, who was ill, did not attend."
    found = [(stated.role, {one.span.of(sentence) for one in stated.named}) for stated in stated_roles(sentence)]
    assert found == [("present", {"Ms. Bo", "Mr. Ek"})]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mr. Haddad WILL chair the meeting.", True),
        ("The chair is to attend.", True),
        ("Die Sitzung wird von Frau Bo geleitet.", True),
        ("Mr. Will chaired the willing group.", True),
        ("Mr. Haddad willed it.", False),
    ],
)
def test_a_sentence_about_a_later_meeting_is_found_by_its_words(sentence: str, expected: bool) -> None:
    assert is_to_come(sentence) is expected


def test_only_a_sentence_with_a_verb_of_a_role_is_searched_for_a_later_meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    monkeypatch.setattr("assistant.verification.facts.people.stated_roles.is_to_come", searched.append)
    told = "Mr. Haddad chaired the meeting."
    assert [len(list(stated_roles(sentence))) for sentence in ("The lamp will fail.", told)] == [0, 1]
    assert searched == [told]


def test_a_person_is_compared_with_each_line_of_a_record_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    number = 40
    names = [
        f"Mr. {chr(65 + n // 20)}{'bcdfghjklmnpqrstvwxz'[n % 20]}ano Weiss{chr(97 + n % 26)}o" for n in range(number)
    ]
    listed = "\n".join(f"Present: {name}\n" for name in names)
    record = document_from(f"# Minutes\n\nDate: 12 March 2031\n\n{listed}", "long.md", "text/markdown")
    compared: list[Person] = []

    def is_same(one: Person, other: Person) -> bool:
        compared.append(other)
        return is_same_person(one, other)

    monkeypatch.setattr(attendance, "is_same_person", is_same)
    found = list(attendance.checked_roles("Zoll attended the meeting.", [record]))
    assert found == []
    assert number <= len(compared) <= 4 * number


@pytest.mark.parametrize("name", ["The Netherlands", "THE Netherlands", "Netherlands"])
def test_a_country_is_named_with_and_without_an_article(name: str) -> None:
    (stated,) = stated_roles(f"{name} chaired the meeting.")
    assert [one.country for one in stated.named] == ["Netherlands"]
