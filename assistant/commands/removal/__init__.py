"""Remove documents by the command line, and put them back within an hour."""
