"""Build hostile caption files."""

from support.hostile_files import Accepted, Hostile, Refused


def _long() -> bytes:
    def time(at: int) -> str:
        return f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000"

    cues = (f"{time(2 * i)} --> {time(2 * i + 2)}\n<v Person {i * 7 % 300}>It is {i}.</v>\n\n" for i in range(18_000))
    return ("WEBVTT\n\n" + "".join(cues)).encode()


CAPTIONS = (
    Hostile("empty captions", "empty.vtt", b"", Refused("empty")),
    Hostile(
        "captions without words", "bare.vtt", b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n\n", Refused("no caption")
    ),
    Hostile("a picture under captions' name", "picture.srt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Refused("png")),
    Hostile("ten hours of three hundred speakers", "long.vtt", _long, Accepted(("Person 7 (00:00:02): It is 1.",))),
    Hostile("JSON nested deep", "deep.json", b"[" * 1_000_000, Refused("no json")),
    Hostile("JSON of other things", "package.json", b'{"name": "x"}', Refused("no transcript")),
)
