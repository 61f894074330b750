"""A PDF that cannot be read is refused in one line with the reason; one that can be read in part names the part."""

import io
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.pdf.reader import read_pdf
from support.printed_pdf import drawn_pdf, file_of, stream_of, text_lines

WHOLE = drawn_pdf(text_lines(["The ministers met.", "They agreed."]), text_lines(["They met again."]))
WORDS = b"BT /F1 12 Tf 72 700 Td (The ministers met.) Tj ET"
IMAGE = stream_of(
    b"x", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
)
FORM = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >>\n"
    b"stream\n/X Do\nendstream"
)


def read(raw: bytes, **limits: int) -> Content:
    return read_pdf(raw, "folder/a.pdf", replace(Limits(), **limits))


def encrypted(password: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(WHOLE)))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def one_page(contents: bytes, *more: bytes, kids: bytes = b"3 0 R", count: int = 1, catalogue: bytes = b"") -> bytes:
    return file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>",
            contents,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )


def scanned(pages: int) -> bytes:
    return one_page(stream_of(b"500 0 0 700 0 0 cm /X Do"), IMAGE, kids=b" ".join([b"3 0 R"] * pages), count=pages)


def refused() -> Iterator[tuple[str, bytes, str]]:
    for algorithm in ("RC4-128", "AES-128", "AES-256"):
        yield algorithm, encrypted("secret", algorithm), "needs a password; save it without and add it again"
    yield "half", WHOLE[: len(WHOLE) // 2], "cut off, or no PDF file (its end is missing); get the whole file"
    yield "empty", b"", "cut off, or no PDF file"
    yield "head", b"%PDF-1.7\nstartxref\n0\n%%EOF", "broken, or no PDF file; save it again and retry"
    yield "no page", drawn_pdf(), "broken"
    yield "blank", drawn_pdf([], []), "the file is empty (2 pages without text)"
    yield "images", scanned(7), "has no text layer (7 pages of images); run OCR first"
    yield "one image", scanned(1), "has no text layer (1 page of images); run OCR first"
    yield "bomb", one_page(stream_of(b" " * 90_000_000)), "a compression bomb: "
    twice = zlib.compress(zlib.compress(b" " * 90_000_000, 9), 9)
    both = stream_of(b"", b"/Filter [/FlateDecode /FlateDecode]", twice)
    yield "bomb in a bomb", one_page(both), "a compression bomb: "
    yield "words as a bomb", one_page(stream_of(b"(a) Tj " * 1_500_000)), "a compression bomb: "


@pytest.mark.parametrize(("raw", "said"), [pytest.param(*rest, id=name) for name, *rest in refused()])
def test_what_cannot_be_read_is_refused_in_one_line(raw: bytes, said: str) -> None:
    with pytest.raises(CorpusError) as error:
        read(raw)
    assert str(error.value).startswith("folder/a.pdf: " + said)
    assert "\n" not in str(error.value)


def test_too_many_pages_are_refused_before_they_are_read() -> None:
    with pytest.raises(CorpusError, match=r"2 pages are over the limit of 1; split the file"):
        read(WHOLE, pages=1)


def test_too_many_characters_are_refused_at_their_page() -> None:
    with pytest.raises(CorpusError, match=r"over 40 characters by page 2 of 2; split the file"):
        read(WHOLE, characters=40)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_what_opens_without_a_password_is_read(algorithm: str) -> None:
    assert read(encrypted("", algorithm)).text == read(WHOLE).text


@pytest.mark.parametrize(
    "raw",
    [
        one_page(stream_of(WORDS), kids=b"3 0 R 2 0 R", count=2),
        one_page(stream_of(WORDS), count=2_000_000_000),
        one_page(stream_of(WORDS), count=-1),
        one_page(stream_of(b"/X Do " + WORDS), FORM),
        one_page(stream_of(b"q " * 100_000 + WORDS)),
        one_page(stream_of(WORDS), catalogue=b"/X " + b"[" * 50_000 + b"]" * 50_000),
        one_page(stream_of(WORDS), b"<< /First 6 0 R /Next 6 0 R /Title (x) >>", catalogue=b"/Outlines 6 0 R"),
        one_page(stream_of(WORDS), catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        one_page(stream_of(WORDS), catalogue=b"/OpenAction << /S /Launch /F (/bin/true) >>"),
        one_page(stream_of(WORDS), catalogue=b"/OpenAction << /S /GoToR /F (http://127.0.0.1:9/) >>"),
        one_page(stream_of(WORDS)).replace(b"startxref\n", b"startxref\n9"),
        b"\n\njunk\n" + one_page(stream_of(WORDS)),
    ],
    ids=["page tree", "count", "no count", "form", "states", "depth", "outlines", "script", "launch", "remote", "table",
         "junk"],
)  # fmt: skip
def test_loops_depths_and_actions_do_no_harm(raw: bytes) -> None:
    assert read(raw).text.startswith("The ministers met.")


def test_pages_without_text_are_told() -> None:
    content = read(
        file_of(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Kids [3 0 R 5 0 R 3 0 R 9 0 R] /Count 4 >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                b" /Resources << /Font << /F1 8 0 R >> >> >>",
                stream_of(WORDS),
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R"
                b" /Resources << /XObject << /X 7 0 R >> >> >>",
                stream_of(b"500 0 0 700 0 0 cm /X Do"),
                IMAGE,
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            ]
        )
    )
    assert content.warnings == (
        "page 2 is without a text layer (images), so not read",
        "page 4 is broken, so not read",
    )
    at = content.text.rindex("The ministers")
    assert content.pages == (0, at, at, len(content.text))


def test_letters_that_nobody_can_tell_are_no_text() -> None:
    private = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
    private += b" 1 beginbfrange <00> <ff> <e000> endbfrange endcmap end"
    raw = one_page(stream_of(WORDS), stream_of(private)).replace(b"/Helvetica >>", b"/Helvetica /ToUnicode 6 0 R >>")
    with pytest.raises(CorpusError, match=r"does not say which letters its 1 page have; run OCR first"):
        read(raw)


def test_no_thread_waits_for_another_for_ever_after_a_refusal() -> None:
    with pytest.raises(CorpusError):
        read(encrypted("secret", "AES-256"))
    assert read(WHOLE).text == read(WHOLE).text


def test_the_reader_is_loaded_only_when_it_reads() -> None:
    said = (
        "import sys, corpus.readers.pdf.reader; print([m for m in ('pypdfium2', 'pypdf', 'numpy') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "[]\n"


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300).map(lambda junk: b"%PDF-1.7\n" + junk + b"\nstartxref\n9\n%%EOF"),
        st.builds(
            lambda place, put: WHOLE[: place % len(WHOLE)] + put + WHOLE[place % len(WHOLE) + len(put) :],
            st.integers(0, 100_000),
            st.binary(min_size=1, max_size=12),
        ),
        st.builds(lambda a, b: WHOLE[: a % len(WHOLE)] + WHOLE[b % len(WHOLE) :], st.integers(0), st.integers(0)),
    )
)
def test_damaged_bytes_are_read_or_refused_in_one_line(raw: bytes) -> None:
    said = ""
    try:
        content = read(raw)
    except CorpusError as error:
        said = str(error)
    if said:
        assert said.startswith("folder/a.pdf: ")
        assert "\n" not in said
    else:
        assert content.text.strip()
        assert len(content.pages) >= 1
