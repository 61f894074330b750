"""Read sentences of minutes: the outcome that one states, the noun or pronoun for its object, a vote, a proposal."""

import re
from functools import cache

from assistant.minutes.votes.tally import tally_kind, without_tally
from assistant.minutes.weak_outcomes import is_outcome
from corpus.language.english import PAST_TENSE
from corpus.language.minutes_words import UNREAL, classes, is_label, pattern, phrases, says
from corpus.language.tokens import fold_text, stems

_PRONOUN = re.compile(
    r"^\W*(?:it|this|that|these|they|both|all|none|neither|either|es|dies\w*|beiden?|keine[rs]?|il|elle|ils|elles|cela|ceci"
    r"|aucune?|toutes?|tous|les deux|ello|esta|este|estos?|estas|ambos|ambas|ninguna|ninguno)\s"
    r"|^(?:これ|それ|同案|本案|両案|いずれも|どちらも)"
)
_PASSIVE = re.compile(
    r"(?:was|were|is|are|has been|have been|had been|wurden?|werden|ist|sind|est|sont|sera|seront"
    r"|a été|ont été|fue|fueron|es|son|será|serán|quedó|quedaron)\b"
)
_OBJECT = re.compile(
    rf"\w(?:ed|pt) (?:it|them|this|these)\b(?! \w)|\w(?:ed) (?:it|them) |\b(?:{PAST_TENSE}) (?:it|them)\b"
    # "turned this down", "did not follow her"
    r"|\w(?:ed) (?:this|these|that) \w+\W*$|\bnot \w+ (?:it|them|this|these|him|her)\b(?! \w)"
)
_PROPOSES = re.compile(
    r"\b(?:proposed|recommended|suggested|advised|urged|called for|requested|applied|introduced"
    r"|moved (?:that|to|the)|motion by|asked (?:(?:the|its|our) (?:\w+ ){1,3})?(?:for|to|that|whether|if|leave)"
    r"|vorgeschlagen|schlug|beantragte|beantragt|bat(?:en)? um|empfahl|empfiehlt|riet|a proposé"
    r"|a recommandé|a conseillé|a demandé"
    r"|recommande|propose (?:d['’e]|que|l[ae]s?|une?)|propone|propuso|recomendó|aconsejó|recomienda|solicitó)\b"
    r"|提案し|提案が|求めた"
)
_PAST = re.compile(rf"\w+ed|{PAST_TENSE}")
# "Neither was accepted", "Keine der Offerten wurde angenommen".
_NEITHER = re.compile(
    r"^\W*(?:neither|none|not one|keine[rs]?|aucune?|ninguna|ninguno)\b(?!.*(?:[,;:]|\b(?:and|und|et|y)\b))"
    r"|^(?:いずれも|どちらも).*(?:ず|なかった)"
)
_ENDS_MEETING = re.compile(r"\b(?:meeting|session|sitting|hearing)\b")
_ABOUT = re.compile(
    r"\b(?:decision|entscheidung|beschluss|décision|decisión)\s+(?:on|about|over|über|zu|zum|zur|sur|sobre)\b"
)
# Words of a sentence that names what it is about.
_FEW = 2


def kind_of(sentence: str) -> str | None:
    """Return the kind of the outcome that a sentence states, by `data/minutes.toml`; None for another sentence."""
    if says("undecided", "words", fold_text(sentence)):
        return "deferred"
    folded = UNREAL.sub(" ", fold_text(sentence))
    if told := tally_kind(folded):
        return told
    acts, has_pronoun = bool(_body().match(folded)), bool(_PRONOUN.match(folded))
    for name in classes("outcome"):
        found = pattern("outcome", name).finditer(folded)
        match = next((m for m in found if is_outcome(folded, m, acts, has_pronoun)), None)
        if match is None:
            continue
        is_carried_out = match.group() == "carried" and folded[match.end() :].lstrip().startswith(("out", "on"))
        is_end = match.group() == "adjourned" and _ENDS_MEETING.search(folded)
        is_apology = match.group() == "accepted" and any(says("label", n, folded) for n in ("absent", "excused"))
        if not (is_carried_out or is_end or is_apology):
            return "rejected" if name == "approved" and _NEITHER.match(folded) else name
    return None


def is_vote(words: str) -> bool:
    """Return True if a sentence is about a vote or its procedure."""
    folded = fold_text(words)
    return tally_kind(folded) is not None or any(says("vote", name, folded) for name in classes("vote"))


def proposes(words: str) -> bool:
    """Return True if a sentence states that somebody proposed or asked for something."""
    return bool(_PROPOSES.search(fold_text(words)))


def names_proposal(words: str) -> bool:
    """Return True if a sentence without an outcome names a proposal, such as "A proposal to charge two euros".

    "Motion: To charge two euros" does, and "Proposed Ms Bo, seconded Mr Day" names nothing but the movers.
    """
    if kind_of(words) is not None:
        return False
    folded = fold_text(words)
    label, colon, rest = folded.partition(":")
    if colon and rest.strip() and is_label("object", "generic", label):
        return True
    return not _only_movers().match(folded) and (proposes(words) or bool(_specified_object().search(folded)))


def stands_for_proposal(words: str) -> bool:
    """Return True if a sentence begins with a noun for a proposal that nothing specifies: "Leave was granted."."""
    folded = fold_text(words).lstrip(" *_")
    return bool(_bare().match(folded) or _definite().match(folded))


def body_acts(words: str) -> bool:
    """Return True if a sentence says that a body did something firm: "The Board raised the budget"."""
    match = _body().match(fold_text(words))
    verb = match["verb"] if match else ""
    return verb not in phrases("decision", "soft") and bool(_PAST.fullmatch(verb))


def needs_object(sentence: str) -> bool:
    """Return True if a sentence states an outcome and names what it is about by "the proposal", "it" or nothing."""
    folded = fold_text(sentence).strip()
    own = len(own_words(folded))
    pronoun = _PRONOUN.match(folded)
    is_open = says("undecided", "words", folded) and not _ABOUT.search(folded)
    return (
        own == 0
        or is_open
        or bool(_OBJECT.search(folded))
        or bool(_definite().search(folded))
        or bool(pronoun and (own < _FEW or _PASSIVE.match(folded, pronoun.end())))
    )


def repeats(sentence: str, earlier: str) -> bool:
    """Return True if a sentence names its object in a word or two, with "the", that an earlier sentence has too."""
    folded = fold_text(sentence)
    own = own_words(folded)
    return 0 < len(own) <= _FEW and folded.lstrip().startswith(_ARTICLES) and bool(own & set(stems(earlier)))


def names_other(sentence: str, earlier: str) -> bool:
    """Return True if an outcome names a motion other than the one of earlier words: "The motion to adjourn"."""
    folded = fold_text(sentence)
    named = [words for m in _object_with_words().finditer(folded) for words in m.group("before", "behind") if words]
    own = own_words(" ".join(named))
    return bool(own) and bool(own_words(fold_text(earlier))) and not own & set(stems(earlier))


_ARTICLES = ("the ", "this ", "der ", "die ", "das ", "le ", "la ", "el ")


def own_words(folded: str) -> set[str]:
    """Return the stems of a folded sentence that are neither of its outcome, its votes, its body nor generic."""
    folded = without_tally(folded)
    for section in ("outcome", "vote"):
        for name in classes(section):
            folded = pattern(section, name).sub(" ", folded)
    for section, name in (("object", "generic"), ("decision", "body")):
        folded = pattern(section, name).sub(" ", folded)
    return {w for w in stems(folded) if not w.isdigit() and len(w) > 1}


def _any_of(section: str, name: str) -> str:
    """Return a pattern of the phrases of a class."""
    return "|".join(map(re.escape, phrases(section, name)))


@cache
def _body() -> re.Pattern[str]:
    words = _any_of("decision", "body")
    return re.compile(
        rf"^\W*(?:therefore,? |accordingly,? )?(?:the|der|die|das|le|la|el)\s+(?:[\w-]+\s+){{0,4}}?(?:{words})\s+"
        r"(?:unanimously\s+|also\s+)?(?P<verb>[\w’']+)"
    )


@cache
def _specified_object() -> re.Pattern[str]:
    """Return a pattern of "a proposal to": a noun for an object with what specifies it."""
    words = _any_of("object", "generic")
    return re.compile(rf"\b(?:{words})\s+(?:to|for|that|on|of|by|pour|de|para|zur?|für|auf)\b")


@cache
def _only_movers() -> re.Pattern[str]:
    """Return a pattern of "Proposed Ms Bo, seconded Mr Day": who moved and seconded, and no clause."""
    moved, seconded = (_any_of("mover", name) for name in ("moved", "seconded"))
    name = r"(?:(?!that\b|to\b)[\w.'’-]+\s*){1,6}"
    return re.compile(rf"^\W*(?:{moved})\s+{name}(?:[,;.]\s*(?:and\s+)?(?:{seconded})\s+{name})?\W*$")


@cache
def _object_with_words() -> re.Pattern[str]:
    """Return a pattern of a noun for an object and the words that say which: "the pier motion"."""
    words = _any_of("object", "generic")
    return re.compile(
        rf"\b(?:the|this)\s+(?P<before>(?:(?!of\b|to\b)[\w-]+\s+){{0,2}}?)(?:{words})\b"
        r"(?:\s+(?:to|for|that|on|of|about)\s+(?P<behind>(?:(?!is\b|was\b|has\b)\w+\s*){1,4}))?"
    )


@cache
def _bare() -> re.Pattern[str]:
    """Return a pattern of a noun for a proposal without an article before a verb: "Permission was refused."."""
    words = _any_of("object", "bare")
    return re.compile(rf"^(?:{words})\s+(?:was|were|is|has|had|could|wurde|est|a|fue|se)\b")


@cache
def _definite() -> re.Pattern[str]:
    """Return a pattern of "the proposal" that nothing behind it specifies."""
    words = _any_of("object", "generic")
    determiners = r"(?:the|this|that|his|her|their|its|both|these|le|la|les|l['’]|cette|ce|der|die|das|den|dem"
    determiners += r"|el|los|las|esta|este|su)"
    latin = rf"\b{determiners}\s*(?:draft\s+)?(?:{words})\b"
    specified = (
        r"(?!\s+(?:to (?!its|the|a|an|their|his|her|next|later)|for|on|of|that|about|by the|from|zu\w*\b|für|über|auf"
        r"|pour|de|du|sur|para|sobre)\b)"
    )
    return re.compile(rf"(?:{latin}|(?:提案|動議|本案|同案|勧告|本件)[はがを]){specified}")
