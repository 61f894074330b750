"""Passages become hits: encoder, vectors, terms, retrieval, and the library that keeps them. Imports corpus only."""
