"""Words of a PDF report that nobody sees are none of a quotation, and those in notes and form fields are checked."""

from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Findings
from assistant.verification.readers.pdf_seen import Apart
from assistant.verification.readers.report import report_of
from assistant.verification.render import unchecked_lines
from corpus.reading import document_from
from support.report_files import drawn_pdf, shown

MINUTES = document_from("# Minutes\n\nNo member of staff was dismissed.\n", "minutes.md", "text/markdown")
CHECKER = Checker([MINUTES])
START = b"BT /F1 11 Tf 50 700 Td " + shown("The minutes say “")
END = shown("member of staff was dismissed.” there, and more words stand behind it.") + b"ET "
NOTE = b'<< /Type /Annot /Subtype /%b /Rect [50 600 500 640] /%b (It says "%b was dismissed.") >>'


def _check(file: bytes) -> Findings:
    return CHECKER.check(report_of(file, Path("report.pdf")))


@pytest.mark.parametrize(
    ("before", "behind", "over", "kind"),
    [
        (b"3 Tr ", b"0 Tr ", b"", "hidden words"),
        (b"7 Tr ", b"0 Tr ", b"", "hidden words"),
        (b"1 g ", b"0 g ", b"", "hidden words"),
        (b"/F1 0.5 Tf ", b"/F1 11 Tf ", b"", "hidden words"),
        (b"0.1 Tz ", b"100 Tz ", b"", "hidden words"),
        (b"", b"", b"1 g 138 695 14 15 re f", "hidden words"),
        (b"", b"", b"1 w 138 704 m 152 704 l S", "struck words"),
        (b"", b"", b"138 703.5 14 1 re f", "struck words"),
    ],
)
def test_words_that_nobody_sees_are_left_out_and_counted(before: bytes, behind: bytes, over: bytes, kind: str) -> None:
    found = _check(drawn_pdf(START + before + shown("No ") + behind + END + over))
    assert found.is_wrong
    assert found.unread == ((kind, 1),)


@pytest.mark.parametrize(
    ("under", "before", "behind", "over"),
    [
        (b"", b"", b"", b""),
        (b"0 0 0.4 rg 40 690 500 30 re f 0 g ", b"1 g ", b"0 g ", b""),
        (b"1 g 40 690 500 30 re f 0 g ", b"", b"", b""),
        (b"", b"", b"", b"1 w 50 698 m 400 698 l S"),
        (b"", b"", b"", b"1 w 50 698.5 m 540 698.5 l S 50 720 m 540 720 l S"),
    ],
)
def test_words_on_a_background_and_underlined_are_read(under: bytes, before: bytes, behind: bytes, over: bytes) -> None:
    found = _check(drawn_pdf(under + START + before + shown("No ") + behind + END + over))
    assert found.is_ok
    assert found.unread == ()


def test_a_raised_digit_behind_a_digit_is_an_exponent() -> None:
    checker = Checker([document_from("# Minutes\n\nThe fee rose to 102 euros in one year.\n", "m.md", "text/markdown")])
    for size, rise, is_ok in ((b"6", b"5", False), (b"11", b"0", True)):
        digit = b"/F1 " + size + b" Tf " + rise + b" Ts " + shown("2") + b"0 Ts /F1 11 Tf "
        drawn = (
            b"BT /F1 11 Tf 50 700 Td " + shown("It says “The fee rose to 10") + digit + shown(" euros in one year.”")
        )
        found = checker.check(report_of(drawn_pdf(drawn + b"ET"), Path("report.pdf")))
        assert found.is_ok is is_ok


def test_a_page_with_invisible_letters_alone_is_a_scan_that_is_read() -> None:
    assert _check(drawn_pdf(b"3 Tr " + START + shown("No ") + END)).is_ok


@pytest.mark.parametrize(("kind", "key"), [(b"FreeText", b"Contents"), (b"Text", b"Contents"), (b"Widget", b"V")])
def test_words_of_notes_and_form_fields_are_checked(kind: bytes, key: bytes) -> None:
    for words, is_wrong in ((b"No member of staff", False), (b"Every member of the staff", True)):
        found = _check(drawn_pdf(START + shown("No ") + END, annotations=NOTE % (kind, key, words)))
        assert len(found.quotations) == 2
        assert found.is_wrong is is_wrong


def test_words_that_an_annotation_strikes_out_are_left_out() -> None:
    struck = b"<< /Subtype /StrikeOut /Rect [138 695 152 712] /QuadPoints [138 710 152 710 138 697 152 697] >>"
    found = _check(drawn_pdf(START + shown("No ") + END, annotations=struck))
    assert found.is_wrong
    assert found.unread == (("struck words", 1),)


def test_a_hidden_quotation_of_several_words_is_checked_word_for_word() -> None:
    for words, is_wrong in (("No member of staff", False), ("Every member of staff", True)):
        lines = [shown(f"It says “{words}"), b"0 -14 Td " + shown("was dismissed.”")]
        hidden = b"BT /F1 11 Tf 50 600 Td 1 g " + b"".join(lines) + b"0 g ET "
        found = _check(drawn_pdf(START + shown("No ") + END + hidden))
        assert found.unread == (("hidden words", 1),)
        assert len(found.quotations) == 2
        assert found.is_wrong is is_wrong


def test_a_page_that_cannot_be_looked_at_is_named_and_the_others_are_checked() -> None:
    page = START + b"3 Tr " + shown("No ") + b"0 Tr " + END
    more = b"BT /F1 11 Tf 50 700 Td " + shown("Nothing is quoted here.") + b"ET "
    file = drawn_pdf(page, more, more, more)
    for pages, named in ((3, "page 4"), (2, "pages 3–4")):  # PDFium opens no more pages than the file states
        found = _check(file.replace(b"/Count 4", b"/Count %d" % pages))
        assert found.is_wrong
        assert found.unread == ((f"drawing of {named} (for hidden words)", 4 - pages), ("hidden words", 1))


def test_of_many_pages_that_cannot_be_looked_at_the_first_runs_are_named() -> None:
    apart = Apart(not_looked_at=[1, 2, 3, 5, *range(10, 41, 2)])
    assert set(apart.kinds) == {"drawing of pages 1–3, 5, 10, 12, 14, 16, 18, 20, 22, 24, ... (for hidden words)"}


def test_a_file_that_cannot_be_looked_at_is_read_and_its_pages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.verification.readers.pdf_seen.open_document", None)
    found = _check(drawn_pdf(START + shown("No ") + END))
    assert found.is_ok
    assert "Not read, so not checked: 1 drawing of page 1 (for hidden words)." in list(unchecked_lines(found))


def test_where_one_program_leaves_a_page_out_all_are_named() -> None:
    first = b"BT /F1 11 Tf 50 700 Td " + shown("Nothing is quoted here.") + b"ET "
    file = drawn_pdf(first, START + b"3 Tr " + shown("No ") + b"0 Tr " + END)
    found = _check(file.replace(b"/Type /Page /Parent", b"/Type /None /Parent", 1))  # pypdf reads no such page
    assert found.unread == (("drawing of page 1 (for hidden words)", 1),)
