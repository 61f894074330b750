"""The Library view: uploads, table of records, facts."""
