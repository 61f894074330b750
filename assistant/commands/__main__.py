"""`python -m assistant.commands` is `rapporteur`."""

from assistant.commands import entry_point

entry_point()
