"""Questions in French, German and Spanish are searched by words in records of their language."""

from pathlib import Path

import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.answer_type import AnswerContent, answer_requirements, holds
from assistant.understanding.language import language_of_words
from corpus.reading import document_from
from index.library import Library, open_library
from support.word_counts import WordCounts

FRENCH = (
    "# Comité du canal\n\nLe comité a examiné le rapport annuel et il a remercié les services techniques de la commune "
    "pour leur travail.\n\n## Écluse\n\nMme Rey a demandé une étude sur les écluses du canal, que les services "
    "présenteront au printemps.\n\n## Pont\n\nLe pont sera fermé pendant les travaux de l'été et les camions passeront "
    "par la route de la forêt.\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(FRENCH, "comite.md", "text/markdown"))
    return library


def test_the_language_of_records_is_searched_by_words(library: Library) -> None:
    with library.snapshot() as view:
        assert language_of_words("French", view) == "fr"
        assert language_of_words("German", view) is None
        assert language_of_words("Polish", view) is None
        terms = QueryTerms("Qui a demandé des études sur l'écluse ?", view, language="fr")
        assert terms.share("Mme Rey a demandé une étude sur les écluses.") == pytest.approx(1.0)


def test_a_question_whose_words_no_record_has_is_refused(library: Library) -> None:
    reply = Assistant.open(library).ask("Combien coûte la piscine municipale du quartier ?").reply
    assert isinstance(reply, Abstention)
    reply = Assistant.open(library).ask("Qui a demandé une étude sur les écluses du canal ?").reply
    assert isinstance(reply, Answer)
    assert any("Mme Rey" in citation.quote for citation in reply.citations)


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Qui a voté contre ?", AnswerContent.PERSON),
        ("Wann tagt der Rat?", AnswerContent.DATE),
        ("¿Cuántos votos hubo?", AnswerContent.NUMBER),
    ],
)
def test_question_words_of_other_languages_ask_for_the_same(question: str, content: AnswerContent) -> None:
    assert answer_requirements(question).preferred is content


def test_a_sum_that_is_asked_for_in_another_language_is_required() -> None:
    assert answer_requirements("Combien coûte le pont ?").required == (AnswerContent.SUM,)
    assert holds(AnswerContent.SUM, "Die Kosten betragen 1,2 Mio. Euro.")
    assert holds(AnswerContent.PERSON, "Mme Rey s'est abstenue.")
    assert not holds(AnswerContent.PERSON, "The m. of it")


def test_a_japanese_question_whose_words_no_japanese_record_has_is_refused(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    text = "# 運河委員会 議事録\n\n水門の建設の費用は三億円である。\n\n遊歩道は秋に開通する予定です。\n"
    library.add(document_from(text, "unga.md", "text/markdown"))
    reply = Assistant.open(library).ask("図書館の開館時間について何が話されましたか。").reply
    assert isinstance(reply, Abstention)
    assert "「図書館」" in reply.text
    assert "話題" not in reply.text
    reply = Assistant.open(library).ask("水門の建設費用はいくらですか。").reply
    assert isinstance(reply, Answer)
    assert [citation.quote for citation in reply.citations] == ["水門の建設の費用は三億円である。"]
