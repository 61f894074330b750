"""Split texts into sentences."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.language.sentences import sentences
from corpus.span import Span


def cut(text: str) -> list[str]:
    return [s.of(text) for s in sentences(text, Span(0, len(text)))]


def test_signs_alone_belong_to_the_sentence_before() -> None:
    assert cut("| Ms Roe | Who pays? |") == ["| Ms Roe | Who pays? |"]
    assert cut("Who pays? *** The town pays.") == ["Who pays? ***", "The town pays."]


@pytest.mark.parametrize(
    "sentence",
    [
        "The rules stand in para. 3 of the declaration.",
        "The U.S. Government joined the talks in Trieste.",
        "They met in the U.S. and in the U.K. on that day.",
        "On August 5 (Thu.), a meeting was held.",
        "They discussed the Japan-U.K. Digital Partnership at length.",
        "Mr. Sato met H.E. Mr. Nathaniel C. Fick, Ambassador at Large.",
        "The target is 2.5 percent by 2030.",
        "Dr. Wissing spoke of the work, e.g. the roadmap, at noon.",
        "See No. 5 of the list.",
        "L'ing. Bo si astiene.",
        "Ook dhr. Bo stemt tegen.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    assert cut(sentence + " They agreed.") == [sentence, "They agreed."]


def test_a_new_sentence_after_initials_begins_with_a_word_that_begins_sentences() -> None:
    assert cut("They met in the U.S. The talks were short.") == ["They met in the U.S.", "The talks were short."]


def test_a_hard_wrap_does_not_end_a_sentence() -> None:
    assert cut("The ministers agreed\nto meet. They\r\nparted.") == [
        "The ministers agreed\nto meet.",
        "They\r\nparted.",
    ]


@pytest.mark.parametrize("space", [" ", "\n", "\r\n", "\u00a0"])
def test_a_sentence_goes_on_after_a_full_stop_in_brackets_whatever_the_white_space(space: str) -> None:
    assert cut(f"They met (on Thursday.){space}and left.") == [f"They met (on Thursday.){space}and left."]


def test_a_no_break_space_is_a_space() -> None:
    assert cut("They met.\u00a0They agreed.") == ["They met.", "They agreed."]


def test_japanese_is_cut_after_its_full_stops() -> None:
    assert cut("会合が開催された。大臣が出席した！次回はいつか？") == [
        "会合が開催された。",
        "大臣が出席した！",
        "次回はいつか？",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_japanese_sentence_goes_on_over_the_end_of_a_wrapped_line(end: str) -> None:
    wrapped = "総務大臣は、イタリアのトリエステで開催された会合に" + end + "出席しました。議論が行われました。"
    assert cut(wrapped) == [wrapped[: wrapped.index("議論")], "議論が行われました。"]
    assert cut("日時：八月五日" + end + "場所：トリエステ") == ["日時：八月五日", "場所：トリエステ"]


def test_a_full_stop_in_japanese_brackets_does_not_end_the_sentence_around_it() -> None:
    assert cut("大臣は「合意した。続ける。」と述べた。会合は終わった。") == [
        "大臣は「合意した。続ける。」と述べた。",
        "会合は終わった。",
    ]


def test_a_closing_bracket_after_the_full_stop_belongs_to_the_sentence() -> None:
    assert cut("「合意した。」会合は終わった。") == ["「合意した。」", "会合は終わった。"]


def test_only_the_asked_part_is_cut() -> None:
    text = "• They met. They agreed.  They parted."
    assert [s.of(text) for s in sentences(text, Span(2, 24))] == ["They met.", "They agreed."]


def test_a_part_without_a_full_stop_is_one_sentence() -> None:
    assert [cut("Smart Cities"), cut("U"), cut("...")] == [["Smart Cities"], ["U"], ["..."]]


def test_white_space_has_no_sentence() -> None:
    assert cut(" \n ") == []


def test_a_text_longer_than_a_window_is_cut_as_its_parts_are() -> None:
    part = "The U.S. delegation and Mr. Sato met on August 5 (Thu.) to talk about para. 3. They agreed. "
    assert cut(part * 200) == cut(part) * 200


def test_a_sentence_longer_than_a_window_stays_whole() -> None:
    long = "and the ministers agreed " * 500 + "to meet."
    assert cut(long + " They parted.") == [long, "They parted."]


@given(st.text(alphabet=st.sampled_from("Aa .。「」!?\n\r\u00a0U.S会👩\x1f"), max_size=120))
@settings(max_examples=100, deadline=None)
def test_sentences_are_in_order_and_lose_no_character(text: str) -> None:
    found = sentences(text, Span(0, len(text))) if text else []
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert "".join("".join(s.of(text).split()) for s in found) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Asistieron la Sra. Luján, la Dra. Ruiz y el Sr. Montoya (véase la pág. 12).|Hubo quórum.",
        "MM. Petit et Roux ont voté contre, Mme. Roy aussi, selon l'art. 12.|M. Dorval s'est abstenu.",
        "Siehe Nr. 5 und Abs. 2 vom 3. März 2025 bzw. § 3.|Bgm. Huber dankte allen.",
        "It is the state of the art.|The committee thanked Gov. Cox, as art. 5 says.",
    ],
)
def test_a_word_with_a_dot_ends_no_sentence(text: str) -> None:
    whole = text.replace("|", " ")
    assert [one.of(whole) for one in sentences(whole, Span(0, len(whole)))] == text.split("|")


@pytest.mark.parametrize(
    "text", ["Is it paid?|No.|We asked twice.", "No.|I can't say.", "They met in hall No. 4 and in No. IV."]
)
def test_a_reply_of_no_is_a_sentence_and_the_mark_of_a_number_is_none(text: str) -> None:
    whole = text.replace("|", " ")
    assert [one.of(whole) for one in sentences(whole, Span(0, len(whole)))] == text.split("|")


@pytest.mark.parametrize(
    "text", ["No, the fund stays untouched.|I'll ask the bank.", "The gate was unhinged.|He'll mend it."]
)
def test_a_sentence_begins_with_a_pronoun_behind_a_rare_word(text: str) -> None:
    whole = text.replace("|", " ")
    assert [one.of(whole) for one in sentences(whole, Span(0, len(whole)))] == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Catches fell by 18 per cent.|Herring was scarce.",
        "The rent is 900 a month.|Bo pays half of it.",
        "The strike is at the supplier in Brescia.|Mr Day asked about it.",
        "A letter came from York.|On Monday it was read.",
        "Ask Sis. Adoley, Cllr. Bo and the hon. Member.",
        "**4. Wages of the crew**",
        "D2. Quay closed on Friday",
        "**II. Platforms**",
    ],
)
def test_a_sentence_ends_behind_a_word_that_is_no_abbreviation_and_not_behind_a_number_alone(text: str) -> None:
    assert cut(text.replace("|", " ")) == text.split("|")
