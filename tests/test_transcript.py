"""Recognize the turns of a transcript by the speaker's name at their beginning."""

import pytest

from corpus.reading import document_from
from corpus.speaker_label import read_label
from corpus.transcript import turn_at, turns


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("MR. DAY: The quay is short.", "MR. DAY"),
        ("**Ada Bo (chair):** Good evening.", "Ada Bo"),
        ("MR. DAY:", "MR. DAY"),
        ("Q Who pays for it?", ""),
        ("Q    — which was said before.", ""),
        ("**Question:** Who pays for it?", ""),
        ("Q-boats are slow: they are old.", None),
        ("Q3 was good: sales rose.", None),
        ("Questions were asked: all of them.", None),
        ("The quay is short: it ends at the mill.", None),
        ("Orlund:Westholm", None),
    ],
)
def test_a_turn_begins_with_its_speaker(words: str, speaker: str | None) -> None:
    label = read_label(words)
    assert (label.speaker if label else None) == speaker


def test_a_turn_in_wrapped_lines_begins_a_paragraph() -> None:
    line = "MS. BO: We came to see the harbour of the island, which is as old as the town itself."
    text = "\n".join(
        (line, "It was closed when the two of us were there in the winter of the year before the last.", "")
    )
    turn = "Q So who pays for all of the repairs that the harbour of the island is going to need now?\n"
    document = document_from(text * 3 + turn + text, "a.txt", "text/plain")
    assert turn.strip() in [turn.span.of(document.text) for turn in turns(document)]


def _turns(text: str) -> list[tuple[str, str | None, float | None, str]]:
    document = document_from(text, "a.txt", "text/plain")
    return [(turn.speaker, turn.office, turn.seconds, turn.words.of(text)) for turn in turns(document)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("MR. DAY: The quay is short.\n\nQ Who pays?\n\n" * 2, ("MR. DAY", None, None), ("", None, None)),
        ("Ada Bo: It is short.\n\nBo Day: Who pays?\n\n" * 2, ("Ada Bo", None, None), ("Bo Day", None, None)),
        (
            "**Ada Bo (chair):** It is short.\n\n**Jan van der Day:** Who pays?\n\n" * 2,
            ("Ada Bo", "chair", None),
            ("Jan van der Day", None, None),
        ),
        ("Ada Bo  0:05\nIt is short.\n\nBo Day  1:02\nWho pays?\n", ("Ada Bo", None, 5), ("Bo Day", None, 62)),
        ("[00:01:05] Ada Bo: Short.\n[00:02:00] Bo: Who?\n" * 2, ("Ada Bo", None, 65), ("Bo", None, 120)),
        ("00:01:05 Ada Bo\nShort.\n\n00:02:00 Bo Day\nWho?\n\n" * 2, ("Ada Bo", None, 65), ("Bo Day", None, 120)),
        ("Ada Bo (00:12):\nShort.\n\nBo Day (01:12):\nWho?\n\n" * 2, ("Ada Bo", None, 12), ("Bo Day", None, 72)),
        ("**Ada Bo** 10:42\nShort.\n\n**Bo Day** 10:43\nWho?\n\n" * 2, ("Ada Bo", None, 642), ("Bo Day", None, 643)),
        ("Q. Is it short?\n\nA. It is, at the mill.\n\n" * 2, ("", None, None), ("A", None, None)),
        (
            "THE CHAIRMAN. I call Senator Day.\n\nSenator DAY. It is short.\n\n" * 2,
            ("THE CHAIRMAN", None, None),
            ("Senator DAY", None, None),
        ),
        (
            "○議長（山田花子君）　開きます。\n\n○川上太郎君　短いです。\n\n" * 2,
            ("山田花子", "議長", None),
            ("川上太郎君", None, None),
        ),
        (
            "0:05\nBo, Ada\nIt is short.\n\n1:02\nDay, Jon (External)\nWho pays?\n\n",
            ("Bo, Ada", None, 5),
            ("Day, Jon", "External", 62),
        ),
        (
            "0:0:5.1 --> 0:0:9.0\nAda Bo\nIt is short.\n\n0:1:2.0 --> 0:1:3.0\nJon Day\nWho pays?\n\n",
            ("Ada Bo", None, 5.1),
            ("Jon Day", None, 62),
        ),
        (
            "[Ada Bo] 14:01:05\nIt is short.\n\n[Jon Day] 14:01:06\nWho pays?\n\n",
            ("Ada Bo", None, 50465),
            ("Jon Day", None, 50466),
        ),
        (
            "14:01:05 From Ada Bo to Everyone: Short.\n14:01:06 From Jon Day to Ada Bo: Who pays?\n",
            ("Ada Bo", None, 50465),
            ("Jon Day", None, 50466),
        ),
        (
            "**Ada Bo** *(00:00:05)*\nIt is short.\n\n**Jon Day** *(00:01:02)*\nWho pays?\n\n",
            ("Ada Bo", None, 5),
            ("Jon Day", None, 62),
        ),
        (
            "M. le président. La séance est ouverte.\n\nM. Jon Day, rapporteur. Qui paie ?\n\n" * 2,
            ("M. le président", None, None),
            ("M. Jon Day", "rapporteur", None),
        ),
        (
            "Minister for Quays (Ada Bo): It is short.\n\nDeputy Jon Day: Who pays?\n\n" * 2,
            ("Ada Bo", "Minister for Quays", None),
            ("Deputy Jon Day", None, None),
        ),
        (
            "Ada Bo: so the quay is short as we all know\n\nJon Day: and who pays for it then\n\n" * 2,
            ("Ada Bo", None, None),
            ("Jon Day", None, None),
        ),
        (
            "* **Ada** – 10:01: we need a new crane\n* **Jon** – 10:02: the old one can be repaired\n",
            ("Ada", None, 601),
            ("Jon", None, 602),
        ),
        (
            "La señora Bo: Es corto.\n\nEl señor Day: ¿Quién paga?\n\n" * 2,
            ("La señora Bo", None, None),
            ("El señor Day", None, None),
        ),
        (
            "Q1 Ada Bo: Is it short?\n\nThe Chair (Jon Day, harbour): It is, I fear.\n\n" * 2,
            ("Ada Bo", None, None),
            ("Jon Day", "The Chair, harbour", None),
        ),
        ("I: Is it short?\n\nN2: It is, I fear.\n\n" * 2, ("I", None, None), ("N2", None, None)),
        (
            "Quay officer Mr. Ada Bo: It is short.\n\nJon Day (Vik) (Independent): Who pays?\n\n" * 2,
            ("Mr. Ada Bo", "Quay officer", None),
            ("Jon Day", "Vik, Independent", None),
        ),
        ("BO - It is short.\n\nDAY - Who pays?\n\n" * 2, ("BO", None, None), ("DAY", None, None)),
        ("김민수: 짧습니다.\n\n박지영: 누가 냅니까?\n\n" * 2, ("김민수", None, None), ("박지영", None, None)),
        ("山田：短いです。\n\n川上：誰が払いますか。\n\n" * 2, ("山田", None, None), ("川上", None, None)),
    ],
)
def test_each_turn_has_its_speaker_office_and_time(
    text: str, first: tuple[str, str | None, float | None], second: tuple[str, str | None, float | None]
) -> None:
    assert [turn[:3] for turn in _turns("Harbour of Orlund\n\n" + text)[:2]] == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "Date: 4 May 2024.\n\nDecision: The quay is closed.\n\nAction: Ada Bo writes.\n\nDecision: It is paid for.\n",
        "- Ada Bo: writes the letter.\n- Bo Day: pays for it.\n- Ada Bo: sends it.\n",
        "10:00 Opening\n10:30 Coffee Break\n11:00 The Quay\n12:00 Coffee Break\n",
        "## Quay\n\nReport: It is short.\n\nIdea: Make it longer.\n\n## Crane\n\nReport: It is old.\n\nIdea: None.\n",
        "09:00 Registration\n09:30 Ada Bo\nThe quay. With slides.\n10:00 Coffee\n11:00 Jon Day\nThe crane. A talk.\n",
        "June 12, 2025, 9:30AM\n\nThe quay is short. It ends at the mill.\n",
        "Norway: It pays.\n\nThe quay is short.\n\nSweden: It does not pay.\n",
    ],
)
def test_labels_of_minutes_lists_and_agendas_are_no_speakers(text: str) -> None:
    assert _turns("Harbour of Orlund\n\n" + text) == []


def test_a_turn_goes_on_until_the_next_label_or_heading() -> None:
    text = "MS. BO: It is short.\n\nAs we said.\n\nQ Who pays?\n\nMS. BO: The mill.\n\n# Annex\n\nThe quay.\n"
    document = document_from(text, "a.md", "text/markdown")
    assert [turn.span.of(text) for turn in turns(document)] == [
        "MS. BO: It is short.\n\nAs we said.",
        "Q Who pays?",
        "MS. BO: The mill.",
    ]
    turn = turn_at(document, text.index("As we said"))
    assert turn is not None
    assert turn.speaker == "MS. BO"
    assert turn.words.of(text).startswith("It is short.")
    assert turn_at(document, text.index("The quay.")) is None


def test_speeches_one_after_the_other_are_turns_and_an_address_in_them_is_none() -> None:
    speeches = (
        "SECRETARY BO: The quay is open.\n\n" + "It is long.\n\n" * 30,
        "DR. DAY: Thank you.\n\nSecretary Bo, Mr. Lind, it is a joy. We close.\n\n" + "It is late.\n\n" * 30,
    )
    assert [turn.speaker for turn in turns(document_from("".join(speeches), "talk.txt", "text/plain"))] == [
        "SECRETARY BO",
        "DR. DAY",
    ]


def test_a_time_zone_is_no_speaker() -> None:
    text = "3:06 P.M. EDT\n\nThe room is open.\n\n" + "MS. BO: Good day.\n\nMR. DAY: Who pays?\n\n" * 2
    assert [turn.speaker for turn in turns(document_from(text, "talk.txt", "text/plain"))] == ["MS. BO", "MR. DAY"] * 2


def test_a_line_above_a_transcript_is_no_turn() -> None:
    text = "Chair: Ada Bo\n\nAda Bo: It is short.\n\nJon Day: Who pays?\n\nAda Bo: You.\n\nJon Day: No.\n"
    assert [turn[0] for turn in _turns(text)] == ["Ada Bo", "Jon Day", "Ada Bo", "Jon Day"]


def test_the_words_of_a_speaker_without_a_name_are_not_those_of_the_speaker_before() -> None:
    text = (
        "Moderator (Eva Holm): Who is next?\n\nAda Bo: The pool opens in June.\n\n"
        "Woman in the second row: Is there a ramp?\n\nAda Bo: Yes, there is.\n\n"
        "Audience member (Jon Day, wheelchair user): I could not get in.\n\nAda Bo: My answer is: You can.\n\n"
        "My message to the public: We must act.\n\nOne participant told me: We cannot go on.\n\n"
        "The pool for the children: It opens later.\n\nModerator (Eva Holm): Thank you.\n"
    )
    assert [turn[:2] for turn in _turns(text)] == [
        ("Eva Holm", "Moderator"),
        ("Ada Bo", None),
        ("Woman in the second row", None),
        ("Ada Bo", None),
        ("Jon Day", "Audience member, wheelchair user"),
        ("Ada Bo", None),
        ("Eva Holm", "Moderator"),
    ]


def test_the_turns_of_many_texts_lie_in_them_in_order() -> None:
    line = "A" * 90 + " (" + "[" * 90 + "0:0" + ": " * 90
    for text in ("[" * 3000, "A " * 3000, "0:05 " * 900, (line + "\n") * 200):
        assert _turns(text + "\n\nThey met.\n") == []


def test_a_telephone_that_is_spoken_of_ends_no_transcript() -> None:
    text = "Hall club\n\n" + "\n\n".join(
        f"{name}  0:{n:02}\n{words}"
        for n, (name, words) in enumerate(
            (
                ("Ada Lind", "Welcome to the call."),
                ("Karl Ohm", "The roof leaks again."),
                ("Ada Lind", "Who told you?"),
                ("Karl Ohm", "The builder told me on the phone. It costs 900 euros."),
                ("Ada Lind", "Then we wait."),
            ),
            10,
        )
    )
    document = document_from(f"{text}\n", "call.txt", "text/plain")
    assert [turn.speaker for turn in turns(document)] == ["Ada Lind", "Karl Ohm", "Ada Lind", "Karl Ohm", "Ada Lind"]
