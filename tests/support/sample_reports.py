"""Build reports for the tests of the export: of the founding records, in Japanese, and with hostile words."""

from dataclasses import replace
from datetime import date

from assistant.citations.citation import Citation
from assistant.export.report import Item, Report, Section
from corpus.document import Document
from corpus.reading import document_from, founding_records
from corpus.span import Span

DAY = date(2026, 11, 21)
APRIL, JULY, METI, MIC, TAKASAKI = founding_records()
ABSENT = "(*) Of the G20 members, Indonesia was absent from this meeting."
ADOPTED = "They then adopted a ministerial declaration."
MENU = "- Main results of discussions at the G7 Digital and Tech Ministers’ Meeting\n- Bilateral Meetings"
DISCUSSED = "各国の大臣が参加し、信頼性のある自由なデータ流通について議論した。"

JAPANESE = document_from(
    "---\ntitle: デジタル大臣会合の結果について\npublisher: 総務省\ndate: 2021-08-06\nurl: https://www.soumu.go.jp/例\n"
    "forum: G20\nmeeting_date: 2021-08-05\n---\n会議の概要\n\n２０２１年８月５日、デジタル大臣会合が開催された。"
    f"{DISCUSSED}会合では閣僚宣言が採択された。",
    "会合.md",
    "text/markdown",
)
# What a format could take for markup, a formula, a macro, the end of a record; and what XML cannot hold.
HOSTILE_WORDS = (
    '=HYPERLINK("https://evil.example","x") </script><img src=x onerror=alert(1)> <b>bold</b> &amp; `code` **stars**'
    " _low_ [a](https://evil.example) ![p](https://evil.example/p.png) | cell | $x^2$ \\input{/etc/passwd} {open"
    " 100% #1 ~ ]]> @cite[^1] \x07\x1b[31m \u202eturned --- a -- b ... 'c' http://evil.example/a_b_c"
)
HOSTILE_TITLE = "half \ud800 <script>alert(1)</script> **T** \\write18{x} } {{ 5% & $ # _ ^ ~ \" 'q' \x0b =1+1 | `t`"


def hostile() -> Document:
    """A document all of whose facts and words mean something to some format."""
    text = f"- a line\n\n{HOSTILE_WORDS}\n\n+1 @SUM(A1) and more."
    read = document_from(text, "=cmd|' /C calc'!A1.md", "text/markdown")
    return replace(
        read,
        title=HOSTILE_TITLE,
        publisher='=Ministry, "of" {Trade} & <i>Sons</i>\nER  - \n',
        published=date(2022, 2, 3),
        source=replace(read.source, address="https://evil.example/?a=1&b=\"><script>x</script> {}|`'\\"),
    )


def citation(document: Document, words: str, section: tuple[str, ...] = ()) -> Citation:
    """The first place of these words in a document."""
    start = document.text.index(words)
    return Citation(document, Span(start, start + len(words)), section)


def item(document: Document, words: str, note: str = "", heading: str = "") -> Item:
    """A quotation of these words."""
    return Item(citation(document, words), note, heading)


def evidence(*items: Item, title: str = "What did the ministers decide?") -> Report:
    """A report of these items, accessed on a fixed day."""
    return Report(title, DAY, (Section("", items),))


def report() -> Report:
    """Four quotations: one with a note, one of several list items, one in Japanese."""
    return evidence(
        item(APRIL, ABSENT, "Ask the delegation.", "G20, online, 30 April 2020 (MIC)"),
        item(METI, ADOPTED),
        item(TAKASAKI, MENU),
        item(JAPANESE, DISCUSSED, "日本語のメモ"),
    )


def hostile_report() -> Report:
    """Quotations, notes and headings of hostile words."""
    document = hostile()
    items = (
        item(document, HOSTILE_WORDS, f"@note {HOSTILE_TITLE}", HOSTILE_TITLE),
        item(document, "+1 @SUM(A1) and more.", "-2+3", "=1+1"),
    )
    return Report(HOSTILE_TITLE, DAY, (Section(HOSTILE_TITLE, items, ("# <b>remark</b>\n=2",)),))


def unanswered() -> Report:
    """A question that the records do not answer."""
    return Report("Who sang?", DAY, (Section("", (), ("This is not in the 5 records I searched.",)),))
