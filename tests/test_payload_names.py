"""Refuse notebooks and users that are named like payloads of scripts, where a name could not be shown as it is."""

from pathlib import Path

import pytest

from assistant.users.accounts import AccountRefused, Accounts
from assistant.web.notebooks.notebook import read_notebooks
from index.errors import RapporteurError
from index.library import open_library
from index.users import UserRole
from support.payloads import FIELDS, PAYLOADS, Field
from support.users_page import PASSWORD
from support.word_counts import WordCounts


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.tag)
def test_no_notebook_is_named_like_a_payload(tmp_path: Path, field: Field) -> None:
    with pytest.raises(RapporteurError, match="--notebook "):
        read_notebooks([f"{field.payload}={tmp_path}"], "first")


def test_no_user_is_named_with_characters_that_cannot_be_seen(tmp_path: Path) -> None:
    accounts = Accounts(open_library(tmp_path / "library", encoder=WordCounts(), founding=False))
    with pytest.raises(AccountRefused):
        accounts.add(PAYLOADS[-1], UserRole.READER, PASSWORD)
