"""Combine the facts of several sources, each with its origin."""

from datetime import date

import pytest

from corpus.document import Document, Meeting, Source, sha256_of
from corpus.errors import CorpusError
from corpus.facts import FACTS, Fact, choose_facts, correct_facts, facts_of, parse_fact

TEXT = "They met."


def document(first: date | None = date(2021, 8, 4), last: date | None = date(2021, 8, 5)) -> Document:
    return Document(
        name="talks.md",
        title="Talks",
        text=TEXT,
        outline=(),
        source=Source(sha256_of(TEXT), "text/markdown", "https://example.org/a", "/in/talks.md", "abc"),
        publisher="MIC",
        published=date(2021, 8, 6),
        meeting=Meeting("G20", "Ministers' Talks", first, last, "Trieste", "Italy", "hybrid"),
        language="en",
        pages=(0,),
        origins=tuple((name, "front matter") for name in FACTS),
        warnings=("page 1 holds no text",),
    )


def test_the_first_source_that_states_a_fact_is_believed() -> None:
    facts = [Fact("title", "A", "you"), Fact("forum", "G7", "title"), Fact("title", "B", "front matter")]
    assert choose_facts(facts) == {"title": facts[0], "forum": facts[1]}


def test_a_fact_that_is_said_not_to_be_hides_what_others_state() -> None:
    none = Fact("place", "", "records.toml")
    assert choose_facts([none, Fact("place", "Rome", "first lines")]) == {"place": none}


@pytest.mark.parametrize(
    ("first_lines", "believed"),
    [(date(2021, 8, 4), True), (date(2021, 8, 3), False), (None, False)],
)
def test_a_last_day_is_believed_with_its_own_first_day_only(first_lines: date | None, believed: bool) -> None:
    facts = [
        Fact("meeting_date", date(2021, 8, 4), "front matter"),
        *([Fact("meeting_date", first_lines, "first lines")] if first_lines else []),
        Fact("meeting_end", date(2021, 8, 5), "first lines"),
    ]
    assert ("meeting_end" in choose_facts(facts)) is believed


def test_a_last_day_before_the_first_is_not_believed() -> None:
    facts = [Fact("meeting_date", date(2021, 8, 5), "a"), Fact("meeting_end", date(2021, 8, 4), "a")]
    assert choose_facts(facts) == {"meeting_date": facts[0]}


def test_what_is_known_is_told_in_order_with_its_origin() -> None:
    assert facts_of(document()) == [
        Fact("title", "Talks", "front matter"),
        Fact("publisher", "MIC", "front matter"),
        Fact("published", date(2021, 8, 6), "front matter"),
        Fact("address", "https://example.org/a", "front matter"),
        Fact("language", "en", "front matter"),
        Fact("forum", "G20", "front matter"),
        Fact("meeting", "Ministers' Talks", "front matter"),
        Fact("meeting_date", date(2021, 8, 4), "front matter"),
        Fact("meeting_end", date(2021, 8, 5), "front matter"),
        Fact("place", "Trieste", "front matter"),
        Fact("presidency", "Italy", "front matter"),
        Fact("mode", "hybrid", "front matter"),
    ]
    bare = Document("a.txt", "A", TEXT, (), Source(sha256_of(TEXT), "text/plain"))
    assert facts_of(bare) == [Fact("title", "A", "")]


def test_every_fact_can_be_corrected() -> None:
    changes = {
        "title": "Results of Talks",
        "publisher": "METI",
        "published": "2021-08-07",
        "address": "https://example.org/b?c=1",
        "language": "JA",
        "forum": "G7",
        "meeting": "Talks of Ministers",
        "meeting_date": "2022-01-02",
        "meeting_end": "2022-01-03",
        "place": "Rome",
        "presidency": "Japan",
        "mode": "Online",
    }
    made = correct_facts(document(), changes)
    assert [(fact.name, str(fact.value), fact.origin) for fact in facts_of(made)] == [
        (name, {"language": "ja", "mode": "online"}.get(name, value), "you") for name, value in changes.items()
    ]
    assert (made.text, made.outline, made.pages, made.warnings) == (TEXT, (), (0,), ("page 1 holds no text",))
    assert (made.source.path, made.source.file_sha256, made.name) == ("/in/talks.md", "abc", "talks.md")


def test_what_is_not_corrected_keeps_its_value_and_origin() -> None:
    made = correct_facts(document(), {"place": "Rome"}, origin="records.toml")
    assert [fact for fact in facts_of(made) if fact.name != "place"] == [
        fact for fact in facts_of(document()) if fact.name != "place"
    ]
    assert dict(made.origins)["place"] == "records.toml"


@pytest.mark.parametrize("name", [name for name in FACTS if name not in ("title", "meeting_date", "meeting_end")])
def test_an_empty_value_says_that_there_is_no_such_fact(name: str) -> None:
    made = correct_facts(document(), {name: ""})
    assert [fact.name for fact in facts_of(made)] == [other for other in FACTS if other != name]
    assert name not in dict(made.origins)


def test_a_meeting_without_a_first_day_has_no_last() -> None:
    assert correct_facts(document(), {"meeting_date": ""}).meeting.last_day is None


def test_a_meeting_without_a_last_day_has_one_day() -> None:
    meeting = correct_facts(document(), {"meeting_end": ""}).meeting
    assert (meeting.first_day, meeting.last_day) == (date(2021, 8, 4), date(2021, 8, 4))


def test_the_last_day_of_a_meeting_of_one_day_follows_the_first() -> None:
    made = correct_facts(document(date(2021, 8, 4), date(2021, 8, 4)), {"meeting_date": "2021-09-01"})
    assert made.meeting.days == "1 September 2021"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"titel": "A"}, "'titel' is no fact about a record; the facts are title, publisher, "),
        ({"title": ""}, "title = '': a document needs a title; give one"),
        ({"title": "  "}, "title = '  ': a document needs a title"),
        ({"place": "Ro\nme"}, r"place = 'Ro\nme': give plain words in one line, without control characters"),
        ({"place": "Ro\x1b[31mme"}, r"place = 'Ro\x1b[31mme': give plain words"),
        ({"place": "\u202eemoR"}, r"place = '\u202eemoR': give plain words"),
        ({"place": "\ud800"}, r"place = '\ud800': give plain words"),
        ({"meeting": "x" * 501}, f"meeting = '{'x' * 60}…': 501 characters are over the limit of 500; shorten it"),
        (
            {"published": "2021-02-31"},
            "published = '2021-02-31': give one day of the calendar, such as 2021-08-05, 5 Aug",
        ),
        ({"published": "2021-08-05T00:00"}, "published = '2021-08-05T00:00': give one day of the calendar"),
        ({"published": "August 2021"}, "published = 'August 2021': give one day"),
        ({"published": "5 August"}, "published = '5 August': give one day"),
        ({"published": "5-6 August 2021"}, "published = '5-6 August 2021': give one day"),
        ({"published": "5 August 2021 or 6 August 2021"}, "published = '5 August 2021 or 6 August 2021': give one day"),
        ({"published": "about 5 August 2021"}, "published = 'about 5 August 2021': give one day"),
        ({"published": "Monday, 5 August 2021"}, "published = 'Monday, 5 August 2021': give one day"),
        (
            {"published": "04/03/2025"},
            "published = '04/03/2025': this is 4 March 2025 or 3 April 2025; give 2025-03-04 or 2025-04-03",
        ),
        ({"address": "javascript:alert(1)"}, "address = 'javascript:alert(1)': give a web address that begins with"),
        ({"address": "https://"}, "address = 'https://': give a web address"),
        ({"address": "https://a b"}, "address = 'https://a b': give a web address"),
        ({"language": "English"}, "language = 'English': give a code of two letters (ISO 639-1), such as en or ja"),
        ({"mode": "by post"}, "mode = 'by post': give in person, online or hybrid"),
        ({"meeting_end": "2021-08-03"}, "meeting_end = '2021-08-03': the meeting would begin on 2021-08-04 and end on"),
        ({"meeting_date": "2021-08-06"}, "meeting_date = '2021-08-06': the meeting would begin on 2021-08-06 and end"),
        ({"meeting_date": "", "meeting_end": "2021-08-05"}, "meeting_end = '2021-08-05': give meeting_date, the first"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line(changes: dict[str, str], complaint: str) -> None:
    with pytest.raises(CorpusError) as refused:
        correct_facts(document(), changes)
    assert str(refused.value).startswith(complaint)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "words",
    [
        "2025-03-11",
        "2025/3/11",
        "11 March 2025",
        "11th March 2025",
        "March 11, 2025",
        "Tuesday, 11 March 2025",
        "11.03.2025",
        "11. März 2025",
        "11 mars 2025",
        "11 de marzo de 2025",
        "２０２５年３月１１日",
        "令和7年3月11日",
        "令和7年3月11日（火）",
        "Tuesday 11/03/2025",
    ],
)
def test_a_day_may_be_typed_in_any_usual_form(words: str) -> None:
    assert parse_fact("published", words) == date(2025, 3, 11)


def test_a_day_with_slashes_that_only_one_order_has_is_that_day() -> None:
    assert parse_fact("published", "25/03/2025") == parse_fact("published", "03/25/2025") == date(2025, 3, 25)
    assert parse_fact("published", "04/04/2025") == date(2025, 4, 4)


def test_words_are_kept_in_one_line_without_space_around_them() -> None:
    assert parse_fact("place", "  Takasaki,  Japan\u3000") == "Takasaki, Japan"
    assert parse_fact("title", "G7　群馬 会合") == "G7 群馬 会合"
