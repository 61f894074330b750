"""Generate text, Markdown, front matter and records.toml for the fuzz tests, mutated or put together at random."""

from hypothesis import strategies as st

from support.fuzz import mutated
from support.generated_texts import texts

_JAPANESE = "大臣は会合で信頼性のある自由なデータ流通に合意した。\n\n会合はトリエステで開かれた。\n"
_WESTERN = "The ministers met in Zürich. “They agreed”, said Łukasz Çelik – at 3 € a head.\n\n• Café\n• Naïve\n"
_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "shift_jis",
    "euc-jp",
    "iso2022_jp",
    "cp1252",
    "cp1250",
    "cp1251",
    "utf-32",
    "utf-7",
    "gb18030",
    "big5",
    "euc-kr",
)
CONTROLS = [
    b"\0",
    b"\x1b[2J",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x85",
    b"\x1a",
    b"\r",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"+AGE-",
]


def _in(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "replace")


_plain_good = [_in(text, encoding) for text in (_JAPANESE, _WESTERN) for encoding in _ENCODINGS]
_MARKS = [
    b"# ",
    b"\n\n## ",
    b"- ",
    b"1. ",
    b"| a | b |\n|---|---|\n",
    b"**",
    b"```\n",
    b"> ",
    b"[a](b)",
    b"<b>",
    b"---\n",
    b"    ",
    b"\n===\n",
    b"![",
    b"*" * 50,
    b"[" * 200,
    b"(1) ",
]
_FRONT = (
    b"---\ntitle: 'Talks: a'\ndate: 2021-08-05\nmeeting_date: 2021-08-04\nmeeting_end: 2021-08-05\n"
    b"url: https://example.org/a\nforum: G20\n---\n# Talks\n\nThey met.\n"
)
_YAML = [
    b"---\n",
    b"...\n",
    b"&a ",
    b"*a",
    b"!!python/object:os.system ",
    b"!!binary ",
    b"? ",
    b"- ",
    b"{",
    b"[",
    b": ",
    b"|\n  ",
    b">-\n",
    b"%YAML 9.9\n",
    b"<<: *a\n",
    b"\t",
    b"'",
    b'"',
    b"date: 0000-99-99\n",
    b"date: 9999-12-31\n",
    b"language: \xf0\x9f\x91\xa9\n",
    b"title: \x07\n",
    b"title: [a]\n",
]
plain = st.one_of(
    st.binary(max_size=400),
    mutated(_plain_good, CONTROLS),
    st.builds(_in, st.text(min_size=1), st.sampled_from(_ENCODINGS)),
)
markdown = st.one_of(texts.map(str.encode), mutated([_FRONT, *_plain_good[:2]], _MARKS + CONTROLS))
front_matter = st.one_of(
    mutated([_FRONT], _YAML),
    st.lists(st.sampled_from(_YAML), max_size=25).map(lambda found: b"---\n" + b"".join(found) + b"\n---\nThey met.\n"),
)


_TOML = (
    b'[[record]]\nfile = "a.txt"\ntitle = "Talks"\npublished = 2021-08-05\naddress = "https://example.org/a"\n'
    b'[record.meeting]\nforum = "G20"\nfirst_day = 2021-08-04\nlast_day = 2021-08-05\n'
)
_TOML_TOKENS = [
    b"[[record]]\n",
    b"[record]\n",
    b"[",
    b"]",
    b"=",
    b'"',
    b"'''",
    b"{",
    b"}",
    b"file = 1\n",
    b'file = "../a.txt"\n',
    b"file = []\n",
    b"published = 2021-13-45\n",
    b"published = 07:30:00\n",
    b"last_day = 1979-05-27T00:32:00+09:00\n",
    b"title = {a = 1}\n",
    b"forum = inf\n",
    b"meeting = 1\n",
    b"\\uD800",
    b"#",
    b"\0",
    b"\r",
    b"\xff",
    b"a.b.c = 1\n",
    b"[" * 3000,
]
records_toml = st.one_of(
    st.binary(max_size=200),
    mutated([_TOML], _TOML_TOKENS),
    st.lists(st.sampled_from(_TOML_TOKENS), max_size=20).map(b"".join),
)
