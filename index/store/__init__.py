"""The library in a SQLite file; no other package contains SQL."""
