"""Evidence list: quotations that a user collects for a report, stored in the library."""
