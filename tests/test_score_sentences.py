"""Score sentences by meaning, words, rank and type of answer, and rerank the best with a ranker."""

# mypy: disable-error-code="comparison-overlap"

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.query import Intent, Query
from assistant.retrieval.evidence import Evidence, PreparedQuery
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.rerank import rerank
from assistant.retrieval.score_sentences import score_sentences
from assistant.retrieval.scoring_weights import ScoringWeights
from assistant.understanding.understand import plain_query
from corpus.document import Kind
from corpus.passages import split
from corpus.reading import document_from
from index.library import Library, open_library
from index.models.ranker import Scores
from index.search.hybrid import hybrid_search
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("evidence") / "library", encoder=WordCounts())


def weighed(library: Library, text: str, query: Query | None = None, latest: str = "") -> list[Evidence]:
    with library.snapshot() as view:
        vector = WordCounts().encode_query(text)
        hits = hybrid_search(view, text, vector, 50)
        prepared = PreparedQuery(query or plain_query(text), view, QueryTerms(text, view, latest, 0.1), vector)
        return score_sentences(prepared, hits, ScoringWeights())


def of(found: list[Evidence], words: str) -> Evidence:
    return next(e for e in found if words in e.quote)


def test_the_share_of_the_words_counts_rare_ones_more(library: Library) -> None:
    found = weighed(library, "floppy minister")
    assert of(found, "floppy disks").term_overlap > 0.5 > of(found, "participated in a photo session").term_overlap > 0


def test_a_country_counts_under_another_name(library: Library) -> None:
    found = weighed(library, "American ambassador")
    assert of(found, "Ambassador at Large").term_overlap == pytest.approx(1.0)


def test_a_contact_line_weighs_less_unless_it_is_asked_for(library: Library) -> None:
    plain = of(weighed(library, "Global Strategy Division"), "Global Strategy Division, Global")
    wanted = Query("Global Strategy Division", requested_kinds=frozenset({Kind.CONTACT}))
    asked = of(weighed(library, "Global Strategy Division", wanted), "Global Strategy Division, Global")
    assert asked.score - plain.score == pytest.approx(ScoringWeights().label_penalty)


def test_a_topic_on_a_list_weighs_less_unless_a_list_is_asked_for(library: Library) -> None:
    topic = "Encourage Innovation for Smart Cities"
    plain = of(weighed(library, "smart cities"), topic)
    listed = of(weighed(library, "smart cities", Query("smart cities", intent=Intent.LIST)), topic)
    assert listed.score - plain.score == pytest.approx(ScoringWeights().label_penalty)


def test_words_beside_what_was_cited_weigh_more_and_the_cited_ones_do_not(library: Library) -> None:
    text = "robot avatar session"
    plain = weighed(library, text)
    cited = of(plain, "a robot avatar modeled after Minister Kono spoke")
    near = weighed(library, text, Query(text, last_citations=((cited.passage.document.id, cited.span),)))
    bonus = ScoringWeights().near_bonus
    assert of(near, "The robot talked").score - of(plain, "The robot talked").score == pytest.approx(bonus)
    assert of(near, cited.quote).score == pytest.approx(cited.score)


def test_the_latest_words_of_a_follow_up_count_most(library: Library) -> None:
    text = "Who spoke for Kono at the summit - floppy disks"
    share = of(weighed(library, text), "floppy disks").term_overlap
    assert of(weighed(library, text, latest="floppy disks"), "floppy disks").term_overlap > share


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who spoke of floppy disks?", "Mr. Francis Bilodeau"),
        ("When were floppy disks discussed?", "On April 29 and 30"),
        ("How many talked of floppy disks?", "six political agendas"),
    ],
)
def test_a_sentence_of_the_kind_that_is_asked_for_weighs_more(library: Library, question: str, words: str) -> None:
    with library.snapshot() as view:
        vector = WordCounts().encode_query(question)
        hits = hybrid_search(view, question, vector, view.passage_count)
        prepared = PreparedQuery(plain_query(question), view, QueryTerms(question, view), vector)
        more, less = (
            of(score_sentences(prepared, hits, weights), words)
            for weights in (ScoringWeights(), ScoringWeights(content_bonus=0))
        )
    assert more.score - less.score == pytest.approx(ScoringWeights().content_bonus)


def test_talk_around_the_words_of_the_question_weighs_more_than_other_talk(tmp_path: Path) -> None:
    crane = "Ada: The crane stands idle.\n\nBo: We sell it in spring.\n\n"
    other = "Cy: The ferry was late again this week.\n\nAda: Nobody knows why the ferry was late.\n\n" * 20
    talk = crane + other + "Bo: We sell tickets in spring.\n\n" + other
    prose = "Reports on the port\n\nThe sellers of fish sell it in spring."
    found, without = (_of_texts(tmp_path, [talk, prose], "sell crane", weight) for weight in (0.8, 0.0))
    near, far, written = (
        of(found, words).score - of(without, words).score
        for words in ("We sell it", "We sell tickets", "The sellers of fish")
    )
    assert near == written == 0
    assert -0.8 < far < -0.1


def _of_texts(folder: Path, texts: Sequence[str], question: str, surroundings: float) -> list[Evidence]:
    library = open_library(folder / "library", encoder=WordCounts(), founding=False)
    for number, text in enumerate(texts):
        library.add(document_from(text, f"{number}.txt", "text/plain"))
    with library.snapshot() as view:
        vector = WordCounts().encode_query(question)
        prepared = PreparedQuery(plain_query(question), view, QueryTerms(question, view), vector)
        hits = hybrid_search(view, question, vector, view.passage_count)
        return score_sentences(prepared, hits, ScoringWeights(surroundings=surroundings))


# The ranker's probability is added to the scores of the best sentences; without a ranker nothing changes.


DOCUMENT = document_from("Talks\n\nAlpha came. Beta left. Gamma stayed.", "talks.txt", "text/plain")
PASSAGE = split(DOCUMENT, 1000)[1]
ALPHA, BETA, GAMMA = (
    Evidence(PASSAGE, span, score, 0.0, 0.0, 0.0)
    for span, score in zip(PASSAGE.sentences(), (0.5, 0.4, 0.3), strict=True)
)


class Likes:
    """Finds one word likely and all else unlikely."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[str] = []

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        self.read += texts
        return np.array([np.log(3) if self.word in t else -np.log(3) for t in texts], dtype=np.float32)

    def knows(self, question: str) -> bool:
        return question.isascii()


def test_the_rankers_likelihood_is_added_with_its_weight() -> None:
    ranked = rerank("Who left?", [ALPHA, BETA], Likes("Beta"), ScoringWeights(ranker=2))
    assert [(e.quote, e.score, e.ranker_probability) for e in ranked] == [
        ("Beta left.", pytest.approx(0.4 + 2 * 0.75), pytest.approx(0.75)),
        ("Alpha came.", pytest.approx(0.5 + 2 * 0.25), pytest.approx(0.25)),
    ]


def test_only_the_best_are_read_and_kept() -> None:
    ranker = Likes("Gamma")
    assert rerank("Who?", [ALPHA, BETA, GAMMA], ranker, ScoringWeights(ranked=2))[0].quote == "Alpha came."
    assert ranker.read == ["Talks: Alpha came.", "Talks: Beta left."]


@pytest.mark.parametrize("question", ["誰が去りましたか"])
def test_a_language_the_ranker_does_not_know_skips_it(question: str) -> None:
    assert rerank(question, [ALPHA, BETA], Likes("Beta"), ScoringWeights()) == [ALPHA, BETA]


def test_without_a_ranker_nothing_changes() -> None:
    assert rerank("Who left?", [ALPHA, BETA], None, ScoringWeights()) == [ALPHA, BETA]


def test_a_label_is_not_read() -> None:
    ranker = Likes("Alpha")
    label = replace(ALPHA, is_label=True)
    ranked = rerank("Who?", [label, BETA, GAMMA], ranker, ScoringWeights(ranked=2, ranker=1))
    assert ranker.read == ["Talks: Beta left.", "Talks: Gamma stayed."]
    assert next(e for e in ranked if e.is_label) == label
