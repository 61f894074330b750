"""Recognize words of a question that stand for something said before, and questions that leave out what was said."""

import re

from corpus.language.english import AUXILIARY, PAST_TENSE
from corpus.language.repetition import repetition
from corpus.language.scripts import KANJI, KATAKANA, is_cjk
from corpus.language.tokens import content_words, stem, stems
from corpus.language.word_lists import word_list

# Stems of what is done at meetings ("attend"), and of all words that name no subject of one ("country", "topic").
_ACTIONS = frozenset(map(stem, word_list("meeting_actions.txt")))
_FRAME = _ACTIONS | frozenset(map(stem, word_list("frame_words.txt")))
_JAPANESE_ACTION = re.compile("|".join(word for word in sorted(_ACTIONS) if is_cjk(word)))
_JAPANESE_FRAME = re.compile(f"(?:{'|'.join(word for word in sorted(_FRAME) if is_cjk(word))})+")
_IS = r"(?:(?:is|are|was|were)(?:n['’]t)?|be|been|being|seems?|has|had|have|will|would|may|might)"
_DID = rf"(?:{_IS}|{AUXILIARY})"
_NEAR = r"(?:of|in|at|on|about|for|from|by|with|to|after|before|since|until|during|like|than|and|or|but)"
# "It is true that", "was it agreed to", "what time is it": the word stands for the clause behind it.
_EXPLETIVE = re.compile(
    rf"\b(?:{_IS} it|it {_IS}|it['’]s) (?:not )?(?:\w+ )?(?:\w+ (?:that|if|whether)"
    r"|(?:possible|necessary|important|decided|agreed|planned|allowed) to)\b"
    rf"|\b{_IS} there (?=\w)(?!{_NEAR}\b)|\bthere {_IS}\b|\bhow is it going\b|\bit['’]?s? rain",
    re.IGNORECASE,
)
# A person's pronoun before a name in the question means somebody else; behind one it may mean that name.
_OF_A_PERSON = r"he|him|his|she|her|hers"
_OF_MANY = r"they|them|their|theirs"
_PRONOUN = re.compile(
    rf"\b(?:{_OF_A_PERSON}|{_OF_MANY}|(?-i:[Ii]t)|its|itself|there)\b"
    # "That" and "those" alone or before a noun, not the conjunction: "where was that", "in those records".
    rf"|(?:^|\b{_NEAR} |\b{_DID} )(?:that|this)\b|\b(?:that|this)(?=\W*$)"
    r"|\b(?:these|this)\b(?! (?:\w+ )?(?:years?|days?|weeks?|months?|time)\b)"
    r"|\bthose\b(?! (?:who|that|which|of|in|with|from|present|taking|not)\b)"
    r"|\b(?:the|that|this|next|last|previous|first|second|third|latter|former|other|which|another) ones?\b(?! of\b)"
    r"|\bthe (?:same (?!time)|former\b|latter\b|others?\b(?! \w))"
    r"|\b(?!next (?:meeting|session|event)\b)(?:same|next|previous|following) "
    r"(?:person|meeting|session|event|year|day|month|time|place|topic|point|item|question|record)\b"
    r"|(?<!the )\bthen(?=\W*$)|\belse\b(?! than\b)|\bone more\b",
    re.IGNORECASE,
)
# "それぞれ" is "each", "これまで" "until now".
_JAPANESE = re.compile(
    r"それ(?!ぞれ|まで)|その|そこ|この|これ(?!まで|から)|彼|同じ|あの|^(?:では|じゃあ|そして|また|他に|ほかに|次に)"
)
# "Und wer war dagegen?", "Et combien ?", "¿Y cuándo?": a conjunction and a question word of another language.
_ASKS_ON_ELSEWHERE = re.compile(
    r"^\W*(?:(?:und|aber)\s+(?:wer|wen|wem|was|wann|wo|warum|wieso|wie|welche[rsn]?|ab wann|bis wann)"
    r"|(?:et|mais)\s+(?:qui|quand|où|pourquoi|comment|combien|quel(?:le)?s?|jusqu)"
    r"|(?:y|pero)\s+(?:quién(?:es)?|qué|cuándo|dónde|por qué|cómo|cuánt[oa]s?|cuál(?:es)?))\b",
    re.IGNORECASE,
)
_MOST_ASKING_ON = 6
_OWN_ANTECEDENT = re.compile(
    r"(?:(?<=\s)[A-Z][\w'’.-]*|\b(?:countries|nations|members|ministers|leaders|companies|firms|people|participants"
    r"|speakers|officials|delegates|organi[sz]ations|governments|experts|states|parties|sides)\b)",
)
_POSSESSIVE = re.compile(r"\b(?:his|her|their|its)(?= \w)", re.IGNORECASE)
_IN_A_CLAUSE = re.compile(
    r"\b(?:that|if|when|because|before|after|while|where|what|which|how|why|as|until|since|whether|who|say|said|think"
    r"|promise|promised|pledge|pledged|announce|announced) (?:he|she|they)$",
    re.IGNORECASE,
)
# A meeting or record that the question does not name itself: "the meeting", not "the meeting in Trieste".
_UNNAMED = re.compile(
    r"\bnext (?:meeting|session|event)\b|"
    rf"\b(?:the|that|this|which) (?:{'|'.join(sorted(word_list('record_nouns.txt')))}|person|minister|agency|year)\b"
    r"(?!['’]s \w+ (?:of|in)\b)(?! (?:of|in|at|on|between|with|that|which|where|held|from|hosted|by|for|about)\b)"
    r"|\b(?:any|what|which|some|the|no) others?\b(?! than)|^(?=[^\d]*$).*(?<!の)会[合議談](?=[はにでをのが])",
    re.IGNORECASE,
)
# The subject of a verb: "did she say", "what he thinks".
_ACTING_PERSON = re.compile(rf"\b(?:{AUXILIARY}|what|that|why|how)\s+(?:he|she|they)\b|彼女?は", re.IGNORECASE)
CONTINUES = re.compile(
    r"^\W*(?:(?:and|but|so|also|or|then|well|ok(?:ay)?|what about|how about|now|thanks?|thank you|great|interesting"
    r"|really|wow|amazing|awesome|yes|no|i see|sure)\b[\s,.!?]*)+|^(?:では|じゃあ|そして|また)、?",
    re.IGNORECASE,
)
_VERB = re.compile(
    rf"\b(?:{_DID}|(?-i:[a-z]{{2,}}(?<!ne)(?<!spe)(?<!fe)ed)|{PAST_TENSE}"
    r"|who\s[a-z]{2,}s(?=\s\w)|tell|list|show|give|describe|explain|name"
    rf"|compare|summari[sz]e|find|read)\b|['’](?:s|re|ve)\b|(?:ます|した|です|でし|ました|か)[かね。？?]*$|[{KANJI}][るたい]",
    re.IGNORECASE,
)
_TOPIC_MARK = re.compile(rf"^[{KANJI}{KATAKANA}\w、]{{1,12}}(?:は|も|では|からは|には)[?？]?$")
_ALONE = re.compile(
    r"^\W*(?:since |until |by |for |from |with |and |but )?(?:who|whom|whose|what|which|when|where|why|how)"
    rf"(?: (?:not|so|come|many|much|long|often|old|far|exactly|else|more|\w+s))?(?: {AUXILIARY}(?: not)?)?\W*$"
    r"|^(?:なぜ|どうして|いつ|どこ|誰|だれ|何|他には|ほかには)(?:ですか|でしたか|か)?[?？。]*$",
    re.IGNORECASE,
)
# Share of answering passages that repeat a word from which on it names a subject: "ask" 0.42, "budget" 0.85.
_SUBJECT = 0.5
# Most content words of a fragment; more of them are a search of their own ("harbour fees ferry").
_FRAGMENT = 2


def names_a_person_before(question: str) -> bool:
    """Return True if somebody named before acts in a question: "What did she say about it?"."""
    return bool(_ACTING_PERSON.search(question))


def refers_back(question: str) -> bool:
    """Return True if a word of the question stands for something said before, such as "he", "that" or "the same"."""
    plain = _EXPLETIVE.sub(" ", question)
    if _ASKS_ON_ELSEWHERE.match(question) and len(question.split()) <= _MOST_ASKING_ON:
        return True
    return bool(_JAPANESE.search(question)) or any(not _is_own(plain, match) for match in _PRONOUN.finditer(plain))


def refers_to_meeting(question: str) -> bool:
    """Return True if the question speaks of a meeting or record and leaves open which, such as "the meeting"."""
    return bool(_UNNAMED.search(question))


def is_bare(question: str) -> bool:
    """Return True if the question is a question word alone, such as "Why?" or "How many?"."""
    return bool(_ALONE.search(CONTINUES.sub("", question)))


def is_fragment(question: str) -> bool:
    """Return True if the question lacks what only the words before it say: "Why?", "And in July?", "Spain?"."""
    if _ALONE.search(question) or _TOPIC_MARK.search(question):
        return True
    rest = CONTINUES.sub("", question)
    continues = rest != question
    return not _VERB.search(rest) and (continues or len(content_words(rest)) <= _FRAGMENT)


def subject_words(question: str) -> list[str]:
    """Return the content words of a question that name its subject: those that not every question on a meeting has."""
    words = (word for word in content_words(question) if not word.isdecimal())
    return [word for word in words if not _is_frame(word)]


def _is_frame(word: str) -> bool:
    """Return True for a word that names no subject: one of the lists, or one that most answers do not repeat."""
    return stem(word) in _FRAME or repetition(word) < _SUBJECT or bool(_JAPANESE_FRAME.fullmatch(word))


def is_about_meeting(question: str) -> bool:
    """Return True if the question names what is done at a meeting, or nothing that has to do with another subject."""
    done = not _ACTIONS.isdisjoint(stems(question)) or bool(_JAPANESE_ACTION.search(question))
    return done or not subject_words(question)


def _is_own(question: str, pronoun: re.Match[str]) -> bool:
    """Return True if a pronoun stands for a name or a group that the question itself names before it."""
    before = question[: pronoun.start()]
    if not _OWN_ANTECEDENT.search(before):
        return False
    return bool(_POSSESSIVE.match(question, pronoun.start()) or _IN_A_CLAUSE.search(question[: pronoun.end()]))
