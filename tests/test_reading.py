import os
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.document import Kind, Meeting
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.reading import founding_records, read, read_bytes
from support.sample_files import page, paragraph, word


def written(folder: Path, content: str | bytes, name: str = "talks.md") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_every_character_is_kept(tmp_path: Path) -> None:
    text = "Talks\r\n\r\nThey\u00a0met. \u2028 👩‍👩‍👧 \x07 \t\rEnd \n\n"
    assert read(written(tmp_path, text)).text == text


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"\xef\xbb\xbfThey met.")).text == "They met."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_mark(tmp_path: Path, encoding: str) -> None:
    text = "They met 👩." if encoding == "utf-16" else "\ufeffThey met 👩."
    assert read(written(tmp_path, text.encode(encoding))).text == "They met 👩."


def test_the_facts_come_from_the_front_matter(tmp_path: Path) -> None:
    made = read(
        written(
            tmp_path,
            "---\ntitle: Results\npublisher: MIC\ndate: 2021-08-06\nurl: https://example.org/a\nforum: G20\n"
            "meeting: Talks\nmeeting_date: 2021-08-04\nmeeting_end: 2021-08-05\nplace: Trieste\npresidency: Italy\n"
            "mode: hybrid\n---\nThey met.",
        )
    )
    assert (made.name, made.title, made.publisher, made.published) == ("talks.md", "Results", "MIC", date(2021, 8, 6))
    assert made.meeting == Meeting("G20", "Talks", date(2021, 8, 4), date(2021, 8, 5), "Trieste", "Italy", "hybrid")
    assert (made.source.media_type, made.source.address) == ("text/markdown", "https://example.org/a")
    assert made.source.path == str(tmp_path / "talks.md")


def test_front_matter_is_no_part_of_the_outline(tmp_path: Path) -> None:
    made = read(written(tmp_path, "---\ntitle: Results\n---\nThey met."))
    assert [(b.kind, b.words.of(made.text)) for b in made.outline] == [(Kind.BODY, "They met.")]


def test_a_meeting_that_would_end_before_it_begins_has_one_day(tmp_path: Path) -> None:
    made = read(written(tmp_path, "---\nmeeting_date: 2021-08-05\nmeeting_end: 2021-08-04\n---\nThey met."))
    assert (made.meeting.first_day, made.meeting.last_day) == (date(2021, 8, 5), date(2021, 8, 5))


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        ("Results of Talks\n\nThey met.", "Results of Talks", None),
        ("# **Results** of [Talks](a)\n\nThey met.", "Results of Talks", None),
        ("May 1, 2020 Results of Talks\n\nThey met.", "Results of Talks", date(2020, 5, 1)),
        ("February 31, 2020 Results\n\nThey met.", "Results", None),
        ("They met.\n\nThey parted.", "talks.md", None),
        ("August 6, 2021\n\nThey met.", "August 6, 2021", date(2021, 8, 6)),
        ("---\ntitle:\n---\nThey met.", "talks.md", None),
        ("---\ntitle: May 1, 2020 Results\n---\nThey met.", "May 1, 2020 Results", None),
        ("R" * 200 + "\n\nThey met.", "R" * 200, None),
        ("R" * 201 + "\n\nThey met.", "talks.md", None),
    ],
)
def test_title_and_day_are_read_from_the_first_lines(
    tmp_path: Path, text: str, title: str, published: date | None
) -> None:
    made = read(written(tmp_path, text))
    assert (made.title, made.published) == (title, published)


@pytest.mark.parametrize(
    ("title", "forum"),
    [("Results of the g20 talks", "G20"), ("QUAD leaders", "Quad"), ("ASEAN talks", "ASEAN"), ("B20 talks", None)],
)
def test_a_forum_is_known_by_its_name_in_the_title(tmp_path: Path, title: str, forum: str | None) -> None:
    assert read(written(tmp_path, f"# {title}\n\nThey met.")).meeting.forum == forum


@pytest.mark.parametrize(
    ("content", "name", "complaint"),
    [
        (b"They met.", "talks.docx", "this is plain text; name it talks.txt"),
        (b"", "talks.txt", "the file is empty"),
        (b" \n\t\xc2\xa0", "talks.txt", "the file is empty"),
        (
            b"abc\xff",
            "talks.txt",
            "not UTF-8 text at byte 3, and its encoding cannot be guessed from its bytes; save it as UTF-8",
        ),
        (b"\xff\xfea", "talks.txt", "not UTF-16 text at byte 2"),
        (b"They\0met", "talks.txt", "binary under a text's name"),
        (b"---\ntitle: a\n---\n \n", "talks.md", "the file has only front matter"),
        (b"x" * (Limits().characters + 1), "talks.txt", "5,000,001 characters are over the limit of 5,000,000"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path, content: bytes, name: str, complaint: str) -> None:
    with pytest.raises(CorpusError) as refused:
        read(written(tmp_path, content, name))
    assert name in str(refused.value)
    assert complaint in str(refused.value)


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(CorpusError, match=r"missing\.txt: no such file"):
        read(tmp_path / "missing.txt")
    with pytest.raises(CorpusError, match="no ordinary file"):
        read(tmp_path / "folder.txt")
    with pytest.raises(CorpusError, match="no ordinary file"):
        read(tmp_path / "pipe.txt")


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"talks\xff.txt")
    path.write_text("They met.")
    with pytest.raises(CorpusError, match=r"talks\\udcff\.txt: the name is not UTF-8 text; rename the file"):
        read(path)


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    assert read(written(tmp_path, "They met.", "TALKS.TXT")).source.media_type == "text/plain"


def test_each_kind_of_file_becomes_a_document(tmp_path: Path) -> None:
    page_read = read(written(tmp_path, page("<h1>Results</h1><p>They met.</p>"), "a.html"))
    word_read = read(written(tmp_path, word(paragraph("Results") + paragraph("They met.")), "b.docx"))
    assert (page_read.title, page_read.source.media_type) == ("T", "text/html")
    assert page_read.text == "Results\n\nThey met."
    assert (word_read.title, word_read.text) == ("Results", "Results\n\nThey met.")


def test_the_file_is_known_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbfThey met.")
    assert read(path).source.file_sha256 == sha256(path.read_bytes()).hexdigest()
    assert read(path).source.sha256 == sha256(b"They met.").hexdigest()


def test_a_document_may_be_given_its_name_its_source_and_facts(tmp_path: Path) -> None:
    given = [Fact("title", "Given", "records.toml")]
    path = written(tmp_path, "# Stated\n\nThey met.", "upload.tmp")
    made = read(path, name="talks.md", source_path="upload:talks.md", trusted_facts=given)
    assert (made.name, made.source.path, made.title) == ("talks.md", "upload:talks.md", "Given")
    assert dict(made.origins)["title"] == "records.toml"
    assert read_bytes(path.read_bytes(), "talks.md", trusted_facts=given).title == "Given"


def test_the_limits_are_the_callers(tmp_path: Path) -> None:
    path = written(tmp_path, "They met.")
    with pytest.raises(CorpusError, match=r"talks\.md: 9 bytes are over the limit of 8; split the file"):
        read(path, Limits(file_bytes=8))
    with pytest.raises(CorpusError, match=r"talks\.md: 9 characters are over the limit of 8; split the file"):
        read(path, Limits(characters=8))
    with pytest.raises(CorpusError, match=r"a\.txt: 9 bytes are over the limit of 8; split the file"):
        read_bytes(b"They met.", "a.txt", Limits(file_bytes=8))


def test_a_link_is_followed_and_one_to_nowhere_refused(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(written(tmp_path, "They met."))
    (tmp_path / "lost.md").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    assert read(tmp_path / "link.md").text == "They met."
    with pytest.raises(CorpusError, match=r"lost\.md: a symbolic link to nothing"):
        read(tmp_path / "lost.md")
    with pytest.raises(CorpusError, match=r"loop\.md: cannot be read"):
        read(tmp_path / "loop.md")
    with pytest.raises(CorpusError, match="no ordinary file"):
        read(Path("/dev/zero"))


@pytest.mark.parametrize("name", ["a b.txt", "“quotes”'.txt", "👩‍👩‍👧.txt", "会議.TXT", "x" * 251 + ".txt"])
def test_every_printable_name_is_a_name(tmp_path: Path, name: str) -> None:
    assert read(written(tmp_path, "They met.", name)).name == name


def test_a_message_stays_one_line_whatever_the_name(tmp_path: Path) -> None:
    path = written(tmp_path, b"", "two\nlines\u202e.txt")
    with pytest.raises(CorpusError) as refused:
        read(path)
    assert str(refused.value).endswith(r"two\nlines\u202e.txt: the file is empty")


def test_a_word_of_a_million_characters_is_read_and_a_line_of_fifty_megabytes_refused(tmp_path: Path) -> None:
    assert len(read(written(tmp_path, "x" * 1_000_000)).text) == 1_000_000
    with pytest.raises(CorpusError, match="over 12,500,000 characters, the limit is 5,000,000; split the file"):
        read_bytes(b"word " * 10_000_000, "a.txt")


def test_characters_that_cannot_be_seen_are_kept_and_counted() -> None:
    text = "They \u202emet\u202c in\u200bside \u202e👩\u200d👩 a\u00adb."
    made = read_bytes(text.encode(), "a.txt")
    assert made.text == text
    assert made.warnings == (
        "holds 4 invisible characters: U+202E right-to-left override, U+202C pop directional formatting, "
        "U+200B zero width space",
    )
    assert read_bytes("👩\u200d👩 a\u00adb. می\u200cروم".encode(), "a.txt").warnings == ()


def test_a_guessed_encoding_is_told() -> None:
    made = read_bytes("Über die Größe.".encode("latin-1"), "a.txt")
    assert made.text == "Über die Größe."
    assert [warning.partition(",")[0] for warning in made.warnings] == ["read as Windows-1252"]


def test_the_records_are_the_five_texts_byte_for_byte(shared_folder: Path) -> None:
    handed_over = {path.name: path.read_bytes() for path in (shared_folder / "records").glob("*.txt")}
    assert len(handed_over) == 5
    assert {record.name: record.text.encode() for record in founding_records()} == handed_over


def test_the_packaged_files_hold_the_texts_unchanged() -> None:
    for record in founding_records():
        assert (files("corpus") / "records" / record.name).read_bytes() == record.text.encode()


def test_the_records_stand_in_the_order_of_their_meetings() -> None:
    assert [(r.name, r.short_publisher, r.published) for r in founding_records()] == [
        ("2020-04-30-g20-extraordinary-mic.txt", "MIC", date(2020, 5, 1)),
        ("2020-07-22-g20-mic.txt", "MIC", date(2020, 7, 23)),
        ("2021-08-05-g20-trieste-meti.txt", "METI", date(2021, 8, 6)),
        ("2021-08-05-g20-trieste-mic.txt", "MIC", date(2021, 8, 6)),
        ("2023-04-29-g7-takasaki-digital-agency.txt", "Digital Agency", date(2023, 4, 30)),
    ]


def test_each_record_knows_its_meeting() -> None:
    extraordinary, july, meti, mic, takasaki = (record.meeting for record in founding_records())
    april_day, july_day, august_day = date(2020, 4, 30), date(2020, 7, 22), date(2021, 8, 5)
    name = "G20 Digital Economy Ministerial Meeting"
    assert extraordinary == Meeting(
        "G20", f"Extraordinary {name}", april_day, april_day, None, "Saudi Arabia", "online"
    )
    assert july == Meeting("G20", name, july_day, july_day, None, "Saudi Arabia", "online")
    trieste = Meeting(
        "G20", "G20 Digital Ministers' Meeting", august_day, august_day, "Trieste, Italy", "Italy", "hybrid"
    )
    assert meti == mic == trieste
    assert takasaki == Meeting(
        "G7",
        "G7 Digital and Tech Ministers' Meeting",
        date(2023, 4, 29),
        date(2023, 4, 30),
        "Takasaki, Japan",
        "Japan",
        "in person",
    )


def test_each_record_has_its_official_address_and_no_path() -> None:
    assert [(record.source.address, record.source.path) for record in founding_records()] == [
        ("https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2020/5/01_1.html", None),
        ("https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2020/7/23_1.html", None),
        ("https://www.meti.go.jp/english/press/2021/0806_001.html", None),
        ("https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2021/8/06_02.html", None),
        ("https://digital.go.jp/en/1dd2ad3e-3287-4677-971b-f7e973721367-en", None),
    ]


def test_the_title_of_each_record_stands_in_its_text() -> None:
    texts = [record.text.replace("’", "'") for record in founding_records()]
    assert [record.title in text for record, text in zip(founding_records(), texts, strict=True)] == [True] * 5
