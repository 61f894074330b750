"""Runs of pytest on a file that a test writes, with the surroundings of our own tests."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run_of(folder: Path, content: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a test file as if it stood in tests/."""
    (folder / "own_tests.py").write_text(content, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "conftest", "-q", "--rootdir", str(ROOT)]
    command += ["-c", str(ROOT / "pyproject.toml"), str(folder / "own_tests.py")]
    own = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST_")}
    own |= {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", **environment}
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=120, cwd=ROOT)
