"""Records of one meeting each, made for generated reports, and the facts that are put into them."""

import random
import re
from dataclasses import dataclass

from corpus.document import Document
from corpus.reading import read_bytes

_PEOPLE = ("Doyle", "Whitmarsh", "Prado", "Okafor", "Lindqvist", "Haddad", "Sommer", "Tanaka")
_BODIES = ("council", "board", "panel", "forum", "commission")
_THINGS = ("visitors", "tickets", "permits", "benches", "boats", "letters")
MEASURES = ("kilograms", "litres", "metres", "hectares")
PLACES = ("Arnwick", "Brunmark", "Kelso", "Zelden")
FUND = "the fund holds nothing for boats"


_TEXT = """Minutes of the {facts.body} of {facts.place}

Date: 12 March 2031
Place: Town Hall, {facts.place}

The {facts.body} counted {facts.count:,} {facts.thing} at the gate in 2031. The store holds 1,{stored} {facts.measure}
of salt, of which {wet} are wet. Ms {facts.speaker} said: “The east wall of the harbour will not last another {winters}
winters.” Mr {facts.other} replied: “We cannot spend what we do not have this year.”

Ms {facts.speaker} chaired the meeting. Mr Karl {facts.other} attended. Ms {facts.absent} was absent.

The Mayor, Ms {facts.speaker}, spoke first. The Treasurer, Mr Karl {facts.other}, said that “{fund}”.

Mr {facts.other} added: “If the state pays its half, the pier opens in {winters} years.”

Only small shops of the {facts.place} market are exempt from the fee. The {facts.body} did not approve the plan of the
north quay. The fee shall be paid to the clerk in June unless the office is closed. No boat may leave the dock without a
pilot on board. Twenty-five members of the sub-committee met on 10-15 May in the old hall. The gauge at the weir fell to
−{degrees} degrees that night. The office opens at 7:{wet} in the morning. The grant rose
to {millions} million crowns for the pier.
"""


@dataclass(frozen=True)
class Facts:
    speaker: str
    other: str
    absent: str
    count: int
    thing: str
    measure: str
    place: str
    body: str


def records(seed: int, count: int) -> list[tuple[Document, Facts]]:
    """Return records of one meeting each, and the facts that are put into them."""
    choice = random.Random(seed)
    return [_record(number, choice) for number in range(count)]


def _record(number: int, choice: random.Random) -> tuple[Document, Facts]:
    speaker, other, absent = choice.sample(_PEOPLE, 3)
    facts = Facts(
        speaker,
        other,
        absent,
        choice.randrange(11, 99) * 1000 + choice.randrange(100, 999),
        choice.choice(_THINGS),
        choice.choice(MEASURES),
        choice.choice(PLACES),
        choice.choice(_BODIES),
    )
    text = _TEXT.format(
        facts=facts,
        fund=FUND,
        stored=number % 900 + 100,
        wet=number % 80 + 11,
        winters=number + 3,
        degrees=number % 30 + 2,
        millions=number % 40 + 3,
    )
    return read_bytes(text.encode(), f"meeting-{number}.txt"), facts


def sentence(record: Document, start: str) -> str:
    at = record.text.index(start)
    return re.split(r"(?<=[.])(?=\s)", record.text[at:].replace("\n", " "))[0].rstrip(".")


def said(record: Document, by: str) -> str:
    return re.search(rf"{by} \w+: “([^”]+)”", record.text)[1].rstrip(".")  # type: ignore[index]


def opening(record: Document) -> str:
    return re.search(r"the pier opens in \d+ years", record.text)[0]  # type: ignore[index]
