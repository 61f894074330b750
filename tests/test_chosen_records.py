"""Ask the records that a user chose, as if the library held no others."""

import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from index.library import open_library
from index.search.chosen_records import ChosenRecords
from index.search.filters import Filters
from support.word_counts import WordCounts

ABSENT = "Who was absent from the G20 meeting of April 2020?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(open_library(tmp_path_factory.mktemp("chosen") / "library", encoder=WordCounts()))


def chosen(*names: str) -> Filters:
    return Filters(asked=frozenset(names))


def names(assistant: Assistant, part: str) -> list[str]:
    return [d.name for d in assistant.library.documents() if part in d.name]


def test_only_the_chosen_records_answer(assistant: Assistant) -> None:
    answered = assistant.ask(ABSENT, filters=chosen(*names(assistant, "2020-04"))).reply
    assert isinstance(answered, Answer)
    assert "Indonesia was absent" in answered.quotations[0].quote
    assert "Searched 1 of 5 records: those that were chosen." in answered.notes
    others = [d.name for d in assistant.library.documents() if "2020-04" not in d.name]
    refused = assistant.ask(ABSENT, filters=chosen(*others)).reply
    assert not any("Indonesia was absent" in c.quote for c in getattr(refused, "quotations", ()))
    assert "Searched 4 of 5 records: those that were chosen." in refused.notes


def test_a_follow_up_keeps_to_the_records_chosen_now(assistant: Assistant) -> None:
    first = assistant.ask(ABSENT)
    later = assistant.ask("And who attended?", Conversation((first,)), chosen(*names(assistant, "2023"))).reply
    quoted = later.quotations if isinstance(later, Answer) else ()
    assert {c.document.name for c in quoted} <= set(names(assistant, "2023"))


def test_the_list_of_records_has_the_chosen_ones_alone(assistant: Assistant) -> None:
    listed = assistant.ask("How many records are there?", filters=chosen(*names(assistant, "2020"))).reply
    assert isinstance(listed, Answer)
    assert "2 records" in listed.statements[0].text


def test_a_chosen_record_that_was_removed_is_told(assistant: Assistant) -> None:
    kept = names(assistant, "2020-04")
    notes = assistant.ask(ABSENT, filters=chosen(*kept, "gone.txt")).reply.notes
    assert "1 of the chosen records is no longer in the library." in notes
    nothing = assistant.ask(ABSENT, filters=chosen("gone.txt")).reply
    assert isinstance(nothing, Abstention)
    assert "Searched 0 of 5 records: those that were chosen." in nothing.notes


def test_words_are_counted_in_the_chosen_records(assistant: Assistant) -> None:
    with assistant.library.snapshot() as snapshot:
        april = ChosenRecords(snapshot, frozenset(names(assistant, "2020-04")))
        others = ChosenRecords(snapshot, frozenset(d.name for d in snapshot.documents if d not in april.documents))
        assert 0 < april.frequency("indonesia") < snapshot.frequency("indonesia")
        assert april.frequency("indonesia") + others.frequency("indonesia") == snapshot.frequency("indonesia")
        assert april.passage_count + others.passage_count == snapshot.passage_count
        assert {d.name for d in april.documents} == {
            april.passage(identity).document.name for identity, _ in april.search_lexical("meeting", 1000)
        }


def test_numbers_of_the_whole_library_are_not_those_of_the_chosen_records(assistant: Assistant) -> None:
    with assistant.library.snapshot() as snapshot:
        april = ChosenRecords(snapshot, frozenset(names(assistant, "2020-04")))
        assert april.derived("of a test", lambda: [1.0]) == [1.0]
        assert april.derived("of a test", lambda: [3.0]) == [1.0]
        assert snapshot.derived("of a test", lambda: [2.0]) == [2.0]
