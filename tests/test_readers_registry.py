from io import BytesIO
from zipfile import ZipFile

import pytest

from corpus.errors import CorpusError
from corpus.readers.registry import BY_SUFFIX, format_of, listed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PAGE = b"<!doctype html><title>a</title><p>They met.</p>"
SAVED = (
    b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x\r\n"
)


def zipped(*names: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, b"application/vnd.oasis.opendocument.text" if name == "mimetype" else b"<a/>")
    return held.getvalue()


def refusal(raw: bytes, name: str) -> str:
    with pytest.raises(CorpusError) as refused:
        format_of(raw, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"They met.", "a.txt"),
        ("They met.".encode("utf-16"), "a.txt"),
        (b"PDF files begin with %PD", "a.txt"),
        (b"BM and MZ are no more than letters, GIF is a word", "a.txt"),
        (b"Re: <b>talks</b>\n\nContent-Type: multipart/related is a header", "a.md"),
        (b'<div align="center">\n\n# Talks\n\n</div>\n', "a.md"),
        (b"<!-- a note -->\n# Talks", "a.markdown"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Short.</v>", "a.vtt"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nShort.", "a.srt"),
        (b'{"segments": []}', "a.json"),
        (PAGE, "a.html"),
        (PAGE, "A.HTM"),
        (PAGE.decode().encode("utf-16"), "a.html"),
        (b"<p>They met.", "a.html"),
        (b'<?xml version="1.0"?>\n<!-- saved from url=(0014)about:internet -->\n<html xmlns="a"/>', "a.xhtml"),
        (SAVED, "a.mht"),
        (b"%PDF-1.7\n", "a.pdf"),
        (b"\n\n%PDF-1.7\n", "a.pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx"),
        (zipped("mimetype", "content.xml"), "a.odt"),
        (b"{\\rtf1 They met.}", "a.rtf"),
        (zipped("META-INF/container.xml"), "a.epub"),
        (b"Port,Berths", "a.csv"),
        (b"Port\tBerths", "a.tsv"),
    ],
)
def test_a_file_is_what_its_name_says(raw: bytes, name: str) -> None:
    assert format_of(raw, name) is BY_SUFFIX["." + name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    ("raw", "name", "complaint"),
    [
        (b"%PDF-1.7\n", "x.txt", "x.txt: this is a PDF; name it x.pdf"),
        (b"%PDF-1.7\n", "folder/x.txt", "folder/x.txt: this is a PDF; name it x.pdf"),
        (b"%PDF-1.7\n", "x", "x: this is a PDF; name it x.pdf"),
        (PAGE, "x.txt", "x.txt: this is a web page; name it x.html"),
        (b"<div>" + b"<p>They met.</p>" * 9, "x.txt", "x.txt: this is a web page; name it x.html"),
        (PAGE, "x.pdf", "x.pdf: this is a web page; name it x.html"),
        (SAVED, "x.html", "x.html: this is a saved web page (MHTML); name it x.mhtml"),
        (b"They met.", "x.html", "x.html: this is plain text; name it x.txt"),
        (b"PK\0abc", "x.docx", "x.docx: the file is damaged, or no .docx file; get it again, or save it anew"),
        ("They met.".encode("utf-16"), "x.pdf", "x.pdf: this is plain text; name it x.txt"),
        (b"They met.", "x.pdf", "x.pdf: this is plain text; name it x.txt"),
        (b"They met.", "x.mht", "x.mht: this is plain text; name it x.txt"),
        (b'<?xml version="1.0"?><rss/>', "x.html", "x.html: this is an XML file; save it as .html, .txt or .docx"),
        (zipped("word/document.xml"), "x.txt", "x.txt: this is a Word document; name it x.docx"),
        (zipped("xl/workbook.xml"), "x.docx", "x.docx: this is an Excel file; name it x.xlsx"),
        (zipped("mimetype", "content.xml"), "x.docx", "x.docx: this is an OpenDocument text; name it x.odt"),
        (
            zipped("a.txt"),
            "x.docx",
            "x.docx: this is a zip archive without an Office document in it; name it .zip and add it as an archive",
        ),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "x.docx",
            "x.docx: this is an Office file with a password; remove the password in Office and save it again",
        ),
        (OLE + "WordDocument".encode("utf-16-le"), "x.doc", "x.doc: this is an old Word file; save it as .docx"),
        (OLE, "x.txt", "x.txt: this is an old Office file; save it as .docx or .pdf"),
        (b"\x89PNG\r\n\x1a\n", "x.txt", "x.txt: this is a PNG picture; give a text, PDF or Word file of it"),
        (b"\x7fELF\x02", "x.md", "x.md: this is a program; give a text, PDF or Word file of it"),
        (b"", "x.txt", "x.txt: the file is empty"),
        (b" \r\n\t", "x.pdf", "x.pdf: the file is empty"),
        (
            b"They met.",
            "x.abc",
            f"x.abc: this kind of file is not read; give a {listed(BY_SUFFIX)} file",
        ),
    ],
)
def test_a_file_that_is_something_else_is_refused_with_what_it_is(raw: bytes, name: str, complaint: str) -> None:
    assert refusal(raw, name) == complaint


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("x.pages", "x.pages: a Pages file is not read; export it from Pages as .docx or .pdf"),
        ("x.MP3", "x.MP3: a recording is not read; give its transcript as .vtt, .srt, .docx or .txt"),
        ("x.rar", "x.rar: an archive of this kind is not read; pack it again as .zip"),
    ],
)
def test_a_known_file_that_is_not_read_is_refused_with_what_to_give(name: str, complaint: str) -> None:
    assert refusal(b"They met.", name) == complaint


@pytest.mark.parametrize(
    ("raw", "name", "suffix"),
    [
        (b"{\\rtf1 They met.}", "a.doc", ".rtf"),
        (PAGE, "a.doc", ".html"),
        (SAVED, "a.doc", ".mhtml"),
        (zipped("word/document.xml"), "a.doc", ".docx"),
        (b"They met.", "a.doc", ".txt"),
        (b"Port\tBerths\n", "a.xls", ".csv"),
        (PAGE, "a.xls", ".html"),
        (zipped("ppt/presentation.xml"), "a.ppt", ".pptx"),
    ],
)
def test_what_is_inside_decides_on_an_old_office_suffix(raw: bytes, name: str, suffix: str) -> None:
    assert format_of(raw, name) is BY_SUFFIX[suffix]
