"""Commands `rapporteur user add`, `list`, `role` and the others: the users of `rapporteur serve --auth`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, library_options
from assistant.commands.output import InputRefused, complain, say, say_json, shown
from assistant.commands.terminal.usage import PlainCommand
from index.users import UserRole

if TYPE_CHECKING:
    from assistant.users.accounts import Accounts
    from index.library import Library

user = typer.Typer(help="Add, list, change and remove the users of rapporteur serve --auth.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to log in with.", show_default=False)]
_ROLES = "reader asks and collects, editor also changes the records, admin also sees the audit log"


@user.command("add", cls=PlainCommand)
def add_user(
    context: typer.Context,
    name: Name,
    role: Annotated[UserRole, typer.Option("--role", metavar="ROLE", help=_ROLES.capitalize() + ".")] = UserRole.READER,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="For a user whom a proxy lets in (serve --auth-header).")
    ] = False,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Add a user; the password is asked for, or read from the first line of standard input."""
    from assistant.users.accounts import checked_name

    accounts = _accounts(context, library_folder, no_records)
    named = checked_name(name)
    accounts.add(named, role, None if no_password else _new_password())
    say(f"{named} is added as {role}")
    return 0


@user.command("list", cls=PlainCommand)
def list_users(
    context: typer.Context, library_folder: LibraryFolder = None, no_records: NoRecords = False, as_json: AsJson = False
) -> int:
    """List the users with their roles, and how many private documents each has."""
    from assistant.users.accounts import counted_documents

    accounts = _accounts(context, library_folder, no_records)
    rows, private = accounts.rows(), accounts.private_counts()
    if as_json:
        say_json(
            [
                {
                    "name": row.name,
                    "role": row.role,
                    "created": row.created,
                    "disabled": row.disabled,
                    "password": row.password is not None,
                    "private_documents": private.get(row.id, 0),
                }
                for row in rows
            ]
        )
        return 0
    for row in rows:
        states = (
            "disabled" if row.disabled else "",
            "" if row.password else "without a password",
            counted_documents(private[row.id]) if row.id in private else "",
        )
        say("  ".join((f"{shown(row.name):<20}", f"{row.role:<6}", row.created[:10], *filter(None, states))).rstrip())
    if not rows:
        say("The library has no users; add the first one with rapporteur user add NAME --role admin")
    return 0


@user.command("role", cls=PlainCommand)
def change_role(
    context: typer.Context,
    name: Name,
    role: Annotated[UserRole, typer.Argument(metavar="ROLE", help=_ROLES.capitalize() + ".", show_default=False)],
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Change the role of a user: reader, editor or admin."""
    _accounts(context, library_folder, no_records).set_role(name, role)
    say(f"{shown(name)} is {role} from now on")
    return 0


@user.command("password", cls=PlainCommand)
def change_password(
    context: typer.Context, name: Name, library_folder: LibraryFolder = None, no_records: NoRecords = False
) -> int:
    """Change the password of a user, who is logged out everywhere; it is asked for, or read from standard input."""
    from assistant.users.accounts import found

    accounts = _accounts(context, library_folder, no_records)
    found(accounts.rows(), name)
    accounts.set_password(name, _new_password())
    say(f"the password of {shown(name)} is changed")
    return 0


@user.command("disable", cls=PlainCommand)
def disable(
    context: typer.Context,
    name: Name,
    undo: Annotated[bool, typer.Option("--undo", help="Let the user in again.")] = False,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Let a user in nowhere, at once; what the user has kept stays."""
    _accounts(context, library_folder, no_records).set_disabled(name, not undo)
    say(f"{shown(name)} is let in again" if undo else f"{shown(name)} is let in nowhere from now on")
    return 0


@user.command("remove", cls=PlainCommand)
def remove_user(
    context: typer.Context,
    name: Name,
    private_too: Annotated[
        bool, typer.Option("--private-too", help="Delete the user's private documents as well.")
    ] = False,
    notebook: Annotated[
        list[str] | None,
        typer.Option("--notebook", metavar="DIR", help="Delete the user's things in this notebook, too (repeatable)."),
    ] = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Remove a user with all conversations and the evidence list; there is no undo.

    A user with private documents is removed only with --private-too, which deletes them: nobody else ever gets them.
    """
    from assistant.users.accounts import counted_documents

    accounts = _accounts(context, library_folder, no_records)
    deleted = accounts.remove(name, private_too, [_notebook(context, folder) for folder in notebook or ()])
    private = f", and {counted_documents(deleted)}" if deleted != 0 else ""
    say(f"{shown(name)} is removed, with conversations and evidence{private}")
    return 0


@user.command("token", cls=PlainCommand)
def token(
    context: typer.Context,
    name: Name,
    token_name: Annotated[
        str | None, typer.Argument(metavar="TOKEN", help="What the token is called.", show_default=False)
    ] = None,
    revoke: Annotated[bool, typer.Option("--revoke", help="Revoke this token.")] = False,
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", min=1, max=3650, help="Let it end after so many days.")
    ] = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Make a token for a program that acts as this user, or revoke one; without TOKEN, list them.

    The token is printed once. A program sends it as the header Authorization: Bearer.
    """
    from assistant.users.tokens import AccessTokens

    tokens = AccessTokens(library_options(context, library_folder, no_records).open_library())
    if token_name is None:
        if revoke or days:
            context.fail("name the token")
        for row in tokens.rows(name):
            end = f"revoked {row.revoked[:10]}" if row.revoked else f"until {row.expires[:10]}" if row.expires else ""
            say(f"{shown(row.name):<20}  made {row.created[:10]}  {end}".rstrip())
    elif revoke:
        tokens.revoke(name, token_name)
        say(f"the token {shown(token_name)} of {shown(name)} is revoked")
    else:
        say(tokens.make(name, token_name, days))
        complain("keep this token: it is shown only now, and acts as the user until it is revoked")
    return 0


def audit(
    context: typer.Context,
    most: Annotated[int, typer.Option("-n", min=1, max=100_000, metavar="N", help="Show the latest N lines.")] = 100,
    name: Annotated[str, typer.Option("--user", metavar="NAME", help="Only what this user did.")] = "",
    action: Annotated[str, typer.Option("--action", metavar="ACTION", help="Only this action, such as login.")] = "",
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Show who logged in, changed records or users, or exported, and when; the latest last."""
    library = library_options(context, library_folder, no_records).open_library()
    rows = [*library.audit_rows(most, 0, name, action)][::-1]
    if as_json:
        fields = ("time", "user", "action", "subject", "detail")
        say_json([{field: getattr(row, field) for field in fields} for row in rows])
        return 0
    for row in rows:
        say("  ".join(shown(part) for part in (row.time, row.user, row.action, row.subject, row.detail) if part))
    if not rows:
        none = "Nothing is logged yet: the log begins with the first user"
        say("No line of the log fits" if name or action else none)
    return 0


def _accounts(context: typer.Context, library_folder: str | None, no_records: bool) -> "Accounts":
    from assistant.users.accounts import Accounts

    return Accounts(library_options(context, library_folder, no_records).open_library())


def _notebook(context: typer.Context, folder: str) -> "Library":
    """Return the library of a notebook.

    Raises:
        InputRefused: there is none in this folder.
    """
    from index.library import library_exists

    if not library_exists(folder):
        raise InputRefused(f"--notebook {folder}: there is no library in this folder; nothing was changed")
    return library_options(context, folder, no_records=True).open_library()


def _new_password() -> str:
    """Ask for a password twice without showing it, or read it from the first line of standard input.

    Raises:
        InputRefused: there is none, or the two are not the same.
    """
    if not sys.stdin.isatty():
        words = sys.stdin.readline().rstrip("\r\n")
        if not words:
            raise InputRefused(
                "standard input holds no password; write it in the first line, or run this in a terminal"
            )
        return words
    from getpass import getpass

    words = getpass("Password: ")
    if getpass("The same again: ") != words:
        raise InputRefused("the two passwords are not the same; nothing was changed")
    return words
