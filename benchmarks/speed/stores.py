"""Fill libraries and indexes of a size with the same passages, once, and keep them in the user's cache."""

import hashlib
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed import texts
from benchmarks.speed.processes import CommandFailed, measure
from benchmarks.speed.systems import CACHE, Peer, Rapporteur, peer_versions
from index.store.schema import VERSION

_FILES_AT_ONCE = 25
_PASSAGES_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Store:
    """A library, or an index of a peer.

    Attributes:
        system: the program that it belongs to.
        place: its file or folder.
        passages: how many passages it holds.
    """

    system: Rapporteur | Peer
    place: Path
    passages: int


def fill_stores(systems: Sequence[Rapporteur | Peer], size: int) -> list[Store]:
    """Return a store of each program with the founding records and further texts, about `size` passages in all.

    A store of an earlier run is used again if it has the same texts and can be added to.
    """
    folder = CACHE / "stores"
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    founding = texts.founding_passages()
    files = texts.files_up_to(size - len(founding), folder / "texts")
    passages = founding + [passage for file in files for passage in file.passages]
    digest = hashlib.sha256(json.dumps(passages).encode()).hexdigest()[:12]
    stores = []
    for system in systems:
        version = f"schema {VERSION}" if isinstance(system, Rapporteur) else peer_versions()
        key = hashlib.sha256(f"{digest} {version} {system}".encode()).hexdigest()[:12]
        store = Store(system, folder / f"{system.name}-{size}-{key}".replace(" ", "-"), len(passages))
        print(f"{len(passages):,} passages: {system.name}, {system.encoder} ...", file=sys.stderr, flush=True)
        if isinstance(system, Rapporteur):
            _fill_library(system, store.place, [file.path for file in files])
        else:
            _fill_index(system, store.place, passages)
        stores.append(store)
    return stores


def _fill_library(system: Rapporteur, place: Path, files: Sequence[Path]) -> None:
    """Add the files, some at a time: a run that is interrupted goes on where it was."""
    try:
        measure(system.command("list", "--library", place), system.env)
    except CommandFailed:  # its vectors come from an earlier form of the encoders
        shutil.rmtree(place)
        measure(system.command("list", "--library", place), system.env)
    done = place.with_suffix(".files")
    first = int(done.read_text("utf-8")) if done.is_file() else 0
    for start in range(first, len(files), _FILES_AT_ONCE):
        batch = files[start : start + _FILES_AT_ONCE]
        measure(system.command("add", *batch, "--library", place), system.env)
        done.write_text(str(start + len(batch)), "utf-8")
        print(f"  files added: {start + len(batch)} of {len(files)}", file=sys.stderr, flush=True)


def _fill_index(system: Peer, place: Path, passages: Sequence[str]) -> None:
    done, input_file = place.with_suffix(".passages"), place.with_suffix(".json")
    first = int(done.read_text("utf-8")) if done.is_file() else 0
    for start in range(first, len(passages), _PASSAGES_AT_ONCE):
        batch = passages[start : start + _PASSAGES_AT_ONCE]
        measure(system.command("add", texts.write_json(input_file, batch), place))
        input_file.unlink()
        done.write_text(str(start + len(batch)), "utf-8")
        print(f"  passages added: {start + len(batch)} of {len(passages)}", file=sys.stderr, flush=True)
