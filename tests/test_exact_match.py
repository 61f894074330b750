"""Exact matching accepts typographic differences and nothing else."""

import pytest

from assistant.verification.exact_match import matches
from assistant.verification.normalize import fold, letters, same
from assistant.verification.record_index import RecordIndex
from corpus.reading import founding_records
from support.generated_texts import document

RECORD = document(
    "The Ministers’ meeting didn't end on 2.5 March 1,000. They will not support non-nuclear “new” plans — for now.\n"
    "He agrees that long-\nterm growth, which is good, needs 10² units. 会議は\n東京で開催された。"
    " Ｇ２０ ﬁnally met in Zürich.\n",
    "record.txt",
)
MARKED = document(
    "# Head\n\nThe **first** [point](https://x.org/no) is 22<sup>nd</sup> of 10<sup>2</sup> *parts* .\n", "m.md"
)


def verdict(quote: str, record: object = RECORD) -> tuple[str, bool] | None:
    """The words found and whether they are exact; None when nothing is accepted."""
    found = list(matches(quote, RecordIndex([record])))  # type: ignore[list-item]
    return (found[0].span.of(found[0].document.text), found[0].is_exact) if found else None


def test_the_very_words_are_exact() -> None:
    assert verdict("They will not support") == ("They will not support", True)


@pytest.mark.parametrize(
    "quote",
    [
        "The Ministers' meeting", "the Ministers’ meeting", "[t]he Ministers’ meeting", "They  will\u00a0not\nsupport",
        'support non-nuclear "new" plans', "‘new’ plans - for now", "«new» plans—for now.", "new” plans – for now,",
        "long-term growth", "gro\u00adwth, which", "growth, which is good, need[s] 10²", "growth, […] needs 10²",
        "growth, ... needs 10²", "growth … needs", "[She] agrees that long-term", "sup-\nport non-nuclear",
        "会議は東京で開催された", "会議は 東京で", "G20 finally met", "Zu\u0308rich", "met in Zürich,",
        "agrees [sic] that",
    ],
)  # fmt: skip
def test_another_printing_is_typographic(quote: str) -> None:
    found = verdict(quote)
    assert found is not None
    assert found[1] is False


@pytest.mark.parametrize(
    "quote",
    [
        "They will support", "They will not Support", "5 March", "2.5 March 1", "000. They", "nuclear “new” plans",
        "The Minister’s meeting", "The Ministers’ meeting did", "Zurich", "10 units", "102 units",
        "growth which is good",
        "growth, which is good; needs", "needs … growth", "They will [not] support [5] plans", "agrees [not] that",
        "[the ministers of Italy] will support", "Ministers meeting", "long term growth", "longterm-growth", "ongoing",
        "They [will not] support non", "new plans", "The Ministers' meeting!", "G20 Finally", "東京が開催",
    ],
)  # fmt: skip
def test_anything_else_is_not_accepted(quote: str) -> None:
    assert verdict(quote) is None


@pytest.mark.parametrize("quote", ["", "…", "[…]", "\x01", "[a]"])
def test_where_no_words_are_quoted_nothing_is_found(quote: str) -> None:
    assert verdict(quote) is None


def test_an_omission_that_drops_a_negation_is_told() -> None:
    (found,) = matches("They will […] support", RecordIndex([RECORD]))
    assert found.fault is not None
    assert "“not”" in found.fault.because
    assert not found.fault.joins


def test_words_apart_by_more_than_two_pages_are_not_joined_by_an_ellipsis() -> None:
    near, far = (document(f"It begins. {'Word ' * n}It ends here.\n", "far.txt") for n in (900, 1200))
    assert verdict("It begins … It ends here", near) is not None
    assert verdict("It begins … It ends here", far) is None


BRAZIL = document(
    "The delegation of Brazil, led by Mr. Silva, did not support the proposal of 12 March. It said that 45 per cent of"
    " firms would pay more. Others did not speak. They met again.\n\n"
    "The delegation of the U.S. did not agree to publish"
    " the report.\n\nThe chair refused to support it.\n\n"
    "提案は承認されなかったと述べ、次回に議論すると説明した。\n",
    "record.txt",
)


@pytest.mark.parametrize(
    "quote",
    [
        "The delegation of Brazil … support the proposal of 12 March.",
        "The delegation of the … agree to publish the report.",
        "The delegation of Brazil, led by Mr. Silva, did … pay more.",
        "45 per cent of firms would … speak.",
        "The chair … support it",
        "提案は承認され…たと述べ、次回に議論すると説明した。",
        "提案は承認され…議論すると説明した。",
        "提案は承認されなかったと述べ、次回…説明した。",
    ],
)
def test_an_omission_never_hides_a_negation(quote: str) -> None:
    found = list(matches(quote, RecordIndex([BRAZIL])))
    assert all(match.fault and not match.fault.joins for match in found)
    assert [match.document for match in found] == [BRAZIL]


def test_an_omission_never_hides_a_condition() -> None:
    crane = document("The crane is safe if it is oiled, and if the wind is low it may lift.", "crane.txt")
    (found,) = matches("The crane is safe … it is oiled", RecordIndex([crane]))
    assert found.fault is not None
    assert "“if”" in found.fault.because


@pytest.mark.parametrize(
    "quote", ["would pay more. […] They met again", "would pay more … They met", "Brazil … did not"]
)
def test_an_omission_may_leave_out_whole_sentences_and_words_that_deny_nothing(quote: str) -> None:
    (found,) = matches(quote, RecordIndex([BRAZIL]))
    assert found.fault is None
    assert found.left_out


@pytest.mark.parametrize(
    "quote", ["They met … The delegation of the U.S.", "Argentina … was absent", "met in Rome … Ten"]
)
def test_an_omission_over_a_paragraph_or_a_line_of_a_list_joins_what_stands_apart(quote: str) -> None:
    listed = document(
        "Members\n\n- Argentina, Australia\n- Brazil\n\nIndonesia was absent.\n\nThe ministers of all the members met"
        " in Rome\nPlace\nTen of them spoke at length about many matters that day.\n",
        "list.md",
    )
    found = [match for record in (BRAZIL, listed) for match in matches(quote, RecordIndex([record]))]
    assert [match.fault.joins for match in found if match.fault] == [True]


GERMANY = document(
    "The measures would greatly strengthen trust. It would strengthen trade. Of the members, Indonesia was absent."
    " The delegation said that they are able and careful. 事務局は同国が欠席したと述べ、インドネシアが参加した。\n",
    "inserted.txt",
)


@pytest.mark.parametrize(
    "quote",
    [
        "would [fail to] strengthen trade", "would [hardly] strengthen trade", "would [barely] strengthen trade",
        "would [no longer] strengthen trade", "would [refuse to] strengthen trust", "Indonesia [and China] was absent",
        "[China] was absent", "Indonesia was absent [and China]", "[China] … absent", "Indonesia [and China] … absent",
        "they are [un]able", "able and care[less]", "able and care[d]", "インドネシア[と中国]が参加",
        "[Germany] strengthen", "It [will] strengthen trade",
    ],
)  # fmt: skip
def test_an_insertion_never_changes_what_is_said(quote: str) -> None:
    assert verdict(quote, GERMANY) is None


@pytest.mark.parametrize(
    "quote",
    [
        "[Germany] would strengthen trade", "[The German delegation] said", "said that [the Germans] are able",
        "Indonesia [however] was absent", "Indonesia [sic] was absent", "was absent [emphasis added]",
        "事務局は[中国]が欠席", "would strengthen [and widen] trade",
    ],
)  # fmt: skip
def test_an_insertion_that_explains_is_accepted_and_told(quote: str) -> None:
    found = list(matches(quote, RecordIndex([GERMANY])))
    assert [(match.fault, match.inserted) for match in found] == [
        (None, (quote[quote.index("[") : quote.index("]") + 1],))
    ]


@pytest.mark.parametrize("quote", ["The first point is 22nd of", "the **first** [point](https://x.org/no) is"])
def test_marks_of_markdown_are_not_words(quote: str) -> None:
    assert verdict(quote, MARKED) is not None


@pytest.mark.parametrize("quote", ["point no is", "of 102 parts", "Head The first"])
def test_marks_of_markdown_hide_no_change(quote: str) -> None:
    assert (verdict(quote, MARKED) is None) is (quote != "Head The first")


def test_every_folded_character_knows_its_place() -> None:
    text = "  A ﬁne…  “day”—\n\n(now)"
    folded = fold(text)
    assert folded.text == "A fine...'day'-(now)"
    assert [text[a:b] for a, b in zip(folded.starts, folded.ends, strict=True) if b > a][2:4] == ["ﬁ", "n"]


def test_a_hyphen_at_a_line_end_is_a_hyphen_or_none() -> None:
    assert [same(fold("co-\nop").text, other) for other in ("coop", "co-op", "co op", "cooop")] == [
        True,
        True,
        False,
        False,
    ]


def test_texts_that_fold_alike_have_equal_letters() -> None:
    for record in founding_records():
        printed = record.text.replace("-", "‑").replace("'", "’").replace(" ", "\u00a0")
        assert "".join(c for c, _ in letters(printed)) == "".join(c for c, _ in letters(record.text))


COAST = document(
    "Minister Ewa Sand spoke. She added that it would apply to them. The chair thanked the members. Norway was absent."
    " The Port paid 1,250,000 marks for 4,500 buoys, 10 000 ships and 1.250 km of rope. Item 4 500 ships.\n\n"
    "彼は欠席したと述べた。\n",
    "coast.txt",
)


@pytest.mark.parametrize(
    "quote",
    [
        "She [Minister Sand] added", "She added that it [the Quay Act] would", "apply to them [Norway and Chad].",
        "The chair [Ms Roe] thanked", "彼[佐藤大臣]は欠席した",
        "The Port [Port of Brunmark] paid",
    ],
)  # fmt: skip
def test_a_name_in_brackets_may_tell_whom_a_pronoun_or_office_means(quote: str) -> None:
    (match,) = matches(quote, RecordIndex([COAST]))
    assert match.inserted == (quote[quote.index("[") : quote.index("]") + 1],)


@pytest.mark.parametrize(
    "quote",
    [
        "She [Sand and Roe] added", "Norway [Chad] was absent", "the members [Chad].",
        "She [Minister Sand] would apply",
        "She [not Minister Sand] added", "She [Minister 5] added", "thanked [Chad] the members", "added [Chad] that it",
        "She [Minister Sand] … would apply", "彼[と佐藤大臣]は欠席した",
    ],
)  # fmt: skip
def test_a_name_in_brackets_never_adds_anybody_nor_replaces_other_words(quote: str) -> None:
    assert verdict(quote, COAST) is None


@pytest.mark.parametrize(
    "quote",
    [
        "paid 1 250 000 marks", "paid 1.250.000 marks", "paid 1'250'000 marks", "paid 1250000 marks",
        "paid 1\u202f250\u202f000 marks", "for 4 500 buoys", "for 4500 buoys", "10,000 ships",
        "10'000 ships",
    ],
)  # fmt: skip
def test_an_integer_may_be_grouped_in_another_way(quote: str) -> None:
    found = verdict(quote, COAST)
    assert found is not None
    assert not found[1]


@pytest.mark.parametrize(
    "quote",
    [
        "paid 1,25 marks", "paid 1.250,000 marks", "paid 1,250.000 marks", "paid 12,500,00 marks", "for 4.50 buoys",
        "and 1,250 km", "and 1 250 km", "and 1.25 km", "and 1250 km", "paid 1,520,000 marks", "000 ships and",
        "4,500 buoys, 10", "250,000 marks", "Item 4,500 ships",
        "for 4.500 buoys",
    ],
)  # fmt: skip
def test_an_integer_is_grouped_by_threes_and_cut_nowhere(quote: str) -> None:
    assert verdict(quote, COAST) is None
