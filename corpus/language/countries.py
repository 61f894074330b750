"""Countries by their names, abbreviations and adjectives: a question and a record may each use another."""

from functools import cache

_NAMES = """
argentina argentine argentinian
australia australian
brazil brazilian
britain british uk u.k. united-kingdom great-britain
canada canadian
china chinese prc
egypt egyptian
european-union eu european europeans
france french
germany german
india indian
indonesia indonesian
ireland irish
italy italian
japan japanese
jordan jordanian
korea korean south-korea republic-of-korea
mexico mexican
netherlands dutch
new-zealand
nigeria nigerian
norway norwegian
pakistan pakistani
philippines philippine filipino
poland polish
russia russian russian-federation
rwanda rwandan
saudi-arabia saudi saudis
singapore singaporean
south-africa south-african
spain spanish
sweden swedish
switzerland swiss
taiwan taiwanese
thailand thai
turkey turkish turkiye türkiye
ukraine ukrainian
united-arab-emirates uae emirati
united-states us u.s. usa u.s.a. america american
vietnam vietnamese viet-nam
"""
_JAPANESE = {
    "日本": "japan",
    "米国": "united-states",
    "アメリカ": "united-states",
    "英国": "britain",
    "イギリス": "britain",
    "ドイツ": "germany",
    "独": "germany",
    "フランス": "france",
    "イタリア": "italy",
    "カナダ": "canada",
    "中国": "china",
    "韓国": "korea",
    "インド": "india",
    "インドネシア": "indonesia",
    "サウジアラビア": "saudi-arabia",
    "欧州": "european-union",
    "ウクライナ": "ukraine",
}


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups = [tuple(name.replace("-", " ") for name in line.split()) for line in _NAMES.strip().splitlines()]
    found = {name: group for group in groups for name in group}
    return found | {word: found[name.replace("-", " ")] for word, name in _JAPANESE.items()}


def also_called(name: str) -> tuple[str, ...]:
    """The other names and adjectives of a country, in lower case; empty for a word that names none."""
    return tuple(other for other in _groups().get(name.casefold(), ()) if other != name.casefold())


def is_country(word: str) -> bool:
    """Whether a word is a country's name or adjective; "us" is one only in capitals."""
    return word.casefold() in _groups() and (word.casefold() != "us" or word.isupper())
