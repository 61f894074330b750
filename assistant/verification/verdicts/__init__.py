"""Give one quotation of a report its verdict."""
