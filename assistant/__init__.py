"""A question becomes an answer with citations, or an abstention. Imports index and corpus."""
