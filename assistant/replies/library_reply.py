"""Answer which records, meetings, publishers, years, forums and languages the library has, and what can be asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from assistant.answer import Answer, ReplyKind, Statement
from assistant.citations.citation import Citation
from assistant.replies.fact_spans import find_fact
from assistant.replies.meetings import RecordedMeeting, group_by_meeting
from assistant.replies.wording import meeting_label, spell_day_of
from assistant.understanding.library_questions import LibraryQuestion
from assistant.wording import count, join_words
from corpus.document import Document
from index.search.filters import years_of
from index.snapshot import Snapshot

# Lines of a list; the others are counted.
_MOST_LINES = 20
_HELP = {
    "en": (
        "I answer in the records' own words: every sentence is a quotation with its source.",
        "You can ask what was said, decided or planned on a subject, who took part, when, where and in which form a"
        " meeting was held; for lists, for comparisons of meetings, for the outline of a record, and which records"
        " there are.",
        "Quotations can be collected as evidence and exported, and I check the quotations of a report.",
    ),
    "ja": (
        "記録の言葉をそのまま引用（quote）してお答えします。すべての文に出典があります。",
        "何が話され決まったか、誰が参加したか、会合の日時・場所・形式、一覧、会合の比較、記録の概要、どの記録があるかを質問できます。",
        "引用は証拠として集めて書き出すことができ、報告書の引用も確かめます。",
    ),
}
_LANGUAGES = {"en": "English", "ja": "Japanese"}


def answer_about_library(question: LibraryQuestion, snapshot: Snapshot, language: str, unmet: Sequence[str]) -> Answer:
    """Return what the library has of what the question names, or what can be asked.

    Args:
        question: with the records that it names, and what it wants listed.
        snapshot: the library.
        language: of the reply, "en" or "ja".
        unmet: years and forums of the question that no record is from.
    """
    documents = question.documents
    if question.listed == "help":
        return _reply([Statement(line) for line in (*_HELP[language], _total(documents, language))])
    if unmet:
        return _reply([Statement(_none(snapshot.documents, unmet, language))])
    meetings = group_by_meeting(documents)
    fact = question.facts[0] if question.facts else "meeting_date"
    match question.listed:
        case "records":
            total = len(documents)
            lines = [_record(document, fact, snapshot, language) for document in documents[:_MOST_LINES]]
        case "meetings":
            total = len(meetings)
            lines = [_meeting(meeting, fact, snapshot, language) for meeting in meetings[:_MOST_LINES]]
        case listed:
            counted = _counted(_values(documents, listed), language)
            total, lines = len(counted), counted[:_MOST_LINES]
    rest = total - len(lines)
    more = [Statement(f"ほか{rest}件" if language == "ja" else f"… and {rest} more.")] if rest else []
    return _reply([Statement(_head(question, len(meetings), total, language)), *lines, *more])


def _values(documents: Sequence[Document], listed: str) -> Iterator[str | None]:
    """Yield what is listed of each record: its publisher, its forum, its language or its years."""
    for document in documents:
        match listed:
            case "publishers":
                yield document.publisher
            case "forums":
                yield document.meeting.forum
            case "languages":
                yield _LANGUAGES.get(document.language or "", document.language)
            case _:
                yield from map(str, years_of(document))


def _reply(statements: Sequence[Statement]) -> Answer:
    citations = tuple(dict.fromkeys(c for statement in statements for c in statement.citations))
    return Answer(citations, kind=ReplyKind.LIBRARY, statements=tuple(statements))


def _total(documents: Sequence[Document], language: str) -> str:
    meetings = len(group_by_meeting(documents))
    if language == "ja":
        return f"ライブラリには{meetings}の会合の{len(documents)}件の記録があります。"
    return f"The library has {count(len(documents), 'record')} of {count(meetings, 'meeting')}."


def _head(question: LibraryQuestion, meetings: int, total: int, language: str) -> str:
    """Return the first line: the number of records and meetings, or of the publishers, years ... that are listed."""
    records, listed = len(question.documents), question.listed
    if language == "ja":
        counted = f"{meetings}の会合の{records}件の記録"
        return f"{counted}:" if listed in ("records", "meetings") else f"{total}件（{counted}）:"
    of_all = f"{count(records, 'record')} of {count(meetings, 'meeting')}"
    match listed:
        case "records":
            return f"{of_all}:"
        case "meetings":
            return f"{count(meetings, 'meeting')} in {count(records, 'record')}:"
        case _:
            return f"{count(total, listed.removesuffix('s'))} in {of_all}:"


def _none(documents: Sequence[Document], unmet: Sequence[str], language: str) -> str:
    years = [str(year) for year in sorted({year for d in documents for year in years_of(d)})]
    if language == "ja":
        return f"{'、'.join(unmet)}の記録はありません。ある年は{'、'.join(years)}です。"
    return f"No record is from {join_words(unmet, 'and')}. The records are from {join_words(years, 'and')}."


def _record(document: Document, fact: str, snapshot: Snapshot, language: str) -> Statement:
    """Return a record with its day and publisher, citing where its text states the fact."""
    line = ", ".join(filter(None, (document.title, spell_day_of(document, language), document.publisher)))
    return Statement(line, _cited([document], fact, snapshot))


def _meeting(meeting: RecordedMeeting, fact: str, snapshot: Snapshot, language: str) -> Statement:
    label = meeting_label(meeting.first, language)
    number = len(meeting.documents)
    if number > 1:
        label += f"（記録{number}件）" if language == "ja" else f" ({number} records)"
    return Statement(label, _cited(meeting.documents, fact, snapshot))


def _cited(documents: Sequence[Document], fact: str, snapshot: Snapshot) -> tuple[Citation, ...]:
    """Return the first sentence of the records that states the fact that they are chosen by, else their days."""
    found = (find_fact(d, [p for _, p in snapshot.passages_of(d)], fact) for d in documents)
    return tuple(islice(filter(None, found), 1))


def _counted(values: Iterable[str | None], language: str) -> list[Statement]:
    """Return a line for each value, in order, with the number of its records."""
    counts = Counter(value for value in values if value)
    return [
        Statement(f"{value}（{n}件）" if language == "ja" else f"{value} ({count(n, 'record')})")
        for value, n in sorted(counts.items())
    ]
