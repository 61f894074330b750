"""Load models in a thread, while a command imports the modules that use them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, runtime_checkable


@runtime_checkable
class Loadable(Protocol):
    """A model that is loaded at its first use, or before."""

    def load(self) -> None:
        """Load the model now."""
        ...


class ModelLoading:
    """Loads models in one thread, one after the other. What cannot be loaded raises where it is used.

    Use it in a `with` block, whose end does not wait for the models.
    """

    def __enter__(self) -> "ModelLoading":
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="loading models")
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(wait=False)

    def add(self, model: object) -> None:
        """Load a model behind those that were added before; nothing where it is of a kind that needs no loading."""
        if isinstance(model, Loadable):
            self._thread.submit(model.load)
