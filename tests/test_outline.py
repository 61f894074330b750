"""Make an outline of headings, paragraphs and list items of a text."""

from collections.abc import Sequence

import pytest

from corpus.document import Document, Kind
from corpus.outline.outline import outline
from corpus.outline.plain_words import fold, plain
from corpus.passages import split
from corpus.reading import founding_records

APRIL, JULY, METI, MIC, TAKASAKI = founding_records()


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind.value, block.words.of(text)) for block in outline(text, title)]


def headings(text: str) -> list[tuple[int, str]]:
    return [(block.level, block.words.of(text)) for block in outline(text) if block.kind is Kind.HEADING]


def of_kind(document: Document, kind: Kind) -> list[str]:
    return [block.words.of(document.text) for block in document.outline if block.kind is kind]


def path(document: Document, words: str) -> Sequence[str]:
    """The headings above the passage with these words; they stand in one passage only."""
    (found,) = (p for p in split(document, 1000) if words in p.text and p.kind is not Kind.MENU)
    return found.headings


# The founding records.


def test_the_headings_of_july_2020_have_their_depth() -> None:
    assert [(b.level, b.words.of(JULY.text)) for b in JULY.outline if b.kind is Kind.HEADING] == [
        (1, "Time and date"),
        (1, "Participating countries, regions, and international organizations"),
        (1, "Overview"),
        (1, "Key points of ministerial statement"),
        (2, "Trustworthy Artificial Intelligence"),
        (2, "Data Free Flow with Trust and Cross-border Data Flows"),
        (2, "Smart Cities"),
        (2, "Measurement of the Digital Economy"),
        (2, "Security in the Digital Economy"),
    ]


@pytest.mark.parametrize(
    ("words", "above"),
    [
        ("A G20 digital economy ministerial meeting was held", ()),
        ("*\n    In the form of a video conference", ("Time and date",)),
        ("Countries invited: Jordan", ("Participating countries, regions, and international organizations",)),
        ("smart mobility is one of the elements", ("Key points of ministerial statement", "Smart Cities")),
        ("bridge gaps in statistical", ("Key points of ministerial statement", "Measurement of the Digital Economy")),
    ],
)
def test_each_passage_of_july_2020_stands_under_its_headings(words: str, above: Sequence[str]) -> None:
    assert path(JULY, words) == above


@pytest.mark.parametrize(
    ("words", "above"),
    [
        ("vi. Encouraging innovation for smart cities", ("Digital economy",)),
        ("x. Digital identity", ("Digital government",)),
        (
            "Proper public procurement can help",
            ("Digital economy", "Encouraging innovation for smart cities and communities"),
        ),
        ("technological services that guarantee privacy", ("Digital government", "Digital identity")),
        (
            "opportunities and challenges of data free flow",
            ("Digital economy", "Data free flow with trust, and cross-border data flows"),
        ),
    ],
)
def test_both_wordings_of_the_list_in_the_meti_record_stand_under_their_headings(
    words: str, above: Sequence[str]
) -> None:
    assert path(METI, words) == above


def test_the_first_list_of_the_meti_record_is_a_list_and_the_second_has_headings() -> None:
    assert len(of_kind(METI, Kind.LIST_ITEM)) == 11
    assert [b.level for b in METI.outline if b.kind is Kind.HEADING] == [1, 1, 1, *[2] * 8, 1, *[2] * 3]


def test_the_path_above_the_meti_record_is_a_menu_and_the_line_below_it_the_title() -> None:
    title = "METI Parliamentary Vice-Minister Sato Participates in G20 Digital Ministers' Meeting"
    assert of_kind(METI, Kind.MENU)[:5] == ["Home", "News Releases", "Back Issues", "August FY2021", title]
    assert of_kind(METI, Kind.TITLE) == [title]
    assert METI.outline[5].kind is Kind.TITLE


def test_glued_headings_are_told_from_the_sentence_before() -> None:
    above = "Facilitation of Cross-Border Data Flows and Data Free Flow with Trust"
    assert path(TAKASAKI, "agreement on Annex on G7 Vision") == (above,)
    assert path(TAKASAKI, "Endorsing the G7 Vision of the future network") == (
        "Secure and Resilient Digital Infrastructure",
    )
    assert path(TAKASAKI, "open free, global") == ("Internet Governance",)
    assert path(TAKASAKI, "software vulnerabilities") == (
        "Innovating the Economic Society and Enhancing the Emerging Technologies",
    )
    assert path(TAKASAKI, "generative AI as soon as possible") == ("Promoting Responsible AI and AI Governance",)
    assert path(TAKASAKI, "digital competition summit") == ("Competition Policy on Digital Market",)


def test_a_sentence_that_lost_its_glued_heading_keeps_its_full_stop() -> None:
    assert [w for w in of_kind(TAKASAKI, Kind.BODY) if w.endswith("its priorities.")] != []


def test_the_table_of_contents_of_takasaki_is_a_menu() -> None:
    assert of_kind(TAKASAKI, Kind.MENU) == [
        "日本語",
        "Main results of discussions at the G7 Digital and Tech Ministers’ Meeting",
        "Bilateral Meetings",
        "WEF Public/Private DX Summit Participation",
        "Official Website",
    ]


def test_each_bilateral_meeting_of_takasaki_is_a_heading_below_its_section() -> None:
    met = [words for words in of_kind(TAKASAKI, Kind.HEADING) if words.startswith("Meeting with")]
    assert [words.split(",")[0] for words in met] == [
        "Meeting with Mr. Francis Bilodeau",
        "Meeting with Mr. Valentino Valentini",
        "Meeting with H.E. Mr. Nathaniel C. Fick",
        "Meeting with H.E. Ms. Margrethe Vestager",
        "Meeting with H.E. Mr. Ashwini Vaishnaw",
        "Meeting with H.E. Dr. Volker Wissing",
        "Meeting with Mr. Paul Scully MP",
    ]
    assert path(TAKASAKI, "possibility of cooperation with SPID") == ("Bilateral Meetings", met[1])
    assert path(TAKASAKI, "collaboration of eID, the spread of Peppol") == ("Bilateral Meetings", met[3])


def test_the_section_after_the_bilateral_meetings_is_not_below_them() -> None:
    above = ("Minister Kono participated in WEF(The World Economic Forum)Public-Private DX Summit",)
    assert path(TAKASAKI, "a robot avatar modeled after") == above


@pytest.mark.parametrize("record", [APRIL, JULY])
def test_the_contact_block_is_known_for_what_it_is(record: Document) -> None:
    assert of_kind(record, Kind.CONTACT) == [
        "Contact",
        "For further information about this press release, please fill in the inquiry form and submit it to MIC on"
        " the website",
        "International Policy Division, Global Strategy Bureau, MIC",
        "TEL: +81 3 5253 5920",
        "FAX: +81 3 5253 5924",
    ]


def test_a_contact_block_without_a_heading_is_known_by_its_invitation() -> None:
    assert of_kind(MIC, Kind.CONTACT)[1:] == [
        "Global Strategy Division, Global Strategy Bureau, MIC",
        "TEL: +81 3 5253 5920",
        "FAX: +81 3 5253 5924",
    ]


def test_the_absence_of_indonesia_is_a_passage_of_its_own() -> None:
    above = ("Participating countries, regions, and international organizations",)
    assert path(APRIL, "(*) Of the G20 members, Indonesia was absent from this meeting.") == above


def test_each_record_has_one_title() -> None:
    assert [len(of_kind(record, Kind.TITLE)) for record in founding_records()] == [1, 1, 1, 1, 1]


# Small texts.


def test_numbers_with_text_below_them_are_headings() -> None:
    lines = ["Talks", "1. Date", "Thursday.", "2. Overview", "They met.", "(1) Trust", "They agreed.", "3. End", "So."]
    assert headings("\n\n".join(lines)) == [(1, "Date"), (1, "Overview"), (2, "Trust"), (1, "End")]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_numbers_that_follow_each_other_are_a_list(between: str) -> None:
    text = (
        "Talks\n\nThey agreed on this.\n\n" + between.join(["1. Cities", "2. Flows", "3. Trust"]) + "\n\nThey parted."
    )
    assert kinds(text)[2:] == [
        ("list item", "Cities"),
        ("list item", "Flows"),
        ("list item", "Trust"),
        ("body", "They parted."),
    ]


def test_decimal_numbers_say_the_depth_of_a_heading() -> None:
    text = "\n\nThey met.\n\n".join(["Talks\n\n1. One\n\n1.1 Sub", "1.1.1 Deep", "1.2. Next", "2. Two", "So."])
    assert headings(text) == [(1, "One"), (2, "1.1 Sub"), (3, "1.1.1 Deep"), (2, "1.2. Next"), (1, "Two")]


def test_japanese_headings_are_found() -> None:
    text = (
        "デジタル大臣会合の結果\n\n１．日時\n\n８月５日（木）に開催されました。\n\n２．概要\n\n各国の大臣が出席しました。\n\n"
        "（１）スマートシティ\n\n各国は議論しました。\n\n連絡先\n\n国際戦略局\n電話：03-5253-5920"
    )
    assert kinds(text) == [
        ("title", "デジタル大臣会合の結果"),
        ("heading", "日時"),
        ("body", "８月５日（木）に開催されました。"),
        ("heading", "概要"),
        ("body", "各国の大臣が出席しました。"),
        ("heading", "スマートシティ"),
        ("body", "各国は議論しました。"),
        ("contact", "連絡先"),
        ("contact", "国際戦略局"),
        ("contact", "電話：03-5253-5920"),
    ]


def test_each_row_of_a_markdown_table_is_an_item() -> None:
    assert kinds("# Talks\n\n| Country | Role |\n|---|:--:|\n| Japan | host |\n\nThey met.") == [
        ("title", "Talks"),
        ("list item", "| Country | Role |"),
        ("menu", "|---|:--:|"),
        ("list item", "| Japan | host |"),
        ("body", "They met."),
    ]


def test_a_bold_run_in_is_no_heading_and_a_bold_line_is_one() -> None:
    assert kinds("# Talks\n\n**Cities.** They agreed.\n\n**Flows**\n\nThey agreed.") == [
        ("title", "Talks"),
        ("body", "**Cities.** They agreed."),
        ("heading", "**Flows**"),
        ("body", "They agreed."),
    ]


@pytest.mark.parametrize("marks", ["**", "***", "__"])
def test_marks_on_the_next_line_close_a_bold_line(marks: str) -> None:
    assert kinds(f"# Talks\n\nThey met.\n\n{marks}Flows  \n{marks}\n\n- They agreed.\n- They left.") == [
        ("title", "Talks"),
        ("body", "They met."),
        ("heading", f"{marks}Flows  \n{marks}"),
        ("list item", "They agreed."),
        ("list item", "They left."),
    ]


def test_a_bold_line_stands_below_the_markdown_heading_above_it() -> None:
    text = "# Talks\n\n## Members\n\nThey met.\n\n**Flows**\n\nThey agreed.\n\n## End\n\nThey parted."
    assert headings(text) == [(2, "Members"), (3, "**Flows**"), (2, "End")]


def test_an_underlined_line_is_a_heading() -> None:
    assert headings("Talks\n=====\n\nThey met.\n\nFlows\n-----\n\nThey agreed.") == [(1, "Flows")]


def test_a_rule_after_an_empty_line_underlines_nothing() -> None:
    assert headings("Talks\n\nThey met.\n\nSato Kei\n\n-----\n\nThey agreed.") == []


def test_a_list_after_a_colon_is_a_list() -> None:
    assert kinds("# Talks\n\nThey said:\n(1) It is good.\n(2) It is safe.") == [
        ("title", "Talks"),
        ("body", "They said:"),
        ("list item", "It is good."),
        ("list item", "It is safe."),
    ]


def test_an_image_and_empty_tags_say_nothing() -> None:
    assert kinds("![logo](a.png)\n\n# Talks\n\n<figure>\n</figure>\n\nThey met.") == [
        ("menu", "![logo](a.png)"),
        ("title", "Talks"),
        ("menu", "<figure>"),
        ("menu", "</figure>"),
        ("body", "They met."),
    ]


def test_a_name_with_a_full_stop_inside_is_not_a_glued_heading() -> None:
    assert kinds("They work with Trust.It")[0][1] == "They work with Trust.It"
    assert len(kinds("Talks\n\nThey work at priorities.Secure now.")) == 2


def test_the_known_title_is_found_below_a_menu_and_its_second_use_is_a_heading() -> None:
    text = "1. Home\n2. Overview\n\nOverview\n\nThey met.\n\n## Overview\n\nThey parted."
    assert kinds(text, "Overview") == [
        ("menu", "Home"),
        ("menu", "Overview"),
        ("title", "Overview"),
        ("body", "They met."),
        ("heading", "Overview"),
        ("body", "They parted."),
    ]


def test_the_list_at_the_top_that_begins_with_home_is_a_menu_whatever_its_items_say() -> None:
    text = "1. Home\n2. The ministers met.\n\nThey agreed."
    assert kinds(text) == [("menu", "Home"), ("menu", "The ministers met."), ("body", "They agreed.")]


def test_a_title_is_known_in_spite_of_its_quotation_marks_and_case() -> None:
    assert kinds("Ministers’ “TALKS”\n\nThey met.", 'Ministers\' "Talks"')[0][0] == "title"


def test_a_contact_heading_in_the_middle_ends_with_the_next_heading() -> None:
    assert kinds("# Talks\n\nContact\n\nMr. Sato\n\n## Flows\n\nThey agreed.")[1:4] == [
        ("contact", "Contact"),
        ("contact", "Mr. Sato"),
        ("heading", "Flows"),
    ]


def test_a_paragraph_of_prose_below_a_contact_line_is_none_of_its_lines() -> None:
    prose = "The ministers met in Trieste and agreed to " + "map the programmes that they have, and to " * 3 + "stop."
    assert kinds(f"Talks\n\nContact us\n\nMr. Sato, Director.\n\n{prose}\n\nThey left.")[2:] == [
        ("contact", "Mr. Sato, Director."),
        ("body", prose),
        ("body", "They left."),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met.", [("body", "They met.")]),
        ("Results", [("title", "Results")]),
        ("# A\n## B\n## C", [("title", "A"), ("heading", "B"), ("heading", "C")]),
        ("- a\n- b", [("list item", "a"), ("list item", "b")]),
        ("-", [("title", "-")]),
    ],
)
def test_the_smallest_texts_have_an_outline(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("**Smart** _cities_ and __flows__", "Smart cities and flows"),
        ("[Trieste](https://example.org/a_(b)) and ![a map](m.png)", "Trieste and a map"),
        ("## 2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("<u>Climate</u>\u00a0\n and\\*", "Climate and*"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_plain_words_have_no_marks(marked: str, said: str) -> None:
    assert plain(marked) == said


def test_folded_words_compare_equal() -> None:
    assert fold("Ｇ２０  Ministers’ “Talks”") == fold('g20 ministers\' "talks"') == 'g20 ministers\' "talks"'


@pytest.mark.parametrize(
    "line",
    [
        "x" * 300_000,
        "[" * 100_000,
        "[a](b" * 60_000,
        "会" * 300_000,
        "a.B " * 70_000,
        "http://" + "x" * 300_000,
        "**a" * 90_000,
    ],
)
def test_a_very_long_line_is_no_trouble(line: str) -> None:
    """It has no time limit but the suite's own: what grows with the square of the length does not come back."""
    assert outline("a " + line + "\n\nThey met.")[-1].kind is Kind.BODY


def test_a_line_of_attendance_is_no_heading() -> None:
    text = "Minutes of the Trust\n\nPresent: A. Bo, C. Day\nApologies: E. Fox\n\n1. Fees\nThe fee was raised.\n"
    found = {text[b.words.start : b.words.end]: b.kind for b in outline(text)}
    assert found["Apologies: E. Fox"] is Kind.BODY


def test_a_name_that_ends_like_tel_is_no_contact_line() -> None:
    text = "Minutes of the Trust\n\nThe fee was raised.\n\nProposed by Ms Bo, seconded by Mr Patel. All agreed.\n"
    assert [b.kind for b in outline(text)][-1] is Kind.BODY


def test_lines_with_as_many_bars_are_the_rows_of_a_table() -> None:
    text = "Poll of the club\n\nName | Votes\nBadgers | 23\nOtters | 8\nThe poll is over | nobody objected | all left."
    kinds = [block.kind for block in outline(text)]
    assert kinds == [Kind.TITLE, Kind.LIST_ITEM, Kind.LIST_ITEM, Kind.LIST_ITEM, Kind.BODY]
