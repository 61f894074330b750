"""Answers from roll calls: who voted how."""
