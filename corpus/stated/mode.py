"""How a meeting was held: in person, online or both, where a record says so of the meeting, not of one participant."""

import re

# What a meeting calls itself.
KIND = r"(?:meeting|summit|conference|council|dialogue|forum|roundtable|session|assembly|ministerial)"
# "They met virtually", "was held last week in person"; not "met with a president who joined virtually", "met to discuss
# online harms", "hybrid threats".
_VERB = r"\b(?:held|met|convened|gathered|conducted)\s+(?:(?!with\b|to\b)[\w-]+\s+){0,3}?"
_HYBRID = re.compile(
    r"\bhybrid\s+(?:form|format|conference|meeting|summit|mode|manner|event|session)\b"
    r"|\bboth\s+(?:physically|in[- ]person)\s+and\s+(?:virtually|online)"
    r"|\bin[- ]person and (?:virtual|online)|ハイブリッド(?:形式|開催|方式)",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    rf"{_VERB}(?:virtually|online(?=\s*(?:$|[,.;()]|on\b|in\b|from\b|with\b|to\b|and\b)))"
    rf"|{_VERB}(?:via|by|in the form of) (?:a )?video ?-?conference|\bin the form of a video ?-?conference"
    rf"|\bvirtual\s+(?:\w+\s+){{0,4}}{KIND}\b|テレビ会議(?:形式)?で|オンライン(?:形式)?で開催|ウェブ会議形式",
    re.IGNORECASE,
)
_ONLINE_TITLE = re.compile(
    r"\((?:virtual(?: meeting)?|video ?-?conference|online(?: meeting)?|オンライン|テレビ会議)\)", re.IGNORECASE
)
_IN_PERSON = re.compile(rf"{_VERB}in[- ]person\b|対面(?:形式)?で開催", re.IGNORECASE)


def mode_in(title: str, sentence: str, labelled: str) -> str | None:
    """The mode, as `corpus.facts.MODES` has it; None where it is not said, or said to be two.

    Args:
        title: of the record.
        sentence: the one that says that the meeting was held.
        labelled: the lines that stand behind a label such as "Date".
    """
    said = (sentence, *labelled.split("\n"))
    if any(_HYBRID.search(s) for s in said):
        return "hybrid"
    online = bool(_ONLINE_TITLE.search(title)) or any(_ONLINE.search(s) for s in said)
    in_person = any(_IN_PERSON.search(s) for s in said)
    return None if online is in_person else "online" if online else "in person"
