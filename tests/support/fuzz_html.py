"""Generate web pages and saved pages for the fuzz tests, mutated or put together at random."""

from hypothesis import strategies as st

from support import hostile_html
from support.fuzz import mutated
from support.fuzz_text import CONTROLS

_TAGS = (
    "p div h1 h2 h9 ul ol li table tr td th thead caption a b i span br hr pre code blockquote article main section "
    "nav header footer aside form select option textarea script style template noscript svg math iframe frameset "
    "title meta base head body html dl dt dd ruby rt figure figcaption details summary details img object "
).split()
_ATTRIBUTES = [
    "",
    " hidden",
    " class=nav",
    ' style="display:none"',
    " colspan=999999",
    " rowspan=-1",
    ' lang="xx"',
    " content=a property=og:title",
    " name=date content=9999-99-99",
    " http-equiv=refresh",
    " charset=utf-16",
    " start=99999999999999999999",
    " href='javascript:a'",
    " value=-3",
    " type=a",
]
_ENTITIES = [
    "&amp;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&nosuch;",
    "&#27;",
    "&nbsp;",
    "&#x202e;",
    "&lt;p&gt;",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?php",
    "<!DOCTYPE html>",
]
_tag = st.builds(
    lambda close, name, attribute: f"<{close}{name}{'' if close else attribute}>",
    st.sampled_from(("", "", "/")),
    st.sampled_from(_TAGS),
    st.sampled_from(_ATTRIBUTES),
)
_soup = st.lists(
    st.one_of(
        _tag,
        _tag,
        st.sampled_from(_ENTITIES),
        st.sampled_from(("They met in Trieste. ", "会合は開かれた。", " ", "\n", "x" * 300)),
        st.text(max_size=10),
    ),
    max_size=60,
).map("".join)
_page_good = [
    hostile_html.page("<ul><li>One<li>Two</ul><table><tr><th>a<td>b</table>"),
    hostile_html.restless_page("http://127.0.0.1:9"),
]
_page_tokens = [t.encode() for t in _ENTITIES] + [f"<{name}>".encode() for name in _TAGS] + CONTROLS
html = st.one_of(
    _soup.map(lambda soup: soup.encode("utf-8", "replace")),
    _soup.map(lambda soup: hostile_html.page(soup.encode("utf-8", "replace").decode())),
    mutated(_page_good, _page_tokens),
)
_xhtml_good = [
    hostile_html.xhtml("<!ENTITY a 'b'>", "&a;"),
    b'<?xml version="1.0" encoding="utf-8"?>' + hostile_html.page("<br/>"),
]
xhtml = mutated(
    _xhtml_good, [*_page_tokens, b"<!ENTITY a SYSTEM 'file:///etc/passwd'>", b"&a;", b'xmlns:a="b"', b"<a:b>"]
)
_PARTS = [
    b"\r\n--edge\r\n",
    b"--edge--",
    b"Content-Type: text/html; charset=",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: multipart/mixed; boundary=edge\r\n\r\n",
    b"=?utf-8?q?=ff?=",
    b"Subject: =?x?b?!?=\r\n",
    b"charset*=utf-8''%ff",
    b"\r\n\r\n",
    b": ",
    b"=\r\n",
    b"=FF",
    b"Content-Location: ",
    b"Date: 99 Foo 0000\r\n",
]
_saved = hostile_html.page("<p>They =3D met.</p>")
mhtml = mutated(
    [
        hostile_html.saved([(hostile_html.PART, _saved), ("Content-Type: image/png", b"x")]),
        hostile_html.saved([(hostile_html.PART + "\r\nContent-Transfer-Encoding: quoted-printable", _saved)]),
    ],
    [*_PARTS, *_page_tokens[:20]],
)
