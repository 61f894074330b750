"""A hyphen at a line end is removed only where the line break caused it."""

import pytest

from corpus.readers.pdf.hyphens import Hyphens
from corpus.readers.pdf.lines import PrintedLine


def lines(*texts: str) -> list[PrintedLine]:
    return [PrintedLine(text, 1, 72, 400, 100 + 14 * i, 11, False, 20) for i, text in enumerate(texts)]


def joined(*texts: str) -> str:
    words, *rest = texts
    hyphens = Hyphens(lines(*texts))
    for line in rest:
        words, between = hyphens.joint_after(words, line)
        words += between + line
    return words


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (("on trade", "and data"), "on trade and data"),
        (("it is inter-", "national in international law"), "it is international in international law"),
        (("we take long-", "term views, as long-term as any"), "we take long-term views, as long-term as any"),
        (("what well-", "being is, wellbeing or well-being"), "what well-being is, wellbeing or well-being"),
        (("what is unsaid else-", "where"), "what is unsaid else-where"),
        (("it is vail\u2010", "ability, not a long-", "term one"), "it is vailability, not a long-term one"),
        (("hard\u2010to\u2010read and soft\u2010", "ware"), "hard\u2010to\u2010read and soft\u2010ware"),
        (("the observa-", "tories for the sal-", "mon"), "the observatories for the salmon"),
        (("more co-opera-", "tion with the hydro-", "electric ones, as hydro-electric as any"),
         "more co-operation with the hydro-electric ones, as hydro-electric as any"),
        (("the observa-", "tories had thirty-", "six long-", "term staff"),
         "the observatories had thirty-six long-term staff"),
        (("the eutro-", "phication of a lake"), "the eutrophication of a lake"),
        (("a short-", "and a long-term plan"), "a short- and a long-term plan"),
        (("TRI-", "BAL observa-", "tions, NATO-", "interoperable"), "TRIBAL observations, NATO-interoperable"),
        (("les délé-", "gations ont voté sur le bud-", "get"), "les délégations ont voté sur le budget"),
        (("est-il adopté, peut-être, dit-il au vice-", "président"),
         "est-il adopté, peut-être, dit-il au vice-président"),
        (("die Abstim-", "mung über Ein-", "und Ausfuhr"), "die Abstimmung über Ein- und Ausfuhr"),
        (("goods/", "services"), "goods/services"),
        (("of AI—", "and of data"), "of AI—and of data"),
        (("of AI —", "and of data"), "of AI — and of data"),
        (("人工知能の", "推進"), "人工知能の推進"),
        (("the years 2020-", "2021"), "the years 2020-2021"),
    ],
)  # fmt: skip
def test_lines_are_joined_as_their_words_were_written(texts: tuple[str, ...], whole: str) -> None:
    assert joined(*texts) == whole


def test_in_a_text_that_is_not_hyphenated_a_compound_stays_one() -> None:
    compounds = [("like-", "minded"), ("so-", "called"), ("high-", "level"), ("co-", "chair"), ("pre-", "eminent")]
    texts = [text for pair in compounds for text in pair]
    assert "pre-eminent" in joined(*texts, "an eminent and preeminent one")
