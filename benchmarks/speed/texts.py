"""The texts that are added: founding records, releases and texts of public sets, as files and as passages."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.datasets import dev_questions, evenly_spaced, read_jsonl, releases_folder
from corpus.passages import split
from corpus.reading import founding_records, read
from index.settings import Settings

_TEXTS_OF_A_FILE = 50
_STEP = 20
_QUESTIONS = (
    "Who was absent from the G20 meeting of April 2020?",
    "Who represented METI in August 2021?",
    "What did the ministers say about smart cities?",
    "What was decided in Bali in 2022?",
)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that is added, with the passages that it is cut into."""

    path: Path
    passages: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> "TextFile":
        """Read a file and cut it as the library does."""
        return cls(path, tuple(p.text for p in split(read(path), Settings().passage_characters)))


def founding_passages() -> list[str]:
    """Return the passages of the founding records, which are in every library."""
    return [p.text for record in founding_records() for p in split(record, Settings().passage_characters)]


def releases(number: int | None) -> list[TextFile]:
    """Return releases at equal distances, all for None; nothing where ../shared/documents is missing."""
    return [TextFile.of(path) for path in evenly_spaced(_release_paths(), number)]


def files_up_to(passages: int, folder: Path) -> list[TextFile]:
    """Return files with about this many passages: the releases, then texts of SQuAD 2.0 and MTRAG, 50 in a file.

    No passage is made up or repeated beyond what the texts repeat themselves; there are fewer where the texts end.
    """
    chosen: list[TextFile] = []
    for file in _all_files(folder):
        if passages <= 0:
            break
        chosen.append(file)
        passages -= len(file.passages)
    return chosen


def questions(most: int) -> list[str]:
    """Return dev questions without a conversation before them, at equal distances, or four where they are missing."""
    path = dev_questions()
    if path is None:
        return list(_QUESTIONS)
    return evenly_spaced([str(r["question"]) for r in read_jsonl(path) if not r.get("history")], most)


def first_question() -> str:
    """Return the question of a cold start."""
    return _QUESTIONS[0]


def write_json(path: Path, values: Sequence[str]) -> Path:
    """Write texts as a JSON list and return the file."""
    path.write_text(json.dumps(list(values)), "utf-8")
    return path


def _release_paths() -> list[Path]:
    return sorted(releases_folder().glob("*.md")) if releases_folder().is_dir() else []


def _all_files(folder: Path) -> Iterator[TextFile]:
    # Spread over the years, so that a small library is not about one month.
    paths = _release_paths()
    yield from (TextFile.of(path) for step in range(_STEP) for path in paths[step::_STEP])
    public = releases_folder().parents[1] / "evaluation" / "public"
    for name in ("squad2", "mtrag"):
        corpus = public / name / "corpus.jsonl"
        texts = list(dict.fromkeys(r["text"] for r in read_jsonl(corpus))) if corpus.is_file() else []
        for start in range(0, len(texts), _TEXTS_OF_A_FILE):
            path = folder / f"{name}-{start}.txt"
            path.write_text("\n\n".join(texts[start : start + _TEXTS_OF_A_FILE]), "utf-8")
            yield TextFile.of(path)
