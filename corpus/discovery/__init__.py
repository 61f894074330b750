"""Expand paths, globs, folders and archives into source files."""
