"""Make training examples of the questions on meeting records that are not held out, and draw what is shown of each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.assistant import Assistant
from assistant.retrieval.rerank import under_heading
from benchmarks.figures import report_progress
from benchmarks.libraries import founding_library
from benchmarks.pipeline import understand_question
from benchmarks.ranker_training.batches import Drawn
from benchmarks.ranker_training.meetings import MeetingRecord, meeting_records, sentences_of, spans_of
from corpus.document import Document
from index.snapshot import Snapshot

_RECORDS_A_LIBRARY = 9
_MOST_SENTENCES = 24
# Near misses are shown the best sentences that the search finds, answered questions some of those.
_TEMPTING = 8
# Share of questions to which a sentence of another record is shown, too.
_FOREIGN, _MOST_FOREIGN = 0.25, 12
# Share of questions to which the day, place or title of a meeting is added: filters use it, no sentence need have it.
_PLACED_QUESTIONS = 0.33
_LOWER_CASE = 0.08
_PLACES = "Oslo Lima Nairobi Geneva Ottawa Seoul Madrid Accra Quito Hanoi Dublin Vienna Jakarta Riga Doha Bonn".split()


@dataclass(frozen=True, slots=True)
class MeetingExample:
    """A question with sentences that the search finds for it, best first, as the ranker reads them.

    Attributes:
        question: as the ranker reads it.
        title: of its record.
        day: of its record, that of the meeting or of the publication.
        answers: sentences of its record that answer it; none for a near miss.
        others: sentences of its record that do not.
        foreign: sentences of other records.
    """

    question: str
    title: str
    day: date | None
    answers: tuple[str, ...]
    others: tuple[str, ...]
    foreign: tuple[str, ...] = ()


def meeting_examples() -> Iterator[MeetingExample]:
    """Yield an example for each question on a record that is not held out."""
    records = [record for record in meeting_records() if not record.is_held_out]
    for start in range(0, len(records), _RECORDS_A_LIBRARY):
        part = records[start : start + _RECORDS_A_LIBRARY]
        with founding_library() as library:
            documents = [record.document() for record in part]
            for document in documents:
                library.add(document)
            assistant = Assistant(library, None)
            with library.snapshot() as snapshot:
                for record, document in zip(part, documents, strict=True):
                    yield from _examples_of(record, document, assistant, snapshot)
        report_progress("records searched", start + len(part), len(records))


def draw_of_meeting(example: MeetingExample) -> Drawn:
    """Return the question with up to two answering sentences and three others; a near miss has others alone."""
    answers = random.sample(example.answers, min(random.choice((1, 1, 2)), len(example.answers)))
    tempting, rest = example.others[:_TEMPTING], example.others[_TEMPTING:]
    others = random.sample(tempting, min(2, len(tempting))) if answers else list(tempting[:3])
    others += random.sample(rest, min(1, len(rest)))
    if example.foreign and random.random() < _FOREIGN:
        others[-1:] = [random.choice(example.foreign)]
    question = _placed(example) if random.random() < _PLACED_QUESTIONS else example.question
    if random.random() < _LOWER_CASE:
        question = question.lower().rstrip("?")
    return question, [*answers, *others], [1.0] * len(answers) + [0.0] * len(others)


def _examples_of(
    record: MeetingRecord, document: Document, assistant: Assistant, snapshot: Snapshot
) -> Iterator[MeetingExample]:
    places = sentences_of(document)
    retriever = assistant.retriever(snapshot)
    for question in record.questions:
        query = understand_question(snapshot, question.text)
        found = retriever.search(query, distinct=False)
        read = [e for e in (*found.evidence, *found.unread) if not e.is_label]
        own = [e for e in read if e.document.text == document.text]
        foreign = [e for e in read[:_MOST_FOREIGN] if e.document.text != document.text]
        answers = spans_of(question.answer, places)
        neither = spans_of(question.also, places)
        yield MeetingExample(
            query.latest_text,
            document.title,
            document.meeting.first_day or document.published,
            tuple(under_heading(e) for e in own if e.span in answers),
            tuple(under_heading(e) for e in own[:_MOST_SENTENCES] if e.span not in answers | neither),
            tuple(map(under_heading, foreign)),
        )


def _placed(example: MeetingExample) -> str:
    """Return the question with a day, a place or the title of its record; a record without a day gets a random one."""
    day = example.day or date(random.randint(2018, 2026), random.randint(1, 12), random.randint(1, 28))
    month = f"{day:%B %Y}"
    place = random.choice(_PLACES)
    of_day = (f"in {month}", f"on {day.day} {month}", f"at the {month} meeting", f"in {day.year}")
    phrase = random.choice((*of_day, f"in {place}", f"at the {place} meeting", f"at the {example.title}"))
    return f"{example.question.rstrip('? ')} {phrase}{'?' if example.question.endswith('?') else ''}"
