"""Read from the README the Python names that stay, each with its module."""

import re
from pathlib import Path

_README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


def public_names() -> list[tuple[str, str]]:
    """Return module and name of each."""
    (line,) = re.findall(r"^These names stay: (.*?)\n\n", _README, re.DOTALL | re.MULTILINE)
    return [
        (module, name)
        for names, module in re.findall(r"((?:`\w+`(?:, | and |\s)*)+)\(`([\w.]+)`\)", line)
        for name in re.findall(r"`(\w+)`", names)
    ]
