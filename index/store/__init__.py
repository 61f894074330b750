"""The SQLite home of a library: the only package that contains SQL."""
