"""Generate mails for the fuzz tests."""

from support.fuzz import mutated
from support.ole_files import outlook

_PLAIN = (
    b"From: Ada <ada@example.org>\r\nDate: Tue, 4 Mar 2025 10:00:00 +0100\r\nSubject: =?utf-8?q?Re=3A_Talks?=\r\n"
    b"Content-Type: text/plain; format=flowed\r\n\r\nYes, on \r\n5 May.\r\n\r\n"
    b"On 3 Mar 2025 Cy wrote:\r\n> When?\r\n>> So?\r\n"
)
_PARTS = (
    b"From: Ada <ada@example.org>\nSubject: Talks\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/mixed; boundary=x\n\n"
    b"--x\nContent-Type: text/html; charset=iso-2022-jp\n"
    b"Content-Transfer-Encoding: quoted-printable\n\n<p>They met.</p>"
    b"<blockquote>=1B$B</blockquote>\n--x\nContent-Type: message/rfc822\n\nSubject: Old\n\nThey left.\n--x\n"
    b"Content-Disposition: attachment; filename*=utf-8''a.txt\nContent-Transfer-Encoding: base64\n\nVGhleQ==\n--x--\n"
)
_TOKENS = [
    *(b"From: ", b"Date: ", b"\n\n", b"\r\n", b"> ", b"=?utf-8?b?", b"?=", b"--x\n", b"Content-Type: multipart/x\n"),
    *(b"Content-Type: text/html\n", b"charset=unknown", b"; format=flowed", b"=3D", b"wrote:", b"<blockquote>", b"\0"),
    *(b"Content-Transfer-Encoding: x-uuencode\n", b"-----Original Message-----\n", b"\xff", b"\x1b$B", b"filename*0*="),
]
eml = mutated([_PLAIN, _PARTS], _TOKENS)
msg = mutated(
    [outlook({0x37: "Talks", 0x1000: "They met.", 0xC1A: "Ada"}, ("a.txt", b"x" * 5000), sent=133_855_344_000_000_000)],
    [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xfe\xff\xff\xff", b"__substg1.0_", b"\x1f\0", b"\xff"],
)
