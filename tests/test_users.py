"""Accounts, passwords, sessions and tokens: who is let in, for how long, and what is kept of secrets."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.users import passwords
from assistant.users.accounts import AccountRefused, Accounts
from assistant.users.audit import audit
from assistant.users.current import NOBODY, NotAllowed, User, acting_as, current_user
from assistant.users.passwords import PasswordRefused, hash_password, is_password
from assistant.users.sessions import IDLE, LONGEST, Sessions
from assistant.users.tokens import AccessTokens
from index.library import Library, open_library
from index.users import UserRole
from support.word_counts import WordCounts

PASSWORD = "seven green harbours"
START = datetime(2026, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path / "library", encoder=WordCounts(), founding=False)


@pytest.fixture
def accounts(library: Library) -> Accounts:
    made = Accounts(library)
    made.add("ada", UserRole.ADMIN, PASSWORD)
    made.add("bo", UserRole.READER, PASSWORD)
    return made


def logged_in(accounts: Accounts, name: str) -> User:
    user = accounts.named(name)
    assert user
    return user


def test_a_user_is_let_in_by_the_right_password_alone(accounts: Accounts) -> None:
    assert accounts.with_password(" ADA ", PASSWORD) == accounts.named("ada")
    for name, password in (
        ("ada", "Seven green harbours"),
        ("ada", ""),
        ("zed", PASSWORD),
        ("", ""),
        ("a" * 9999, "x"),
    ):
        assert accounts.with_password(name, password) is None
    accounts.set_disabled("ada", True)
    assert accounts.with_password("ada", PASSWORD) is None
    accounts.set_disabled("ada", False)
    assert accounts.with_password("ada", PASSWORD)
    accounts.add("proxied", UserRole.READER, None)
    for password in ("", "the hash of no password"):
        assert accounts.with_password("proxied", password) is None


def test_an_unknown_name_costs_one_hash_like_a_known_one(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    class Counted:
        verified = 0

        def hash(self, password: str) -> str:
            return real.hash(password)

        def verify(self, stored: str, password: str) -> bool:
            Counted.verified += 1
            return real.verify(stored, password)

    real = passwords._hasher()
    passwords._no_hash()
    monkeypatch.setattr(passwords, "_hasher", Counted)
    accounts.set_disabled("bo", True)
    for name in ("ada", "bo", "zed"):
        Counted.verified = 0
        assert accounts.with_password(name, "wrong wrong wrong") is None
        assert Counted.verified == 1


def test_a_password_is_kept_as_an_argon2_hash_and_has_a_length(library: Library, accounts: Accounts) -> None:
    stored = {row.name: row.password or "" for row in library.user_rows()}
    assert stored["ada"].startswith("$argon2id$")
    assert stored["ada"] != stored["bo"]
    for words in ("short", "x" * 201):
        with pytest.raises(PasswordRefused, match="12 to 200 characters"):
            hash_password(words)
    # The same word, composed and decomposed, with half a character behind it.
    assert is_password(hash_password("caf\u00e9 au lait \ud800"), "cafe\u0301 au lait \udfff")
    assert not is_password("no hash", PASSWORD)


@pytest.mark.parametrize("name", ["", " ", "a b", "a\nb", "\u202ea", "x" * 65, "ADA"])
def test_an_impossible_name_or_a_taken_one_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        accounts.add(name, UserRole.READER, PASSWORD)
    assert "\u202e" not in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(accounts.rows()) == 2


def test_a_session_ends_when_idle_and_at_last(library: Library, accounts: Accounts) -> None:
    time = [START]
    sessions = Sessions(library, lambda: time[0])
    user = logged_in(accounts, "ada")
    secret = sessions.begin(user)
    assert library.session_row(secret) is None
    time[0] += IDLE - timedelta(minutes=5)
    assert sessions.user(secret) == user
    time[0] += IDLE - timedelta(minutes=5)
    assert sessions.user(secret) == user
    time[0] += IDLE
    assert sessions.user(secret) is None
    secret = sessions.begin(user)
    ends = time[0] + LONGEST
    while time[0] + IDLE / 2 < ends:
        time[0] += IDLE / 2
        if time[0] < ends:
            assert sessions.user(secret) == user
    time[0] = ends
    assert sessions.user(secret) is None
    for other in ("", "x", "\ud800", secret[:-1]):
        assert sessions.user(other) is None


def test_a_session_ends_with_logging_out_and_what_happens_to_the_user(library: Library, accounts: Accounts) -> None:
    sessions = Sessions(library)
    user = logged_in(accounts, "bo")
    first, second = sessions.begin(user), sessions.begin(user)
    sessions.end(first)
    assert (sessions.user(first), sessions.user(second)) == (None, user)
    accounts.set_role("bo", UserRole.EDITOR)
    changed = sessions.user(second)
    assert changed
    assert changed.role is UserRole.EDITOR
    accounts.set_password("bo", PASSWORD + "!")
    assert sessions.user(second) is None
    third = sessions.begin(user)
    accounts.set_disabled("bo", True)
    accounts.set_disabled("bo", False)
    assert sessions.user(third) is None
    fourth = sessions.begin(user)
    accounts.remove("bo")
    assert sessions.user(fourth) is None
    with pytest.raises(AccountRefused, match="no user bo; there are: ada"):
        accounts.remove("bo")


def test_a_token_holds_until_it_ends_or_is_revoked(library: Library, accounts: Accounts) -> None:
    time = [START]
    tokens = AccessTokens(library, lambda: time[0])
    kept, short = tokens.make("bo", "script"), tokens.make("bo", "trial", days=2)
    assert library.token_row(kept) is None
    assert tokens.user(kept) == tokens.user(short) == accounts.named("bo")
    with pytest.raises(AccountRefused, match="has a token script already"):
        tokens.make("bo", "script")
    time[0] += timedelta(days=2)
    assert (tokens.user(short), tokens.user(kept)) == (None, accounts.named("bo"))
    tokens.revoke("bo", "script")
    assert tokens.user(kept) is None
    with pytest.raises(AccountRefused, match="no token script that holds"):
        tokens.revoke("bo", "script")
    assert tokens.make("bo", "script") != kept
    for wrong in ("", kept[:-1], "\ud800"):
        assert tokens.user(wrong) is None


def test_roles_include_each_other_upwards(accounts: Accounts) -> None:
    logged_in(accounts, "ada").require(UserRole.EDITOR)
    with pytest.raises(NotAllowed, match="only an editor may change the records"):
        logged_in(accounts, "bo").require(UserRole.EDITOR)
    assert NOBODY.role is UserRole.ADMIN
    assert [UserRole.EDITOR.includes(role) for role in UserRole] == [True, True, False]


def test_the_audit_log_names_who_acted(library: Library, accounts: Accounts) -> None:
    audit(library, "export", ("evidence",))  # nobody is logged in
    with acting_as(logged_in(accounts, "bo")):
        assert current_user().name == "bo"
        audit(library, "remove", ("a.md", "b\n\u2028.md"), "two")
        audit(library, "remove", ())
    assert current_user() is NOBODY
    lines = [(row.user, row.action, row.subject, row.detail) for row in library.audit_rows(9)]
    assert lines == [
        ("bo", "remove", "b .md", "two"),
        ("bo", "remove", "a.md", "two"),
        ("(command line)", "add user", "bo", "reader"),
        ("(command line)", "add user", "ada", "admin"),
    ]
