import os
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Kind, Meeting
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.reading import read


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
            "not UTF-8 text at byte 3, and its encoding cannot be told from its bytes; save it as UTF-8",
        ),
        (b"\xff\xfea", "talks.txt", "not UTF-16 text at byte 2"),
        (b"They\0met", "talks.txt", "binary under a text's name"),
        (b"---\ntitle: a\n---\n \n", "talks.md", "nothing stands behind the front matter"),
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
    with pytest.raises(CorpusError, match=r"talks\\udcff\.txt': the name is not valid UTF-8; rename the file"):
        read(path)


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    assert read(written(tmp_path, "They met.", "TALKS.TXT")).source.media_type == "text/plain"
