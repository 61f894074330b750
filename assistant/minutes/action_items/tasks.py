"""Find the sentences in which a person takes on a task: "Ruben prepares the documents by 5 December."."""

import re
from collections.abc import Iterator

from assistant.minutes.people.attendance import attendance_of
from assistant.minutes.record import MinutesRecord
from assistant.understanding.speakers.speech_words import is_speech_word
from corpus.document import Kind
from corpus.language.english import AUXILIARY, HONORIFIC, HONORIFICS, english_words
from corpus.language.minutes_words import pattern, phrases, says
from corpus.language.months import ANY_MONTH
from corpus.language.tokens import STOP_WORDS, fold_text, folded_words, stop_words
from corpus.passages import Passage
from corpus.span import Span

_DAY = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{ANY_MONTH}|{ANY_MONTH}\s+\d{{1,2}}|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    rf"|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?|(?:the\s+)?(?:end|middle|start|beginning) of"
    rf"|(?:the\s+)?(?:weekend|week|month|season|holidays|summer|winter|spring|autumn|evening)\b"
    r"|(?:ende|mitte|anfang|fin|mi|début|finales|mediados|principios)[\s-]+(?:(?:de|des|du)\s+)?[^\W\d_]{3,10}"
    rf"|next\s+\w+|tomorrow|{ANY_MONTH}|noon|\d{{1,2}}\s?月|\d{{1,2}}\.?\s+(?:de\s+)?\w{{3,10}}"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|lundi|mardi|mercredi|jeudi|vendredi)"
    r"|(?:lunes|martes|miércoles|jueves|viernes)|easter|whitsun|christmas|ostern|pfingsten|weihnachten|pâques|noël"
    r"|semana santa|pascua|navidad|(?:[\w-]+[-\s])?(?:first|second|third|[a-z]+th)(?: of|\b(?=\W*$))"
)
_DUE = re.compile(
    rf"\b(?:(?:to|at|for|by|before|until) (?:the|our) (?:next|following|{ANY_MONTH}) (?:meeting|session|call|time)"
    r"|for next time)\b"
    r"|\bzur nächsten sitzung\b"
    r"|\b(?:by|before|until|till|no later than|not later than|bis(?: zum)?|vor|d['’]ici(?: le| au)?|avant(?: le)?"
    rf"|antes del?|hasta el|para el)\s+(?:the\s+)?(?:{_DAY})\b|までに",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:(?:this|next) (?:week|month)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|today|tomorrow|tonight|heute|morgen|(?:diese|nächste)n? (?:woche|monat)"
    r"|aujourd['’]hui|demain|cette semaine|la semaine prochaine|hoy|mañana|esta semana"
    r"|la (?:próxima semana|semana próxima))\b",
    re.IGNORECASE,
)
_NAME = (
    rf"(?:(?:{HONORIFIC}|Herr|Frau|M\.|Mme|Sr\.|Sra\.|Monsieur|Madame|(?:[Ee]l |[Ll]a )?[Ss]eñora?)\.?\s+)?"
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ][\w'’-]+){0,2}"
)
_LEAD = (
    r"^\W*(?:(?:So|Then|And|OK|Okay|Fine|Good|Right|Also|Finally|Yes|Well|Sure|All right|Alright|In that case"
    r"|Ja|Gut|Dann|Also|Und|Oui"
    r"|Bon|Alors|Donc|Et|D['’]accord|Sí|Bueno|Vale|Pues|Entonces)[,.]?\s+)*"
)
_PERSON = re.compile(
    rf"{_LEAD}(?P<name>{_NAME})"
    r"(?:,?\s+(?:(?:could|can|would|will) you|please|bitte|merci de|por favor)"
    r"|,\s+you\s+(?!(?:are|were|said|have|had|know|see|think|spoke|told|\w+ed)\b)\w+"
    r"|['’]ll|\s+(?:will|shall|must|is going to|is to|are to"
    r"|has to|have to|agreed to|undertook to|promised to|wird|soll|muss|va|doit|debe|[a-zà-ÿ][\w’']*[stea]|to))\b"
)
# "The alarm has to ring. Bo, that is with you."
_HANDED = re.compile(
    rf"{_LEAD}(?P<name>{_NAME}),\s+(?:that|this|it)(?:\s+is|['’]s)\s+(?:with you|for you|yours|your task)\b"
)
# "Bo, find out what it costs, please", "Bo, write to them by Friday".
_CALLED = re.compile(rf"{_LEAD}(?P<name>{_NAME}),\s+(?P<verb>[a-zà-ÿ]+)\b")
_PLEASE = re.compile(r"\b(?:please|bitte|s['’]il (?:vous|te) plaît|por favor)\b", re.IGNORECASE)
# "Bo, can you finish it?", "Somebody must sweep the loft", "Leave the loft to me".
_ASKED = re.compile(rf"{_LEAD}(?P<name>{_NAME}),?\s+(?:could|can|would|will) you\s+(?:please\s+)?(?P<verb>[a-z]+)\b")
_SOMEBODY = re.compile(
    rf"{_LEAD}(?:[Ss]omebody|[Ss]omeone|[Oo]ne of us|[Jj]emand|[Qq]uelqu['’]un|[Aa]lguien)\s+"
    r"(?:must|has to|needs to|should|ought to|had better|muss|müsste|sollte|doit|devrait|debe|debería)\b"
)
_LEFT_TO_ME = re.compile(
    r"\b(?:leave|give) (?:it|that|this|the \w+(?: \w+)?) to me\b|\bI(?:['’]ll| will)? take (?:that|this|it)\b", re.I
)
_POINTS_BACK = re.compile(r"\b(?:it|that|this|them)\b")
# "The steps need to be measured by Thursday."
_TO_BE_DONE = re.compile(r"\b(?:needs?|ha(?:s|ve)|must|ought)(?: to)? be \w+(?:ed|en|t|ne)\b", re.IGNORECASE)
# "I fetch the ropes", right behind a task.
_PRESENT = re.compile(
    rf"{_LEAD}I\s+(?!{AUXILIARY}\b|am\b|must\b)(?P<verb>[a-z]+)"
    r"\s+(?:\w+ )?(?:the|an?|my|our|all|some|that|this|these|it|them|two|three)\b"
)
# "Bo rings the builder": what somebody does next, where it follows another task.
_DOES = re.compile(rf"{_LEAD}(?P<name>{_NAME})\s+(?P<verb>[\w’']*[a-zà-ÿ][ste])\b")
# German with the verb in front: "Dann bestellt Frau Bo bis Freitag".
_INVERTED = re.compile(
    r"^\W*(?:(?:Gut|Ja|Okay|So),?\s+)?(?:[Dd]ann|Also|Danach|Somit|Bis \S+(?: \S+){0,2})\s+\w+t\s+"
    rf"(?P<name>{_NAME})\b"
)
_FIRM = r"['’]ll|will|shall|am going to|['’]m going to|are going to|undertake to|promise to|agree to"
_OWN = re.compile(
    rf"{_LEAD}(?:(?:I|We)\s*(?:(?P<firm>{_FIRM})|can|could)\s+(?P<verb>\w+)"
    r"|(?:Ich|Wir) (?:(?P<firm_de>werde\w*|kümmere|kümmern|übernehme\w*|erledige\w*)|(?P<verb_de>\w+e))\b"
    r"(?!.*\bnicht\b)"
    r"|Je (?:(?P<firm_je>vais|\w+rai|m['’](?:en (?:occupe|charge)|occupe)|me charge)|(?P<verb_fr>\w+))\b(?!.* pas\b)"
    r"|(?:On|Nous) (?P<firm_nous>va|allons|\w+rons)\b(?!.* pas\b)"
    r"|(?:Yo |Nosotros )?(?P<firm_es>voy a|vamos a|me encargo|me ocupo)\b|Yo (?P<verb_es>\w+o)\b"
    r"|(?P<firm_ja>(?:私|わたし|僕)が.*ます))",
    re.IGNORECASE,
)
_OFFER = re.compile(rf"{_LEAD}I\s*(?:can|could|might|['’]d be happy to)\s+(?:\w+ly\s+)?[a-z]+\b", re.IGNORECASE)
_IS = re.compile(r"\s+(?:is|are|was|were|has been|had|did|ist|war|est|était|es|era)\b")
# Turns behind a task in which a sentence without a day may be one.
_FOLLOWS = 3
_SMALL_WORDS = STOP_WORDS.union(*map(stop_words, ("de", "es", "fr")))
# What somebody will do, where the record names the person.
_PROMISE = re.compile(
    r"\b(?:will|shall|agreed to|undertook to|promised to|is to|wird|soll|va|doit|debe)\s+(?P<verb>\w+)"
)


def people_of(record: MinutesRecord) -> list[str]:
    """Return the names of the speakers of a record and of those who were at the meeting, each once."""
    spoken = [speaker for _, speaker in record.talk if speaker]
    entries = attendance_of(record) if record.is_minutes else []
    present = [span.of(record.document.text) for entry in entries for span in entry.names]
    return list(dict.fromkeys((*spoken, *present)))


def tasks_of(record: MinutesRecord) -> Iterator[tuple[Passage, Span, str]]:
    """Yield the sentences in which a person takes on a task, with the speaker of the speaker's own, else ""."""
    if not record.talk and not record.is_named_minutes:
        return
    written = [(p, "") for p in record.passages if p.kind in (Kind.BODY, Kind.LIST_ITEM)]
    known = frozenset(word for name in people_of(record) for word in folded_words(name))
    follows = 0
    for number, (passage, speaker) in enumerate(record.talk or written):
        is_accepted = bool(record.talk) and _accepts(record, number + 1)
        before: Span | None = None
        follows = follows - 1 if record.talk else 0
        for span in passage.sentences():
            words = span.of(passage.document.text)
            is_own = bool(record.talk) and (_is_own(words, follows > 0) or (is_accepted and _offers(words)))
            if before and _is_handed(words, known, bool(record.talk)):
                span, speaker_of = Span(before.start, span.end), ""
            elif is_own or _is_assigned(words, known, bool(record.talk)) or (follows > 0 and _does(words, known)):
                speaker_of = speaker if is_own else ""
            else:
                before = span
                continue
            yield passage, span, speaker_of
            before, follows = span, _FOLLOWS


def _is_handed(words: str, known: frozenset[str], is_talk: bool) -> bool:
    """Return True if somebody gets what the sentence before names: "Bo, that is yours.", "Bo, can you finish it?"."""
    if handed := _HANDED.match(words):
        return bool(known.intersection(folded_words(handed["name"])))
    asked = _ASKED.match(words) if is_talk else None
    if not asked or not known.intersection(folded_words(asked["name"])) or is_no_task(asked["verb"], ""):
        return False
    return bool(_POINTS_BACK.search(words, asked.end()))


def has_day(words: str) -> bool:
    """Return True if words say until when: "by Friday"."""
    return bool(_DUE.search(words))


def _is_own(words: str, follows: bool) -> bool:
    """Return True if the speaker takes on a task: firmly ("I will order it"), or with a day ("I can write today").

    Args:
        words: the sentence.
        follows: True right behind another task, where "I fetch the ropes" is one, too.
    """
    if words.rstrip().endswith("?"):
        return False
    present = _PRESENT.match(words) if follows else None
    if present and not is_no_task(present["verb"], words[present.end("verb") :]):
        return not says("action", "state", present["verb"])
    match = _OWN.match(words)
    if not match:
        return False
    name = next((name for name in ("verb", "verb_de", "verb_fr", "verb_es") if match[name]), "verb")
    verb = match[name]
    is_dated = has_day(words) or bool(_SOON.search(words))
    if verb and is_no_task(verb, words[match.end(name) :]) and not (verb in ("have", "get") and is_dated):
        return False
    is_firm = any(value for name, value in match.groupdict().items() if name.startswith("firm"))
    return is_firm or is_dated


def _offers(words: str) -> bool:
    """Return True if the speaker offers to do something: "I could ask the school"."""
    return bool(_OFFER.match(words)) and not words.rstrip().endswith("?")


def _accepts(record: MinutesRecord, number: int) -> bool:
    """Return True if a turn of somebody else begins by accepting an offer: "Lovely. Do that."."""
    if not 0 < number < len(record.talk) or record.talk[number][1] == record.talk[number - 1][1]:
        return False
    first = record.talk[number][0].sentences()[:2]
    text = record.document.text
    return any(pattern("action", "accepts").match(fold_text(span.of(text)).lstrip()) for span in first)


def is_no_task(verb: str, behind: str) -> bool:
    """Return True for "say" or "keep it short", which are no tasks."""
    following = folded_words(behind)[:1]
    no_task = pattern("action", "no_task")
    return bool(no_task.fullmatch(verb.casefold()) or no_task.fullmatch(" ".join((verb.casefold(), *following))))


def _is_assigned(words: str, known: frozenset[str], is_talk: bool) -> bool:
    """Return True if a sentence has a person, a task and a day, or promises one of a person whom the record names."""
    if "までに" in words:
        return not words.rstrip().endswith(("?", "？"))
    if is_talk and _TO_BE_DONE.search(words) and has_day(words) and not words.rstrip().endswith("?"):
        return True
    if is_talk and (_LEFT_TO_ME.search(words) or _SOMEBODY.match(words)) and not words.rstrip().endswith("?"):
        return True
    asked = _ASKED.match(words)
    if is_talk and asked and known.intersection(folded_words(asked["name"])):
        return not is_no_task(asked["verb"], words[asked.end() :])
    match = _called(words) or _INVERTED.match(words) or _PERSON.match(words)
    if not match:
        return False
    if words.rstrip().endswith("?") and " you " not in words:
        return False
    name = folded_words(match["name"])
    is_known = bool((known | HONORIFICS).intersection(name)) or bool(set(phrases("person", "address")) & set(name))
    if re.split(r"[\s'’]", match["name"])[0].casefold() in _SMALL_WORDS and not is_known:
        return False
    if has_day(words):
        return is_known or not is_common(name[0])
    if is_known and words[match.end("name") :].startswith(", you "):
        return True
    if is_known and (asked := _PLEASE.search(words)):
        following = folded_words(words[asked.end() :])[:1]
        return not following or not says("action", "no_task", following[0])
    promise = _PROMISE.match(words, match.end("name") + 1)
    if is_known and not promise and is_talk and _SOON.search(words):
        return not _IS.match(words, match.end("name"))
    if not is_known or not promise:
        return False
    return bool(_SOON.search(words)) or not says("action", "no_task", promise["verb"].casefold())


def _called(words: str) -> re.Match[str] | None:
    """Return a match of somebody who is asked by name for something: "Bo, find out what it costs, please."."""
    match = _CALLED.match(words)
    is_asked = match and (_PLEASE.search(words) or has_day(words) or _SOON.search(words))
    return match if match and is_asked and is_common(match["verb"]) and not is_no_task(match["verb"], "") else None


def _does(words: str, known: frozenset[str]) -> bool:
    """Return True for what a person whom the record names does next: "Bo rings the builder."."""
    match = _DOES.match(words)
    if not match or not known.intersection(folded_words(match["name"])) or _IS.match(words, match.end("name")):
        return False
    verb = match["verb"].casefold()
    is_present = verb.endswith("s") or verb not in english_words()
    base = verb.removesuffix("s")
    is_said = any(says("decision", "soft", form) for form in (verb, base)) or is_speech_word(base)
    return is_present and not is_said and not is_no_task(base, words[match.end() :])


def is_common(word: str) -> bool:
    """Return True for a common noun or verb, which has a plural or a third person beside it in the dictionary."""
    return word in english_words() and (f"{word}s" in english_words() or f"{word}es" in english_words())
