"""Call the page's endpoints for evidence, copies, exports and checks, as any client may."""

import base64
import html
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordFile
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.conversation import Conversation
from assistant.evidence.evidence_list import EvidenceList
from assistant.export import ExportRefused
from assistant.export.bibliography.style import STYLE_FILES, Style
from assistant.export.formats import Format
from assistant.verification.findings import Verdict
from assistant.web.application import application
from assistant.web.chat.clipboard import CopyFormat, copy_citation
from assistant.web.chat.source_links import SelectionEnd, SourceLink, link_selection
from assistant.web.evidence import render_evidence
from assistant.web.language import texts
from assistant.web.reports.export import STYLES, PendingExports, render_dialog
from corpus.span import Span
from index.errors import LibraryError
from index.library import Library, open_library
from support.generated_texts import document
from support.word_counts import WordCounts

WORDS = "Indonesia was absent"
HOSTILE = "# T\n\nThey \u202eagreed\u202c on <b>data</b> & 👩‍👩‍👧 flows.\n\nA second\nparagraph came.\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("page") / "library", encoder=WordCounts())


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860") as client:
        yield client


@pytest.fixture
def kept(library: Library) -> EvidenceList:
    with library.change_evidence() as evidence:
        evidence.delete(evidence.rows())
    return EvidenceList(library)


def place_of(library: Library, words: str = WORDS) -> SourceLink:
    found = next(d for d in library.documents() if words in d.text)
    start = found.text.index(words)
    return SourceLink(found, Span(start, start + len(words)))


def refusal(reply: Any) -> str:
    assert reply.status_code == 200
    return html.unescape("".join(re.findall(r'<p class="refused" role="alert">(.*?)</p>', reply.text)))


# The list


def test_a_place_is_added_once_and_the_list_returns(client: TestClient, library: Library, kept: EvidenceList) -> None:
    place = place_of(library).name
    for _ in range(2):
        listed = client.post("/evidence/add", json={"place": place})
        assert (listed.status_code, refusal(listed)) == (200, "")
    assert re.findall(r'data-place="([^"]+)"', listed.text) == [place]
    assert [(i.quote, i.section) for i in kept.items()] == [
        (WORDS, ("Participating countries, regions, and international organizations",))
    ]


@pytest.mark.parametrize("place", ["", "x", "0123456789abcdef-1-2", "../../etc/passwd", "1-2-3", "\u202e"])
def test_a_place_that_is_none_is_refused_in_words(client: TestClient, kept: EvidenceList, place: str) -> None:
    assert refusal(client.post("/evidence/add", json={"place": place})) != ""
    assert kept.count() == 0


def test_a_whole_record_is_no_quotation(client: TestClient, library: Library, kept: EvidenceList) -> None:
    whole = SourceLink(place_of(library).document).name
    assert "Mark the words" in refusal(client.post("/evidence/add", json={"place": whole}))
    assert kept.count() == 0


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("add", {}),
        ("add", {"place": 5}),
        ("add", {"place": "x" * 65}),
        ("add", {"place": "x", "more": 1}),
        ("remove", {"id": "1"}),
        ("remove", {"id": 0}),
        ("remove", {"id": 2**70}),
        ("remove", {"id": True}),
        ("move", {"id": 1, "by": 2}),
        ("write", {"id": 1, "field": "anchor", "words": "x"}),
        ("write", {"id": 1, "field": "note", "words": "x" * 20_001}),
        ("mark", {"record": "x", "first": -1, "first_offset": 0, "last": 0, "last_offset": 0}),
    ],
)
def test_what_no_page_sends_is_refused(client: TestClient, kept: EvidenceList, path: str, sent: Any) -> None:
    assert client.post(f"/evidence/{path}", json=sent).status_code == 422
    assert kept.count() == 0


@pytest.mark.parametrize("path", ["add", "mark", "write", "move", "remove", "remove-all", "undo"])
def test_nothing_is_changed_by_a_link_or_from_another_site(client: TestClient, path: str) -> None:
    assert client.get(f"/evidence/{path}").status_code in (404, 405)
    assert client.post(f"/evidence/{path}", json={}, headers={"origin": "https://evil.example"}).status_code == 403


def test_an_item_that_another_session_removed_is_refused_in_words(
    client: TestClient, library: Library, kept: EvidenceList
) -> None:
    place = place_of(library)
    id_ = kept.add(Citation(place.document, place.span or Span(0, 1)))
    kept.remove(id_)
    for path, sent in (
        ("remove", {"id": id_}),
        ("move", {"id": id_, "by": 1}),
        ("write", {"id": id_, "field": "note", "words": "x"}),
    ):
        assert "no longer in the evidence list" in refusal(client.post(f"/evidence/{path}", json=sent))


def test_a_heading_and_a_note_with_markup_are_text(client: TestClient, library: Library, kept: EvidenceList) -> None:
    place = place_of(library)
    id_ = kept.add(Citation(place.document, place.span or Span(0, 1)))
    evil = '"></textarea><script>alert(1)</script>'
    for field in ("note", "heading"):
        listed = client.post("/evidence/write", json={"id": id_, "field": field, "words": evil})
    assert "<script" not in listed.text
    assert html.unescape(listed.text).count(evil) == 2


def test_half_a_character_is_not_said_back(client: TestClient, library: Library, kept: EvidenceList) -> None:
    place = place_of(library)
    id_ = kept.add(Citation(place.document, place.span or Span(0, 1)))
    body = f'{{"id": {id_}, "field": "note", "words": "a\\ud800b"}}'
    reply = client.post("/evidence/write", content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, "no such thing" in html.unescape(reply.text)) == (422, True)
    assert kept.items()[0].note == ""


def test_a_record_that_is_written_to_attack_is_text_in_the_list(tmp_path: Path) -> None:
    held = open_library(tmp_path / "hostile", encoder=WordCounts(), founding=False)
    title = '"><img src=x onerror=alert(1)>'
    words = "<script>alert(1)</script> $x$ \u202ecame here."
    held.add(document(f"---\ntitle: {json.dumps(title)}\n---\n{words}\n", "<b>.md"))
    (found,) = held.documents()
    start = found.text.index("<script")
    kept = EvidenceList(held)
    kept.add(Citation(found, Span(start, len(found.text) - 1), (title,)))
    for removed in (False, True):
        if removed:
            held.remove(found.name)
        listed = render_evidence(kept.items(), ("<i>x</i>",), "<u>refused</u>")
        tags = "section h2 p div ol li blockquote input textarea button span a strong".split()
        assert set(re.findall(r"<(\w+)", listed)) <= set(tags)
        assert "onerror=" not in listed
        assert "$" not in listed
        assert "\u202e" not in listed
        assert "<script>alert(1)</script>" in html.unescape(listed)


# Marked text


def test_every_marked_part_of_a_record_is_found_where_it_stands() -> None:
    """The browser counts what it shows, in which some characters are written out."""
    found = document(HOSTILE)
    block = next(b for b in found.outline if "agreed" in b.span.of(HOSTILE))
    shown_text = block.span.of(HOSTILE).replace("\u202e", "\\u202e").replace("\u202c", "\\u202c")
    shown_text = shown_text.replace("\u200d", "\\u200d")
    for words in ("They", "agreed", "<b>data</b> &", "flows."):
        at = shown_text.index(words)
        place = link_selection(
            found, SelectionEnd(block.span.start, at), SelectionEnd(block.span.start, at + len(words))
        )
        assert place.span is not None
        assert place.span.of(HOSTILE) == words


def test_a_mark_over_two_paragraphs_loses_the_space_at_its_ends() -> None:
    found = document(HOSTILE)
    first, last = (next(b for b in found.outline if words in b.span.of(HOSTILE)) for words in ("agreed", "second"))
    at = last.span.of(HOSTILE).index("A")
    place = link_selection(found, SelectionEnd(first.span.start, 0), SelectionEnd(last.span.start, at + 9))
    assert place.span is not None
    assert place.span.of(HOSTILE) == HOSTILE[HOSTILE.index("They") : HOSTILE.index("A second") + 8]


@pytest.mark.parametrize(
    ("first", "last", "line"),
    [
        ((1, 0), (5, 4), "Open it again"),
        ((0, 0), (0, 0), "No words"),
        ((5, 8), (5, 2), "No words"),
        ((0, 2**40), (0, 2**40), "No words"),
    ],
)
def test_marks_that_hold_no_words_are_refused(first: tuple[int, int], last: tuple[int, int], line: str) -> None:
    with pytest.raises(LibraryError, match=line):
        link_selection(document(HOSTILE), SelectionEnd(*first), SelectionEnd(*last))


def test_a_mark_of_a_whole_book_is_refused() -> None:
    long = document("word " * 2_000)
    with pytest.raises(LibraryError, match="mark 5,000 at the most"):
        link_selection(long, SelectionEnd(0, 0), SelectionEnd(0, 9_000))


# Copies


def test_a_copy_has_the_words_the_reference_and_the_link(library: Library) -> None:
    place = place_of(library)
    citation = Citation(place.document, place.span or Span(0, 1))
    made = copy_citation(citation, CopyFormat.TEXT, Style.of("apa"), date(2026, 11, 21))
    assert made.plain.startswith("“Indonesia was absent” Ministry of Internal Affairs and Communications (MIC), Japan.")
    assert made.plain.endswith(str(citation.link))
    assert made.html is not None
    assert html.unescape(re.sub("<[^>]+>", "", made.html)).startswith(made.plain[:120])
    assert "#:~:text=" in made.html


def test_a_copy_of_hostile_words_is_text_in_every_form() -> None:
    title = "<script>alert(1)</script> [x](javascript:alert(1))"
    hostile = document(f"---\ntitle: {title}\n---\n*We* agreed on <i>x</i>.\n")
    start = hostile.text.index("*We*")
    citation = Citation(hostile, Span(start, len(hostile.text) - 1))
    rich = copy_citation(citation, CopyFormat.TEXT, Style.of("apa"), date(2026, 11, 21)).html or ""
    assert set(re.findall(r"<(\w+)", rich)) <= {"p", "em", "a", "strong", "br"}
    plain = copy_citation(citation, CopyFormat.MARKDOWN, Style.of("apa"), date(2026, 11, 21)).plain
    assert "<script" not in plain.replace("\\<", "")
    assert "](javascript" not in plain.replace("\\]", "")


@pytest.mark.parametrize("style", ["/etc/passwd", "../apa.csl", "x.csl", "nature"])
def test_a_style_from_a_browser_is_never_a_path(client: TestClient, library: Library, style: str) -> None:
    place = place_of(library).name
    reply = client.get(f"/citation/{place}", params={"form": "text", "style": style})
    assert list(reply.json()) == ["error"]
    assert "no reference style" in refusal(client.get("/export/evidence", params={"format": "html", "style": style}))


# Exports


def test_the_choices_are_what_the_export_has() -> None:
    assert all(f'<option value="{format.value}">' in render_dialog() for format in Format)
    assert set(STYLES) == set(STYLE_FILES)


@pytest.mark.parametrize("format", [f for f in Format if f is not Format.PDF])
def test_the_list_is_downloaded_in_each_format(
    client: TestClient, library: Library, kept: EvidenceList, format: Format
) -> None:
    place = place_of(library)
    kept.add(Citation(place.document, place.span or Span(0, 1)))
    reply = client.get("/export/evidence", params={"format": format.value, "style": "apa"})
    assert re.fullmatch(r"attachment; filename\*=UTF-8''evidence\.[a-z.]+", reply.headers["content-disposition"])
    assert reply.headers["x-content-type-options"] == "nosniff"
    if format is Format.WORD:
        assert WORDS in [p.text for p in WordFile(io.BytesIO(reply.content)).paragraphs]
    else:
        assert WORDS in reply.text


def test_an_empty_list_is_refused_in_words(client: TestClient, kept: EvidenceList) -> None:
    assert "the evidence list is empty" in refusal(client.get("/export/evidence", params={"format": "word"}))


def test_a_conversation_is_exported_under_its_name_alone(client: TestClient) -> None:
    for name in ("x", "0", "None"):
        assert "no longer kept" in refusal(client.get(f"/export/conversation/{name}", params={"format": "word"}))


def test_of_the_offered_conversations_the_newest_are_kept() -> None:
    offered = PendingExports()
    names = [offered.add(Conversation()) for _ in range(65)]
    assert len(set(names)) == 65
    assert offered.conversation(names[1]) == Conversation()
    with pytest.raises(ExportRefused):
        offered.conversation(names[0])


# Checks


def checked(client: TestClient, name: str, content: bytes) -> dict[str, Any]:
    reply = client.post("/check", params={"name": name}, content=content)
    assert reply.status_code == 200
    lines = [json.loads(line) for line in reply.text.splitlines()]
    assert all(line["done"] <= line["of"] for line in lines[:-1])
    return dict(lines[-1])


def test_a_report_is_checked_and_its_annotated_copy_comes_with_it(client: TestClient) -> None:
    found = checked(client, "C:\\reports\\mine.md", "He said “Indonesia was present”.".encode())
    read = html.unescape(re.sub("<[^>]+>", "", found["html"]))
    assert "mine.md: 1 quotation: 1 altered." in read
    assert '<mark class="altered">present</mark>' in found["html"]
    assert found["name"] == "mine checked.md"
    assert "[^rapporteur-1]" in base64.b64decode(found["copy"]).decode()


def test_a_report_that_is_not_annotated_says_so(client: TestClient) -> None:
    found = checked(client, "mine.html", "<p>He said “Indonesia was absent”.".encode())
    assert found["copy"] is None
    assert "data-annotated" not in found["html"]


def test_every_verdict_has_its_words() -> None:
    names = {f"{kind}_{verdict.value}" for verdict in Verdict for kind in ("findings.verdict", "findings.count")}
    assert names <= texts("en").keys()


def test_a_report_with_a_wrong_date_does_not_look_right(client: TestClient) -> None:
    address = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2020/7/23_1.html"
    text = f"He said “the digital economy”.\n\nThey met on [9 March 2019]({address}).\n"
    found = checked(client, "dates.md", text.encode())["html"]
    read = html.unescape(re.sub("<[^>]+>", "", found))
    assert "1 exact; 1 figure, date or name not found." in read
    assert "1 figure, date or name outside quotation marks: 1 not in the record." in read
    assert "date “9 March 2019”" in read.replace("Date", "date")
    assert 'class="summary right"' not in found


def test_a_long_report_tells_how_far_it_is(client: TestClient) -> None:
    text = "\n\n".join(f"Paragraph {n} says “Indonesia was absent”." for n in range(90))
    reply = client.post("/check", params={"name": "long.txt"}, content=text.encode())
    told = [json.loads(line) for line in reply.text.splitlines()][:-1]
    # A fast check may tell several steps at once.
    done = [line["done"] for line in told]
    assert (sorted(set(done)), done[-1]) == (done, 90)
    assert {line["of"] for line in told} == {90}


@pytest.mark.parametrize("name", ["../../etc/cron.d/x.md", "a/b\\c/x.md", "x\0.md", "é" * 4000 + ".md", "", ".md"])
def test_a_name_never_reaches_the_disk(client: TestClient, name: str) -> None:
    found = checked(client, name, "“Indonesia was absent”".encode())
    assert "/" not in found.get("name", "")
    assert "etc" not in html.unescape(found.get("html", found.get("error", "")))


def test_nothing_of_a_report_stays(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name in ("a.md", "a.docx", "a.exe"):
        checked(client, name, "“Indonesia was absent”".encode())
    assert list(tmp_path.iterdir()) == []


def test_a_report_beyond_the_limit_is_refused_before_it_is_read(client: TestClient) -> None:
    headers = {"content-length": str(64 * 1024 * 1024 + 1)}
    assert client.post("/check", params={"name": "x.md"}, headers=headers).status_code == 413
