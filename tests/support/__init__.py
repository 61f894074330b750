"""Provide the tests with sample files, a small encoder, and commands that run in a temporary folder."""
