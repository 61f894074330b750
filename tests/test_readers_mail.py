"""Read mails and the threads that they quote."""

from datetime import date
from email.message import EmailMessage

import pytest

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.mail.message import attachments_of
from corpus.readers.mail.outlook import attachments_of_outlook
from corpus.readers.mail.reader import read_eml, read_msg
from support.content_lines import block_lines
from support.ole_files import outlook

DAY = "Tue, 4 Mar 2025 10:00:00 +0100"
OWN = [
    "title Re: Berths",
    f"h1 From: Ada Bo, Date: {DAY}",
    "to From: Ada Bo <ada@example.org>",
    "to To: board@example.org",
]


def mail(text: str = "", page: str = "", **files: bytes) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ada Bo <ada@example.org>", "board@example.org", "Re: Berths"
    made["Date"] = DAY
    if text or not page:
        made.set_content(text)
    if page:
        (made.add_alternative if text else made.set_content)(page, subtype="html")
    for name, raw in files.items():
        made.add_attachment(raw, "application", "octet-stream", filename=name.replace("_", "."))
    return made.as_bytes().replace(b"04 Mar", b"4 Mar")


def read(text: str = "", page: str = "") -> Content:
    return read_eml(mail(text, page), "x.eml", Limits())


def refusal(raw: bytes) -> str:
    with pytest.raises(CorpusError) as refused:
        read_eml(raw, "x.eml", Limits())
    return str(refused.value)


def test_sender_day_and_subject_are_facts() -> None:
    found = read("We agree to 40 euros.")
    assert found.facts == (
        Fact("title", "Berths", "mail header"),
        Fact("publisher", "Ada Bo", "mail header"),
        Fact("published", date(2025, 3, 4), "mail header"),
    )
    assert block_lines(found) == [*OWN, "p We agree to 40 euros."]


def test_a_header_in_another_encoding_is_decoded() -> None:
    raw = b"From: =?utf-8?B?5bGx55Sw?= <y@example.org>\nSubject: =?iso-8859-1?Q?Caf=E9?=\n\nWe met.\n"
    assert [fact.value for fact in read_eml(raw, "x.eml", Limits()).facts] == ["Café", "山田"]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Yes.\n\nOn 3 March 2025 Tove Lind wrote:\n> When?\n", "On 3 March 2025 Tove Lind wrote:"),
        ("Ja.\n\nAm 03.03.2025 um 09:12 schrieb Tove:\n> When?\n", "Am 03.03.2025 um 09:12 schrieb Tove:"),
        (
            "Oui.\n\nLe lun. 3 mars 2025 à 09:12, Tove\n<t@example.org> a écrit :\n\n> When?\n",
            "Le lun. 3 mars 2025 à 09:12, Tove <t@example.org> a écrit :",
        ),
        (
            "Yes.\n\nOn 3 Mar 2025, at 09:12, Tove <t@example.org> wrote:\n\nWhen?\n",
            "On 3 Mar 2025, at 09:12, Tove <t@example.org> wrote:",
        ),
        (
            "Yes.\n\n-----Original Message-----\nFrom: Tove Lind\nSent: 3 March 2025 09:12\nTo: Ada\n\nWhen?\n",
            "From: Tove Lind, Sent: 3 March 2025 09:12",
        ),
        (
            "Ja.\n\n________\n*Von:* Tove Lind\n*Gesendet:* Montag, 3. März 2025\n*An:* Ada\n\nWhen?\n",
            "Von: Tove Lind, Gesendet: Montag, 3. März 2025",
        ),
        (
            "はい。\n\n2025年3月3日(月) 9:12 花子 <h@example.org>:\n\n> When?\n",
            "2025年3月3日(月) 9:12 花子 <h@example.org>:",
        ),
        ("Yes.\n\n> When?\n", "Quoted mail"),
    ],
)
def test_a_quoted_mail_is_a_section_below_its_sender_and_day(text: str, head: str) -> None:
    assert block_lines(read(text))[5:] == [f"h1 {head}", "p When?"]


def test_a_page_is_read_where_no_text_is_and_its_quotations_are_sections() -> None:
    page = (
        "<div>Yes, on 5 May.</div><div>On 3 March 2025 Tove wrote:<br></div><blockquote>When?<br><br>"
        "On 2 March 2025 Cy wrote:<blockquote>The quay is closed.</blockquote></blockquote>"
    )
    sections = ["h1 On 3 March 2025 Tove wrote:", "p When?", "h1 On 2 March 2025 Cy wrote:", "p The quay is closed."]
    assert block_lines(read(page=page))[4:] == ["p Yes, on 5 May.", *sections]
    assert block_lines(read("This mail is a page.", f"<p>{'They met at length. ' * 9}</p>"))[4].startswith("p They met")


def test_control_characters_in_a_quotation_of_a_page_do_no_harm() -> None:
    raw = mail(page="<p>They met.</p><blockquote>x@y</blockquote>").replace(b"x@y", b"\x1b$B")
    assert block_lines(read_eml(raw, "x.eml", Limits()))[4] == "p They met."


def test_a_mail_answered_piece_by_piece_is_one_section_and_none_is_repeated() -> None:
    text = (
        "On 3 March 2025 Tove wrote:\n> When do we meet?\n\nOn 5 May.\n\n> Who takes the minutes?\n\nCy does.\n\n"
        "On 3 March 2025 Tove wrote:\n> Who takes the minutes?\n"
    )
    assert block_lines(read(text))[4:] == [
        "p On 5 May.",
        "p Cy does.",
        "h1 On 3 March 2025 Tove wrote:",
        "p When do we meet?",
        "p Who takes the minutes?",
    ]


def test_prose_with_a_day_and_a_colon_is_no_quoted_mail() -> None:
    text = "On 3 March 2025 the board decided:\n\n- to close the quay\n- to buy a crane\n\nFrom: the minutes.\n"
    assert not any(line.startswith("h") for line in block_lines(read(text))[4:])


def test_the_address_and_the_names_at_the_end_are_contact_lines() -> None:
    quoted = "On 3 March 2025 Tove wrote:\n> We need:\n> Buoys\n"
    found = read(f"Dear all,\n\nWe agree to 40 euros.\n\nBest regards\nAda Bo\n\n{quoted}")
    assert block_lines(found)[4:8] == ["to Dear all,", "p We agree to 40 euros.", "to Best regards", "to Ada Bo"]
    assert block_lines(found)[9:] == ["p We need:", "p Buoys"]


def test_wrapped_lines_are_joined_and_a_signature_is_contact_lines() -> None:
    raw = mail("x").replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed')
    raw = raw.replace(
        b"\nx\n", b"\nThe board met \non 3 March.\n\n-- \nAda Bo\nHarbour master\nThe office is closed.\n"
    )
    assert block_lines(read_eml(raw, "x.eml", Limits()))[4:] == [
        "p The board met on 3 March.",
        "to Ada Bo",
        "to Harbour master",
        "to The office is closed.",
    ]


def test_attachments_are_named_and_their_bytes_can_be_had() -> None:
    raw = mail("See both.", minutes_txt=b"We met.", a_docx=b"x")
    assert read_eml(raw, "x.eml", Limits()).warnings == ("Attachments: minutes.txt, a.docx.",)
    assert [(a.name, a.raw) for a in attachments_of(raw, "x.eml")] == [("minutes.txt", b"We met."), ("a.docx", b"x")]


def test_a_name_of_an_attachment_leads_nowhere_else_and_none_is_there_twice() -> None:
    raw = mail("See both.", a_txt=b"1", b_txt=b"2").replace(b"b.txt", b"../../a.txt")
    assert [a.name for a in attachments_of(raw, "x.eml")] == ["a.txt", "a (2).txt"]


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (
            b"They met.\n",
            "x.eml: no mail (it has no sender, day or subject); save it again from the mail program",
        ),
        (
            b"From: a@b.c\nContent-Type: image/png; name=a.png\n\nx",
            "x.eml: the mail holds no text (attached: a.png); give the text of its pictures or attachments",
        ),
        (
            b"From: a@b.c\nContent-Type: application/pkcs7-mime\n\nx",
            "x.eml: the mail is encrypted; save its text as .txt or .html",
        ),
    ],
)
def test_what_is_no_mail_with_text_is_refused(raw: bytes, complaint: str) -> None:
    assert refusal(raw) == complaint


def test_a_message_of_outlook_is_a_mail_as_any_other() -> None:
    text = "We agree.\r\n\r\nFrom: Tove Lind\r\nSent: 3 March 2025 09:12\r\nTo: Ada Bo\r\n\r\nWhen?\r\n"
    stated = {0x37: "RE: Berths", 0x1000: text, 0xC1A: "Ada Bo", 0xC1F: "ada@example.org", 0x1A: "IPM.Note"}
    raw = outlook(stated, ("minutes.txt", b"We met."), ("big.txt", b"a" * 5000), sent=133_855_344_000_000_000)
    found = read_msg(raw, "x.msg", Limits())
    assert block_lines(found) == [
        "title RE: Berths",
        "h1 From: Ada Bo, Date: Tue, 04 Mar 2025 04:00:00 +0000",
        'to From: "Ada Bo" <ada@example.org>',
        "p We agree.",
        "h1 From: Tove Lind, Sent: 3 March 2025 09:12",
        "p When?",
    ]
    assert found.facts[2] == Fact("published", date(2025, 3, 4), "mail header")
    assert found.warnings == ("Attachments: minutes.txt, big.txt.",)
    assert [(a.name, len(a.raw)) for a in attachments_of_outlook(raw, "x.msg")] == [
        ("minutes.txt", 7),
        ("big.txt", 5000),
    ]


def test_a_page_of_outlook_is_read_and_a_damaged_message_is_refused() -> None:
    page = b"<p>They met at length.</p><p>They left.</p>"
    assert block_lines(read_msg(outlook({0x37: "Talks", 0x1013: page}), "x.msg", Limits()))[1:] == [
        "p They met at length.",
        "p They left.",
    ]
    with pytest.raises(CorpusError, match=r"^x.msg: a damaged Outlook message; save it again"):
        read_msg(outlook({0x37: "Talks"})[:700], "x.msg", Limits())
