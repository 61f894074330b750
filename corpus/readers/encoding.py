"""The bytes of a text become its characters: every one of them, or none."""

import re
from dataclasses import dataclass
from itertools import islice

from corpus.errors import CorpusError

_SIGNS = "“”„‘’‚«»‹›–—…•·€£§©®™°±×²³½¼¾\u00a0\u00ad´ªº¡¿†‡‰¶"
_WESTERN = ("cp1252", "iso8859_15", "mac_roman")
_CENTRAL = ("cp1250", "iso8859_2")
_CYRILLIC = ("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866")
# Of a text without a space or line break in ASCII not even a NUL byte tells that it is in UTF-16.
_UTF_16 = ("utf_16_le", "utf_16_be")
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№"
# Each language with the letters it adds to ASCII; where two fit equally well, the earlier is taken.
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
    (
        "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
        ("cp1255",),
    ),  # Hebrew; in these bytes Russian has small letters, but not its ы, ь and я
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
# One letter in ten may be of another language; half of a Japanese text is kana and the commonest signs.
_LEAST_FIT = 0.9
_LEAST_EAST_ASIAN_FIT = 0.35
_HIGH = re.compile(rb"[\x80-\xff]+")
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII_RUN = re.compile(r"[^\0-\x7f]+")
_BEYOND_ASCII = re.compile(r"[^\0-\x7f]")
# Sixteen places of a long text show which languages stand in it.
_PLACES = 16
_RUNS = 25
_RUN = 20
_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding as Python and as people name it; without one, the reason why none is sure, for a message."""

    codec: str | None
    name: str = ""
    reason: str = ""


def guessed(raw: bytes) -> Guess:
    """The encoding of bytes that are neither ASCII nor UTF-8, or none where no language fits them."""
    if _mixed(raw):
        return Guess(None, reason=", though most of it is UTF-8 (it mixes encodings)")
    # Bytes that make common characters of East Asia two by two say more than bytes that make letters one by one.
    fits = _several_bytes(raw) or _single_bytes(raw)
    best = max(fits, key=lambda pair: pair[1], default=(None, 0.0))
    codec = best[0]
    if codec is None:
        return Guess(None, reason=", and its encoding cannot be told from its bytes")
    return Guess(codec, _named(codec))


def _named(codec: str) -> str:
    return _NAMES.get(codec) or codec.replace("cp125", "Windows-125").replace("iso8859_", "ISO 8859-")


def _mixed(raw: bytes) -> bool:
    """Whether the bytes are UTF-8 in one place and something else in another."""
    high = len(raw) - len(raw.translate(None, bytes(range(128, 256))))
    as_utf_8 = sum(len(found.group(0)) for found in _UTF_8.finditer(raw))
    return as_utf_8 * 2 > high


def _single_bytes(raw: bytes) -> list[tuple[str, float]]:
    """The codecs of one byte a character whose fit is good enough, with it."""
    sample = b" ".join(_runs(raw))
    fits: list[tuple[str, float]] = []
    for letters, codecs in _LANGUAGES:
        for codec in codecs:
            fit = _fit(sample.decode(codec, "replace"), letters)
            if fit >= _LEAST_FIT and _decodes(raw, codec):
                fits.append((codec, fit))
    return fits


def _several_bytes(raw: bytes) -> list[tuple[str, float]]:
    """The same for Japanese, Chinese and Korean, whose commonest characters are a good part of each text."""
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
    """Whether a text has as many of the commonest characters of Japanese, Chinese or Korean as such a text has."""
    return any(_share(text, letters) >= _LEAST_EAST_ASIAN_FIT for letters, _ in _EAST_ASIAN)


def _share(text: str, letters: str) -> float:
    """The share of these letters among the characters beyond ASCII, in places all over the text."""
    step = max(_CHARACTERS, len(text) // _PLACES)
    sample = "\n".join(text[at : at + _CHARACTERS] for at in range(0, len(text), step))
    # One alone among Latin letters is nearly always two bytes that do not belong together.
    found = "".join(run for run in _BEYOND_ASCII_RUN.findall(sample) if len(run) > 1)
    return sum(c in letters for c in found) / max(1, len(_BEYOND_ASCII.findall(sample)))


def _runs(raw: bytes) -> list[bytes]:
    """Bytes beyond ASCII from places all over the text, each run with the byte on either side."""
    size = max(1, -(-len(raw) // _PLACES))
    runs: list[bytes] = []
    for start in range(0, len(raw), size):
        for found in islice(_HIGH.finditer(raw, start, start + size), _RUNS):
            runs.append(raw[max(0, found.start() - 1) : min(found.end(), found.start() + _RUN) + 1])
    return runs


def _decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _fit(sample: str, letters: str) -> float:
    """The share of the characters beyond ASCII that stand where a language with these letters writes them."""
    fit = total = seen = 0.0
    padded = f" {sample} "
    for found in _BEYOND_ASCII.finditer(padded):
        before, c, after = padded[found.start() - 1], found.group(0), padded[found.start() + 1]
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
    # Signs alone speak for no language but the first.
    return fit / total if total and (seen or letters is _LANGUAGES[0][0]) else 0.0


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
# What pages declare, and what browsers read it as (WHATWG Encoding Standard, section 4.2).
_READ_AS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a declaration that could be read as ASCII is not in UTF-16
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
# The same bytes with the characters that its vendors added, tried where the standard has none.
_WIDER = {"euc_jp": "euc_jis_2004", "euc-jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_2004"}
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([IJ]")
_CONTROLS = re.compile(r"[\0-\x06\x0e-\x1a\x1c-\x1f]")
# One control character in a hundred is no text; a text that lost a byte or two has fewer.
_CONTROL_SHARE = 0.01
_LEAST_CONTROLS = 8
# Of a text in Latin letters nearly each character has a NUL byte.
_NUL_SHARE = 0.5


def decoded(raw: bytes, file: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """A text's characters without byte order mark, every other character kept, and what a reader should know.

    A byte order mark decides, then UTF-8 where the bytes are that, then the declared encoding, then a guess, which is
    named in a warning.

    Args:
        raw: the bytes.
        file: the name for the message.
        declared: what the file says about itself, as pages do.

    Raises:
        CorpusError: the bytes are in no encoding that is known, in several, or no text.
    """
    text, warnings = _decoded(raw, file, declared)
    if "\0" in text:
        raise CorpusError(f"{file}: binary under a text's name (it holds NUL characters); give the text itself")
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    if controls >= _LEAST_CONTROLS and controls > _CONTROL_SHARE * len(text):
        raise CorpusError(f"{file}: binary under a text's name ({controls:,} control characters); give the text itself")
    if not text.strip():
        raise CorpusError(f"{file}: the file is empty")
    return text, warnings


def _decoded(raw: bytes, file: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding, name in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, len(mark), encoding, name, file), ()
    if b"\0" in raw:
        return _without_mark(raw, file)
    if _ISO_2022_JP.search(raw) and (text := _tried(raw, "iso2022_jp")):
        return text, () if declared else (_warning("ISO-2022-JP"),)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        where = error.start
        if error.end == len(raw) and error.end - error.start > 1 and error.reason == "unexpected end of data":
            cut = f"{file}: cut off in the middle of a character at byte {where:,}; give the whole file"
            raise CorpusError(cut) from error
    said = (declared or "").strip().lower()
    if said and (text := _tried(raw, _READ_AS.get(said, said))) is not None:
        return text, ()
    return _guess(raw, file, where)


def _guess(raw: bytes, file: str, where: int) -> tuple[str, tuple[str, ...]]:
    """The text in the encoding that fits its bytes best; `where` is the first byte that is not UTF-8."""
    found = guessed(raw)
    text = _tried(raw, found.codec) if found.codec else None
    if text is None:
        raise CorpusError(f"{file}: not UTF-8 text at byte {where:,}{found.reason}; save it as UTF-8")
    return text, (_warning(found.name),)


def _warning(name: str) -> str:
    return f"read as {name}, guessed from its bytes; where letters look wrong, save it as UTF-8 and add it again"


def _strict(raw: bytes, start: int, encoding: str, name: str, file: str) -> str:
    try:
        return raw[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file}: not {name} text at byte {start + error.start:,}; save it as UTF-8") from error


def _tried(raw: bytes, encoding: str) -> str | None:
    """The text in this encoding, or in the one that widens it; None when the bytes are not that."""
    for codec in filter(None, (encoding, _WIDER.get(encoding))):
        try:
            return raw.decode(codec)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return None


def _without_mark(raw: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """UTF-16 without a mark: its NUL bytes stand on one side, or its letters are those of East Asia."""
    for codec, side in (("utf-16-le", raw[1::2]), ("utf-16-be", raw[::2])):
        text = _tried(raw, codec) or "\0"
        if "\0" not in text and (side.count(0) * 2 > _NUL_SHARE * len(raw) or is_east_asian(text)):
            return text, (_warning("UTF-16"),)
    raise CorpusError(f"{file}: binary under a text's name (it holds NUL characters); give the text itself")
