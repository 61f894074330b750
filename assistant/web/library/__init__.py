"""Library view of the web page: uploads, table of records, facts of a record."""
