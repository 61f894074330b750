"""Generate archives for the fuzz tests, mutated or put together at random."""

from hypothesis import strategies as st

from support import hostile_zip
from support.fuzz import mutated

_zip_good = [
    hostile_zip.archive([("a.txt", b"They met.\n"), ("b/c.md", b"# Talks\n\nThey left.\n")]),
    hostile_zip.archive([("a.txt", b"They met.\n")], 0),
    hostile_zip.encrypted(),
    hostile_zip.crowded(3),
    hostile_zip.overlapping(3),
]
_names = st.one_of(
    st.sampled_from(
        (
            "a.txt",
            "../a.txt",
            "/a.txt",
            "a\0b.txt",
            "a\nb.txt",
            "C:\\a.txt",
            "..",
            ".",
            "",
            "a/",
            "a//b.txt",
            "会.txt",
            "é.txt",
            "records.toml",
            "x" * 300 + ".txt",
            "A.TXT",
            "./a.txt",
            "b.zip",
            "c.pdf",
        )
    ),
    st.text(max_size=12),
)
archives = st.one_of(
    mutated(
        _zip_good,
        [
            b"PK\3\4",
            b"PK\1\2",
            b"PK\5\6",
            b"PK\6\6",
            b"PK\6\7",
            b"\xff\xff\xff\xff",
            b"\xff\xff",
            b"\0\0\0\0",
            b"\x09\0",
            b"a.txt",
            b"../",
        ],
    ),
    st.lists(
        st.tuples(_names.filter(lambda name: not any("\ud800" <= c <= "\udfff" for c in name)), st.binary(max_size=40)),
        max_size=6,
    ).map(hostile_zip.archive),
)
