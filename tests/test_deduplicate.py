"""Equal sentences of several records are cited once, and the other records are named."""

from pathlib import Path

import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant, nearest_citations
from corpus.document import Document
from corpus.language.similarity import letters
from corpus.reading import founding_records
from index.library import open_library
from support.generated_texts import document
from support.word_counts import WordCounts

RELEASE = (
    "Ministers met in Oslo",
    "The ministers of twelve countries met in Oslo on the future of ferries.",
    "They agreed that every ferry in the fjords shall run on batteries by the end of the decade.",
    "Norway will pay for the chargers in eleven harbours, and Sweden for those in three.",
    "The ministers asked the shipyards of the coast to report on progress each spring.",
    "A working group will meet in Bergen and look into the safety of the batteries.",
)
AGREED = RELEASE[2]
QUESTION = "What shall every ferry in the fjords run on?"
FOOTERS = {"a.md": "Back to the list of releases.", "b.md": "Share this page with your friends.", "c.md": "Print."}


def released(name: str, *paragraphs: str, day: str = "2022-05-04", meeting: str = "", publisher: str = "") -> Document:
    """A release with its day of publication, and that of its meeting where one is given."""
    facts = {"date": day, "meeting_date": meeting, "publisher": publisher}
    front = "".join(f"{fact}: {value}\n" for fact, value in facts.items() if value)
    return document(f"---\ntitle: {paragraphs[0]}\n{front}---\n" + "\n\n".join(paragraphs), name)


def assistant_of(folder: Path, *documents: Document) -> Assistant:
    library = open_library(folder, encoder=WordCounts(), founding=False)
    for found in documents:
        library.add(found)
    return Assistant(library)


@pytest.fixture
def copied(tmp_path: Path) -> Assistant:
    """The release three times, each with another footer, the second published first."""
    days = {"a.md": "2022-05-05", "b.md": "2022-05-04", "c.md": "2023-01-01"}
    copies = (released(name, *RELEASE, footer, day=days[name]) for name, footer in FOOTERS.items())
    return assistant_of(tmp_path / "library", *copies)


def answered(assistant: Assistant, question: str = QUESTION) -> Answer:
    reply = assistant.ask(question).reply
    assert isinstance(reply, Answer)
    return reply


def quoted(assistant: Assistant, words: str, question: str = QUESTION) -> list[str]:
    """The names of the records from which an answer quotes these words."""
    return [c.document.name for c in answered(assistant, question).citations if letters(words) in letters(c.quote)]


def test_a_sentence_is_cited_once_from_the_copy_published_first(copied: Assistant) -> None:
    assert quoted(copied, AGREED) == ["b.md"]


def test_the_answer_names_the_other_copies(copied: Assistant) -> None:
    assert answered(copied).notes == ("Words quoted from b.md also stand in a.md and c.md.",)


def test_no_words_are_cited_twice(copied: Assistant) -> None:
    said = [letters(citation.quote) for citation in answered(copied).citations]
    assert len(said) == len(set(said))


def test_copies_take_no_place_among_the_hits(copied: Assistant) -> None:
    said = [letters(hit.passage.text) for hit in copied.explain(QUESTION).hits]
    assert len(said) == len(set(said)) == len(RELEASE) + len(FOOTERS)


def test_the_nearest_passages_of_an_abstention_are_no_copies(copied: Assistant) -> None:
    reply = copied.ask("Who was the Spanish delegate for railways?").reply
    assert isinstance(reply, Abstention)
    assert len({letters(citation.quote) for citation in nearest_citations(reply)}) == len(reply.nearest) == 3


def test_a_raw_search_still_finds_every_copy(copied: Assistant) -> None:
    hits = copied.search("ferries in the fjords on batteries", 3)
    assert {hit.passage.document.name for hit in hits if AGREED in hit.passage.text} == set(FOOTERS)


def test_the_publisher_that_is_mentioned_comes_before_the_day(tmp_path: Path) -> None:
    documents = (
        released("a.md", *RELEASE, "Harbour Office.", day="2022-05-04", publisher="Harbour Office"),
        released("b.md", *RELEASE, "Fjord Council.", day="2022-05-06", publisher="Fjord Council"),
        released("c.md", "Other", "Nothing of the kind.", publisher="Railway Board"),
    )
    assistant = assistant_of(tmp_path / "library", *documents)
    assert quoted(assistant, AGREED, "What shall every ferry run on for the Fjord Council?") == ["b.md"]
    assert quoted(assistant, AGREED) == ["a.md"]


def test_many_copies_keep_no_other_record_out(tmp_path: Path) -> None:
    copies = [released(f"copy-{i:02}.md", *RELEASE, f"Print edition number {i}.") for i in range(12)]
    other = released("other.md", "Trains", "The ferries of the lake were not spoken of, only the trains.")
    assistant = assistant_of(tmp_path / "library", *copies, other)
    assert "other.md" in {hit.passage.document.name for hit in assistant.explain(QUESTION).hits}


def test_a_page_break_hides_no_copy(tmp_path: Path) -> None:
    wrapped = tuple(paragraph.replace("batteries", "bat-\nteries").replace(" the ", "\nthe ") for paragraph in RELEASE)
    assistant = assistant_of(tmp_path / "library", released("a.md", *RELEASE), released("b.md", *wrapped, "2 / 3"))
    assert quoted(assistant, AGREED) == ["a.md"]


def test_one_changed_figure_makes_another_sentence(tmp_path: Path) -> None:
    corrected = tuple(paragraph.replace("eleven", "nine") for paragraph in RELEASE)
    assistant = assistant_of(tmp_path / "library", released("a.md", *RELEASE), released("b.md", *corrected, "Print."))
    question = "In how many harbours will Norway pay for the chargers?"
    assert quoted(assistant, "in eleven harbours", question) == ["a.md"]
    assert quoted(assistant, "in nine harbours", question) == ["b.md"]


# Records that are no copies of each other


def test_a_fact_sheet_of_the_same_days_repeats_a_declaration(tmp_path: Path) -> None:
    sheet = released("sheet.md", "Fact sheet", AGREED, "Roads and rails were not on the agenda.", day="2022-05-05")
    assistant = assistant_of(tmp_path / "library", released("release.md", *RELEASE), sheet)
    assert len(quoted(assistant, AGREED)) == 1
    (note,) = answered(assistant).notes
    assert note.startswith("Words quoted from ")


def test_the_same_words_of_another_year_are_another_statement(tmp_path: Path) -> None:
    later = released("later.md", "Ministers met in Turku", AGREED, "Roads were spoken of, too.", day="2024-06-01")
    assistant = assistant_of(tmp_path / "library", released("release.md", *RELEASE), later)
    assert sorted(quoted(assistant, AGREED)) == ["later.md", "release.md"]
    assert answered(assistant).notes == ()


def test_a_comparison_keeps_what_two_records_say_in_the_same_words(tmp_path: Path) -> None:
    sheet = released("sheet.md", "Fact sheet", AGREED, "Roads and rails were not on the agenda.", day="2022-05-05")
    assistant = assistant_of(tmp_path / "library", released("release.md", *RELEASE), sheet)
    question = "Do both accounts agree about ferries in the fjords on batteries?"
    assert sorted(quoted(assistant, AGREED, question)) == ["release.md", "sheet.md"]


def test_a_comparison_compares_no_record_with_its_copy(copied: Assistant) -> None:
    assert len(quoted(copied, AGREED, "How do the releases differ about ferries in the fjords on batteries?")) == 1


def test_both_accounts_of_a_meeting_are_cited_for_a_comparison(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts())
    meti, mic = founding_records()[2:4]
    reply = Assistant(library).ask("What do both accounts of the 2021 meeting say of its declaration?").reply
    assert isinstance(reply, Answer)
    assert {c.document.name for c in reply.citations} == {meti.name, mic.name}


def test_a_name_in_a_note_cannot_break_the_line(tmp_path: Path) -> None:
    hostile = "b\n\x1b[31m\u202e.md"
    documents = (released("a.md", *RELEASE), released(hostile, *RELEASE, "Print.", day="2022-05-09"))
    (note,) = answered(assistant_of(tmp_path / "library", *documents)).notes
    assert note == "Words quoted from a.md also stand in b\\n\\x1b[31m\\u202e.md."
