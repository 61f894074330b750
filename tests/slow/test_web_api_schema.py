"""Send the HTTP API generated requests, right and wrong, and hold every reply to its OpenAPI document."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.served import served

_EXAMPLES = 25
# A file of random bytes is no report, and a question of blanks none: both are refused, as they should be.
_LEFT_OUT = "positive_data_acceptance"


@pytest.mark.slow
def test_generated_requests_get_what_the_openapi_document_says(tmp_path: Path) -> None:
    with served(tmp_path / "library") as server:
        address = f"http://127.0.0.1:{server.ready().port}/api/openapi.json"
        run = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", address, "--no-color"),
                *("--max-examples", str(_EXAMPLES), "--generation-deterministic", "--exclude-checks", _LEFT_OUT),
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        said = server.said()
    assert "Traceback" not in said
    assert run.returncode == 0, run.stdout[-8000:]
