"""Read the questions on meeting records that train the ranker."""

import pytest

from benchmarks.ranker_training.meetings import MeetingRecord, meeting_records, sentences_of

RECORDS = list(meeting_records())
WITH_TEXT = [record for record in RECORDS if record.text is not None]


def test_a_sixth_of_the_records_is_held_out() -> None:
    held_out = [record for record in RECORDS if record.is_held_out]
    assert len(RECORDS) / 8 < len(held_out) < len(RECORDS) / 4
    assert len({record.name for record in RECORDS}) == len(RECORDS)


def test_only_near_misses_have_no_answer() -> None:
    for record in RECORDS:
        for question in record.questions:
            assert (question.kind == "near_miss") == (not question.answer), question


@pytest.mark.parametrize("record", WITH_TEXT[::8], ids=lambda record: record.name)
def test_the_answers_are_sentences_of_the_record(record: MeetingRecord) -> None:
    places = sentences_of(record.document())
    for question in record.questions:
        assert set(question.answer) | set(question.also) <= set(places), question
