"""Find the action items of records, and answer questions about them."""
