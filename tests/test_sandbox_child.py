"""The reading process may not write, connect or start programs; each attempt runs in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_TRY = """
import sys
from corpus.sandbox.child import confine
from corpus.limits import Limits
confine(Limits(memory_bytes=256 * 1024 * 1024))
try:
    exec(sys.argv[1])
    print("done")
except (PermissionError, MemoryError) as error:
    print(type(error).__name__)
"""


def tried(code: str, folder: Path) -> str:
    """Run a line of code in a confined process and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", _TRY, code],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1]), "TMPDIR": str(folder / "tmp")},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "kept").write_text("kept")
    return tmp_path


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "open('new', 'w')",
        "open('kept', 'a')",
        "import os; os.open('kept', os.O_RDWR)",
        "import os; os.remove('kept')",
        "import os; os.rename('kept', 'tmp/kept')",
        "import os; open('tmp/new', 'w').close(); os.rename('tmp/new', 'new')",
        "import os; os.mkdir('new')",
    ],
)
def test_a_reader_of_documents_may_not(code: str, folder: Path) -> None:
    assert tried(code, folder) == "PermissionError"
    assert sorted(path.name for path in folder.iterdir()) == ["kept", "tmp"]
    assert (folder / "kept").read_text() == "kept"


def test_it_may_not_take_more_memory(folder: Path) -> None:
    assert tried("bytearray(300 * 1024 * 1024)", folder) == "MemoryError"


@pytest.mark.parametrize(
    "code",
    [
        "open('kept').read()",
        "import tempfile; tempfile.TemporaryFile().write(b'x')",
        "import os; open('tmp/new', 'w').close(); os.rename('tmp/new', 'tmp/newer')",
        "import tempfile; tempfile.NamedTemporaryFile().write(b'x')",
        "print(end='')",
        "bytearray(100 * 1024 * 1024)",
    ],
)
def test_a_reader_of_documents_may(code: str, folder: Path) -> None:
    assert tried(code, folder) == "done"
