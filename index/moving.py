"""A document follows its file to another place."""

from pathlib import PurePath

from index.store.change_log import log_change
from index.store.corrections import take_along
from index.store.library import Library
from index.store.names import free_name


def move(library: Library, former: str, path: str, name: str) -> str:
    """Let the document that was taken from one path be known by another, with what the user corrected of it.

    Args:
        library: what is changed.
        former: the path that its file had.
        path: the one that it has now.
        name: the last part of that.

    Returns:
        What the document is called now; just `name` when it has gone meanwhile.

    Raises:
        LibraryError: the library cannot be written; nothing was changed.
    """
    with library.writing() as connection:
        row = connection.execute(
            "SELECT documents.id, documents.name, documents.path, sha256 FROM names"
            " JOIN documents ON documents.id = document WHERE names.path = ?",
            (former,),
        ).fetchone()
        if row is None or connection.execute("SELECT 1 FROM names WHERE path = ?", (path,)).fetchone():
            return name
        identity, own, own_path, sha256 = row
        if own_path == former:
            # Its own name is free for it: the same file in another folder is called as before.
            # Without a hash it counts as not yet read: its name may say something else about it now.
            connection.execute(
                "UPDATE documents SET name = '', path = ?, file_sha256 = NULL WHERE id = ?", (path, identity)
            )
            own = name = free_name(connection, name, path, sha256)
            connection.execute("UPDATE documents SET name = ? WHERE id = ?", (own, identity))
        connection.execute(
            "UPDATE names SET name = ?, stem = ?, path = ? WHERE path = ?", (name, PurePath(name).stem, path, former)
        )
        take_along(connection, former, path)
        log_change(connection, [identity])
    return str(own)
