"""Read captions (.vtt, .srt) and transcripts in JSON into text that shows the speaker and the time of each turn."""

import re
from collections.abc import Sequence

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.facts import Fact, facts_of_meeting_days
from corpus.language.dates import find_date_ranges
from corpus.limits import Limits
from corpus.readers.captions.cue import Cue
from corpus.readers.captions.json_segments import parse_json
from corpus.readers.captions.parse import parse_captions
from corpus.readers.captions.rolling import without_repetitions
from corpus.readers.captions.speech import compose_speech
from corpus.readers.encoding import decode

_CAPTIONS = re.compile(r"WEBVTT(?:[ \t]|\r?\n)|\s*\d+[ \t]*\r?\n\d{1,2}:\d{2}:\d{2}[,.]\d{3}[ \t]*-->")


def read_captions(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a caption file in WebVTT or SubRip form.

    Raises:
        CorpusError: it is no text, or has no cue with words.
    """
    return content_of_captions(*decode(raw, file), file)


def is_captions(text: str) -> bool:
    """Return True for a text that begins as WebVTT or SubRip files do."""
    return bool(_CAPTIONS.match(text))


def content_of_captions(text: str, warnings: tuple[str, ...], file: str) -> Content:
    """Return the content of a decoded caption file.

    Raises:
        CorpusError: it has no cue with words.
    """
    captions = parse_captions(text)
    if not captions.cues:
        raise CorpusError(
            f"{file}: no caption with words (00:00:01.000 --> 00:00:02.000); give the file as it was exported"
        )
    if captions.broken:
        times = "1 caption has a time" if captions.broken == 1 else f"{captions.broken:,} captions have times"
        warnings += (f"{times} that cannot be read; the words stand behind those before them",)
    if captions.reversed:
        first = " ".join(captions.reversed[0].split()[:3])
        ends = "1 caption ends" if len(captions.reversed) == 1 else f"{len(captions.reversed):,} captions end"
        warnings += (f"{ends} before the beginning, the first at {first}; the words stand where they begin",)
    return content_of_speech(captions.cues, captions.title, captions.comments, warnings)


def read_json(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a transcript in JSON, such as those of Whisper: a list of segments with words, times and speakers.

    Raises:
        CorpusError: it is no JSON, or has no such list.
    """
    text, warnings = decode(raw, file)
    transcript = parse_json(text, file, limits)
    return content_of_speech(transcript.cues, transcript.title, transcript.comments, warnings)


def content_of_speech(
    cues: Sequence[Cue], title: str | None, comments: Sequence[str], warnings: tuple[str, ...]
) -> Content:
    """Return the content of recorded talk.

    Args:
        cues: in the order of the file; at least one.
        title: of the recording, which becomes the first line of the text; None where none is stated.
        comments: lines of the file in which the day may stand.
        warnings: sentences for the document's readers.
    """
    kept, repeated = without_repetitions(cues)
    if repeated:
        warnings += (f"words that {repeated:,} captions repeat from the one before were left out",)
    text, blocks = compose_speech(kept, title)
    facts = [Fact("title", title, "captions")] if title else []
    days = {days for line in comments for mention in find_date_ranges(line) if (days := mention.resolve())}
    if len(days) == 1:
        facts += facts_of_meeting_days(days.pop(), "captions")
    return Content(text, blocks, facts=tuple(facts), warnings=warnings)
