"""Measure the structure of the code, such as the files that a question enters: `python -m benchmarks.structure`."""

import argparse
import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.call_tracer import trace_command
from benchmarks.figures import Cell, markdown_table

PACKAGES = ("corpus", "index", "assistant")
# The packages that store libraries: SQL is allowed in them, and only index/library.py imports them.
STORES = ("index.store",)
QUESTION = "Who was absent from the G20 meeting of April 2020?"
_ROOT = Path(__file__).resolve().parents[1]
_MONTHS = "January February March April May June July August September October November December".split()
_COUNTRIES = "Argentina Australia Brazil Canada China France Germany India Indonesia Italy Japan Mexico Turkey".split()
_SQL = re.compile(
    r"\b(?:SELECT\s.+?\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|CREATE\s+(?:VIRTUAL\s+)?TABLE"
    r"|PRAGMA\s+\w+|SAVEPOINT|BEGIN\s+\w+)\b",
    re.DOTALL,
)
_CJK_RANGE = re.compile(
    r"(?:[\u3000-\u9fff\uf900-\uffef]|\\u[3-9f][\da-f]{3})-(?:[\u3000-\u9fff\uf900-\uffef]|\\u[3-9f])"
)
_INDIRECT_DOCSTRING = re.compile(r"(?:Whether|What|How|Which)\b")


@dataclass(frozen=True)
class Module:
    """A Python file of the project: its path below the root, with "/", and its source."""

    path: str
    text: str

    @property
    def name(self) -> str:
        """The name that it is imported under."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.text)

    def imports(self, deferred: bool = True) -> set[str]:
        """Return the modules that it imports; without `deferred`, only those loaded when it is itself imported."""
        names: set[str] = set()
        for node in _nodes(self.tree, deferred):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                names.update((node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)))
        return names

    def strings(self) -> list[str]:
        """Return its string constants without docstrings."""
        docstrings = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        constants = (
            node for node in ast.walk(self.tree) if isinstance(node, ast.Constant) and id(node) not in docstrings
        )
        return [node.value for node in constants if isinstance(node.value, str)]

    def docstrings(self) -> list[str]:
        """Return the docstrings of the module, its classes and its functions."""
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, kinds))
        return [text for node in nodes if (text := ast.get_docstring(node))]


def read_modules(root: Path = _ROOT, packages: Sequence[str] = PACKAGES) -> list[Module]:
    """Read the Python files of some packages in the order of their paths."""
    paths = sorted(path for package in packages for path in (root / package).rglob("*.py"))
    return [Module(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in paths]


def files_with_sql(modules: Iterable[Module]) -> list[str]:
    """Return the files with an SQL statement outside the packages that store libraries."""
    stores = tuple(f"{package}." for package in STORES)
    return [m.path for m in modules if not m.name.startswith(stores) and any(map(_SQL.search, m.strings()))]


def files_with_language(modules: Iterable[Module]) -> dict[str, list[str]]:
    """Return the files outside corpus/language with three names of months or countries, or with a range of CJK."""
    files: dict[str, list[str]] = {"months": [], "countries": [], "CJK ranges": []}
    for module in modules:
        if not module.path.startswith("corpus/language/"):
            strings = "\n".join(module.strings())
            words = set(re.findall(r"[A-Z][a-z]+", strings))
            for kind, names in (("months", _MONTHS), ("countries", _COUNTRIES)):
                if len(words.intersection(names)) > 2:
                    files[kind].append(module.path)
            if _CJK_RANGE.search(strings):
                files["CJK ranges"].append(module.path)
    return files


def import_circles(modules: Sequence[Module], deferred: bool = True) -> list[list[str]]:
    """Return the groups of modules that import each other; without `deferred`, only at the level of the module."""
    names = {module.name for module in modules}
    imported = {module.name: module.imports(deferred) & names - {module.name} for module in modules}
    reached = {name: _reachable(name, imported) for name in names}
    circles = {frozenset(n for n in reached[name] if name in reached[n]) for name in names if name in reached[name]}
    return sorted(sorted(circle) for circle in circles)


def duplicate_classes(modules: Iterable[Module]) -> dict[str, list[str]]:
    """Return the names that several classes have, with the files of these."""
    files: dict[str, list[str]] = defaultdict(list)
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                files[node.name.lstrip("_")].append(module.path)
    return {name: paths for name, paths in sorted(files.items()) if len(paths) > 1}


def indirect_docstrings(modules: Iterable[Module]) -> list[str]:
    """Return the first lines of docstrings that begin with Whether, What, How or Which, with their file."""
    return [
        f"{m.path}: {text.splitlines()[0]}"
        for m in modules
        for text in m.docstrings()
        if _INDIRECT_DOCSTRING.match(text)
    ]


def settings(modules: Iterable[Module]) -> list[str]:
    """Return the settings that the environment can change."""
    (module,) = (module for module in modules if module.path == "index/settings.py")
    (node,) = (n for n in module.tree.body if isinstance(n, ast.ClassDef) and n.name == "Settings")
    return [n.target.id for n in node.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)]


def largest_folder(modules: Iterable[Module]) -> tuple[str, int]:
    """Return the folder with the most Python files, and their number."""
    return Counter(module.path.rpartition("/")[0] for module in modules).most_common(1)[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures of a checkout as a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.structure", description=main.__doc__)
    parser.add_argument("root", type=Path, nargs="?", default=_ROOT, help="the checkout; this one by default")
    root = parser.parse_args(arguments).root.resolve()
    print(markdown_table(["measure", "value"], list(measures(root))))
    return 0


def measures(root: Path) -> Iterator[tuple[str, Cell]]:
    """Yield the measures of a checkout, each with its name."""
    modules = read_modules(root)
    everything = read_modules(root, (*PACKAGES, "benchmarks"))
    language: Mapping[str, list[str]] = files_with_language(modules)
    yield "files and functions that a question enters", "{} and {}".format(*trace_command(root, "ask", QUESTION))
    yield (
        "files and functions that `add` of a short .md enters",
        "{} and {}".format(*trace_command(root, "add", "{}.md")),
    )
    yield "Python files in the largest folder", "{1} in {0}".format(*largest_folder(modules))
    yield "files with SQL outside index/store", len(files_with_sql(modules))
    for kind, files in language.items():
        yield f"files with {kind} outside corpus/language", len(files)
    yield "settings from the environment", len(settings(modules))
    yield "Python files without tests", len(everything) + (root / "app.py").is_file()
    yield "Python lines without tests", sum(m.text.count("\n") for m in everything)
    yield (
        "circles of files (at the level of the module)",
        f"{len(import_circles(modules))} ({len(import_circles(modules, deferred=False))})",
    )
    yield "docstrings that begin with Whether, What, How or Which", len(indirect_docstrings(everything))
    yield "class names that several classes have", len(duplicate_classes(modules))


def _nodes(node: ast.AST, deferred: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        in_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        for_types = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        if deferred or not (in_function or for_types):
            yield child
            yield from _nodes(child, deferred)


def _reachable(start: str, imported: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        new = imported[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached


if __name__ == "__main__":
    sys.exit(main())
