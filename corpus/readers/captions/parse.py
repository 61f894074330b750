"""Parse caption files: cues with their speakers, and the comments before them.

WebVTT: https://www.w3.org/TR/webvtt1/. SubRip has no specification; it differs in numbers, commas and tags.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.language.word_lists import word_list
from corpus.readers.captions.cue import Cue, seconds_of
from corpus.speaker_label import Form, read_label

_TIMING = re.compile(r"^\s*[-\d][^\s]*\s*-->")
_TIMES = re.compile(r"^\s*(-?[\d:.,]+)\s*-->\s*(-?[\d:.,]+)")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,200})>")
_MARKUP = re.compile(r"<[^<>\n]{0,300}>|\{\\[^{}\n]{0,100}\}")
# ">> " and "- " begin the words of another speaker in broadcast captions.
_CHANGE = re.compile(r"^\s*(?:>>+|&gt;&gt;(?:&gt;)?)\s*")
_DASH = re.compile(r"^\s*[-–—]\s*(?=\S)")
_SPACE = re.compile(r"\s+")
# A comment in the words of people, no "language: en-us", "Confidence: 0.9" or address.
_SETTING = re.compile(
    r"^[\w -]{1,30}[:=]\s*\S+$|https?://|^\W*$|\b(?:generated|created|exported|recognizab\w*)\b", re.IGNORECASE
)
_HEADER = re.compile(r"^\ufeff?WEBVTT(?:[ \t]+-?[ \t]*(?P<title>\S.*))?$")
# Most characters of a title.
_TITLE = 200
_RECORD_LABELS = word_list("record_labels.txt")


@dataclass(slots=True)
class Captions:
    """The content of a caption file.

    Attributes:
        cues: in the order of the file.
        comments: the lines of comments before the first cue, and the words behind "WEBVTT".
        broken: number of cues whose times cannot be read.
        reversed: the times of cues that end before they begin, as written.
    """

    cues: list[Cue] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    broken: int = 0
    reversed: list[str] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        """The first comment in the words of people; None where there is none."""
        return next((c for c in self.comments if " " in c and len(c) <= _TITLE and not _SETTING.search(c)), None)


def parse_captions(text: str) -> Captions:
    """Parse a caption file in WebVTT or SubRip form; cues of several speakers are cut, markup is dropped."""
    captions = Captions()
    raw: list[tuple[float | None, float | None, list[str]]] = []
    skips = False
    lines = text.splitlines()
    for number, line in enumerate(lines):
        after_blank = number == 0 or not lines[number - 1].strip()
        if number == 0 and (header := _HEADER.match(line)):
            skips = True
            captions.comments.extend(filter(None, (header["title"],)))
        elif _TIMING.match(line) or _has_broken_times(lines, number):
            skips = False
            times = _TIMES.match(line)
            start, end = (seconds_of(times[1]), seconds_of(times[2])) if times else (None, None)
            captions.broken += start is None
            if start is not None and end is not None and end < start:
                captions.reversed.append(line.strip())
            _drop_identifier(raw, lines, number)
            raw.append((start, end, []))
        elif after_blank and _BLOCK.match(line):
            skips = True
            if line.startswith("NOTE") and not raw:
                captions.comments.append(line[4:])
        elif skips:
            skips = bool(line.strip())
            if skips and not raw and captions.comments:
                captions.comments.append(line)
        elif after_blank and _names_untimed(lines, number):
            captions.broken += 1
        elif raw:
            raw[-1][2].append(line)
    captions.comments = [comment.strip() for comment in captions.comments if comment.strip()]
    pieces = [Cue(w, s, e, v) for s, e, cue_lines in raw for w, v in _speech("\n".join(cue_lines))]
    captions.cues = _without_labels(pieces)
    return captions


def _has_broken_times(lines: list[str], number: int) -> bool:
    """Return True for a line of times that no program can read, below the number of its cue: "4", "xx --> yy"."""
    is_below_number = number > 0 and lines[number - 1].strip().isdecimal()
    return "-->" in lines[number] and is_below_number and (number == 1 or not lines[number - 2].strip())


def _names_untimed(lines: list[str], number: int) -> bool:
    """Return True for the identifier of a cue without times: the line above the first one that has a voice."""
    behind = lines[number + 1] if number + 1 < len(lines) else ""
    return bool(lines[number].strip()) and _VOICE.search(behind) is not None and not _VOICE.search(lines[number])


def _drop_identifier(raw: list[tuple[float | None, float | None, list[str]]], lines: list[str], number: int) -> None:
    """Drop the number or identifier of a cue, the line above its times, from the words of the cue before."""
    if not raw or number == 0 or not lines[number - 1].strip():
        return
    is_identifier = lines[number - 1].strip().isdecimal() or number < 2 or not lines[number - 2].strip()
    if is_identifier and raw[-1][2]:
        raw[-1][2].pop()


def _speech(words: str) -> Iterator[tuple[str, str | None]]:
    """Yield the words of a cue with their speaker, without markup, one piece for each voice or change of speaker."""
    parts = _VOICE.split(words)
    for voice, part in zip([None, *parts[1::2]], parts[::2], strict=True):
        speaker = _clean(voice) if voice else None
        pieces: list[tuple[str, str | None]] = []
        lines = [_MARKUP.sub("", line) for line in part.split("\n")]
        dashed = sum(bool(_DASH.match(line)) for line in lines) > 1
        for line in lines:
            change = _CHANGE.match(line) or (dashed and _DASH.match(line))
            bare = _clean(line[change.end() :] if change else line)
            if not bare:
                continue
            if pieces and not change:
                pieces[-1] = (f"{pieces[-1][0]} {bare}", pieces[-1][1])
            else:
                pieces.append((bare, speaker or ("" if change else None)))
        yield from pieces


def _clean(words: str) -> str:
    return _SPACE.sub(" ", html.unescape(_MARKUP.sub("", words))).replace("\u200b", "").strip()


def _without_labels(cues: list[Cue]) -> list[Cue]:
    """Make the names before the words ("Ada Bo: Good morning.") speakers, where the file has such labels."""
    labels = [read_label(cue.words[:200]) if not cue.speaker else None for cue in cues]
    named = [label if label and label.form is Form.COLON else None for label in labels]
    count = Counter(label.speaker for label in named if label)
    names = {name for name, n in count.items() if not _is_record_label(name) and (n > 1 or len(name.split()) > 1)}
    names |= {name for name in count if name.isupper() and not _is_record_label(name)}
    if sum(count[name] for name in names) < 2:
        return cues
    return [
        replace(cue, words=cue.words[label.length :].strip(), speaker=cue.words[: label.length].rstrip(" :："))
        if label and label.speaker in names
        else cue
        for cue, label in zip(cues, named, strict=True)
    ]


def _is_record_label(name: str) -> bool:
    return name.lower().split()[0] in _RECORD_LABELS
