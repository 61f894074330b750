"""Combine facts from a file's content, name and surroundings, in the order of their reliability."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings

from corpus.content import Content
from corpus.document import Block, Document, Kind, Source, sha256_of
from corpus.errors import CorpusError
from corpus.facts import FACTS, Fact, facts_of
from corpus.metadata.extract import document_with_facts, facts_in_name, make_document
from corpus.reading import founding_records, read
from corpus.span import Span
from support.generated_texts import texts

HTML, PDF, WORD = "HTML metadata", "PDF information", "Word properties"


def made(text: str, *facts: Fact, given: tuple[Fact, ...] = (), name: str = "talks.txt") -> Document:
    return make_document(Content(text, facts=facts), name, Source(sha256_of(text), "text/plain"), given)


def found(document: Document) -> dict[str, tuple[str, str]]:
    return {fact.name: (str(fact.value), fact.origin) for fact in facts_of(document)}


def test_the_sources_of_facts_are_believed_in_their_order() -> None:
    text = "Results of the G7 Talks\n\nPublished on April 30, 2023\n\nThey met."
    page = (Fact("title", "G20 Talks", HTML), Fact("published", date(2023, 5, 1), HTML))
    given = (Fact("title", "BRICS Talks", "records.toml"),)
    name = "2023-04-28-oecd-press-release.txt"
    assert found(made(text, *page, given=given, name=name)) == {
        "title": ("BRICS Talks", "records.toml"),
        "published": ("2023-05-01", HTML),
        "forum": ("BRICS", "title"),
    }
    assert found(made(text, *page, name=name)) == {
        "title": ("G20 Talks", HTML),
        "published": ("2023-05-01", HTML),
        "forum": ("G20", "title"),
    }
    assert found(made(text, name=name)) == {
        "title": ("Results of the G7 Talks", "first lines"),
        "published": ("2023-04-30", "first lines"),
        "forum": ("G7", "title"),
    }
    assert found(made("They met.", name=name)) == {
        "title": (name, "file name"),
        "published": ("2023-04-28", "file name"),
        "forum": ("OECD", "file name"),
    }


def test_a_fact_that_is_given_as_nothing_is_not_looked_for_elsewhere() -> None:
    text = "Results of the G7 Talks\n\nThey met."
    assert "forum" not in found(made(text, given=(Fact("forum", "", "records.toml"),)))
    assert found(made(text, Fact("forum", "", HTML)))["forum"] == ("G7", "title")


def test_a_meeting_of_which_no_last_day_is_stated_has_one_day() -> None:
    day = Fact("meeting_date", date(2021, 8, 5), "front matter")
    assert found(made("They met.", day))["meeting_end"] == ("2021-08-05", "front matter")


def test_the_text_its_pages_and_its_warnings_are_kept() -> None:
    block = Block(Kind.BODY, Span(0, 9), Span(0, 9))
    content = Content("They met.", blocks=(block,), pages=(0, 4), warnings=("page 2 holds no text",))
    document = make_document(
        content, "talks.pdf", Source(sha256_of("They met."), "application/pdf", None, "/in/talks.pdf")
    )
    assert (document.outline, document.pages, document.warnings) == ((block,), (0, 4), ("page 2 holds no text",))
    assert (document.name, document.source.path) == ("talks.pdf", "/in/talks.pdf")


def test_a_text_with_nothing_in_it_is_refused_by_name() -> None:
    with pytest.raises(CorpusError, match=r"talks\.txt: the file has only front matter"):
        made(" \n")


@pytest.mark.parametrize(
    ("title", "publisher", "kept"),
    [
        ("Results of Talks | Ministry of X", "Ministry of X", "Results of Talks"),
        ("Results of Talks - MX", "Ministry of X (MX), Japan", "Results of Talks"),
        ("Results of Talks｜デジタル庁", "デジタル庁", "Results of Talks"),
        ("Ministry of X » Results of Talks", "Ministry of X", "Results of Talks"),
        ("Results of Talks | News | Ministry of X", "Ministry of X", "Results of Talks | News"),
        ("Results | Part 1", "Ministry of X", "Results | Part 1"),
        ("U.S. – Japan Talks", None, "U.S. – Japan Talks"),
        ("Ministry of X", "Ministry of X", "Ministry of X"),
    ],
)
def test_a_page_s_title_loses_the_name_of_its_site(title: str, publisher: str | None, kept: str) -> None:
    facts = [Fact("title", title, HTML), *([Fact("publisher", publisher, HTML)] if publisher else [])]
    assert found(made("They met.", *facts))["title"] == (kept, HTML)


def test_a_page_s_title_ends_where_its_heading_ends() -> None:
    blocks = (Block(Kind.HEADING, Span(0, 16), Span(0, 16), 1), Block(Kind.BODY, Span(18, 27), Span(18, 27)))
    text = "Results of Talks\n\nThey met."
    content = Content(text, blocks=blocks, facts=(Fact("title", "Results of Talks | Press | A Site", HTML),))
    assert make_document(content, "a.html", Source(sha256_of(text), "text/html")).title == "Results of Talks"


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - draft.docx", "untitled", "Untitled-1", "Document1", "final_v3.indd", "PowerPoint Presentation",
     "about:blank", "New document (2)"],
)  # fmt: skip
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    assert found(made("Results of Talks\n\nThey met.", Fact("title", title, PDF)))["title"] == (
        "Results of Talks",
        "first lines",
    )


@pytest.mark.parametrize(
    ("author", "kept"),
    [("Jane Doe", False), ("admin", False), ("Ministry of X", True), ("OECD", True), ("Ministère de X", True)],
)
def test_the_author_of_a_file_is_its_publisher_when_an_organisation(author: str, kept: bool) -> None:
    assert ("publisher" in found(made("They met.", Fact("publisher", author, WORD)))) is kept


def test_the_day_on_which_a_file_was_made_is_a_publication_only_where_the_text_names_it() -> None:
    day = Fact("published", date(2023, 4, 30), PDF)
    assert "published" not in found(made("They met.", day))
    assert found(made("They met. Tokyo, 30 April 2023", day))["published"] == ("2023-04-30", PDF)


def test_a_place_that_is_stated_with_being_online_is_the_place() -> None:
    told = found(
        made(
            "デジタル大臣会合の結果\n\n日時：令和3年8月5日\n場所：トリエステ（イタリア）及びオンライン\n\n会合が開催されました。"
        )
    )
    assert told["place"][0] == "トリエステ(イタリア)"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Boathouse, upper floor; Time: 14:00-15:30", "Boathouse, upper floor"),
        ("Boathouse - Start: 19:15", "Boathouse"),
        ("Boathouse (14:00–16:00)", "Boathouse"),
        ("Boathouse, room 2.17", "Boathouse, room 2.17"),
    ],
)
def test_a_place_ends_at_a_semicolon_another_label_or_the_hours(line: str, place: str) -> None:
    assert found(made(f"Sailing trustees\n\nPlace: {line}\n\nThe trustees met."))["place"][0] == place


@pytest.mark.parametrize(
    ("title", "sentence", "place"),
    [
        (
            "Joint Readout",
            "Ministers Bo and Day gathered for the first time on 16 June 2023 in Lima, Peru to talk.",
            "Lima, Peru",
        ),
        (
            "Joint Statement",
            "President Bo met with Prime Minister Day of Norway today in Oslo to speak of fish.",
            "Oslo",
        ),
        (
            "Leaders' Statement",
            "President Bo and President Day met and held talks in Hanoi, Vietnam.",
            "Hanoi, Vietnam",
        ),
        (
            "Summit of the Weir Towns",
            "President Bo hosted Prime Minister Day in Wilmington, Delaware.",
            "Wilmington, Delaware",
        ),
        ("Joint Statement", "President Bo met with Prime Minister Day to speak of fish in Norway.", None),
        ("Fact sheet", "President Bo met with Prime Minister Day in Oslo.", None),
    ],
)
def test_persons_meet_in_a_place(title: str, sentence: str, place: str | None) -> None:
    assert found(made(f"{title}\n\n{sentence}\n\nThey spoke.")).get("place", (None,))[0] == place


def test_what_a_file_states_is_made_plain() -> None:
    facts = (
        Fact("title", "Results\nof\u200b \u202eTalks\x07", HTML),
        Fact("address", "javascript:alert(1)", HTML),
        Fact("language", "en-US", HTML),
        Fact("mode", "Virtual", HTML),
        Fact("published", "soon", HTML),
        Fact("publisher", "https://example.org/profile", HTML),
        Fact("place", "x" * 600, HTML),
    )
    assert found(made("They met.", *facts)) == {
        "title": ("Results of Talks", HTML),
        "language": ("en", HTML),
        "mode": ("online", HTML),
        "place": ("x" * 500, HTML),
    }


def test_a_document_can_be_made_of_given_facts_and_no_others() -> None:
    text = "Results of the G7 Talks\n\nThey met."
    document = document_with_facts(
        Content(text), "a.txt", Source(sha256_of(text), "text/plain"), [Fact("place", "Rome", "you")]
    )
    assert found(document) == {"title": ("a.txt", ""), "place": ("Rome", "you")}


@drawn(texts)
@settings(max_examples=100, deadline=None)
def test_every_fact_of_any_text_has_its_origin(text: str) -> None:
    document = made(text)
    assert [fact.name for fact in facts_of(document)] == [name for name, _ in document.origins]
    assert all(fact.value and fact.origin for fact in facts_of(document))


# What each founding record says about itself in its text alone, by the names of the facts.
_MEETING = "published forum meeting meeting_date meeting_end"
_BARE = {
    "2020-04-30-g20-extraordinary-mic.txt": f"publisher {_MEETING} presidency mode",
    "2020-07-22-g20-mic.txt": f"publisher {_MEETING} presidency mode",
    "2021-08-05-g20-trieste-meti.txt": f"{_MEETING} presidency mode",
    "2021-08-05-g20-trieste-mic.txt": f"publisher {_MEETING} place mode",
    "2023-04-29-g7-takasaki-digital-agency.txt": f"{_MEETING} place",
}
# The texts' own words for what records.toml calls otherwise.
_MIC = "Ministry of Internal Affairs and Communications (MIC)"
_SAME = {
    "MIC": f"{_MIC}, Japan",
    _MIC: f"{_MIC}, Japan",
    "G20 Digital Ministerial Meeting": "G20 Digital Ministers' Meeting",
    "Takasaki, Gunma": "Takasaki, Japan",
}


@pytest.mark.parametrize("record", founding_records(), ids=lambda record: record.name)
def test_a_founding_record_says_nothing_wrong_about_itself(record: Document) -> None:
    stated = {fact.name: str(fact.value) for fact in facts_of(record)}
    said = {name: value.replace("’", "'") for name, (value, _) in found(made(record.text, name="a.txt")).items()}
    assert said == {
        "title": stated["title"],
        "language": "en",
        **{name: said.get(name, "") for name in _BARE[record.name].split()},
    }
    assert {name: _SAME.get(value, value) for name, value in said.items()} == {name: stated[name] for name in said}


def test_every_document_of_the_white_house_has_its_day_and_address(shared_folder: Path) -> None:
    folder = shared_folder / "documents" / "whitehouse"
    wrong, origins = [], Counter[str]()
    for path in sorted(folder.glob("*.md")):
        # Read without YAML: the lines between the first two rules, each "name: value".
        front = path.read_text(encoding="utf-8").split("\n---\n")[0].splitlines()
        stated = dict(line.split(": ", 1) for line in front if ": " in line and not line.startswith(" "))
        document = read(path)
        day = date.fromisoformat(stated["date"].strip("'"))
        if (document.published, document.source.address) != (day, stated["source_url"]):
            wrong.append((path.name, document.published, document.source.address))
        facts = found(document)
        origins.update(f"{name}: {facts[name][1]}" for name in ("title", "published", "address"))
    assert wrong == []
    assert origins == dict.fromkeys(("title: front matter", "published: front matter", "address: front matter"), 264)


# Read by eye: what these records say about their meeting.
_MEETINGS = {
    "2021-06-13-carbis-bay-g7-summit-communique.md": ("2021-06-11", "2021-06-13", "Cornwall"),
    "2022-11-16-g20-bali-leaders-declaration.md": ("2022-11-15", "2022-11-16", "Bali"),
    "2023-02-02-quad-senior-cyber-group-joint-cybersecurity-statement.md": (
        "2023-01-30",
        "2023-01-31",
        "New Delhi, India",
    ),
    "2023-05-20-g7-hiroshima-leaders-communique.md": ("2023-05-19", "2023-05-21", "Hiroshima"),
}


def test_documents_of_the_white_house_tell_when_and_where_their_meeting_was(shared_folder: Path) -> None:
    folder = shared_folder / "documents" / "whitehouse"
    told = {name: found(read(folder / name)) for name in _MEETINGS}
    assert {
        name: tuple(facts[fact][0] for fact in ("meeting_date", "meeting_end", "place")) for name, facts in told.items()
    } == _MEETINGS


def facts(name: str) -> dict[str, str]:
    found = list(facts_in_name(name))
    assert all(fact.name in FACTS and fact.origin == "file name" for fact in found)
    return {fact.name: str(fact.value) for fact in found}


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("20230430_G7_communique.pdf", {"forum": "G7", "published": "2023-04-30"}),
        ("2021-03-12-fact-sheet-quad-summit.md", {"forum": "Quad", "published": "2021-03-12"}),
        ("OECD press release 5 May 2021.docx", {"forum": "OECD", "published": "2021-05-05"}),
        ("2023.4.30 G7 statement.txt", {"forum": "G7", "published": "2023-04-30"}),
        ("令和5年4月30日_共同声明.pdf", {"published": "2023-04-30"}),
        ("minutes_2022-03-03.docx", {"meeting_date": "2022-03-03", "meeting_end": "2022-03-03"}),
        ("第3回データ会議議事録20220303.txt", {"meeting_date": "2022-03-03", "meeting_end": "2022-03-03"}),
    ],
)
def test_a_name_states_its_forum_and_its_day(name: str, stated: dict[str, str]) -> None:
    assert facts(name) == stated


def test_a_day_that_may_be_the_meeting_s_or_the_release_s_is_neither() -> None:
    assert facts("2020-07-22-g20-mic.txt") == {"forum": "G20"}
    assert facts("20230430.pdf") == {}


@pytest.mark.parametrize(
    "name",
    ["", ".txt", "b20-release.txt", "release-123456789.pdf", "release-20231345.pdf", "apa-itu.pdf"],
)
def test_a_name_that_states_nothing_gives_nothing(name: str) -> None:
    assert facts(name) == {}


def test_a_name_with_two_days_does_not_say_which_it_means() -> None:
    assert facts("press-release-2021-08-05-2021-08-06.txt") == {}
