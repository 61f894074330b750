"""Names of months and weekdays, regular expressions for them, and days written out in words."""

from datetime import date

MONTHS = tuple("January February March April May June July August September October November December".split())
_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
# The numbers of days in words.
ORDINALS = {
    word: number
    for number, word in enumerate(
        (*_ONES, *_TEENS, "twentieth", *(f"twenty-{one}" for one in _ONES), "thirtieth", "thirty-first"), start=1
    )
}
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
# Monday first: English, French, German, Spanish, Italian, Dutch, Portuguese, Japanese.
_WEEKDAY_NAMES = (
    "monday lundi montag lunes lunedì maandag segunda-feira 月曜",
    "tuesday mardi dienstag martes martedì dinsdag terça-feira 火曜",
    "wednesday mercredi mittwoch miércoles mercoledì woensdag quarta-feira 水曜",
    "thursday jeudi donnerstag jueves giovedì donderdag quinta-feira 木曜",
    "friday vendredi freitag viernes venerdì vrijdag sexta-feira 金曜",
    "saturday samedi samstag sábado sabato zaterdag 土曜",
    "sunday dimanche sonntag domingo zondag 日曜",
)
WEEKDAY_ABBREVIATIONS = frozenset("mon tue tues wed thu thurs fri sat sun".split())
_ABBREVIATIONS = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}
MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)} | _ABBREVIATIONS
# In lower case. "Jan" and "Sun" are also names of people, so each reader adds the abbreviations that it wants.
CALENDAR_WORDS = frozenset(name.lower() for name in (*MONTHS, *WEEKDAYS))

MONTH = f"(?:{'|'.join(MONTHS)})"
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
# Also abbreviated: to be compiled with `re.IGNORECASE`, which without ASCII (a) takes "Aprİl" for "april".
ANY_MONTH = f"(?a:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})"
# The same in French, German, Spanish, Italian, Dutch and Portuguese, in lower case, also short and without accents.
FOREIGN_MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv januar jänner jan enero ene gennaio genn gen januari janeiro",
            "février fevrier févr fevr februar feber feb febrero febbraio febbr februari fevereiro fev",
            "mars märz maerz mrz mär marzo mar maart mrt março marco",
            "avril avr april apr abril abr aprile",
            "mai mayo may maggio mag mei maio",
            "juin juni jun junio giugno giu junho",
            "juillet juil juli jul julio luglio lug julho",
            "août aout august aug agosto ago augustus",
            "septembre sept september sep septiembre setiembre set settembre sett setembro",
            "octobre oct oktober okt octubre ottobre ott outubro out",
            "novembre november nov noviembre novembro",
            "décembre decembre déc dec dezember dez diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
# ASCII (a) folds no accents, so the capitals of these are written out.
_FOREIGN_FORMS = {*FOREIGN_MONTH_NUMBERS, *(name.upper() for name in FOREIGN_MONTH_NUMBERS if not name.isascii())}
FOREIGN_MONTH = f"(?a:{'|'.join(sorted(_FOREIGN_FORMS, key=lambda form: (-len(form), form)))})"
# The names written out, as alternatives of a regular expression: "Mai" is one.
_LONG_FORMS = sorted((f for f in _FOREIGN_FORMS if len(f) > 3 or f == "mai"), key=lambda form: (-len(form), form))
FOREIGN_LONG_MONTH = f"(?a:{'|'.join(_LONG_FORMS)})"
# Of these the ones that name a month without a word beside them; the others are also words or names of people.
_ALSO_WORDS = frozenset(
    {"mars", "mai", "mayo", "juli", "juil", "julio", "sept", "janv", "maggio", "maio", "marco", "genn", "sett"}
)
FOREIGN_PLAIN_MONTH = f"(?a:{'|'.join(form for form in _LONG_FORMS if form not in _ALSO_WORDS)})"
# Months in the languages that write a dot behind the day, as in "11. Mai 2022": German; Danish, Norwegian and Swedish;
# Finnish; Czech.
MONTH_AFTER_DOT = (
    "(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|januar|februar|marts?|mars|april|maj|mai|juni|juli|august|september|oktober|november|de[cs]ember"
    r"|\w{3,9}kuuta"
    "|ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince)"
)
# Days, months and runs of days as each language writes them.
_DAY_FORMS = {
    "en": ("{day}", "{month} {year}", " - "),
    "de": ("{day}.", "{month} {year}", " - "),
    "fr": ("{day}", "{month} {year}", " - "),
    "es": ("{day}", "de {month} de {year}", " - "),
    "ja": ("{day}日", "{year}年{month}", "～"),
}
_NAMES = {
    "en": MONTHS,
    "de": tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    "fr": tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    "es": tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
}


def weekday_named(text: str) -> int | None:
    """Return the number of the weekday that a text names, 0 for Monday; None where it names none or several."""
    words = text.lower()
    named = {n for n, names in enumerate(_WEEKDAY_NAMES) if any(name in words for name in names.split())}
    return named.pop() if len(named) == 1 else None


def spell_month_name(month: int, language: str = "en") -> str:
    """Return the name of a month, of 1 to 12, in English, German, French, Spanish or Japanese."""
    return f"{month}月" if language == "ja" else _NAMES[language][month - 1]


def spell_day(day: date) -> str:
    """Write out a day, whatever the locale: "5 August 2021"."""
    return f"{day.day} {spell_month(day)}"


def spell_month(day: date) -> str:
    """Write out the month and the year of a day: "August 2021"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def spell_days(first: date, last: date, language: str = "en") -> str:
    """Write out a run of days: "5 August 2021", "29-30 April 2023", "30. April 2023 - 2. Mai 2023".

    Args:
        first: the first day.
        last: the last day.
        language: "en", "de", "fr", "es" or "ja".
    """
    day, of_month, until = _DAY_FORMS[language]
    month = of_month.format(month=spell_month_name(last.month, language), year=last.year)
    end = day.format(day=last.day)
    if first == last:
        return f"{month}{end}" if language == "ja" else f"{end} {month}"
    if (first.year, first.month) == (last.year, last.month):
        start = day.format(day=first.day)
        return f"{month}{start}{until}{end}" if language == "ja" else f"{start}-{end} {month}"
    return until.join(spell_days(at, at, language) for at in (first, last))
