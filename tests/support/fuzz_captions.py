"""Generate captions and transcripts in JSON for the fuzz tests."""

from support.fuzz import mutated

_VTT = (
    b"WEBVTT\n\nNOTE\nHarbour talks, 4 March 2025\n\n"
    b"1\n00:00:01.000 --> 00:00:02.000 line:0\n<v Ada Bo>It is short.</v>\n\n"
    b"00:00:02.000 --> 00:00:03.000\n>> JON: Who pays?\n"
)
_SRT = b"1\n00:00:01,000 --> 00:00:02,000\nAda Bo: It is\n\n2\n00:00:02,000 --> 00:00:03,000\nshort.\n"
_TOKENS = [
    b"-->",
    b"00:00:0x.000 --> 1\n",
    b"-00:00:09.000 --> 9:9\n",
    b"<v ",
    b"</v>",
    b"<",
    b"{\\an8}",
    b"\n\n",
    b"\0",
    b"\xff",
    b"&gt;&gt; ",
    b"NOTE",
    b"STYLE\n",
    b": ",
]
captions = mutated([_VTT, _SRT], _TOKENS)
_JSON = b'{"title": "Talks", ' + (
    b'"segments": [{"start": 0.5, "end": 2, "speaker": "Ada", "text": "It is short."}, {"text": ""}]}'
)
_JSON_TOKENS = [
    b"{",
    b"[",
    b"]",
    b"}",
    b'"',
    b"null",
    b"1e999",
    b"NaN",
    b"-1",
    b"true",
    b'"text": 1',
    b"[" * 3000,
    b'"\\ud800"',
    b",",
]
transcripts = mutated([_JSON], _JSON_TOKENS)
