"""Find whom a label or a name means in a record: "THE CHAIR", "MS. BO" and "AB" are Ada Bo, if the record says so.

A link counts only where the record itself leaves no doubt: one person holds the office, bears the name with its title,
or has the initials. What counts stands outside the talk, or is how a speaker gives the own name; what is said of others
in the talk, and lists of those who are absent, prove nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from corpus.document import Document
from corpus.language.countries import is_country
from corpus.language.english import HONORIFICS, english_words
from corpus.language.minutes_words import classes, is_label, label_class, pattern, phrases
from corpus.language.persons import TITLES, Person, is_title, may_be_initials, persons, without_accents
from corpus.language.scripts import is_cjk
from corpus.language.tokens import STOP_WORDS, fold_text, folded_words
from corpus.language.word_lists import word_list
from corpus.span import Span
from corpus.transcript import SpeechTurn, turn_at, turns

_ADDRESS = frozenset((*HONORIFICS, *phrases("person", "address"), "madam"))
_TITLES = TITLES | _ADDRESS
_JUDGES = ("judge", "justice", "magistrate")
_ARTICLES = frozenset("the our le la les der die das el".split())
# Words before an office that make another one of it, or one of former days.
_MODIFIERS = word_list("office_modifiers.txt")
_BODIES = word_list("body_nouns.txt") | word_list("record_nouns.txt")
_OFFICE_LABELS = ("chair", "secretary")
# Words of a heading of those who are absent.
_LONGEST_LABEL = 5
_OF_MEN = frozenset("mr m monsieur herr herrn sr señor don sir lord".split())
_OF_WOMEN = frozenset("ms mrs miss mme mlle madame madam frau sra srta señora señorita doña dame lady".split())
# "MINISTER FOR RAILWAYS": what follows belongs to the office.
_OF = frozenset("of for de du des d der für del".split())
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_PART = rf"(?:{_UPPER}\.|{_UPPER}[\w’'-]+)"
_PARTICLE = r"(?:de|da|del|della|di|du|la|le|van|von|der|den|ter|bin|al|el|y|dos|das)"
_TITLE = rf"(?i:{'|'.join(sorted(map(re.escape, _TITLES), key=lambda word: (-len(word), word)))})\b\.?[ \t]+"
_NAME = rf"(?:{_TITLE})*(?P<name>{_PART}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,2}}{_PART}){{0,3}})"
_ARTICLE = rf"(?:(?i:{'|'.join(_ARTICLES)})[ \t]+)?"
_NAME_BEFORE = re.compile(rf"{_NAME}[ \t]*[(\[,|–—-][ \t]*{_ARTICLE}$")
_ENDS_NAME = r"(?=[ \t]*(?:$|[,;:.()\[\]|\n–—]|(?:and|et|und|y|will|is)\b))"
_NAME_BEHIND = re.compile(rf"[ \t]+{_NAME}", re.MULTILINE)
_NAME_BEHIND_COLON = re.compile(rf"[*_]*[ \t]*[:：][ \t]*[*_]*[ \t]*{_NAME}{_ENDS_NAME}", re.MULTILINE)
_NAME_BEHIND_COMMA = re.compile(rf",[ \t]+{_NAME}{_ENDS_NAME}", re.MULTILINE)
_ENDS_OFFICE = re.compile(r"[ \t]*(?:$|[,;.:()\[\]|\n]|(?:and|et|und|y)\b)")
_HAS_COMPLEMENT = re.compile(rf"[ \t]*[,(]?[ \t]*(?:{'|'.join(sorted(_OF))})\b", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"(?:\A\W*(?P<this>(?i:this is))|\b(?i:my name is|i['’]m|i am|je m['’]appelle|je suis|mein name ist|ich bin"
    rf"|me llamo|mi nombre es|soy))[ \t]+{_NAME}{_ENDS_NAME}",
    re.MULTILINE,
)
# "This is Cy Day, our new clerk": somebody else.
_IS_OTHER = re.compile(
    r"[ \t]*,?[ \t]*(?:our|my|the|your|their|who|whom|a|an|one)\b|\W+(?:he|she|his|her)\b", re.IGNORECASE
)
_ABSENCE = [pattern(section, name) for section in ("label", "sentence") for name in ("excused", "absent")]
_INITIALS = re.compile(rf"{_UPPER}{{2,4}}|(?:{_UPPER}\.[ \t]?){{2,4}}")
# Characters of a record without turns that say who is there, of a turn in which its speaker says who speaks, and
# around a name.
_TOP, _BEGINNING, _AROUND = 2000, 400, 100
# Characters in which words for one office agree: "chair(woman)".
_SAME = 5
# Characters behind a name in which a word says that the person is absent, and lines of a list below its heading.
_NEAR, _LIST = 30, 40
# Places of a name in a record that are read.
_MOST_PLACES = 2000


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """The person whom a label means.

    Attributes:
        name: as the record writes it, without titles.
        stated: the words of the record that say so; empty where the label has the name and no other bears it.
    """

    name: str
    stated: str = ""


class People:
    """The persons whom a record names.

    Args:
        document: the record.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        at = document.text.find(document.title)
        # A title that the text lacks stands above it.
        self._shift = len(document.title) + 2 if at < 0 else 0
        self._text = f"{document.title}\n\n{document.text}" if at < 0 else document.text
        self._title = range(max(0, at), max(0, at) + len(document.title))
        self._turns = turns(document)

    def meant_by(self, label: str) -> NamedPerson | None:
        """Return the one person whom a label or a name alone means in the record; None where that is not certain."""
        if is_cjk(label[:1]):
            return None
        found = self._meant_by(label)
        return found if found and not self._is_absent(found.name) else None

    def _meant_by(self, label: str) -> NamedPerson | None:
        words = [word for word in folded_words(label) if word not in _ARTICLES]
        names = [word.strip(".") for word in words if word.strip(".") not in _TITLES | _MODIFIERS]
        if office := _office(label):
            return self._holder(label, office)
        if _INITIALS.fullmatch(label):
            return self._of_initials(label) or self._of_short_office(label)
        return self._bearer(label, names) if len([n for n in names if len(n) > 1]) == 1 else None

    def bearers(self, word: str) -> list[NamedPerson]:
        """Return those whose full name has a word, each once: behind a title, or in a list at the top of the record."""
        return _distinct(person for _, person in self._full_names(word))

    def holders(self, office: Sequence[str]) -> list[NamedPerson]:
        """Return those who hold an office by the clearest words of the record, each once.

        Args:
            office: the folded words of the office, without article.
        """
        if found := self._of_office(office):
            return found
        # A class of minutes has several words for one office: "Vorsitz: Ada Bo" and "DIE VORSITZENDE".
        words = " ".join(office)
        role = label_class("label", words)
        # "Vice president" is no other word for the president.
        if role not in ("chair", "secretary") or words not in phrases("label", role):
            return []
        same = phrases("label", role)
        if not re.search(rf"\b{re.escape(words)}\b", self._text, re.IGNORECASE):  # "chairwoman" of "Chair: Ada Bo"
            same = tuple(other for other in same if other[:_SAME] == words[:_SAME])
        return _distinct(person for other in same for person in self._of_office(other.split()))

    def _of_office(self, office: Sequence[str]) -> list[NamedPerson]:
        found: list[NamedPerson] = []
        for place, person in self._beside(office):
            # "Press Secretary" is another office; "District Judge" is a judge.
            is_other = self._is_qualified(place.start) and office[-1] not in _JUDGES
            if not (is_other or self._turn_at(place.start) or self._is_in_absence(place)):
                found.append(person)
        return _distinct(found)

    def _holder(self, label: str, office: list[str]) -> NamedPerson | None:
        found = self._introduced(label) or self.holders(office)
        if not found and office == ["court"]:  # in transcripts of courts
            found = _distinct(p for judge in _JUDGES for p in self.holders([judge]))
        if len(found) > 1:  # those with labels of their own are others
            others = [set(folded_words(turn.speaker)) for turn in self._turns if turn.speaker != label]
            found = [one for one in found if not any(set(folded_words(one.name)[-1:]) & words for words in others)]
        return found[0] if len(found) == 1 else None

    def _beside(self, office: Sequence[str]) -> Iterator[tuple[Span, NamedPerson]]:
        """Yield where a name stands beside an office."""
        words = r"[ \t]+".join(map(re.escape, office))
        pattern = re.compile(rf"(?<![\w-]){words}(?!\w)", re.IGNORECASE)
        for match in islice(pattern.finditer(self._text), _MOST_PLACES):
            start, end = match.span()
            line = self._text.rfind("\n", 0, start) + 1
            before = self._text[max(line, start - _AROUND) : start]
            previous = next(iter(folded_words(before.replace("-", " "))[-1:]), "")
            next_word = re.match(r"[ \t,;(\[–—-]*(\w*)", self._text[end : end + _AROUND])
            modified = {previous, fold_text(next_word[1]) if next_word else ""} & _MODIFIERS
            if self._is_label(start) or modified or self._is_of_body(end):
                continue
            behind = [_NAME_BEHIND.match(self._text, end)]
            if not before.strip(" \t*_-•>#|"):
                behind.append(_NAME_BEHIND_COLON.match(self._text, end))
            if previous in _ARTICLES:
                behind.append(_NAME_BEHIND_COMMA.match(self._text, end))
            for number, match_behind in enumerate(behind):
                # "President Bo", but "Chair: Ada Bo" or "Chair: Ms. Bo": behind a colon one word may be anything.
                name = _full_name(match_behind["name"]) if match_behind else ""
                is_other = match_behind and (
                    {*folded_words(match_behind["name"])} & _MODIFIERS
                    or _HAS_COMPLEMENT.match(self._text, match_behind.end("name"))
                )
                if match_behind and name and not is_other and (" " in name or not number or _is_titled(match_behind)):
                    end_of_name = match_behind.end("name")
                    yield Span(start, end_of_name), NamedPerson(name, _line(self._text[start:end_of_name]))
            found = _NAME_BEFORE.search(before) if _ENDS_OFFICE.match(self._text, end) else None
            if found and " " in (name := _full_name(found["name"])):
                closing = end + (self._text[end : end + 1] in tuple(")]"))
                first = start - len(before) + found.start("name")
                yield Span(first, closing), NamedPerson(name, _line(self._text[first:closing]))

    def _introduced(self, label: str) -> list[NamedPerson]:
        """Return how the speaker of a label says that the own name is."""
        found: list[NamedPerson] = []
        for turn in (turn for turn in self._turns if turn.speaker == label):
            words = turn.words.of(self._document.text)[:_BEGINNING]
            for match in _INTRODUCES.finditer(words):
                is_other = bool(match["this"] and _IS_OTHER.match(words, match.end("name")))
                before = words[: match.start()]
                is_other |= before.count("“") > before.count("”") or before.count('"') % 2 == 1
                if not is_other and (name := _full_name(match["name"])) and " " in name:
                    found.append(NamedPerson(name, _line(words[match.start() : match.end("name")])))
        return _distinct(found)

    def _of_initials(self, label: str) -> NamedPerson | None:
        """Return the only person at the top of the record whose initials a label before a colon, or in brackets, is."""
        is_written = rf"^\W*{re.escape(label)}\W*[:：]|\({re.escape(label)}\)"
        is_label = any(turn.speaker == label for turn in self._turns)
        if not may_be_initials(label) or not (is_label or re.search(is_written, self._text, re.MULTILINE)):
            return None
        letters = [letter for letter in label if letter.isalpha()]
        found = [p for p in self._at_top if [word[0] for word in re.split(r"[ .-]+", p.name) if word] == letters]
        return found[0] if len(found) == 1 else None

    def _of_short_office(self, label: str) -> NamedPerson | None:
        """Return the one who holds an office that a label shortens: "CFO" is the Chief Financial Officer."""
        words = r"[ \t]+".join(rf"{letter}[a-z]+" for letter in label if letter.isalpha())
        spelled = dict.fromkeys(fold_text(match[0]) for match in re.finditer(rf"\b{words}\b", self._text))
        offices = [office for office in spelled if {*office.split()} & TITLES]
        found = _distinct(p for office in (label.casefold(), *offices) for p in self._of_office(office.split()))
        return found[0] if len(found) == 1 else None

    def _bearer(self, label: str, names: list[str]) -> NamedPerson | None:
        """Return the person who bears a name that a label has alone; of namesakes the one with the label's title."""
        word = next(name for name in names if len(name) > 1)
        places = list(self._full_names(word))
        found = _distinct(person for _, person in places)
        if len(found) < 2:
            differs = any(have_other_titles(label, titled) for titled, _ in places)
            return NamedPerson(found[0].name) if found and not differs else None
        titles = {w.strip(".") for w in folded_words(label)} & _TITLES
        given = [name for name in names if len(name) == 1]
        if given:
            places = [(titled, p) for titled, p in places if all(any(w[0] == g for w in _words(p.name)) for g in given)]
        carrying = _distinct(p for titled, p in places if titles | {*given} and titles <= set(folded_words(titled)))
        return carrying[0] if len(carrying) == 1 else None

    def _full_names(self, word: str) -> Iterator[tuple[str, NamedPerson]]:
        """Yield each full name with a word, and with it the title before it and the office behind it."""
        pattern = re.compile(rf"(?<!\w){re.escape(without_accents(word))}(?!\w)", re.IGNORECASE)
        for match in islice(pattern.finditer(self._outside_talk), _MOST_PLACES):
            start = max(self._text.rfind("\n", 0, match.start()) + 1, match.start() - _AROUND)
            end = self._text.find("\n", match.end())
            near = self._text[start : min(match.end() + _AROUND, end if end >= 0 else len(self._text))]
            for person in persons(near):
                is_here = person.start <= match.start() - start < person.end
                name = _without_titles(person.name)
                # A heading in capitals goes on with a verb: "Minister Bo Meets Ministers".
                goes_on = name.casefold().startswith(word) and name.split()[-1].casefold() in english_words()
                if is_here and " " in name and not goes_on and self._is_list_or_titled(near, person, match.start()):
                    behind = re.match(r"[ \t]*[,(]([^,()\n;]{1,40})", near[person.end :])
                    office = behind[1] if behind and not any(persons(behind[1])) else ""
                    before = folded_words(near[: person.start])[-1:]
                    yield " ".join((*before, person.name, office)), NamedPerson(name, _line(person.name))

    def _is_list_or_titled(self, near: str, person: Person, offset: int) -> bool:
        """Return True if a full name has a title or, at the top of the record, stands in a list or the title."""
        before, behind = near[: person.start].rstrip(), near[person.end :].lstrip(" \t")
        if is_title(person.name.split()[0]) or is_title(before.split(" ")[-1] if before else ""):
            return True
        last = "".join(folded_words(before)[-1:])
        if last in _OF:
            return False
        is_item = not before or before[-1] in ",;:|(•-–—*>" or last in ("and", "et", "und", "y")
        ends = not behind or behind[0] in ",;|()[.\n–—-" or bool(re.match(r"(?:and|et|und|y)\b", behind))
        return offset < self._head_end and ((is_item and ends) or offset in self._title)

    @cached_property
    def _head_end(self) -> int:
        return self._shift + (self._turns[0].span.start if self._turns else _TOP)

    @cached_property
    def _outside_talk(self) -> str:
        """The text above the talk, the whole of a record without turns; without accents where that keeps the places."""
        text = self._text[: self._head_end] if self._turns else self._text
        plain = without_accents(text)
        return plain if len(plain) == len(text) else text

    @cached_property
    def _at_top(self) -> list[NamedPerson]:
        found: list[NamedPerson] = []
        for line in self._text[: min(self._head_end, 2 * _TOP)].splitlines():
            found += [NamedPerson(_without_titles(p.name), p.name) for p in persons(line)]
        return _distinct(person for person in found if " " in person.name)

    def _is_of_body(self, end: int) -> bool:
        """Return True if words behind an office name the body whose office it is: "Chair, Finance Committee"."""
        behind = re.match(r"[ \t]*[,(–—-][ \t]*([^,;:.()\n]*)", self._text[end : end + _AROUND])
        return bool(behind and {*folded_words(behind[1])} & _BODIES)

    def _is_absent(self, name: str) -> bool:
        """Return True if the record lists a person among those who are absent."""
        places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self._text[: self._list_end])
        return any(self._is_in_absence(Span(*place.span())) for place in islice(places, _MOST_PLACES))

    def _is_in_absence(self, place: Span) -> bool:
        """Return True if a place is in a line or a list of those who are absent."""
        start = self._text.rfind("\n", 0, place.start) + 1
        end = self._text.find("\n", place.end)
        line = self._text[start : end if end >= 0 else len(self._text)]
        before, behind = fold_text(line[: place.start - start]), fold_text(line[place.end - start :])
        if any(_is_said_of(found, behind) for words in _ABSENCE for found in words.finditer(behind[: 2 * _NEAR])):
            return True
        label, colon, _ = line.partition(":")
        has_label = bool(colon) and label_class("label", label) is not None
        if not has_label:  # of prose, the sentence of the place
            ends = [m.end() for m in re.finditer(r"(\w{2,})\.\s+", before) if not is_title(m[1])]
            before = before[ends[-1] :] if ends else before
        absent = max((found.end() for words in _ABSENCE for found in words.finditer(before)), default=-1)
        others = [m.end() for m in re.finditer(r"([^:;.,/|]*):", before) if _label_kind(m[1]) == "other"]
        if absent >= 0:
            return absent > max(others, default=-1)
        return not has_label and self._is_below_absence(start)

    def _is_below_absence(self, start: int) -> bool:
        """Return True if the nearest label or heading above a line is one of those who are absent."""
        has_blank = False
        for line in reversed(self._text[max(0, start - 2 * _TOP) : start].splitlines()[-_LIST:]):
            label, colon, rest = line.partition(":")
            kind = _label_kind(label) if colon or line.startswith("#") else _kind_of_line(line)
            if kind == "absence":
                return not (rest.strip(" *_") and has_blank)
            if kind or line.startswith("#"):
                return False
            has_blank |= not line.strip()
        return False

    @cached_property
    def _list_end(self) -> int:
        return self._head_end if self._turns else len(self._text)

    def _turn_at(self, offset: int) -> SpeechTurn | None:
        return turn_at(self._document, offset - self._shift) if offset >= self._shift else None

    def _is_label(self, offset: int) -> bool:
        """Return True if a place of the text belongs to the label of a turn."""
        turn = self._turn_at(offset)
        return turn is not None and offset - self._shift < turn.words.start

    def _is_qualified(self, offset: int) -> bool:
        """Return True if a word with a capital before an office makes another of it: "Press Secretary"."""
        before = self._text[max(0, offset - _AROUND) : offset]
        match = re.search(rf"(?:^|(?P<opens>[.:;,()\n]|\b\w+)[ \t]+)(?P<word>{_UPPER}[\w’'-]+)[ \t]+$", before)
        return bool(match and match["word"].casefold() not in STOP_WORDS | _TITLES and match["opens"])


def is_office(words: str) -> bool:
    """Return True for words that are an office, and no country or body."""
    office = _office(words)
    head = next((office[:at] for at, word in enumerate(office) if word in _OF and at), office)
    is_body = is_country(words) or {*head} & _BODIES
    is_known = bool(head) and (head[-1] in TITLES - HONORIFICS or label_class("label", head[-1]) in _OFFICE_LABELS)
    return is_known and not is_body


def have_other_titles(one: str, other: str) -> bool:
    """Return True if the titles of two names are of a man and of a woman: "Ms. Day" and "Mr. Cy Day"."""
    ours, theirs = ({word.strip(".") for word in folded_words(name)} for name in (one, other))
    return bool((ours & _OF_MEN and theirs & _OF_WOMEN) or (ours & _OF_WOMEN and theirs & _OF_MEN))


def _label_kind(label: str) -> str:
    """Return "absence" for a label of those who are absent, "other" for another label of minutes, else nothing."""
    name = label_class("label", label)
    return "absence" if name in ("excused", "absent") else "other" if name else ""


def _kind_of_line(line: str) -> str:
    """Return the kind of a label that is a line of its own; nothing for other lines."""
    words = fold_text(line).strip(" #*_|>-.0123456789")
    if len(words.split()) <= _LONGEST_LABEL and any(absence.match(words) for absence in _ABSENCE):
        return "absence"
    return "other" if any(is_label("label", name, words) for name in classes("label")) else ""


def _is_said_of(absence: re.Match[str], behind: str) -> bool:
    """Return True if a word of absence near behind a name is said of it, and no label of what follows."""
    return absence.start() <= _NEAR and not re.match(r"[*_ \t]*:", behind[absence.end() :])


def _is_titled(match: re.Match[str]) -> bool:
    """Return True if the name at the end of a match has a title before it."""
    before = match[0][: -len(match["name"])].split()
    return bool(before) and is_title(before[-1])


def _office(label: str) -> list[str]:
    """Return the folded words of a label that is an office alone, without article and form of address; else none."""
    words = [word.strip(".") for word in folded_words(label.replace("’", "'").replace("l'", ""))]
    has_article = words[:1] and words[0] in _ARTICLES
    while words and words[0] in _ARTICLES | _ADDRESS and len(words) > 1:
        words.pop(0)
    head = next((words[:at] for at, word in enumerate(words) if word in _OF and at), words)
    if head and head[-1].isdigit():
        head = head[:-1]
    is_office = bool(head) and (head[-1] in TITLES - HONORIFICS or label_class("label", head[-1]) is not None)
    return words if words and (has_article or is_office) else []


def _full_name(words: str) -> str:
    """Return a name without titles; nothing for words that are no person's name."""
    found = list(persons(words.title() if words.isupper() else words))
    if len(found) != 1 or {*folded_words(words)} & {"of", "for"}:
        return ""
    return _without_titles(_line(words))


def _without_titles(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and fold_text(parts[0]).rstrip(".") in _TITLES:
        parts.pop(0)
    return " ".join(parts)


def _distinct(found: Iterable[NamedPerson]) -> list[NamedPerson]:
    """Return the persons, each once under the longest of the names that are parts of each other."""
    kept: list[NamedPerson] = []
    for person in sorted(dict.fromkeys(found), key=lambda one: -len("".join(_words(one.name)))):
        if not any(_is_part(person.name, other.name) for other in kept):
            kept.append(person)
    return kept


def _is_part(name: str, other: str) -> bool:
    """Return True if each word of a name is one of another name, or the initial of one: "A. Bo" and "Ada Bo"."""
    words = _words(other)
    return all(w in words or (len(w) == 1 and any(o.startswith(w) for o in words)) for w in _words(name))


def _words(name: str) -> frozenset[str]:
    return frozenset(folded_words(without_accents(name)))


def _line(words: str) -> str:
    return " ".join(words.split())
