"""Find the sentences in which a record tells what somebody said: "Ms. Bo said that ...", "He pointed out: (1) ..."."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from corpus.document import Block, Document, Kind
from corpus.language.countries import is_country
from corpus.language.english import HONORIFICS, OFFICES
from corpus.language.minutes_words import is_label
from corpus.language.names import Name, proper_names
from corpus.language.persons import TITLES, may_be_initials
from corpus.language.scripts import is_cjk_text
from corpus.language.sentences import sentences
from corpus.language.tokens import fold_text, folded_words, stem
from corpus.language.word_lists import word_list
from corpus.metadata.people.interview import interview
from corpus.metadata.people.statements import quoted_statement
from corpus.span import Span
from corpus.tables import cells, table_around

_WORD = re.compile(r"[A-Za-z]+")
# Characters before a verb among which its subject stands, the longest apposition included.
_REACH = 200
# What may stand between a person and the verb: adverbs and auxiliaries.
_BETWEEN = re.compile(r"(?:[\s,]+(?:also|then|further|again|later|first|finally|thus|however|has|had|have|\w+ly))*\s*$")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|who)$")
_BEGINS_WITH_PRONOUN = re.compile(r"(?:[^,]{1,80},\s+)?(?:He|She|he|she)\b")
# "modelled after Ms. Bo spoke": the subject stands before the preposition.
_NO_SUBJECT = re.compile(
    r"\b(?:of|by|with|from|to|for|after|before|including|like|than|against|on|in|at)\s+(?:the\s+)?$"
)
# "Ms. Bo, supported by Mr. Day, said".
_APPOSITION = re.compile(r",(?:[^;:.]|(?<=Mr|Ms|Dr)\.|(?<=Mrs)\.){1,160},$")
# "made the following remarks", "delivered a speech".
_GIVES = frozenset("made makes gave gives delivered delivers offered shared raised".split())
_WORDS_GIVEN = re.compile(
    r"^[^.:;]{0,60}?\b(?:remarks?|comments?|statements?|points?|speech|address|observations?|presentation|interventions?|suggestions?"
    r"|proposals?|requests?|recommendations?|objections?|warnings?)\b"
)
# The verb behind its quotation: "..., said Ms. Bo.".
_INVERTED = re.compile(r"[,”\"’'?!]\s*$")
_INTRODUCES = re.compile(r"[:：]\s*$|\b(?:following|as follows|below)\b")
_INITIALS = re.compile(r"(?!U\.)(?:[A-Z]\.\s*){1,3}[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?")
_CAPITALS = re.compile(r"\b[A-Z]{2,4}\b")
# "Ada Bo (AB)" of a list of those who attend.
_SHORT_NAME = re.compile(r"([A-Z])[\w’'-]*\s*\(([A-Z]{1,3}\1)\)")
_LABEL = re.compile(r"^[\s*_•-]*([A-Z]{2,4})[*_]*\s*[:：]", re.MULTILINE)
_FIRST_WORD = re.compile(r"[A-Z][\w’'-]+")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)?\s*$")
_NUMBERED = re.compile(r"[:：]\s*[(（](?:1|a|i)[)）]")
_NUMBER = re.compile(r"\s*[(（]\w{1,3}[)）]")
# The title of words that are all of one person: "Remarks by Minister Bo".
_TITLE = re.compile(r"\b(?:remarks|statement|speech|address|keynote|testimony)\b.{0,60}?\b(?:by|of|from)\s+", re.I)
_JAPANESE = re.compile(
    r"^(?:また|さらに|続いて|次に|その後|これに対し|なお)?[、，]?(?P<who>[^\s、。，「」（）()]{2,20}?)(?:から)?(?:は|が|より)"
    r".*(?:述べ|発言|指摘|説明|強調|表明|言及|報告|提案|質問|回答|要望)"
)
_JAPANESE_PERSON = re.compile(
    r"(?P<office>(?:副?大臣|総理|首相|議員|委員長?|議長|会長|長官|部長|局長|課長|室長|代表|知事|市長|教授))$|(?:氏|さん|様)$"
)


@dataclass(frozen=True, slots=True)
class ReportedSpeech:
    """A sentence or an item in which a record tells what a person said.

    Attributes:
        speaker: the person's name as the record writes it.
        office: the office beside the name; empty without one.
        span: the sentence or item.
        is_reported: False for a record that is the speech of the person.
    """

    speaker: str
    office: str
    span: Span
    is_reported: bool = True


@dataclass(frozen=True, slots=True)
class _NamedSpeaker:
    """A person's name, and the office beside it."""

    name: str
    office: str = ""


@dataclass
class _Before:
    """The persons before a sentence: that of "he" and "she", that of the remarks in a list, and all words of names.

    `initials` are those that the record writes beside a person who attends, or that are the initials of one in `labels`
    before a colon; `is_attendance` is True in a list of those who attend.
    """

    last: _NamedSpeaker | None = None
    lead: _NamedSpeaker | None = None
    known: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    labels: frozenset[str] = frozenset()
    is_attendance: bool = False


def reported_speech(document: Document) -> Iterator[ReportedSpeech]:
    """Yield the sentences and items in which a record tells what somebody said, in order.

    A record whose title says "Remarks by ..." is the speech of that person, or of several together; the answers of an
    interview are those of the person who is asked.
    """
    if authors := _authors(document.title):
        for block in document.outline:
            if block.kind in (Kind.BODY, Kind.LIST_ITEM):
                yield from (ReportedSpeech(a.name, a.office, block.words, False) for a in authors)
        return
    if talk := interview(document):
        yield from (ReportedSpeech(talk[0], "", answer.words, False) for answer in talk[1])
        return
    state = _Before(labels=frozenset(_LABEL.findall(document.text)))
    for block in document.outline:
        if block.kind in (Kind.BODY, Kind.LIST_ITEM):
            yield from _of_row(document, block) or _of_block(document, block, state)
        else:
            state.last = state.lead = None
            state.is_attendance = _heads_attendance(block.words.of(document.text))


def _authors(title: str) -> list[_NamedSpeaker]:
    match = _TITLE.search(title)
    behind = title[match.end() :] if match else ""
    parts = [part for part in re.split(r",|\band\b", behind) if set(folded_words(part)) & OFFICES]
    people = (_person(part[name.start : name.end]) for part in parts for name in proper_names(part)[:1])
    named = [person for person in people if person and person.office]
    return named if len(parts) < 2 or "statement" in title.casefold() else []


def _of_row(document: Document, block: Block) -> list[ReportedSpeech]:
    """Return the row of a table with columns such as "Speaker" and "Remarks" as words of the person in it."""
    row = cells(block.words.of(document.text)) if block.kind is Kind.LIST_ITEM else ()
    rows = table_around(document, block.span.start) if row else ()
    if len(rows) < 2 or rows[0].span == block.span:
        return []
    columns = cells(rows[0].span.of(document.text))
    speaker = next((n for n, column in enumerate(columns) if is_label("remarks", "speaker", column)), len(row))
    has_words = any(is_label("remarks", "words", column) for column in columns)
    if not has_words or speaker >= len(row):
        return []
    last, comma, first = row[speaker].partition(", ")
    in_order = f"{first} {last}" if comma and not {*folded_words(row[speaker])} & TITLES else row[speaker]
    person = _person(re.sub(r"\s*\([^()]*\)", "", in_order))
    return [ReportedSpeech(person.name, person.office, block.words)] if person else []


def _of_block(document: Document, block: Block, state: _Before) -> Iterator[ReportedSpeech]:
    part = block.words.of(document.text)
    if block.kind is Kind.LIST_ITEM and state.lead:
        yield ReportedSpeech(state.lead.name, state.lead.office, block.words)
        return
    state.lead = None
    if stated_by := quoted_statement(part):
        yield ReportedSpeech(*stated_by, block.words, False)
        return
    if block.kind is Kind.BODY:
        state.is_attendance = _heads_attendance(part)
    attending = _attending(part, state.is_attendance)
    state.known |= {word for name in attending for word in folded_words(name) if not is_country(word)}
    beside = {short for _, short in _SHORT_NAME.findall(part)} if attending else set()
    of_names = {"".join(word[0] for word in re.split(r"[\s.-]+", name) if word) for name in attending}
    state.initials |= {short for short in beside | (of_names & state.labels) if may_be_initials(short)}
    if not _may_report(part):
        state.last = None
        return
    numbered: _NamedSpeaker | None = None
    spans = sentences(document.text, block.words)
    for span in spans:
        text = span.of(document.text)
        if numbered and _NUMBER.match(text):
            yield ReportedSpeech(numbered.name, numbered.office, span)
            continue
        people = list(_speakers_of(text, state))
        for person in people:
            yield ReportedSpeech(person.name, person.office, span)
        numbered = people[0] if people and _NUMBERED.search(text) else None
        state.lead = people[0] if people and span == spans[-1] and _INTRODUCES.search(text) else None


def _may_report(text: str) -> bool:
    """Return True if a paragraph has a verb of speech."""
    if is_cjk_text(text):
        return bool(re.search("述べ|発言|指摘|説明|強調|表明|言及|報告|提案|質問|回答|要望", text))
    return any(_is_speech(word) for word in _WORD.findall(text)) or "ccording to" in text


def _speakers_of(text: str, state: _Before) -> Iterator[_NamedSpeaker]:
    """Yield the persons whose words a sentence reports, each once; the last person named is the next "he" or "she"."""
    if is_cjk_text(text):
        match = _JAPANESE.match(text)
        if match and _JAPANESE_PERSON.search(match["who"]):
            yield _NamedSpeaker(match["who"])
        return
    names = [(name, person) for name in proper_names(text) if (person := _named(text, name, state))]
    for _, person in names:
        state.known |= set(folded_words(person.name))
    short = [m for m in _CAPITALS.finditer(text) if m.group() in state.initials and not _is_body(text, m.start())]
    first = _FIRST_WORD.match(text)
    # A name that is a common word, too, is no proper name where it begins a sentence: "Price said ...".
    if first and fold_text(first.group()) in state.known and not any(name.start == 0 for name, _ in names):
        short.append(first)
    others = [(m, m.group("office")) for m in _office_alone().finditer(text)] + [(m, m.group()) for m in short]
    names += [(Name(m.end() - len(words), m.end(), False), _NamedSpeaker(words)) for m, words in others]
    names.sort(key=lambda pair: pair[0].start)
    found: dict[str, _NamedSpeaker] = {}
    for word in _WORD.finditer(text):
        found |= {person.name: person for person in _subjects(text, word, names, state.last)}
    for name, person in names:
        if re.search(r"\b[Aa]ccording to (?:the )?$", text[max(0, name.start - 20) : name.start]):
            found.setdefault(person.name, person)
    if names:
        state.last = names[0][1]
    yield from found.values()


def _is_body(text: str, start: int) -> bool:
    """Return True if "the" stands before capitals: "the AB" is no person."""
    return text[max(0, start - 5) : start].casefold().split()[-1:] == ["the"]


def _subjects(
    text: str, word: re.Match[str], names: list[tuple[Name, _NamedSpeaker]], last: _NamedSpeaker | None
) -> list[_NamedSpeaker]:
    """Return the persons who say something by a verb; none for another word or another subject."""
    gives = word.group() in _GIVES and _WORDS_GIVEN.match(text[word.end() : word.end() + _REACH])
    if not gives and not _is_speech(word.group()):
        return []
    begin = max(0, word.start() - _REACH)
    before = _BETWEEN.sub("", text[begin : word.start()])
    first_near, here = (bisect_left(names, at, key=lambda pair: pair[0].start) for at in (begin, word.start()))
    nearest = [(name, person) for name, person in names[first_near:here] if name.end <= word.start()]
    if before.endswith(" and"):  # "Ms. Bo met the mayor and said ..."
        first = names[0][1] if names and _begins(text, names[0][0]) else None
        subject = first or (last if _BEGINS_WITH_PRONOUN.match(text) else None)
    elif _PRONOUN.search(before):
        subject = nearest[-1][1] if nearest else last
    elif fit := [n for n in range(len(nearest), 0, -1) if _goes_on(before[nearest[n - 1][0].end - begin :])]:
        at = next((n for n in fit if not _NO_SUBJECT.search(text[begin : nearest[n - 1][0].start])), 0)
        if not at:
            return []
        joined = at > 1 and text[nearest[at - 2][0].end : nearest[at - 1][0].start].strip() in ("and", ", and")
        return [person for _, person in nearest[at - 1 - joined : at]]
    else:
        subject = next((person for name, person in names[here : here + 2] if _is_behind(text, word, name)), None)
    return [subject] if subject else []


def _goes_on(between: str) -> bool:
    """Return True if the words between a name and its verb are none, or an apposition between commas."""
    return not between.strip() or _APPOSITION.fullmatch(between.strip().rstrip(",") + ",") is not None


def _is_behind(text: str, word: re.Match[str], name: Name) -> bool:
    """Return True if a name stands behind its verb: "..., said Ms. Bo", "it was said by Ms. Bo"."""
    between = text[word.end() : name.start] if name.start >= word.end() else "-"
    if re.fullmatch(r"\s+(?:out )?by (?:the )?", between):
        return True
    return (
        between.strip() in ("", "the") and _INVERTED.search(text[max(0, word.start() - 9) : word.start()]) is not None
    )


def _begins(text: str, name: Name) -> bool:
    """Return True if a sentence begins with a name, or has an adverbial with a comma or "the" before it."""
    return re.fullmatch(r"\W*(?:[^,]{1,100},\s+)?(?:[Tt]he\s+)?", text[: name.start]) is not None


def _named(text: str, name: Name, state: _Before) -> _NamedSpeaker | None:
    """Return the person of a proper name; None for a place, a body, or a name that no title and no list makes one."""
    words = text[name.start : name.end]
    if words.endswith(("'s", "’s")) or any(map(is_country, (words, *words.split()))):
        return None
    is_known = {*folded_words(words)} - TITLES <= state.known and not (words.isupper() and " " not in words)
    return _person(words) if name.is_person or is_known or _INITIALS.fullmatch(words) else None


@lru_cache(maxsize=4096)
def _person(words: str) -> _NamedSpeaker | None:
    """Return name and office of "State Minister Bo", "Ada Bo, State Minister" or "Mr. Bo"; None without a name."""
    head, _, behind = words.partition(",")
    if brackets := _BRACKETS.search(head):  # "Mr. BO (Norway)"
        head, behind = head[: brackets.start()], behind or brackets[1]
    tokens = [token for token in head.split() if token.rstrip(".").casefold() not in HONORIFICS]
    offices = [at for at, token in enumerate(tokens) if token.casefold() in OFFICES]
    name = tokens[offices[-1] + 1 :] if offices else tokens
    office = " ".join(tokens[: offices[-1] + 1]) if offices else behind.strip()
    if name and name[0] in ("of", "for"):
        return None
    if not name:  # "the Chair", "the Prime Minister"
        name, office = tokens, ""
    return _NamedSpeaker(" ".join(name), office) if name else None


def _heads_attendance(text: str) -> bool:
    """Return True for a heading or a line above a list of those who attend."""
    return len(text) <= 60 and not text.rstrip(": ").count(":") and bool({*folded_words(text)} & _attendance_words())


def _attending(text: str, is_listed: bool) -> list[str]:
    """Return the names in a line such as "Present: Ada Bo, Cy Day", or in an item of a list of those who attend."""
    label, colon, names = text.partition(":")
    if not (colon and len(label) <= 60 and {*folded_words(label)} & _attendance_words()):
        names = text if is_listed else ""
    people = (_person(names[name.start : name.end]) for name in proper_names(names))
    plain = (" ".join(w for w in p.name.split() if fold_text(w).strip(".") not in TITLES) for p in people if p)
    return [name for name in plain if " " in name]


@cache
def _office_alone() -> re.Pattern[str]:
    """Return a pattern of an office without a name, as no proper name has it: "the chair", "The Treasurer"."""
    offices = "|".join(sorted(word for word in TITLES - OFFICES - HONORIFICS if len(word) > 3 and word.isascii()))
    small = "|".join(sorted(word for word in OFFICES if word.isascii()))
    return re.compile(rf"\b[Tt]he (?P<office>(?:(?i:{offices})|{small}))(?![\w-]|\s+(?:of|for)\b|\s+[A-Z])")


@cache
def _attendance_words() -> frozenset[str]:
    return word_list("attendance_words.txt") | {"apologies", "absent", "members", "chair"}


@cache
def _speech_stems() -> frozenset[str]:
    return frozenset(map(stem, word_list("speech_verbs.txt")))


@lru_cache(maxsize=65536)
def _is_speech(word: str) -> bool:
    """Return True for a finite form of a verb of speech, as far as the form tells."""
    return word.islower() and not word.endswith("ing") and stem(word) in _speech_stems()
