"""Extract facts from the first lines of a text."""

from datetime import date

import pytest

from corpus.facts import choose_facts
from corpus.metadata.first_lines import facts_in_first_lines
from corpus.outline.outline import outline
from corpus.reading import document_from

MET = "The ministers discussed the points of the agenda and agreed on all of them in the end."


def facts(text: str, published: date | None = None) -> dict[str, str]:
    """The facts that a text states, days as YYYY-MM-DD; a meeting of one day without its last."""
    found = choose_facts(facts_in_first_lines(text, outline(text), None, published, is_of_meeting=False))
    said = {name: str(fact.value) for name, fact in found.items()}
    if said.get("meeting_end") == said.get("meeting_date"):
        said.pop("meeting_end", None)
    return said


def about(*lines: str, published: date | None = None) -> dict[str, str]:
    """The facts that these lines under a title state, the title aside."""
    said = facts("\n\n".join(["Results of the G7 Digital Ministers' Meeting", *lines]), published)
    assert (said.pop("title"), said.pop("forum")) == ("Results of the G7 Digital Ministers' Meeting", "G7")
    assert said.pop("meeting") == "G7 Digital Ministers' Meeting"
    return said


@pytest.mark.parametrize(
    "line",
    [
        "Published on April 30, 2023",
        "Posted: 30 April 2023",
        "FOR IMMEDIATE RELEASE April 30, 2023",
        "April 30, 2023",
        "Sunday, April 30, 2023",
        "Washington, D.C., April 30, 2023",
        "Takasaki, 30 April 2023",
        "2023-04-30",
        "令和5年4月30日",
        "公表日:２０２３年４月３０日",
    ],
)
def test_a_day_in_the_head_is_that_of_publication(line: str) -> None:
    assert about(line, MET) == {"published": "2023-04-30"}


def test_a_day_in_front_of_the_title_is_that_of_publication() -> None:
    assert facts(f"May 1, 2020 Results of Talks\n\n{MET}") == {"title": "Results of Talks", "published": "2020-05-01"}


def test_the_heading_below_a_dateline_is_the_title() -> None:
    text = f"Takasaki, 30 April 2023\n\nMinisterial Declaration\n\n{MET}"
    assert facts(text) == {"title": "Ministerial Declaration", "published": "2023-04-30"}


@pytest.mark.parametrize(
    "lines",
    [
        ("Updated on May 3, 2023", MET),
        ("Last modified: 2023-05-03", MET),
        ("April 30, 2023", "May 1, 2023", MET),
        ("Date: April 30, 2023", MET),
        ("The previous session of April 30, 2023", MET),
        (MET, "April 30, 2023"),
        ("12/5/2023", MET),
        (f"{MET} They will meet again on April 30, 2024.",),
    ],
)
def test_a_day_that_may_be_another_is_none(lines: tuple[str, ...]) -> None:
    assert about(*lines) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "The G7 Digital Ministers' Meeting was held in Takasaki, Japan on April 29 and 30, 2023.",
        "On April 29 and 30, 2023, the Agency jointly held the G7 Digital Ministers' Meeting in Takasaki, Japan.",
        "The G7 Digital Ministers’ Meeting (DMM) took place in Takasaki, Japan, on 29-30 April 2023.",
        "We, the Ministers of the Group of Seven (G7), met in Takasaki, Japan, on 29 and 30 April 2023.",
        "G7 digital ministers gathered for the first time in Takasaki, Japan, on 29-30 April 2023 to discuss data.",
    ],
)
def test_a_sentence_says_when_and_where_the_meeting_was(sentence: str) -> None:
    assert about(f"{sentence} {MET}") == {
        "meeting_date": "2023-04-29",
        "meeting_end": "2023-04-30",
        "place": "Takasaki, Japan",
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "The G20 Digital Ministers' Meeting was held in Trieste, Italy on August 5, 2021.",
        "On April 28, 2023, the minister held the meeting with the governor in Maebashi, Japan.",
        "It is seven years since the first G7 Digital Ministers' Meeting was held in Takamatsu on April 29, 2016.",
        "This meeting is one of the meetings of the Summit to be held from May 19 to 21, 2023.",
        "The minister met the press in Tokyo on May 2, 2023.",
    ],
)
def test_a_sentence_about_another_meeting_says_nothing_about_this_one(sentence: str) -> None:
    assert about(f"{sentence} {MET}") == {}


def test_a_day_without_a_year_is_that_of_the_release() -> None:
    sentence = f"On April 29 (Sat.), the G7 Digital Ministers' Meeting was held both physically and virtually. {MET}"
    assert about("May 1, 2023", sentence) == {
        "published": "2023-05-01",
        "meeting_date": "2023-04-29",
        "mode": "hybrid",
    }
    assert about(sentence, published=date(2023, 5, 1)) == {"meeting_date": "2023-04-29", "mode": "hybrid"}
    assert about(sentence) == {"mode": "hybrid"}


def test_labels_say_when_and_where_the_meeting_was() -> None:
    wanted = {"meeting_date": "2020-04-30", "place": "Riyadh", "mode": "online"}
    date_line = "Thursday, April 30, 2020 *In the form of a video conference"
    assert about(MET, "1. Date", date_line, "2. Place", "Riyadh", "3. Overview", MET) == wanted
    del wanted["mode"]
    assert about("Date: April 30, 2020", "Place: Riyadh", MET) == wanted
    assert about("日時：令和2年4月30日（木）10:00～12:00", "場所：Riyadh", MET) == wanted


def test_several_days_in_the_head_are_the_meeting_s() -> None:
    assert about("Takasaki, 29-30 April 2023", MET) == {"meeting_date": "2023-04-29", "meeting_end": "2023-04-30"}


def test_the_days_of_a_visit_are_no_meeting_s() -> None:
    assert facts(f"Visit of the Prime Minister\n\n3-5 May 2023\n\n{MET}") == {"title": "Visit of the Prime Minister"}


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("The G7 Digital Ministers' Meeting was held in the form of a video conference.", "online"),
        ("We met virtually to discuss the points of the agenda.", "online"),
        ("We met in person to discuss the points of the agenda.", "in person"),
        ("The G7 Digital Ministers' Meeting was held in a hybrid format.", "hybrid"),
        ("We met last week via video conference to discuss the points of the agenda.", "online"),
        ("We met to discuss online harms and hybrid threats to our societies.", None),
        ("We met with the President of Ukraine virtually joining the talks of the day.", None),
        ("The minister participated online in the talks of the day.", None),
        ("This was the first in-person meeting in two years for all of them.", None),
    ],
)
def test_the_mode_is_the_meeting_s_and_not_a_participant_s(sentence: str, mode: str | None) -> None:
    assert about(f"{sentence} {MET}").get("mode") == mode


@pytest.mark.parametrize(
    ("line", "country"),
    [
        (
            "At the G7 Digital Ministers' Meeting (held under Italian presidency), the ministers agreed on data.",
            "Italy",
        ),
        ("We met today at the invitation of the German G7 Presidency, to strengthen our cooperation.", "Germany"),
        ("The meeting took place under the Presidency of Saudi Arabia, and all of them attended it.", "Saudi Arabia"),
        (
            "Countries: Japan, Saudi Arabia (Presidency), Argentina, Australia, Brazil and Canada took part.",
            "Saudi Arabia",
        ),
        (
            "日本が議長国を務めた会合に大臣が出席し、データの自由な流通について多くの議論を行い、宣言をまとめました。",
            "Japan",
        ),
        (
            "The meeting was held under Dutch presidency, and all the ministers of the members attended it.",
            "Netherlands",
        ),
        ("単独議長国として会合を開催し、データの自由な流通について多くの議論を行い、宣言をまとめました。", None),
        ("The meeting welcomed the principles agreed at the 2019 G20, under Japan's Presidency, in Osaka.", None),
        ("The meeting follows that under Italian presidency and that under German presidency, as planned.", None),
        ("The roadmap formulated during the G7 U.K. presidency was welcomed by the meeting as a whole.", None),
    ],
)
def test_the_presidency_is_this_meeting_s(line: str, country: str | None) -> None:
    assert about(line).get("presidency") == country


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Ministry of Foreign Affairs of Japan", "Ministry of Foreign Affairs of Japan"),
        ("The White House", "The White House"),
        ("総務省", "総務省"),
        ("デジタル庁国際戦略課", "デジタル庁"),
        ("State Minister for Internal Affairs", None),
        ("The Digital Agency jointly held the talks", None),
    ],
)
def test_a_line_of_the_head_that_is_an_organisation_is_the_publisher(line: str, publisher: str | None) -> None:
    assert about(line, MET).get("publisher") == publisher


def test_the_organisation_at_the_end_of_the_contact_lines_is_the_publisher() -> None:
    contact = ("Contact", "Policy Division, Strategy Bureau, MIC", "TEL: +81 3 5253 5920")
    assert about(MET, *contact)["publisher"] == "MIC"
    in_full = f"The Ministry of Internal Affairs and Communications (MIC) sent its minister. {MET}"
    assert about(in_full, *contact)["publisher"] == "Ministry of Internal Affairs and Communications (MIC)"


def test_a_japanese_release_says_all_about_its_meeting() -> None:
    text = (
        "G7群馬高崎デジタル・技術大臣会合の開催結果について\n\n令和５年４月３０日\nデジタル庁\n\n"
        "2023年4月29日（土）及び30日（日）に、群馬県高崎市において、G7デジタル・技術大臣会合が開催されました。"
        "日本が議長国を務める会合では、データの流通について議論を行いました。"
    )
    assert facts(text) == {
        "title": "G7群馬高崎デジタル・技術大臣会合の開催結果について",
        "published": "2023-04-30",
        "publisher": "デジタル庁",
        "forum": "G7",
        "meeting": "G7デジタル・技術大臣会合",
        "meeting_date": "2023-04-29",
        "meeting_end": "2023-04-30",
        "place": "群馬県高崎市",
        "presidency": "Japan",
    }


def test_lines_made_to_be_slow_are_not() -> None:
    for piece in ("the meeting ", "meeting ", "The A ", "in A, ", "under ", "1 May ", "1 - ", "G ", "held the a "):
        text = "Results of the G7 Meeting\n\n" + piece * 10_000
        assert facts(text)["forum"] == "G7"


@pytest.mark.parametrize(
    "line", ["1. Opening", "Opening", "OPENING OF THE MEETING", "Begrüßung", "Ouverture de la séance"]
)
def test_the_first_section_of_minutes_is_no_title(line: str) -> None:
    text = f"{line}\n\nThe chair opened the meeting at ten and thanked all who had come to the old mill.\n"
    assert document_from(text, "mill.txt", "text/plain").title == "mill.txt"


@pytest.mark.parametrize(
    "line",
    [
        "Published: 02/06/2026",
        "Confirmed and signed, Ada Bo",
        "Signed by A. Bo",
        "Approuvé le 3 mai 2026",
        "Signed as a correct record, 3 May 2026",
        "DRAFT – not yet agreed",
    ],
)
def test_a_line_on_what_was_done_with_the_text_is_no_title(line: str) -> None:
    text = f"{line}\n\nMill Trust minutes\n\nThe Trust will have the old wheel of the mill mended in spring.\n"
    assert document_from(text, "mill.txt", "text/plain").title == "Mill Trust minutes"


def test_the_body_below_the_noun_of_a_record_is_its_title() -> None:
    text = "Minutes\n\nMill Trust\n\nThe Trust will have the old wheel of the mill mended in spring.\n"
    assert document_from(text, "mill.txt", "text/plain").title == "Mill Trust"


@pytest.mark.parametrize("line", ["Adopted Declaration on Mills", "Approved minutes of the Mill Trust", "Draft Plan"])
def test_a_title_may_begin_with_what_was_done(line: str) -> None:
    text = f"{line}\n\nThe Trust will have the old wheel of the mill mended in spring by two men.\n"
    assert document_from(text, "mill.txt", "text/plain").title == line
