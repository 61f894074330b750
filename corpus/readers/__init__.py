"""Readers: the bytes of a file become text with its structure, one reader a format."""
