"""Encoders, the ranker and the packages that they come in."""
