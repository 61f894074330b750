"""Import Gradio and build its page without what takes time and is not used here: editors' stubs, counts, spare apps.

Also without the description of each component that it keeps for each browser session.
"""

import copy
import inspect
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any


def import_gradio() -> None:
    """Import Gradio without its counts of events, the stubs (.pyi) that it writes for editors, and descriptions."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    # Otherwise each event is counted in a table of all events, for a dashboard that is closed here.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
    if "gradio" not in sys.modules:
        _import_without_stubs()
    _describe_no_components()
    _draw_nothing()


def _import_without_stubs() -> None:
    """Import Gradio, which parses each component's source and writes a stub beside it: over a third of the import.

    It leaves out a class that has no source file, so its own have none while it is imported.
    """
    file_of = inspect.getfile

    def file_of_others(value: Any) -> str:
        if isinstance(value, type) and value.__module__.startswith("gradio."):
            raise OSError
        return file_of(value)

    inspect.getfile = file_of_others  # type: ignore[assignment]
    try:
        import gradio  # noqa: F401
    finally:
        inspect.getfile = file_of


def _describe_no_components() -> None:
    """Keep Gradio from describing components for each session, with a JSON schema of their values at each update.

    Only its links to a shared state of a page read the descriptions, and this page has none. They took a fifth of the
    processor time of a question.
    """
    from gradio import state_holder
    from gradio.blocks import BlocksConfig

    def undescribed(config: BlocksConfig) -> BlocksConfig:
        of_session = copy.copy(config)
        of_session.config_for_block = lambda *_: {}  # type: ignore[method-assign]
        return of_session

    state_holder.copy = undescribed  # type: ignore[assignment, attr-defined]


def _draw_nothing() -> None:
    """Keep Gradio from looking for matplotlib around each step of a handler, through all folders of packages."""
    from gradio import utils

    utils.MatplotlibBackendMananger = nullcontext  # type: ignore[misc, assignment]


@contextmanager
def building_one_app() -> Iterator[None]:
    """Keep Gradio from making a web application at each step of building the page.

    Mounting the page makes the one that serves. Each has a hundred endpoints, and only `launch`, which is not used,
    reads the others.
    """
    from gradio.routes import App

    create = App.create_app
    App.create_app = staticmethod(lambda *_, **__: None)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        App.create_app = staticmethod(create)  # type: ignore[method-assign]
