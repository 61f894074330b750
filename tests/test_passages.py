"""Cut documents into passages."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from corpus.document import Block, Document, Kind, Meeting, Source, sha256_of
from corpus.passages import Passage, split
from corpus.readers.plain import front_matter
from corpus.reading import founding_records, read
from corpus.span import Span
from support.generated_texts import document, texts
from support.passage_words import words_without_labels


def bare(text: str) -> str:
    return "".join(text.split())


def hold_the_laws(made: Document, most: int) -> None:
    """No character lost but white space and front matter; nothing overlaps; each sentence lies in its passage."""
    passages = split(made, most)
    behind = made.text[front_matter(made.text)[1] :]
    assert bare("".join(passage.text for passage in passages)) == bare(behind)
    assert bare("".join(block.span.of(made.text) for block in made.outline)) == bare(behind)
    assert all(before.span.end <= after.span.start for before, after in pairwise(made.outline))
    assert all(before.span.end <= after.span.start for before, after in pairwise(passages))
    assert [passage.order for passage in passages] == list(range(len(passages)))
    for passage in passages:
        assert passage.text == made.text[passage.span.start : passage.span.end]
        assert len(passage.words) <= most
        found = passage.sentences()
        assert all(passage.words.start <= s.start and s.end <= passage.words.end for s in found)
        assert all(before.end <= after.start for before, after in pairwise(found))
        assert bare("".join(s.of(made.text) for s in found)) == bare(words_without_labels(passage))


@given(texts)
@settings(max_examples=100, deadline=None)
def test_a_text_keeps_the_laws(text: str) -> None:
    hold_the_laws(document(text), 200)


@pytest.mark.slow
@given(texts)
@settings(max_examples=1500, deadline=None)
def test_thousands_of_texts_keep_the_laws(text: str) -> None:
    for most in (200, 1000):
        hold_the_laws(document(text), most)


@pytest.mark.parametrize("record", founding_records(), ids=lambda record: record.name)
def test_the_founding_records_keep_the_laws(record: Document) -> None:
    hold_the_laws(record, 1000)
    hold_the_laws(record, 200)


def test_the_shared_documents_keep_the_laws(shared_folder: Path) -> None:
    for path in sorted((shared_folder / "documents" / "whitehouse").glob("*.md")):
        hold_the_laws(read(path), 1000)


def test_a_passage_is_a_paragraph_or_item_with_the_headings_above_it() -> None:
    made = document("# Talks\n\nThey met.\n\n## **Points**\n\n- They *agreed*.\n- They parted.\n\n## End\n\nNothing.")
    assert [(p.kind.value, p.text, p.headings) for p in split(made, 1000)] == [
        ("title", "# Talks", ()),
        ("body", "They met.", ()),
        ("heading", "## **Points**", ()),
        ("list item", "- They *agreed*.", ("Points",)),
        ("list item", "- They parted.", ("Points",)),
        ("heading", "## End", ()),
        ("body", "Nothing.", ("End",)),
    ]


def test_a_heading_stands_under_the_headings_above_it_and_not_under_itself() -> None:
    made = document("# Talks\n\n## Points\n\n### Cities\n\nGood.\n\n## End\n\nNothing.")
    assert [(p.text, p.headings) for p in split(made, 1000) if p.kind is Kind.HEADING] == [
        ("## Points", ()),
        ("### Cities", ("Points",)),
        ("## End", ()),
    ]


def test_a_long_paragraph_is_cut_between_its_sentences() -> None:
    made = document("- " + " ".join(["They met in Trieste on Thursday."] * 9))
    assert [p.text for p in split(made, 100)] == [
        "- They met in Trieste on Thursday. They met in Trieste on Thursday. They met in Trieste on Thursday.",
        "They met in Trieste on Thursday. They met in Trieste on Thursday. They met in Trieste on Thursday.",
        "They met in Trieste on Thursday. They met in Trieste on Thursday. They met in Trieste on Thursday.",
    ]


def test_a_long_sentence_is_cut_at_white_space_and_a_long_word_anywhere() -> None:
    made = document("flow " * 5 + "x" * 30)
    assert [p.text for p in split(made, 12)] == ["flow flow", "flow flow", "flow", "x" * 12, "x" * 12, "x" * 6]


def test_the_words_of_the_first_part_begin_behind_the_bullet() -> None:
    first, second = split(document("- They met in Trieste. They parted."), 22)
    assert [(first.text, first.words.start), (second.text, second.words.start)] == [
        ("- They met in Trieste.", 2),
        ("They parted.", 23),
    ]


def test_the_encoder_sees_title_headings_meeting_and_days() -> None:
    text = "Talks\n\nPoints\n\nThey **met**.\nThey parted."
    blocks = (
        Block(Kind.TITLE, Span(0, 5), Span(0, 5)),
        Block(Kind.HEADING, Span(7, 13), Span(7, 13), 1),
        Block(Kind.BODY, Span(15, 41), Span(15, 41)),
    )
    meeting = Meeting("G20", place="Trieste", first_day=date(2021, 8, 4), last_day=date(2021, 8, 5))
    made = Document("a.txt", "The Talks", text, blocks, Source(sha256_of(text), "text/plain"), meeting=meeting)
    passage = split(made, 1000)[2]
    about = "The Talks > Points (G20, Trieste, 4-5 August 2021): "
    encoded, (first, second) = passage.for_encoder(passage.sentences())
    assert encoded == about + "They met. They parted."
    assert (first.of(encoded), second.of(encoded)) == ("They met.", "They parted.")


def test_sentences_that_touch_touch_for_the_encoder() -> None:
    passage = split(document("会合が開かれた。宣言が採択された。"), 1000)[-1]
    assert passage.for_encoder(passage.sentences())[0].endswith(": 会合が開かれた。宣言が採択された。")


def test_without_a_meeting_the_encoder_sees_the_day_of_publication() -> None:
    made = document("---\ntitle: Talks\ndate: 2021-08-06\n---\nThey met.")
    passage = split(made, 1000)[0]
    assert passage.for_encoder(passage.sentences())[0] == "Talks (6 August 2021): They met."


def test_a_passage_outside_its_document_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="does not lie in"):
        Passage(document("They met."), Span(0, 10), Span(0, 9), Kind.BODY, (), 0)


def test_short_turns_share_a_passage_and_their_sentences_have_no_labels() -> None:
    spoken = "MS. BO: It is short. It is old.\n\nQ Who pays?\n\nMS. BO: The mill."
    text = f"# Talks\n\n## Quay\n\n{spoken}\n\n## End\n\nNothing.\n"
    made = document(text)
    hold_the_laws(made, 1000)
    passage = next(p for p in split(made, 1000) if "mill" in p.text)
    assert passage.text == spoken
    assert passage.headings == ("Quay",)
    assert [s.of(text) for s in passage.sentences()] == ["It is short.", "It is old.", "Who pays?", "The mill."]
    encoded, spans = passage.for_encoder(passage.sentences())
    assert encoded.endswith(": MS. BO: It is short. It is old. Q: Who pays? MS. BO: The mill.")
    assert [span.of(encoded) for span in spans] == ["It is short.", "It is old.", "Who pays?", "The mill."]


@pytest.mark.parametrize(("joint", "longest"), [(" and ", 320), (", and ", 600)])
def test_a_long_turn_without_full_stops_is_cut_between_clauses(joint: str, longest: int) -> None:
    clause = "it is as short as the one before it was when we came to see it"
    words = joint.join(f"{clause} on the day number {number}" for number in range(30))
    made = document(f"Ada Bo: {words}\n\nJon Day: Who pays?\n\nAda Bo: You.\n\nJon Day: No.\n")
    hold_the_laws(made, 1000)
    hold_the_laws(made, 200)
    quoted = [s.of(made.text) for p in split(made, 1000) for s in p.sentences()]
    assert max(map(len, quoted)) <= longest
    assert sum(quote.startswith("and it is") for quote in quoted) > 2


def test_a_long_sentence_with_commas_stays_whole() -> None:
    words = "we came, as we said we would, on a ferry that was old" + ", and it was late, " * 22 + "as always."
    made = document(f"Ada Bo: {words}\n\nJon Day: Who pays?\n\nAda Bo: You.\n\nJon Day: No.\n")
    assert words in [s.of(made.text) for p in split(made, 1000) for s in p.sentences()]
