"""Find the records that a question means by words of their title, file, meeting, place, days and publisher."""

from collections.abc import Sequence
from functools import lru_cache

from assistant.query import Query
from assistant.understanding.question_words import QuestionWords, tokens_of
from corpus.document import Document
from corpus.language.countries import country_named
from corpus.language.months import MONTHS
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text, stem
from index.search.filters import years_of

# Characters in which inflections of a word agree: "minist(ers)" and "minist(erial)".
_SAME = 6
# Sorts behind every day.
_UNDATED = "undated"


def meant_records(
    names: Sequence[str], words: QuestionWords, query: Query, documents: Sequence[Document]
) -> list[Document]:
    """Return the records that the question is about; none if a name of it is of no record."""
    wanted = set(map(_key, names))
    kept = [d for d in documents if query.filters.fits(d) and (not wanted or wanted <= _keys(d))]
    for kind in words.kinds:
        keys = {_key(token) for token in tokens_of(kind)}
        kept = [d for d in kept if keys <= _keys(d)] or kept
    if query.latest and not names:
        cited = {document for document, _ in query.last_citations}
        kept = [d for d in kept if d.id in cited] or kept
    dated = [d for d in kept if by_day(d)[0] < _UNDATED]
    if dated and (words.has("latest") or words.has("oldest")):
        day = (max if words.has("latest") else min)(map(by_day, dated))[0]
        kept = [d for d in kept if by_day(d)[0] == day]
    return kept


def by_day(document: Document) -> tuple[str, str]:
    """Return the sort key of a record by its day and name; those without a day come last."""
    day = document.meeting.first_day or document.published
    return (day.isoformat() if day else _UNDATED, document.name)


def _keys(document: Document) -> frozenset[str]:
    """Return the keys of the words that name a record: of its title, file, meeting, place, days, publisher."""
    meeting = document.meeting
    days = [day for day in (meeting.first_day, meeting.last_day or document.published) if day]
    texts = (
        *(document.title, meeting.name, meeting.forum, meeting.place, meeting.presidency, document.short_publisher),
        *(f"{day.day} {MONTHS[day.month - 1]}" for day in days),
        *(document.name, *map(str, years_of(document))),
    )
    return _keys_of(" ".join(filter(None, texts)))


@lru_cache(maxsize=20_000)
def _keys_of(text: str) -> frozenset[str]:
    return frozenset(map(_key, tokens_of(fold_text(text))))


def _key(word: str) -> str:
    country = country_named(word)
    if country:
        return country.casefold()
    return word if is_cjk(word) else stem(word)[:_SAME]
