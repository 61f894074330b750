"""Call the page's endpoints for uploads, the table, facts, removals and originals, as any client may."""

import asyncio
import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from assistant.answer import Abstention
from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.evidence.evidence_list import EvidenceList
from assistant.web.application import application
from assistant.web.endpoints import download
from assistant.web.library import queue as ingest_queue
from assistant.web.library import removed
from assistant.web.library.queue import IngestQueue
from assistant.web.library.removed import RemovedRecord, RemovedRecords
from assistant.web.library.uploads import UploadRefused, file_name
from corpus.document import Document
from corpus.reading import founding_records
from corpus.span import Span
from index.errors import LibraryError
from index.library import Library, open_library
from index.settings import Settings
from index.store.library import SqliteLibrary
from support.generated_texts import document
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

ADDRESS = "http://127.0.0.1:7860"
BATCH = "0123456789abcdef" * 2
TALKS = "---\ntitle: Talks in Trieste\npublisher: Ministry\nforum: G7\n---\n\nThe ministers agreed on quantum apples.\n"
HOSTILE_NAMES = [
    "<img src=x onerror=alert(1)>.txt",
    "\"quotes\" and 'others'.txt",
    "two\nlines\r\n.txt",
    "family 👩‍👩‍👧.txt",
    "turned \u202etxt.exe\u202c.txt",
    "会議の記録.txt",
    "%2e%2e%2f.txt",
    "a" * 251 + ".txt",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> SqliteLibrary:
    """A library without records, which each test fills for itself."""
    return open_sqlite_library(tmp_path_factory.mktemp("page") / "library", encoder=WordCounts(), founding=False)


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(application(Assistant(library)), base_url=ADDRESS) as client:
        yield client


@pytest.fixture(autouse=True)
def emptied(library: SqliteLibrary, client: TestClient) -> Iterator[None]:
    yield
    client.post("/library/files/cancel", json={"batch": BATCH})
    done(client)
    client.post("/library/files/forget", json={"batch": BATCH})
    library.remove(*(document.name for document in library.documents()))
    with library.writing() as connection:
        connection.execute("DELETE FROM evidence")
        connection.execute("DELETE FROM corrections")


def send(client: TestClient, name: str, body: bytes | str, of: str = BATCH) -> dict[str, Any]:
    """Send one file and wait until its set is done; what the page is told of it."""
    reply = client.post("/library/files", params={"batch": of, "name": name}, content=body)
    assert reply.status_code == 200
    told: dict[str, Any] = reply.json()
    if "number" not in told:
        return told
    return done(client, of)["files"][told["number"] - 1]  # type: ignore[no-any-return]


def done(client: TestClient, of: str = BATCH) -> dict[str, Any]:
    for _ in range(1000):
        told: dict[str, Any] = client.get("/library/files", params={"batch": of}).json()
        if not told["working"]:
            return told
        threading.Event().wait(0.01)
    raise AssertionError("it is never done")


def table(client: TestClient) -> list[dict[str, Any]]:
    return client.get("/library/records").json()["records"]  # type: ignore[no-any-return]


def only(client: TestClient) -> dict[str, Any]:
    (row,) = table(client)
    return row


# Adding


def test_a_file_is_added_under_its_name_and_is_no_path(client: TestClient, library: Library) -> None:
    told = send(client, "talks.md", TALKS)
    assert (told["state"], [o["outcome"] for o in told["outcomes"]]) == ("done", ["added"])
    (found,) = library.documents()
    assert (found.name, found.title, found.source.path) == ("talks.md", "Talks in Trieste", "upload:talks.md")
    assert library.original("talks.md") == (TALKS.encode(), "text/markdown")


def test_the_same_name_with_other_words_is_a_new_version(client: TestClient, library: Library) -> None:
    send(client, "talks.md", TALKS)
    before = library.documents()[0]
    start = before.text.index("The ministers agreed")
    EvidenceList(library).add(Citation(before, Span(start, start + len("The ministers agreed on quantum apples."))))
    (unchanged,) = send(client, "talks.md", TALKS)["outcomes"]
    assert unchanged["outcome"] == "unchanged"
    (same,) = send(client, "other.md", TALKS)["outcomes"]
    assert (same["outcome"], same["document"]) == ("same", "talks.md")
    (replaced,) = send(client, "talks.md", TALKS.replace("quantum apples", "pears"))["outcomes"]
    assert replaced["outcome"] == "replaced"
    assert "1 cited quotation" in replaced["citations"]


def test_each_member_of_an_archive_has_its_own_outcome(client: TestClient, library: Library) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("june/one.txt", "The first talks\n\nThey agreed.")
        archive.writestr("june/none.txt", "")
        archive.writestr("../../evil.txt", "They got out")
        archive.writestr("logo.png", b"\x89PNG")
    told = send(client, "june.zip", packed.getvalue())
    outcomes = {o["name"]: (o["outcome"], o["reason"]) for o in told["outcomes"]}
    assert outcomes["june/one.txt"] == ("added", "")
    assert outcomes["june/none.txt"][0] == outcomes["../../evil.txt"][0] == "refused"
    assert outcomes["june.zip"] == ("skipped", "files that are not read: 1 .png")
    assert [(d.name, d.source.path) for d in library.documents()] == [("one.txt", "upload:june.zip!/june/one.txt")]


def test_the_attachments_of_an_uploaded_mail_are_records_of_their_own(client: TestClient, library: Library) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ada@example.org", "Minutes"
    mail.set_content("See the minutes.")
    mail.add_attachment(b"The board met in June.", "application", "octet-stream", filename="june.txt")
    told = send(client, "m.eml", mail.as_bytes())
    assert {o["name"]: o["outcome"] for o in told["outcomes"]} == {"m.eml": "added", "june.txt": "added"}
    assert {d.source.path for d in library.documents()} == {"upload:m.eml", "upload:m.eml!/june.txt"}


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_text_and_nothing_else(client: TestClient, library: Library, name: str) -> None:
    told = send(client, name, f"Talks of the ministers\n\nThey agreed on {len(name)} points.\n")
    assert [o["outcome"] for o in told["outcomes"]] == ["added"]
    row = only(client)
    assert row["name"] == told["name"] == told["outcomes"][0]["document"]
    assert not any(ord(c) < 32 or c in "\u202e\u202c\u200d" for c in row["name"])
    sent = client.get(f"/library/original/{row['id']}")
    header = sent.headers["content-disposition"]
    assert header.isascii()
    assert not set(header) & set("\r\n<>")
    assert unquote(header.removeprefix("attachment; filename*=UTF-8''")) == library.documents()[0].name


@pytest.mark.parametrize(
    ("sent", "known_as"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("C:\\Users\\me\\talks.txt", "C:/Users/me/talks.txt"),
        ("june/./../talks.txt", "june/talks.txt"),
    ],
)
def test_a_path_is_only_text(client: TestClient, library: Library, sent: str, known_as: str) -> None:
    assert file_name(sent) == known_as
    told = send(client, sent, "Talks\n\nThey agreed on something.")
    assert told["outcomes"][0]["outcome"] == "added"
    assert library.documents()[0].source.path == f"upload:{known_as}"
    assert library.documents()[0].name == known_as.rpartition("/")[2]


@pytest.mark.parametrize("name", ["", " ", "/", "..", "a" * 256, "会" * 86, "d/" * 600 + "x.txt"])
def test_a_name_that_no_file_has_is_refused(client: TestClient, name: str) -> None:
    with pytest.raises(UploadRefused):
        file_name(name)
    assert "refused" in send(client, name, "words")
    assert table(client) == []


@pytest.mark.parametrize(("name", "body"), [("empty.txt", b""), ("binary.txt", b"\0\1\2" * 99), ("virus.exe", b"MZ")])
def test_a_file_that_cannot_be_read_is_refused_by_a_reason_without_its_path(
    client: TestClient, name: str, body: bytes
) -> None:
    told = send(client, name, body)
    (outcome,) = told["outcomes"]
    assert (told["state"], outcome["outcome"]) == ("done", "refused")
    assert outcome["reason"]
    assert "rapporteur-upload" not in outcome["reason"]
    assert "\n" not in outcome["reason"]


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    small = Settings(library=tmp_path / "small", file_megabytes=1)
    own = open_library(settings=small, encoder=WordCounts(), founding=False)
    with TestClient(application(Assistant(own)), base_url=ADDRESS) as client:
        most = client.get("/library/records").json()["most"]
        assert most == small.limits.file_bytes
        too_large = client.post("/library/files", params={"batch": BATCH, "name": "a.txt"}, content=b"x" * (most + 1))
        assert too_large.status_code == 413
        assert "NUL" in send(client, "b.txt", b"\0" * most)["outcomes"][0]["reason"]


def test_a_disk_that_takes_no_more_is_one_line(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: IngestQueue, size: int) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(IngestQueue, "reserve", full)
    assert "No space left on device" in send(client, "a.txt", "x")["refused"]


def test_of_a_file_that_breaks_off_nothing_stays(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[Path] = []
    place = IngestQueue.reserve

    def noted(line: IngestQueue, size: int) -> Path | None:
        found = place(line, size)
        assert found
        places.append(found)
        return found

    monkeypatch.setattr(IngestQueue, "reserve", noted)
    parts = iter([{"type": "http.request", "body": b"They", "more_body": True}, {"type": "http.disconnect"}])
    sent: list[Any] = []

    async def receive() -> Any:
        return next(parts)

    async def send_back(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/library/files",
        "raw_path": b"/library/files",
        "root_path": "",
        "scheme": "http",
        "query_string": f"batch={BATCH}&name=a.txt".encode(),
        "headers": [(b"host", b"127.0.0.1:7860"), (b"content-length", b"100")],
        "server": ("127.0.0.1", 7860),
        "client": ("127.0.0.1", 50000),
    }

    async def ask() -> None:
        await application(Assistant(library))(scope, receive, send_back)

    asyncio.run(ask())
    assert [path.exists() for path in places] == [False]


def test_what_finds_no_room_is_to_be_sent_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_queue, "MOST_WAITING_BYTES", 10)
    assert send(client, "a.txt", "x" * 11)["full"] is True


def test_questions_are_answered_while_files_come_in(client: TestClient, library: Library) -> None:
    assistant = Assistant(library)
    for number in range(12):
        text = f"Talks number {number}\n\n" + f"The ministers spoke of matter {number}.\n\n" * 20
        client.post("/library/files", params={"batch": BATCH, "name": f"{number}.txt"}, content=text)
    said = []
    while client.get("/library/files", params={"batch": BATCH}).json()["working"]:
        said.append(assistant.ask("What did the ministers say about matter 3?"))
    assert said
    assert len(table(client)) == 12


def test_a_set_is_given_up_by_its_name_alone(client: TestClient) -> None:
    for number in range(5):
        text = f"Talks {number}\n\n" + "The ministers agreed. " * 5_000
        client.post("/library/files", params={"batch": BATCH, "name": f"{number}.txt"}, content=text)
    assert client.post("/library/files/cancel", json={"batch": "f" * 32}).json() == {}
    assert client.get("/library/files", params={"batch": BATCH}).json()["of"] == 5
    assert client.post("/library/files/cancel", json={"batch": BATCH}).json() == {}
    told = done(client)
    assert [f["state"] for f in told["files"]][-1] == "cancelled"
    assert client.post("/library/files/forget", json={"batch": BATCH}).json() == {}
    assert client.get("/library/files", params={"batch": BATCH}).json()["of"] == 0


@pytest.mark.parametrize("of", ["", "x", "0" * 31, "0" * 33, "../" + "0" * 29, "0" * 31 + "G", "0" * 32 + "\n"])
def test_a_set_that_no_page_drew_is_refused(client: TestClient, of: str) -> None:
    assert client.post("/library/files", params={"batch": of, "name": "a.txt"}, content=b"x").status_code == 422
    assert client.get("/library/files", params={"batch": of}).status_code == 422
    assert client.post("/library/files/cancel", json={"batch": of}).status_code == 422


# The table


def test_the_table_has_every_record_with_what_is_known_of_it(client: TestClient, library: Library) -> None:
    for record in founding_records():
        library.add(record)
    send(client, "talks.md", TALKS)
    rows = {row["name"]: row for row in table(client)}
    assert len(rows) == len(founding_records()) + 1
    assert sum(row["passages"] for row in rows.values()) == library.counts()["passages"]
    assert rows["talks.md"]["state"] == "uploaded"
    assert rows["talks.md"]["original"] is True
    gunma = rows["2023-04-29-g7-takasaki-digital-agency.txt"]
    assert (gunma["forum"], gunma["days"], gunma["first_day"]) == ("G7", "29-30 April 2023", "2023-04-29")
    assert (gunma["state"], gunma["original"], gunma["pages"]) == ("founding record", False, None)


def test_what_stands_in_the_table_is_text_without_hidden_characters(client: TestClient, library: Library) -> None:
    found = replace(
        document("# Talks\n\nThey agreed.\n"),
        title="<b>Talks</b> \u202eof\u202c x",
        publisher="<script>alert(1)</script>",
        warnings=("page \u200b3 is empty",),
    )
    library.add(found)
    row = only(client)
    assert row["title"] == "<b>Talks</b> \\u202eof\\u202c x"
    assert row["publisher"] == "<script>alert(1)</script>"
    assert row["warnings"] == ["page \\u200b3 is empty"]


def test_a_damaged_library_is_one_line(tmp_path: Path) -> None:
    own = open_sqlite_library(tmp_path / "damaged", encoder=WordCounts(), founding=False)
    own.path.write_bytes(b"SQLite format 3\0" + b"\0" * 4000)
    told = TestClient(application(Assistant(own)), base_url=ADDRESS).get("/library/records").json()
    assert set(told) == {"error"}
    assert "\n" not in told["error"]


# Facts


def facts(client: TestClient, record: str) -> dict[str, dict[str, Any]]:
    return {fact["name"]: fact for fact in client.get(f"/library/facts/{record}").json()["facts"]}


def correct(client: TestClient, record: str, **changes: str | None) -> dict[str, Any]:
    reply = client.post("/library/correct", json={"record": record, "changes": changes})
    assert reply.status_code == 200
    return reply.json()  # type: ignore[no-any-return]


def test_a_fact_is_corrected_and_taken_back(client: TestClient, library: Library) -> None:
    send(client, "talks.md", TALKS)
    record = only(client)["id"]
    assert facts(client, record)["publisher"]["origin"] == "from front matter"
    told = correct(client, record, publisher="The <b>Agency</b>", meeting_date="2021-08-05")
    assert told["record"] == record
    publisher = facts(client, record)["publisher"]
    assert (publisher["value"], publisher["origin"], publisher["corrected"]) == (
        "The <b>Agency</b>",
        "corrected by you",
        True,
    )
    assert only(client)["state"] == "uploaded, corrected"
    assert only(client)["days"] == "5 August 2021"
    send(client, "talks.md", TALKS.replace("apples", "pears"))
    assert library.documents()[0].publisher == "The <b>Agency</b>"
    record = only(client)["id"]
    correct(client, record, publisher=None)
    publisher = facts(client, record)["publisher"]
    assert (publisher["value"], publisher["corrected"]) == ("Ministry", False)


def test_a_fact_that_there_is_not_is_said_to_be_none(client: TestClient) -> None:
    send(client, "talks.md", TALKS)
    record = only(client)["id"]
    correct(client, record, publisher="")
    publisher = facts(client, record)["publisher"]
    assert (publisher["value"], publisher["origin"]) == ("", "corrected by you: there is none")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"published": "2021-13-05"}, "published"),
        ({"publisher": "good", "meeting_date": "soon"}, "meeting_date"),
        ({"meeting_date": "2021-08-05", "meeting_end": "2021-08-04"}, "meeting_end"),
        ({"meeting_end": "2021-08-04"}, "meeting_end"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"place": "a\nb"}, "place"),
        ({"publisher": "x" * 501}, "publisher"),
        ({"sha256": "x"}, "sha256"),
        ({"sha256": None}, "sha256"),
    ],
)
def test_a_fact_that_cannot_be_so_is_refused_at_its_field(
    client: TestClient, changes: dict[str, str], field: str
) -> None:
    send(client, "talks.md", TALKS)
    before = only(client)
    told = correct(client, before["id"], **changes)
    assert told["field"] == field
    assert told["wrong"]
    assert "\n" not in told["wrong"]
    assert not told["wrong"].startswith(f"{field} = ")
    assert only(client) == before


# Removing


def test_a_removal_is_told_before_and_is_whole(client: TestClient, library: Library) -> None:
    send(client, "talks.md", TALKS)
    found = library.documents()[0]
    start = found.text.index("quantum apples")
    EvidenceList(library).add(Citation(found, Span(start, start + len("quantum apples"))))
    record = only(client)
    asks = client.post("/library/removal", json={"records": [record["id"]]}).json()["summary"]
    assert asks.startswith("1 record with 1 passage. 1 quotation in your evidence list cites it;")
    assert table(client) == [record]
    assert client.post("/library/remove", json={"records": [record["id"], record["id"]]}).json()["removed"] == 1
    assert table(client) == []
    assert library.counts() == {"documents": 0, "passages": 0, "sentences": 0}
    assert client.get(f"/library/original/{record['id']}").status_code == 404
    assert client.get(f"/source/{record['id']}").status_code == 404
    reply = Assistant(library).ask("What did they say about quantum apples?").reply
    assert isinstance(reply, Abstention)
    assert reply.nearest == ()
    assert EvidenceList(library).items()[0].trouble


def test_a_removal_of_several_says_how_many(client: TestClient, library: Library) -> None:
    for number in range(3):
        library.add(document(f"# Talks {number}\n\nThey agreed.\n", f"{number}.md"))
    ids = [row["id"] for row in table(client)]
    asks = client.post("/library/removal", json={"records": ids}).json()["summary"]
    passages = library.counts()["passages"]
    assert asks == f"3 records with {passages} passages. No quotation in your evidence list cites them."
    assert client.post("/library/remove", json={"records": ids}).json()["removed"] == 3


def test_a_removal_is_undone_with_file_corrections_and_evidence(client: TestClient, library: Library) -> None:
    send(client, "talks.md", TALKS)
    correction = {"record": only(client)["id"], "changes": {"place": "Oslo"}}
    assert "error" not in client.post("/library/correct", json=correction).json()
    [found] = library.documents()
    start = found.text.index("quantum apples")
    EvidenceList(library).add(Citation(found, Span(start, start + len("quantum apples"))))
    before = table(client)
    removal = client.post("/library/remove", json={"records": [only(client)["id"]]}).json()["removal"]
    assert EvidenceList(library).items()[0].trouble
    assert client.post("/library/put-back", json={"removal": removal}).json() == {"back": 1}
    assert table(client) == before
    assert library.documents() == [found]
    assert library.original("talks.md") == (TALKS.encode(), "text/markdown")
    assert not EvidenceList(library).items()[0].trouble
    assert library.check() == []
    again = client.post("/library/put-back", json={"removal": removal}).json()
    assert again == {"error": "These records are kept no longer; add their files again."}


@pytest.mark.parametrize("removal", ["", "x", "../etc", "a" * 64])
def test_an_unknown_removal_puts_nothing_back(client: TestClient, removal: str) -> None:
    assert "kept no longer" in client.post("/library/put-back", json={"removal": removal}).json()["error"]
    assert table(client) == []


def test_removals_are_listed_for_as_long_as_they_can_be_put_back(client: TestClient, library: Library) -> None:
    for number in range(3):
        library.add(document(f"# Talks {number}\n\nThey agreed.\n", f"{number}.md"))
    [one, *two] = [row["id"] for row in table(client)]
    client.post("/library/correct", json={"record": one, "changes": {"title": "Talks of Oslo"}})
    first = client.post("/library/remove", json={"records": [one]}).json()["removal"]
    second = client.post("/library/remove", json={"records": two}).json()["removal"]
    listed = client.get("/library/removals").json()["removals"][:2]
    assert [(each["removal"], each["count"]) for each in listed] == [(second, 2), (first, 1)]
    assert listed[1]["title"] == "Talks of Oslo"
    assert client.post("/library/put-back", json={"removal": second}).json() == {"back": 2}
    assert client.get("/library/removals").json()["removals"][0]["removal"] == first


def test_what_could_not_be_put_back_is_put_back_the_next_time(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        library.add(document(f"# Talks {number}\n\nThey agreed.\n", f"{number}.md"))
    before = library.documents()
    removal = client.post("/library/remove", json={"records": [row["id"] for row in table(client)]}).json()["removal"]
    add = library.add
    for error in (LibraryError("no space is left"), OSError("no space")):

        def add_one(found: Document, *rest: Any, reason: Exception = error) -> Any:
            if found.name == "1.md":
                raise reason
            return add(found, *rest)

        monkeypatch.setattr(library, "add", add_one)
        told = client.post("/library/put-back", json={"removal": removal}).json()
        assert told["removal"] == removal  # the page offers it again
        assert "error" in told
    monkeypatch.undo()
    assert client.post("/library/put-back", json={"removal": removal}).json() == {"back": 2}
    assert library.documents() == before
    assert library.check() == []


def test_of_records_that_are_too_large_no_more_is_read_than_the_limit(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        library.add(document(f"# Talks {number}\n\nThey agreed.\n", f"{number}.md"), b"They agreed.")
    size = sum(record.size for record in removed.records_as_read(library, library.summaries()[:1]))
    read: list[str] = []
    original = library.original
    monkeypatch.setattr(library, "original", lambda name: read.append(name) or original(name))  # type: ignore[func-returns-value]
    monkeypatch.setattr(removed, "_MOST_BYTES", 2 * size)
    ids = [row["id"] for row in table(client)]
    assert client.post("/library/remove", json={"records": ids}).json() == {"removed": 5, "removal": ""}
    assert len(read) == 3


def test_a_removal_is_kept_for_an_hour_for_its_own_user_and_within_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = RemovedRecords()
    record = RemovedRecord(document("They agreed."), b"They agreed.")

    def taken(user: str, secret: str) -> tuple[RemovedRecord, ...]:
        with kept.taken(user, secret) as records:
            return records

    secret = kept.keep("ada", [record])
    with pytest.raises(LibraryError, match="kept no longer"):
        taken("bo", secret)
    assert (kept.keeps("bo", secret), kept.keeps("ada", secret)) == (False, True)
    assert taken("ada", secret) == (record,)
    assert not kept.keeps("ada", secret)
    monkeypatch.setattr(removed, "_MOST_BYTES", 2 * record.size)
    first, *others = (kept.keep("ada", [record]) for _ in range(3))
    with pytest.raises(LibraryError, match="kept no longer"):
        taken("ada", first)
    assert kept.keep("ada", [record] * 3) == kept.keep("ada", []) == ""
    later = time.monotonic() + removed.SECONDS_KEPT + 1
    monkeypatch.setattr("assistant.web.library.removed.time.monotonic", lambda: later)
    with pytest.raises(LibraryError, match="kept no longer"):
        taken("ada", others[0])


def test_founding_records_that_are_missing_are_counted_and_added(client: TestClient, library: Library) -> None:
    library.add(founding_records()[0])
    assert client.get("/library/founding").json() == {"missing": 4}
    assert client.post("/library/founding").json() == {"back": 4}
    assert {record.id for record in library.documents()} == {record.id for record in founding_records()}
    assert client.get("/library/founding").json() == {"missing": 0}
    assert client.post("/library/founding").json() == {"back": 0}


def test_where_one_is_gone_nothing_is_removed(client: TestClient, library: Library) -> None:
    send(client, "talks.md", TALKS)
    told = client.post("/library/remove", json={"records": [only(client)["id"], "0" * 16]}).json()
    assert "no longer in the library" in told["error"]
    assert len(table(client)) == 1


# Originals


def test_an_original_is_saved_and_never_shown(client: TestClient) -> None:
    page = b"<!doctype html><html><head><title>Talks</title></head><body><script>alert(1)</script><p>They agreed.</p>"
    send(client, "talks.html", page)
    sent = client.get(f"/library/original/{only(client)['id']}")
    assert (sent.content, sent.headers["content-type"]) == (page, "application/octet-stream")
    assert sent.headers["content-disposition"].startswith("attachment;")
    assert sent.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_was_not_kept_is_refused_in_words(client: TestClient, library: Library) -> None:
    library.add(founding_records()[0])
    sent = client.get(f"/library/original/{only(client)['id']}")
    assert sent.status_code == 404
    assert "not kept" in sent.json()["error"]


def test_an_attachment_has_only_the_last_part_of_a_name() -> None:
    header = download(b"", '../a/b "c".txt').headers["content-disposition"]
    assert header == "attachment; filename*=UTF-8''b%20%22c%22.txt"


# Requests that no page sends

POSTS = ["files/cancel", "files/forget", "correct", "removal", "remove"]


@pytest.mark.parametrize("path", POSTS)
def test_nothing_is_changed_by_a_link_or_from_another_site(client: TestClient, path: str) -> None:
    assert client.get(f"/library/{path}").status_code in (404, 405)
    foreign = {"origin": "https://evil.example"}
    assert client.post(f"/library/{path}", json={}, headers=foreign).status_code == 403
    upload = client.post("/library/files", params={"batch": BATCH, "name": "a.txt"}, content=b"x", headers=foreign)
    assert upload.status_code == 403
    assert client.put("/library/files", content=b"x").status_code in (404, 405)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("remove", {}),
        ("remove", {"records": []}),
        ("remove", {"records": "all"}),
        ("remove", {"records": ["../../x"]}),
        ("remove", {"records": ["0" * 16], "more": 1}),
        ("remove", {"records": ["A" * 16]}),
        ("removal", {"records": [None]}),
        ("correct", {"record": "0" * 16}),
        ("correct", {"record": "0" * 16, "changes": {}}),
        ("correct", {"record": "0" * 16, "changes": {"title": 5}}),
        ("correct", {"record": "0" * 16, "changes": {"title": "x" * 20_001}}),
        ("correct", {"record": "0" * 16, "changes": {str(n): "x" for n in range(20)}}),
        ("files/cancel", {"batch": 5}),
    ],
)
def test_what_no_page_sends_is_refused(client: TestClient, path: str, sent: Any) -> None:
    assert client.post(f"/library/{path}", json=sent).status_code == 422


@pytest.mark.parametrize("record", ["x", "0" * 15, "..%2f..%2fetc", "%00" * 16])
def test_a_record_that_is_none_is_not_found(client: TestClient, record: str) -> None:
    for path in ("facts", "original"):
        assert client.get(f"/library/{path}/{record}").status_code in (404, 422)


def test_an_unforeseen_error_is_one_line(client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(library, "reading", broken)
    assert client.get("/library/records").json() == {
        "error": "Something went wrong inside Rapporteur. The terminal that it runs in shows what."
    }
    monkeypatch.undo()
    monkeypatch.setattr(library, "correct", lambda *_: (_ for _ in ()).throw(LibraryError("the library is busy")))
    send(client, "talks.md", TALKS)
    assert correct(client, only(client)["id"], title="x") == {"error": "the library is busy"}


def test_a_record_that_goes_while_it_is_removed_is_told_of_in_the_words_of_the_page(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, "talks.md", TALKS)
    told = removed_after(monkeypatch, client, lambda: library.remove("talks.md"))
    assert told["error"].startswith("A record is no longer in the library")


def test_a_new_version_that_comes_while_the_old_one_is_removed_stays(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, "talks.md", TALKS)
    newer = TALKS.replace("apples", "pears")
    told = removed_after(monkeypatch, client, lambda: send(client, "talks.md", newer))
    assert told["error"].startswith("A record is no longer in the library, or has another text now")
    assert [document.text for document in library.documents()] == [newer]


def removed_after(monkeypatch: pytest.MonkeyPatch, client: TestClient, meanwhile: Callable[[], Any]) -> dict[str, Any]:
    """Remove the only record, with something done once the page has looked it up; the reply."""
    remove_texts = SqliteLibrary.remove_texts

    def late(library: SqliteLibrary, *ids: str) -> list[str]:
        meanwhile()
        return remove_texts(library, *ids)

    record = only(client)["id"]
    monkeypatch.setattr(SqliteLibrary, "remove_texts", late)
    return client.post("/library/remove", json={"records": [record]}).json()  # type: ignore[no-any-return]
