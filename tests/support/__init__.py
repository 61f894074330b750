"""Helpers of the tests: sample files, a small encoder, commands run in a folder of their own."""
