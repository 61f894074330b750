"""Rows of the evidence list and of conversations, which users keep in a library beside its records."""
