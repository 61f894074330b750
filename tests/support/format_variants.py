"""Put quotations into marks, blocks, footnotes and files of every format: false ones, and harmless ones."""

import html
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from support.report_files import drawn_pdf, pdf, shown, word

_PAIRS = tuple(
    "“ ”|„ “|« »|‘ ’|\" \"|' '|「 」|『 』|‹ ›|» «|❝ ❞|《 》|`` ''|,, ''|‛ ’|＂ ＂|″ ″|´ ´|<< >>|〈 〉".split("|")
)
_INNER = ("“ ”", '" "', "‘ ’", "« »", "「 」")
_BEFORE = ("", ";", "=", "…", "!", "|", "(", "—", "https://x.org/a")
_TAILS = (
    "(and {0} refused)",
    "({0} left)",
    "— and {0} left in 2031",
    "512",
    "[twice]",
    "(not confirmed)",
    "(with {0})",
)
_CITATIONS = ("({0} 2031)", "({0}, 2031, p. 3)", "(ibid., p. 4)", "— {0}, May 2031", "(3 May 2031)", "(para. 7)")
_HIDING = (
    "<s>{0}</s>",
    "<del>{0}</del>",
    "<span hidden>{0}</span>",
    "<span style='display:none'>{0}</span>",
    "<span style='visibility:hidden'>{0}</span>",
    "<span style='color:#fff'>{0}</span>",
    "<span style='font-size:0'>{0}</span>",
    "<span style='text-decoration:line-through'>{0}</span>",
)
_NOWHERE = (
    "https://example.org/blog",
    "See www.example.org and https://example.org/a.",
    "rap1:none.abc.1.2.a.b.c.d",
    "",
)
_RAISED = ("<sup>{0}</sup>", "<sub>{0}</sub>")


@dataclass(frozen=True)
class Words:
    """What a record says, and what it does not.

    Attributes:
        true: a sentence of the record.
        false: a sentence that no record has.
        figure: a sentence of the record with a figure.
        person: somebody of the record.
    """

    true: str
    false: str
    figure: str
    person: str


def _split(words: str, choice: random.Random, least: int = 2) -> tuple[str, str, str]:
    """Return the words before one in the middle, that word, and those behind it."""
    parts = words.split()
    at = choice.randrange(least, len(parts) - 2)
    return " ".join(parts[:at]), parts[at], " ".join(parts[at + 1 :])


def _marked(words: str, pair: str, before: str = "") -> str:
    opening, closing = pair.split(" ")
    return f"The minutes say {before}{opening}{words}{closing} there."


def _nested(words: Words, choice: random.Random) -> str:
    opening, closing = choice.choice(_INNER).split(" ")
    before, middle, _ = _split(words.true, choice)
    return _marked(f"{before} {opening}{middle}{closing} and nobody minded at all", choice.choice(_PAIRS[:8]))


def _hidden(words: Words, choice: random.Random) -> str:
    before, middle, behind = _split(words.true, choice)
    return f"The minutes say “{before} {choice.choice(_HIDING).format(middle)} {behind}” there."


def _hidden_word(words: Words, choice: random.Random) -> bytes:
    from support.report_files import with_part

    before, middle, behind = _split(words.true, choice)
    file = word((None, (f"The minutes say “{before} ", "@@", f" {behind}” there.")))
    properties = choice.choice(("<w:strike/>", "<w:vanish/>", "<w:dstrike/>", '<w:color w:val="FFFFFF"/>'))
    return with_part(
        file,
        "word/document.xml",
        _document(file).replace("<w:r><w:t>@@", f"<w:r><w:rPr>{properties}</w:rPr><w:t>{middle}").encode(),
    )


def _document(file: bytes) -> str:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()


def _raised(words: Words, choice: random.Random) -> str:
    at = max(i for i, c in enumerate(words.figure) if c.isdigit())
    raised = choice.choice(_RAISED).format(words.figure[at])
    return f"<p>The minutes say “{words.figure[:at]}{raised}{words.figure[at + 1 :]}” there.</p>"


def _lines(text: str) -> list[str]:
    """Return a text in lines of a PDF page."""
    lines, line = [], ""
    for part in text.split():
        line = f"{line} {part}".strip()
        if len(line) > 60:
            lines.append(line)
            line = ""
    return [*lines, line] if line else lines


Made = tuple[str, str | bytes]


def in_format(text: str, number: int) -> Made:
    """Return a report with the paragraphs of a text, of each format in turn; as Word where a PDF lacks a character."""
    paragraphs = text.split("\n\n")
    suffix = (".md", ".html", ".docx", ".pdf")[number % 4]
    if suffix == ".html":
        return suffix, "".join(f"<p>{html.escape(words)}</p>" for words in paragraphs)
    try:
        if suffix == ".pdf":
            return suffix, pdf([line for words in paragraphs for line in (*_lines(words), "")])
    except UnicodeEncodeError:
        suffix = ".docx"
    return suffix, text if suffix == ".md" else word(*((None, (words,)) for words in paragraphs))


_FRONT = (
    "---\nabstract: “{0}”\n---\n\nText.",
    "+++\nabstract = '“{0}”'\n+++\n\nText.",
    '{{"abstract": "“{0}”"}}\n\nText.',
)
_APART = (
    "<noscript>“{0}”</noscript>",
    "<input value='“{0}”'>",
    "<p title='“{0}”'>Notes</p>",
    "<p aria-label='“{0}”'>Notes</p>",
)
_SHEETS = ("color:white", "color:transparent", "color:rgba(0,0,0,0)", "display:none", "visibility:hidden")
_UNSEEN_RUNS = (
    '<w:color w:val="FDFDFD"/>',
    '<w:color w:val="FFFFFF" w:themeColor="background1"/>',
    '<w:highlight w:val="black"/>',
    '<w:w w:val="1"/>',
)
_UNSEEN_OPERATORS = ((b"3 Tr ", b"0 Tr "), (b"7 Tr ", b"0 Tr "), (b"1 g ", b"0 g "), (b"/F1 0.5 Tf ", b"/F1 9 Tf "))


def _sheet(words: Words, choice: random.Random) -> str:
    before, middle, behind = _split(words.true, choice)
    hidden = f"<style>.h{{{choice.choice(_SHEETS)}}}</style>"
    return f"{hidden}<p>The minutes say “{before} <b class=h>{middle}</b> {behind}” there.</p>"


def _run_of_word(words: Words, properties: str, choice: random.Random) -> bytes:
    from support.report_files import with_part

    before, middle, behind = _split(words.true, choice)
    file = word((None, (f"The minutes say “{before} ", "@@", f" {behind}” there.")))
    run = f"<w:r><w:rPr>{properties}</w:rPr><w:t>{middle}"
    return with_part(file, "word/document.xml", _document(file).replace("<w:r><w:t>@@", run).encode())


def _operators(words: Words, choice: random.Random) -> bytes:
    before, middle, behind = _split(words.true.replace("−", "-"), choice)
    hides, shows = choice.choice(_UNSEEN_OPERATORS)
    line = shown(f"The minutes say “{before} ") + hides + shown(f"{middle} ") + shows + shown(f"{behind}” there.")
    return drawn_pdf(b"BT /F1 9 Tf 20 700 Td " + line + b"ET")


def _raised_operators(words: Words) -> bytes:
    at = max(i for i, c in enumerate(words.figure) if c.isdigit())
    raised = b"/F1 5 Tf 4 Ts " + shown(words.figure[at]) + b"0 Ts /F1 9 Tf "
    line = shown(f"The minutes say “{words.figure[:at]}") + raised + shown(f"{words.figure[at + 1 :]}” there.")
    return drawn_pdf(b"BT /F1 9 Tf 20 700 Td " + line + b"ET")


FALSE: dict[str, Callable[[Words, random.Random], Made]] = {
    "nested marks": lambda w, c: (c.choice((".md", ".txt")), _nested(w, c)),
    "unusual marks": lambda w, c: (".txt", _marked(w.false, c.choice(_PAIRS))),
    "mark behind a sign": lambda w, c: (".txt", _marked(w.false, c.choice(_PAIRS[:6]), c.choice(_BEFORE))),
    "spaces in marks": lambda w, c: (".md", _marked(f" {w.false} ", c.choice(_PAIRS[:5]))),
    "block with a false tail": lambda w, c: (".md", f"> {w.true}. {c.choice(_TAILS).format(w.person)}"),
    "page block with a false tail": lambda w, c: (
        ".html",
        f"<blockquote><p>{w.true}. {c.choice(_TAILS).format(w.person)}</p></blockquote>",
    ),
    "hidden in Markdown": lambda w, c: (".md", _hidden(w, c)),
    "hidden in a page": lambda w, c: (".html", f"<p>{_hidden(w, c)}</p>"),
    "hidden in Word": lambda w, c: (".docx", _hidden_word(w, c)),
    "raised digit": lambda w, c: (".html", _raised(w, c)),
    "footnote to nowhere": lambda w, c: (".md", f"“{w.true}”[^1]\n\n[^1]: {c.choice(_NOWHERE)}"),
    "missing footnote": lambda w, c: (".md", f"“{w.true}”[^{c.randrange(2, 99)}]"),
    "false in Word": lambda w, c: (".docx", word((None, (_marked(w.false, c.choice(_PAIRS[:5])),)))),
    "false in a note of Word": lambda w, c: (
        ".docx",
        word((None, ("Said.", 1)), notes=(_marked(w.false, c.choice(_PAIRS[:5])),)),
    ),
    "false in a PDF": lambda w, c: (".pdf", pdf(_lines(f'The minutes say "{w.false}" there.'))),
    "front matter": lambda w, c: (".md", c.choice(_FRONT).format(w.false)),
    "block in a list": lambda w, c: (".md", f"{c.choice(('-', '1.', '*'))} > {w.false}"),
    "beside the text of a page": lambda w, c: (".html", f"<p>Text.</p>{c.choice(_APART).format(w.false)}"),
    "hidden by a style sheet": lambda w, c: (".html", _sheet(w, c)),
    "unseen run of Word": lambda w, c: (".docx", _run_of_word(w, c.choice(_UNSEEN_RUNS), c)),
    "unseen in a PDF": lambda w, c: (".pdf", _operators(w, c)),
    "raised digit in a PDF": lambda w, c: (".pdf", _raised_operators(w)),
    "left open": lambda w, c: (".md", f"The minutes say “{w.true}.\n\nAnd {w.false}.” So it is."),
}
HARMLESS: dict[str, Callable[[Words, random.Random], Made]] = {
    "any marks": lambda w, c: (".txt", _marked(w.true, c.choice(_PAIRS))),
    "behind a sign": lambda w, c: (".txt", _marked(w.true, c.choice(_PAIRS[:6]), c.choice(_BEFORE[:-1]))),
    "block with a citation": lambda w, c: (".md", f"> {w.true}. {c.choice(_CITATIONS[2:3] + _CITATIONS[5:])}"),
    "marked block": lambda w, c: (".md", f"> “{w.true}.”"),
    "in a page": lambda w, c: (".html", f"<p>{_marked(w.true, '“ ”')}</p><p hidden>No more.</p>"),
    "struck beside": lambda w, c: (".md", f"~~Old.~~ {_marked(w.true, '“ ”')}"),
    "in Word": lambda w, c: (".docx", word((None, (_marked(w.true, c.choice(_PAIRS[:5])),)))),
    "in a PDF": lambda w, c: (".pdf", pdf(_lines(f'The minutes say "{w.true}" there.'.replace("−", "-")))),
    "front matter": lambda w, c: (".md", c.choice(_FRONT).format(w.true)),
    "block in a list": lambda w, c: (".md", f"{c.choice(('-', '1.', '*'))} > {w.true}"),
    "beside the text of a page": lambda w, c: (".html", f"<p>Text.</p>{c.choice(_APART).format(w.true)}"),
    "seen run of Word": lambda w, c: (".docx", _run_of_word(w, '<w:highlight w:val="yellow"/>', c)),
    "direction marks": lambda w, c: (".md", _marked(_with_invisible(w.true, c), "“ ”")),
}


def _with_invisible(words: str, choice: random.Random) -> str:
    before, middle, behind = _split(words, choice)
    return f"{before} {choice.choice(_invisible())}{middle}{choice.choice(_invisible())} {behind}"


def _invisible() -> Sequence[str]:
    return "\u200e\u200f\u200b\u200c\u200d\u2060\u2066\u2069\u202a\u202c\u00ad"
