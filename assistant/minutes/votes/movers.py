"""Answer who moved or seconded a proposal: "Who seconded the grant?"."""

import re
from collections.abc import Iterator

from assistant.answer import ShortAnswer
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts
from corpus.document import Kind
from corpus.language.minutes_words import classes, pattern, says
from corpus.language.names import Name, proper_names
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells

# Share of the subject of a question that the sentences up to the act, or the heading above them, hold.
_LEAST = 0.5
# Sentences before the act that may name its object, and words of an act that does not: "Ms Bo seconded."
_MOST_BEFORE, _SHORT = 4, 5
_WHO = re.compile(r"\b(?:who|by whom|which (?:members?|trustees?|councill?ors?|delegates?)|wer|qui|quién)\b|誰")
# What stands between an act and the name behind it: "seconded by Ms Bo", "Seconder: Ms Bo".
_BY = ("by", ":", "von", "par", "por")
# "the second meeting" is no act, but "a second by Ms Bo" is.
_ORDINAL = re.compile(r"\b(?:a|an|every|his|its|our|the|their|this) second(?=\s+(?!by\b|from\b|of\b)\w)")
_Sentence = tuple[Passage, Span]


def about_movers(question: MinutesQuestion) -> ReplyParts | None:
    """Return the sentences that name who moved or seconded; None for another question or records without seconders.

    Of a subject that nobody seconds in records that have seconders there is no quotation.
    """
    asked = _ORDINAL.sub("", question.folded)
    acts = [name for name in classes("mover") if says("mover", name, asked)]
    if len(acts) != 1 or not _WHO.search(question.folded):
        return None
    removed = (*(("mover", name) for name in classes("mover")), ("object", "generic"))
    found: list[tuple[float, MinutesRecord, list[_Sentence]]] = []
    for record in question.records:
        told = list(_sentences(record, acts[0]))
        words = question.rest(record, removed) if told else set()
        found += [(share(words, text) if words else 1.0, record, sentences) for text, sentences in told]
    best = max((value for value, _, _ in found), default=0.0)
    if best <= _LEAST:
        return ReplyParts(()) if found and not best and acts[0] == "seconded" else None
    chosen = [(record, sentences) for value, record, sentences in found if value == best]
    cited = tuple(record.cite(passage, span) for record, sentences in chosen for passage, span in sentences)
    return ReplyParts(cited, short_answer=_short_answer(*chosen[0], acts[0]) if len(chosen) == 1 else None)


def _sentences(record: MinutesRecord, act: str) -> Iterator[tuple[str, list[_Sentence]]]:
    """Yield what each act is about, with headings, and its sentence, a short one behind the sentence that it is of.

    None is yielded for a record in which nobody seconds.
    """
    prose = [p for p in record.passages if p.kind in (Kind.BODY, Kind.LIST_ITEM) and not cells(p.words_text)]
    sentences = [(p, span) for p in prose for span in p.sentences()]
    texts = [_ORDINAL.sub("", fold_text(span.of(passage.document.text))) for passage, span in sentences]
    if not any(says("mover", "seconded", text) for text in texts):
        return
    for at, (passage, span) in enumerate(sentences):
        if not says("mover", act, texts[at]) or texts[at].rstrip().endswith(("?", "？")):
            continue
        first = max(0, at - _MOST_BEFORE)
        own = [n for n in range(first, at) if sentences[n][0].headings == passage.headings]
        about = " ".join((*passage.headings, *(texts[n] for n in own), texts[at]))
        is_short = len(texts[at].split()) <= _SHORT and bool(own)
        yield about, [*([sentences[at - 1]] if is_short else []), (passage, span)]


def _short_answer(record: MinutesRecord, sentences: list[_Sentence], act: str) -> ShortAnswer | None:
    """Return the name beside the only act of a sentence: "Ms Bo seconded", "seconded by Ms Bo"."""
    passage, span = sentences[-1]
    text = span.of(record.document.text)
    acts = list(pattern("mover", act).finditer(text.casefold()))
    names = [n for n in proper_names(text) if len(acts) == 1 and _is_beside(text, n, acts[0])]
    if len(names) != 1:
        return None
    return ShortAnswer(record.cite(passage, span), Span(span.start + names[0].start, span.start + names[0].end))


def _is_beside(text: str, name: Name, act: re.Match[str]) -> bool:
    before, behind = text[name.end : act.start()], text[act.end() : name.start]
    is_before = name.end <= act.start() and not before.strip()
    return is_before or (act.end() <= name.start and behind.strip().casefold() in _BY)
