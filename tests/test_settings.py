"""Settings come from the environment where none are given, checked like given ones."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from index.settings import Settings


@pytest.mark.parametrize("name", ["RAPPORTEUR_PAGES", "rapporteur_pages", "Rapporteur_Pages"])
def test_the_environment_sets_a_value_under_letters_of_either_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "7")
    assert (Settings().pages, Settings().limits.pages) == (7, 7)
    assert Settings(pages=9).pages == 9


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("library", "/tmp/a b", Path("/tmp/a b")),
        ("ranker", "0", False),
        ("ranker", "TRUE", True),
        ("second_encoder_weight", "0.5", 0.5),
        ("model", "my model", "my model"),
    ],
)
def test_a_value_is_read_as_its_kind(name: str, value: str, read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"RAPPORTEUR_{name.upper()}", value)
    assert getattr(Settings(), name) == read


@pytest.mark.parametrize(("name", "value"), [("pages", "0"), ("pages", ""), ("model", ""), ("ranker", "maybe")])
def test_a_wrong_value_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"RAPPORTEUR_{name.upper()}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert [(error["loc"], error["input"]) for error in refused.value.errors()] == [((name,), value)]


def test_other_variables_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_LIMITS", "4")
    monkeypatch.setenv("PAGES", "4")
    assert Settings().pages == Settings.model_fields["pages"].default
