"""The surroundings of every test: no network, no telemetry, and nobody's own library."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.grounding.answerability import CALIBRATED, AnswerabilityThresholds
from support import left_out
from support.commands import founded, run  # noqa: F401, fixtures of every test
from support.requirements import require, require_program

# Set before anything is imported that reads them.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
# The ranker is a real model: the slow tests switch it on.
os.environ["RAPPORTEUR_RANKER"] = "false"
# The tests' encoder refuses as the packaged one does, so no reply says that refusals are not calibrated.
CALIBRATED["word counts"] = AnswerabilityThresholds(encoder="word counts")
# For what runs outside a test: the collection, fixtures of a wider scope.
_outside_tests = tempfile.TemporaryDirectory(prefix="rapporteur-tests-")
# Where removed documents are kept for an hour.
os.environ["XDG_RUNTIME_DIR"] = _outside_tests.name
os.environ["RAPPORTEUR_LIBRARY"] = str(Path(_outside_tests.name) / "library")


def pytest_unconfigure() -> None:
    _outside_tests.cleanup()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """End with a line on the tests that were skipped; with CI=true fail when there are more than may be."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or session.config.option.collectonly or hasattr(session.config, "workerinput"):
        return
    reasons = [left_out.reason_of(report) for report in reporter.stats.get("skipped", ())]
    reporter.write_line(left_out.line(reasons))
    if os.environ.get("CI") == "true" and len(reasons) > left_out.BOUND_IN_CI:
        reporter.write_line(f"failed: with CI=true at most {left_out.BOUND_IN_CI} tests may be left out", red=True)
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def library_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a library folder that does not exist yet; commands it starts inherit it."""
    folder = tmp_path / "library"
    monkeypatch.setenv("RAPPORTEUR_LIBRARY", str(folder))
    return folder


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder beside the checkout with the evaluation sets and the records as they were handed over."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    # A newcomer may have another folder of this name there.
    is_ours = all((folder / part).is_dir() for part in ("documents/whitehouse", "evaluation", "records"))
    require(is_ours, "../shared", "put the folder with the evaluation sets and records beside the checkout")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser that the browser tests drive."""
    return Path(require_program("chromium"))
