"""Detect questions in a language that only the encoder knows, and distinguish them from names."""

import pytest

from assistant.understanding.language import ANOTHER, LanguageThresholds, foreign_language, foreign_note
from index.models.minilm import NAME as MINILM


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wer hat das Abkommen über die Pandas unterzeichnet?", "German"),
        ("Quels pays ont signé le traité sur les pandas géants ?", "French"),
        ("¿Qué países firmaron el tratado sobre los pandas?", "Spanish"),
        ("Kto podpisał traktat w sprawie pandy?", "Polish"),
        ("누가 판다 조약에 서명했습니까?", "Korean"),
        ("من وقع على معاهدة الباندا؟", "Arabic"),
        ("谁签署了熊猫条约？", "Chinese"),
        ("ვინ მოაწერა ხელი ხელშეკრულებას?", ANOTHER),
    ],
)
def test_a_language_is_named(question: str, language: str) -> None:
    assert foreign_language(question) == language


@pytest.mark.parametrize(
    "question",
    [
        "Who signed the panda treaty?",
        "Did Giovanna Bianchi meet Wolfgang Schulze and Jean-Pierre Lefèvre in Montréal?",
        "Giovanna Bianchi Wolfgang Schulze Jean-Pierre Lefèvre Montréal",
        "What does Bundesministerium für Ernährung und Landwirtschaft say?",
        "whta wsa siad abotu teh panad traety",
        "telework",
        "パンダ条約に署名したのは誰ですか",
        "国際会議 議長",
        "5G/6G?",
        "2021",
    ],
)
def test_english_japanese_and_bare_names_are_no_foreign_language(question: str) -> None:
    assert foreign_language(question) is None


def test_the_thresholds_say_how_sure_the_language_must_be() -> None:
    question = "Wer hat das Abkommen mit Panama unterzeichnet?"
    assert foreign_language(question, LanguageThresholds(unknown_words=9)) is None


def test_the_note_warns_of_an_encoder_that_knows_only_english() -> None:
    assert foreign_note("Polish", "e5") == (
        "Your question seems to be in Polish; only the encoder (e5) searched, not the search by words."
    )
    assert foreign_note("Polish", MINILM).endswith("It knows English alone: the answer may be poor.")
    assert foreign_note("German", "e5").startswith("Ihre Frage ist offenbar auf Deutsch; nur der Encoder (e5)")


def test_a_short_question_is_known_by_its_accents_and_small_words() -> None:
    assert foreign_language("Où en est le site ?") == "French"
    assert foreign_language("Welche Aufgaben hat Ralf Kuhn?") == "German"
    assert foreign_language("Is the café open on Monday?") is None
