"""Tell whether the evidence names the office that a question for its holder means: "the prime minister of Italy"."""

import re
from collections.abc import Iterator, Sequence

from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from corpus.facts import facts_text
from corpus.language.sentences import sentences
from corpus.language.word_lists import word_list

# Words before an office that make another one of it, or one of former days: "vice president", "the then president".
_MODIFIERS = word_list("office_modifiers.txt")
_LOWER = frozenset("vice deputy assistant associate under sub co junior shadow".split())
# Offices that no verb tells, as "chaired" tells the chair and "led" the head.
_OFFICES = (
    "minister president secretary ambassador commissioner chancellor governor premier king queen prince executive mayor"
).split()
_HOLDER = re.compile(
    r"^\W*(?:who(?:(?P<now>['’]s| is| are)| was| were)|what(?:['’]s| is| was) the name of)\s+"
    r"(?P<before>(?:[\w.-]+(?:['’]s?)?\s+){0,5}?)"
    rf"(?P<office>(?:(?:prime|chief|foreign|finance|state|secretary|general)\s+)?(?:{'|'.join(_OFFICES)}))\b(?!['’]s)",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"([\w-]+)\W*$")
# Number of the best passages whose sentences may name the office.
_READ = 3


def lacks_office(question: str, terms: QueryTerms, evidence: Sequence[Evidence]) -> str:
    """Return the office whose holder a question asks for, where no sentence names it beside its country or body.

    Args:
        question: the question as typed.
        terms: its words.
        evidence: sentences, best first.

    Returns:
        The words of the office; "" for any other question, and where a sentence names the office.
    """
    match = _HOLDER.search(question)
    if not match or terms.language != "en":
        return ""
    office = match["office"]
    of_whom = set(terms.words).difference(office.casefold().split())
    before = _LAST_WORD.search(match["before"])
    others = (_MODIFIERS if match["now"] else _LOWER) - ({before[1].casefold()} if before else set())
    words = r"[\s-]+".join(map(re.escape, office.split()))
    named = re.compile(rf"(?:([\w-]+)[\s-]+)?\b{words}s?\b(?!['’]s)", re.IGNORECASE)
    for sentence, context in _sentences(evidence[:_READ]):
        found = (m for m in named.finditer(sentence) if (m[1] or "").casefold() not in others)
        if next(found, None) and (not of_whom or of_whom.intersection(terms.covered(sentence, context))):
            return ""
    return office


def _sentences(evidence: Sequence[Evidence]) -> Iterator[tuple[str, str]]:
    """Yield the sentences of some passages, each with the title, the headings and the facts above it."""
    for e in evidence:
        context = " ".join((e.document.title, *e.passage.headings, facts_text(e.document)))
        yield e.words_read, context
        for span in sentences(e.document.text, e.passage.span):
            yield span.of(e.document.text), context
