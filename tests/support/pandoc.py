"""Read exports with pandoc, an independent reader."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

from support.requirements import require_program


def pandoc(content: bytes, read: str, write: str = "json", *options: str) -> str:
    """Convert a file's bytes with pandoc and return its output."""
    words = [require_program("pandoc"), "-f", read, "-t", write, "--wrap=none", *options]
    done = subprocess.run(words, input=content, capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


def tree(content: bytes, read: str) -> Any:
    """The document as pandoc's tree."""
    return json.loads(pandoc(content, read))


def nodes(tree: Any, kind: str) -> Iterator[Any]:
    """The contents of each node of a kind, outermost first."""
    if isinstance(tree, dict):
        if tree.get("t") == kind:
            yield tree.get("c")
        tree = list(tree.values())
    if isinstance(tree, list):
        for child in tree:
            yield from nodes(child, kind)


def text_of(tree: Any) -> str:
    """The words of a part of the tree, without its footnotes; line breaks as spaces."""
    if isinstance(tree, list):
        return "".join(map(text_of, tree))
    if not isinstance(tree, dict) or tree.get("t") == "Note":
        return ""
    if tree.get("t") in ("Space", "SoftBreak", "LineBreak"):
        return " "
    content = tree.get("c")
    if tree.get("t") in ("Str", "Code", "Math", "RawInline", "RawBlock"):
        return content if isinstance(content, str) else str(content[-1] if content else "")
    return text_of(content)
