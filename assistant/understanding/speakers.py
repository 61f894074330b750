"""Find whose words a question asks for: "What did Ms. Bo say?", "Bo on cranes", "according to the chair".

A name counts only where the question makes it the speaker, so that a name that is also a common word ("Price", "May")
is taken for neither more nor less than the question says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assistant.understanding.references import subject_words
from corpus.document import Document
from corpus.language.abbreviations import short_forms
from corpus.language.countries import is_country
from corpus.language.english import AUXILIARY, HONORIFICS, OFFICES
from corpus.language.organizations import find_forums
from corpus.language.persons import without_accents
from corpus.language.scripts import is_cjk, is_cjk_text
from corpus.language.tokens import STOP_WORDS, folded_words, stem
from corpus.language.word_lists import word_list
from corpus.speech import name_bearers, name_words, office_holders, speakers, speeches

# Most words of a name with its office: "Deputy National Security Advisor Anne Neuberger".
_LONGEST = 9
_WORD = re.compile(r"[^\s?!,;:]+")
_GIVES = frozenset("make made makes give gave gives deliver delivered raise raised have had".split())
_WORDS = (
    r"(?:remarks?|comments?|statements?|words|views?|opinions?|positions?|stance|speech|address|answers?|repl(?:y|ies)"
    r"|questions?|concerns?|objections?|proposals?|points?|argument|arguments|take|explanation)"
)
_ADVERBS = re.compile(r"(?:\s+(?:ever|also|really|just|then|actually|not|still|again|himself|herself|exactly))+$", re.I)
# The name ends where its clause does, or before the subject.
_END = r"(?=[?!.]?\s*$|[,;]|\s+(?:about|on|regarding|concerning|in|at|during|with|to)\b)"
_ASKS = r"(?=[?!;:.]?\s*$|[,;]|\s+(?:what|who|when|where|why|how|is|are|was|were|will|does|did|do|have|has)\b)"
_SAID = "said|stated|told|mentioned|raised|proposed|suggested|expressed|explained|answered|remarked|asked"
# The words beside which the name of the speaker stands.
_BESIDE = (
    re.compile(rf"\baccording to\s+(?P<name>.+?){_ASKS}", re.I),
    re.compile(rf"\b(?:{_SAID}) by\s+(?P<name>.+?){_END}", re.I),
    re.compile(rf"\b{_WORDS}\s+(?:made\s+)?(?:of|by|from)\s+(?P<name>.+?){_END}", re.I),
    re.compile(rf"(?:^|(?<=\s))(?P<name>(?:[^\s?!,;:]+\s+){{0,4}}?[^\s?!,;:]+?)['’]s?\s+(?:\w+\s+)?{_WORDS}\b", re.I),
)
_QUESTION_WORDS = re.compile(
    r"(?:(?:what|which|who|how|why|when|where|is|are|was|were|do|does|did|list|show|give|tell|me|all|of|summari[sz]e"
    r"|please|and|in|by|to|on|about|from)\b\s*)*",
    re.IGNORECASE,
)
_TALKS_TO = re.compile(r"(?:talk|talked|talks|speak|spoke|speaks)\s+(?:to|with)\b", re.IGNORECASE)
# "Did Bo speak at the summit?" asks for no words.
_SPEAKS_SOMEWHERE = re.compile(
    r"^\W*(?:and |but |also )?(?:did|does|do|will|was|is)\b(?!.*\b(?:what|which|how)\b).*\b(?:speak|talk)"
    r"(?!\s+(?:about|on|of|for|against|in (?:favou?r|support)|regarding|up)\b)",
    re.IGNORECASE,
)
_FOR_OR_AGAINST = frozenset("against opposed favour favor supports supported".split())
_AND = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|both)\s+|と|及び")
_LAST_FIRST = re.compile(r"[^\s,]+,\s+[^\s,]+(?:\s+[^\s,]\.?)?")
# "Ada Bo on cranes": a name alone before its subject.
_ON = re.compile(r"^\W*(?P<name>\S+(?:\s+\S+){0,6}?)\s+(?:on|about|regarding|re)\s+\S", re.I)
# "what Ada Bo said", "that Bo proposed".
_CLAUSE = re.compile(r"\b(?:what|whether|how|why|everything|anything|all(?: that)?|where|when)\s+", re.I)
_JAPANESE = re.compile(
    r"^(?:では|じゃあ|そして|また|[^は]{1,20}(?:で|に)、)?(?P<name>[^は、。？?]{1,30}?)は.*(?:言|述べ|発言|話し|指摘|説明|強調|語っ|触れ|コメント|回答)"
    r"|(?P<name2>[^、。？?のは]{1,30}?)(?:によると|によれば|の発言|の意見|の説明|の見解)"
)
_JAPANESE_TITLES = re.compile(
    r"(?:副?大臣|総理|首相|議員|委員長?|議長|会長|長官|部長|局長|課長|代表|知事|市長|教授|氏|さん|様|君)$"
)
_FOREIGN = re.compile(
    r"\bqu['’]a (?:dit|déclaré|proposé|répondu|demandé)\s+(?P<fr>.+?)\s+(?:sur|à propos|au sujet|concernant|de|du)\b"
    r"|\bque dit\s+(?P<fr2>.+?)\s+(?:sur|de|du)\b"
    r"|\bwas (?:hat|sagte|meinte|antwortete)\s+(?P<de>.+?)\s+(?:zu|zum|zur|über)\b"
    r"|\bqué (?:dijo|propuso|respondió|opinó|declaró)\s+(?P<es>.+?)\s+(?:sobre|de|del|acerca)\b",
    re.I,
)
# Letters of an abbreviation that names a body; two are a person's initials.
_ABBREVIATION = 3
_FOREIGN_TITLES = frozenset(
    "m mme mlle monsieur madame herr frau señor señora sr sra don doña le la el der die".split()
)


@dataclass(frozen=True, slots=True)
class AskedSpeaker:
    """The person whose words a question asks for.

    Attributes:
        name: as typed.
        speakers: the names under which the records have words of the person; empty if they have none.
        found: the names as typed, one of each person with words in the records.
        missing: those of several persons of whom the records have no words, while they have some of others.
    """

    name: str
    speakers: frozenset[str]
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def asked_speaker(question: str, documents: Sequence[Document]) -> AskedSpeaker | None:
    """Return whose words a question asks for; None if it asks for nobody's, or for those of a body or a country.

    Args:
        question: the question.
        documents: the records that pass its other filters.
    """
    for start, end, is_sure in _mentions(question):
        start += _QUESTION_WORDS.match(question[start:end]).end()  # type: ignore[union-attr]
        typed = question[start:end].strip()
        parts = [part for part in _AND.split(_without_article(typed)) if part]
        if _LAST_FIRST.fullmatch(typed) and speakers_named(typed, documents):
            parts = [typed]
        found = {part: speakers_named(part, documents) for part in parts}
        unknown = [part for part in parts if not found[part] and is_sure and _is_unknown_person(part, documents)]
        if parts and all(found[part] or part in unknown for part in parts):
            missing = tuple(unknown) if len(unknown) < len(parts) else ()
            speakers_found = tuple(part for part in parts if found[part])
            return AskedSpeaker(typed, frozenset().union(*found.values()), speakers_found, missing)
    return None


def asks_who_said(question: str) -> bool:
    """Return True if a question asks who said, asked or proposed something."""
    words = folded_words(question)
    asks = re.search(
        r"\bwho(?:m|se)?\b|\bwhich (?:speaker|person|member|participant|delegate|minister)\b|誰|だれ", question, re.I
    )
    if not asks:
        return False
    if is_cjk_question(question):
        return bool(re.search("言|述べ|発言|指摘|提案|質問|求め", question))
    return any(is_speech_word(word) or word in _FOR_OR_AGAINST for word in words)


def is_cjk_question(question: str) -> bool:
    """Return True if a question has Japanese or Chinese words."""
    return any(map(is_cjk, folded_words(question)))


def _mentions(question: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of what a question makes the speaker; True with it where nothing else can be meant."""
    if is_cjk_question(question):
        for match in _JAPANESE.finditer(question):
            name = "name" if match["name"] else "name2"
            words = _JAPANESE_TITLES.sub("", match[name]) or match[name]
            yield match.start(name), match.start(name) + len(words), words != match[name]
        return
    if _SPEAKS_SOMEWHERE.match(question):
        return
    for auxiliary in re.finditer(rf"\b{AUXILIARY}\s+", question, re.I):
        yield from _before_verb(question, auxiliary.end())
    for pattern in _BESIDE:
        yield from ((*match.span("name"), True) for match in pattern.finditer(question))
    for match in _CLAUSE.finditer(question):
        yield from _before_verb(question, match.end())
    for match in _FOREIGN.finditer(question):
        yield from ((*match.span(name), False) for name in match.groupdict() if match[name])
    if on := _ON.match(question):
        yield (*on.span("name"), False)


def _before_verb(question: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the words from a position up to a verb of speech: "Ada Bo" of "did Ada Bo say"."""
    words = list(_WORD.finditer(question, start))[: _LONGEST + 1]
    for word in words[1:]:
        if _TALKS_TO.match(question, word.start()):
            continue  # "whom did Bo talk to" asks for another person
        has_words = word.group().casefold() in _GIVES and re.search(rf"\b{_WORDS}\b", question, re.I)
        if is_speech_word(word.group().casefold().rstrip(".")) or has_words:
            name = _ADVERBS.sub("", question[start : word.start()].rstrip())
            if name and not re.search(r"[?!;:]", name):
                yield start, start + len(name), True


def speakers_named(part: str, documents: Sequence[Document]) -> set[str]:
    """Return the names under which records have words of a person, who is named in any usual way; none without words.

    Args:
        part: a name in either order, with initials, alone or with an office; or an office that one speaker has.
        documents: the records.
    """
    words = [w for w in name_words(part) if w not in STOP_WORDS and w not in _FOREIGN_TITLES]
    words = words or [w for w in name_words(part) if w.title() in part.split()]  # "Will"
    if not words:
        return set()
    named = [word for word in words if word not in OFFICES]
    typed = {word for word in (*folded_words(part), *words) if len(word) > 1}
    having = [document for document in documents if any(word in document.text.casefold() for word in typed)]
    by_name = _named_in(words, having) if named else set()
    if named and not by_name and any(token[:1].isupper() for token in part.split()):  # "Nunez" for "Núñez"
        texts = ((document, without_accents(document.text.casefold())) for document in documents)
        by_name = _named_in(words, [d for d, text in texts if any(w in text for w in words if len(w) > 1)])
    whole = {name for name in by_name if {*named} <= {*name_words(name)}}
    found = _with_title(part, whole or by_name, having)
    return found if found or _has_name_behind_title(part) else _of_office(words, documents)


def _has_name_behind_title(part: str) -> bool:
    """Return True for "President Bo", who is no other president."""
    tokens = [token.strip(".,") for token in part.split()]
    return any(
        title.casefold() in _titles() and name[:1].isupper() and name.casefold() not in _titles()
        for title, name in pairwise(tokens)
    )


def _with_title(part: str, names: set[str], documents: Sequence[Document]) -> set[str]:
    """Return those of several namesakes that carry a title or an office of a question; all of them if none does."""
    titles = [word for word in folded_words(part) if word in _titles()]
    if len(names) < 2 or not titles:
        return names
    carrying = {name for name in names if all(any(_carries(t, name, d) for d in documents) for t in titles)}
    return carrying or names


def _carries(title: str, name: str, document: Document) -> bool:
    """Return True if a record writes a title or an office beside the whole name of a speaker: "Dr M. Bo" of Max Bo."""
    said = [speech for speech in speeches(document) if speech.name == name]
    if any(title in folded_words(f"{speech.speaker} {speech.office}") for speech in said):
        return True
    first, *rest = name.split()
    if not rest:
        return False
    whole = rf"(?:{re.escape(first)}|{re.escape(first[0])}\.?)\s+{re.escape(' '.join(rest))}\b"
    others = "|".join(map(re.escape, sorted(_titles())))
    before = rf"\b{re.escape(title)}\.?[ \t]+(?:(?:{others})\.?[ \t]+){{0,2}}{whole}"
    behind = rf"\b{whole}[ \t]*[,(][ \t]*(?:[\w'’]+[ \t]+){{0,3}}?{re.escape(title)}\b(?!\.?[ \t]+(?-i:[A-Z]))"
    return re.search(f"{before}|{behind}", f"{document.title}\n{document.text}", re.IGNORECASE) is not None


@cache
def _titles() -> frozenset[str]:
    articles = {"le", "la", "el", "der", "die"}
    return frozenset((*HONORIFICS, *OFFICES, *_FOREIGN_TITLES, *word_list("person_titles.txt"))) - articles


def _named_in(words: Sequence[str], documents: Iterable[Document]) -> set[str]:
    return {name for document in documents for name in speakers(document) if _is_name(words, name, document)}


def _is_name(words: Sequence[str], name: str, document: Document) -> bool:
    """Return True if the words that a question has for a person are those of a speaker's name, in any order.

    An initial stands for a name; further words may be an office, or stand with the name in the record.
    """
    if any(map(is_cjk, words)):
        return any(word in name or name in word for word in words if is_cjk(word))
    own = name_words(name)
    if not any(len(word) > 1 and word not in OFFICES and word in own for word in words):
        return False
    rest = [w for w in words if w not in own and not any(_is_initial(w, other) for other in own)]
    if not rest:
        return True
    if _has_other_given_name(words, own):
        return False
    stated = [set(folded_words(e.office)) for e in speeches(document) if e.name == name and e.office]
    rest = [w for w in rest if not (any(w in office for office in stated) or (w in OFFICES and not stated))]
    return all(_stands_beside(word, {*own, *words} - {word}, document) for word in rest)


def _has_other_given_name(words: Sequence[str], own: Sequence[str]) -> bool:
    """Return True if a full name has beside the family name another given name than the words: "Eve Bo", "Ada Bo"."""
    given = [word for word in own if word not in words and word not in _titles() and len(word) > 1]
    if not given:
        return False
    beside = {one for pair in pairwise(words) for one, other in (pair, pair[::-1]) if other in own and one not in own}
    return any(
        len(word) > 1 and word not in _titles() and not any(word[:3] == other[:3] for other in given) for word in beside
    )


def _stands_beside(word: str, names: Set[str], document: Document) -> bool:
    """Return True if a record writes a word directly before or behind one of some names."""
    others = "|".join(re.escape(other) for other in sorted(names) if len(other) > 1)
    pattern = rf"\b{re.escape(word)}\W{{1,3}}(?:{others})\b|\b(?:{others})\W{{1,3}}{re.escape(word)}\b"
    return re.search(pattern, f"{document.title}\n{document.text}", re.IGNORECASE) is not None


def _is_initial(one: str, other: str) -> bool:
    """Return True if one of two words is the first letter of the other."""
    return one != other and min(len(one), len(other)) == 1 and one[0] == other[0]


def _of_office(words: Sequence[str], documents: Sequence[Document]) -> set[str]:
    """Return those who hold an office: by a label of a turn, by the office beside a name, or by another word for it."""
    found: set[str] = set()
    for document in documents:
        for speech in speeches(document):
            label = {*name_words(speech.speaker)}
            office = folded_words(speech.office)
            is_of_office = {*words} <= label | {*office} and (_titles() & {*words} or words[-1:] == office[-1:])
            if {*words} == label or is_of_office:
                found.add(speech.name)
        for holder in office_holders(document, words) if _titles() & {*words} else ():
            found |= {name for name in speakers(document) if _is_name(name_words(holder), name, document)}
    return found


def _is_unknown_person(typed: str, documents: Sequence[Document]) -> bool:
    """Return True if a question names a person of whom the records have no words.

    That is a name with a form of address or an office, one that no record has, or one that records have as a person's.
    """
    if is_cjk_question(typed):
        readable = [document for document in documents if is_cjk_text(document.text)]
        return bool(readable) and not any(typed in document.text for document in readable)
    tokens = [token.strip(".,") for token in typed.split()]
    if (
        not tokens
        or len(tokens) > _LONGEST
        or find_forums(typed, re.IGNORECASE)
        or any(map(is_country, (typed, *tokens)))
        or any(len(short) >= _ABBREVIATION for short in short_forms(f"the {typed}"))
    ):
        return False
    lower = [token.casefold() for token in tokens]
    names = [token for token, low in zip(tokens, lower, strict=True) if low not in _titles()]
    names = [token for token in names if token.casefold() not in STOP_WORDS]
    if not names or not all(token[:1].isupper() for token in names):
        return False
    if any(low in HONORIFICS for low in lower) or lower[0] in _titles():
        return True
    words = folded_words(" ".join(names))
    if any(" ".join(words) in " ".join(folded_words(document.title)) for document in documents):
        return False  # the body whose meetings the records are of, or the author of one
    if not any(all(word in document.text.casefold() for word in words) for document in documents):
        return True
    return any(_has_person(words, names, document) for document in documents)


def _has_person(words: Sequence[str], names: Sequence[str], document: Document) -> bool:
    """Return True if a record has a name as a person's: in full, behind a form of address, or behind an initial."""
    last = re.escape(names[-1])
    before = rf"(?:{'|'.join(sorted(HONORIFICS))})\.?\s+(?:\w+\s+){{0,2}}?"
    initial = rf"\b{re.escape(names[0][0])}\.\s*" if len(names) > 1 else r"\b[A-Z]\.\s*"
    if re.search(rf"(?:(?i:\b{before})|{initial}){last}\b", document.text):
        return True
    return any({*words} <= {*name_words(name)} for name in name_bearers(document, words[-1]))


def _without_article(typed: str) -> str:
    return re.sub(r"^(?:the|our|this|that)\s+", "", typed.strip(), flags=re.IGNORECASE)


@cache
def _speech_stems() -> frozenset[str]:
    return frozenset(map(stem, (*word_list("speech_verbs.txt"), *word_list("saying_words.txt"))))


def is_speech_word(word: str) -> bool:
    """Return True for a verb with which somebody says something, in any form."""
    return stem(word) in _speech_stems()


def subject_of_speech(question: str) -> list[str]:
    """Return the words of the subject of a question for what somebody said, without the verb of speech."""
    return [word for word in subject_words(question) if not is_speech_word(word)]


def all_speakers(documents: Iterable[Document]) -> list[str]:
    """Return the names of all who speak in some records, each once, in order."""
    return sorted({name for document in documents for name in speakers(document)}, key=str.casefold)
