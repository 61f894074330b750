"""Answer who was at a meeting from prose, and cite a subject's whole paragraph or list."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from corpus.reading import document_from
from index.library import open_library
from index.settings import Settings
from support.word_counts import WordCounts

HOSTED = "Secretary Ada Bo hosted Minister Cy Day and Commissioner Eli Fox for the orchard talks."
TALKS = f"""# Orchard talks

Today, Norway, Japan, Brazil and Kenya affirm their plan for the orchards of the coast.

{HOSTED} Director Gil Hay joined later. They walked to the sea.

Brazil was represented by Minister Ida Gray, who came late.

Participants of the orchard talks agreed to:

- assess the state of the pear trees;
- identify the kinds that bear no fruit; and
- plant new hedges.

We are worried about the wasps in the north. Rain fell for a week. The wasps have come back since May. We ask all
gardeners to count wasps.

Each country will:

- Buy fertilizer from two makers.
- Mend the fences.
- Store fertilizer in dry sheds.
"""


def _quotes(tmp_path: Path, question: str, text: str = TALKS) -> list[str]:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(text, "orchard.md", "text/markdown"))
    reply = Assistant(library).ask(question).reply
    return [citation.quote for citation in reply.citations] if isinstance(reply, Answer) else []


@pytest.mark.parametrize(
    ("question", "beginnings"),
    [
        ("Who attended the orchard talks?", ["Secretary Ada Bo hosted", "Director Gil Hay joined"]),
        ("Who represented Brazil at the orchard talks?", ["Brazil was represented"]),
        ("Which countries adopted the plan for the orchards of the coast?", ["Today, Norway"]),
        ("What did the participants of the orchard talks agree to do?", ["assess", "identify", "plant"]),
        ("What do they say about the wasps?", ["We are worried", "We ask all", "The wasps have"]),
        ("What will each country do about fertilizer?", ["Buy fertilizer", "Store fertilizer"]),
    ],
)
def test_prose_names_participants_and_a_subject_is_cited_whole(
    tmp_path: Path, question: str, beginnings: list[str]
) -> None:
    quotes = _quotes(tmp_path, question)
    assert [quote[: len(beginning)] for quote, beginning in zip(quotes, beginnings, strict=True)] == beginnings


@pytest.mark.parametrize("question", ["Which countries objected to the plan?", "Which countries abstained?"])
def test_countries_that_open_a_text_are_not_those_of_every_act(tmp_path: Path, question: str) -> None:
    quotes = _quotes(tmp_path, question, f"{TALKS}\nSome abstained, and some objected to the plan.\n")
    assert quotes == ["Some abstained, and some objected to the plan."]


def test_countries_of_an_act_stand_in_a_sentence_on_it(tmp_path: Path) -> None:
    objected = "Norway, Japan and Brazil objected to the plan for the hedges."
    text = f"# Hedges\n\n{objected}\n\nThe plan for the hedges is old. It rained.\n"
    assert objected in _quotes(tmp_path, "Which countries objected to the plan for the hedges?", text)


def test_who_represented_a_ministry_is_not_only_those_who_attended(tmp_path: Path) -> None:
    text = """# Pear talks

Mr. Cy Day, Vice-Minister of Orchards (MOO), took part by telephone for the ministry.

The talks were attended by Vice-Minister Day and Mr. Eli Fox, Minister of Hedges.
"""
    _, delegate, attended = text.strip().split("\n\n")
    assert _quotes(tmp_path, "Who represented MOO at the pear talks?", text) == [attended, delegate]


def test_participants_of_a_kind_are_those_that_say_so(tmp_path: Path) -> None:
    listed = "- Ida Gray, gardener of Orlund\n- Jan Hill, minister of trees\n- Kai Iver, gardener of Westholm\n"
    quotes = _quotes(tmp_path, "Which gardeners attended the talks?", f"# Orchard talks\n\n## Attendees\n\n{listed}")
    assert [quote.split(",")[0] for quote in quotes] == ["Ida Gray", "Kai Iver"]
