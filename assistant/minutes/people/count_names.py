"""Count who was at each of some meetings."""

from collections.abc import Sequence

from assistant.answer import Statement
from assistant.minutes.people.entry import AttendanceEntry
from assistant.minutes.question import MinutesQuestion
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import distinct
from assistant.wording import say
from corpus.language.minutes_words import phrases
from corpus.language.tokens import folded_words


def count_names(
    question: MinutesQuestion, pairs: Sequence[tuple[MinutesRecord, AttendanceEntry]]
) -> tuple[Statement, ...]:
    """Return a line with the number of names for each meeting; none for one whose list leaves names out."""
    lines: list[Statement] = []
    records = list(dict.fromkeys(record for record, _ in pairs))
    for record in records:
        entries = [e for r, e in pairs if r is record]
        if not all(e.is_complete for e in entries):
            continue
        main, others = (
            _distinct([e for e in entries if (e.role == "attending") is beside]) for beside in (False, True)
        )
        cited = [record.cite(e.passage, e.span) for e in entries]
        beside, language = len(others - main), question.query.reply_language
        text = say(language, "attending", len(main)) + (say(language, "in_attendance", beside) if beside else "")
        if len(records) > 1:
            text = f"{record.document.meeting.days or record.document.title}: {text}"
        lines.append(Statement(text, tuple(distinct(cited))))
    return tuple(lines)


def _distinct(entries: Sequence[AttendanceEntry]) -> set[str]:
    """Return the names of some entries, each once."""
    names = {
        tuple(w for w in folded_words(span.of(e.passage.document.text)) if w not in phrases("person", "address"))
        for e in entries
        for span in e.names
    }
    # "Mme Roux" is "Mme Hélène Roux".
    longer = {(name[-1], len(name)) for name in names if name}
    return {
        " ".join(name)
        for name in names
        if name and not (len(name) == 1 and any(family == name[-1] and size > 1 for family, size in longer))
    }
