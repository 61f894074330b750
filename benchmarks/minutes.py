"""Score the assistant on questions about made-up minutes, talk, mail and sheets, by the text of the quotations."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from benchmarks.datasets import Record, evenly_spaced, read_jsonl
from benchmarks.libraries import cached_encoder
from benchmarks.natural import HELD_OUT, verdict_table
from benchmarks.pipeline import Question, answer_questions
from corpus.reading import read
from index.library import open_library
from index.settings import Settings

_FOLDERS = (HELD_OUT / "minutes", HELD_OUT / "further_minutes")
_MARKUP = re.compile(r"[*_|>#`\\]")
# Share of the words of a long gold quotation that a citation of another extent holds, and the words of a long one.
_NEARLY_ALL, _LONG = 0.8, 4
# Characters of a citation that is a part of a gold quotation.
_SHORTEST = 15


def report(limit: int | None) -> str:
    """Answer the unseen questions in a library of the records of each folder and return the section of the report."""
    rows: list[Record] = []
    verdicts: list[str] = []
    for folder in _FOLDERS:
        records = evenly_spaced(read_jsonl(folder / "unseen.jsonl"), limit)
        rows += [{**record, "library": folder.name} for record in records]
        verdicts += [verdict(record, reply) for record, reply in zip(records, _replies(folder, records), strict=True)]
    about = (
        f"{len(rows)} questions of two libraries, of ten and of eight made-up records: captions, talk, hearings,"
        " minutes as Markdown, text and Word, in German and Spanish too, mail threads, sheets and a page."
        " A whole answer is right if every gold quotation is cited and half of the citations are gold; partly right"
        " if one is."
    )
    return "\n\n".join(["## Questions on minutes and talk", about, verdict_table(rows, verdicts)])


def verdict(record: Record, reply: Record) -> str:
    """Return "right", "partly" or "wrong" for a reply.

    Args:
        record: the question with its gold; quotations of one group are alternatives, `must: false` is support.
        reply: the reply in the JSON form of `rapporteur ask`.
    """
    quotes = [_plain(citation["quote"]) for citation in reply["citations"]]
    gold = record["gold"]
    fitting = sum(any(_fits(quote, each) for each in gold) for quote in quotes)
    if record["expect"] == "refuse":
        return "right" if not reply["answered"] or (quotes and fitting == len(quotes)) else "wrong"
    groups = {each["group"] for each in gold if each["must"]}
    held = {each["group"] for each in gold if each["must"] and any(_fits(quote, each) for quote in quotes)}
    is_spoilt = any(_plain(words) in quote for words in record.get("must_not", ()) for quote in quotes)
    if held == groups and 2 * fitting >= len(quotes) and not is_spoilt:
        return "right"
    return "partly" if held else "wrong"


def _replies(folder: Path, records: Sequence[Record]) -> list[Record]:
    with TemporaryDirectory() as temporary:
        settings = Settings(library=Path(temporary) / "library")
        library = open_library(settings=settings, encoder=cached_encoder(settings), founding=False)
        for path in sorted((folder / "records").iterdir()):
            library.add(read(path))
        replies = answer_questions(Assistant.open(library), [Question.of(record) for record in records], folder.name)
    by_id = {reply["id"]: reply for reply in replies}
    return [by_id[record["id"]] for record in records]


def _fits(quote: str, gold: Record) -> bool:
    """Return True if a quotation holds a gold one, of a table all cells of its row but one."""
    words = _plain(gold["quote"])
    if cells := gold.get("cells"):
        there = sum(_plain(str(cell)) in quote for cell in cells)
        return there == len(cells) or (words in quote and there >= len(cells) - 1)
    if words in quote or (quote in words and len(quote) >= min(_SHORTEST, len(words))):
        return True
    own = set(words.split())
    return len(own) > _LONG and len(own & set(quote.split())) >= _NEARLY_ALL * len(own)


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", unicodedata.normalize("NFKC", text)).split()).casefold()
