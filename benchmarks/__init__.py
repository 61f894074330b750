"""Measure the answers, their speed and the project itself: the source of every number in the documentation."""
