"""Search the common and the private documents of a SQLite library together, and keep both in one backup."""
