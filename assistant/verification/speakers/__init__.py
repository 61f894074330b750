"""Compare the speakers whom a report names with those of the records: who is beside a quotation, and conflicts."""
