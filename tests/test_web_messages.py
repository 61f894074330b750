"""Render replies about the library, facts and outlines: a first line, a list that is folded, headings of sections."""

from html import unescape

from assistant.answer import Answer, Reason, ReplyKind, Statement, abstain
from assistant.citations.citation import Citation
from assistant.web.chat.messages import render_abstention
from assistant.web.chat.messages import render_answer as render
from corpus.passages import split
from corpus.reading import document_from, founding_records

JULY = founding_records()[1]


def render_answer(answer: Answer, searched_for: str = "") -> str:
    return unescape(render(answer, searched_for))


def lines(number: int) -> tuple[Statement, ...]:
    return tuple(Statement(f"Meeting {i}") for i in range(number))


def test_a_fact_is_a_first_line_with_its_marker_above_the_quotation() -> None:
    passage = next(p for p in split(JULY, 1000) if "July 22, 2020" in p.text)
    cited = Citation(JULY, passage.words, passage.headings)
    page = render_answer(Answer((cited,), kind=ReplyKind.LIBRARY, statements=(Statement("22 July 2020", (cited,)),)))
    assert page.startswith('<div class="answer"><p class="lead"><strong>22 July 2020 <a class="marker"')
    assert page.count("<blockquote>") == 1


def test_thanks_are_answered_without_the_box_of_refusals() -> None:
    shown = render_abstention(abstain(Reason.SMALL_TALK))
    assert shown.startswith('<div class="abstention chat-talk">')
    assert 'class="abstention"' in render_abstention(abstain(Reason.UNSAFE_REQUEST))


def test_a_list_of_statements_is_folded_after_ten() -> None:
    short = Answer((), kind=ReplyKind.LIBRARY, statements=(Statement("10 meetings:"), *lines(10)))
    long = Answer((), kind=ReplyKind.LIBRARY, statements=(Statement("14 meetings:"), *lines(14)))
    assert "<details>" not in render_answer(short)
    page = render_answer(long)
    assert "<strong>14 meetings:</strong>" in page
    assert page.index("Meeting 9") < page.index("<details><summary>Show all 14</summary>") < page.index("Meeting 10")


def test_lines_without_a_head_are_all_alike() -> None:
    page = render_answer(Answer((), kind=ReplyKind.LIBRARY, statements=lines(2)))
    assert (page.count('class="statement"'), "lead" in page) == (2, False)


def test_quotations_are_folded_after_ten_and_an_outline_shows_its_headings() -> None:
    text = "# Talks\n\n" + "\n\n".join(f"## Part {i}\n\nSentence {i} is here." for i in range(12))
    document = document_from(text, "talks.md", "text/markdown")
    bodies = [p for p in split(document, 1000) if p.text.startswith("Sentence")]
    citations = tuple(Citation(document, p.words, p.headings) for p in bodies)
    outline = Answer(citations, kind=ReplyKind.OUTLINE, statements=(Statement("Quoted."),))
    page = render_answer(outline)
    assert page.startswith('<div class="answer"><p class="note"><small>Quoted.</small></p>')
    assert page.count('<p class="section">') == len(bodies) == 12
    assert page.index("Sentence 9") < page.index("Show all 12") < page.index("Part 10") < page.index("Sentence 10")


def test_what_a_library_reply_did_not_search_for_is_not_shown() -> None:
    reply = Answer((), kind=ReplyKind.LIBRARY, statements=lines(1))
    assert "Searched for" not in render_answer(reply, "Which meetings are there?")
