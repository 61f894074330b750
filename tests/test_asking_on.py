"""Answer what asks on: "und wer war dagegen?", "what was the answer?"; a year in a name is no year of the records."""

from types import SimpleNamespace
from typing import cast

import pytest

from assistant.answer import Answer, Reason, SearchSummary, abstain
from assistant.conversation import Conversation, Turn
from assistant.minutes.reply import reply_from_minutes
from assistant.understanding.filters.question_filters import question_filters
from assistant.understanding.language import foreign_language
from assistant.understanding.references import refers_back
from assistant.understanding.speakers.asked_speaker import asked_speaker
from assistant.understanding.split_questions import SubQuestion, split_questions
from assistant.understanding.understand import understand
from corpus.reading import document_from
from index.search.filters import Filters
from index.snapshot import Snapshot
from support.minutes import minutes

VEREIN = minutes(
    "Ruderverein, Protokoll vom 4. Mai 2025",
    """**Anwesend:** Ida Holm, Karl Ohm, Rosa Lind

### TOP 3 Neues Bootshaus

Es gab drei Angebote.

Die Firma Uferbau erhält den Auftrag. Sie baut aus Lärche.

Abstimmung: 5 Ja, 1 Nein (Karl Ohm), keine Enthaltung.""",
)
FAIR = minutes("Notes of the call on Regatta 2031", "Minutes of 4 May 2025\n\n1. The committee chose the lake.")
CALL = document_from(
    """Shed call, 4 May 2025

Ada Lind  0:02
What would you need, Karl, to mend the boat?

Karl Ohm  0:10
Two litres of varnish.

Ada Lind  0:15
Thanks. That is all.

Karl Ohm  0:20
Bye, all of you.
""",
    "call.txt",
    "text/plain",
)


def test_a_german_question_that_begins_with_und_asks_on() -> None:
    first = SubQuestion("Wer bekam den Auftrag für das neue Bootshaus?", language="German")
    query = understand(first, Conversation(), [VEREIN], Filters())
    before = Turn(first.text, query, abstain(Reason.NOT_IN_RECORDS, SearchSummary(first.text, 1, Filters())))
    asked = SubQuestion("und wer war dagegen", language=foreign_language("und wer war dagegen"))
    query = understand(asked, Conversation().plus(before), [VEREIN], Filters())
    found = reply_from_minutes(query, cast(Snapshot, SimpleNamespace(documents=[VEREIN])))
    assert found
    assert isinstance(found[1], Answer)
    assert [c.quote for c in found[1].in_order] == [
        "Die Firma Uferbau erhält den Auftrag.",
        "Abstimmung: 5 Ja, 1 Nein (Karl Ohm), keine Enthaltung.",
    ]


@pytest.mark.parametrize("question", ["Et qui était contre ?", "¿Y cuándo empieza?", "Aber warum nicht?"])
def test_a_conjunction_before_a_question_word_refers_back(question: str) -> None:
    assert refers_back(question)


def test_a_year_of_a_name_is_no_year_of_the_records() -> None:
    named = question_filters("List what has been decided for the Regatta 2031", [FAIR])
    assert not named.filters.years
    assert "2031" not in named.unmet
    assert "2031" in question_filters("What was decided in 2031?", [FAIR]).unmet


def test_what_was_the_answer_is_no_question_of_its_own() -> None:
    assert len(split_questions("Did the club pay a fine for the pier? What was the answer?")) == 1
    assert len(split_questions("Did the club pay a fine for the pier? What was the reason for it?")) == 2


def test_the_person_who_was_asked_is_the_speaker_of_the_reply() -> None:
    found = asked_speaker("Karl was asked what he needs for the boat, his reply?", [CALL])
    assert found
    assert found.speakers == {"Karl Ohm"}
