"""Load the models in the background, so that they are ready, or nearly so, when the first question needs them."""

from contextlib import suppress
from threading import Thread

from index.models.encoder import Encoder
from index.models.ranker import Ranker


def load_in_background(encoder: Encoder, ranker: Ranker | None) -> Thread:
    """Start a thread that loads encoder and ranker, and return it; it ends when both are loaded or cannot be.

    A model that cannot be loaded raises its error where it is used. They are loaded one after the other: side by side,
    one start in about a hundred hung for good.
    """

    def load() -> None:
        with suppress(BaseException):
            encoder.encode_query("ready")
        with suppress(BaseException):
            if ranker:
                ranker.score("ready", ["ready"])

    thread = Thread(target=load, name="models", daemon=True)
    thread.start()
    return thread
