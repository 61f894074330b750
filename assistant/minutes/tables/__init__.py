"""Answers from the tables of records: rows, and cells by row and column."""
