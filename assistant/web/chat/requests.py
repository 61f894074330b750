"""Run the chat's handlers for the user who sends a request, in the language of the request."""

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from inspect import isgeneratorfunction
from typing import Any

import gradio as gr

from assistant.users.current import User, act_as, acting_as
from assistant.web.chat.handlers import Handlers
from assistant.web.language import each_in_language, in_language, language_of
from assistant.web.users.who import request_user


def of_user(handlers: Handlers, handle: Callable[..., Any], resumes: bool = False) -> Callable[..., Any]:
    """Return a handler that acts for the user who sends the request, in its language; Gradio calls it outside of it.

    Args:
        handlers: those of all users.
        handle: one of their methods.
        resumes: True where the first value is the conversation that the page shows, for `Handlers.resumed`.
    """

    def stream(request: gr.Request, *values: Any) -> Iterator[Any]:
        user = _user(request)
        yield from _each(request, user, _steps(handlers.of(user), handle, values if resumes else (None, *values)))

    def once(request: gr.Request, *values: Any) -> Any:
        user = _user(request)
        with acting_as(user), in_language(_language(request)):
            own = handlers.of(user)
            return handle(own, *(own.resumed(*values) if resumes else values))

    return stream if isgeneratorfunction(handle) else once


def example_of_user(handlers: Handlers) -> Callable[..., Any]:
    """Return the handler of a click on an example, as `of_user` does."""

    def stream(request: gr.Request, event: gr.SelectData, *values: Any) -> Iterator[Any]:
        user = _user(request)
        own = handlers.of(user)
        yield from _each(request, user, _steps(own, lambda _, *given: own.ask_example(event, *given), values))

    return stream


def _steps(own: Handlers, handle: Callable[..., Iterator[Any]], values: Sequence[Any]) -> Iterator[Any]:
    """Yield what a handler yields; the conversation is opened with the first step, for the user who acts then."""
    yield from handle(own, *own.resumed(*values))


def _each(request: gr.Request, user: User, steps: Iterator[Any]) -> Iterator[Any]:
    """Yield what a handler yields, each step for a user and in the language of the request."""
    context = copy_context()
    context.run(act_as, user)
    yield from each_in_language(_language(request), steps, context)


def _language(request: gr.Request) -> str:
    assert request.request
    return language_of(request.request.scope)


def _user(request: gr.Request) -> User:
    assert request.request
    return request_user(request.request.scope)
