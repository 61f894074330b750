"""Fill libraries and indexes of a size with the same passages, once, and keep them in the user's cache."""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed import texts
from benchmarks.speed.processes import measure
from benchmarks.speed.systems import CACHE, HERE, Peer, Rapporteur, model_folder, peer_versions
from index.models.registry import load_encoder
from index.settings import Settings
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

    A store of an earlier run with the same texts, encoder and versions is used again.
    """
    folder = CACHE / "stores"
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    founding = texts.founding_passages()
    files = texts.files_up_to(size - len(founding), folder / "texts")
    passages = founding + [passage for file in files for passage in file.passages]
    digest = hashlib.sha256(json.dumps(passages).encode()).hexdigest()[:12]
    stores = []
    for system in systems:
        store = Store(system, _place(system, folder, f"{size}-{digest}"), len(passages))
        print(f"{len(passages):,} passages: {system.name}, {system.encoder} ...", file=sys.stderr, flush=True)
        if isinstance(system, Rapporteur):
            _fill_library(system, store.place, [file.path for file in files])
        else:
            _fill_index(system, store.place, passages)
        stores.append(store)
    return stores


def _place(system: Rapporteur | Peer, folder: Path, texts_of_it: str) -> Path:
    """Return the place of a store; that of another revision lies beside its checkout and is not kept."""
    if isinstance(system, Peer):
        made_by = f"{peer_versions()} {system.encoder} {model_folder(system.encoder)}"  # which an index names
    elif system.checkout == HERE:
        made_by = f"schema {VERSION}, {load_encoder(Settings()).name}, {Settings().stamp}"
    else:
        folder, made_by = system.checkout.parent, ""
    key = hashlib.sha256(made_by.encode()).hexdigest()[:8]
    return folder / f"{system.name}-{texts_of_it}-{key}".replace(" ", "-")


def _fill_library(system: Rapporteur, place: Path, files: Sequence[Path]) -> None:
    """Add the files, some at a time: a run that is interrupted goes on where it was."""
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
