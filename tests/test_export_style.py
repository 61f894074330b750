"""Load the program's five styles and any other CSL file, or refuse it in one line."""

from pathlib import Path

import pytest

from assistant.export import StyleRefused
from assistant.export.bibliography.references import references, text_of
from assistant.export.bibliography.style import STYLE_FILES, Style
from support.sample_reports import DAY, METI

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title></info>'
OWN = (
    f'<?xml version="1.0"?>{HEAD}<citation><layout><text variable="title"/></layout></citation>'
    '<bibliography><layout suffix="!"><text variable="title" font-weight="bold"/></layout></bibliography></style>'
)


def written(folder: Path, text: str | bytes, name: str = "own.csl") -> str:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(folder / name)


@pytest.mark.parametrize("name", [*STYLE_FILES, *STYLE_FILES.values(), "APA"])
def test_each_shipped_style_has_its_short_and_its_long_name(name: str) -> None:
    assert Style.of(name).is_note == ("chicago" in name)


def test_the_shipped_files_keep_their_notices() -> None:
    for name in STYLE_FILES:
        source = Style.of(name).source.decode()
        assert "http://creativecommons.org/licenses/by-sa/3.0/" in source
        assert "<author>" in source


def test_any_other_style_is_taken_by_its_path(tmp_path: Path) -> None:
    found = references([METI], Style.of(written(tmp_path, OWN)), DAY)
    assert [(run.text, run.bold) for run in found.entries[0]] == [(METI.title, True), ("!", False)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "does not parse"),
        ("not xml", "does not parse"),
        (OWN[:-20], "does not parse"),
        ("<html/>", "no style of the Citation Style Language"),
        ('<!DOCTYPE style [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + OWN.partition("?>")[2], "no style of the"),
        (f"{HEAD}</style>", "has no citation element"),
        (
            HEAD.replace("</info>", '<link rel="independent-parent" href="http://x/apa"/></info>') + "</style>",
            "only points at another style; give that file: http://x/apa",
        ),
        (b"\x00\xff" * 99, "does not parse"),
    ],
)
def test_a_file_that_is_no_style_is_refused_in_one_line(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(StyleRefused, match=says) as refused:
        Style.of(written(tmp_path, text))
    assert "\n" not in str(refused.value)


def test_a_style_that_cannot_be_rendered_is_refused_in_one_line(tmp_path: Path) -> None:
    endless = OWN.replace("<citation>", '<macro name="m"><text macro="m"/></macro><citation>')
    endless = endless.replace('<text variable="title"/>', '<text macro="m"/>')
    with pytest.raises(
        StyleRefused, match=r"own\.csl: asks for something that is not supported; try another"
    ) as refused:
        references([METI], Style.of(written(tmp_path, endless)), DAY)
    assert "\n" not in str(refused.value)


def test_an_unknown_name_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StyleRefused, match="harvard: no such style; name one of apa, chicago, mla, ieee, iso690"):
        Style.of("harvard")
    with pytest.raises(StyleRefused, match=r"none\.csl: cannot be read \(No such file or directory\)"):
        Style.of(str(tmp_path / "none.csl"))
    (tmp_path / "folder.csl").mkdir()
    with pytest.raises(StyleRefused, match=r"cannot be read \(Is a directory\)"):
        Style.of(str(tmp_path / "folder.csl"))


def test_a_style_without_a_list_gives_the_citation_instead(tmp_path: Path) -> None:
    alone = OWN[: OWN.index("<bibliography>")] + "</style>"
    found = references([METI], Style.of(written(tmp_path, alone)), DAY)
    assert text_of(found.entries[0]) == METI.title
