"""Read the legend of a register of attendance, which explains its marks: "P = present, A = apologies"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.language.minutes_words import label_class, says
from corpus.language.tokens import fold_text

# "P = present", "+ present": a mark of one to three characters and what it says.
_PAIR = re.compile(
    r"(?:^|(?<=[\s(\[（,;；、|:：/]))[(（\[]?(?P<mark>[^\s=,;；()（）\[\]、|:：]{1,3})(?:[)）\]]?\s*[=＝:：]\s*|[)）\]]?\s+)"
    r"(?P<words>[^\W\d_][^,;；()（）\[\]=＝、|]+)"
)
# Characters of a line that may be a legend, and the roles that it tells at least.
_LONGEST, _LEAST_ROLES = 200, 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a register: its role, "present", "excused" or "absent", and the folded words of the legend for it."""

    role: str
    words: str


def legend_of(line: str) -> Mapping[str, Mark]:
    """Return what a line says of marks; of another line nothing."""
    if len(line) > _LONGEST:
        return {}
    pairs = ((m["mark"], fold_text(m["words"]).strip()) for m in _PAIR.finditer(line))
    marks = {mark: Mark(role, words) for mark, words in pairs if (role := _role(words))}
    return marks if len({mark.role for mark in marks.values()}) >= _LEAST_ROLES else {}


def _role(words: str) -> str | None:
    """Return the role that the folded words of a legend name."""
    role = label_class("label", words)
    if says("asks", "unexcused", words):
        return "absent"
    if role in ("present", "excused", "absent"):
        return role
    return next((role for role in ("excused", "absent", "present") if says("asks", role, words)), None)
