"""What names the source of a report's words: the footnote, link or sentence beside them."""

import re
from collections.abc import Sequence

from assistant.verification.attribution import Attribution, attribution
from assistant.verification.quotations import Quotation, outside, quotations
from assistant.verification.readers.report import Paragraph, Report
from corpus.document import Document
from corpus.span import Span

WORD = re.compile(r"[^\W_]+(?:['’\-.,/][^\W_]+)*")
"""A word or a number, with the marks inside it."""
_IBID = re.compile(r"\s*(?:ibid|ibidem|id|ebd|ebenda|loc\. cit|同上)\b", re.IGNORECASE)
# Of a title's long words, the share that begins with a capital.
_CAPITALS = 0.7


class Naming:
    """What footnotes, links and sentences of one report name."""

    def __init__(self, report: Report, documents: Sequence[Document]) -> None:
        self._report = report
        self._documents = documents
        self._notes: dict[str, Attribution] = {}
        self._last: Attribution = Attribution()
        self.used_notes: set[str] = set()

    def beside(self, number: int, quotation: Quotation, quoted: list[Span], cut: list[Span]) -> Attribution:
        """What names the source of a quotation: the next footnote or link of its sentence, else the sentence itself."""
        paragraph = self._report.paragraphs[number]
        end = next((s.end for s in cut if s.start < quotation.span.end <= s.end), len(paragraph.text))
        if quotation.is_block:
            end = len(paragraph.text)
        end = max(end, quotation.span.end)
        while (
            end < len(paragraph.text)
            and not paragraph.text[end - 1 : end + 1].isspace()
            and paragraph.text[end] in ".,;:)”\"’'»」 "
        ):
            end += 1
        following = min((s.start for s in quoted if s.start > quotation.span.end), default=end)
        for limit in dict.fromkeys((min(end, max(following, quotation.span.end + 2)), end)):
            pointers = [p.note for p in paragraph.pointers if quotation.span.start < p.place <= limit]
            behind = [
                note for note, p in ((p.note, p.place) for p in paragraph.pointers) if quotation.span.end <= p <= limit
            ]
            addresses = [
                k.address for k in paragraph.links if k.span.end > quotation.span.start and k.span.start <= limit
            ]
            stated = paragraph.text[quotation.span.end : limit] if paragraph.note is None else ""
            if behind or pointers:
                return self._note((behind or pointers)[0])
            if addresses or "rap1:" in stated or "http" in stated:
                return attribution(stated, addresses, self._documents)
        sentence = next((s for s in cut if s.start <= quotation.span.start < s.end), Span(0, len(paragraph.text)))
        whole = Span(sentence.start, max(end, sentence.end))
        words = outside(paragraph, whole, [s for s in quoted if s.start < s.end])
        if quotation.is_block and not words.strip() and number:
            words = self._report.paragraphs[number - 1].text
        return attribution(words, (), self._documents, is_citation=paragraph.note is not None)

    def of_sentence(self, number: int, sentence: Span) -> Attribution:
        """What a sentence cites by footnote, link, address or anchor; what it merely mentions is no citation."""
        paragraph = self._report.paragraphs[number]
        notes = [p.note for p in paragraph.pointers if sentence.start < p.place <= sentence.end]
        if notes:
            return self._note(notes[0])
        addresses = [k.address for k in paragraph.links if k.span.overlaps(sentence)]
        words = sentence.of(paragraph.text)
        if addresses or "rap1:" in words or "http" in words:
            return attribution(words if "rap1:" in words or "http" in words else "", addresses, self._documents)
        return Attribution()

    def _note(self, name: str) -> Attribution:
        self.used_notes.add(name)
        if name not in self._notes:
            paragraphs = self._report.note(name)
            text = " ".join(paragraph.text for paragraph in paragraphs)
            addresses = [link.address for paragraph in paragraphs for link in paragraph.links]
            self._notes[name] = (
                self._last
                if _IBID.match(text) and self._last
                else attribution(_naming_words(paragraphs), addresses, self._documents)
            )
        self._last = self._notes[name]
        return self._last


def _naming_words(paragraphs: list[Paragraph]) -> str:
    """The words of a footnote without what it quotes itself, other than the titles of works."""
    kept = []
    for paragraph in paragraphs:
        text = paragraph.text
        quoted = [q.span for q in quotations(Report("", (paragraph,))) if not is_title(q.text)]
        kept.append(outside(paragraph, Span(0, len(text)), quoted) if text else "")
    return " ".join(kept)


def is_title(text: str) -> bool:
    """Whether words are written as the title of a work: most of the long ones with a capital."""
    long = [word for word in WORD.findall(text) if len(word) > 3]
    return bool(long) and sum(word[0].isupper() or word[0].isdigit() for word in long) >= _CAPITALS * len(long)
