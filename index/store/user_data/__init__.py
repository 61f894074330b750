"""Rows of users, and of what they keep in a library beside its records: evidence, conversations, sets of records."""
