"""Judge whether evidence answers a question, and say with which encoder the thresholds were set."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant
from assistant.grounding.answerability import (
    AnswerabilityThresholds,
    Corrected,
    DomainSimilarity,
    Missing,
    Supported,
    judge,
    lacking_content,
    thresholds_for,
)
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.score_sentences import PreparedQuery
from assistant.understanding.answer_type import answer_requirements
from assistant.understanding.understand import plain_query
from corpus.reading import document_from
from index.library import Library, open_library
from index.models import e5
from index.models.registry import load_encoder
from index.settings import Settings
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("types") / "library", encoder=WordCounts())


def missing(library: Library, question: str, *sentences: str) -> str | None:
    with library.snapshot() as view:
        return lacking_content(answer_requirements(question), QueryTerms(question, view), sentences)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("At what time did it begin?", "The meeting was held in Trieste, Italy."),
        ("会議は何時に始まりましたか", "会議は8月5日に開催された。"),
        ("How much money was pledged?", "They pledged support in 2021."),
        ("What budget was agreed?", "The budget was agreed."),
        ("How many delegates came?", "Ministers of 20 countries came."),
    ],
)
def test_what_is_asked_for_is_missed(library: Library, question: str, sentence: str) -> None:
    assert missing(library, question, sentence) is not None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("At what time did it begin?", "8:00 pm to 10:30 pm on Wednesday (Japan time)"),
        ("What time was lunch?", "Lunch was served at 12 o'clock."),
        ("How much money was pledged?", "They pledged $350 million."),
        ("How many countries were invited?", "Countries invited: Jordan, Rwanda and Spain."),
        ("Who attended?", "Nobody."),
    ],
)
def test_what_is_held_is_not(library: Library, question: str, sentence: str) -> None:
    assert missing(library, question, "Another sentence.", sentence) is None


@pytest.mark.parametrize(
    ("question", "sentences", "expected"),
    [
        ("Who spoke for Brazil?", ["Members: Argentina, Brazil, Canada."], "a person"),
        ("Who spoke for Brazil?", ["Mr. Silva of Brazil took the floor.", "Members: Argentina, Brazil."], None),
        ("Who represented Germany?", ["Dr. Volker Wissing, German minister, took part."], None),
        ("Who proposed the meeting?", ["The Presidency proposed it."], None),
        ("Who spoke for Brazil?", ["The Presidency proposed it."], None),
        ("What share of the fund is for health?", ["The fund is also for health."], "a share"),
        ("What share of the fund is for health?", ["A third of the fund is for health."], None),
        ("How many dollars did they pledge?", ["They pledged more money."], "a sum of money"),
    ],
)
def test_a_person_of_a_country_and_a_share_are_looked_for(
    library: Library, question: str, sentences: list[str], expected: str | None
) -> None:
    assert missing(library, question, *sentences) == expected


@pytest.mark.parametrize(
    ("question", "similarity", "unmentioned"),
    [
        ("What did the ministers agree on farm subsidies?", 4.0, True),
        ("What did the ministers agree on farm subsidies?", 5.0, False),
        ("What did the ministers agree on farm data?", 1.0, False),
        ("What did the ministers agree on?", 1.0, False),
    ],
)
def test_a_subject_of_which_no_record_has_a_word_wants_more_than_some_nearness(
    library: Library, question: str, similarity: float, unmentioned: bool
) -> None:
    with library.snapshot() as view:
        retrieved = Retriever(view, WordCounts()).search(plain_query("What did the ministers agree on?"))
        terms = QueryTerms(question, view)
        prepared = PreparedQuery(plain_query(question), view, terms, retrieved.prepared.vector)
        judgement = judge(replace(retrieved, prepared=prepared), similarity, AnswerabilityThresholds(least_score=0))
    assert ("no record mentions" in judgement.explanation) is unmentioned
    assert isinstance(judgement, Missing if unmentioned else Supported)


def test_a_false_premise_is_corrected_whatever_the_evidence(library: Library) -> None:
    with library.snapshot() as view:
        retrieved = Retriever(view, WordCounts()).search(plain_query("Why was the 2021 meeting held in Takasaki?"))
        judgement = judge(replace(retrieved, evidence=()), 0.0, AnswerabilityThresholds())
    assert isinstance(judgement, Corrected)
    assert judgement.note.startswith("No record is of a Takasaki meeting in 2021")


def test_the_thresholds_were_set_on_the_packaged_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "is_installed", lambda: True)
    encoder = load_encoder(Settings()).name
    assert thresholds_for(encoder) == AnswerabilityThresholds(encoder=encoder)


NOTE = "Refusals are not calibrated for the encoder another model: read each quotation before you rely on it."


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who was absent from the G20 meeting of April 2020?", Answer),
        ("What was decided in Bali in 2022?", Abstention),
        ("What was decided in Bali in 2022? Who chaired the summit in Lima?", Abstention),
        ("Why was the 2021 meeting held in Takasaki?", Answer),
    ],
)
def test_with_another_encoder_the_reply_says_that_refusals_are_not_calibrated(
    tmp_path: Path, question: str, kind: type
) -> None:
    other = open_library(tmp_path, encoder=WordCounts("another model"))
    reply = Assistant(other).ask(question).reply
    assert isinstance(reply, kind)
    assert reply.notes.count(NOTE) == 1


def test_the_note_is_missing_where_it_would_say_nothing(library: Library) -> None:
    other = Assistant(library, thresholds=AnswerabilityThresholds(encoder="another model"))
    assert other.ask("Good morning!").reply.notes == ()
    assert Assistant(library).ask("Who was absent in April 2020?").reply.notes == ()


# A question about the records is nearer to them than one about anything else.


@pytest.fixture
def two_sentences(tmp_path: Path) -> Library:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from("Smart cities and data flows.\n\nMinisters met in Trieste.", "talks.txt", "text/plain"))
    return library


def test_the_score_counts_standard_deviations_above_chance(two_sentences: Library) -> None:
    with two_sentences.snapshot() as view:
        query = WordCounts().encode_query("smart cities and data flows")
        ((_, cosine),) = view.search_dense(query, 1)
        assert DomainSimilarity(cosine - 0.3, 0.1).score(view, query) == pytest.approx(3.0)
        assert DomainSimilarity(cosine + 0.3, 0.1).score(view, query) == 0.0


def test_chance_is_measured_with_the_librarys_own_encoder(two_sentences: Library) -> None:
    with two_sentences.snapshot() as view:
        measured = DomainSimilarity.of(view, WordCounts())
        assert measured.score(view, WordCounts().encode_query("smart cities and data flows")) > 1
        assert measured.score(view, WordCounts().encode_query("xylophone zebra")) == 0.0


def test_an_empty_library_is_similar_to_nothing(tmp_path: Path) -> None:
    empty = open_library(tmp_path / "empty", encoder=WordCounts(), founding=False)
    with empty.snapshot() as view:
        assert DomainSimilarity.of(view, WordCounts()).score(view, np.full(256, 1 / 16, np.float32)) == 0.0


def test_an_hour_of_another_meeting_does_not_answer(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(
        document_from(
            "# Talks in Rome\n\nThe Rome talks on tariffs began in the old town hall.", "a.md", "text/markdown"
        )
    )
    library.add(document_from("# Dinner\n\nGuests sat down at 8:00 pm.", "b.md", "text/markdown"))
    reply = Assistant(library).ask("At what time did the Rome talks on tariffs begin?").reply
    assert isinstance(reply, Abstention)
    reply = Assistant(library).ask("At what time did guests sit down at the dinner?").reply
    assert isinstance(reply, Answer)
