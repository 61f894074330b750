import glob
from pathlib import Path

import pytest

from corpus.discovery.patterns import expand_pattern


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("m/a.md", "m/b.txt", "m/d/e.md", "m/d/f/g.md", "m/.h/i.md", "m/.j.md", "n/[a].md", "k.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("They met.\n")
    return tmp_path


@pytest.mark.parametrize(
    "pattern",
    [
        "*.md",
        "m/*.md",
        "m/**/*.md",
        "**/*.md",
        "**/d/*.md",
        "**/**/e.md",
        "m/**",
        "m/.*.md",
        "m/?/e.md",
        "[mn]/*",
        "n/[[]a].md",
        "no/*.md",
        "./m/*.md",
        "m/a.md/*",
        "m/../*.md",
    ],
)
def test_a_pattern_means_what_it_means_to_glob(folder: Path, pattern: str) -> None:
    for each in (pattern, f"{folder}/{pattern}"):
        found = {Path(path) for path in glob.glob(each, recursive=True) if Path(path).is_file()}
        assert [Path(path) for path in expand_pattern(each, 100)] == sorted(found, key=lambda path: str(path))


def test_links_in_a_circle_are_not_followed(folder: Path) -> None:
    (folder / "m" / "x").symlink_to(".")
    (folder / "m" / "y").symlink_to("..")
    assert expand_pattern("m/**/*.md", 100) == ["m/a.md", "m/d/e.md", "m/d/f/g.md"]


def test_a_well_of_folders_ends(folder: Path) -> None:
    assert expand_pattern("m/**/*.md", 1) == ["m/a.md", "m/d/e.md"]
