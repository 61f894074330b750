from threading import Event, current_thread, main_thread

import pytest

from assistant.commands import session
from index.models.ensemble import Ensemble
from index.models.loading import ModelLoading
from support.word_counts import WordCounts


class Loaded(WordCounts):
    """An encoder that notes the name of the thread which loads it; the loading waits until it may go on."""

    def __init__(self, may_load: Event, name: str = "word counts") -> None:
        super().__init__(name)
        self.in_thread = ""
        self.is_loaded = Event()
        self._may_load = may_load

    def load(self) -> None:
        assert self._may_load.wait(60)
        self.in_thread = current_thread().name
        self.is_loaded.set()


class Broken:
    def load(self) -> None:
        raise OSError("no such file")


def test_models_are_loaded_in_one_thread_that_nobody_waits_for() -> None:
    may_load = Event()
    first, second = Loaded(may_load), Loaded(may_load)
    with ModelLoading() as loading:
        for model in (first, Broken(), None, WordCounts(), second):
            loading.add(model)
    assert not first.is_loaded.is_set()
    may_load.set()
    assert first.is_loaded.wait(60)
    assert second.is_loaded.wait(60)
    assert first.in_thread == second.in_thread != main_thread().name


def test_an_ensemble_loads_the_encoders_that_can_be_loaded() -> None:
    may_load = Event()
    may_load.set()
    second = Loaded(may_load, "second")
    Ensemble(WordCounts("first"), second, 0.5).load()
    assert second.is_loaded.is_set()


def test_a_command_loads_the_installed_encoder_while_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    may_load = Event()
    encoder = Loaded(may_load)

    def installed(_: object) -> WordCounts:
        return encoder

    monkeypatch.setattr(session, "installed_encoder", installed)
    session.LibraryOptions(installed, None, no_records=True).open_assistant()
    assert not encoder.is_loaded.is_set()
    may_load.set()
    assert encoder.is_loaded.wait(60)
