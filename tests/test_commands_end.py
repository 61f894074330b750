"""The command ends its process at once, after its output and the tasks that were left for the end."""

import os
import subprocess
import sys

_END = """
import atexit, sys, threading, time
from assistant.commands import end_process

class Slow:
    def __del__(self):
        print("freed")

kept = Slow()
atexit.register(print, "tidied up", flush=True)
threading.Thread(target=time.sleep, args=(60,)).start()
sys.stdout.write("answer ")
sys.stderr.write("warning")
end_process(3)
"""


def test_the_process_ends_without_freeing_the_models_or_waiting_for_threads() -> None:
    done = subprocess.run([sys.executable, "-c", _END], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (3, "answer tidied up\n", "warning")


def test_a_reader_that_went_away_is_no_error() -> None:
    code = "import sys; from assistant.commands import end_process; sys.stdout.write('x' * 10); end_process(0)"
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
    with subprocess.Popen(
        [sys.executable, "-c", code], env=buffered, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert (running.wait(30), running.stderr.read()) == (0, b"")
