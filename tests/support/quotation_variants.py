"""Generate quotations of records made for it: false ones that say something else, and harmless ones that do not."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.verification.checker import Checker
from assistant.verification.readers.report import report_of
from corpus.document import Document
from corpus.reading import read_bytes
from support import format_variants
from support.format_variants import Words

_ACCEPTED = ("exact", "typographic")
_PEOPLE = ("Doyle", "Whitmarsh", "Prado", "Okafor", "Lindqvist", "Haddad", "Sommer", "Tanaka")
_BODIES = ("council", "board", "panel", "forum", "commission")
_THINGS = ("visitors", "tickets", "permits", "benches", "boats", "letters")
_MEASURES = ("kilograms", "litres", "metres", "hectares")
_PLACES = ("Arnwick", "Brunmark", "Kelso", "Zelden")
_VERBS = (
    "found",
    "opened the debate",
    "was blunt",
    "went further",
    "summed it up",
    "took the floor",
    "came to the point",
)
_REFUSED = ("did not adopt", "rejected", "turned down", "refused")
_APPROVED = ("approved", "adopted", "accepted", "endorsed")
_LIMITS = ("only", "almost", "not", "at most", "half of", "perhaps", "never", "rarely")
_GLOSSES = ("sic", "by the harbour", "in spring", "the old one", "local", "dialect")


_TEXT = """Minutes of the {facts.body} of {facts.place}

Date: 12 March 2031
Place: Town Hall, {facts.place}

The {facts.body} counted {facts.count:,} {facts.thing} at the gate in 2031. The store holds 1,{stored} {facts.measure}
of salt, of which {wet} are wet. Ms {facts.speaker} said: “The east wall of the harbour will not last another {winters}
winters.” Mr {facts.other} replied: “We cannot spend what we do not have this year.”

Only small shops of the {facts.place} market are exempt from the fee. The {facts.body} did not approve the plan of the
north quay. The fee shall be paid to the clerk in June unless the office is closed. No boat may leave the dock without a
pilot on board. Twenty-five members of the sub-committee met on 10-15 May in the old hall. The gauge at the weir fell to
−{degrees} degrees that night. The office opens at 7:{wet} in the morning. The grant rose
to {millions} million crowns for the pier.
"""


@dataclass(frozen=True)
class Variant:
    """A report about a record, by its kind.

    Attributes:
        kind: begins with "false" where the report says what the record does not.
        report: the content of its file.
        suffix: the format of its file.
        record: the record.
    """

    kind: str
    report: bytes
    suffix: str
    record: Document


@dataclass(frozen=True)
class _Facts:
    speaker: str
    other: str
    count: int
    thing: str
    measure: str
    place: str
    body: str


def records(seed: int, count: int) -> list[tuple[Document, _Facts]]:
    """Return records of one meeting each, and the facts that are put into them."""
    choice = random.Random(seed)
    return [_record(number, choice) for number in range(count)]


def _record(number: int, choice: random.Random) -> tuple[Document, _Facts]:
    speaker, other = choice.sample(_PEOPLE, 2)
    facts = _Facts(
        speaker,
        other,
        choice.randrange(11, 99) * 1000 + choice.randrange(100, 999),
        choice.choice(_THINGS),
        choice.choice(_MEASURES),
        choice.choice(_PLACES),
        choice.choice(_BODIES),
    )
    text = _TEXT.format(
        facts=facts,
        stored=number % 900 + 100,
        wet=number % 80 + 11,
        winters=number + 3,
        degrees=number % 30 + 2,
        millions=number % 40 + 3,
    )
    return read_bytes(text.encode(), f"meeting-{number}.txt"), facts


def _sentence(record: Document, start: str) -> str:
    at = record.text.index(start)
    return re.split(r"(?<=[.])(?=\s)", record.text[at:].replace("\n", " "))[0].rstrip(".")


def _said(record: Document, by: str) -> str:
    return re.search(rf"{by} \w+: “([^”]+)”", record.text)[1].rstrip(".")  # type: ignore[index]


def _quote(words: str) -> str:
    return f"The minutes say “{words}” here."


def _with_digit(words: str, choice: random.Random) -> str:
    places = [m.start() for m in re.finditer(r"\d", words)]
    at = choice.choice(places)
    return words[:at] + str((int(words[at]) + choice.randrange(1, 9)) % 10) + words[at + 1 :]


def _behind_word(words: str, choice: random.Random, inserted: str) -> str:
    parts = words.split()
    at = choice.randrange(2, len(parts) - 1)
    return " ".join([*parts[:at], inserted, *parts[at:]])


def _tail(words: str, behind: str) -> str:
    return words[words.index(behind) + len(behind) :].strip(" -−")


_FALSE: dict[str, Callable[[Document, _Facts, random.Random], str]] = {
    "not dropped": lambda r, f, c: _quote(_sentence(r, f"The {f.body} did").replace("not ", "")),
    "not added": lambda r, f, c: _quote(_behind_word(_sentence(r, "Twenty-five"), c, "not")),
    "digit": lambda r, f, c: _quote(_with_digit(_sentence(r, f"The {f.body} counted"), c)),
    "unit": lambda r, f, c: _quote(
        _sentence(r, "The store").replace(f.measure, c.choice([m for m in _MEASURES if m != f.measure]))
    ),
    "place": lambda r, f, c: _quote(
        _sentence(r, "Only small").replace(f.place, c.choice([p for p in _PLACES if p != f.place]))
    ),
    "limit inserted": lambda r, f, c: _quote(
        _behind_word(_sentence(r, f"The {f.body} counted"), c, f"[{c.choice(_LIMITS)}]")
    ),
    "cut behind only": lambda r, f, c: _quote(_tail(_sentence(r, "Only small"), "Only ")),
    "cut behind no": lambda r, f, c: _quote(_tail(_sentence(r, "No boat"), "No ").partition(" without")[0]),
    "cut behind not": lambda r, f, c: _quote(_tail(_sentence(r, f"The {f.body} did"), "not ")),
    "cut before unless": lambda r, f, c: _quote(_sentence(r, "The fee").partition(" unless")[0]),
    "cut number": lambda r, f, c: _quote(_tail(_sentence(r, "Twenty-five"), "Twenty-")),
    "cut word": lambda r, f, c: _quote(_tail(_sentence(r, "Twenty-five"), "sub-")),
    "cut days": lambda r, f, c: _quote(_tail(_sentence(r, "Twenty-five"), "10-")),
    "cut sign": lambda r, f, c: _quote(_tail(_sentence(r, "The gauge"), "fell to")),
    "cut scale": lambda r, f, c: _quote(_sentence(r, "The grant").partition(" million")[0]),
    "another speaker": lambda r, f, c: f"{f.other} {c.choice(_VERBS)}: “{_said(r, f.speaker)}”",
    "another owner": lambda r, f, c: f"In {f.other}'s words, “{_said(r, f.speaker)}”",
    "another behind": lambda r, f, c: f"“{_said(r, f.speaker)}”, {f.other} shot back.",
    "decimal point": lambda r, f, c: (
        _quote(_sentence(r, "The store").partition(" of salt")[0].replace(",", ".", 1)) + " It is 2.5 high."
    ),
    "exponent": lambda r, f, c: _quote(re.sub(r"(\d\d) are wet", r"\1² are wet", _sentence(r, "The store"))),
    "mark of no note": lambda r, f, c: _quote(
        _sentence(r, f"The {f.body} counted").replace(f" {f.thing}", f"⁷ {f.thing}")
    ),
}
_HARMLESS: dict[str, Callable[[Document, _Facts, random.Random], str]] = {
    "whole": lambda r, f, c: _quote(
        _sentence(r, c.choice(("Only small", "No boat", "The fee", "Twenty-five", "The gauge")))
    ),
    "group spaces": lambda r, f, c: _quote(_sentence(r, f"The {f.body} counted").replace(",", "\u202f")),
    "group points": lambda r, f, c: (
        _quote(_sentence(r, f"The {f.body} counted").replace(",", ".")) + " They paid 1.250.000 marks."
    ),
    "listed mark": lambda r, f, c: (
        _quote(_sentence(r, f"The {f.body} counted").replace(f" {f.thing}", f"² {f.thing}")) + "\n\n² Provisional."
    ),
    "gloss": lambda r, f, c: _quote(_behind_word(_sentence(r, f"The {f.body} counted"), c, f"[{c.choice(_GLOSSES)}]")),
    "the speaker": lambda r, f, c: f"{f.speaker} {c.choice(_VERBS)}: “{_said(r, f.speaker)}”",
    "the speaker behind": lambda r, f, c: f"“{_said(r, f.speaker)}”, {f.speaker} told {f.other}.",
    "another as object": lambda r, f, c: f"A warning to {f.other}: “{_said(r, f.speaker)}”",
    "another before": lambda r, f, c: f"When {f.other} asked, the answer was: “{_said(r, f.speaker)}”",
    "negation supplied": lambda r, f, c: f"The {f.body} did not “{_tail(_sentence(r, f'The {f.body} did'), 'not ')}”.",
    "limit supplied": lambda r, f, c: f"Only “{_tail(_sentence(r, 'Only small'), 'Only ')}”.",
    "condition supplied": lambda r, f, c: (
        f"The clerk says “{_sentence(r, 'The fee').partition(' unless')[0]}” unless he is away."
    ),
    "part": lambda r, f, c: _quote(" ".join(_sentence(r, f"The {f.body} counted").split()[1 : c.randrange(5, 8)])),
    "lines": lambda r, f, c: _quote(_sentence(r, "No boat").replace(" ", "\n", c.randrange(1, 4))),
    "capital": lambda r, f, c: _quote(f"[t]{_sentence(r, f'The {f.body} counted')[1:]}"),
}


def _stated(record: Document, facts: _Facts, count: int) -> str:
    return f"The {facts.body} of {facts.place} counted {count:,} {facts.thing} at the gate in 2031."


def _on(occasion: str, record: Document, facts: _Facts) -> str:
    return f"{occasion} {facts.speaker} said: “{_said(record, facts.speaker)}”"


def _cited(source: str, record: Document, facts: _Facts) -> str:
    return f"“{_said(record, facts.speaker)}” ({source})"


_FALSE |= {
    "figure outside marks": lambda r, f, c: _stated(r, f, f.count + c.randrange(1000, 9000)),
    "another year": lambda r, f, c: _on(f"In {c.choice((2019, 2028, 2029, 2030, 2033))}", r, f),
    "another month": lambda r, f, c: _on(f"In {c.choice(('January', 'July', 'August', 'November'))} 2031", r, f),
    "another day": lambda r, f, c: _on(f"On {c.randrange(13, 29)} March 2031", r, f),
    "another day cited": lambda r, f, c: _cited(f"minutes of {c.randrange(13, 29)} March 2031", r, f),
    "another speaker cited": lambda r, f, c: _cited(f"{f.other}, 12 March 2031", r, f),
    "another speaker as label": lambda r, f, c: f"{f.other} {c.choice('–—:')} “{_said(r, f.speaker)}”",
    "another outcome": lambda r, f, c: (
        f"On 12 March 2031 the {f.body} {c.choice(_APPROVED)} the plan of the north quay."
    ),
    "another direction": lambda r, f, c: (
        _sentence(r, "The grant").replace("rose", c.choice(("fell", "dropped", "sank", "was reduced"))) + "."
    ),
    "another day outside marks": lambda r, f, c: (
        f"The {f.body} of {f.place} met on {c.randrange(13, 29)} March 2031 in the old hall."
    ),
    "time cut": lambda r, f, c: _quote(_sentence(r, "The office opens").partition(":")[0]),
    "cut behind a limited noun": lambda r, f, c: _quote(_tail(_sentence(r, "Only small"), "Only small ")),
}
_HARMLESS |= {
    "figure outside marks": lambda r, f, c: _stated(r, f, f.count),
    "the year": lambda r, f, c: _on(c.choice(("In 2031", "In March 2031", "On 12 March 2031")), r, f),
    "cited": lambda r, f, c: _cited(c.choice(("12 March 2031", "minutes of 12 March 2031", f"{f.body} 2031")), r, f),
    "the speaker cited": lambda r, f, c: _cited(f"{f.speaker}, 12 March 2031", r, f),
    "the speaker as label": lambda r, f, c: f"{f.speaker} {c.choice('–—:')} “{_said(r, f.speaker)}”",
    "the outcome": lambda r, f, c: f"On 12 March 2031 the {f.body} {c.choice(_REFUSED)} the plan of the north quay.",
    "the direction": lambda r, f, c: _sentence(r, "The grant").replace("rose", c.choice(("grew", "climbed"))) + ".",
}


def _words(record: Document, facts: _Facts, choice: random.Random) -> Words:
    start = choice.choice(("Twenty-five", "The grant", "The gauge"))
    false = f"the {facts.thing} of {facts.place} were sold by night and nobody of the {facts.body} minded"
    return Words(_sentence(record, start), false, _sentence(record, f"The {facts.body} counted"), facts.speaker)


def variants(seed: int, false: int, harmless: int) -> Iterator[Variant]:
    """Yield so many false and harmless variants, of each kind in turn; a false kind's name begins with "false"."""
    sets = (
        ("false", _FALSE, format_variants.FALSE, false),
        ("harmless", _HARMLESS, format_variants.HARMLESS, harmless),
    )
    choice = random.Random(seed)
    made = records(seed, max(count // (len(kinds) + len(forms)) for _, kinds, forms, count in sets) + 1)
    for label, kinds, forms, count in sets:
        names = [*kinds, *forms]
        for number in range(count):
            name = names[number % len(names)]
            record, facts = made[number // len(names)]
            text: str | bytes
            if name in kinds:
                suffix, text = format_variants.in_format(kinds[name](record, facts, choice), number // len(names))
            else:
                suffix, text = forms[name](_words(record, facts, choice), choice)
            yield Variant(f"{label}: {name}", text.encode() if isinstance(text, str) else text, suffix, record)


def count_wrong(seed: int, false: int, harmless: int) -> Counter[str]:
    """Check generated reports; count by kind the false ones that are accepted and the harmless ones that are not."""
    wrong: Counter[str] = Counter()
    checkers: dict[str, Checker] = {}
    for variant in variants(seed, false, harmless):
        checker = checkers.setdefault(variant.record.id, Checker((variant.record,)))
        found = checker.check(report_of(variant.report, Path(f"report{variant.suffix}")))
        verdicts = [finding.verdict.value for finding in found.quotations]
        is_accepted = found.is_ok and not found.flagged and all(verdict in _ACCEPTED for verdict in verdicts)
        if is_accepted == variant.kind.startswith("false"):
            wrong[variant.kind] += 1
    return wrong
