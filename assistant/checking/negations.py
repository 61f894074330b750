"""Words that turn the sense of a sentence around or take it back, in English and Japanese."""

import re

NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|cannot|without|nobody|nothing|nowhere)\b|n['’]t\b"
    r"|\b(?:hardly|barely|scarcely|rarely|seldom|merely|only|unless|except|instead)\b"
    r"|\b(?:fail|refus|declin|reject|oppos|prevent|avoid|abandon|withdr[ae]w|stopp|ceas)\w*"
    r"|\b(?:den(?:y|ied|ies|ying|ial)|lack(?:s|ed|ing)?|stops?|against)\b"
    r"|ない|なかっ|なく|なけれ|なし|無し|ません|まい|ず|ぬ|ざる|拒否|反対|否決|否認|却下|撤回|未だ",
    re.IGNORECASE,
)
"""A negation, or a word that limits or refuses. Finds too many rather than too few: it only ever refuses."""
