"""Find decisions with their objects: the sentence of the outcome, the one that names its object, and the votes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.english import PAST_TENSE
from corpus.language.minutes_words import classes, is_label, pattern, phrases, says
from corpus.language.tokens import fold_text, stems
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells

# Sentences before an outcome that may name its object.
_MOST_BEFORE = 3
_PRONOUN = re.compile(
    r"^\W*(?:it|this|that|these|they|both|all|none|es|dies\w*|beide|il|elle|ils|elles|cela|ceci|ello|esta|este|esto|estas|estos)\s"
    r"|^(?:これ|それ|同案|本案|両案)"
)
_PASSIVE = re.compile(
    r"(?:was|were|is|are|has been|have been|had been|wurden?|werden|ist|sind|a été|ont été|fue|fueron)\b"
)
_OBJECT = re.compile(r"\w(?:ed|pt) (?:it|them|this|these)\b(?! \w)|\w(?:ed) (?:it|them) ")
_UNREAL = re.compile(
    r"\b(?:to|should|would|will|could|may|might|must|shall|cannot|can|if|whether)\s+(?:\w+\s+)?be\s+\w+|\bif\s"
)
_PROPOSES = re.compile(r"\b(?:propos|recommend|suggest|request|moved that|asked (?:for|to|that))")
_PAST = re.compile(rf"\w+ed|{PAST_TENSE}")
_LABEL_NUMBER = re.compile(r"[\s.:#]*(?:no\.?\s*)?[\d./-]*\s*$")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a record, or the outcome of a proposal.

    Attributes:
        passage: the passage of its outcome.
        outcome: the sentence that tells it.
        kind: "approved", "rejected", "deferred", "withdrawn"; "decided" for any other decision.
        before: the sentences that name what was decided on, where the outcome does not.
        votes: the sentences behind it about votes.
        heading: the title of the item above, where it is no heading of the passage.
        is_labelled: True if a label or a heading calls it a decision.
    """

    passage: Passage
    outcome: Span
    kind: str
    before: tuple[tuple[Passage, Span], ...] = ()
    votes: tuple[tuple[Passage, Span], ...] = ()
    heading: tuple[str, ...] = ()
    is_labelled: bool = False

    @property
    def words(self) -> str:
        """Its words with the headings above it, and the votes."""
        text = self.passage.document.text
        parts = [
            *self.passage.headings,
            *self.heading,
            *(span.of(text) for _, span in (*self.before, *self.votes)),
        ]
        return " ".join([*parts, self.outcome.of(text)])


def decisions_of(record: MinutesRecord) -> list[Decision]:
    """Return the decisions of a record, in order."""
    reader = _DecisionReader()
    for passage in record.passages:
        if passage.kind in (Kind.HEADING, Kind.TITLE) or record.title_class(passage):
            reader.begin((), is_label("decision", "label", _LABEL_NUMBER.sub("", passage.words_text)))
        elif passage.kind in (Kind.BODY, Kind.LIST_ITEM) and not cells(passage.words_text):
            if _is_item_title(passage):
                reader.begin((" ".join(passage.text.split()),), False)
            else:
                reader.read(passage)
    return reader.found


class _DecisionReader:
    """Collects the decisions of a record, section by section.

    Attributes:
        found: the decisions so far.
    """

    def __init__(self) -> None:
        self.found: list[Decision] = []
        self.begin((), False)

    def begin(self, heading: tuple[str, ...], is_listed: bool) -> None:
        """Begin a section: its title, and True if the title says that decisions follow."""
        self._heading, self._is_listed, self._below_announcement = heading, is_listed, False
        self._sentences: list[tuple[Passage, Span]] = []

    def read(self, passage: Passage) -> None:
        """Read the sentences of a passage."""
        self._below_announcement = self._below_announcement and passage.kind is Kind.LIST_ITEM
        for span in passage.sentences():
            words = span.of(passage.document.text)
            if _announces(words):
                self._below_announcement = True
            else:
                self._add(passage, span)
            self._sentences.append((passage, span))

    def _add(self, passage: Passage, span: Span) -> None:
        is_listed = self._is_listed or self._below_announcement
        decision = _decision(passage, span, self._sentences, self._heading, is_listed)
        if self.found and _continues(self.found[-1], passage, span, self._sentences):
            last = self.found[-1]
            kind = decision.kind if decision and last.kind == "decided" else last.kind
            self.found[-1] = replace(last, kind=kind, votes=(*last.votes, (passage, span)))
        elif decision:
            self.found.append(decision)


def kind_of(sentence: str) -> str | None:
    """Return the kind of the outcome that a sentence tells; None for another sentence."""
    folded = _UNREAL.sub(" ", fold_text(sentence))
    for name in classes("outcome"):
        if match := pattern("outcome", name).search(folded):
            if match.group() == "carried" and folded[match.end() :].lstrip().startswith(("out", "on")):
                continue
            return name
    return None


def needs_object(sentence: str) -> bool:
    """Return True if a sentence tells an outcome and names what it is about by "the proposal", "it" or nothing."""
    folded = fold_text(sentence).strip()
    own = len(_own_words(folded))
    pronoun = _PRONOUN.match(folded)
    return (
        own == 0
        or bool(_OBJECT.search(folded))
        or bool(_definite().search(folded))
        or bool(pronoun and (own < 2 or _PASSIVE.match(folded, pronoun.end())))
    )


def before(sentences: Sequence[tuple[Passage, Span]]) -> tuple[tuple[Passage, Span], ...]:
    """Return the last sentences before an outcome, back to the one that names its object.

    Args:
        sentences: those of the same item before it, in order.
    """
    kept: list[tuple[Passage, Span]] = []
    for passage, span in reversed(sentences[-_MOST_BEFORE:]):
        kept.insert(0, (passage, span))
        words = span.of(passage.document.text)
        is_outcome = _is_vote(words) or (kind_of(words) is not None and needs_object(words))
        if not is_outcome or _PROPOSES.search(fold_text(words)):
            break
    return tuple(kept)


def _decision(
    passage: Passage, span: Span, sentences: Sequence[tuple[Passage, Span]], heading: tuple[str, ...], is_listed: bool
) -> Decision | None:
    words = span.of(passage.document.text)
    folded = fold_text(words)
    label, colon, rest = words.partition(":") if ":" in words else words.partition("：")
    is_labelled = bool(colon and rest.strip() and is_label("decision", "label", _LABEL_NUMBER.sub("", label)))
    kind = kind_of(rest if is_labelled else words)
    if words.rstrip().endswith(("?", "？")):
        return None
    if is_listed or is_labelled:
        return Decision(passage, span, kind or "decided", heading=heading, is_labelled=True)
    if kind is None:
        return Decision(passage, span, "decided", heading=heading) if _body_acts(folded) else None
    if _PROPOSES.search(folded) and not _body_acts(folded) and not needs_object(words):
        return None
    found = before(sentences) if needs_object(words) else ()
    return Decision(passage, span, kind, found, heading=heading)


def _announces(words: str) -> bool:
    """Return True if a sentence announces a list of decisions: "The Board took the following decisions:"."""
    folded = fold_text(words).rstrip(" *_")
    if not folded.endswith((":", "：")):
        return False
    return bool(kind_of(words) or pattern("decision", "label").search(folded) or _body_acts(folded))


def _is_item_title(passage: Passage) -> bool:
    """Return True for a numbered line that is no sentence: "3. Ticket prices" in a Word file."""
    words = passage.words_text.rstrip()
    is_numbered = any(map(str.isdigit, passage.document.text[passage.span.start : passage.words.start]))
    return (
        passage.kind is Kind.LIST_ITEM
        and is_numbered
        and not words.endswith((".", "。", ":"))
        and kind_of(words) is None
    )


def _continues(last: Decision, passage: Passage, span: Span, sentences: Sequence[tuple[Passage, Span]]) -> bool:
    """Return True if a sentence right behind a decision tells of its votes, or its outcome once more."""
    previous = sentences[-1][1] if sentences else None
    words = span.of(passage.document.text)
    is_next = previous in (last.outcome, *(vote for _, vote in last.votes))
    return is_next and ":" not in words[:40] and _is_vote(words) and (kind_of(words) is None or needs_object(words))


def _is_vote(words: str) -> bool:
    folded = fold_text(words)
    return any(says("vote", name, folded) for name in classes("vote"))


def _body_acts(folded: str) -> bool:
    """Return True if a sentence says that a body does something firm: "The Board raised the budget"."""
    match = _body().match(folded)
    verb = match["verb"] if match else ""
    return verb not in phrases("decision", "soft") and bool(_PAST.fullmatch(verb))


@cache
def _body() -> re.Pattern[str]:
    words = "|".join(map(re.escape, phrases("decision", "body")))
    return re.compile(
        rf"^\W*(?:therefore,? |accordingly,? )?(?:the|der|die|das|le|la|el)\s+(?:[\w-]+\s+){{0,4}}?(?:{words})\s+"
        r"(?:unanimously\s+|also\s+)?(?P<verb>[\w’']+)"
    )


@cache
def _definite() -> re.Pattern[str]:
    """Return a pattern of "the proposal" that nothing behind it specifies."""
    words = "|".join(map(re.escape, phrases("object", "generic")))
    determiners = r"(?:the|this|that|his|her|their|its|both|these|le|la|les|l['’]|cette|ce|der|die|das|den|dem"
    determiners += r"|el|los|las|esta|este|su)"
    latin = rf"\b{determiners}\s*(?:{words})\b"
    specified = r"(?!\s+(?:to|for|on|of|that|about|by the|from|zu\w*|für|über|auf|pour|de|du|sur|para|sobre)\b)"
    return re.compile(rf"(?:{latin}|(?:提案|動議|本案|同案|勧告|本件)[はがを]){specified}")


def _own_words(folded: str) -> set[str]:
    """Return the stems of a sentence that are neither of its outcome, its votes, its body nor generic."""
    rest = folded
    for section in ("outcome", "vote"):
        for name in classes(section):
            rest = pattern(section, name).sub(" ", rest)
    for section, name in (("object", "generic"), ("decision", "body")):
        rest = pattern(section, name).sub(" ", rest)
    return {w for w in stems(rest) if not w.isdigit() and len(w) > 1}


def votes_of(decision: Decision) -> Iterator[tuple[Passage, Span]]:
    """Yield the sentences of a decision that tell of votes."""
    if _is_vote(decision.outcome.of(decision.passage.document.text)):
        yield decision.passage, decision.outcome
    yield from decision.votes
