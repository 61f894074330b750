"""Answer with the words of the person whom a question names, and with nobody else's."""

from pathlib import Path

import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.speaker_words import Subject, with_what_hangs_on
from assistant.understanding.speakers.asked_speaker import asked_speaker
from assistant.understanding.speakers.matching import speakers_named
from assistant.understanding.speakers.speech_words import asks_who_said, words_said
from corpus.reading import document_from
from corpus.span import Span
from corpus.transcript import turn_at
from index.library import Library, open_library
from index.search.filters import Filters
from support.word_counts import WordCounts

TALK = """Quay committee

[10:00:04] Ada Bo: The quay is too short for the ferry.

[10:00:31] Cy Day: A wooden pier will do until spring.

[10:00:58] Ada Bo: Who pays for the wooden pier?

[10:01:12] Eve Price: The town.

[10:01:40] Cy Day: The crane at the station is old, and the price of a new one is high.

[10:02:03] Ivo Bo: The crane can be painted.
"""
MINUTES = """# Harbour board

Present: Ms. Fay Gill (chair), H. Ito

Ms. Gill said that the fishing boats need ice. Mr. Ito voted against the ice.
"""
TALKS_JA = """港湾会議

山田大臣は、港が重要であると述べた。会合は成功に終わった。
"""
DOCUMENTS = [document_from(TALK, "talk.txt", "text/plain"), document_from(MINUTES, "board.md", "text/markdown")]
DOCUMENTS.append(document_from(TALKS_JA, "ja.txt", "text/plain"))


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("talks") / "library", encoder=WordCounts(), founding=False)
    for document in DOCUMENTS:
        library.add(document)
    return library


def quotes(library: Library, question: str, filters: Filters = Filters()) -> list[str]:
    reply = Assistant(library).ask(question, filters=filters).reply
    return [citation.quote for citation in reply.citations] if isinstance(reply, Answer) else []


def refusal(library: Library, question: str) -> str:
    reply = Assistant(library).ask(question).reply
    assert isinstance(reply, Abstention)
    return reply.text


@pytest.mark.parametrize(
    ("question", "name", "speakers"),
    [
        ("What did Cy Day say about the pier?", "Cy Day", {"Cy Day"}),
        ("What would Cy Day build?", "Cy Day", {"Cy Day"}),
        ("Why does Ivo Bo want a crane?", "Ivo Bo", {"Ivo Bo"}),
        ("what did day say about the pier", "day", {"Cy Day"}),
        ("What did DAY, Cy say?", "DAY, Cy", {"Cy Day"}),
        ("What did Mr. C. Day propose?", "Mr. C. Day", {"Cy Day"}),
        ("Day on the pier", "Day", {"Cy Day"}),
        ("According to Eve Price, who pays?", "Eve Price", {"Eve Price"}),
        ("Did Eve mention the town?", "Eve", {"Eve Price"}),
        ("What is Cy Day's view on cranes?", "Cy Day", {"Cy Day"}),
        ("What was said by Cy Day about the crane?", "Cy Day", {"Cy Day"}),
        ("Which remarks did Cy Day make?", "Cy Day", {"Cy Day"}),
        ("Tell me what Cy Day said.", "Cy Day", {"Cy Day"}),
        ("What did Cy Day and Eve Price say?", "Cy Day and Eve Price", {"Cy Day", "Eve Price"}),
        ("What did Bo say about the crane?", "Bo", {"Ada Bo", "Ivo Bo"}),
        ("What did Ivo Bo say?", "Ivo Bo", {"Ivo Bo"}),
        ("What did the chair say about ice?", "the chair", {"Fay Gill"}),
        ("Cy Dayはクレーンについて何と言いましたか", "Cy Day", {"Cy Day"}),
        ("Was sagte Cy Day über den Kran?", "Cy Day", {"Cy Day"}),
        ("What did Mr. Ito say about ice?", "Mr. Ito", set()),
        ("What did Hal Ito say about ice?", "Hal Ito", set()),
        ("What did Minister Day say about ice?", "Minister Day", {"Cy Day"}),
        ("What did Zoe Quill say about ice?", "Zoe Quill", set()),
    ],
)
def test_the_speaker_of_a_question_is_found(question: str, name: str, speakers: set[str]) -> None:
    asked = asked_speaker(question, DOCUMENTS)
    assert asked is not None
    assert (asked.name, set(asked.speakers)) == (name, speakers)


@pytest.mark.parametrize(
    "question",
    [
        "What did the board say about ice?",
        "What did Norway say about ice?",
        "What did the ministers say about ice?",
        "What did the QTRB say about the ice?",
        "What did they say about the price of the crane?",
        "What did Cy Day decide?",
        "Whom did Cy Day talk to?",
        "Whom did Cy Day ask to paint the crane?",
        "How high is the price of the crane?",
        "Who said that the quay is too short?",
    ],
)
def test_a_body_a_country_and_a_subject_are_no_speakers(question: str) -> None:
    assert asked_speaker(question, DOCUMENTS) is None


def test_of_several_persons_those_without_words_are_named(talks: Library) -> None:
    asked = asked_speaker("What did Eve Price and Mr. Ito say about the town?", DOCUMENTS)
    assert asked is not None
    assert (set(asked.speakers), asked.missing) == ({"Eve Price"}, ("Mr. Ito",))


def test_only_the_words_of_the_speaker_are_cited(talks: Library) -> None:
    assert quotes(talks, "What did Cy Day say about the ferry?") == ["A wooden pier will do until spring."]
    crane = "The crane at the station is old, and the price of a new one is high."
    assert quotes(talks, "What did Cy Day say about the crane?") == [crane]


def test_what_a_speaker_says_of_a_subject_is_quoted_whole_and_alone(tmp_path: Path) -> None:
    turns = (
        "Gus Hay: First the roof, then the boats.",
        "Ada Bo: I am happy with the minutes. The roof of the shed leaks. It was mended twice.",
        "Cy Day: My bus was late.",
        "Ada Bo: The boats are dry.",
        "Ada Bo: Nobody has paid for the roof yet.",
    )
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from("Yard\n\n" + "\n\n".join(turns) + "\n", "yard.txt", "text/plain"))
    found = ["The roof of the shed leaks. It was mended twice.", "Nobody has paid for the roof yet."]
    assert sorted(quotes(library, "What did Ada Bo say about the roof?")) == sorted(found)
    assert not quotes(library, "What did Gus Hay say about the minutes?")


def test_a_short_reply_that_names_nothing_of_the_subject_is_quoted_whole(tmp_path: Path) -> None:
    turns = (
        "Gus Hay: The crane of the slip is rusty. Should we sell it?",
        "Ada Bo: We should rather keep it. Some grease will do for a winter.",
        "Gus Hay: Then the nets.",
        "Cy Day: They are dry.",
        "Gus Hay: Good.",
    )
    document = document_from("Yard\n\n" + "\n\n".join(turns) + "\n", "yard.txt", "text/plain")
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document)
    start = document.text.index("We should rather")
    turn = turn_at(document, start)
    assert turn is not None
    with library.snapshot() as snapshot:
        subject = Subject(QueryTerms("crane", snapshot), "crane")
        whole = with_what_hangs_on(document, Span(start, start + 30), turn, subject)
    assert whole.of(document.text) == "We should rather keep it. Some grease will do for a winter."


def test_all_that_a_speaker_says_leaves_out_what_says_nothing(tmp_path: Path) -> None:
    own = ("Go ahead, Cy.", "The pier is closed.", "I have it here.", "The crane is sold.", "I have it here.", "Fine.")
    turns = [turn for said in (*own, "Until May.") for turn in (f"Ada Bo: {said}", "Cy Day: How long will that be?")]
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from("Yard\n\nCy Day: We begin.\n\n" + "\n\n".join(turns) + "\n", "yard.txt", "text/plain"))
    found = quotes(library, "What did Ada Bo say?")
    assert {"The pier is closed.", "The crane is sold.", "Until May."} <= set(found)
    assert not {"Go ahead, Cy.", "I have it here."} & set(found)


def test_two_persons_of_one_name_are_both_cited(talks: Library) -> None:
    reply = Assistant(talks).ask("What did Bo say about the crane and the quay?").reply
    assert isinstance(reply, Answer)
    assert {citation.speaker.speaker for citation in reply.citations if citation.speaker} == {"Ada Bo", "Ivo Bo"}


@pytest.mark.parametrize(
    "question",
    ["What did Eve Price say about the crane?", "What did Mr. Ito say about ice?", "What did Zoe Quill say about ice?"],
)
def test_nothing_said_is_refused_in_plain_words(talks: Library, question: str) -> None:
    name = question.split(" did ")[1].split(" say ")[0]
    assert refusal(talks, question).startswith(f"I found nothing said by {name} about that in the ")


def test_a_japanese_question_is_refused_in_japanese(talks: Library) -> None:
    assert "田中のその件についての発言" in refusal(talks, "田中さんはクレーンについて何と言いましたか")


def test_a_follow_up_keeps_the_speaker(talks: Library) -> None:
    assistant = Assistant(talks)
    first = assistant.ask("What did Cy Day say about the pier?")
    second = assistant.ask("And what did he say about the crane?", Conversation((first,)))
    assert second.query.filters.speakers == {"Cy Day"}


def test_the_speaker_is_named_first_where_the_question_asks_who_said_it(talks: Library) -> None:
    reply = Assistant(talks).ask("Who said that the quay is too short for the ferry?").reply
    assert reply.text.splitlines()[0] == "Ada Bo [1]"
    assert "Ada Bo, 10:00:04: The quay is too short for the ferry. [1]" in reply.text


@pytest.mark.parametrize(
    ("question", "asks"),
    [("Who said that?", True), ("Who proposed a pier?", True), ("Who attended?", False), ("What was said?", False)],
)
def test_a_question_for_who_said_something(question: str, asks: bool) -> None:
    assert asks_who_said(question) is asks


def test_a_question_of_the_talk_is_answered_with_its_reply_and_never_with_itself(talks: Library) -> None:
    reply = Assistant(talks).ask("Who pays for the wooden pier?").reply
    assert isinstance(reply, Answer)
    assert [citation.quote for citation in reply.citations] == ["The town."]
    assert "Eve Price, 10:01:12, asked “Who pays for the wooden pier?”: The town. [1]" in reply.text


def test_the_view_of_one_person_is_no_decision_of_a_body(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    text = """Quay committee

[10:00:04] Ada Bo: I would not release the reserve for the crane.

[10:00:31] Cy Day: The reserve for the crane should be released now.

[10:00:58] Ada Bo: The reserve for the crane is released, it is decided.
"""
    library.add(document_from(text, "talk.txt", "text/plain"))
    decided = quotes(library, "What did the committee decide about the reserve for the crane?")
    assert decided == ["The reserve for the crane is released, it is decided."]
    reply = Assistant(library).ask("What does the committee think about the reserve for the crane?").reply
    assert isinstance(reply, Answer)
    alone = "Each quotation is the view of its speaker; no decision of a body is quoted."
    assert (alone in reply.notes) is ("it is decided." not in reply.text)


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What did Dr Holm say about the pier?", {"Ida Holm"}),
        ("What did Councillor Holm say about the pier?", {"Jan Holm"}),
        ("What did Holm say about the pier?", {"Ida Holm", "Jan Holm"}),
        ("What did Prof. Holm say about the pier?", {"Ida Holm", "Jan Holm"}),
        ("Was sagte Frau Holm zum Steg?", {"Ida Holm", "Jan Holm"}),
    ],
)
def test_a_title_that_one_of_two_namesakes_carries_means_that_one(question: str, speakers: set[str]) -> None:
    talk = (
        "Pier club\n\nPresent: Dr Ida Holm, Jan Holm (councillor)\n\n"
        "Ida Holm: The pier needs a lamp.\n\nJan Holm: The pier needs a bench, and the club has one to spare.\n\n"
        "Ida Holm: Then we agree on the pier.\n\nJan Holm: We do agree on it.\n"
    )
    asked = asked_speaker(question, [document_from(talk, "club.txt", "text/plain")])
    assert asked is not None
    assert asked.speakers == speakers


def test_a_month_and_an_auxiliary_may_be_names(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    text = """Minutes of 3 June 2024

MR. MAY: Rail is slow.

MS. WILL: No.

MR. MAY: Ports are safe.

MS. WILL: Yes, they are.
"""
    library.add(document_from(text, "talk.txt", "text/plain"))
    assert quotes(library, "What did Mr. May say?") == ["Rail is slow.", "Ports are safe."]
    assert quotes(library, "What did Will say?") == ["No.", "Yes, they are."]


def test_a_chosen_speaker_narrows_any_question(talks: Library) -> None:
    chosen = Filters(speakers=frozenset({"Ivo Bo"}))
    assert quotes(talks, "What about the crane?", chosen) == ["The crane can be painted."]
    assert quotes(talks, "What did Cy Day say about the crane?", chosen) == []
    assert [hit.passage.document.name for hit in Assistant(talks).search("crane", 5, chosen)] == ["talk.txt"]


COUNCIL = """Town council

Present: Dr. Ada Bo (Chair), Cllr. Max Holm, Dr. Ida Holm
In attendance: Eve Fox, Town Clerk

CHAIR: Good evening. The first item is the pier.

CLLR HOLM: The pier needs a lamp.

DR HOLM: The pier needs a bench as well.

CHAIR: Thank you. Ms. Fox, please.

TOWN CLERK: The lamp costs nine hundred pounds.

CHAIR: I would rather have two lamps.
"""


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What did Ada Bo say about the lamp?", {"Ada Bo"}),
        ("What did Dr Bo say about the lamp?", {"Ada Bo"}),
        ("What did the chairwoman say about the lamp?", {"Ada Bo"}),
        ("What did the clerk say about the lamp?", {"Eve Fox"}),
        ("What did FOX, Eve say about the lamp?", {"Eve Fox"}),
        ("What did Max Holm say about the pier?", {"Max Holm"}),
        ("What did Dr Holm say about the pier?", {"Ida Holm"}),
        ("What did Holm say about the pier?", {"Ida Holm", "Max Holm"}),
    ],
)
def test_an_office_and_a_title_are_found_by_the_name_of_the_person(question: str, speakers: set[str]) -> None:
    asked = asked_speaker(question, [document_from(COUNCIL, "council.txt", "text/plain")])
    assert asked is not None
    assert asked.speakers == speakers


def test_the_reply_says_by_which_words_an_office_is_a_person(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(COUNCIL, "council.txt", "text/plain"))
    reply = Assistant(library).ask("What did Ada Bo say about two lamps?").reply
    assert isinstance(reply, Answer)
    assert "CHAIR (Ada Bo): I would rather have two lamps. [1]" in reply.text
    assert reply.notes == ("“CHAIR” is Ada Bo by the record’s words “Ada Bo (Chair)”.",)


def test_where_nobody_is_named_the_reply_says_so(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    text = "# Minutes of the pier board\n\nMs. Ada Bo proposed a lamp. It was proposed to buy a bench for the pier.\n"
    library.add(document_from(text, "board.md", "text/markdown"))
    nobody = "The quoted words name no person who said so."
    reply = Assistant(library).ask("Who proposed to buy a bench for the pier?").reply
    assert isinstance(reply, Answer)
    assert nobody in reply.notes
    assert "Ada Bo" not in reply.text
    reply = Assistant(library).ask("Who proposed a lamp?").reply
    assert isinstance(reply, Answer)
    assert nobody not in reply.notes


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Ms. Ada Bo proposed a lamp for the pier.", True),
        ("Ms. Ada Bo said that the town had proposed a lamp for the pier.", False),
        ("Ms. Ada Bo praised the lamp for the pier that the town proposed.", False),
        ("[10:00:04] Ada Bo: I proposed a lamp for the pier.\n\n[10:00:31] Cy Day: Good.", True),
        ("[10:00:04] Ada Bo: The town proposed a lamp for the pier.\n\n[10:00:31] Cy Day: Good.", False),
    ],
)
def test_whoever_tells_of_the_act_of_others_is_not_the_first_line(tmp_path: Path, text: str, is_named: bool) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(f"Pier board\n\n{text}\n", "board.txt", "text/plain"))
    reply = Assistant(library).ask("Who proposed a lamp for the pier?").reply
    assert isinstance(reply, Answer)
    assert any("Bo" in statement.text for statement in reply.statements) is is_named


def test_a_verb_of_the_question_narrows_all_words_of_a_person(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    text = (
        "# Minutes of the board\n\nMs. Ada Bo proposed a lamp. Ms. Bo warned of the storm. Ms. Bo praised the crew.\n"
    )
    library.add(document_from(text, "board.md", "text/markdown"))
    assert quotes(library, "What did Ada Bo propose?") == ["Ms. Ada Bo proposed a lamp."]
    assert len(quotes(library, "What did Ada Bo say?")) == 3
    assert len(quotes(library, "What did Ada Bo announce?")) == 3


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who asked when the lamp arrives?", "Ada Bo"),
        ("Who replied that it comes in May?", "Cy Day"),
        ("Who suggested sharing a lamp with the club?", "Eve Fox"),
        ("Who objected to sharing a lamp with the club?", ""),
        ("Who spoke of the colour of the bench?", "Cy Day"),
        ("Who opposed the colour of the bench?", ""),
    ],
)
def test_who_said_it_is_told_by_the_clause_and_by_the_verb(question: str, name: str, tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    text = """# Minutes of the board

Present: Ms. Ada Bo, Mr. Cy Day, Ms. Eve Fox

Ms. Bo asked when the lamp arrives; Mr. Day replied that it comes in May.

Ms. Fox suggested sharing a lamp with the club.

Mr. Day spoke of the colour of the bench.
"""
    library.add(document_from(text, "board.md", "text/markdown"))
    reply = Assistant(library).ask(question).reply
    assert isinstance(reply, Answer)
    assert [statement.text for statement in reply.statements] == [name] * bool(name)
    assert not reply.short_answer


@pytest.mark.parametrize("office", ["President Lind", "the vice president", "the chair"])
def test_a_president_is_no_other_president_vice_president_or_chair(office: str) -> None:
    text = "Statement of the two states\n\nPresident Ada Bo said that the lamp is needed. It was lit.\n"
    document = document_from(text, "a.txt", "text/plain")
    assert speakers_named("the president", [document])
    assert not speakers_named(office, [document])


@pytest.mark.parametrize("question", ["Did Ada Bo speak at the fair?", "And did Ada Bo talk there in person?"])
def test_whether_somebody_spoke_somewhere_asks_for_no_words(question: str) -> None:
    document = document_from("Fair\n\nMs. Ada Bo said that the lamp is lit. It was lit.\n", "a.txt", "text/plain")
    assert asked_speaker(question, [document]) is None
    assert asked_speaker("Did Ada Bo speak about the lamp?", [document]) is not None


def test_the_body_in_the_title_of_a_record_is_no_unknown_person() -> None:
    text = (
        "Weir Trust\n\nMinutes of 4 June 2025\n\nThe Weir Trust met in the barn. The fare was raised to 2.40 pounds.\n"
    )
    document = document_from(text, "a.txt", "text/plain")
    assert asked_speaker("What did the Weir Trust say about the fare?", [document]) is None
    assert asked_speaker("What did Ida Moll say about the fare?", [document])


def test_what_several_agreed_on_is_asked_of_the_record() -> None:
    talk = document_from(TALK, "quay.txt", "text/plain")
    assert asked_speaker("What did Ada Bo and Cy Day agree on the pier?", [talk]) is None
    assert asked_speaker("What did Ada Bo and Cy Day say about the pier?", [talk]) is not None


def test_what_somebody_talked_about_with_one_who_says_nothing_is_asked_of_the_record() -> None:
    talk = document_from(TALK, "quay.txt", "text/plain")
    assert asked_speaker("What did Ada Bo and Ida Moll talk about?", [talk]) is None
    assert asked_speaker("What did Ada Bo and Cy Day talk about?", [talk]) is not None


def test_a_long_reply_to_a_question_for_the_subject_is_quoted_whole() -> None:
    reply = "On Monday. Four weeks long, from ten until five. We use drills until twelve. Then it is quiet."
    talk = document_from(
        f"Quay committee\n\n[10:00:04] Ada Bo: When do the night works start?\n\n[10:00:31] Cy Day: {reply}\n",
        "quay.txt",
        "text/plain",
    )
    start = talk.text.index("Four weeks")
    turn = turn_at(talk, start)
    assert turn is not None
    subject = Subject(_Terms(), "night works")  # type: ignore[arg-type]
    whole = with_what_hangs_on(talk, Span(start, start + len("Four weeks long, from ten until five.")), turn, subject)
    assert whole.of(talk.text) == reply


class _Terms:
    words = ("night", "works")

    @property
    def frequency(self) -> dict[str, int]:
        return {"night": 1, "works": 1}

    def covered(self, *texts: str) -> list[str]:
        return [word for word in self.words if word in " ".join(texts)]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Who said that the port opens in May?", "the port opens in May?"),
        ("who has mentioned that the pier leaks", "the pier leaks"),
        ("And who first WARNED that the pier leaks?", "the pier leaks?"),
        ("Who pointed out that the pier leaks?", "the pier leaks?"),
        ("Who said the pier leaks?", "the pier leaks?"),
        ("Who told the harbour board that the pier leaks?", "the pier leaks?"),
        ("By whom was it said that the pier leaks?", "the pier leaks?"),
        ("Which delegate said that the pier leaks?", "the pier leaks?"),
        ("Which delegate said the pier leaks?", "the pier leaks?"),
        ("Which of the members argued that the pier leaks?", "the pier leaks?"),
        ("Who said that?", "Who said that?"),
        ("Who said no?", "Who said no?"),
        ("Which piers are said to leak badly?", "Which piers are said to leak badly?"),
        ("Who described the pier that leaks in May?", "Who described the pier that leaks in May?"),
        ("Which annual report that we read is late?", "Which annual report that we read is late?"),
        ("Which pier did the chair say that we need?", "Which pier did the chair say that we need?"),
        ("What did the chair say that we need?", "What did the chair say that we need?"),
        ("Who closed that old port in May?", "Who closed that old port in May?"),
        ("Who proposed the budget?", "Who proposed the budget?"),
    ],
)
def test_what_somebody_is_asked_to_have_said_is_read_without_the_asking(question: str, read: str) -> None:
    assert words_said(question) == read
