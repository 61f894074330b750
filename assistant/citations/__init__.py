"""Cite exact words of documents, and find them again by anchor or link."""
