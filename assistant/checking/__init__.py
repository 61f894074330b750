"""The checker of a finished report: every quotation and figure in it held against the records."""
