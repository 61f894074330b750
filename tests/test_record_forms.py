"""Forms of records: headings between numbers, bold heads, tables without bars, talk in a table, owned lines."""

from corpus.document import Document, Kind
from corpus.outline.outline import outline
from corpus.reading import document_from
from corpus.speech import speeches
from support.minutes import minutes, quotes


def headings(text: str) -> list[str]:
    """Return the headings of a text."""
    return [block.words.of(text) for block in outline(text) if block.kind is Kind.HEADING]


def test_a_line_between_numbered_sentences_that_go_on_is_a_heading() -> None:
    text = "Eel panel\n\nOpening\n\n1. The panel met in Hove.\n\nNets\n\n2. Ms Bo spoke of nets.\n\n3. It rose.\n"
    assert headings(text) == ["Opening", "Nets"]


def test_a_line_in_a_numbered_list_that_ends_no_sentence_is_no_heading() -> None:
    text = "Eel panel\n\nWhat to bring:\n\n1. A net\n\nLong or short\n\n2. A bucket\n\n3. A lamp\n"
    assert "Long or short" not in headings(text)


def test_a_bold_head_with_a_number_is_a_heading_before_its_paragraph() -> None:
    text = "# Eel panel\n\n**Item 4. Nets** The nets were counted.\n\n"
    text += "**5. Boats.** \u2013 The boats are old.\n\n**Bold** words.\n"
    assert headings(text) == ["**Item 4. Nets**", "**5. Boats.**"]
    blocks = outline(text)
    assert "".join(text.split()) == "".join("".join(b.span.of(text).split()) for b in blocks)


PANEL = minutes(
    "Eel panel, minutes of 3 May 2026",
    "Present: Ada Bo\n\n**Item 4. Nets** The panel agreed to buy ten nets.\n\n"
    "**Item 5. Boats** The panel agreed to sell one.",
)


def test_what_was_decided_under_a_bold_head_is_found_by_it() -> None:
    assert quotes("What was decided under item 5?", PANEL) == ["The panel agreed to sell one."]


TABLE = (
    "Hall panel, 5 May 2026\n\nHall  | Hours | Income\n------|-------|-------\nSmall | 12 | 900\nLarge | 80 | 2,400\n"
)


def test_a_table_without_bars_around_it_has_the_names_of_its_columns() -> None:
    hall = document_from(TABLE, "hall.txt", "text/plain")
    assert quotes("How much income did the large hall bring?", hall) == ["Hall | Hours | Income", "Large | 80 | 2,400"]


def talk_in_table(columns: str) -> Document:
    rows = "| 00:01 | Ada Bo | Welcome to the call. |\n| 00:40 | Cy Day | The eels sleep in winter. |"
    return document_from(f"# Call\n\n| {columns} |\n|---|---|---|\n{rows}\n", "call.md", "text/markdown")


def test_the_rows_of_a_table_of_talk_have_their_speakers() -> None:
    assert [s.speaker for s in speeches(talk_in_table("Time | Speaker | Words"))] == ["Ada Bo", "Cy Day"]
    assert not speeches(talk_in_table("Time | Boat | Load"))


MAIL = """From: Eva Holm <eva@example.org>
Subject: After the call
Date: Tue, 12 May 2026 09:12:00 +0200

Dear all,

Bo: send the figures by Friday
Cy and Di: check the nets before 20 May
Eli: book the hall in Hove

Note: check the tide before Monday.

Eva
"""


def test_lines_with_their_owner_in_front_are_tasks() -> None:
    mail = document_from(MAIL, "mail.txt", "text/plain")
    assert quotes("What are the action items?", mail) == MAIL.split("\n\n")[2].splitlines()
    assert quotes("What does Di have to do?", mail) == ["Cy and Di: check the nets before 20 May"]


def test_lines_with_a_label_and_no_task_are_none() -> None:
    text = MAIL.replace("send the", "the").replace("check the nets", "nets").replace("book the", "the")
    assert not quotes("What are the action items?", document_from(text, "mail.txt", "text/plain"))
