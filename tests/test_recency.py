"""Find the records of the last meeting that a question means, and questions that ask for the newest state."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.understanding.recency import asks_for_newest, last_meeting, names_next_meeting
from corpus.document import Document
from corpus.reading import document_from
from index.library import Library, open_library
from index.search.filters import Filters
from index.settings import Settings
from support.word_counts import WordCounts


def minutes(body: str, day: str, *said: str) -> Document:
    text = "\n\n".join((body, f"Minutes of the meeting held on {day}", *said)) + "\n"
    return document_from(text, f"{body.lower()} {day}.txt", "text/plain")


NEXT = "The next meeting of the Pier Board will be held on {}."
DOCUMENTS = (
    minutes("Pier Board", "3 March 2025", "The rent of the pier is 900 crowns.", NEXT.format("7 April 2025")),
    minutes("Pier Board", "7 April 2025", "The rent of the pier was raised to 950 crowns.", NEXT.format("5 May 2025")),
    minutes("Pier Board", "5 May 2025", "The rent of the pier stays as it is.", NEXT.format("2 June 2025")),
    minutes("Orchard Trust", "9 October 2025", "The Trust will sell the apples to the market in town."),
)


def of_last(question: str, documents: Sequence[Document] = DOCUMENTS, before: date | None = None) -> list[str]:
    return sorted(last_meeting(question, documents, Filters(), before)[0])


@pytest.mark.parametrize(
    "question",
    [
        "What was decided at the last meeting of the Pier Board?",
        "What did the pier board's last meeting decide?",
        "What was said at the most recent pier board meeting?",
        "What did the Pier Board decide at its previous meeting?",
        "Was wurde in der letzten Sitzung des Pier Board beschlossen?",
        "Was wurde in der jüngsten Vorstandssitzung des Pier Board beschlossen?",
        "Qu'a-t-on décidé à la dernière séance du Pier Board ?",
        "Qu'a-t-on décidé lors de la réunion la plus récente du Pier Board ?",
        "¿Qué se decidió en la última reunión del Pier Board?",
        "¿Qué se decidió en la sesión anterior del Pier Board?",
    ],
)
def test_the_last_meeting_is_the_newest_of_the_body_named(question: str) -> None:
    assert of_last(question) == ["pier board 5 May 2025.txt"]


@pytest.mark.parametrize(
    "question",
    [
        "桟橋委員会の直近の会議では何が決まりましたか。",
        "桟橋委員会の前回の会議で何が決まりましたか。",
        "桟橋委員会の最新の議事録には何がありますか。",
        "直近の桟橋委員会では何が決まりましたか。",
        "前回は何が決まりましたか。",
    ],
)
def test_the_last_meeting_is_found_in_japanese(question: str) -> None:
    quays = [
        document_from(
            f"桟橋委員会 議事録\n\n日時：2025年{month}月7日\n\n使用料を決めた。\n", f"quay{month}.txt", "text/plain"
        )
        for month in (3, 5, 4)
    ]
    assert of_last(question, quays) == ["quay5.txt"]


def test_the_last_meeting_of_nobody_is_the_newest_of_all() -> None:
    assert of_last("What was decided at the last meeting?") == ["orchard trust 9 October 2025.txt"]


def test_a_previous_meeting_lies_before_the_one_spoken_of() -> None:
    question = "And at the previous meeting of the Pier Board?"
    assert of_last(question, before=date(2025, 5, 5)) == ["pier board 7 April 2025.txt"]


@pytest.mark.parametrize("question", ["How long did the meeting last?", "What was decided on the pier?"])
def test_a_question_without_the_last_meeting_names_none(question: str) -> None:
    assert of_last(question) == []


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What is the current rent?", True),
        ("When is the next meeting?", True),
        ("What is the latest figure?", True),
        ("Quand est la prochaine réunion ?", True),
        ("次回の会合はいつですか", True),
        ("What was spent in the last three years?", False),
        ("How long did the meeting last?", False),
        ("Who sat next to the chair?", False),
    ],
)
def test_words_that_ask_for_the_newest_state(question: str, asks: bool) -> None:
    assert asks_for_newest(question) is asks


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    settings = Settings(library=tmp_path_factory.mktemp("recency") / "library")
    library = open_library(settings=settings, encoder=WordCounts(), founding=False)
    for document in DOCUMENTS:
        library.add(document)
    return library


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        (
            "What is the current rent of the pier?",
            (
                "The rent of the pier stays as it is.",
                "The rent of the pier was raised to 950 crowns.",
                "The rent of the pier is 900 crowns.",
            ),
        ),
        (
            "When is the next meeting of the Pier Board?",
            (NEXT.format("2 June 2025"),),
        ),
    ],
)
def test_the_newest_statement_comes_first(library: Library, question: str, quotes: tuple[str, ...]) -> None:
    reply = Assistant(library).ask(question).reply
    assert isinstance(reply, Answer), reply
    assert tuple(citation.quote for citation in reply.in_order) == quotes


def test_the_day_of_the_last_meeting_is_one(library: Library) -> None:
    reply = Assistant(library).ask("When was the last meeting of the Pier Board?").reply
    assert isinstance(reply, Answer), reply
    assert reply.text.startswith("5 May 2025 [1]")


def answer(tmp_path: Path, question: str, *documents: Document) -> Answer:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    for document in documents:
        library.add(document)
    reply = Assistant(library).ask(question).reply
    assert isinstance(reply, Answer), reply
    return reply


@pytest.mark.parametrize(
    "question", ["What is the current price of a mooring?", "What is the mooring price now?", "Current mooring price?"]
)
def test_the_newest_record_that_states_it_comes_first_though_it_has_fewer_words(tmp_path: Path, question: str) -> None:
    told = answer(
        tmp_path,
        question,
        minutes("Mooring Club", "3 March 2025", "The current price of a mooring is 40 crowns for a month."),
        minutes("Mooring Club", "7 April 2025", "The Club agreed to raise the price of a mooring to 46 crowns."),
        minutes(
            "Mooring Club",
            "5 May 2025",
            "Ada Bo proposed that the current price of a mooring be raised to 60 crowns. The proposal was rejected.",
            "The price of 46 crowns has been paid since April.",
            "The ropes of the club were washed by two members.",
        ),
    )
    assert next(iter(told.in_order)).quote == "The price of 46 crowns has been paid since April."
    assert not any("60" in c.quote or "rejected" in c.quote for c in told.in_order)


def test_the_next_meeting_of_nobody_is_that_of_each_body(tmp_path: Path) -> None:
    told = answer(
        tmp_path,
        "When is the next meeting?",
        *DOCUMENTS[:3],
        minutes("Orchard Trust", "9 April 2025", "The apples are red.", "The next meeting is on 9 July 2025."),
        minutes("Orchard Trust", "9 January 2025", "The apples are green.", "The next meeting is on 9 April 2025."),
        minutes("Choir Society", "1 June 2025", "The choir sings well.", "Date of the next meeting: 1 August 2025."),
    )
    assert [c.quote for c in told.in_order] == [
        "Date of the next meeting: 1 August 2025.",
        NEXT.format("2 June 2025"),
        "The next meeting is on 9 July 2025.",
    ]
    assert told.short_answer is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("When is the next Quay Board meeting?", True),
        ("The Board meets again on 3 May.", True),
        ("Die nächste Sitzung ist am 3. Mai.", True),
        ("La prochaine séance aura lieu le 3 mai.", True),
        ("La próxima reunión será el 3 de mayo.", True),
        ("次回の会議は5月3日に開催する。", True),
        ("The next ferry leaves at nine.", False),
    ],
)
def test_the_words_for_the_next_meeting(text: str, names: bool) -> None:
    assert names_next_meeting(text) is names


def test_the_next_meeting_of_a_body_is_its_own(tmp_path: Path) -> None:
    told = answer(tmp_path, "When is the next meeting of the Pier Board?", *DOCUMENTS[:3], DOCUMENTS[3])
    assert {c.document.title for c in told.in_order} == {"Pier Board"}


def test_a_proposal_alone_is_quoted_where_nothing_else_is_said(tmp_path: Path) -> None:
    proposal = "Ada Bo proposed that the current price of a mooring be raised to 60 crowns."
    told = answer(tmp_path, "What is the current price of a mooring?", minutes("Club", "3 March 2025", proposal))
    assert [c.quote for c in told.in_order] == [proposal]


def test_a_record_may_end_with_a_proposal(tmp_path: Path) -> None:
    proposal = "Ada Bo proposed that the current price of a mooring be raised to 60 crowns."
    record = document_from(
        f"Club\n\nMinutes of the meeting held on 3 March 2025\n\n{proposal}", "club.txt", "text/plain"
    )
    told = answer(tmp_path, "What is the current price of a mooring?", record)
    assert [c.quote for c in told.in_order] == [proposal]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Wer fehlte in der letzten Vorstandssitzung?", "Vorstandssitzung Verein"),
        ("Qui manquait à la dernière réunion ?", "Réunion du bureau"),
        ("¿Quién faltó a la última reunión?", "Reunión de la junta"),
        ("前回の理事会を欠席したのは誰ですか。", "第3回理事会"),
    ],
)
def test_the_last_meeting_is_one_that_is_called_so(question: str, title: str) -> None:
    call = document_from("Call\n\nNotes of the call held on 9 October 2025\n\nHello.\n", "call.txt", "text/plain")
    assert of_last(question, [minutes(title, "3 March 2025"), call]) == [f"{title.lower()} 3 March 2025.txt"]


@pytest.mark.parametrize(
    "words",
    [
        "Nächster Termin: 5. Mai",
        "Prochaine rencontre le 5 mai",
        "Próxima cita: 5 de mayo",
        "次の理事会は5日",
        "次回開催予定",
    ],
)
def test_the_next_meeting_has_many_names(words: str) -> None:
    assert names_next_meeting(words)


def test_a_newer_sentence_that_all_stays_as_it_was_comes_first_with_the_figure_of_before(tmp_path: Path) -> None:
    told = answer(
        tmp_path,
        "What is the current mooring fee per boat in the harbour?",
        minutes("Mooring Club", "3 March 2025", "The mooring fee was set at 40 crowns per boat in the harbour."),
        minutes("Mooring Club", "7 April 2025", "The mooring fee stays as it is until winter. The rope is 900 m long."),
    )
    assert [c.quote for c in told.in_order] == [
        "The mooring fee stays as it is until winter.",
        "The mooring fee was set at 40 crowns per boat in the harbour.",
    ]


def test_the_latest_on_a_subject_is_the_newer_sentence_with_a_word_of_it(tmp_path: Path) -> None:
    told = answer(
        tmp_path,
        "What is the latest on the rope supplier?",
        minutes("Mooring Club", "3 March 2025", "The rope supplier wants to leave in April."),
        minutes("Mooring Club", "7 April 2025", "Ada Bo gets three offers for new rope.", "The pier was painted."),
    )
    assert next(iter(told.in_order)).quote == "Ada Bo gets three offers for new rope."
