"""A number or a day in a question names the record that has it in its title, or whose meeting was on it."""

import pytest

from assistant.understanding.filters.question_filters import question_filters
from assistant.understanding.numbered_records import records_numbered, records_of_day, records_of_version
from corpus.document import Document
from corpus.reading import document_from
from index.search.filters import Filters


def record(name: str, *lines: str) -> Document:
    return document_from(
        "\n\n".join((*lines, "Present: Ida Moll", "The grain was weighed.")) + "\n", name, "text/plain"
    )


SERIES = (
    record("a.txt", "Grain Panel, cycle 7", "Minutes of 3 March 2025", "The minutes of cycle 6 were approved."),
    record("b.txt", "Grain Panel, cycle 8", "Minutes of 17 March 2025"),
    record("c.txt", "Mill Board", "Board meeting no. 40, 3 April 2025", "The minutes of meeting no. 39 were read."),
    record("d.txt", "Mill Board", "Board meeting no. 41, 5 May 2025", "The minutes of 3 April 2025 were approved."),
    record("e.txt", "Mühlenrat, 12. Sitzung", "Protokoll vom 2. Juni 2025"),
    record("f.txt", "Mühlenrat, Sitzung Nr. 13", "Protokoll vom 30. Juni 2025"),
    record("g.txt", "第3回運河委員会", "日時:2025年7月1日"),
    record("h.txt", "第4回運河委員会", "日時:2025年7月29日"),
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What was weighed in cycle 8?", "b"),
        ("What does § 2.1 of cycle 7 say?", "a"),
        ("What was decided at the 41st meeting?", "d"),
        ("What was decided at meeting no. 40?", "c"),
        ("Was steht in Ziffer 4 der Sitzung Nr. 12?", "e"),
        ("Was wurde in der 13. Sitzung beschlossen?", "f"),
        ("第4回の委員会では何が決まりましたか", "h"),
        ("What was said in cycles 7 and 8 about item 3?", "ab"),
        ("What does paragraph 40 say?", ""),
        ("What was decided on 12 June 2025?", ""),
    ],
)
def test_a_record_of_a_series_is_named_by_its_number(question: str, names: str) -> None:
    assert records_numbered(question, SERIES)[0] == {f"{name}.txt" for name in names}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What was weighed on 17 March 2025?", "b"),
        ("What was weighed on 17/03/2025?", "b"),
        ("What was weighed on 3/17/2025?", "b"),
        ("What was weighed on 2025-03-17?", "b"),
        ("What was weighed on 04/03/2025?", "c"),
        ("Was wurde am 30. Juni 2025 beschlossen?", "f"),
        ("What was weighed after 17 March 2025?", ""),
        ("What was weighed between 3 March 2025 and 17 March 2025?", ""),
        ("What was weighed on 18 March 2025?", ""),
    ],
)
def test_a_day_names_the_records_of_its_meeting(question: str, names: str) -> None:
    assert records_of_day(question, SERIES) == {f"{name}.txt" for name in names}


def test_a_day_that_another_record_speaks_of_with_more_words_is_of_something_else() -> None:
    other = record("fair.txt", "Fair Panel", "Minutes of 10 March 2025", "The fair on 17 March 2025 opens at nine.")
    assert not records_of_day("When does the fair on 17 March 2025 open?", (*SERIES, other))


def test_a_day_in_numbers_narrows_to_its_month() -> None:
    found = question_filters("What was weighed on 17/03/2025?", SERIES)
    assert found.filters == Filters(years=frozenset({2025}), months=frozenset({3}), names=frozenset({"b.txt"}))
    assert "17" not in found.rest


def test_a_number_that_no_record_of_a_series_has_is_unmet() -> None:
    assert records_numbered("What was weighed in cycle 9?", SERIES) == (frozenset(), ("cycle 9",))
    assert records_numbered("What was weighed in room 9?", SERIES) == (frozenset(), ())


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What was weighed according to the draft?", "d"),
        ("What does the approved version say?", "a"),
        ("What do the draft and the approved minutes say?", "ad"),
        ("What was said of the draft budget?", ""),
    ],
)
def test_a_version_is_named_by_its_mark(question: str, names: str) -> None:
    draft, approved = (
        record(f"{kind[0]}.txt", "Grain Panel", "Minutes of 3 March 2025", f"{kind} minutes")
        for kind in ("draft", "approved")
    )
    other = record("x draft.txt", "Mill Board", "Minutes of 5 May 2025")
    assert records_of_version(question, (draft, approved, other)) == {f"{name}.txt" for name in names}
