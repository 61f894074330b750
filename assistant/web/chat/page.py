"""The page as Gradio's blocks: in the language of each request, with values passed on as they are."""

from collections.abc import Sequence
from typing import Any

import gradio as gr
from gradio.components.base import _Keywords
from gradio.data_classes import GradioModel, GradioRootModel
from gradio.utils import is_prop_update

from assistant.web.language import fill
from assistant.web.security import NO_SUCH_REQUEST


class ChatPage(gr.Blocks):
    """The page's components and their events.

    Gradio reads and writes each value of an event in a thread of its own, looks through it for files, and makes a
    component anew for each of its properties that changes, also where none does: a third of the work for a question
    beside its answer. Here the handlers check all values, there are no files, and no property is read again.
    """

    @property
    def config(self) -> Any:
        """The page's components as a browser gets them, with texts in the language of the request."""
        return fill(self._config)

    @config.setter
    def config(self, config: Any) -> None:
        self._config = config

    async def preprocess_data(self, block_fn: Any, inputs: Any, state: Any, explicit_call: bool = False) -> Any:
        """Return the values for a handler: those of the session's own state, and the others as the browser sent them.

        An event with too few values, which the page never sends, is refused without a traceback in the terminal.
        """
        try:
            self.validate_inputs(block_fn, inputs)
        except Exception as error:
            raise gr.Error(NO_SUCH_REQUEST, print_exception=False) from error
        values = zip(block_fn.inputs, inputs, strict=False)
        return [state[block._id] if block.stateful else value for block, value in values]

    async def postprocess_data(self, block_fn: Any, predictions: Any, state: Any) -> Any:
        """Return what a handler returned as the browser gets it, and keep what belongs to the session's own state."""
        blocks = block_fn.outputs
        if any(isinstance(block, gr.Dropdown) for block in blocks):  # its choices are sent in another form
            return await super().postprocess_data(block_fn, predictions, state)
        values: Sequence[Any] = [predictions] if len(blocks) == 1 else predictions
        for block, value in zip(blocks, values, strict=True):
            if block.stateful and not _is_no_value(value):
                state[block._id] = value
        return [None if block.stateful else _sent(block, value) for block, value in zip(blocks, values, strict=True)]


def _sent(block: Any, value: Any) -> Any:
    """Return the value of a component as the browser gets it."""
    if _is_no_value(value):
        return None if value is _Keywords.FINISHED_ITERATING else value
    written = block.postprocess(value)
    return written.model_dump() if isinstance(written, (GradioModel, GradioRootModel)) else written


def _is_no_value(value: Any) -> bool:
    """Return True for changes of properties and for the mark of a handler's end."""
    return value is _Keywords.FINISHED_ITERATING or bool(is_prop_update(value))  # type: ignore[no-untyped-call]
