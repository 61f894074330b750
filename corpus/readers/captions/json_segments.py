"""Find the segments of a transcript in JSON, whatever the program that wrote it calls them."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.captions.cue import Cue, seconds_of

# Names of fields by Whisper, WhisperX, AssemblyAI, Deepgram, Otter, Fireflies, Teams, Podcasting 2.0, in lower case
# without "_": the words, the speaker, the times.
_WORDS = ("text", "transcript", "body", "content", "sentence", "rawtext", "utterance", "words")
_SPEAKER = ("speakername", "speakerdisplayname", "speaker", "speakerlabel", "speakerid", "participant", "name", "user")
_START = (
    "start",
    "starttime",
    "startoffset",
    "begin",
    "from",
    "offset",
    "startms",
    "timestamp",
    "time",
    "ts",
    "startts",
)
_END = ("end", "endtime", "endoffset", "to", "stop", "endms", "endts")
_TITLE = ("title", "meetingtitle", "topic", "subject", "name")
_DAY = ("date", "meetingdate", "day", "recordedon", "datestring")
_SPACE = re.compile(r"\s+")
# Of two lists with about the same words, that of whole utterances is taken and not that of single words.
_SAME_WORDS = 0.9
# Seconds between two segments, above which their times are milliseconds.
_SLOW = 200.0
_ISO_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


@dataclass(frozen=True, slots=True)
class JsonTranscript:
    """A transcript in JSON: its cues, its title or None, and the strings in which its day may stand."""

    cues: list[Cue]
    title: str | None
    comments: list[str]


def parse_json(text: str, file: str, limits: Limits) -> JsonTranscript:
    """Parse a transcript in JSON.

    Raises:
        CorpusError: it is no JSON, nested too deep, or has no list of segments with words.
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{file}: no JSON that can be read; give the file as it was exported") from error
    best: list[dict[str, Any]] = []
    for rows in _lists(tree, limits.nesting):
        held, most = _characters(rows), _characters(best)
        if held > most / _SAME_WORDS or (held >= most * _SAME_WORDS and len(rows) < len(best)):
            best = rows
    if not best:
        raise CorpusError(f'{file}: no transcript ({{"segments": [{{"start": 0.0, "text": ...}}]}}); save it as .txt')
    top = _fields(tree) if isinstance(tree, dict) else {}
    title = next((w for key in _TITLE if isinstance(w := top.get(key), str) and w.strip()), None)
    comments = [w for key in _DAY if isinstance(w := top.get(key), str)] + ([title] if title else [])
    return JsonTranscript(_cues(best), _SPACE.sub(" ", title).strip()[:200] if title else None, comments)


def _lists(tree: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    """Yield each list of objects with words, fields by their names in lower case without "_"."""
    if depth <= 0:
        return
    if isinstance(tree, list):
        rows = [_fields(row) for row in tree if isinstance(row, dict)]
        if rows and sum(_words(row) is not None for row in rows) * 2 > len(rows):
            yield rows
    for inner in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        if isinstance(inner, (dict, list)):
            yield from _lists(inner, depth - 1)


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {key.lower().replace("_", "").replace("-", ""): value for key, value in row.items()}


def _words(row: dict[str, Any]) -> str | None:
    return next((value for key in _WORDS if isinstance(value := row.get(key), str)), None)


def _characters(rows: Sequence[dict[str, Any]]) -> int:
    return sum(len(_words(row) or "") for row in rows)


def _cues(rows: Sequence[dict[str, Any]]) -> list[Cue]:
    starts, ends = ([_time(row, keys) for row in rows] for keys in (_START, _END))
    known = [start for start in starts if start is not None]
    in_ms = "startms" in rows[0] or (len(known) > 1 and (max(known) - min(known)) / (len(known) - 1) > _SLOW)
    scale = 0.001 if in_ms else 1.0
    cues = []
    for row, start, end in zip(rows, starts, ends, strict=True):
        words = _SPACE.sub(" ", _words(row) or "").strip()
        if words:
            cues.append(Cue(words, _scaled(start, scale), _scaled(end, scale), _speaker(row)))
    return cues


def _scaled(time: float | None, scale: float) -> float | None:
    return None if time is None else time * scale


def _time(row: dict[str, Any], keys: Sequence[str]) -> float | None:
    value = next((value for key in keys if (value := row.get(key)) is not None), None)
    if isinstance(value, str):
        match = _ISO_DURATION.fullmatch(value)
        return (
            sum(float(n or 0) * unit for n, unit in zip(match.groups(), (3600, 60, 1), strict=True))
            if match
            else seconds_of(value)
        )
    if isinstance(value, dict):
        value = value.get("seconds")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12
    return float(value) if is_number and value is not None else None


def _speaker(row: dict[str, Any]) -> str | None:
    value = next((value for key in _SPEAKER if (value := row.get(key)) is not None), None)
    if isinstance(value, dict):
        value = next((v for key in ("name", "displayname", "label", "id") if (v := _fields(value).get(key))), None)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    name = _SPACE.sub(" ", str(value)).strip()
    # Numbers and letters stand for persons whom the program could not name.
    return f"Speaker {name}" if len(name) == 1 or name.isdecimal() else name or None
