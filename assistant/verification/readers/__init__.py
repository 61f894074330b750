"""Readers of reports to verify, one for each file format."""
