"""Commands that manage the users of the page: passwords from standard input, roles, tokens, the audit log."""

import io
import json
import sys
from pathlib import Path

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


def test_private_documents_are_those_of_the_user_whom_as_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("# Zebra draft, 4 May 2026\n\nThe board decided to freeze the zebra fund.\n")
    draft = str(tmp_path / "draft.md")
    for name in ("ada", "bo"):
        run("user", "add", name, "--no-password")
    assert "--private and --as USER go together" in run("add", draft, "--private").err
    assert "--private and --as USER go together" in run("add", draft, "--as", "ada").err
    assert "there is no user eve" in run("add", draft, "--private", "--as", "eve").err
    assert "added: draft.md" in run("add", draft, "--private", "--as", "ada").out
    assert "unchanged: draft.md" in run("add", draft, "--private", "--as", "ada").out
    assert "you alone" in run("list", "--as", "ada").out
    assert [row["private"] for row in json.loads(run("list", "--as", "ada", "--json").out) if "private" in row] == [
        True
    ]
    question = "What did the board decide on the zebra fund?"
    assert "freeze the zebra fund" in run("ask", question, "--as", "ada").out
    assert json.loads(run("show", "draft.md", "--as", "ada", "--json").out)["private"] is True
    for more in ((), ("--as", "bo")):
        assert "draft" not in run("list", *more).out
        assert "freeze" not in run("ask", question, *more).out
        assert "draft" not in run("search", "zebra fund", *more).out
        assert "no such document" in run("show", "draft.md", *more).err
        assert "no such document" in run("remove", draft, *more).err
    assert run("remove", "draft.md", "--as", "ada").out == "removed: draft.md\n"
    for more in ((), ("--as", "bo")):
        assert "nothing is kept" in run("undo", *more).err
    assert run("undo", "--as", "ada").out == "put back: draft.md\n"
    assert "draft" not in run("list").out
    assert "1 private document" in run("user", "list").out
    assert "private    1 document of 1 user" in run("status").out
    assert "ada keeps 1 private document that nobody else can read" in run("user", "remove", "ada").err
    assert "give --as USER" in run("share", "draft.md").err
    assert "no such document" in run("share", "draft.md", "--as", "bo").err
    assert run("share", "draft.md", "--as", "ada").out == "shared: draft.md\n"
    assert "draft.md" in run("list").out
    assert "share  draft.md" in run("audit").out
    run("add", draft, "--private", "--as", "bo")
    assert "and 1 private document" not in run("user", "remove", "ada").out


def test_removing_a_user_with_private_documents_needs_a_word(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("# Zebra draft\n\nThe board agreed.\n")
    run("user", "add", "ada", "--no-password")
    run("add", str(tmp_path / "draft.md"), "--private", "--as", "ada")
    assert run("user", "remove", "ada").code == 1
    told = run("user", "remove", "ada", "--private-too").out
    assert told == "ada is removed, with conversations and evidence, and 1 private document\n"
    assert "remove user  ada  1 private document" in run("audit").out
