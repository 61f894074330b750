"""Decode bytes into text."""

import pytest

from corpus.errors import CorpusError
from corpus.readers.encoding import decode

# In each language a sentence or two of a press release, with the encodings that such files are found in.
TEXTS = [
    ("総務大臣は、G20デジタル大臣会合に出席した。\nデータの自由な流通（DFFT）について宣言が採択された。", "cp932"),
    ("総務大臣は、G20デジタル大臣会合に出席した。\nデータの自由な流通（DFFT）について宣言が採択された。", "euc_jp"),
    ("総務大臣は、G20デジタル大臣会合に出席した。\nデータの自由な流通（DFFT）について宣言が採択された。", "iso2022_jp"),
    ("総務大臣は、G20デジタル大臣会合に出席した。\nデータの自由な流通（DFFT）について宣言が採択された。", "utf-16-le"),
    ("東京会議　議事録", "cp932"),
    ("東京会議　議事録", "euc_jp"),
    ("①開催日時　令和３年８月５日　②場所　東京", "cp932"),
    ("①開催日時　令和３年８月５日　②場所　東京", "euc_jis_2004"),
    ("They met in Berlin.", "utf-16-le"),
    ("They met in Berlin.", "utf-16-be"),
    ("The Minister’s “digital” agenda – it’s here, with a café.", "cp1252"),
    ("They met in a café near the office.", "latin-1"),
    ("Les ministres ont créé une équipe « à Noël », où naît l’œuvre.", "cp1252"),
    ("Les ministres ont créé une équipe à Noël.", "mac_roman"),
    ("Über die Größe der Räume wurde in München geäußert, daß sie genügen.", "latin-1"),
    ("El ministro dijo: ¿Cuándo? Mañana, en España, según él.", "cp1252"),
    ("Żądania zostały przyjęte w Łodzi; współpraca będzie trwać, jeśli źródła pozwolą.", "cp1250"),
    ("Żądania zostały przyjęte w Łodzi; współpraca będzie trwać, jeśli źródła pozwolą.", "iso8859_2"),
    ("Příští zasedání bude v úterý; žádný návrh nebyl přijat.", "cp1250"),
    ("Görüşmeler başarılı geçti; dijital işbirliği ağır şartlara rağmen güçlendirilecek.", "cp1254"),
    ("Žmonės džiaugėsi, kad ši šalis žengė į priekį.", "cp1257"),
    ("Министры встретились в Москве и приняли декларацию.", "cp1251"),
    ("Министры встретились в Москве и приняли декларацию.", "koi8_r"),
    ("Οι υπουργοί συναντήθηκαν στην Αθήνα και συμφώνησαν.", "cp1253"),
    ("השרים נפגשו בירושלים ודנו בכלכלה", "cp1255"),
    ("השרים בתל־אביב: ג׳ורג׳ מצה״ל נפגש עם השרים, ואמר „כן”.", "cp1255"),
    ("اجتمع الوزراء في الرياض", "cp1256"),
    ("部长们在北京举行会议，讨论数字经济的合作与发展。", "gb18030"),
    ("部長們在台北舉行會議，討論數位經濟的合作與發展。", "big5"),
    ("장관들은 서울에서 회의를 열고 디지털 경제에 대해 논의하였다.", "cp949"),
]
MIXED = "The Minister’s “digital” agenda, a café.\n"


@pytest.mark.parametrize("times", [1, 60], ids=["short", "long"])
@pytest.mark.parametrize(("text", "codec"), TEXTS, ids=[f"{text[:4]}-{codec}" for text, codec in TEXTS])
def test_an_encoding_is_told_by_its_bytes(text: str, codec: str, times: int) -> None:
    found, warnings = decode("\n".join([text] * times).encode(codec), "x.txt")
    assert found == "\n".join([text] * times)
    assert [w.partition(" as ")[0] for w in warnings] == ["read"]


def test_the_warning_names_the_encoding() -> None:
    assert decode("Über Größe".encode("latin-1"), "x.txt")[1] == (
        "read as Windows-1252, guessed from its bytes; where letters look wrong, save it as UTF-8 and add it again",
    )


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_says_its_encoding_is_read_without_a_warning(codec: str) -> None:
    assert decode("Über “会議” 👩.\r\n".encode(codec), "x.txt") == ("Über “会議” 👩.\r\n", ())


@pytest.mark.parametrize(
    ("codec", "declared"), [("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("gb18030", "GB2312"), ("utf-8", "shift_jis")]
)
def test_a_declared_encoding_is_believed_where_the_bytes_agree(codec: str, declared: str) -> None:
    assert decode("会議①".encode(codec if codec != "euc_jp" else "euc_jis_2004"), "x.html", declared) == ("会議①", ())


def test_a_declared_encoding_that_the_bytes_contradict_is_not_believed() -> None:
    found, warnings = decode("総務大臣は会合に出席した。".encode("cp932"), "x.html", "euc-jp")
    assert found == "総務大臣は会合に出席した。"
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (MIXED.encode() * 9 + MIXED.encode("cp1252"), "not UTF-8 text at byte 444, though most of it is UTF-8"),
        (MIXED.encode("cp1252") + MIXED.encode(), "not UTF-8 text at byte 12"),
        ("会議が開催された。\n".encode("cp932") * 3 + "会議が開催された。\n".encode() * 3, "not UTF-8 text at byte"),
        ("Министры".encode("cp1251") + " Größe für später äußern".encode("latin-1"), "not UTF-8 text at byte"),
        ("They met. ’".encode()[:-1], "cut off in the middle of a character at byte 10"),
        (b"\xff\xfea", "not UTF-16 text at byte 2"),
        (b"They\0met", "binary under a text's name (it holds NUL characters)"),
        ("They\0met.".encode("utf-16"), "binary under a text's name (it holds NUL characters)"),
        (bytes(range(1, 128)) * 3, "binary under a text's name (69 control characters)"),
        (bytes(range(1, 256)), "not UTF-8 text at byte 127"),
        (b"\xef\xbb\xbf \n", "the file is empty"),
    ],
)
def test_bytes_in_no_encoding_or_in_several_are_refused(raw: bytes, complaint: str) -> None:
    with pytest.raises(CorpusError) as refused:
        decode(raw, "x.txt")
    assert str(refused.value).startswith(f"x.txt: {complaint}")
