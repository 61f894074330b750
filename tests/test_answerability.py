"""Judge whether evidence answers a question, and say with which encoder the thresholds were set."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant
from assistant.grounding.answerability import (
    WEIGHTS,
    AnswerabilityThresholds,
    Corrected,
    Missing,
    Supported,
    judge,
    log_odds,
    thresholds_for,
)
from assistant.grounding.domain_similarity import DomainSimilarity
from assistant.grounding.features import AnswerFeatures, answer_features
from assistant.grounding.quantities import is_of_other_country
from assistant.retrieval.retriever import Retriever
from assistant.understanding.understand import plain_query
from benchmarks.pipeline import understand_question
from corpus.reading import document_from
from index.library import Library, open_library
from index.models import e5
from index.models.ranker import Ranker, Scores
from index.models.registry import load_encoder
from index.settings import Settings
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("types") / "library", encoder=WordCounts())


def features_of(library: Library, question: str, ranker: Ranker | None = None) -> AnswerFeatures:
    with library.snapshot() as view:
        return answer_features(Retriever(view, WordCounts(), ranker).search(understand_question(view, question)), 5.0)


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("talks")
    library = open_library(folder / "library", encoder=WordCounts(), founding=False)
    text = """# Talks on tariffs

The ministers agreed on lower tariffs for steel.

Ms. Halden made the following remarks:

- Ports need more cranes.
- Rail freight is too slow.

They pledged $350 million for ports.
"""
    library.add(document_from(text, "talks.md", "text/markdown"))
    return library


def test_a_word_that_no_passage_holds_weighs_by_how_often_answers_repeat_it(talks: Library) -> None:
    assert features_of(talks, "What was agreed on tariffs for steel?").missing == pytest.approx(0, abs=0.5)
    said, voted = (features_of(talks, f"What was {verb} on tariffs for steel?").missing for verb in ("said", "vetoed"))
    assert said < voted


def test_a_name_that_the_passage_lacks_is_counted_also_in_small_letters(talks: Library) -> None:
    assert features_of(talks, "did brazil agree on tariffs for steel").missing_names == 1
    assert features_of(talks, "What did Dahlin agree on tariffs for steel?").missing_names == 1
    assert features_of(talks, "What did the ministers agree on tariffs for steel?").missing_names == 0


def test_the_lead_in_of_a_list_holds_the_name_for_its_items(talks: Library) -> None:
    assert features_of(talks, "What did Ms. Halden say about cranes for ports?").missing_names == 0


def test_a_sum_that_no_sentence_holds_is_missed(talks: Library) -> None:
    assert features_of(talks, "How much money did they pledge for ports?").lacks_kind == 0
    assert features_of(talks, "At what time did they pledge money for ports?").lacks_kind == 1


def test_a_comparison_needs_only_the_names(talks: Library) -> None:
    found = features_of(talks, "How do Halden's cranes differ in treatment and emphasis from rail freight?")
    assert (found.missing, found.missing_names) == (0, 0)
    assert features_of(talks, "Compare what Halden and Dahlin said about cranes").missing_names == 1


@pytest.mark.parametrize(
    "question", ["What was said about tariff change?", "What did they say on the quarrel between Halden and Ports?"]
)
def test_a_question_without_sides_needs_all_its_words(talks: Library, question: str) -> None:
    assert features_of(talks, question).missing > 1


def test_log_odds_are_the_weighted_sum_of_the_features(monkeypatch: pytest.MonkeyPatch, talks: Library) -> None:
    monkeypatch.setitem(WEIGHTS, "unranked", {"constant": 1.0, "similarity": 2.0, "missing_names": -3.0})
    features = replace(features_of(talks, "tariffs"), similarity=0.5, missing_names=1.0)
    assert log_odds(features, is_ranked=False) == pytest.approx(1.0 + 1.0 - 3.0)


@pytest.mark.parametrize(("least_odds", "kind"), [(-99.0, Supported), (99.0, Missing)])
def test_the_threshold_decides(talks: Library, least_odds: float, kind: type) -> None:
    with talks.snapshot() as view:
        retrieved = Retriever(view, WordCounts()).search(plain_query("What was agreed on tariffs?"))
        assert isinstance(judge(retrieved, 5.0, AnswerabilityThresholds(least_odds=least_odds)), kind)


def test_a_false_premise_is_corrected_whatever_the_evidence(library: Library) -> None:
    with library.snapshot() as view:
        retrieved = Retriever(view, WordCounts()).search(plain_query("Why was the 2021 meeting held in Takasaki?"))
        judgement = judge(replace(retrieved, evidence=()), 0.0, AnswerabilityThresholds())
    assert isinstance(judgement, Corrected)
    assert judgement.note.startswith("No record is of a Takasaki meeting in 2021")


def test_the_thresholds_were_set_on_the_packaged_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "is_installed", lambda: True)
    encoder = load_encoder(Settings()).name
    assert thresholds_for(encoder).encoder == encoder


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
    assert other.ask("Good evening!").reply.notes == ()
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


@pytest.mark.parametrize("question", ["ノルウェーは参加しましたか。", "予算はいくらでしたか。"])
def test_a_japanese_question_is_refused_where_no_record_has_a_translation(library: Library, question: str) -> None:
    reply = Assistant.open(library).ask(question).reply
    assert isinstance(reply, Abstention)
    assert "どの記録にもありません" in reply.text


def test_a_japanese_question_finds_english_records_by_translated_words(library: Library) -> None:
    reply = Assistant.open(library).ask("2020年4月の会議を欠席した国はどこですか。").reply
    assert isinstance(reply, Answer)
    assert [c.quote for c in reply.citations] == ["(*) Of the G20 members, Indonesia was absent from this meeting."]


@pytest.mark.parametrize(("year", "answers"), [("2021", False), ("2022", True), ("2023", True)])
def test_a_figure_of_another_year_does_not_answer(tmp_path: Path, year: str, answers: bool) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    text = "# Trust of the mill\n\nThe mill had 4,150 visitors in 2022.\n\n## 2023\n\nThe mill had 5,200 visitors.\n"
    library.add(document_from(text, "mill.md", "text/markdown"))
    reply = Assistant(library).ask(f"How many visitors did the mill have in {year}?").reply
    assert isinstance(reply, Answer) is answers


def test_the_year_of_another_subject_and_an_earlier_one_do_not_answer(tmp_path: Path) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    weir = "# Weir keepers\n\nIn 2021 the weir was opened 44 times.\n\nEels: 310 eels passed in 2022, 275 in 2023.\n"
    library.add(document_from(weir, "weir.md", "text/markdown"))
    forum = "# Canoe forum\n\nMinutes of 9 May 2023\n\nThe forum counted 96 canoes in 2022.\n"
    library.add(document_from(forum, "forum.md", "text/markdown"))
    asked = {"How many eels passed in 2022?": True, "How many eels passed in 2021?": False}
    asked |= {"How many canoes were counted in 2022?": True, "How many canoes were counted in 2023?": False}
    assert {question: isinstance(Assistant(library).ask(question).reply, Answer) for question in asked} == asked


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("The mill employs its people on Mondays, for $300 a day, since 3 May 2021, for ten weeks.", False),
        ("The mill employs 40 people on Mondays.", True),
        ("The mill employs several people on Mondays.", True),
    ],
)
def test_a_day_or_a_sum_counts_nothing(tmp_path: Path, text: str, answers: bool) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(f"# Mill\n\n{text}\n", "mill.md", "text/markdown"))
    reply = Assistant(library).ask("How many people does the mill employ on Mondays?").reply
    assert isinstance(reply, Answer) is answers


@pytest.mark.parametrize(
    ("ending", "answers"), [("The fifth forum will be held in May.", True), ("It was long.", False)]
)
def test_a_meeting_of_the_past_is_not_the_next_one(tmp_path: Path, ending: str, answers: bool) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    text = f"# Forum of mills\n\nThe meeting of the forum was held at 8 pm on 3 May 2021.\n\n{ending}\n"
    library.add(document_from(text, "mill.md", "text/markdown"))
    reply = Assistant(library).ask("When is the next meeting of the forum of mills?").reply
    assert isinstance(reply, Answer) is answers


def test_a_meeting_to_come_beside_the_best_sentences_is_no_answer(tmp_path: Path) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    text = "# Forum of mills\n\n{}\n\nThe flour will be white.\n"
    said = "\n\n".join(f"The meeting of the forum of mills spoke of the next wheel {n}." for n in range(4))
    library.add(document_from(text.format(said), "mill.md", "text/markdown"))
    assert isinstance(Assistant(library).ask("When is the next meeting of the forum of mills?").reply, Abstention)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("The mill of Bram was closed that spring.", False),
        ("The mill of Bram was closed because of the flood.", True),
        ("The mill of Bram was closed that spring. The reason is that the wheel broke.", True),
        ("The mill of Bram was closed: the wheel had broken.", True),
    ],
)
def test_a_sentence_that_repeats_the_question_gives_no_reason(tmp_path: Path, said: str, answers: bool) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(f"# Mills\n\n{said}\n", "mill.md", "text/markdown"))
    assert isinstance(Assistant(library).ask("Why was the mill of Bram closed?").reply, Answer) is answers


class _Denies:
    def knows(self, question: str) -> bool:
        return True

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        return np.full(len(texts), -4.0, dtype=np.float32)


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("How much money did they pledge for ports?", 0),
        ("How much did Halden pay for rail freight?", 1),  # the sum is for ports
        ("How many cranes do ports need?", 0),
        ("How many buses did Dahlin buy?", 1),
        ("how many big cranes r needed by ports", 0),  # "are", misspelt, ends the words for what is counted
        ("how many big buses r needed by ports", 1),
        ("How many lorries wait at the harbour?", 0),
        ("How many lorries of Halden wait?", 1),
    ],
)
def test_a_quantity_is_one_of_what_is_asked(tmp_path: Path, question: str, lacks: int) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    text = """# Ports

Ports need 40 cranes. They pledged $350 million for ports.

Halden spoke of rail freight for two hours. Dahlin bought 30 lorries. Lorries wait at the harbour, 12 in all.
"""
    library.add(document_from(text, "talks.md", "text/markdown"))
    assert features_of(library, question, _Denies()).lacks_kind == lacks


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("How many technicians will Brazil train?", True),
        ("How many technicians will Rwanda train?", False),
        ("How many technicians will be trained by 2026?", True),
        ("How did Rwanda train technicians by 2026?", True),
    ],
)
def test_a_quantity_of_another_country_does_not_answer(tmp_path: Path, question: str, answers: bool) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    text = "# Ports\n\nBrazil will train 900 technicians by 2026.\n\nRwanda will pave a road to the lake.\n"
    library.add(document_from(text, "ports.md", "text/markdown"))
    with library.snapshot() as view:
        found = Retriever(view, WordCounts(), None).search(understand_question(view, question))
        best = [e for e in found.evidence if "900" in e.quote]
        assert is_of_other_country(found.prepared.query, best) is not answers


@pytest.mark.parametrize(
    ("reply", "lacks"), [("A hundred and ten thousand.", 0), ("Ninety.", 0), ("A hundred boats.", 1), ("A lot.", 1)]
)
def test_a_reply_of_a_number_alone_is_the_sum_that_a_question_of_the_record_asks_for(
    tmp_path: Path, reply: str, lacks: int
) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    text = (
        f"Yard\n\nADA BO: We begin.\n\nADA BO: What would the new mast cost you?\n\nCY DAY: {reply}\n\nADA BO: Good.\n"
    )
    library.add(document_from(text, "yard.txt", "text/plain"))
    assert features_of(library, "What would the new mast cost?").lacks_kind == lacks


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("The mast is mended in spring.\n\nThe sails are dry.\n\nThe nets are green.", 1),
        ("Ada Bo: The mast is mended in spring.\n\nCy Day: The sails are dry.\n\nAda Bo: The nets are green.", 0),
    ],
)
def test_a_turn_names_its_speaker(tmp_path: Path, text: str, lacks: int) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(f"Yard\n\n{text}\n", "yard.txt", "text/plain"))
    assert features_of(library, "Who said that the mast is mended in spring?", _Denies()).lacks_kind == lacks


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("Which company built the mast?", "The mast was built in spring. We all thank Ms. Bo.", 1),
        ("Which company built the mast?", "The mast was built by Weir Works in spring.", 0),
        ("Which companies built the mast?", "The mast was built by:\n\n- weirworks\n- ropemakers", 0),
        ("In which building did the yard meet?", "The yard met in Denmark.", 1),
        ("What is the name of the boat that the yard mends?", "The yard mends the boat in spring.", 1),
        ("What is the name of the boat that the yard mends?", "The yard mends the boat Heron in spring.", 0),
        ("What about small companies?", "The yard is small.", 0),
    ],
)
def test_a_question_for_a_name_needs_one_that_it_lacks(tmp_path: Path, question: str, text: str, lacks: int) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(f"# Yard of Holm\n\n{text}\n", "yard.md", "text/markdown"))
    assert features_of(library, question, _Denies()).lacks_kind == lacks
