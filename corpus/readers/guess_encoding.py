"""Guess the encoding of bytes that state none: the one in which their letters fit a language best."""

import re
from dataclasses import dataclass
from itertools import islice

_SIGNS = "“”„‘’‚«»‹›–—…•·€£§©®™°±×²³½¼¾\u00a0\u00ad´ªº¡¿†‡‰¶"
_WESTERN = ("cp1252", "iso8859_15", "mac_roman")
_CENTRAL = ("cp1250", "iso8859_2")
_CYRILLIC = ("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866")
# A text without ASCII characters has no NUL bytes that would show that it is UTF-16.
_UTF_16 = ("utf_16_le", "utf_16_be")
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№"
# The letters that each language adds to ASCII, and its codecs; of equal fits the first is taken.
_LANGUAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("éèêëàâçñöüäïôîóíáúß", _WESTERN),  # English with foreign names
    ("àâæçéèêëîïôœùûü", _WESTERN),  # French
    ("äöüßé", _WESTERN),  # German
    ("áéíñóúü", _WESTERN),  # Spanish
    ("áâãàçéêíóôõúü", _WESTERN),  # Portuguese
    ("àèéìíîòóùú", _WESTERN),  # Italian
    ("åäöæøéü", _WESTERN),  # Danish, Norwegian, Swedish, Finnish
    ("áðéíóúýþæö", _WESTERN),  # Icelandic
    ("ąćęłńóśźż", _CENTRAL),  # Polish
    ("áčďéěíňóřšťúůýž", _CENTRAL),  # Czech
    ("áäčďéíĺľňóôŕšťúýž", _CENTRAL),  # Slovak
    ("áéíóöőúüű", _CENTRAL),  # Hungarian
    ("ăâîşţșț", (*_CENTRAL, "iso8859_16")),  # Romanian
    ("čćđšž", _CENTRAL),  # Croatian, Slovenian
    ("çğıöşüâîİ", ("cp1254",)),  # Turkish
    ("ąčęėįšųūž", ("cp1257", "iso8859_13")),  # Lithuanian
    ("āčēģīķļņšūž", ("cp1257", "iso8859_13")),  # Latvian
    ("äõöüšž", ("cp1257", "iso8859_13")),  # Estonian
    ("אבגדהוזחטיךכלםמןנסעףפץצקרשת־׳״\u200e\u200f", ("cp1255",)),  # Hebrew: before Russian, whose bytes it shares
    (_RUSSIAN, _CYRILLIC),
    ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя№", _CYRILLIC),  # Ukrainian
    ("абвгдђежзијклљмнњопрстћуфхцчџш", _CYRILLIC),  # Serbian
    ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", ("cp1253", "iso8859_7")),  # Greek
    ("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگ،؛؟ـًٌٍَُِّْ", ("cp1256", "iso8859_6")),  # Arabic
)
_EAST_ASIAN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))))
        + "、。「」『』・〜～（）　！？：／０１２３４５６７８９％"
        + "日本国会大臣議合年月東京電気通信総務省経済産業政府世界人一二三四五六七八九十中上下出入分行事者的地方法政策"
        "平成令和同関係開催結果報道発表首相外交連携協力推進等第回部課長市区県名技術情報社新場用利安全保護成長化性国際",
        ("cp932", "euc_jp", "euc_jis_2004", *_UTF_16),
    ),
    (
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然"
        "家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机"
        "十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加"
        "部长会议合作发展国际，。、：；“”《》（）　",
        ("gb18030", *_UTF_16),
    ),
    (
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然"
        "家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日軍者意無力它與長把機"
        "十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加"
        "部長會議合作發展國際，。、：；「」《》（）　",
        ("big5hkscs",),
    ),
    (
        "이다는의에을가고하지로한은기도사리대어자서인를나시정일해아수그부라전과들지것있상보장스여주국제성원공적동만년및회",
        ("cp949", *_UTF_16),
    ),
)
_NAMES = {
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "euc_jis_2004": "EUC-JP",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "cp949": "EUC-KR",
    "utf_16_le": "UTF-16",
    "utf_16_be": "UTF-16",
    "mac_roman": "Macintosh Roman",
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
}
# One letter in ten may be of another language; half of a Japanese text is kana and the commonest kanji.
_LEAST_FIT = 0.9
_LEAST_EAST_ASIAN_FIT = 0.35
_HIGH = re.compile(rb"[\x80-\xff]+")
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII_RUN = re.compile(r"[^\0-\x7f]+")
_BEYOND_ASCII = re.compile(r"[^\0-\x7f]")
# A long text is sampled in sixteen places.
_PLACES = 16
_RUNS = 25
_RUN = 20
_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Guess:
    """A codec with its name for people; without one, the reason for a message."""

    codec: str | None
    name: str = ""
    reason: str = ""


def guess_encoding(raw: bytes) -> Guess:
    """Guess the encoding of bytes that are neither ASCII nor UTF-8; no codec where no language fits them."""
    if _mixed(raw):
        return Guess(None, reason=", though most of it is UTF-8 (it mixes encodings)")
    # Pairs of bytes that make common East Asian characters are better evidence than single bytes that make letters.
    fits = _several_bytes(raw) or _single_bytes(raw)
    best = max(fits, key=lambda pair: pair[1], default=(None, 0.0))
    codec = best[0]
    if codec is None:
        return Guess(None, reason=", and its encoding cannot be guessed from its bytes")
    return Guess(codec, _named(codec))


def _named(codec: str) -> str:
    return _NAMES.get(codec) or codec.replace("cp125", "Windows-125").replace("iso8859_", "ISO 8859-")


def _mixed(raw: bytes) -> bool:
    """Return True if most bytes beyond ASCII are UTF-8, but not all."""
    high = len(raw) - len(raw.translate(None, bytes(range(128, 256))))
    as_utf_8 = sum(len(match.group(0)) for match in _UTF_8.finditer(raw))
    return as_utf_8 * 2 > high


def _single_bytes(raw: bytes) -> list[tuple[str, float]]:
    """Return the single-byte codecs that fit well enough, with their fit from 0 to 1."""
    sample = b" ".join(_runs(raw))
    fits: list[tuple[str, float]] = []
    for letters, codecs in _LANGUAGES:
        for codec in codecs:
            fit = _fit(sample.decode(codec, "replace"), letters)
            if fit >= _LEAST_FIT and _decodes(raw, codec):
                fits.append((codec, fit))
    return fits


def _several_bytes(raw: bytes) -> list[tuple[str, float]]:
    """Return the codecs of Japanese, Chinese and Korean in which common characters are a good part of the text."""
    fits: list[tuple[str, float]] = []
    for letters, codecs in _EAST_ASIAN:
        for codec in codecs:
            try:
                text = raw.decode(codec)
            except UnicodeDecodeError:
                continue
            fit = _share(text, letters)
            if fit >= _LEAST_EAST_ASIAN_FIT:
                fits.append((codec, fit))
    return fits


def is_east_asian(text: str) -> bool:
    """Return True if a text has as many common Japanese, Chinese or Korean characters as texts in these have."""
    return any(_share(text, letters) >= _LEAST_EAST_ASIAN_FIT for letters, _ in _EAST_ASIAN)


def _share(text: str, letters: str) -> float:
    """Return the share of these letters among the characters beyond ASCII, in samples from all over the text."""
    step = max(_CHARACTERS, len(text) // _PLACES)
    sample = "\n".join(text[at : at + _CHARACTERS] for at in range(0, len(text), step))
    # A single one among Latin letters is nearly always two bytes that do not belong together.
    common = "".join(run for run in _BEYOND_ASCII_RUN.findall(sample) if len(run) > 1)
    return sum(c in letters for c in common) / max(1, len(_BEYOND_ASCII.findall(sample)))


def _runs(raw: bytes) -> list[bytes]:
    """Sample runs of bytes beyond ASCII from all over the text, each with one byte on either side."""
    size = max(1, -(-len(raw) // _PLACES))
    runs: list[bytes] = []
    for start in range(0, len(raw), size):
        for run in islice(_HIGH.finditer(raw, start, start + size), _RUNS):
            runs.append(raw[max(0, run.start() - 1) : min(run.end(), run.start() + _RUN) + 1])
    return runs


def _decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _fit(sample: str, letters: str) -> float:
    """Return the share of the characters beyond ASCII in a place where a language with these letters has them."""
    fit = total = seen = 0.0
    padded = f" {sample} "
    for match in _BEYOND_ASCII.finditer(padded):
        before, c, after = padded[match.start() - 1], match.group(0), padded[match.start() + 1]
        total += 1
        if c in _SIGNS:
            fit += not (before.isalpha() and after.isalpha()) or c in "’·\u00ad"
        elif c in letters or c.lower() in letters:
            latin = "a" <= letters[0] <= "z" or ord(letters[0]) < 0x250
            beside = before + after if not latin else ""
            if any("A" <= neighbour <= "z" and neighbour.isalpha() for neighbour in beside):
                continue
            seen += 1
            fit += 0.5 if c.isupper() and before.islower() else 1.0
    # Punctuation alone is evidence for the first language only.
    return fit / total if total and (seen or letters is _LANGUAGES[0][0]) else 0.0
