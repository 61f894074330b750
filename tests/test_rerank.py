"""The ranker reads a sentence with the words above it and its speaker."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.reading.select import select_evidence
from assistant.retrieval.rerank import under_heading
from assistant.retrieval.retriever import Retriever
from benchmarks.pipeline import understand_question
from corpus.reading import document_from
from index.library import Library, open_library
from index.models.ranker import Scores
from index.settings import Settings
from support.word_counts import WordCounts

MINUTES = """# Orchard Society

## Water

The pump stands still. Members agreed on three steps. They want the valve
repaired in this order:

- a new valve before May
- a second pump next year
"""
TALK = """Orchard Society

ADA BO: What does the valve cost?

JON DAY: Ninety crowns, without the fitting.

ADA BO: I would buy the valve.

JON DAY: The society has no money for the valve.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(MINUTES, "minutes.md", "text/markdown"))
    library.add(document_from(TALK, "talk.txt", "text/plain"))
    return library


def read_of(library: Library, question: str) -> list[str]:
    with library.snapshot() as snapshot:
        found = Assistant(library).retriever(snapshot).search(understand_question(snapshot, question))
        return [under_heading(e) for e in (*found.evidence, *found.unread)]


def test_an_item_is_read_behind_the_last_sentence_of_its_lead_in(library: Library) -> None:
    read = read_of(library, "Which steps did the members agree on for the valve?")
    assert "They want the valve repaired in this order: a new valve before May" in read


def test_a_paragraph_is_read_behind_its_heading(library: Library) -> None:
    assert "Water: The pump stands still." in read_of(library, "Does the pump stand still?")


def test_a_sentence_of_talk_is_read_behind_its_speaker_and_a_reply_behind_the_question(library: Library) -> None:
    read = read_of(library, "What does the valve cost?")
    assert "What does the valve cost?: JON DAY: Ninety crowns, without the fitting." in read
    assert "Orchard Society: JON DAY: The society has no money for the valve." in read


def test_a_sentence_that_begins_with_a_pronoun_is_read_behind_the_one_before_it(library: Library) -> None:
    library.add(
        document_from("# Orchard Society\n\nThe survey is done. It found no rot.\n", "survey.md", "text/markdown")
    )
    assert "The survey is done.: It found no rot." in read_of(library, "What did the survey find?")


def test_the_dot_of_an_abbreviation_ends_no_sentence_that_is_read(library: Library) -> None:
    text = "# Orchard Society\n\nThe pump was opened by Ms. Bo. It found no rot.\n\n"
    text += "The roof leaks. The society heard of Dr. Day what a repair needs:\n\n- a rot survey\n"
    library.add(document_from(text, "rot.md", "text/markdown"))
    read = read_of(library, "Which rot survey found no rot?")
    assert "The pump was opened by Ms. Bo.: It found no rot." in read
    assert "The society heard of Dr. Day what a repair needs: a rot survey" in read


class _Prefers:
    """Finds that sentences with a word answer, and no others."""

    def __init__(self, word: str) -> None:
        self.word = word

    def knows(self, question: str) -> bool:
        return True

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        return np.array([4.0 if self.word in text else -1.0 for text in texts], dtype=np.float32)


@pytest.mark.parametrize(("behind", "first"), [("Its author is", "Its author is Ada Bo."), ("Another is", "The club")])
def test_a_likely_sentence_that_points_back_counts_the_words_of_the_one_before(
    library: Library, behind: str, first: str
) -> None:
    text = f"# Orchard Society\n\nThe club writes a brief on brick kilns. {behind} Ada Bo.\n"
    library.add(document_from(text, "brief.md", "text/markdown"))
    with library.snapshot() as view:
        query = understand_question(view, "Who writes the brief on brick kilns for the club?")
        evidence = Retriever(view, WordCounts(), _Prefers("Ada Bo")).search(query).evidence
    assert evidence[0].quote.startswith(first)


@pytest.mark.parametrize(("preferred", "quoted"), [("postponed", True), ("no data", False)])
def test_a_row_of_a_table_does_not_replace_a_sentence_that_the_ranker_prefers(
    library: Library, preferred: str, quoted: bool
) -> None:
    text = "# Dairy talks\n\n## Left open\n\nA target for milk was postponed.\n\n## Annex\n\n"
    text += "| Product | Lost | Cause |\n|---|---|---|\n| Milk | 12 | no data |\n| Maize | 12 | damp stores |\n"
    library.add(document_from(text, "dairy.md", "text/markdown"))
    with library.snapshot() as view:
        query = understand_question(view, "Is there a goal for milk?")
        evidence = Retriever(view, WordCounts(), _Prefers(preferred)).search(query).evidence
        row = next(replace(e, score=0.9) for e in evidence if "Milk" in e.quote)
        sentence = next(replace(e, score=0.88) for e in evidence if "target" in e.quote)
        cited = select_evidence(query, [row, sentence], view).cited
    assert any("target" in e.quote for e in cited) is quoted
