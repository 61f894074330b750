"""Determine from a question which kind of answer it expects."""

import pytest

from assistant.understanding.answer_type import (
    AnswerContent,
    AnswerType,
    answer_requirements,
    expected_answer,
    holds,
    question_word,
)


@pytest.mark.parametrize(
    ("question", "kind", "unit"),
    [
        ("Who chaired the meeting?", AnswerType.WHO, "who"),
        ("Which minister chaired the meeting?", AnswerType.WHO, "minister"),
        ("Which country was absent?", AnswerType.COUNTRY, "country"),
        ("When was it held?", AnswerType.WHEN, "when"),
        ("by when will it be held", AnswerType.WHEN, "when"),
        ("In which year was it held?", AnswerType.WHEN, "year"),
        ("Where was it held?", AnswerType.WHERE, "where"),
        ("In which city was it held?", AnswerType.WHERE, "city"),
        ("How many new members came?", AnswerType.NUMBER, "members"),
        ("How much money was pledged?", AnswerType.SUM, "much"),
        ("In which format was it held?", AnswerType.MODE, "format"),
        ("At what time did it begin?", AnswerType.HOUR, "time"),
    ],
)
def test_a_question_for_one_fact_has_its_kind(question: str, kind: AnswerType, unit: str) -> None:
    expected = expected_answer(question)
    assert expected is not None
    assert (expected.kind, expected.unit) == (kind, unit)


@pytest.mark.parametrize("question", ["What was said?", "When and where was it held?", "Tell me of ports.", ""])
def test_a_question_for_no_fact_or_two_has_none(question: str) -> None:
    assert expected_answer(question) is None


def test_the_rest_keeps_the_qualifier_of_the_noun() -> None:
    expected = expected_answer("Which Japanese minister came to Oslo?")
    assert expected is not None
    assert expected.rest.split() == ["Japanese", "came", "to", "Oslo?"]


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Who came?", AnswerContent.PERSON),
        ("When did they come?", AnswerContent.DATE),
        ("How many came?", AnswerContent.NUMBER),
        ("Why did they come?", AnswerContent.REASON),
        ("How long did they stay?", AnswerContent.DURATION),
        ("Wie lange blieben sie?", AnswerContent.DURATION),
        ("Did they come?", None),
    ],
)
def test_the_question_word_decides_the_preferred_content(question: str, content: AnswerContent | None) -> None:
    assert answer_requirements(question).preferred is content


def test_the_latest_question_decides_the_preferred_content() -> None:
    assert answer_requirements("Who came - and when?", "and when?").preferred is AnswerContent.DATE


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("At what time did it begin?", AnswerContent.HOUR),
        ("What budget was agreed?", AnswerContent.SUM),
        ("What is the total budget for ports?", AnswerContent.SUM),
        ("What's the price of a berth?", AnswerContent.SUM),
        ("What share is for health?", AnswerContent.SHARE),
    ],
)
def test_an_hour_a_sum_and_a_share_are_required(question: str, content: AnswerContent) -> None:
    assert answer_requirements(question).required == (content,)


@pytest.mark.parametrize(
    ("content", "text", "expected"),
    [
        (AnswerContent.PERSON, "Mr. Silva spoke.", True),
        (AnswerContent.PERSON, "They spoke.", False),
        (AnswerContent.DATE, "In May 2021 they met.", True),
        (AnswerContent.NUMBER, "Twelve came, three left.", True),
        (AnswerContent.NUMBER, "Some came.", False),
        (AnswerContent.SHARE, "A third of it.", True),
        (AnswerContent.COUNT, "Some 20 came; 約20人.", True),
        (AnswerContent.COUNT, "The G7 met on COVID-19.", False),
    ],
)
def test_content_is_recognized_in_a_sentence(content: AnswerContent, text: str, expected: bool) -> None:
    assert holds(content, text) is expected


def test_a_slip_in_an_english_question_is_no_german_question_word() -> None:
    assert answer_requirements("what wer the fees of the harbour").preferred is None


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Why is it late?", "why"),
        ("Warum dauert das so lange?", "why"),
        ("¿Por qué vamos tarde?", "why"),
        ("Combien de sites restent ?", "how many"),
        ("何台ですか。", "how many"),
        ("どうして遅れているのですか。", "why"),
        ("Wurde das beschlossen?", ""),
    ],
)
def test_question_words_of_each_language_are_compared(question: str, word: str) -> None:
    assert question_word(question) == word


def test_a_reason_is_preferred_where_one_is_asked_for() -> None:
    assert answer_requirements("Pourquoi ce retard ?").preferred is AnswerContent.REASON
    assert holds(AnswerContent.REASON, "Parce que le quai est fermé.")


@pytest.mark.parametrize("text", ["12,500 pounds", "40 francs", "950 crowns", "CHF 900", "1204 kronor", "£9", "7 Euro"])
def test_units_of_money_make_a_sum(text: str) -> None:
    assert holds(AnswerContent.SUM, f"The trust agreed to spend {text} on the weir.")
    assert not holds(AnswerContent.COUNT, text)


@pytest.mark.parametrize(
    ("text", "is_held"),
    [
        ("They stayed for three days.", True),
        ("It takes about half an hour.", True),
        ("The permit is valid until May.", True),
        ("They left two years ago.", False),
        ("They stayed in three rooms.", False),
        ("8:00 pm to 10:30 pm, Tuesday", True),
        ("9:15–11:00", True),
        ("They met at 8:00 pm.", False),
    ],
)
def test_how_long_needs_a_length_of_time(text: str, is_held: bool) -> None:
    assert AnswerContent.DURATION in answer_requirements("How long did they stay?").required
    assert holds(AnswerContent.DURATION, text) is is_held


@pytest.mark.parametrize(
    "question", ["What will the ferry cost?", "what did the 12 boats cost", "How expensive is it?"]
)
def test_what_something_costs_needs_a_sum(question: str) -> None:
    assert answer_requirements(question).required == (AnswerContent.SUM,)


@pytest.mark.parametrize(
    ("question", "is_required"),
    [
        ("What is the phone number of the harbour office?", True),
        ("e-mail address of the secretary", True),
        ("which fax number does the board have", True),
        ("What was said about phone numbers?", False),
        ("Who sold the web addresses?", False),
    ],
)
def test_a_question_for_a_contact_needs_one(question: str, is_required: bool) -> None:
    assert (AnswerContent.CONTACT in answer_requirements(question).required) is is_required


@pytest.mark.parametrize(
    ("text", "is_held"),
    [
        ("Tel: +47 22 00 11 22", True),
        ("Phone (020) 7946 0018", True),
        ("Phone: 03-5550-1234", True),
        ("Write to office@harbour.example.", True),
        ("See https://harbour.example/minutes.", True),
        ("The gates leak 40 litres a second.", False),
        ("It costs 310,000 crowns and opens on 12.03.2026.", False),
        ("From 2019-2023 they met on 2026-03-12.", False),
    ],
)
def test_a_number_or_address_of_contact_is_told_from_other_figures(text: str, is_held: bool) -> None:
    assert holds(AnswerContent.CONTACT, text) is is_held
