"""Hold the source files to the layout: imports between packages, circles, folders, SQL, settings, names, docstrings."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import structure
from benchmarks.structure import Module, read_modules

ROOT = Path(__file__).resolve().parents[1]
MODULES = read_modules()
FILES = {module.name: module.path for module in MODULES}
APP = Module("app.py", (ROOT / "app.py").read_text("utf-8"))
HEAVY = (
    *("torch", "openvino", "faiss", "sentence_transformers", "transformers", "gradio", "safetensors", "tokenizers"),
    "nupunkt",
    "sudachipy",
)

# The packages that each may import beside itself; "corpus" stands for the files of corpus/ itself.
_LANGUAGE = "corpus.language"
_RECORDS = "corpus corpus.outline corpus.language"
_INDEX = "index index.models index.search"
_QUESTION = f"{_RECORDS} {_INDEX} assistant assistant.citations"
_SHOWN = (
    "assistant.understanding assistant.retrieval assistant.evidence assistant.history assistant.export"
    " assistant.verification assistant.users"
)
_FILES = "corpus.discovery corpus.sandbox"
MAY_IMPORT = {
    "corpus.language": "",
    "corpus.outline": "corpus corpus.language",
    "corpus.readers": _RECORDS,
    "corpus.metadata": _RECORDS,
    "corpus.discovery": f"{_RECORDS} corpus.metadata corpus.readers",
    "corpus.sandbox": f"{_RECORDS} corpus.discovery",
    "corpus": f"{_LANGUAGE} corpus.outline corpus.discovery corpus.metadata corpus.readers",
    "index.models": f"{_RECORDS} index",
    "index.search": f"{_RECORDS} index index.models",
    "index.private": f"{_RECORDS} corpus.discovery {_INDEX}",
    **dict.fromkeys(structure.STORES, f"{_RECORDS} {_INDEX}"),
    "index": f"{_RECORDS} {_FILES} corpus.metadata {_INDEX} {' '.join(structure.STORES)}",
    "assistant.citations": f"{_RECORDS} index",
    "assistant.understanding": _QUESTION,
    "assistant.retrieval": f"{_QUESTION} assistant.understanding",
    "assistant.grounding": f"{_QUESTION} assistant.understanding assistant.retrieval",
    "assistant.reading": f"{_QUESTION} assistant.understanding assistant.retrieval assistant.minutes",
    "assistant.minutes": f"{_QUESTION} assistant.understanding",
    "assistant.replies": f"{_QUESTION} assistant.understanding assistant.minutes corpus.metadata",
    "assistant": f"{_QUESTION} assistant.understanding assistant.retrieval assistant.grounding assistant.reading"
    " assistant.minutes assistant.replies",
    "assistant.evidence": f"{_QUESTION} assistant.users",
    "assistant.history": f"{_QUESTION} assistant.users",
    "assistant.users": "corpus index index.private",
    "assistant.verification": f"{_QUESTION} assistant.understanding assistant.minutes corpus.readers corpus.sandbox",
    "assistant.export": f"{_QUESTION} assistant.evidence",
    "assistant.web": f"{_QUESTION} {_SHOWN} {_FILES} assistant.minutes assistant.replies",
    "assistant.commands": f"{_QUESTION} {_SHOWN} {_FILES} assistant.web",
}
# What is not so yet; each line goes with the change that ends it.
EXCEPTIONS = {
    ("corpus.language", "corpus"),
}
MOST_SETTINGS = 15
MOST_FILES_OF_A_FOLDER = 20
MOST_INDIRECT_DOCSTRINGS = {"corpus": 0, "index": 0, "assistant": 0, "benchmarks": 0}
SHARED_CLASS_NAMES: set[str] = set()


def package_of(path: str) -> str:
    """Return the package of a file, of two parts at most: "corpus", "corpus.readers"."""
    return ".".join(path.split("/")[:-1][:2])


def imported_packages() -> Iterator[tuple[str, str, str]]:
    """Yield each import of one of our packages by another: the file, its package, the imported package."""
    for module in MODULES:
        for name in module.imports() & FILES.keys():
            here, there = package_of(module.path), package_of(FILES[name])
            if here != there:
                yield module.path, here, there


def third_party(module: Module, deferred: bool = True) -> set[str]:
    return {name.partition(".")[0] for name in module.imports(deferred)}


def test_a_package_imports_only_what_the_table_allows() -> None:
    wrong = {
        f"{path}: {there}"
        for path, here, there in imported_packages()
        if there not in MAY_IMPORT[here].split() and (here, there) not in EXCEPTIONS
    }
    assert wrong == set()


def test_the_page_is_started_through_the_assistant() -> None:
    assert third_party(APP) & {*structure.PACKAGES, "benchmarks", "tests"} == {"assistant"}


def test_nothing_of_ours_imports_benchmarks_or_tests() -> None:
    assert [m.path for m in MODULES if third_party(m) & {"benchmarks", "tests", "support", "app"}] == []


def test_the_store_is_imported_by_the_file_that_opens_libraries() -> None:
    assert {path for path, _, there in imported_packages() if there in structure.STORES} == {"index/library.py"}


def test_no_files_import_each_other() -> None:
    assert structure.import_circles(MODULES) == []


def test_no_folder_holds_too_many_files() -> None:
    assert structure.largest_folder(MODULES)[1] <= MOST_FILES_OF_A_FOLDER


def test_sql_is_in_the_store_alone() -> None:
    assert structure.files_with_sql(MODULES) == []
    assert {
        m.path for m in MODULES if "sqlite3" in third_party(m) and package_of(m.path) not in structure.STORES
    } == set()


def test_the_environment_changes_few_settings() -> None:
    assert len(structure.settings(MODULES)) <= MOST_SETTINGS


def test_one_class_name_is_one_class() -> None:
    assert structure.duplicate_classes(MODULES).keys() <= SHARED_CLASS_NAMES


@pytest.mark.parametrize(("package", "most"), MOST_INDIRECT_DOCSTRINGS.items())
def test_docstrings_name_what_they_describe(package: str, most: int) -> None:
    found = structure.indirect_docstrings(read_modules(packages=(package,)))
    assert len(found) <= most, found


@pytest.mark.parametrize(
    ("library", "files"),
    [
        ("faiss", ["index/search/vector_index.py"]),
        ("sentence_transformers", ["index/models/export.py"]),
    ],
)
def test_a_heavy_library_is_imported_by_one_file(library: str, files: list[str]) -> None:
    assert [module.path for module in MODULES if library in third_party(module)] == files


def test_gradio_is_imported_by_the_page_alone() -> None:
    users = [module.path for module in MODULES if "gradio" in third_party(module)]
    assert users != []
    assert [user for user in users if not user.startswith("assistant/web/")] == []


def test_nothing_heavy_is_loaded_by_importing_what_does_not_need_it() -> None:
    """Importing the page loads gradio, and nothing else is heavy."""
    loaded = {module.path: third_party(module, deferred=False) & set(HEAVY) for module in MODULES}
    users = {path: heavy for path, heavy in loaded.items() if heavy}
    assert [path for path, heavy in users.items() if heavy != {"gradio"}] == []
    assert all(path.startswith("assistant/web/") for path in users)


def printed_by(code: str, folder: Path) -> str:
    """Return what a fresh process prints that runs this code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RAPPORTEUR_LIBRARY": str(folder / "library")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("corpus.reading", (*HEAVY, "numpy", "pydantic")),
        ("index.settings", (*HEAVY, "numpy", "asyncio")),
        ("index.store.library", (*HEAVY, "corpus.reading", "corpus.readers.plain")),
        ("index.models.sentence_transformer", HEAVY),
        ("assistant.commands", HEAVY),
    ],
)
def test_a_light_module_loads_nothing_heavy(tmp_path: Path, module: str, without: tuple[str, ...]) -> None:
    assert printed_by(f"import sys, {module}; print([m for m in {without} if m in sys.modules])", tmp_path) == "[]"


def test_importing_any_module_starts_nothing(tmp_path: Path) -> None:
    names = [name for name in (*FILES, "app") if not name.endswith("__main__")]
    code = f"""
import importlib, os, threading
for name in {names}:
    importlib.import_module(name)
opened = [os.path.realpath(f"/proc/self/fd/{{number}}") for number in os.listdir("/proc/self/fd")]
sockets = [path for path in opened if "socket:" in path]
children = open(f"/proc/self/task/{{os.getpid()}}/children").read()
print(threading.active_count(), sockets, children, os.listdir("."))
"""
    assert printed_by(code, tmp_path) == "1 []  []"
