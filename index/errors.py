"""Exceptions of the library, the models and the anchors; each message is one line that says what to do next."""


class RapporteurError(Exception):
    """A problem that the user can solve; the message is one line that says how."""


class LibraryError(RapporteurError):
    """The library cannot be opened, read or written."""


class DamagedLibrary(LibraryError):
    """The library's file is damaged."""


class CannotWrite(LibraryError):
    """The library's folder is read-only, or its disk is full."""


class StaleIndex(LibraryError):
    """The library's vectors were made with another model or other settings."""


class UnknownDocument(LibraryError):
    """No document of the library has this name, or several have it."""


class FileKnown(LibraryError):
    """A document was added from a file of this path already."""


class NotPrivate(RapporteurError):
    """A document is no private one of the user who acts, or cannot become one."""


class ModelMissing(RapporteurError):
    """The weights of a model are not on this machine, or are not the expected ones."""


class AnchorError(RapporteurError):
    """The anchor of a citation cannot be read, or belongs to other words."""
