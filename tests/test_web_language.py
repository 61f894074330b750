"""The page's texts in English and Japanese, and the choice between them."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.assistant import Assistant
from assistant.web.application import application
from assistant.web.language import (
    COOKIE,
    LANGUAGES,
    each_in_language,
    fill,
    in_language,
    language_of,
    script_texts,
    text,
    texts,
)
from assistant.web.record.outline import outline_entries
from assistant.web.reports.export import render_dialog
from assistant.web.translated import translated
from corpus.discovery.find import format_names
from corpus.reading import document_from
from index.library import open_library
from support.word_counts import WordCounts


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    assistant = Assistant(open_library(tmp_path / "library", encoder=WordCounts()))
    with TestClient(application(assistant), base_url="http://127.0.0.1:7860") as client:
        yield client


def _forms(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _fields(value: str | list[str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", " ".join(_forms(value))))


def test_all_languages_have_the_same_texts_with_the_same_fields() -> None:
    english, *others = map(texts, LANGUAGES)
    for other in others:
        assert set(other) == set(english)
        assert {key: _fields(value) for key, value in other.items()} == {k: _fields(v) for k, v in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_holds_a_sign_of_html_and_each_has_one_form_or_two(language: str) -> None:
    for key, value in texts(language).items():
        assert not isinstance(value, list) or len(value) == 2, key
        assert not re.search(r"[<>&\"'`]", " ".join(_forms(value))), key


def test_japanese_texts_are_japanese() -> None:
    same = {"language.other", "language.other_code", "facts.hint_address", "facts.hint_day", "keys.single_before"}
    japanese = texts("ja")
    assert {
        key for key, value in japanese.items() if not re.search("[ぁ-んァ-ヶ一-龠々]", " ".join(_forms(value)))
    } <= {
        *same,
        *(key for key, value in japanese.items() if not re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", str(value)))),
    }


def test_the_formats_that_can_be_added_are_named() -> None:
    assert text("library.formats") == f"{format_names()}."


def test_a_number_chooses_the_form() -> None:
    assert text("history.questions", 1) == "1 question"
    assert text("history.questions", 1_200) == "1,200 questions"
    with in_language("ja"):
        assert text("history.questions", 1_200) == "質問1,200件"
    assert text("history.questions", 2) == "2 questions"


def test_values_in_braces_are_text() -> None:
    assert text("history.rename_label", name="{n} {{x}}") == "Rename “{n} {{x}}”"


@pytest.mark.parametrize(
    ("accepted", "cookie", "language"),
    [
        (None, None, "en"),
        ("", None, "en"),
        ("ja", None, "ja"),
        ("ja-JP,ja;q=0.9,en-US;q=0.8", None, "ja"),
        ("en-US,en;q=0.9,ja;q=0.8", None, "en"),
        ("fr-FR, ja;q=0.5, en;q=0.7", None, "en"),
        ("de, ja;q=0", None, "en"),
        ("ja;q=most", None, "en"),
        ("*", None, "en"),
        ("en", "ja", "ja"),
        ("ja", "en", "en"),
        ("ja", "fr", "ja"),
        ("ja", '"><script>', "ja"),
        ("ja," * 100_000, None, "ja"),
    ],
)
def test_the_language_is_that_of_the_cookie_else_of_the_browser(
    accepted: str | None, cookie: str | None, language: str
) -> None:
    headers = [(b"accept-language", accepted.encode())] if accepted is not None else []
    headers += [(b"cookie", f"other=1; {COOKIE}={cookie}".encode())] if cookie is not None else []
    assert language_of({"headers": headers}) == language


def test_each_step_of_an_iterator_is_in_its_language() -> None:
    def steps() -> Iterator[str]:
        yield text("masthead.ask")
        yield text("masthead.library")

    shown = each_in_language("ja", steps())
    assert [next(shown), text("masthead.ask"), next(shown)] == ["質問", "Ask", "ライブラリ"]


def test_texts_are_filled_in_wherever_they_are_named() -> None:
    with in_language("ja"):
        assert fill({"a": ["{{masthead.ask}}", 1, ("x {{keys.close}}",)], "b": "{formats}"}) == {
            "a": ["質問", 1, ("x 閉じる",)],
            "b": "{formats}",
        }


def _components(page: str) -> str:
    """Return the components of the page that a browser gets, as JSON without escapes."""
    found = re.search(r"window\.gradio_config = (\{.*?\});?\s*(?:window|</script>)", page, re.DOTALL)
    assert found
    return json.dumps(json.loads(found[1])["components"], ensure_ascii=False)


def test_the_page_comes_in_the_language_of_the_request(client: TestClient) -> None:
    english, japanese = (
        _components(client.get("/", headers={"accept-language": language}).text) for language in LANGUAGES
    )
    assert [words in english for words in ("Ask about the meetings", "Narrow the search")] == [True, True]
    assert [words in japanese for words in ("会議について質問を入力してください", "検索範囲の絞り込み")] == [True, True]
    assert "Ask about the meetings" not in japanese
    assert "{{" not in english + japanese


def test_the_scripts_get_their_texts_and_the_page_its_language(client: TestClient) -> None:
    reply = client.get("/page-texts.js", headers={"cookie": f"{COOKIE}=ja"})
    assert reply.headers["content-type"].startswith("text/javascript")
    assert reply.headers["cache-control"] == "no-store"
    assert 'document.documentElement.lang = "ja"' in reply.text
    assert "引用リストに追加しました。" in reply.text
    assert "masthead.ask" not in reply.text
    assert 'lang = "en"' in script_texts()


def _used_keys() -> set[str]:
    """Return the keys that scripts, templates and panel builders name whole."""
    web = Path(__file__).resolve().parents[1] / "assistant" / "web"
    keys: set[str] = set()
    tables = {key.rpartition(".")[0] for key in texts("en")}
    for file in web.rglob("*.js"):
        named = {f"script.{key}" for key in re.findall(r'"([a-z]+\.[a-z_]+)"', file.read_text("utf-8"))}
        keys |= {key for key in named if key.rpartition(".")[0] in tables}
    for file in web.rglob("*.html"):
        keys |= set(re.findall(r"\{\{([\w.]+)\}\}", file.read_text("utf-8")))
    for file in web.rglob("*.py"):
        keys |= set(re.findall(r"""(?:\btext\(|\{\{)["']?([a-z]+\.[a-z_0-9]+)""", file.read_text("utf-8")))
    return keys


def test_every_text_that_is_named_is_there() -> None:
    named = _used_keys()
    assert len(named) > 100
    assert named - texts("en").keys() == set()


# Lines of other parts of the program


def _program() -> str:
    """Return all texts in the program's code, the pieces of each as they stand there."""
    root = Path(__file__).resolve().parents[1]
    parts: list[str] = []
    for package in ("assistant", "corpus", "index"):
        for file in (root / package).rglob("*.py"):
            nodes = ast.walk(ast.parse(file.read_text("utf-8")))
            parts += [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return "\n".join(parts).lower()


def test_each_line_with_a_translation_is_one_of_the_program() -> None:
    data = tomllib.loads((files("assistant.web") / "texts" / "lines_ja.toml").read_text("utf-8"))
    program = _program()
    strange = []
    for english, _ in data["lines"]:
        longest = max(re.split(r"\{\w+\}", english), key=len).strip().lower()
        if longest not in program:
            strange.append(english)
    assert strange == []


def test_each_translation_has_the_fields_of_its_line_alone() -> None:
    data = tomllib.loads((files("assistant.web") / "texts" / "lines_ja.toml").read_text("utf-8"))
    assert [pair for pair in data["lines"] if not _fields(pair[1]) <= _fields(pair[0])] == []


def test_a_line_is_looked_up_once_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("assistant.web.translated.forms", lambda language: asked.append(language) or [])  # type: ignore[func-returns-value]
    with in_language("ja"):
        assert [translated("a line that is shown twice") for _ in range(2)] == ["a line that is shown twice"] * 2
    assert asked == ["ja", "ja"]  # with a stop and without, once


def test_the_export_and_the_outline_are_japanese_on_a_japanese_page() -> None:
    record = document_from("# Talks\n\n## Roof\n\nThey agreed.\n\n## Budget\n\nThey parted.", "a.md", "text/markdown")
    record = replace(record, pages=(0, record.text.index("## Budget")))
    with in_language("ja"):
        assert "出典と該当箇所へのリンク" in fill(render_dialog())
        assert "Reference" not in fill(render_dialog())
        assert [entry.about for entry in outline_entries(record)][-2:] == ["1ページ", "2ページ"]


@pytest.mark.parametrize(
    ("line", "japanese"),
    [
        ("Searching 13 of 1,200 records", "1,200件中13件の記録を検索しています"),
        ("The report has “2.5”, the record “1.5”.", "報告書は「2.5」、記録は「1.5」。"),
        ("figure “2.5”, paragraph 3: a.txt has “1.5” there", "数値「2.5」（3段落目）：a.txtでは「1.5」です"),
        ("a line that nobody translated", "a line that nobody translated"),
        ("left out: “{n} {{x}}”", "欠落：「{n} {{x}}」"),
        ("", ""),
    ],
)
def test_lines_of_the_program_are_shown_in_the_language_of_the_page(line: str, japanese: str) -> None:
    assert translated(line) == line
    with in_language("ja"):
        assert translated(line) == japanese
