"""Derive the outline of a text: its blocks with their kinds, which cover every word."""
