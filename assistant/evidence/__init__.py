"""The evidence list: quotations that a user collects for a report, kept in the library."""
