"""Answers about the people of a meeting: who was present, absent, in the chair."""
