"""Commands that manage the users of the page: passwords from standard input, roles, tokens, the audit log."""

import io
import json
import sys

import pytest

from support.commands import Run


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))


def test_users_are_added_listed_changed_and_removed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "rapporteur user add NAME --role admin" in run("user", "list").out
    typed(monkeypatch, "seven green harbours\n")
    assert run("user", "add", "Ada", "--role", "admin").out == "ada is added as admin\n"
    assert run("user", "add", "bo", "--no-password").code == 0
    listed = json.loads(run("user", "list", "--json").out)
    assert [(row["name"], row["role"], row["password"]) for row in listed] == [
        ("ada", "admin", True),
        ("bo", "reader", False),
    ]
    assert "seven" not in run("user", "list", "--json").out
    assert run("user", "role", "bo", "editor").code == 0
    assert run("user", "disable", "bo").code == 0
    assert "editor" in (line := run("user", "list").out.splitlines()[1])
    assert "disabled" in line
    assert run("user", "disable", "bo", "--undo").code == 0
    typed(monkeypatch, "eight green harbours\n")
    assert run("user", "password", "bo").code == 0
    assert run("user", "remove", "bo").code == 0
    actions = [row["action"] for row in json.loads(run("audit", "--json").out)]
    assert actions == [
        *("add user", "add user", "change role", "disable user", "enable user", "change password", "remove user")
    ]
    assert "add user  ada  admin" in run("audit", "-n", "7").out
    assert "add user" not in run("audit", "--user", "nobody", "--action", "add user").out
    assert len(run("audit", "-n", "2").out.splitlines()) == 2


def test_a_token_is_shown_once(run: Run) -> None:
    run("user", "add", "bo", "--no-password")
    made = run("user", "token", "bo", "script", "--days", "30")
    assert made.out.startswith("rapporteur_")
    assert "shown only now" in made.err
    listed = run("user", "token", "bo").out
    assert "script" in listed
    assert made.out.strip() not in listed
    assert run("user", "token", "bo", "script", "--revoke").code == 0
    assert "revoked" in run("user", "token", "bo").out


def test_what_cannot_be_is_refused_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "short\n")
    for words, message in (
        (("add", "bo"), "12 to 200 characters"),
        (("add", "bo"), "standard input holds no password"),
        (("add", "a b", "--no-password"), "without spaces"),
        (("password", "bo"), "there is no user bo; there are: none yet"),
        (("role", "bo", "admin"), "there is no user bo"),
        (("token", "bo", "x"), "there is no user bo"),
    ):
        refused = run("user", *words)
        assert (refused.code, refused.out) == (1, "")
        assert message in refused.err
        assert len(refused.err.splitlines()) == 1
    assert run("user", "role", "bo", "king").code == 2
    assert run("user", "token", "bo", "--revoke").code == 2
