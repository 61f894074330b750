"""Test the measures of the project's structure on small modules, and the tracer on a command."""

from pathlib import Path

import pytest

from benchmarks.call_tracer import trace_command
from benchmarks.structure import (
    Module,
    duplicate_classes,
    files_with_language,
    files_with_sql,
    import_circles,
    indirect_docstrings,
    largest_folder,
    main,
    settings,
)

ROOT = Path(__file__).resolve().parents[1]


def test_imports_inside_functions_and_for_types_are_deferred() -> None:
    text = "import a\nfrom b import c\nif TYPE_CHECKING:\n    import d\ndef f():\n    import e"
    module = Module("corpus/x.py", text)
    assert module.imports() == {"a", "b", "b.c", "d", "e"}
    assert module.imports(deferred=False) == {"a", "b", "b.c"}


def test_modules_that_import_each_other_are_a_circle() -> None:
    modules = [
        Module("corpus/a.py", "from corpus import b"),
        Module("corpus/b.py", "import corpus.c"),
        Module("corpus/c.py", "def f():\n    from corpus.a import g"),
        Module("corpus/d.py", "import corpus.a"),
    ]
    assert import_circles(modules) == [["corpus.a", "corpus.b", "corpus.c"]]
    assert import_circles(modules, deferred=False) == []


@pytest.mark.parametrize("statement", ["SELECT a FROM b", "PRAGMA user_version", "DELETE FROM b", "UPDATE b SET a = 1"])
def test_sql_is_recognised_in_strings_outside_the_store(statement: str) -> None:
    text = f'query("{statement}")'
    modules = [Module("index/x.py", text), Module("index/store/x.py", text), Module("index/y.py", f'"""{statement}"""')]
    assert files_with_sql(modules) == ["index/x.py"]


def test_tables_of_a_language_are_recognised_outside_its_package() -> None:
    modules = [
        Module("corpus/a.py", 'MONTHS = "January February March"'),
        Module("corpus/b.py", 'PLACES = ("Japan", "Italy", "Mexico")'),
        Module("corpus/c.py", r'KANA = r"[\u3040-\u30ff]"'),
        Module("corpus/d.py", 'KANA = "[ぁ-ん]"'),
        Module("corpus/e.py", '"""The meeting of May in Japan, Italy and Mexico."""'),
        Module("corpus/language/f.py", 'MONTHS = "January February March"'),
    ]
    assert files_with_language(modules) == {
        "months": ["corpus/a.py"],
        "countries": ["corpus/b.py"],
        "CJK ranges": ["corpus/c.py", "corpus/d.py"],
    }


def test_names_docstrings_settings_and_folders_are_counted() -> None:
    modules = [
        Module("index/settings.py", "class Settings:\n    library: str\n    model: str\n    config = 1"),
        Module("index/a.py", 'class Hit:\n    """What was found."""'),
        Module("index/b.py", 'class _Hit:\n    """A passage."""'),
        Module("index/store/c.py", ""),
    ]
    assert duplicate_classes(modules) == {"Hit": ["index/a.py", "index/b.py"]}
    assert indirect_docstrings(modules) == ["index/a.py: What was found."]
    assert settings(modules) == ["library", "model"]
    assert largest_folder(modules) == ("index", 3)


def test_a_command_is_traced_through_the_files_that_it_enters() -> None:
    files, functions = trace_command(ROOT, "--help")
    assert 1 <= files <= functions


@pytest.mark.slow
def test_the_measures_of_this_checkout_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 15
