"""Readers: the bytes of a file become its text, its structure and the facts that it states. One file a format."""
