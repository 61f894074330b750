"""The texts of all abstentions, by their reason."""

from collections.abc import Sequence

from assistant.answer import Abstention, Reason, SearchSummary
from index.search.hybrid import Hit

# "{records}" stands for what was searched, such as "5 records I searched (G20)".
_TEXTS = {
    Reason.NOT_IN_RECORDS: "This is not in the {records}.",
    Reason.FACT_NOT_IN_RECORDS: "What you ask is not said in the {records}, though the topic is there.",
    Reason.SMALL_TALK: "Hello. I answer questions about the meetings in your records, in the records' own words."
    " Ask me what was said, decided or attended.",
    Reason.UNSAFE_REQUEST: "I only quote what the records say, word for word, and name where it stands."
    " I cannot set that aside or put words into a record.",
}


def abstain(reason: Reason, searched: SearchSummary | None = None, nearest: Sequence[Hit] = ()) -> Abstention:
    """Return the reply to a question that is not answered.

    Args:
        reason: why it is not.
        searched: what was searched; None for a message that is no question.
        nearest: the nearest passages, best first.
    """
    return Abstention(reason, " ".join(_sentences(reason, searched)), searched, tuple(nearest))


def _sentences(reason: Reason, searched: SearchSummary | None) -> list[str]:
    if searched is None:
        return [_TEXTS[reason]]
    count = "record" if searched.records == 1 else f"{searched.records} records"
    within = f" ({searched.filters})" if searched.filters else ""
    sentences = [_TEXTS[reason].format(records=f"{count} I searched{within}")]
    if searched.missing:
        sentences.append(f"Not mentioned: {join_words([f'“{word}”' for word in searched.missing])}.")
    if searched.unmet:
        sentences.append(f"No record is from {join_words(searched.unmet)}.")
    return sentences


def join_words(words: Sequence[str]) -> str:
    """Return "a", "a or b", "a, b or c"."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
