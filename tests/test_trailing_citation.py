"""Behind a block quotation a citation is left aside, and a clause never is."""

import pytest

from assistant.verification.extraction.trailing_citation import trailing_citation

WORDS = "The pier was opened in spring."


@pytest.mark.parametrize(
    "tail",
    [
        "(Harbour Board 2031)",
        "(Harbour Board, 2031, p. 3)",
        "— Harbour Board, 2031",
        "(ibid., p. 4)",
        "[12]",
        "(Oslo, 2025)",
        "(Doyle)",
        "— Ms Ann Doyle",
        "(3 May 2031)",
        "(https://example.org/a/b.html)",
        "(Minutes of the Harbour Board, para. 3)",
        "(emphasis added)",
        "(Doyle et al. 2031: 12)",
        "（港湾局、2031年）",
        "(S. 12)",
        "(siehe Doyle 2031, S. 3)",
    ],
)
def test_a_citation_is_found(tail: str) -> None:
    span = trailing_citation(f"{WORDS} {tail}")
    assert span is not None
    assert span.of(f"{WORDS} {tail}").strip() == tail


@pytest.mark.parametrize(
    "tail",
    [
        "(and Doyle refused to sign)",
        "(Doyle refused)",
        "(except Doyle)",
        "— and Doyle left",
        "— Doyle left in 2031",
        "12",
        "512",
        "[and Doyle]",
        "(twice)",
        "(unanimously)",
        "[5 others]",
        "(Doyle Refused To Sign)",
        "(with Doyle)",
        "(Doyle too)",
        "(so Doyle, 2031, p. 3, though Prado denies it)",
        "（ドイルは署名しなかった）",
        "(not in 2031)",
    ],
)
def test_a_clause_is_none(tail: str) -> None:
    assert trailing_citation(f"{WORDS} {tail}") is None
