"""Set the limits on the number of sentences that an answer cites and on their distance from the best one."""

from dataclasses import dataclass

from corpus.passages import LONGEST_ITEM


@dataclass(frozen=True, slots=True)
class SelectionLimits:
    """Limits on the number of cited sentences and on their distance from the best score.

    Attributes:
        citations: most sentences of an answer.
        citations_list: most items of a list; the rest is counted in a note.
        citations_comparison: the same for a question that compares.
        citations_speaker: most sentences of speakers that the question names.
        citations_meetings: most meetings of which a question for a topic alone gets the best sentence.
        more: most sentences that are shown on request.
        margin: most that the score of a cited sentence is below the best.
        side_margin: the same for the best sentence of another record in a comparison.
        speaker_margin: the same for the best sentence of another speaker that the question names.
        item_characters: most characters of a list item that is cited whole.
        turn_characters: most characters of a turn that is cited whole where its speaker is asked for.
    """

    citations: int = 3
    citations_list: int = 60
    citations_comparison: int = 4
    citations_speaker: int = 8
    citations_meetings: int = 6
    more: int = 20
    margin: float = 0.12
    side_margin: float = 0.2
    speaker_margin: float = 0.4
    item_characters: int = LONGEST_ITEM
    turn_characters: int = 250
