"""Answers from the structure of minutes: attendance, items of the agenda, decisions, votes, action items, tables."""
