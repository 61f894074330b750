"""Find the words above a sentence that belong to its sense, and answer with the reply instead of the question."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.retrieval.context import Context, contexts_of, is_asked, is_question
from assistant.retrieval.reported_questions import reports_question
from corpus.document import Document
from corpus.language.sentences import sentences
from corpus.reading import document_from
from corpus.span import Span
from index.library import open_library
from support.word_counts import WordCounts

HEARING = """Hearing on the harbour fees

CHAIR: The first question, please.

Q Will the harbour fees for fishing boats rise next year?

MR. OLSEN: No. They stay where they are. We have no other plan. Later years are open.

MS. BERG: Who pays for the crane? The town pays for it.
"""
REMARKS = """# Talks

Mr. Olsen made the following remarks:

- Cranes are needed.
- Rail is slow.

## Others

- Nothing else.
"""


def context(document: Document, words: str) -> Context:
    at = document.text.index(words)
    block = next(b for b in document.outline if b.span.start <= at < b.span.end)
    parts: list[Span] = sentences(document.text, block.words)
    return contexts_of(document, parts)[next(i for i, part in enumerate(parts) if part.start <= at < part.end)]


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("They stay", "Q Will the harbour fees for fishing boats rise next year?"),
        ("Later years", ""),
        ("The town pays", "MS. BERG: Who pays for the crane?"),
        ("The first question", ""),
    ],
)
def test_a_reply_stands_at_most_three_sentences_behind_its_question(words: str, question: str) -> None:
    assert context(document_from(HEARING, "hearing.txt", "text/plain"), words).question == question


def test_the_items_of_a_list_have_its_lead_in() -> None:
    document = document_from(REMARKS, "talks.md", "text/markdown")
    assert context(document, "Rail is slow").lead_in == "Mr. Olsen made the following remarks:"
    assert context(document, "Nothing else").lead_in == ""


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who pays?", True),
        ("“Who pays?”", True),
        ("誰が払いますか？", True),
        ("| 10:02 | Ms Roe | Who pays? |", True),
        ("| Who pays? | The town. |", False),
        ("He pays.", False),
        ("See page?s=1", False),
    ],
)
def test_a_question_ends_with_its_mark(text: str, asks: bool) -> None:
    assert is_question(text) is asks


def test_a_question_of_a_record_is_cited_only_where_questions_are_asked_for(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(HEARING, "hearing.txt", "text/plain"))
    reply = Assistant(library).ask("Will harbour fees for fishing boats rise next year?").reply
    assert isinstance(reply, Answer)
    quotes = " ".join(citation.quote for citation in reply.citations)
    assert "They stay where they are." in quotes
    assert "?" not in quotes
    asked = Assistant(library).ask("Which question was asked on the harbour fees for fishing boats?").reply
    assert isinstance(asked, Answer)
    assert any("?" in citation.quote for citation in asked.citations)


def test_all_paragraphs_of_a_turn_that_asks_are_of_the_question() -> None:
    turns = ("Q    So, prices went up.", "They seem to fall now.", "MS. BERG: We see that, too.", "More so in May.")
    text = "\n\n".join(("Briefing", *turns))
    document = document_from(text, "briefing.txt", "text/plain")
    found = {document.text[b.words.start :][:6]: is_asked(document, b.words) for b in document.outline}
    assert found == {"Briefi": False, "Q    S": True, "They s": True, "MS. BE": False, "More s": False}


def test_a_paragraph_of_capitals_without_spaces_takes_no_time() -> None:
    document = document_from("Key\n\n" + "A" * 5000 + "\n\nThe end.", "key.md", "text/markdown")
    assert not any(is_asked(document, block.words) for block in document.outline)


COUNCIL = """# Minutes of the quay committee

Ms Adeyemi asked why the lifeboat shed on the north quay had been locked since April. The engineer replied that a beam \
had rotted. Mr Voss thanked the crew.
"""


@pytest.mark.parametrize(
    ("sentence", "reports"),
    [
        ("Ms Roe asked why the ferry was late.", True),
        ("Ms Roe also asked the engineer when the ramp would open.", True),
        ("Frau Roe fragte, warum die Fähre zu spät kam.", True),
        ("Mme Roe a demandé pourquoi le bac était en retard.", True),
        ("La señora Roe preguntó por qué el ferry llegó tarde.", True),
        ("ロー氏はなぜ船が遅れたのかと尋ねた。", True),
        ("When asked why, he said that a beam had rotted.", False),
        ("Ms Roe asked whether the ramp was safe, and the engineer said it was.", False),
        ("The Board asked the Secretariat to report how much was spent.", False),
        ("He thanked her and asked whether it was safe.", False),
        ("The price asked was high.", False),
    ],
)
def test_a_sentence_that_tells_nothing_but_a_question_reports_one(sentence: str, reports: bool) -> None:
    assert reports_question(sentence) is reports


def test_the_sentence_behind_a_reported_question_replies_to_it() -> None:
    document = document_from(COUNCIL, "quay.md", "text/markdown")
    assert context(document, "The engineer").question.startswith("Ms Adeyemi asked why")
    assert context(document, "Mr Voss").question == ""


def test_a_reported_question_is_not_cited_as_the_answer_to_the_same_question(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(COUNCIL, "quay.md", "text/markdown"))
    reply = Assistant(library).ask("Why was the lifeboat shed on the north quay locked?").reply
    assert isinstance(reply, Answer)
    assert reply.citations[0].quote == "The engineer replied that a beam had rotted."
    assert not any("asked why" in citation.quote for citation in reply.citations)
    same = Assistant(library).explain("Why had the lifeboat shed on the north quay been locked since April?")
    assert not any("asked why" in evidence.quote for evidence in same.evidence)
    asked = Assistant(library).ask("What did Ms Adeyemi ask about the lifeboat shed on the north quay?").reply
    assert isinstance(asked, Answer)
    assert any("asked why" in citation.quote for citation in asked.citations)


TABLE = """# Harbour exercise debrief, 4 May 2024

| Time | Speaker | Words |
|---|---|---|
| 10:02 | Ms Roe | Why was the north gate closed? |
| 10:03 | Mr Lund | The pump behind it had failed. |
"""


def test_a_question_in_a_table_of_talk_is_answered_by_the_next_row(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(TABLE, "debrief.md", "text/markdown"))
    reply = Assistant(library).ask("Why was the north gate closed?").reply
    assert isinstance(reply, Answer)
    assert [c.quote for c in reply.citations] == ["| 10:03 | Mr Lund | The pump behind it had failed. |"]
