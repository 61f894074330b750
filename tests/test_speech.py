"""Find who says the words of a record: turns, reported sentences, remarks in a list, speeches by their title."""

import pytest

from corpus.document import Document
from corpus.reading import document_from
from corpus.span import Span
from corpus.speech import question_before, says, speakers, speech_at, speeches, speeches_in, without_label

TALK = """Quay committee

[10:00:04] Ada Bo: The quay is short. How long does the repair take?

[10:00:31] Cy Day: Nine weeks.

[10:01:12] Ada Bo: Then we wait until May, as the fishing boats need the quay.
"""
MINUTES = """# Harbour board

Present: Ms. Ada Bo (chair), Cy Day, E. Fox

## Quay

Ms. Bo said that the quay is short. She also asked for a crane. The board agreed.

Cy Day, the harbour master, warned against the cost. "It will not hold", said Ms. Bo.

E. Fox met the mayor and stressed the risk. It was pointed out by Ms. Bo that boats wait.

A model built after Ms. Bo spoke to the guests.

Ms. Bo made the following remarks:

- Cranes are needed.
- Rail is slow.

## Fees

She left. He pointed out: (1) Fees rise. (2) Boats leave.
"""


def document(text: str, name: str = "a.md") -> Document:
    return document_from(text, name, "text/markdown" if name.endswith(".md") else "text/plain")


def said(text: str) -> list[tuple[str, str]]:
    found = document(text)
    return [(speech.speaker, speech.span.of(found.text)) for speech in speeches(found)]


def span_of(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def test_each_turn_has_its_speaker_and_time() -> None:
    talk = document(TALK, "a.txt")
    speech = speech_at(talk, span_of(talk, "Nine weeks."))
    assert speech is not None
    assert speech.about == "Cy Day, 10:00:31"
    assert speakers(talk) == ("Ada Bo", "Cy Day")
    assert says(talk, span_of(talk, "Nine weeks."), {"Cy Day"})
    assert not says(talk, span_of(talk, "Nine weeks."), {"Ada Bo"})
    assert [s.speaker for s in speeches_in(talk, Span(0, len(talk.text)))] == ["Ada Bo", "Cy Day", "Ada Bo"]


def test_a_label_belongs_to_no_quotation() -> None:
    talk = document(TALK, "a.txt")
    assert without_label(talk, span_of(talk, "[10:00:31] Cy Day: Nine weeks.")).of(talk.text) == "Nine weeks."
    assert without_label(talk, span_of(talk, "Nine")).of(talk.text) == "Nine"


def test_a_short_reply_needs_the_question_before_it() -> None:
    talk = document(TALK, "a.txt")
    assert question_before(talk, span_of(talk, "Nine weeks.")) == "How long does the repair take?"
    assert question_before(talk, span_of(talk, "Then we wait until May, as the fishing boats need the quay.")) == ""
    assert question_before(talk, span_of(talk, "Quay committee")) == ""


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        ("Ada Bo", "Ms. Bo said that the quay is short."),
        ("Ada Bo", "She also asked for a crane."),
        ("Cy Day", "Cy Day, the harbour master, warned against the cost."),
        ("Ada Bo", '"It will not hold", said Ms. Bo.'),
        ("E. Fox", "E. Fox met the mayor and stressed the risk."),
        ("Ada Bo", "It was pointed out by Ms. Bo that boats wait."),
        ("Ada Bo", "Cranes are needed."),
        ("Ada Bo", "Rail is slow."),
    ],
)
def test_the_sentence_says_whose_words_a_record_reports(speaker: str, words: str) -> None:
    assert (speaker, words) in said(MINUTES)


@pytest.mark.parametrize("words", ["The board agreed.", "A model built", "She left.", "He pointed out"])
def test_a_body_a_guest_and_a_person_of_another_section_are_not_quoted_as_somebody(words: str) -> None:
    assert not any(quote.startswith(words) for _, quote in said(MINUTES))


def test_numbered_remarks_in_a_paragraph_belong_to_who_makes_them() -> None:
    text = "# Talks\n\nMr. Day attended the meeting. He pointed out: (1) Fees rise. (2) Boats leave. The board met.\n"
    assert said(text) == [("Day", "He pointed out: (1) Fees rise."), ("Day", "(2) Boats leave.")]


def test_a_country_and_an_agency_are_no_persons() -> None:
    assert said("# Talks\n\nJapan said that rail is slow. The U.S. Department of Ports announced a plan.\n") == []


def test_a_joint_sentence_has_both_speakers() -> None:
    assert [name for name, _ in said("# Talks\n\nPresident Bo and Prime Minister Day welcomed the plan.\n")] == [
        "Bo",
        "Day",
    ]


def test_a_speech_is_of_the_person_in_its_title() -> None:
    found = speeches(document("# Statement by Minister Ada Bo on ports\n\nPorts are safe. Rail is slow.\n"))
    assert [(s.speaker, s.office, s.is_reported) for s in found] == [("Ada Bo", "Minister", False)]
    assert speeches(document("# Ports\n\nPorts are safe.\n")) == ()


def test_two_persons_of_one_name_stay_apart() -> None:
    text = "# Talks\n\nMs. Ada Bo said that rail is slow.\n\nMr. Ivo Bo said that ports are safe.\n\nMs. Bo agreed.\n"
    assert [name for name, _ in said(text)] == ["Ada Bo", "Ivo Bo", "Bo"]


def test_a_japanese_sentence_says_who_speaks() -> None:
    text = "# 会合\n\n山田大臣は、港が重要であると述べた。会合は成功に終わった。\n"
    assert said(text) == [("山田大臣", "山田大臣は、港が重要であると述べた。")]


def test_labels_of_a_transcript_tell_its_speakers_apart() -> None:
    text = "Talk\n\nMS. BO: Rail is slow.\n\nMS. ADA BO: Ports are safe.\n\nMS. BO: No.\n\nMS. ADA BO: They are safe.\n"
    assert speakers(document(text, "a.txt")) == ("MS. BO", "MS. ADA BO")


BOARD = """# Minutes of the pier board

Attendance:

- Ada Bo (Chair)
- Cy Day
- Eve Fox (Treasurer)
- Ida Tor
- Robert Hill (BH)

## Lamps

The chair said that the lamps are old. The Treasurer reported a loss. EF warned that oil is dear. BH felt cold.
The BH said no. IT reported a fault.

EF: Oil is dear.

| Speaker | Remarks |
|---|---|
| Day, Cy | Lamps can wait. |
| Bo | They cannot. |

| Who | Task |
|---|---|
| Cy Day | Buys oil. |
"""


def test_offices_initials_and_rows_of_remarks_are_words_of_the_persons_who_attend() -> None:
    found = document(BOARD)
    assert [(s.about, s.span.of(found.text)) for s in speeches(found)] == [
        ("chair (Ada Bo), reported", "The chair said that the lamps are old."),
        ("Treasurer (Eve Fox), reported", "The Treasurer reported a loss."),
        ("EF (Eve Fox), reported", "EF warned that oil is dear."),
        ("BH (Robert Hill), reported", "BH felt cold."),
        ("Cy Day, reported", "| Day, Cy | Lamps can wait. |"),
        ("Ada Bo, reported", "| Bo | They cannot. |"),
    ]


def test_an_office_in_small_letters_of_which_nobody_is_named_is_no_speaker() -> None:
    assert said("# Talks\n\nThe minister said that rail is slow. She added that ports are safe.\n") == []


def test_whoever_supports_a_speaker_is_none_and_a_country_in_brackets_is_no_name() -> None:
    text = "# Talks\n\nMs. BO (Norway), supported by Mr. DAY (Chile), proposed a pier. Mr. DAY (Chile) agreed.\n"
    assert [s.about for s in speeches(document(text))] == ["BO, Norway, reported", "DAY, Chile, reported"]


def test_a_name_that_is_a_common_word_speaks_at_the_beginning_of_a_sentence() -> None:
    text = "# Talks\n\nPresent: Eve Price (president), Cy Day\n\nPrice promised a lamp. Oil is dear.\n"
    assert said(text) == [("Eve Price", "Price promised a lamp.")]


def test_an_office_behind_which_a_label_has_a_name_is_that_person() -> None:
    text = "CHAIR (Ada Bo): Rail is slow.\n\nCY DAY: No.\n\nCHAIR: It is slow.\n\nCY DAY: Ports are safe.\n"
    text += "\nCHAIR: They are not.\n"
    assert speakers(document(text, "a.txt")) == ("Ada Bo", "CY DAY")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Eva Ude", "EU proposed a ban."),
        ("Uma Sol", "The US proposed it."),
        ("Ida Tor", "IT reported."),
        ("Ned Orr", "NO said yes."),
    ],
)
@pytest.mark.parametrize("is_written", [False, True])
def test_capitals_that_are_a_country_or_a_word_are_nobody(name: str, words: str, is_written: bool) -> None:
    short = f" ({''.join(part[0] for part in name.split())})" if is_written else ""
    assert said(f"# Talks\n\nPresent: {name}{short}, Cy Day\n\n{words}\n") == []


def test_the_subject_of_a_verb_is_near() -> None:
    text = "# Talks\n\n" + "Ms. Bo said " * 9 + "no.\n"
    assert {name for name, _ in said(text)} == {"Bo"}
