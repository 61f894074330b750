"""Rows of users, of their evidence lists and conversations, which they keep in a library beside its records."""
