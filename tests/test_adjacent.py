"""Cite with a sentence those beside it that it needs: what its pronoun stands for, what became of a proposal."""

import pytest

from assistant.query import Query
from assistant.reading.adjacent import with_adjacent
from assistant.reading.back_references import begins_with_reference, refers_back
from assistant.retrieval.evidence import Evidence
from corpus.passages import split
from corpus.reading import document_from

TEXT = """# Weir trust, 4 June 2025

Ms Bo asked for leave to moor four boats. Leave was granted for two.

The clerk asked whether the sluice could open on Sundays. It may, but only in May.

The Trust had asked the county to pay for the lamps. The bill was 900 euros. The county has agreed.

Mr Moll wants a hut, a bench and a lamp. The trust paid for the bench. The hut must wait.

The survey was made by Lind & Co. It found three cracks. They cost 4,000 euros. Nobody was hurt.

Der Wirt bat um eine Bank am Wehr. Dem wurde nicht entsprochen.

M. Roux a demandé un banc au bord du lac. La demande a été rejetée.

佐藤氏が水門の改修を提案した。これは見送られた。
"""


def cited(question: str, begins: str) -> list[str]:
    """Return what is cited with the sentence that begins with some words, in the order of the text."""
    document = document_from(TEXT, "a.md", "text/markdown")
    sentences = [(passage, span) for passage in split(document, 1000) for span in passage.sentences()]
    passage, span = next(pair for pair in sentences if pair[1].of(document.text).startswith(begins))
    found = with_adjacent(Query(question), [Evidence(passage, span, 1.0, 0.0, 0.0, 0.0)])
    return [e.quote for e in sorted(found, key=lambda e: e.span)]


@pytest.mark.parametrize(
    ("question", "begins", "outcome"),
    [
        ("May Ms Bo moor four boats?", "Ms Bo", ["Leave was granted for two."]),
        ("Can the sluice open on Sundays?", "The clerk", ["It may, but only in May."]),
        (
            "Does the county pay for the lamps?",
            "The Trust had",
            ["The bill was 900 euros.", "The county has agreed."],
        ),
        ("Did Mr Moll get a hut?", "Mr Moll", ["The trust paid for the bench.", "The hut must wait."]),
        ("Bekommt der Wirt eine Bank?", "Der Wirt", ["Dem wurde nicht entsprochen."]),
        ("Y aura-t-il un banc ?", "M. Roux", ["La demande a été rejetée."]),
        ("水門は改修されますか", "佐藤氏", ["これは見送られた。"]),
    ],
)
def test_a_proposal_is_cited_with_what_became_of_it(question: str, begins: str, outcome: list[str]) -> None:
    assert cited(question, begins)[1:] == outcome


def test_a_sentence_that_begins_with_a_pronoun_is_cited_with_what_it_stands_for() -> None:
    assert cited("How much do the cracks cost?", "They cost") == [
        "The survey was made by Lind & Co.",
        "It found three cracks.",
        "They cost 4,000 euros.",
    ]


def test_the_next_sentence_is_cited_for_the_words_that_a_sentence_lacks() -> None:
    assert cited("What did the survey find in cracks?", "The survey")[1:] == ["It found three cracks."]
    assert cited("Who made the survey?", "The survey")[1:] == []


@pytest.mark.parametrize(
    ("sentence", "begins", "refers"),
    [
        ("It was carried by four votes.", True, True),
        ("2.3 She abstained.", True, True),
        ("Nobody supported this.", False, True),
        ("It was agreed that the weir be closed.", False, False),
        ("It is important to mend the weir.", False, False),
        ("Il faut réparer la digue.", False, False),
        ("Elle coûte 900 euros.", True, True),
        ("The weir is closed.", False, False),
    ],
)
def test_a_place_holder_for_a_clause_stands_for_nothing_before(sentence: str, begins: bool, refers: bool) -> None:
    assert (begins_with_reference(sentence), refers_back(sentence)) == (begins, refers)
