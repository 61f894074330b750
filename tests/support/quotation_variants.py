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
from support import format_variants
from support.format_variants import Words
from support.quotation_records import FUND, MEASURES, PLACES, Facts, opening, records, said, sentence

_ACCEPTED = ("exact", "typographic")
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


_FALSE: dict[str, Callable[[Document, Facts, random.Random], str]] = {
    "not dropped": lambda r, f, c: _quote(sentence(r, f"The {f.body} did").replace("not ", "")),
    "not added": lambda r, f, c: _quote(_behind_word(sentence(r, "Twenty-five"), c, "not")),
    "digit": lambda r, f, c: _quote(_with_digit(sentence(r, f"The {f.body} counted"), c)),
    "unit": lambda r, f, c: _quote(
        sentence(r, "The store").replace(f.measure, c.choice([m for m in MEASURES if m != f.measure]))
    ),
    "place": lambda r, f, c: _quote(
        sentence(r, "Only small").replace(f.place, c.choice([p for p in PLACES if p != f.place]))
    ),
    "limit inserted": lambda r, f, c: _quote(
        _behind_word(sentence(r, f"The {f.body} counted"), c, f"[{c.choice(_LIMITS)}]")
    ),
    "cut behind only": lambda r, f, c: _quote(_tail(sentence(r, "Only small"), "Only ")),
    "cut behind no": lambda r, f, c: _quote(_tail(sentence(r, "No boat"), "No ").partition(" without")[0]),
    "cut behind not": lambda r, f, c: _quote(_tail(sentence(r, f"The {f.body} did"), "not ")),
    "cut before unless": lambda r, f, c: _quote(sentence(r, "The fee").partition(" unless")[0]),
    "cut number": lambda r, f, c: _quote(_tail(sentence(r, "Twenty-five"), "Twenty-")),
    "cut word": lambda r, f, c: _quote(_tail(sentence(r, "Twenty-five"), "sub-")),
    "cut days": lambda r, f, c: _quote(_tail(sentence(r, "Twenty-five"), "10-")),
    "cut sign": lambda r, f, c: _quote(_tail(sentence(r, "The gauge"), "fell to")),
    "cut scale": lambda r, f, c: _quote(sentence(r, "The grant").partition(" million")[0]),
    "another speaker": lambda r, f, c: f"{f.other} {c.choice(_VERBS)}: “{said(r, f.speaker)}”",
    "another owner": lambda r, f, c: f"In {f.other}'s words, “{said(r, f.speaker)}”",
    "another behind": lambda r, f, c: f"“{said(r, f.speaker)}”, {f.other} shot back.",
    "decimal point": lambda r, f, c: (
        _quote(sentence(r, "The store").partition(" of salt")[0].replace(",", ".", 1)) + " It is 2.5 high."
    ),
    "exponent": lambda r, f, c: _quote(re.sub(r"(\d\d) are wet", r"\1² are wet", sentence(r, "The store"))),
    "mark of no note": lambda r, f, c: _quote(
        sentence(r, f"The {f.body} counted").replace(f" {f.thing}", f"⁷ {f.thing}")
    ),
}
_HARMLESS: dict[str, Callable[[Document, Facts, random.Random], str]] = {
    "whole": lambda r, f, c: _quote(
        sentence(r, c.choice(("Only small", "No boat", "The fee", "Twenty-five", "The gauge")))
    ),
    "group spaces": lambda r, f, c: _quote(sentence(r, f"The {f.body} counted").replace(",", "\u202f")),
    "group points": lambda r, f, c: (
        _quote(sentence(r, f"The {f.body} counted").replace(",", ".")) + " They paid 1.250.000 marks."
    ),
    "listed mark": lambda r, f, c: (
        _quote(sentence(r, f"The {f.body} counted").replace(f" {f.thing}", f"² {f.thing}")) + "\n\n² Provisional."
    ),
    "gloss": lambda r, f, c: _quote(_behind_word(sentence(r, f"The {f.body} counted"), c, f"[{c.choice(_GLOSSES)}]")),
    "the speaker": lambda r, f, c: f"{f.speaker} {c.choice(_VERBS)}: “{said(r, f.speaker)}”",
    "the speaker behind": lambda r, f, c: f"“{said(r, f.speaker)}”, {f.speaker} told {f.other}.",
    "another as object": lambda r, f, c: f"A warning to {f.other}: “{said(r, f.speaker)}”",
    "another before": lambda r, f, c: f"When {f.other} asked, the answer was: “{said(r, f.speaker)}”",
    "negation supplied": lambda r, f, c: f"The {f.body} did not “{_tail(sentence(r, f'The {f.body} did'), 'not ')}”.",
    "limit supplied": lambda r, f, c: f"Only “{_tail(sentence(r, 'Only small'), 'Only ')}”.",
    "condition supplied": lambda r, f, c: (
        f"The clerk says “{sentence(r, 'The fee').partition(' unless')[0]}” unless he is away."
    ),
    "part": lambda r, f, c: _quote(" ".join(sentence(r, f"The {f.body} counted").split()[1 : c.randrange(5, 8)])),
    "lines": lambda r, f, c: _quote(sentence(r, "No boat").replace(" ", "\n", c.randrange(1, 4))),
    "capital": lambda r, f, c: _quote(f"[t]{sentence(r, f'The {f.body} counted')[1:]}"),
}


def _stated(record: Document, facts: Facts, count: int) -> str:
    return f"The {facts.body} of {facts.place} counted {count:,} {facts.thing} at the gate in 2031."


def _on(occasion: str, record: Document, facts: Facts) -> str:
    return f"{occasion} {facts.speaker} said: “{said(record, facts.speaker)}”"


def _cited(source: str, record: Document, facts: Facts) -> str:
    return f"“{said(record, facts.speaker)}” ({source})"


_FALSE |= {
    "figure outside marks": lambda r, f, c: _stated(r, f, f.count + c.randrange(1000, 9000)),
    "another year": lambda r, f, c: _on(f"In {c.choice((2019, 2028, 2029, 2030, 2033))}", r, f),
    "another month": lambda r, f, c: _on(f"In {c.choice(('January', 'July', 'August', 'November'))} 2031", r, f),
    "another day": lambda r, f, c: _on(f"On {c.randrange(13, 29)} March 2031", r, f),
    "another day cited": lambda r, f, c: _cited(f"minutes of {c.randrange(13, 29)} March 2031", r, f),
    "another speaker cited": lambda r, f, c: _cited(f"{f.other}, 12 March 2031", r, f),
    "another speaker as label": lambda r, f, c: f"{f.other} {c.choice('–—:')} “{said(r, f.speaker)}”",
    "another outcome": lambda r, f, c: (
        f"On 12 March 2031 the {f.body} {c.choice(_APPROVED)} the plan of the north quay."
    ),
    "another direction": lambda r, f, c: (
        sentence(r, "The grant").replace("rose", c.choice(("fell", "dropped", "sank", "was reduced"))) + "."
    ),
    "another day outside marks": lambda r, f, c: (
        f"The {f.body} of {f.place} met on {c.randrange(13, 29)} March 2031 in the old hall."
    ),
    "time cut": lambda r, f, c: _quote(sentence(r, "The office opens").partition(":")[0]),
    "cut behind a limited noun": lambda r, f, c: _quote(_tail(sentence(r, "Only small"), "Only small ")),
}
_MEETING = "the meeting of 12 March 2031"
_FALSE |= {
    "another chair": lambda r, f, c: c.choice(
        (f"T{_MEETING[1:]} was chaired by Mr {f.other}.", f"Mr {f.other} chaired {_MEETING}.")
    ),
    "absent attended": lambda r, f, c: c.choice(
        (f"Ms {f.absent} attended {_MEETING}.", f"T{_MEETING[1:]} was attended by Ms {f.absent} and Mr {f.other}.")
    ),
    "present was absent": lambda r, f, c: f"Mr {f.other} {c.choice(('was absent from', 'did not attend'))} {_MEETING}.",
    "another office": lambda r, f, c: c.choice(
        (f"The mayor said that “{FUND}”.", f"“{FUND}”, said the mayor.", f"“{FUND}” (Mayor)")
    ),
    "cut behind a condition in speech": lambda r, f, c: f"{f.other} added: “{opening(r)}”",
    "another first name": lambda r, f, c: f"Anna {f.other} added: “If the state pays its half, {opening(r)}.”",
    "another name as heading": lambda r, f, c: f"{f.other}\n\n“{said(r, f.speaker)}”",
}
_HARMLESS |= {
    "the chair": lambda r, f, c: c.choice(
        (f"T{_MEETING[1:]} was chaired by Ms {f.speaker}.", f"Ms {f.speaker} chaired {_MEETING}.")
    ),
    "who attended": lambda r, f, c: f"Mr {f.other} attended {_MEETING}, Ms {f.absent} did not attend.",
    "the office": lambda r, f, c: c.choice(
        (f"The treasurer said that “{FUND}”.", f"“{FUND}”, said the treasurer.", f"“{FUND}” (Treasurer)")
    ),
    "condition in speech supplied": lambda r, f, c: f"If the state pays its half, {f.other} added, “{opening(r)}”.",
    "the name as heading": lambda r, f, c: f"{f.speaker}\n\n“{said(r, f.speaker)}”",
}
_HARMLESS |= {
    "figure outside marks": lambda r, f, c: _stated(r, f, f.count),
    "the year": lambda r, f, c: _on(c.choice(("In 2031", "In March 2031", "On 12 March 2031")), r, f),
    "cited": lambda r, f, c: _cited(c.choice(("12 March 2031", "minutes of 12 March 2031", f"{f.body} 2031")), r, f),
    "the speaker cited": lambda r, f, c: _cited(f"{f.speaker}, 12 March 2031", r, f),
    "the speaker as label": lambda r, f, c: f"{f.speaker} {c.choice('–—:')} “{said(r, f.speaker)}”",
    "the outcome": lambda r, f, c: f"On 12 March 2031 the {f.body} {c.choice(_REFUSED)} the plan of the north quay.",
    "the direction": lambda r, f, c: sentence(r, "The grant").replace("rose", c.choice(("grew", "climbed"))) + ".",
}


def _words(record: Document, facts: Facts, choice: random.Random) -> Words:
    start = choice.choice(("Twenty-five", "The grant", "The gauge"))
    false = f"the {facts.thing} of {facts.place} were sold by night and nobody of the {facts.body} minded"
    return Words(sentence(record, start), false, sentence(record, f"The {facts.body} counted"), facts.speaker)


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
