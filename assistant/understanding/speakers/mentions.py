"""Find where a question names a speaker: before a verb of speech, behind "according to", before "on" and a subject."""

import re
from collections.abc import Iterator

from assistant.understanding.speakers.speech_words import is_cjk_question, is_speech_word
from corpus.language.english import AUXILIARY
from corpus.language.japanese.readings import japanese_titles

# Most words of a name with its office: "Deputy National Security Advisor Anne Neuberger".
LONGEST_NAME = 9
_WORD = re.compile(r"[^\s?!,;:]+")
_GIVES = frozenset("make made makes give gave gives deliver delivered raise raised have had".split())
_WORDS = (
    r"(?:remarks?|comments?|statements?|words|views?|opinions?|positions?|stance|speech|address|answers?|repl(?:y|ies)"
    r"|questions?|concerns?|objections?|proposals?|points?|argument|arguments|take|explanation)"
)
_ADVERBS = re.compile(r"(?:\s+(?:ever|also|really|just|then|actually|not|still|again|himself|herself|exactly))+$", re.I)
# The name ends where its clause does, or before the subject.
_END = r"(?=[?!.]?\s*$|[,;]|\s+(?:about|on|regarding|concerning|in|at|during|with|to)\b)"
_ASKS = r"(?=[?!;:.]?\s*$|[,;]|\s+(?:what|who|when|where|why|how|is|are|was|were|will|does|did|do|have|has)\b)"
_SAID = "said|stated|told|mentioned|raised|proposed|suggested|expressed|explained|answered|remarked|asked"
_REPLIED = "repl(?:y|ies|ied)|answer(?:s|ed)?|response|responded|say|said"
# The words beside which the name of the speaker stands.
_BESIDE = (
    re.compile(rf"\baccording to\s+(?P<name>.+?){_ASKS}", re.I),
    re.compile(rf"\b(?:{_SAID}) by\s+(?P<name>.+?){_END}", re.I),
    # "Bo was asked what it costs, his reply?"
    re.compile(rf"^\W*(?P<name>(?:\S+\s+){{0,3}}?\S+)\s+(?:was|were)\s+asked\b(?=.*\b(?:{_REPLIED})\b)", re.I),
    re.compile(rf"\b{_WORDS}\s+(?:made\s+)?(?:of|by|from)\s+(?P<name>.+?){_END}", re.I),
    re.compile(rf"(?:^|(?<=\s))(?P<name>(?:[^\s?!,;:]+\s+){{0,4}}?[^\s?!,;:]+?)['’]s?\s+(?:\w+\s+)?{_WORDS}\b", re.I),
)
_TALKS_TO = re.compile(r"(?:talk|talked|talks|speak|spoke|speaks)\s+(?:to|with)\b", re.IGNORECASE)
# "Whom did Bo ask to look into it?" asks for somebody else, and "What did Bo ask to see?" for words of Bo.
_ASKS_ANOTHER = re.compile(r"\W*(?:and |but |also )?whom?\s+\w+\s+", re.IGNORECASE)
_TO = re.compile(r"\S+\s+to\b", re.IGNORECASE)
# "Did Bo speak at the summit?" asks for no words.
_SPEAKS_SOMEWHERE = re.compile(
    r"^\W*(?:and |but |also )?(?:did|does|do|will|was|is)\b(?!.*\b(?:what|which|how)\b).*\b(?:speak|talk)"
    r"(?!\s+(?:about|on|of|for|against|in (?:favou?r|support)|regarding|up)\b)",
    re.IGNORECASE,
)
# "Ada Bo on cranes": a name alone before its subject.
_ON = re.compile(r"^\W*(?P<name>\S+(?:\s+\S+){0,6}?)\s+(?:on|about|regarding|re)\s+\S", re.I)
# "what Ada Bo said", "that Bo proposed".
_CLAUSE = re.compile(r"\b(?:what|whether|how|why|everything|anything|all(?: that)?|where|when)\s+", re.I)
_JAPANESE = re.compile(
    r"^(?:では|じゃあ|そして|また|[^は]{1,20}(?:で|に)、)?(?P<name>[^は、。？?]{1,30}?)は.*(?:言|述べ|発言|話し|指摘|説明|強調|語っ|触れ|コメント|回答)"
    r"|(?P<name2>[^、。？?のは]{1,30}?)(?:によると|によれば|の発言|の意見|の説明|の見解)"
)
_JAPANESE_TITLES = re.compile(f"(?:{'|'.join(japanese_titles())})$")
# "Trieste での", "昼食会で", "予算について", "会合に参加した".
_PLACE_BEFORE = re.compile(r"(?:での|にて|における|について|に関して|をめぐって|[でにた、])\s*(?=\S)")
_FOREIGN = re.compile(
    r"\bqu['’]a (?:dit|déclaré|proposé|répondu|demandé)\s+(?P<fr>.+?)\s+(?:sur|à propos|au sujet|concernant|de|du)\b"
    r"|\bque dit\s+(?P<fr2>.+?)\s+(?:sur|de|du)\b"
    r"|\bwas (?:hat|sagte|meinte|antwortete)\s+(?P<de>.+?)\s+(?:zu|zum|zur|über)\b"
    r"|\bqué (?:dijo|propuso|respondió|opinó|declaró)\s+(?P<es>.+?)\s+(?:sobre|de|del|acerca)\b",
    re.I,
)

# "What would Ada Bo sell?", "Whom does Bo trust?": a view, which the person's own words tell.
_WOULD = re.compile(
    r"^\W*(?:what|which|who|whom|where|when|why|how)\b[^?]*?\s(?:would|(?:does|did)(?=.*\b(?:want|prefer|fear|hope|suspect"
    r"|doubt|regret|like|dislike|expect|believe|think|trust)\b))\s+(?P<name>(?-i:[A-Z])[\w.'’-]*(?:\s+(?-i:[A-Z])[\w.'’-]*){0,3})"
    r"\s+(?:rather\s+)?(?-i:[a-z])",
    re.IGNORECASE,
)


def mentions(question: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of what a question makes the speaker; True with it where nothing else can be meant."""
    if is_cjk_question(question):
        for match in _JAPANESE.finditer(question):
            yield from _in_japanese(match, "name" if match["name"] else "name2")
        return
    if _SPEAKS_SOMEWHERE.match(question):
        return
    for auxiliary in re.finditer(rf"\b{AUXILIARY}\s+", question, re.I):
        yield from _before_verb(question, auxiliary.end())
    for pattern in _BESIDE:
        yield from ((*match.span("name"), True) for match in pattern.finditer(question))
    for match in _CLAUSE.finditer(question):
        yield from _before_verb(question, match.end())
    if would := _WOULD.match(question):
        yield would.start("name"), would.end("name"), False
    for match in _FOREIGN.finditer(question):
        yield from ((*match.span(name), False) for name in match.groupdict() if match[name])
    if on := _ON.match(question):
        yield (*on.span("name"), False)


def _in_japanese(match: re.Match[str], group: str) -> Iterator[tuple[int, int, bool]]:
    """Yield a topic as the speaker, and what is left of it without a place or subject in front."""
    for start in dict.fromkeys(
        (match.start(group), *(m.end() for m in _PLACE_BEFORE.finditer(match.string, *match.span(group))))
    ):
        topic = match.string[start : match.end(group)]
        words = _JAPANESE_TITLES.sub("", topic).rstrip() or topic
        yield start, start + len(words), words != topic


def _before_verb(question: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the words from a position up to a verb of speech: "Ada Bo" of "did Ada Bo say"."""
    words = list(_WORD.finditer(question, start))[: LONGEST_NAME + 1]
    for word in words[1:]:
        if _TALKS_TO.match(question, word.start()) or (
            _ASKS_ANOTHER.fullmatch(question[:start]) and _TO.match(question, word.start())
        ):
            continue  # "whom did Bo talk to" asks for another person
        has_words = word.group().casefold() in _GIVES and re.search(rf"\b{_WORDS}\b", question, re.I)
        if is_speech_word(word.group().casefold().rstrip(".")) or has_words:
            name = _ADVERBS.sub("", question[start : word.start()].rstrip())
            if name and not re.search(r"[?!;:]", name):
                yield start, start + len(name), True
