"""Answer long, misspelt and foreign messages, and those with several questions, on the founding records."""

from collections.abc import Sequence
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Abstention, Answer, Reason
from assistant.assistant import Assistant
from assistant.commands.answer import answer_lines, trace_lines
from assistant.conversation import Conversation, Turn
from assistant.understanding.message import MessageLimits, focus
from assistant.web.chat.messages import render_abstention, render_answer
from corpus.reading import document_from
from index.library import open_library
from index.models.minilm import NAME as MINILM
from index.models.ranker import Scores
from index.settings import Settings
from support.word_counts import WordCounts

ABSENT = "Who was absent from the G20 meeting of April 2020?"
INDONESIA = "(*) Of the G20 members, Indonesia was absent from this meeting."
BALI = "Who chaired the summit in Bali?"
STORY = "It rained on our way all day. " * 300
GERMAN = "Welche Mitglieder haben damals gefehlt und warum?"


class LikesAll:
    """A `Ranker` that says it knows each language and finds each sentence as likely as not."""

    def knows(self, question: str) -> bool:
        return True

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        return np.zeros(len(texts), dtype=np.float32)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = Settings(library=tmp_path_factory.mktemp("message") / "library")
    return Assistant(open_library(settings=settings, encoder=WordCounts()))


def test_both_questions_are_answered_the_best_of_each_first(assistant: Assistant) -> None:
    cities = "Which report on smart cities and communities was welcomed?"
    turn = assistant.ask(f"{ABSENT} And {cities}")
    alone = assistant.ask(cities).reply
    assert isinstance(turn.reply, Answer)
    assert isinstance(alone, Answer)
    first, second = turn.reply.citations[:2]
    assert (first.quote, second.quote) == (INDONESIA, alone.citations[0].quote)
    assert turn.reply.notes == ()
    assert turn.query.text == f"{ABSENT} And {cities}"


def test_the_question_that_is_not_answered_is_named(assistant: Assistant) -> None:
    reply = assistant.ask(f"{BALI} {ABSENT}").reply
    assert isinstance(reply, Answer)
    assert [citation.quote for citation in reply.citations] == [INDONESIA]
    assert reply.notes == (f"I found no passage that answers “{BALI}”.",)


def test_when_none_is_answered_one_abstention_says_so(assistant: Assistant) -> None:
    reply = assistant.ask(f"{BALI} And who spoke in Ouagadougou?").reply
    assert isinstance(reply, Abstention)
    assert reply.reason is Reason.NOT_IN_RECORDS
    assert reply.text == (
        "I found no passage that answers this in the 5 records I searched. No record mentions “Bali” or “Ouagadougou”."
    )
    assert len({hit.id for hit in reply.nearest}) == 3


def test_words_that_answer_both_are_cited_once(assistant: Assistant) -> None:
    reply = assistant.ask(f"{ABSENT} Was Indonesia absent from the April 2020 meeting?").reply
    assert isinstance(reply, Answer)
    assert [citation.quote for citation in reply.citations].count(INDONESIA) == 1


def test_a_half_that_leans_on_the_other_is_searched_with_its_words(assistant: Assistant) -> None:
    trace = assistant.explain("Which member was absent in April 2020 and what did they say on telework?")
    assert [part.query.text for part in trace.parts] == [
        "Which member was absent in April 2020?",
        "Which member was absent in April 2020 - what did they say on telework?",
    ]
    assert {str(part.query.filters) for part in trace.parts} == {"April, 2020"}


def test_a_half_that_names_its_own_is_searched_alone(assistant: Assistant) -> None:
    trace = assistant.explain(f"{BALI} {ABSENT}")
    assert [part.query.text for part in trace.parts] == [BALI, ABSENT]


def test_a_later_message_may_hold_two_questions_as_well(assistant: Assistant) -> None:
    first = assistant.ask("On which day was the G20 video conference of July 2020?")
    turn = assistant.ask(
        "What did it say on smart mobility? And what did it say on security?", Conversation().plus(first)
    )
    assert isinstance(turn.reply, Answer)
    assert {c.document.name for c in turn.reply.citations} == {"2020-07-22-g20-mic.txt"}
    third = assistant.ask("And on trust?", Conversation().plus(first).plus(turn))
    assert "smart mobility? And what did it say on security - And on trust?" in third.query.text


def test_a_greeting_before_a_question_is_no_question(assistant: Assistant) -> None:
    assert assistant.ask(f"Good evening! How are you? {ABSENT}").query.text == ABSENT


def test_more_questions_than_are_searched_are_counted(assistant: Assistant) -> None:
    reply = assistant.ask(" ".join([ABSENT, *(f"{ABSENT[:-1]} number {n}?" for n in range(2, 7))])).reply
    assert reply.notes[0] == "Your message asks 6 questions; the first 4 were searched."


def test_the_stages_say_which_question_they_are_of(assistant: Assistant) -> None:
    told: list[str] = []
    assistant.ask(f"{BALI} {ABSENT}", on_stage=told.append)
    assert told == [
        "Reading the question",
        "Question 1 of 2: Searching 5 of 5 records",
        "Question 1 of 2: Choosing the evidence",
        "Question 2 of 2: Searching 1 of 5 records",
        "Question 2 of 2: Choosing the evidence",
    ]


def test_explain_shows_the_stages_of_each_question(assistant: Assistant) -> None:
    said = "\n".join(trace_lines(assistant.explain(f"{BALI} {ABSENT}")))
    assert f"Question 1 of 2: {BALI}" in said
    assert "Verdict  log-odds that the evidence answers: -" in said
    assert said.index("missing_names 1.00") < said.index(f"Question 2 of 2: {ABSENT}") < said.index("cited  ")
    assert said.endswith("Verdict  1 of 2 questions are answered")


def test_of_two_thousand_words_the_last_question_and_the_names_are_searched(assistant: Assistant) -> None:
    story = "We write a long account for our Director Kowalski of the days in Trieste, which were sunny. " * 120
    turn = assistant.ask(story + "What was said about smart cities?")
    assert isinstance(turn.reply, Answer)
    assert turn.query.text == "Trieste - What was said about smart cities?"
    assert turn.reply.notes == (
        "Your message has 2,046 words; its last sentences and the names in it were searched:"
        " “What was said about smart cities?”; names: Trieste.",
    )
    assert all("cities" in citation.quote.lower() for citation in turn.reply.citations)


def test_an_abstention_tells_what_of_a_long_message_was_searched(assistant: Assistant) -> None:
    reply = assistant.ask(STORY + BALI).reply
    assert isinstance(reply, Abstention)
    assert reply.notes[0].startswith("Your message has 2,106 words; its last sentences")


def test_words_of_another_language_are_not_held_against_it(assistant: Assistant) -> None:
    trace = assistant.explain(GERMAN)
    assert {hit.lexical for hit in trace.hits} == {None}
    assert {evidence.term_overlap for evidence in trace.evidence} == {0.0}
    assert "mention" not in trace.verdict
    assert trace.reply.notes == (
        "Ihre Frage ist offenbar auf Deutsch; nur der Encoder (word counts) hat gesucht, nicht die Suche nach Wörtern.",
    )


def test_a_question_in_another_language_is_answered_by_the_encoder(tmp_path: Path) -> None:
    library = open_library(tmp_path / "own", encoder=WordCounts(MINILM), founding=False)
    library.add(
        document_from("Welche Mitglieder gefehlt haben, wurde nicht gesagt.\n\nPandas eat.", "a.txt", "text/plain")
    )
    reply = Assistant(library).ask(GERMAN).reply
    assert isinstance(reply, Answer)
    assert reply.citations[0].quote == "Welche Mitglieder gefehlt haben, wurde nicht gesagt."
    assert reply.notes[0].endswith("Er kennt nur Englisch: Die Antwort kann schlecht sein.")


def test_of_two_questions_in_another_language_one_with_a_year_stands_alone(assistant: Assistant) -> None:
    first = "Welche Mitglieder haben damals gefehlt?"
    with_year = assistant.explain(f"{first} Wo wurde 2021 beraten?").parts[1].query.text
    without = assistant.explain(f"{first} Wo wurde beraten?").parts[1].query.text
    assert (with_year, without) == ("Wo wurde 2021 beraten?", f"{first[:-1]} - Wo wurde beraten?")


def test_the_ranker_is_not_asked_about_a_language_that_it_does_not_know(assistant: Assistant) -> None:
    own = Assistant(assistant.library, LikesAll())
    assert {e.ranker_probability for e in own.explain(GERMAN).evidence} == {None}
    assert own.explain(ABSENT).evidence[0].ranker_probability == 0.5


def test_the_notes_of_every_reply_are_shown(assistant: Assistant) -> None:
    abstained, answered = assistant.ask(STORY + BALI), assistant.ask(f"{BALI} {ABSENT}")
    assert isinstance(abstained.reply, Abstention)
    assert isinstance(answered.reply, Answer)
    for turn, page in ((abstained, render_abstention(abstained.reply)), (answered, render_answer(answered.reply))):
        assert turn.reply.notes
        for note in turn.reply.notes:
            assert f'<p class="note"><small>{note}</small></p>' in unescape(page)
            assert f"Note: {note}" in "\n".join(answer_lines(Turn(turn.question, turn.query, turn.reply)))
            assert note not in turn.reply.text


# Of a long message, the last question and the names are searched, and the reply says so.


LIMITS = MessageLimits(words=20, names=2)
LISBON_STORY = (
    "We came to Lisbon by train with Ms. Okafor of the WTO and the WTO paid. It rained all day long in Porto. " * 3
)


def is_known(word: str) -> bool:
    return word in ("Lisbon", "WTO", "Porto", "We", "It")


def test_a_short_message_is_searched_whole() -> None:
    assert focus("Who signed the panda treaty in Lisbon?", is_known, LIMITS) is None


def test_the_last_question_is_searched_with_the_names_that_the_records_have() -> None:
    found = focus(LISBON_STORY + "Who signed the panda treaty? Thank you for looking it up.", is_known, LIMITS)
    assert found is not None
    assert (found.text, found.names) == ("Who signed the panda treaty?", ("WTO", "Lisbon"))
    assert found.note == (
        "Your message has 80 words; its last sentences and the names in it were searched:"
        " “Who signed the panda treaty?”; names: WTO, Lisbon."
    )


def test_a_name_in_the_question_is_not_searched_twice() -> None:
    found = focus(LISBON_STORY + "Who signed the panda treaty in Lisbon?", is_known, LIMITS)
    assert found is not None
    assert found.names == ("WTO", "Porto")


def test_without_a_question_the_last_two_sentences_are_searched() -> None:
    found = focus(LISBON_STORY + "Pandas eat bamboo. The treaty says how much.", is_known, LIMITS)
    assert found is not None
    assert found.text == "Pandas eat bamboo. The treaty says how much."


def test_without_names_none_are_spoken_of() -> None:
    found = focus("It rained. " * 20 + "Who came?", is_known, LIMITS)
    assert found is not None
    assert found.note == "Your message has 42 words; its last sentences were searched: “Who came?”."


def test_a_sentence_without_an_end_is_cut_to_its_last_words() -> None:
    found = focus("panda " * 1999 + "treaty", is_known, LIMITS)
    assert found is not None
    assert (found.text, found.words) == ("panda " * 19 + "treaty", 2000)


@pytest.mark.parametrize("message", ["会議" * 400, "会議が開かれた。" * 40 + "誰が議長でしたか。"])
def test_japanese_writes_no_spaces_and_is_measured_too(message: str) -> None:
    found = focus(message, is_known, LIMITS)
    assert found is None or len(found.text) < len(message)
