"""The Japanese names of a question are written as records in Latin letters write them, and then count like any name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.understanding.speakers.speech_words import subject_of_speech
from assistant.understanding.transliteration.loanwords import loanwords
from assistant.understanding.transliteration.write_names import write_names
from corpus.reading import document_from
from index.library import Library, open_library
from index.settings import Settings
from index.snapshot import Snapshot
from support.word_counts import WordCounts

FERRY = (
    "# Ferry meeting\n\nPlace: Brisbane, Australia\n\nDate: 4 May 2022\n\n"
    "Minister Saga Lindgren of Sweden and Mr. SATO Haruki attended. Minister Lindgren stated that the ferry must run at"
    " night. Mr. SATO stated that the crew is too small. Digital data projects and the Delta were discussed.\n"
)
PIER = (
    "# Notes of the Camp Rowan meeting\n\n3 June 2023\n\n"
    "Mr. Satou Jun, Harbour Master, stated that the pier is closed in winter. Mrs. Kawano Emi said nothing. Claude"
    " Summit Ltd. built the pier, and Price Kono & Sons repaired it at a high price.\n"
)
JAPANESE = "# 港湾会議\n\n2023年6月5日\n\n武田議長は、桟橋の補修を翌年に延期すると述べた。\n"


def library_of(folder: Path, *texts: str) -> Library:
    library = open_library(settings=Settings(library=folder / "library"), encoder=WordCounts(), founding=False)
    for number, text in enumerate(texts):
        library.add(document_from(text, f"note{number}.md", "text/markdown"))
    return library


@contextmanager
def snapshot_of(folder: Path, *texts: str) -> Iterator[Snapshot]:
    with library_of(folder, *texts).snapshot() as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    with snapshot_of(tmp_path_factory.mktemp("names"), FERRY, PIER) as snapshot:
        yield snapshot


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("ブリスベンの会合はいつですか", "Brisbane の会合はいつですか"),
        ("リンドグレーン大臣は何と言いましたか", "Lindgren 大臣は何と言いましたか"),
        ("サーガ・リンドグレーン氏は誰ですか", "Saga Lindgren 氏は誰ですか"),
        ("会合で佐藤氏は何と言いましたか", "会合で SatoとSatou 氏は何と言いましたか"),
        ("河野さんの発言", "KawanoとKono さんの発言"),
        ("キャンプ・ローワンの会合", "Camp Rowan の会合"),
        ("キャンプローワンの会合", "Camp Rowan の会合"),
        ("プライス社の修理", "プライス社の修理"),
    ],
)
def test_a_name_is_written_as_the_records_write_it(english: Snapshot, question: str, written: str) -> None:
    assert write_names(question, english).text == written


@pytest.mark.parametrize(
    "question",
    [
        "データとデジタルのプロジェクトは",
        "クラウドについて",
        "日本とオーストラリアは何に合意しましたか",
        "Who is Lindgren?",
        "夜の便は必要ですか",
    ],
)
def test_other_words_stay(english: Snapshot, question: str) -> None:
    assert write_names(question, english).text == question
    assert write_names(question, english).unknown == ()


def test_the_name_of_a_person_or_place_that_no_record_has_is_unknown(english: Snapshot) -> None:
    assert write_names("ヘルシンキで岡田大臣は何と言いましたか", english).unknown == ("ヘルシンキ", "岡田")
    assert write_names("ルカ・ペトロフスキー氏は何と言いましたか", english).unknown == ("ルカ・ペトロフスキー",)
    assert write_names("サーガ・リンドグレーン氏は何と言いましたか", english).unknown == ()


def test_a_note_says_which_names_were_written(english: Snapshot) -> None:
    notes = write_names("ブリスベンで佐藤氏は", english).notes
    assert notes == ("記録の表記で検索しました：「ブリスベン」はBrisbane、「佐藤」はSato / Satou。",)
    assert write_names("会合はいつですか", english).notes == ()


def test_a_name_that_records_write_in_japanese_stays(tmp_path: Path) -> None:
    with snapshot_of(tmp_path / "both", FERRY, JAPANESE) as snapshot:
        assert write_names("武田議長と佐藤氏の発言", snapshot).text == "武田議長と Sato 氏の発言"
    with snapshot_of(tmp_path / "japanese", JAPANESE) as snapshot:
        written = write_names("佐藤氏とリンドグレーン氏の発言", snapshot)
        assert (written.text, written.unknown) == ("佐藤氏とリンドグレーン氏の発言", ())


def test_the_place_the_speaker_and_the_facts_are_those_of_the_name(tmp_path: Path) -> None:
    assistant = Assistant(library_of(tmp_path, FERRY, PIER))
    turn = assistant.ask("ブリスベンでリンドグレーン大臣は何と言いましたか")
    assert turn.query.filters.places == {"Brisbane"}
    assert turn.query.filters.speakers == {"Saga Lindgren"}
    assert isinstance(turn.reply, Answer)
    assert [c.quote for c in turn.reply.citations] == ["Minister Lindgren stated that the ferry must run at night."]
    day = assistant.ask("ブリスベンの会合はいつ開かれましたか").reply
    assert day.text.startswith("2022年5月4日 [1]")
    assert day.language == "ja"


def test_a_name_that_no_record_has_refuses_with_the_name(tmp_path: Path) -> None:
    assistant = Assistant(library_of(tmp_path, FERRY, PIER))
    reply = assistant.ask("岡田大臣はフェリーについて何と言いましたか", Conversation()).reply
    assert isinstance(reply, Abstention)
    assert "「岡田」はどの記録にもありません。" in reply.text


def test_a_record_is_named_by_a_name_of_its_title_before_a_noun(tmp_path: Path) -> None:
    assistant = Assistant(library_of(tmp_path, FERRY, PIER))
    query = assistant.ask("キャンプ・ローワンの会合では桟橋について何が報告されましたか").query
    assert query.filters.names == {"note1.md"}
    assert "Rowan" not in query.keywords
    assert assistant.ask("キャンプ・ローワンの住民は何と言いましたか").query.filters.names == frozenset()


def test_who_hosted_a_meeting_is_searched_and_the_country_that_presided_is_a_fact(tmp_path: Path) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts())
    reply = Assistant(library).ask("高崎の会合は誰が主催しましたか").reply
    assert isinstance(reply, Answer)
    assert any("the Digital Agency jointly held" in citation.quote for citation in reply.citations)
    country = Assistant(library).ask("高崎の会合の主催国はどこですか").reply
    assert country.text.startswith("日本")


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("桜について何と言いましたか", ["桜"]),
        ("がんについて何と述べましたか", ["がん"]),
        ("何と述べましたか", []),
        ("会合で何に言及しましたか", []),
        ("何を強調しましたか", []),
        ("予算について何と述べましたか", ["予算"]),
    ],
)
def test_a_subject_in_hiragana_or_of_one_kanji_is_one(question: str, subject: list[str]) -> None:
    assert subject_of_speech(question) == subject


@pytest.mark.parametrize(
    ("kana", "words"),
    [
        ("ブロックチェーン", ("blockchain",)),
        ("コミットメント", ("commitment", "commitments")),
        ("パートナーシップ", ("partnership",)),
        ("ヘリコプター", ()),
        ("ロボット", ()),
    ],
)
def test_a_long_loanword_is_the_word_of_the_records_that_sounds_like_it(kana: str, words: tuple[str, ...]) -> None:
    known = "blockchain balance commitment commitments comment partnership partner harbour roberto hero practice"
    assert loanwords(kana, frozenset(known.split())) == words


def test_a_loanword_finds_the_word_of_the_records(tmp_path: Path) -> None:
    notes = "# Notes\n\n3 June 2023\n\nThe blockchain of the port was tested.\n\nThe crane was painted in May.\n"
    reply = Assistant(library_of(tmp_path, notes)).ask("ブロックチェーンについて何が書かれていますか").reply
    assert isinstance(reply, Answer)
    assert [citation.quote for citation in reply.citations] == ["The blockchain of the port was tested."]
