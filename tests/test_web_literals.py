"""Find words that the page would show in one language alone: in templates, scripts and the code that builds HTML."""

import ast
import re
from pathlib import Path

import pytest

_WEB = Path(__file__).resolve().parents[1] / "assistant" / "web"
_NAME = "Rapporteur"  # the same in every language
_SPOKEN = re.compile(r"""(?:aria-label|placeholder|title|alt)=["']?([^"'>{]*[A-Za-z]{2,}[^"'>]*)""")
_SHOWN = re.compile(r">([^<>]*[A-Za-z]{2,}[^<>]*)")
_SENTENCE = re.compile(r"""(["`])([A-Z✓‹][^"`\n]*[a-z.…?!])\1|`([^`\n]*\} [a-z]{2,}[^`\n]*)`""")
# Names of keys, of elements and of media types in the scripts.
_OF_SCRIPTS = re.compile(r"[A-Z][A-Za-z]+|UTF-8''")


def words_of_html(html: str) -> list[str]:
    """Return the words that a piece of HTML shows or speaks, but for those that it takes from elsewhere."""
    bare = re.sub(r"<kbd>.*?</kbd>", "", re.sub(r"\{\{[\w.]+\}\}|\{\w+\}", "", html))
    found = [*_SPOKEN.findall(bare), *_SHOWN.findall(bare)]
    return [words.strip() for words in found if words.strip() != _NAME]


def words_of_code(code: str) -> list[str]:
    """Return the words in the pieces of HTML that Python code holds."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"</?[a-z]", node.value):
            # A piece may end inside of a tag.
            found += words_of_html(re.sub(r"<[^<>]*$", "", node.value))
            found += _SPOKEN.findall(re.sub(r".*>", "", node.value, flags=re.DOTALL))
    return [words for words in found if words.strip() != _NAME]


def words_of_script(script: str) -> list[str]:
    """Return the strings of a script that look like sentences or names of buttons."""
    bare = re.sub(r"(?m)(^|\s)//.*$", "", script)
    found = [one or other for _, one, other in _SENTENCE.findall(bare)]
    return [words for words in found if not _OF_SCRIPTS.fullmatch(words)]


@pytest.mark.parametrize("file", sorted((_WEB / "static").glob("*.html")), ids=lambda file: file.name)
def test_a_template_holds_no_words(file: Path) -> None:
    assert words_of_html(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", sorted((_WEB / "static" / "scripts").rglob("*.js")), ids=lambda file: file.name)
def test_a_script_holds_no_words(file: Path) -> None:
    assert words_of_script(file.read_text("utf-8")) == []


def test_the_code_holds_no_words_in_html() -> None:
    found = {
        str(file.relative_to(_WEB)): words
        for file in _WEB.rglob("*.py")
        if (words := words_of_code(_without_docstrings(file.read_text("utf-8"))))
    }
    assert found == {}


def _without_docstrings(code: str) -> str:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(
            node
        ):
            node.body = [*node.body[1:], ast.Pass()]
    return ast.unparse(tree)


def test_words_are_found() -> None:
    assert words_of_html('<p class="a">{{x.y}} and <b>{n}</b></p>') == ["and"]
    assert words_of_html('<input placeholder="Find it"><kbd>Alt</kbd>') == ["Find it"]
    assert words_of_html("<h1>Rapporteur</h1>") == []
    assert words_of_code("""x = f'<button data-a="{b}">Add it</button>' + f'<p>{c}</p>'""") == ["Add it"]
    assert words_of_script("""say("Writing …"); // "A comment."\nsay(`Saved as ${name}.`); key === "Escape";""") == [
        "Writing …",
        "Saved as ${name}.",
    ]
    assert words_of_script("`${one} of ${all}`") == ["${one} of ${all}"]
