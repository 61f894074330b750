"""Weight the words of a query by their rarity, with the other names of countries and abbreviations."""

from pathlib import Path

import pytest

from assistant.retrieval.query_terms import QueryTerms
from corpus.reading import document_from
from index.library import Library, open_library
from support.word_counts import WordCounts

TEXT = (
    "Ports were discussed.\n\nPorts in the United States grew.\n\nThe World Trade Organization (WTO) met on ferries.\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(f"# Talks\n\n{TEXT}", "talks.md", "text/markdown"))
    return library


def terms(library: Library, text: str, latest: str = "", earlier_weight: float = 1.0) -> QueryTerms:
    with library.snapshot() as view:
        read = QueryTerms(text, view, latest, earlier_weight)
        assert read.weights.keys() == set(read.words)
    return read


def test_a_rare_word_weighs_more(library: Library) -> None:
    weights = terms(library, "ports ferries pandas").weights
    assert weights["ports"] < weights["ferries"] < weights["pandas"]


def test_a_text_with_all_words_has_the_whole_share(library: Library) -> None:
    assert terms(library, "ports and ferries").share("Ferries left the port.") == pytest.approx(1.0)


def test_a_text_with_no_word_has_no_share(library: Library) -> None:
    assert terms(library, "ports").share("Nothing of the kind.") == 0.0
    assert terms(library, "").share("Nothing of the kind.") == 0.0


def test_a_word_of_the_turns_before_weighs_less(library: Library) -> None:
    alone, after = terms(library, "ports ferries"), terms(library, "ports ferries", "ferries", 0.1)
    assert after.weights["ports"] == pytest.approx(0.1 * alone.weights["ports"])
    assert after.weights["ferries"] == alone.weights["ferries"]


def test_a_country_counts_under_its_other_names(library: Library) -> None:
    assert terms(library, "American ports").share("Ports in the United States grew.") == pytest.approx(1.0)


def test_an_abbreviation_counts_as_its_long_form(library: Library) -> None:
    assert "World Trade Organization".casefold() in terms(library, "WTO").expanded.casefold()


def test_words_are_known_or_missing_as_typed(library: Library) -> None:
    read = terms(library, "Ports of Bali")
    assert (read.known, read.missing) == (("Ports",), ("Bali",))


@pytest.mark.parametrize(
    ("text", "gibberish"),
    [("xqzt vwkk", True), ("ports xqzt", False), ("mountain", False), ("会議", False)],
)
def test_gibberish_has_no_known_word(library: Library, text: str, gibberish: bool) -> None:
    assert terms(library, text).is_gibberish is gibberish


def test_a_number_in_words_is_not_important(library: Library) -> None:
    with library.snapshot() as view:
        importance = QueryTerms("the ten areas", view).importance
    assert importance["ten"] == 0
    assert importance["areas"] > 0


@pytest.mark.parametrize(
    ("record", "question", "covered"),
    [
        (
            "The Survey of Hidden Shoals found eels.",
            "What did the SHS find?",
            "The Survey of Hidden Shoals found eels.",
        ),
        ("The SHS found eels.", "What did the survey of hidden shoals find?", "The SHS found eels."),
        ("The World Health Organization (WHO) sent a loan.", "Did the WHO send a loan?", "The WHO sent a loan."),
        ("The WTO found eels.", "What did the World Trade Organization find?", "The WTO found eels."),
    ],
)
def test_an_abbreviation_and_its_words_are_one(library: Library, record: str, question: str, covered: str) -> None:
    library.add(document_from(f"# Notes\n\n{record}", "notes.md", "text/markdown"))
    assert terms(library, question).share(covered) == pytest.approx(1.0)


def test_an_abbreviation_that_no_record_has_is_unknown(library: Library) -> None:
    assert terms(library, "What did the WHO and the QZB say of the WTO?").unknown_abbreviations == ("WHO", "QZB")


def test_models_read_the_words_of_an_abbreviation_that_the_records_do_not_explain(library: Library) -> None:
    library.add(document_from("# Notes\n\nThe Survey of Hidden Shoals found eels.", "notes.md", "text/markdown"))
    assert (
        terms(library, "the SHS and WTO").spelled_out("the SHS and WTO") == "the survey of hidden shoals (SHS) and WTO"
    )


def test_a_foreign_word_is_found_by_the_irregular_forms_of_its_verb(tmp_path: Path) -> None:
    library = open_library(tmp_path / "other", encoder=WordCounts(), founding=False)
    library.add(document_from("# Rat\n\nFrau Bo enthielt sich. La sig.ra Day si astiene.\n", "rat.md", "text/markdown"))
    with library.snapshot() as view:
        assert QueryTerms("wer hat sich enthalten", view, language="de").covered("Frau Bo enthielt sich.")
        assert QueryTerms("wer hat sich enthalten", view, language="de").verbs == {"enthalten"}
        assert QueryTerms("chi si è astenuto", view, language="it").covered("La sig.ra Day si astiene.")
