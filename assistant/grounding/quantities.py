"""Tell whether the best sentences hold the hour, sum, share or number that a question asks for, and of what it asks."""

import re
from bisect import bisect_right
from collections.abc import Sequence, Set

from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.answer_type import SUM_WORDS, AnswerContent, holds, quantities
from assistant.understanding.attendance import asks_for_attendance
from corpus.document import Kind
from corpus.facts import facts_text
from corpus.language.countries import countries_in
from corpus.language.names import proper_names
from corpus.language.tokens import content_words, folded_words, stem
from corpus.language.word_lists import alternatives
from corpus.speech import without_label

# Number of the best sentences of which one may hold what is counted.
_NEAREST = 3
# Persons or countries in a sentence that can be counted.
_SEVERAL = 3
# Words of an item that names something.
_SHORT_ITEM = 12
# Most that the score of a sentence with the quantity is below the best; cited ones are nearer.
REACH = 0.2
# Least share of the question, by importance, in a sentence with the sum or in the headings over it. Of 8 sums that
# answer the lowest share is 0.22; of 19 that do not 3 have more, and 7 of these questions have no sum at all.
_LEAST_SHARE = 0.2
# Ranker's probability below which a number that stands beside no word for what is counted answers nothing: that of the
# 33 numbers which answer is 0.13 or more, of 9 of 32 others less.
_LEAST_PROBABILITY = 0.1
# The same of a sentence without any name of the question: "Who paid?" is not "what did Arlen pay?".
_LEAST_OF_OTHERS = 0.3
# Characters before and behind a number that may name what it counts.
_BEFORE, _BEHIND = 40, 50
# Words that stand before what they count, "both countries", and the number of words in which it follows.
_DETERMINER = re.compile(r"no|both|several|few|many|all|every|single", re.IGNORECASE)
_DIRECTLY = 3
# "How many countries", "how many of the other ministers".
_COUNTS_COUNTRIES, _COUNTS_PERSONS = (
    re.compile(
        rf"\bhow many (?:of )?(?:the )?(?:[\w-]+ )?(?:{alternatives('counted_words.toml', key)})\b", re.IGNORECASE
    )
    for key in ("countries", "persons")
)
# "How many", "how big", not "how did".
_HOW_MUCH = re.compile(
    r"\bhow (?!(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|shall|should|may|might|must)\b)\w+",
    re.IGNORECASE,
)
# Most that the score of a cited sentence is below the best.
_CITED = 0.12
_ASKING = SUM_WORDS | {"much", "many"}
# The words between "how many" and the verb, or the first of them where no common verb follows.
_COUNTED = re.compile(
    r"\bhow many (?:of )?(?:the )?(?:([\w-]+(?: [\w-]+){0,3}?)(?= (?:did|do|does|will|would|can|should|is|are|was|were"
    r"|has|have|had|took|take|came|come|attended)\b)|([\w-]+(?: [\w-]+){0,2}))",
    re.IGNORECASE,
)


def is_held(kind: AnswerContent, question: str, evidence: Sequence[Evidence]) -> bool:
    """Return True if a sentence holds content of a kind; "how much" may also be answered by a share.

    Args:
        kind: the kind.
        question: the question as typed.
        evidence: sentences, best first.
    """
    if kind is AnswerContent.COUNT:  # the items of a list, and names, can be counted
        return any(
            _is_short_item(e) or holds(kind, e.words_read) or _names_several(question, e.words_read)
            for e in evidence[:_NEAREST]
        )
    if kind is not AnswerContent.SUM:
        return any(holds(kind, e.words_read) for e in evidence)
    kinds = (kind, AnswerContent.SHARE)
    return any(holds(each, e.words_read) for e in evidence for each in kinds) or any(map(_is_number_alone, evidence))


def _is_number_alone(evidence: Evidence) -> bool:
    """Return True for a reply that is only a number, "A hundred and ten thousand.", of what the question names."""
    text = without_label(evidence.document, evidence.span).of(evidence.document.text)
    beside = list(text)
    for start, end in (found := quantities(text)):
        beside[start:end] = " " * (end - start)
    return bool(found and evidence.around.question) and not content_words("".join(beside))


def is_of_other_country(query: Query, evidence: Sequence[Evidence]) -> bool:
    """Return True if a question for a quantity names countries, and the best sentences are of others alone.

    "Brazil will train 900 technicians" does not say how many Rwanda will train.

    Args:
        query: the question.
        evidence: sentences, best first; at least one.
    """
    asked = countries_in(query.latest_text)
    if not asked or query.sides or query.language or not _HOW_MUCH.search(query.latest_text):
        return False
    near = [e for e in evidence if e.score >= evidence[0].score - _CITED]
    return all(_is_of_other_than(asked, e) for e in near)


def _is_of_other_than(countries: Set[str], evidence: Evidence) -> bool:
    document, outline = evidence.document, evidence.document.outline
    at = bisect_right(outline, evidence.span.start, key=lambda block: block.span.start) - 1
    above = (document.title, facts_text(document), *evidence.passage.headings, *around(evidence))
    named = countries_in(outline[max(0, at)].words.of(document.text))
    return bool(named) and countries.isdisjoint(named | countries_in(" ".join(above)))


def lacks_quantity(
    kind: AnswerContent, query: Query, terms: QueryTerms, evidence: Sequence[Evidence], names: Set[str]
) -> bool:
    """Return True if no sentence near the best one holds what a question asks for.

    The sentence with a sum is about the question, and a number counts what the question names, or the ranker takes its
    sentence for an answer. Sides of a comparison and questions in other languages are not compared so.

    Args:
        kind: an hour, a sum, a share, a number of things, or a contact, which any of the sentences may hold.
        query: the question.
        terms: its words.
        evidence: sentences, best first; at least one.
        names: the names among the words.
    """
    if query.sides or query.language or terms.language != "en" or kind is AnswerContent.CONTACT:
        return not is_held(kind, query.latest_text, evidence)
    near = [e for e in evidence if e.score >= evidence[0].score - REACH]
    if kind is AnswerContent.COUNT:
        if _COUNTS_COUNTRIES.search(query.latest_text) and _has_countries(query, near):
            return False
        if not is_held(kind, query.latest_text, evidence):
            return True
        held = [e for e in near[: _NEAREST + 1] if is_held(kind, query.latest_text, [e])]
        return _counts_others(query, held) or _is_of_others(terms, held, names)
    held = [e for e in near if is_held(kind, query.latest_text, [e])]
    if not held or kind is not AnswerContent.SUM:
        return not held
    return max(share_held(terms, e, e.around.question) for e in held) < _LEAST_SHARE or _is_of_others(
        terms, held, names
    )


def _counts_others(query: Query, held: Sequence[Evidence]) -> bool:
    """Return True if there are numbers, but none beside a word for what is counted, nor in a likely answer."""
    counted = {stem(word) for m in _COUNTED.finditer(query.latest_text) for word in content_words(m[1] or m[2])}
    is_named = any(stem(word) in counted for e in held for word in folded_words(e.passage.text))
    is_likely = _is_likely(held, _LEAST_PROBABILITY if is_named else _LEAST_OF_OTHERS)
    return bool(held and counted) and not (is_likely or any(_counts(e, query, counted) for e in held))


def _is_of_others(terms: QueryTerms, held: Sequence[Evidence], names: Set[str]) -> bool:
    """Return True if the quantities are of others: no name of the question stands with any, nor is one likely."""
    if not held or not names or _is_likely(held, _LEAST_OF_OTHERS):
        return False
    above = ((e.document.title, *e.passage.headings, facts_text(e.document), *around(e)) for e in held)
    return all(names.isdisjoint(terms.covered(e.words_read, *texts)) for e, texts in zip(held, above, strict=True))


def around(evidence: Evidence) -> tuple[str, ...]:
    """Return the words above a sentence that belong to its sense."""
    return (evidence.around.lead_in, evidence.around.question, evidence.around.turn_before)


def _is_likely(held: Sequence[Evidence], least: float) -> bool:
    return any(e.ranker_probability is None or e.ranker_probability >= least for e in held)


def _counts(evidence: Evidence, query: Query, counted: set[str]) -> bool:
    text = evidence.words_read
    if evidence.passage.kind is Kind.LIST_ITEM or _names_several(query.latest_text, text):
        return True
    return any(stem(word) in counted for start, end in quantities(text) for word in _beside_number(text, start, end))


def _names_several(question: str, text: str) -> bool:
    """Return True if a text names several of the persons or countries that a question counts."""
    if _COUNTS_COUNTRIES.search(question):
        return _lists_countries(text)
    counts_persons = _COUNTS_PERSONS.search(question) is not None
    return counts_persons and sum(name.is_person for name in proper_names(text)) >= _SEVERAL


def _has_countries(query: Query, near: Sequence[Evidence]) -> bool:
    """Return True if the paragraph of a near sentence names several countries; of attendance any in the record may."""
    if any(_lists_countries(e.passage.text) for e in near):
        return True
    document = near[0].document
    return asks_for_attendance(query.latest_text) and any(
        _lists_countries(block.words.of(document.text)) for block in document.outline
    )


def _lists_countries(text: str) -> bool:
    return len(countries_in(text)) >= _SEVERAL


def _beside_number(text: str, start: int, end: int) -> list[str]:
    """Return the words that a number may count; of a word such as "both" only those directly behind it."""
    if _DETERMINER.fullmatch(text, start, end):
        return folded_words(text[end : end + _BEHIND])[:_DIRECTLY]
    return folded_words(text[max(0, start - _BEFORE) : end + _BEHIND])


def share_held(terms: QueryTerms, evidence: Evidence, *above: str) -> float:
    """Return the share of a question, by importance, that a sentence holds with its headings and the words above it."""
    importance = {word: value for word, value in terms.importance.items() if word not in _ASKING}
    held = terms.covered(evidence.words_read, *evidence.passage.headings, *above)
    total = sum(importance.values())
    return sum(importance.get(word, 0.0) for word in held) / total if total else 1.0


def _is_short_item(evidence: Evidence) -> bool:
    words = evidence.quote.split()
    return evidence.passage.kind is Kind.LIST_ITEM and (len(words) <= _SHORT_ITEM or evidence.quote.count(",") > 2)
