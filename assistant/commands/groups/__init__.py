"""Commands that have commands of their own: `rapporteur user add`, `rapporteur set list`."""
