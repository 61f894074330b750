"""Keep conversations in a library and open them again: as they were, after changed records, and by their names."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.answer import Abstention, Answer, ReplyKind
from assistant.assistant import Assistant
from assistant.conversation import Conversation, Turn
from assistant.history.history import GONE, UNANSWERED, History, HistoryRefused
from assistant.history.stored_turn import RecordsOfNow, read_turn, write_turn
from assistant.web.chat.messages import render_chat
from assistant.web.chat.session import Chat, Exchange
from corpus.reading import document_from
from index.library import Library, open_library
from index.search.filters import Filters
from support.word_counts import WordCounts

QUESTIONS = (
    "Who was absent from the G20 meeting of April 2020?",
    "What was decided in Bali in 2022?",
    "On which day did the ministers meet in Trieste?",
    "And who took part?",
    "How many records are there?",
    "Give me a summary of the G20 meeting of July 2020",
    "Thanks!",
    "What did the ministers say about smart cities in 2019? And who wrote about it?",
    "2023年の会合で議論された分野は何ですか？",
)
MINUTES = "# Minutes of the harbour board, 4 March 2026\n\nThe board agreed to dredge the eastern channel in May.\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(open_library(tmp_path_factory.mktemp("history") / "library", encoder=WordCounts()))


@pytest.fixture
def own(tmp_path: Path) -> Assistant:
    library = open_library(tmp_path / "own", encoder=WordCounts(), founding=False)
    library.add(document_from(MINUTES, "harbour.md", "text/markdown"))
    return Assistant(library)


def clock() -> Iterator[datetime]:
    moment = datetime(2026, 11, 30, 9, tzinfo=UTC)
    while True:
        yield moment
        moment += timedelta(minutes=1)


def history(library: Library, owner: str = "") -> History:
    times = clock()
    return History(library, owner, lambda: next(times))


def shown(turns: tuple[Turn, ...]) -> list[dict[str, str]]:
    return render_chat(Chat(tuple(Exchange(turn.question, turn=turn) for turn in turns)))


def talk(assistant: Assistant) -> tuple[Turn, ...]:
    conversation = Conversation()
    for question in QUESTIONS:
        conversation = conversation.plus(assistant.ask(question, conversation))
    return conversation.turns


def test_every_kind_of_reply_is_shown_again_as_it_was(assistant: Assistant) -> None:
    turns = talk(assistant)
    kinds = {turn.reply.kind for turn in turns}
    assert kinds == set(ReplyKind)
    again = tuple(read_turn(turn.question, write_turn(turn), RecordsOfNow(assistant.library)) for turn in turns)
    assert shown(again) == shown(turns)
    assert [turn.reply.text for turn in again] == [turn.reply.text for turn in turns]


def test_two_conversations_of_one_second_are_listed_by_their_order(assistant: Assistant) -> None:
    moments = iter([datetime(2026, 11, 30, 9, 0, 0, 100, UTC), datetime(2026, 11, 30, 9, 0, 0, 900, UTC)])
    kept = History(assistant.library, "of one second", lambda: next(moments))
    identities = [kept.ask("", 0, question, Filters()) for question in QUESTIONS[:2]]
    assert [listed.id for listed in kept.conversations()] == identities[::-1]


def test_a_follow_up_is_understood_after_a_restart(assistant: Assistant) -> None:
    first = assistant.ask("On which day did the ministers meet in Trieste?")
    again = read_turn(first.question, write_turn(first), RecordsOfNow(assistant.library))
    asked = [assistant.ask("And who took part?", Conversation((turn,))) for turn in (first, again)]
    assert asked[1].query.text == asked[0].query.text
    assert asked[1].query.is_follow_up
    assert asked[1].query.filters == asked[0].query.filters
    assert asked[1].reply.text == asked[0].reply.text


def test_a_conversation_is_named_listed_opened_and_searched(own: Assistant) -> None:
    kept = history(own.library)
    question = "What did the harbour board agree about the eastern channel, and when will the work on it be done?"
    turn = own.ask(question)
    first = kept.ask("", 0, question, Filters(years=frozenset({2026})))
    kept.answer(first, 0, turn)
    assert kept.ask(first, 1, "And why?", Filters()) == first
    second = kept.ask("", 0, "Who chaired?", Filters())
    assert [(c.id, c.questions) for c in kept.conversations()] == [(second, 1), (first, 2)]
    assert kept.conversations()[1].name == "What did the harbour board agree about the eastern channel …"
    assert [c.id for c in kept.conversations("WHY agree")] == [first]
    assert kept.conversations("nobody") == ()
    answered, unanswered = kept.open(first)
    assert (answered.filters, answered.trouble) == (Filters(years=frozenset({2026})), "")
    assert answered.turn is not None
    assert answered.turn.reply.text == turn.reply.text
    assert (unanswered.turn, unanswered.trouble) == (None, UNANSWERED)
    kept.rename(first, "  Dredging\n2026 ")
    assert kept.conversations("dredging")[0].name == "Dredging 2026"


def test_a_question_asked_again_takes_the_place_of_the_first(own: Assistant) -> None:
    kept = history(own.library)
    named = kept.ask("", 0, "What was agred?", Filters())
    kept.answer(named, 0, own.ask("What was agred?"))
    kept.ask(named, 0, "What was agreed?", Filters())
    assert [(c.name, c.questions) for c in kept.conversations()] == [("What was agreed?", 1)]
    assert kept.open(named)[0].trouble == UNANSWERED
    # The reply to the first form comes late: it is none to the second.
    kept.answer(named, 0, own.ask("What was agred?"))
    assert kept.open(named)[0].trouble == UNANSWERED


def test_a_removed_conversation_comes_back_and_is_no_longer_found_meanwhile(own: Assistant) -> None:
    kept = history(own.library)
    names = [kept.ask("", 0, f"Question {number}?", Filters()) for number in range(25)]
    for name in names:
        kept.remove(name)
    assert (kept.conversations(), kept.removed(), kept.count(names[0])) == ((), "Question 24?", None)
    for call in (lambda: kept.open(names[3]), lambda: kept.remove(names[3]), lambda: kept.rename(names[3], "x")):
        with pytest.raises(HistoryRefused, match=GONE):
            call()
    kept.undo()
    kept.undo()
    assert [c.name for c in kept.conversations()] == ["Question 24?", "Question 23?"]
    for _ in range(30):
        kept.undo()
    # The oldest of over twenty removals were deleted for good.
    assert len(kept.conversations()) == 20


@pytest.mark.parametrize(("name", "reason"), [(" \n", "needs a name"), ("x" * 121, "has 121 characters")])
def test_a_name_must_be_one(own: Assistant, name: str, reason: str) -> None:
    kept = history(own.library)
    conversation = kept.ask("", 0, "What was agreed?", Filters())
    with pytest.raises(HistoryRefused, match=reason):
        kept.rename(conversation, name)
    assert kept.conversations()[0].name == "What was agreed?"


def test_a_user_has_only_the_own_conversations(own: Assistant) -> None:
    ada, bo = history(own.library, "ada"), history(own.library, "bo")
    conversation = ada.ask("", 0, "What was agreed?", Filters())
    assert (bo.conversations(), bo.count(conversation), bo.removed()) == ((), None, "")
    for call in (lambda: bo.open(conversation), lambda: bo.remove(conversation), lambda: bo.rename(conversation, "x")):
        with pytest.raises(HistoryRefused, match=GONE):
            call()
    assert bo.ask(conversation, 0, "Mine?", Filters()) != conversation
    assert [c.name for c in ada.conversations()] == ["What was agreed?"]


def test_words_that_a_record_lost_are_left_out_and_told(own: Assistant) -> None:
    question = "What did the board agree about the eastern channel?"
    turn = own.ask(question)
    assert isinstance(turn.reply, Answer)
    kept = history(own.library)
    conversation = kept.ask("", 0, question, Filters())
    kept.answer(conversation, 0, turn)
    own.library.remove("harbour.md")
    [gone] = kept.open(conversation)
    assert gone.turn is None
    assert "harbour.md is no longer in the library" in gone.trouble
    # A new version in which the words stand elsewhere, then one without them.
    own.library.add(document_from(f"# Draft\n\nTo be approved.\n\n{MINUTES}", "harbour.md", "text/markdown"))
    [moved] = kept.open(conversation)
    assert moved.turn is not None
    assert isinstance(moved.turn.reply, Answer)
    assert [c.quote for c in moved.turn.reply.citations] == [c.quote for c in turn.reply.citations]
    own.library.remove("harbour.md")
    own.library.add(
        document_from(MINUTES.replace("agreed to dredge", "refused to dredge"), "harbour.md", "text/markdown")
    )
    [changed] = kept.open(conversation)
    assert changed.turn is None
    assert "harbour.md has another text now" in changed.trouble


def test_a_reply_that_cannot_be_read_hides_no_other(own: Assistant) -> None:
    kept = history(own.library)
    conversation = kept.ask("", 0, "What was agreed?", Filters())
    kept.answer(conversation, 0, own.ask("What was agreed?"))
    kept.ask(conversation, 1, "Who is the king of France?", Filters())
    kept.answer(conversation, 1, own.ask("Who is the king of France?"))
    with own.library.change_conversations() as stored:
        row = stored.turns(conversation)[0]
        stored.put_turn(type(row)(row.conversation, 0, row.question, row.filters, '{"query": {}}'))
    broken, whole = kept.open(conversation)
    assert (broken.turn, "this version of Rapporteur cannot read" in broken.trouble) == (None, True)
    assert whole.turn is not None
    assert isinstance(whole.turn.reply, Abstention)
