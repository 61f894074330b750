"""One piece of recorded talk, as captions and speech recognition state it."""

import re
from dataclasses import dataclass

# Ends a sentence, also before a bracket or quotation mark.
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]」』）]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """Some words of one speaker.

    Attributes:
        words: in one line.
        start: seconds from the beginning; None where the file states no time that can be read.
        end: seconds from the beginning; None where none is stated.
        speaker: the name as written; "" where another speaker begins whose name is not stated; None where the file
            does not say that the speaker changes.
    """

    words: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None

    @property
    def ends_sentence(self) -> bool:
        """True if a sentence ends with these words."""
        return bool(SENTENCE_END.search(self.words))


def seconds_of(time: str) -> float | None:
    """Return the seconds of "1:02:03.5", "00:02,500" or "62.5"; None for other words."""
    try:
        parts = [float(part) for part in time.strip().replace(",", ".").split(":")]
    except ValueError:
        return None
    sign = -1.0 if time.strip().startswith("-") else 1.0
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + abs(part)
    return sign * seconds if len(parts) <= 3 and seconds < float("inf") else None


def spell_time(seconds: float) -> str:
    """Return seconds as "01:02:03"; a negative time is 0."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
