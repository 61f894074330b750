"""Run `rapporteur` as `python -m assistant.commands`."""

from assistant.commands import entry_point

entry_point()
