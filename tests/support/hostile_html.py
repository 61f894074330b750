"""Build hostile web pages, with the expected outcome of each."""

from collections.abc import Callable

from support.hostile_files import ADDRESS, Accepted, Hostile, Refused
from support.hostile_text import PNG

_SAID = "The ministers met in Trieste on Thursday and agreed on a declaration about data free flow with trust."
_MORE = "They agreed to meet again in Bali next year, and thanked Italy for the presidency of the meeting."


def page(body: str, head: str = "<title>Talks in Trieste</title>", doctype: str = "<!DOCTYPE html>") -> bytes:
    """A page with two paragraphs around something else."""
    return (
        f'{doctype}<html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body><article><h1>Talks in Trieste</h1><p>{_SAID}</p>{body}<p>{_MORE}</p></article></body></html>"
    ).encode()


def restless_page(address: str) -> bytes:
    """A page with everything that would fetch, run, move on or hide; all of it leads to `address`."""
    head = (
        f"<title>Talks in Trieste</title><base href='{address}/base/'>"
        f"<meta http-equiv=refresh content='0; url={address}/refresh'>"
        f"<link rel=stylesheet href='{address}/a.css'><link rel=preload as=script href='{address}/a.js'>"
        f"<style>@import url({address}/import.css); body {{ background: url({address}/a.png) }}</style>"
        f"<script src='{address}/remote.js'></script><script>document.title = 'owned by a script'</script>"
        f"<meta property='og:image' content='{address}/og.png'>"
    )
    body = (
        f"<p><img src='{address}/pixel.png' srcset='{address}/2x.png 2x' onerror='alert(\"owned\")'>"
        f"<a href='javascript:alert(\"owned\")'>the annex</a></p>"
        f"<iframe src='{address}/frame'></iframe><iframe srcdoc='<p>words of a frame</p>'></iframe>"
        f"<object data='{address}/object'></object><embed src='{address}/embed'><video src='{address}/video'></video>"
        f"<svg><script>alert('owned')</script><image href='{address}/svg.png'/><use href='{address}/use.svg#a'/></svg>"
        f"<form action='{address}/form'><input name=a value='typed words'></form>"
        f"<template><p>words of a template</p></template><noscript><img src='{address}/noscript.png'></noscript>"
        f"<div style='display:none'>words nobody sees</div><p hidden>words hidden away</p>"
        f'<!-- words of a comment --><p onclick="location=\'{address}/click\'" style="behavior:url({address}/b.htc)">'
        "The annex was welcomed by all the ministers.</p>"
    )
    return page(body, head)


_OWNED = ("owned", "alert", "words of a", "words nobody", "words hidden", "@import", "document.title", "location=")


def _doctype(entities: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE html [{entities}]>'


_LAUGHS = "<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 12))
_EXTERNAL = f"<!ENTITY secret SYSTEM 'file:///etc/passwd'><!ENTITY % remote SYSTEM '{ADDRESS}/a.dtd'>%remote;"


def xhtml(entities: str, body: str) -> bytes:
    return page(f"<p>Then {body} came.</p>", doctype=_doctype(entities)).replace(
        b"<html ", b'<html xmlns="http://www.w3.org/1999/xhtml" '
    )


def saved(parts: list[tuple[str, bytes]], boundary: str = "edge", end: bool = True) -> bytes:
    head = (
        f'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{boundary}"\r\n\r\n'
    )
    body = b"".join(f"--{boundary}\r\n{headers}\r\n\r\n".encode() + words + b"\r\n" for headers, words in parts)
    return head.encode() + body + (f"--{boundary}--\r\n".encode() if end else b"")


PART = "Content-Type: text/html; charset=utf-8\r\nContent-Location: https://example.org/talks"


def _nested_mhtml(depth: int) -> bytes:
    made = f"{PART}\r\n\r\n".encode() + page("")
    for i in range(depth):
        made = (
            f'Content-Type: multipart/related; boundary="b{i}"\r\n\r\n--b{i}\r\n'.encode()
            + made
            + f"\r\n--b{i}--\r\n".encode()
        )
    return b"MIME-Version: 1.0\r\n" + made


def _many(piece: str, times: int) -> Callable[[], bytes]:
    return lambda: page(piece * times)


HTML = (
    Hostile("an empty page", "empty.html", b"", Refused("empty")),
    Hostile("a page without words", "bare.html", b"<!DOCTYPE html><html><body><div></div></body></html>", Refused("")),
    Hostile(
        "scripts, frames, refresh, remote images",
        "restless.html",
        lambda: restless_page(ADDRESS),
        Accepted((_SAID, "The annex was welcomed by all the ministers.", _MORE), _OWNED),
    ),
    Hostile(
        "only frames",
        "frames.html",
        f"<html><frameset cols='50%,50%'><frame src='{ADDRESS}/a'><frame src='b.html'></frameset></html>".encode(),
        Refused(""),
    ),
    Hostile(
        "only a script",
        "script.html",
        b"<html><body><script>document.write('<p>They met in Trieste.</p>')</script></body></html>",
        Refused(""),
    ),
    Hostile("a cut page", "cut.html", page("")[:-60], Accepted((_SAID,))),
    Hostile("a picture under a page's name", "picture.html", PNG + bytes(range(256)) * 40, Refused("png")),
    Hostile(
        "a PDF under a page's name",
        "report.html",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
        Refused("pdf"),
    ),
    Hostile(
        "NUL characters in a page",
        "nul.html",
        page("<p>They\0agreed to meet again.</p>"),
        Refused("NUL"),
    ),
    Hostile(
        "characters that are none",
        "numbers.html",
        page("<p>&#0;&#xD800;&#x110000;&#x1F;&#27;[2J were &#128105; here today.</p>"),
        Accepted((_SAID, "👩"), ("\0", "\ud800")),
    ),
    Hostile(
        "a page that lies about its encoding",
        "lying.html",
        page("<p>Zürich and Köln welcomed the ministers warmly.</p>").decode().encode("latin-1"),
        Accepted(("Zürich and Köln welcomed",)),
    ),
    Hostile("an external entity", "external.xhtml", xhtml(_EXTERNAL, "&secret;"), Refused("declares XML entities")),
    Hostile("a billion laughs", "laughs.xhtml", xhtml(_LAUGHS, "&l11;"), Refused("declares XML entities")),
    Hostile(
        "quadratic entities",
        "quadratic.xhtml",
        lambda: xhtml(f"<!ENTITY a '{'a' * 100_000}'>", "&a;" * 20_000),
        Refused("declares XML entities"),
    ),
    Hostile("elements a hundred thousand deep", "deep.html", lambda: page("<div>" * 100_000), Refused("too deep")),
    Hostile("lists in lists", "lists.html", lambda: page("<ul><li>and</li>" * 5_000), Refused("too deep")),
    Hostile("quotes in quotes", "quotes.html", lambda: page("<blockquote>" * 5_000 + "They met."), Refused("too deep")),
    Hostile(
        "tables in tables", "tables.html", lambda: page("<table><tr><td>" * 3_000 + "They met."), Refused("too deep")
    ),
    Hostile("open formatting without end", "bold.html", _many("<b><i><a href=#>", 20_000), Refused("too deep")),
    Hostile(
        "a thousand attributes",
        "attributes.html",
        lambda: page("<p " + " ".join(f"a{i}='{i}'" for i in range(20_000)) + ">So.</p>"),
        Accepted((_SAID, _MORE)),
    ),
    Hostile(
        "cells without end",
        "cells.html",
        lambda: page("<table><tr><td colspan=99999999 rowspan=99999999>They met.</td></tr></table>"),
        Accepted((_SAID, _MORE)),
    ),
    Hostile(
        "a page with a million characters in a tag",
        "tag.html",
        lambda: page(f"<{'p' * 1_000_000}>"),
        Accepted((_SAID,)),
    ),
    Hostile("a saved page that is cut", "cut.mhtml", saved([(PART, page(""))], end=False)[:-80], Accepted((_SAID,))),
    Hostile(
        "a saved page without a page",
        "picture.mhtml",
        saved([("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", b"iVBORw0KGgo=")]),
        Refused(""),
    ),
    Hostile("a saved page in saved pages", "nested.mhtml", lambda: _nested_mhtml(3_000), Refused("")),
    Hostile(
        "a saved page with bad base64",
        "base64.mhtml",
        saved([(PART + "\r\nContent-Transfer-Encoding: base64", b"!!!=not base64=!!!" * 99)]),
        Refused(""),
    ),
)
