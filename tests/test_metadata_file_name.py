"""Extract facts from a file's name."""

import pytest

from corpus.facts import FACTS
from corpus.metadata.extract import facts_in_name


def facts(name: str) -> dict[str, str]:
    found = list(facts_in_name(name))
    assert all(fact.name in FACTS and fact.origin == "file name" for fact in found)
    return {fact.name: str(fact.value) for fact in found}


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("20230430_G7_communique.pdf", {"forum": "G7", "published": "2023-04-30"}),
        ("2021-03-12-fact-sheet-quad-summit.md", {"forum": "Quad", "published": "2021-03-12"}),
        ("OECD press release 5 May 2021.docx", {"forum": "OECD", "published": "2021-05-05"}),
        ("2023.4.30 G7 statement.txt", {"forum": "G7", "published": "2023-04-30"}),
        ("令和5年4月30日_共同声明.pdf", {"published": "2023-04-30"}),
        ("minutes_2022-03-03.docx", {"meeting_date": "2022-03-03", "meeting_end": "2022-03-03"}),
        ("第3回データ会議議事録20220303.txt", {"meeting_date": "2022-03-03", "meeting_end": "2022-03-03"}),
    ],
)
def test_a_name_states_its_forum_and_its_day(name: str, stated: dict[str, str]) -> None:
    assert facts(name) == stated


def test_a_day_that_may_be_the_meeting_s_or_the_release_s_is_neither() -> None:
    assert facts("2020-07-22-g20-mic.txt") == {"forum": "G20"}
    assert facts("20230430.pdf") == {}


@pytest.mark.parametrize(
    "name",
    ["", ".txt", "b20-release.txt", "release-123456789.pdf", "release-20231345.pdf", "apa-itu.pdf"],
)
def test_a_name_that_states_nothing_gives_nothing(name: str) -> None:
    assert facts(name) == {}


def test_a_name_with_two_days_does_not_say_which_it_means() -> None:
    assert facts("press-release-2021-08-05-2021-08-06.txt") == {}
