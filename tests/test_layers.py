"""Who may import whom, read from the sources."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("corpus", "index", "assistant", "app", "benchmarks", "tests")
PACKAGES = ("corpus", "index", "assistant")
SOURCES = [*sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")), ROOT / "app.py"]
HEAVY = ("torch", "faiss", "sentence_transformers", "transformers", "gradio", "safetensors", "tokenizers", "nupunkt")


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path, anywhere: bool = True) -> set[str]:
    """The modules that a file imports: anywhere in it, or only when it is itself imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for node in _nodes(tree, anywhere) for name in _names(node)}


def _nodes(node: ast.AST, anywhere: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        deferred = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) or (
            isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        )
        if anywhere or not deferred:
            yield child
            yield from _nodes(child, anywhere)


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "write the whole name of a module"
        return [node.module or ""]
    return []


def roots(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def ours(package: str) -> set[str]:
    """Which of our own packages the files of a package import."""
    found = {root for path in SOURCES if place(path).startswith(package) for root in roots(imports(path))}
    return found & set(OURS)


def test_the_layers_stand_on_each_other() -> None:
    assert {package: sorted(ours(package)) for package in ("corpus/", "index/", "assistant/", "app.py")} == {
        "corpus/": ["corpus"],
        "index/": ["corpus", "index"],
        "assistant/": ["assistant", "corpus", "index"],
        "app.py": ["assistant"],
    }


@pytest.mark.parametrize(
    ("library", "doors"),
    [("faiss", ["index/search/vector_index.py"]), ("sentence_transformers", ["index/models/sentence_transformer.py"])],
)
def test_a_heavy_library_enters_through_one_file(library: str, doors: list[str]) -> None:
    assert [place(path) for path in SOURCES if library in roots(imports(path))] == doors


def test_gradio_enters_through_the_page() -> None:
    users = [place(path) for path in SOURCES if "gradio" in roots(imports(path))]
    assert users != []
    assert [user for user in users if not user.startswith("assistant/web/") and user != "app.py"] == []


def test_nothing_heavy_is_loaded_by_importing_what_does_not_need_it() -> None:
    """faiss comes with the vectors and gradio with the page's layout; models are for those who train or ask one."""
    loading = {place(path): sorted(roots(imports(path, anywhere=False)) & set(HEAVY)) for path in SOURCES}
    found = {file: heavy for file, heavy in loading.items() if heavy}
    assert {file for file, heavy in found.items() if heavy != ["gradio"]} == {"index/search/vector_index.py"}
    assert found["index/search/vector_index.py"] == ["faiss"]
    assert all(file.startswith("assistant/web/") for file, heavy in found.items() if heavy == ["gradio"])


def after(code: str, folder: Path) -> str:
    """What a fresh process prints that runs this code."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "RAPPORTEUR_LIBRARY": str(folder / "library")}
    done = subprocess.run([sys.executable, "-c", code], env=surroundings, cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("corpus.founding", (*HEAVY, "numpy", "pydantic")),
        ("corpus.reading", (*HEAVY, "numpy", "pydantic")),
        ("index.settings", (*HEAVY, "numpy")),
        ("index.store.library", tuple(name for name in HEAVY if name != "faiss")),
        ("index.models.sentence_transformer", HEAVY),
        ("assistant.commands", HEAVY),
    ],
)
def test_a_light_module_loads_nothing_heavy(tmp_path: Path, module: str, without: tuple[str, ...]) -> None:
    assert after(f"import sys, {module}; print([m for m in {without} if m in sys.modules])", tmp_path) == "[]"


def test_importing_any_module_starts_nothing(tmp_path: Path) -> None:
    names = [place(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in SOURCES]
    chosen = [name for name in names if not name.endswith("__main__")]
    code = f"""
import importlib, os, threading
for name in {chosen}:
    importlib.import_module(name)
opened = [os.path.realpath(f"/proc/self/fd/{{number}}") for number in os.listdir("/proc/self/fd")]
sockets = [path for path in opened if "socket:" in path]
children = open(f"/proc/self/task/{{os.getpid()}}/children").read()
print(threading.active_count(), sockets, children, os.listdir("."))
"""
    assert after(code, tmp_path) == "1 []  []"
