"""Use the page as its users do: log in, and find every endpoint of the running page."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

PASSWORD = "seven green harbours"
BASE = "http://127.0.0.1:7860"


def client_of(app: Any) -> TestClient:
    return TestClient(app, base_url=BASE, follow_redirects=False)


def logged_in(app: Any, name: str) -> TestClient:
    client = client_of(app)
    assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
    return client


def routes(app: Any) -> Iterator[tuple[str, Any]]:
    """Yield the path of each endpoint of the running page with its route, those of Gradio included."""
    waiting = [("", app._inner._inner._inner.routes)]
    while waiting:
        prefix, found = waiting.pop()
        for route in found:
            included = getattr(route, "original_router", None) or getattr(route, "app", None)
            if inner := getattr(included, "routes", None):
                waiting.append((prefix + getattr(route, "path", ""), inner))
            elif path := getattr(route, "path", None):
                yield prefix + path, route


def endpoints(app: Any) -> Iterator[tuple[str, str]]:
    """Yield method and path of each endpoint of the running page."""
    for path, route in routes(app):
        for method in getattr(route, "methods", None) or ("GET",):
            yield method, path


def filled(path: str, value: str) -> str:
    return "".join(
        part if "}" not in part else quote(value or "x", safe="") + part.split("}", 1)[1] for part in path.split("{")
    )
