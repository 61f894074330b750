"""Quote whole enumerations of running text and talk, and the items of a list that begin with the noun asked for."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.reading.lists.enumerations import enumerations
from corpus.passages import split
from corpus.reading import document_from
from index.library import open_library
from index.settings import Settings
from support.word_counts import WordCounts

TALK = """Harvest forum, 4 May 2025

MODERATOR: Good evening. Ms Ortega, what should growers do before the frost?

MS ORTEGA: Three things. Cover the young trees. That costs little. Second, water the soil.
And third, empty the sprayers.

MR LINDE: What reasons does the board have for closing the market?

MS BAIER: There are several reasons. First, the rent has doubled. We cannot pay it. Second, visitors stay away.
Finally, the roof leaks.

MODERATOR: First Secretary Holm is here. Thank you for that.
"""
ANNEXES = """# Charter of the Mill Towns

The towns adopted a charter with its annexes.

- Charter of the towns (PDF)
- ANNEX1 on weirs (PDF)
- ANNEX2 on fish ladders (PDF)
- Press photographs
"""


def items_of(text: str, name: str = "talk.txt") -> list[list[str]]:
    document = document_from(text, name, "text/plain")
    return [[item.text for item in found.items] for found in enumerations(split(document, 1000))]


def test_an_enumeration_ends_with_its_turn_and_its_first_item_may_follow_a_number() -> None:
    ortega, baier = items_of(TALK)
    assert ortega == ["Cover the young trees.", "Second, water the soil.", "And third, empty the sprayers."]
    assert baier == ["First, the rent has doubled.", "Second, visitors stay away.", "Finally, the roof leaks."]


@pytest.mark.parametrize(
    "text",
    [
        "The First Minister spoke. The Second Secretary left. He left early.",
        "First, the rent has doubled. That is all.",
        "We met twice. Second, visitors stay away.",
    ],
)
def test_single_places_and_names_are_no_enumeration(text: str) -> None:
    assert items_of(text) == []


def test_an_enumeration_in_german_and_japanese_is_found() -> None:
    assert items_of("Erstens ist die Miete gestiegen. Zweitens fehlt das Geld.")[0][1] == "Zweitens fehlt das Geld."
    assert items_of("第一に、家賃が上がりました。第二に、お金がありません。")[0][0] == "第一に、家賃が上がりました。"


def quotes(tmp_path: Path, question: str, text: str, name: str, media_type: str) -> list[str]:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(text, name, media_type))
    reply = Assistant(library).ask(question).reply
    assert isinstance(reply, Answer), reply
    return [citation.quote for citation in reply.citations]


def test_a_question_for_reasons_gets_all_of_them(tmp_path: Path) -> None:
    quoted = quotes(
        tmp_path, "What reasons does the board have for closing the market?", TALK, "talk.txt", "text/plain"
    )
    assert [quote.split()[0] for quote in quoted] == ["First,", "Second,", "Finally,"]


@pytest.mark.parametrize(
    "question", ["Which annexes does the charter have?", "How many annexes are there?", "List all the annexes"]
)
def test_items_that_begin_with_the_noun_of_the_question_are_quoted_alone(tmp_path: Path, question: str) -> None:
    quoted = quotes(tmp_path, question, ANNEXES, "charter.md", "text/markdown")
    assert quoted == ["ANNEX1 on weirs (PDF)", "ANNEX2 on fish ladders (PDF)"]


def test_an_item_that_a_question_names_further_is_quoted_alone(tmp_path: Path) -> None:
    quoted = quotes(tmp_path, "Which annexes are on fish ladders?", ANNEXES, "charter.md", "text/markdown")
    assert quoted == ["ANNEX2 on fish ladders (PDF)"]


READOUT = """# Readout of the millers' meeting

The meeting was about weirs. Participants included:

- Ada Bo, Weir Works
- Jon Day, Mill Bank
- Eva Lund, River Trust
"""


def test_participants_beside_one_are_the_others(tmp_path: Path) -> None:
    question = "Besides Mill Bank, which companies were at the millers' meeting?"
    assert quotes(tmp_path, question, READOUT, "readout.md", "text/markdown") == [
        "Ada Bo, Weir Works",
        "Eva Lund, River Trust",
    ]


def test_a_sentence_that_says_how_many_follow_is_quoted_with_them(tmp_path: Path) -> None:
    quoted = quotes(tmp_path, "What should growers do before the frost?", TALK, "talk.txt", "text/plain")
    assert quoted[-3:] == ["Cover the young trees.", "Second, water the soil.", "And third, empty the sprayers."]


PILLARS = """# Charter of the Weir Towns

The charter rests on two pillars:

**Pillar 1:** **Fish and eels**

- Aim 1: More ladders
- Aim 2: Fewer nets

**Pillar 2: Clean water**

- Aim 3: No oil
"""


def test_headings_that_begin_with_the_noun_of_the_question_are_its_list(tmp_path: Path) -> None:
    quoted = quotes(tmp_path, "what are the 2 pillars of the charter", PILLARS, "charter.md", "text/markdown")
    assert quoted == ["**Pillar 1:** **Fish and eels**", "**Pillar 2: Clean water**"]
