"""Replies that no search finds: facts of meetings, what the library has, and the outline of a record."""
