"""Verify the quotations and claims of a report against the records."""
