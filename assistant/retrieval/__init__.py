"""Turn a query into scored evidence sentences."""
