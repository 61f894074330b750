"""What can go wrong with a library or a model.

RapporteurError
├── LibraryError      the folder or the file in it cannot be used
│   ├── DamagedLibrary
│   ├── StaleIndex    it was encoded by another model or with other settings
│   └── UnknownDocument
├── ModelMissing      no weights where the settings point
└── AnchorError       a citation's anchor cannot be read
"""


class RapporteurError(Exception):
    """A condition that the user can mend; the message is one line that says how."""


class LibraryError(RapporteurError):
    """The library cannot be opened, read or written."""


class DamagedLibrary(LibraryError):
    """The library's file is not whole any more."""


class StaleIndex(LibraryError):
    """The library's vectors do not belong to the settings' model."""


class UnknownDocument(LibraryError):
    """No document of the library has this name."""


class ModelMissing(RapporteurError):
    """The encoder's weights are not where the settings say, or are not the expected ones."""


class AnchorError(RapporteurError):
    """A citation's anchor cannot be read, or belongs to other words."""
