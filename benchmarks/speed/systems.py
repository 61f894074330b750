"""The compared programs, each as the commands that add texts and that ask: Rapporteur, the bare encoders, two peers.

The peers are installed once into a virtual environment in the user's cache, which sees the packages of this one, so
that all run the same torch and sentence-transformers.
"""

import json
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from index.models import e5, minilm

CACHE = user_cache_path("rapporteur", appauthor=False) / "benchmarks"
HERE = Path(__file__).resolve().parents[2]
E5, MINILM = "multilingual-e5-small", "all-MiniLM-L6-v2"
BOTH = f"{E5}, {MINILM}"
BARE = "SentenceTransformer.encode"
_PINS = ("haystack-ai==3.4.1", "sentence-transformers-haystack==2.0.0", "txtai==9.14.0")
_PROGRAM = Path(__file__).with_name("peer_program.py")
_STAMP = "installed.json"


@dataclass(frozen=True, slots=True)
class Rapporteur:
    """A checkout of this project, run as a user runs it.

    Attributes:
        name: its name in the tables.
        encoder: the encoders of its library.
        checkout: the folder of its code.
    """

    name: str = "Rapporteur"
    encoder: str = BOTH
    checkout: Path = HERE

    @property
    def env(self) -> dict[str, str]:
        """The environment of its commands."""
        model = {} if self.encoder == BOTH else {"RAPPORTEUR_MODEL": self.encoder}
        return {"PYTHONPATH": str(self.checkout), **model}

    def command(self, *words: str | Path) -> list[str | Path]:
        """Return a command line of the program."""
        return [sys.executable, "-m", "assistant.commands", *words]


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that indexes a file of passages, run in the environment of the peers.

    Attributes:
        name: its name in the tables.
        system: its name in peer_program.py.
        encoder: the encoders that it uses.
        python: the interpreter that runs it.
    """

    name: str
    system: str
    encoder: str
    python: Path

    def command(self, action: str, texts: Path, store: Path) -> list[str | Path]:
        """Return the command line that adds the texts of a JSON file to a store, or asks them."""
        return [self.python, _PROGRAM, self.system, action, texts, store, *map(model_folder, self.encoder.split(", "))]


def bare(encoder: str) -> Peer:
    """Return the plain encoders: `SentenceTransformer.encode`, one pass each."""
    return Peer(BARE, "bare", encoder, Path(sys.executable))


def peers(encoders: Sequence[str]) -> list[Peer]:
    """Return Haystack and txtai with each encoder; none, with a line that says why, where pip cannot install them."""
    python = _environment()
    if python is None:
        return []
    return [
        Peer(name, system, encoder, python)
        for encoder in encoders
        for name, system in (("Haystack hybrid", "haystack"), ("txtai hybrid", "txtai"))
    ]


def check_out(revision: str, folder: Path) -> Path:
    """Write a revision of this repository into a folder and return the folder."""
    if not folder.exists():
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(HERE), str(folder)], check=True)
        subprocess.run(["git", "checkout", "--quiet", "--detach", revision], cwd=folder, check=True)
    return folder


def peer_versions() -> str:
    """Return the versions of the peers that are compared."""
    return ", ".join(pin.replace("==", " ") for pin in _PINS)


def _environment() -> Path | None:
    folder = CACHE / "peers"
    scripts = sysconfig.get_path("scripts", "venv", {"base": str(folder)})
    python, stamp = Path(scripts) / Path(sys.executable).name, folder / _STAMP
    packages = sysconfig.get_path("purelib")
    wanted = json.dumps([_PINS, packages, sys.version])
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    print(f"installing {peer_versions()} into {folder}, once ...", file=sys.stderr, flush=True)
    venv.create(folder, clear=True, with_pip=True)
    theirs = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    (theirs / "of-the-project.pth").write_text(f"{packages}\n", "utf-8")
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_PINS]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["pip failed"])[-1][:200]
        print(f"Haystack and txtai are left out: they cannot be installed ({reason})", file=sys.stderr, flush=True)
        return None
    stamp.write_text(wanted, "utf-8")
    return python


def model_folder(encoder: str) -> Path:
    """Return the folder of an encoder, by its name."""
    return {E5: e5.folder, MINILM: minilm.folder}[encoder]()
