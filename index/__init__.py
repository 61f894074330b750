"""The library of documents: store them with vectors and terms, and search their passages. Imports `corpus` alone."""
