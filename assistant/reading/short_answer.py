"""Find the short answer in the cited sentences: the few words that say what was asked, where there is no doubt.

A wrong first line is worse than none, so every test must pass: the sentence holds all that the question says, one
candidate alone stands where the grammar wants it, and no other name or date comes between.
"""

import re
from collections.abc import Sequence

from assistant.answer import ShortAnswer
from assistant.citations.citation import Citation
from assistant.query import Intent, Query
from assistant.reading.answer_spans import Anchor, candidates, names_a_time_by_another, stands_as_asked
from assistant.reading.names import proper_names
from assistant.understanding.answer_type import AnswerType, ExpectedAnswer
from corpus.language.countries import also_called
from corpus.language.dates import YEAR
from corpus.language.english import HONORIFIC
from corpus.language.sentences import sentences
from corpus.language.stemming import stem, stems
from corpus.language.tokens import content_words
from corpus.language.word_lists import word_sets
from corpus.span import Span

_ALIKE = {stem(word): frozenset(map(stem, verbs)) for verbs in word_sets("same_verbs.txt") for word in verbs}
_HAPPENS = frozenset(stem(word) for word in "hold held happen occur begin start finish end".split())
_TELLS_NOTHING = frozenset("please exactly actually tell".split())
_NOT = re.compile(r"\b(?:not|never|without|instead|except|cannot|neither|nor|unable)\b|n['’]t\b", re.IGNORECASE)
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_HONORIFIC = re.compile(rf"\b(?:H\.E|{HONORIFIC})\.")
_WORD = re.compile(r"[^\W_]+")


def short_answer(query: Query, citations: Sequence[Citation]) -> ShortAnswer | None:
    """The words that say what was asked, in one of the citations; None in any doubt.

    Args:
        query: what was asked; a list, a comparison and a follow-up get no first line.
        citations: the answer's, best first.
    """
    asked = query.answer.fact
    if not asked or query.latest or query.intent in (Intent.LIST, Intent.COMPARISON):
        return None
    found = [ShortAnswer(citation, span) for citation in citations if (span := _said(asked, citation))]
    said = [set(stems(each.words)) for each in found]
    agree = all(a <= b or b <= a for a in said for b in said)
    return found[0] if found and agree else None


def _said(asked: ExpectedAnswer, citation: Citation) -> Span | None:
    """The one place in a citation that says what is asked."""
    text = citation.document.text
    around = set(stems(_surroundings(citation)))
    found = [
        Span(part.start + start, part.start + end)
        for part in sentences(text, citation.span)
        for start, end in _in_sentence(asked, part.of(text), around, citation)
    ]
    return found[0] if len(found) == 1 else None


def _surroundings(citation: Citation) -> str:
    """What a sentence need not repeat: its headings, the label of its item, its record's title, the meeting's facts."""
    document, meeting = citation.document, citation.document.meeting
    first = citation.quote.partition("\n")[0].rstrip()
    label = "" if first.endswith((".", "!", "?")) or first == citation.quote else first
    facts = (meeting.forum, meeting.name, meeting.place, meeting.presidency, meeting.days)
    known = (document.title, document.publisher, document.short_publisher, *facts, *citation.section, label)
    return " ".join(filter(None, known))


def _in_sentence(asked: ExpectedAnswer, text: str, around: set[str], citation: Citation) -> list[tuple[int, int]]:
    dated = _is_date_line(asked, citation)
    anchors = _anchors(asked, text, around | (_HAPPENS if dated else set()))
    if anchors is None or bool(_NOT.search(text)) != bool(_NOT.search(asked.rest)):
        return []
    if not dated and len(anchors) < min(2, len(content_words(asked.rest))):
        return []
    if _YEAR.search(asked.rest) and (_other_year(asked.rest, text) or names_a_time_by_another(text)):
        return []
    known = around | set(stems(asked.rest))
    fresh = [
        place for place in candidates(asked, text) if not set(stems(text[slice(*place)])) <= set(stems(asked.rest))
    ]
    if asked.kind not in (AnswerType.WHO, AnswerType.COUNTRY) and len(fresh) != 1:
        return []
    fitting = fresh if dated else [place for place in fresh if stands_as_asked(asked, text, place, anchors)]
    return [place for place in fitting if not _strangers(text, place, anchors, known)]


def _other_year(question: str, text: str) -> bool:
    """Whether the sentence names years, and none of those that the question names."""
    asked, said = set(_YEAR.findall(question)), set(_YEAR.findall(text))
    return bool(asked and said) and not asked & said


def _is_date_line(asked: ExpectedAnswer, citation: Citation) -> bool:
    """Whether the citation is what stands under a heading such as "1. Date": a day without a sentence around it."""
    above = set(stems(citation.section[-1])) if citation.section else set()
    return (
        asked.kind in (AnswerType.WHEN, AnswerType.HOUR, AnswerType.MODE)
        and bool(above & {"date", "time"})
        and len(above) <= 3
    )


def _anchors(asked: ExpectedAnswer, text: str, around: set[str]) -> list[Anchor] | None:
    """The words of the question that the sentence holds; None when one is neither there nor around it."""
    held: dict[str, list[tuple[int, int]]] = {}
    for match in _WORD.finditer(text):
        held.setdefault(stem(match.group().casefold()), []).append(match.span())
    found = []
    for word in content_words(asked.rest):
        forms = _ALIKE.get(stem(word), frozenset()) | {stem(word)}
        forms |= {s for name in also_called(word) if " " not in name for s in stems(name)}
        if places := [place for form in forms for place in held.get(form, [])]:
            found.append(Anchor(word, tuple(sorted(places)), bool(forms & around)))
        elif not (forms & around or word in _TELLS_NOTHING):
            return None
    return found


def _strangers(text: str, place: tuple[int, int], anchors: Sequence[Anchor], known: set[str]) -> bool:
    """Whether a name that the question does not have stands among the words that tie the candidate to it."""
    nearest = [min(a.places, key=lambda p: abs(p[0] - place[0])) for a in anchors]
    start = min((place[0], *(p[0] for p in nearest)))
    end = max((place[1], *(p[1] for p in nearest)))
    for name in proper_names(text):
        inside = start <= name.start and name.end <= end
        apart = name.end <= place[0] or place[1] <= name.start
        is_its_city = text[name.end : place[0]].strip() == ","
        if inside and apart and not is_its_city and not _is_known(text[name.start : name.end], known):
            return True
    return False


def _is_known(name: str, known: set[str]) -> bool:
    """Whether the question or the surroundings have the name, without its title, or its short form in brackets."""
    long, _, short = name.partition("(")
    bare = _HONORIFIC.sub("", long.partition(",")[0])
    return any(words and words <= known for words in (set(stems(bare)), set(stems(short))))
