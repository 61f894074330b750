"""Read captions and transcripts in JSON into turns with speaker and time."""

import json

import pytest

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.reading import read_bytes
from corpus.transcript import turns


def captions(*cues: tuple[str, str], head: str = "WEBVTT\n\n") -> bytes:
    return (head + "".join(f"{number}\n{times}\n{words}\n\n" for number, (times, words) in enumerate(cues))).encode()


def times(start: float, end: float) -> str:
    return " --> ".join(f"00:{int(t) // 60:02}:{t % 60:06.3f}" for t in (start, end))


def read(raw: bytes, name: str = "quay.vtt") -> Document:
    return read_bytes(raw, name)


def test_cues_of_one_speaker_become_a_turn_of_whole_sentences() -> None:
    document = read(
        captions(
            (times(3, 5), "<v.loud Ada Bo>The quay is <i>short</i>\nbecause the mill</v>"),
            (times(5, 7) + " position:10% line:-1", "<v Ada Bo>stands &amp; works there.</v>"),
            (times(65, 67), "<v Day, Jon (External)>Who pays?</v>"),
            head="WEBVTT\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\nHarbour talks, 4 March 2025\n\n",
        )
    )
    assert document.text == (
        "Harbour talks, 4 March 2025\n\nAda Bo (00:00:03): The quay is short because the mill stands & works there.\n\n"
        "Day, Jon (External) (00:01:05): Who pays?"
    )
    assert document.title == "Harbour talks, 4 March 2025"
    assert document.meeting.days == "4 March 2025"
    assert [(turn.speaker, turn.office, turn.seconds) for turn in turns(document)] == [
        ("Ada Bo", None, 3),
        ("Day, Jon", "External", 65),
    ]


def test_names_before_the_words_are_speakers_and_the_day_is_in_the_file_name() -> None:
    raw = captions(
        (times(1, 2), "Ada Bo: The quay is short,"),
        (times(2, 3), "as we all know."),
        (times(3, 4), "Jon Day: Note: it is long."),
        (times(4, 5), "Ada Bo: No."),
        head="",
    )
    document = read(raw.replace(b".000", b",000"), "quay-2025-03-04.srt")
    assert document.text == (
        "Ada Bo (00:00:01): The quay is short, as we all know.\n\nJon Day (00:00:03): Note: it is long.\n\n"
        "Ada Bo (00:00:04): No."
    )
    assert document.title == "quay-2025-03-04.srt"
    assert document.meeting.days == "4 March 2025"


def test_a_number_that_is_said_is_no_cue_number() -> None:
    raw = b"1\n00:00:01,000 --> 00:00:02,000\nHow many?\n\n2\n00:00:02,000 --> 00:00:03,000\n600\n\nor more.\n"
    assert read(raw, "a.srt").text == "(00:00:01) How many? 600 or more."


def test_captions_without_speakers_are_cut_at_pauses() -> None:
    spoken = [(times(4 * i + (20 if i > 1 else 0), 4 * i + (23 if i > 1 else 3)), f"It is {i}.") for i in range(4)]
    document = read(captions(*spoken))
    assert document.text == "(00:00:00) It is 0. It is 1.\n\n(00:00:28) It is 2. It is 3."
    assert turns(document) == ()
    assert [block.words.of(document.text) for block in document.outline] == ["It is 0. It is 1.", "It is 2. It is 3."]


@pytest.mark.parametrize("head", ["WEBVTT\n\n", ""])
def test_captions_that_were_saved_as_text_are_read_as_captions(head: str) -> None:
    document = read(captions((times(1, 2), "Ada Bo: It is short."), (times(2, 3), "Ada Bo: Yes."), head=head), "a.txt")
    assert document.text == "Ada Bo (00:00:01): It is short. Yes."


def test_an_interrupted_sentence_stays_whole_and_cues_are_put_in_order() -> None:
    document = read(
        captions(
            (times(10, 14), "<v Ada>It is short, unless</v>"),
            (times(12, 12.5), "<v Jon>Right.</v>"),
            (times(14, 16), "<v Ada>the mill goes.</v>"),
            ("-00:00:01.000 --> 00:00:02.000", "<v Jon>Hello.</v><v Ada>Yes.</v>"),
        )
    )
    assert document.text.split("\n\n") == [
        "Jon (00:00:00): Hello.",
        "Ada (00:00:00): Yes.",
        "Ada (00:00:10): It is short, unless the mill goes.",
        "Jon (00:00:12): Right.",
    ]


def test_a_mark_of_change_without_a_name_is_an_unknown_speaker() -> None:
    raw = captions(
        (times(1, 2), "&gt;&gt; MAYOR BO: IT IS SHORT."),
        (times(2, 3), ">> WHO PAYS?\n>> MAYOR BO: THE MILL."),
        (times(3, 4), "{\\an8}- And the town?\n- <font color=red>No.</font>"),
    )
    assert [turn.speaker for turn in turns(read(raw))] == [
        "MAYOR BO",
        "Unknown speaker",
        "MAYOR BO",
        "Unknown speaker",
    ]


def test_rolling_captions_say_each_word_once() -> None:
    lines = ["good morning all", "the quay is short", "who pays for it", "the mill pays"]
    cues = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else " "
        cues.append((times(2 * i, 2 * i + 2), f"{before}\n" + line.replace(" ", "<00:00:01.000><c> ") + "</c>"))
        cues.append((times(2 * i + 2, 2 * i + 2.01), line))
    document = read(captions(*cues))
    assert document.text == f"(00:00:00) {' '.join(lines)}"
    assert document.warnings == ("words that 7 captions repeat from the one before were left out",)


def test_what_is_said_twice_is_kept() -> None:
    cues = [(times(i, i + 1), "No." if i % 2 else f"Is it {i}?") for i in range(8)]
    assert read(captions(*cues, (times(8, 9), "No."))).text.count("No.") == 5


def test_the_name_of_a_cue_without_times_is_nobodys_words() -> None:
    raw = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Bo>The quay is dry.\n\npart two\n<v Jon Day>It leaks.\n"
    document = read(raw)
    assert document.text == "Ada Bo (00:00:01): The quay is dry.\n\nJon Day (00:00:01): It leaks."
    assert len(document.warnings) == 1


def test_words_behind_a_broken_time_are_kept_with_a_warning() -> None:
    document = read(captions((times(1, 2), "It is short."), ("00:00:0x.000 --> 00:00:09.000", "It is old.")))
    assert document.text == "(00:00:01) It is short. It is old."
    assert document.warnings == ("1 caption has a time that cannot be read; the words stand behind those before them",)


@pytest.mark.parametrize(
    ("transcript", "text"),
    [
        (
            {
                "text": "...",
                "segments": [{"start": 0.0, "end": 2, "text": " The quay is"}, {"start": 2, "text": " short."}],
            },
            "(00:00:00) The quay is short.",
        ),
        (
            {"segments": [{"start": "00:01:05", "speaker": "Ada Bo", "text": "Short."}]},
            "Ada Bo (00:01:05): Short.",
        ),
        (
            {
                "utterances": [
                    {"speaker": "A", "start": 5000, "end": 8000, "text": "Short.", "words": [{"text": "Short."}]},
                    {"speaker": "B", "start": 65000, "end": 66000, "text": "Who pays?"},
                ]
            },
            "Speaker A (00:00:05): Short.\n\nSpeaker B (00:01:05): Who pays?",
        ),
        (
            [
                {"speaker_name": "Ada Bo", "start_time": 3, "sentence": "Short."},
                {"speaker_name": "Jon", "sentence": "No."},
            ],
            "Ada Bo (00:00:03): Short.\n\nJon: No.",
        ),
        (
            {"title": "Talks", "entries": [{"speaker": {"name": "Ada"}, "startOffset": "PT1M5.5S", "text": "Short."}]},
            "Talks\n\nAda (00:01:05): Short.",
        ),
    ],
)
def test_transcripts_in_json_are_read_whatever_their_fields_are_called(transcript: object, text: str) -> None:
    assert read(json.dumps(transcript).encode(), "a.json").text == text


@pytest.mark.parametrize(
    ("raw", "name", "complaint"),
    [
        (b"WEBVTT\n\n", "a.vtt", "a.vtt: no caption with words"),
        (b"The quay is short.\n", "a.srt", "a.srt: no caption with words"),
        (b'{"name": "x", "version": 1}', "a.json", "a.json: no transcript"),
        (b'{"name": ', "a.json", "a.json: no JSON that can be read"),
        (b"[" * 100_000, "a.json", "a.json: no JSON that can be read"),
    ],
)
def test_files_without_talk_are_refused(raw: bytes, name: str, complaint: str) -> None:
    with pytest.raises(CorpusError) as refused:
        read(raw, name)
    assert str(refused.value).startswith(complaint)


def test_a_caption_that_ends_before_it_begins_is_kept_with_a_warning() -> None:
    document = read(captions((times(1, 2), "The quay"), (times(9, 4), "is short."), (times(11, 12), "It is closed.")))
    assert document.text == "(00:00:01) The quay is short.\n\n(00:00:11) It is closed."
    [warning] = document.warnings
    assert warning.startswith("1 caption ends before the beginning, the first at 00:00:09")


def test_a_line_of_times_without_digits_is_no_word_of_the_talk() -> None:
    raw = captions((times(1, 2), "The quay is short."), ("xx --> yy", "It is closed."), head="")
    document = read(raw.replace(b".000", b",000"), "quay.srt")
    assert "-->" not in document.text
    assert "It is closed." in document.text
    assert len(document.warnings) == 1
